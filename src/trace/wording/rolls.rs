//! What was rolled, in words.

use super::{Wording, one_line, percent};
use crate::engine::{AuthoredRoll, Departure, Draw, Purpose, Roll, authored_roll};
use crate::vocabulary::CauseTag;

impl Wording<'_> {
    /// Whose roll it is, if an author wrote it.
    pub(in crate::trace) fn author(&self, roll: &Roll) -> Option<AuthoredRoll<'_>> {
        let written = roll.purpose == Purpose::Rule;
        written.then(|| authored_roll(&self.scenario.document, roll.site)).flatten()
    }

    /// A roll that an author wrote, by its name.
    pub(in crate::trace) fn authored(&self, roll: &Roll, authored: &AuthoredRoll<'_>) -> String {
        let name = one_line(authored.name);
        match authored.draw {
            Draw::Roll => rolled(&name, roll),
            Draw::Pick => format!("{name}: option {}", roll.result),
        }
    }

    /// A roll in words; nothing for those that are made in every tick and did not come.
    pub fn roll(&self, roll: &Roll) -> Option<String> {
        let routine = matches!(
            roll.purpose,
            Purpose::Incident
                | Purpose::Fault
                | Purpose::Repair
                | Purpose::LinePolitics
                | Purpose::Fading
                | Purpose::Horizon
                | Purpose::Delegated
        );
        // How an act is perceived is told as what the observer saw.
        // And what dice of a ruling show, as the ruling.
        if matches!(roll.purpose, Purpose::Decay | Purpose::Initiative | Purpose::Percept | Purpose::Ruling) {
            return None;
        }
        if routine && roll.result == 0 {
            return None;
        }
        let what = match roll.purpose {
            Purpose::Disposition => "hidden disposition",
            Purpose::Climate => "hidden climate",
            Purpose::Incident => "an incident happens",
            Purpose::IncidentCause => "whether the incident was meant",
            Purpose::Contact => "what the intruder does",
            Purpose::Deviation => "the local commander deviates",
            Purpose::DeviationKind => "how he deviates",
            Purpose::Latency => "minutes until the reply",
            Purpose::AnyDeath => "anyone dies",
            Purpose::HowMany => "how many die",
            Purpose::Percept => "how it is perceived",
            Purpose::Evidence => "when evidence comes",
            Purpose::Finding => "what the finding says of the cause",
            Purpose::Fault => "the line fails",
            Purpose::Repair => "the line is repaired",
            Purpose::LinePolitics => "the line is cut or restored",
            Purpose::Fidelity => "the message arrives undistorted",
            Purpose::Leak => "the call leaks",
            Purpose::Quorum => "the body has a quorum",
            Purpose::WalkOut => "someone walks out",
            Purpose::Fading => "the crisis fades",
            Purpose::Horizon => "the game ends after its horizon",
            Purpose::Delegated => "the delegated trigger fires",
            Purpose::Rule => "a rule",
            Purpose::Ruling => "a die of a ruling",
            Purpose::Decay => "a level drifts back",
            Purpose::Initiative => "who moves first",
            Purpose::Reply => "whether there is a reply",
        };
        Some(if roll.chance == 0 {
            let number = || roll.result.to_string();
            format!("{what}: {}", picked(roll).map_or_else(number, str::to_owned))
        } else {
            rolled(what, roll)
        })
    }
}

/// What was rolled, at what chance, and whether it came.
fn rolled(what: &str, roll: &Roll) -> String {
    let came = if roll.result == 0 { "no" } else { "yes" };
    format!("{what}, {}: {came}", percent(roll.chance))
}

/// What a roll picked from a list of words, if it did.
fn picked(roll: &Roll) -> Option<&'static str> {
    const EVIDENCE: [&str; 4] = ["on the same day", "after days", "after weeks", "never"];
    let at = usize::try_from(roll.result).ok()?;
    match roll.purpose {
        Purpose::Evidence => EVIDENCE.get(at).copied(),
        Purpose::Finding => CauseTag::ALL.get(at).map(|cause| cause.word()),
        Purpose::DeviationKind => Departure::ALL.get(at).map(|kind| kind.word()),
        _ => None,
    }
}
