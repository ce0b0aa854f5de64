//! A game as text for a person: turn by turn, what happened and why, the rolls, who perceived what, and the end.

use super::call::{Call, CallRecord};
use super::replay::Entry;
use super::told::{RuleRolls, Told, told};
use super::wording::{Wording, one_line};
use super::write::Setup;
use crate::engine::{ControlAct, Game, Left, Outcome, Rules, Score};
use crate::scenario::Scenario;
use crate::scenario::section::AimDoc;
use crate::vocabulary::{Id, Rung, counted};

/// Writes a game down as it goes. Every piece is a list of lines without line ends.
#[derive(Clone, Debug)]
pub struct Transcript<'a> {
    scenario: &'a Scenario,
    words: Wording<'a>,
    rolls: Rolls,
    standing: Option<Rung>,
}

/// Which rolls of a scenario's rules are told: most are made every few hours, and bring nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rolls {
    /// Those of a rule by which something came that was more likely not to.
    #[default]
    AgainstTheOdds,
    /// All of them.
    Every,
}

impl<'a> Transcript<'a> {
    /// A transcript of a game of this scenario.
    pub fn new(scenario: &'a Scenario, rolls: Rolls) -> Self {
        Transcript { scenario, words: Wording::new(scenario), rolls, standing: None }
    }

    /// The head: what is played, by whom, and with what hidden facts.
    pub fn opening(&self, setup: &Setup, game: &Game) -> Vec<String> {
        let document = &self.scenario.document;
        let mut lines = vec![
            one_line(&document.title),
            format!("Starts {}. Seed {}, run {}.", one_line(&document.start), setup.seed, setup.run),
        ];
        for (name, value) in &setup.settings.0 {
            lines.push(format!("Setting {}", one_line(&super::write::setting_text(name, value))));
        }
        for player in &setup.players {
            let Some(seat) = self.scenario.seat(&player.seat) else { continue };
            let held = document.seats[seat.index()].dispositions.get(game.disposition(seat));
            let held = held.map_or_else(String::new, |d| format!("; in truth: {}", one_line(&d.label)));
            lines.push(format!("{}: played by {}{held}", self.words.seat(seat), one_line(&player.by)));
        }
        lines
    }

    /// What one call brought; nothing if it brought nothing worth a line.
    pub fn call(&mut self, call: Call, record: &CallRecord) -> Vec<String> {
        let mut lines = Vec::new();
        for told in told(&self.words, record) {
            let event = match told {
                Told::Event(event) => event,
                Told::Rule(rule) => {
                    lines.extend(self.rule(&rule));
                    continue;
                }
                Told::Standing(rung) => {
                    if self.standing.replace(rung) != Some(rung) {
                        lines.push(format!("  Standing rung: {}", self.words.rung(rung)));
                    }
                    continue;
                }
            };
            lines.push(format!("  {}  {}", self.words.moment(event.minute), event.truth));
            lines.extend(event.rolls.iter().map(|roll| format!("      roll: {roll}")));
            let seen = event.seen.iter();
            lines.extend(seen.map(|(seat, seen)| format!("    {} saw {seen}", self.words.seat(*seat))));
        }
        if call == Call::Open {
            let heading = format!("Turn {}, {}", record.in_turn(), self.words.moment(record.minute_before()));
            lines.splice(0..0, [String::new(), heading]);
        }
        lines
    }

    /// What a rule rolled, if that is told.
    fn rule(&self, told: &RuleRolls) -> Option<String> {
        let RuleRolls { minute, rule, rolls, against_the_odds } = told;
        let wanted = self.rolls == Rolls::Every || *against_the_odds;
        wanted.then(|| format!("  {}  Rule `{rule}` rolls {}", self.words.moment(*minute), rolls.join("; ")))
    }

    /// What control did, and what it brought.
    pub fn control(&mut self, act: &ControlAct, record: &CallRecord, game: &Game) -> Vec<String> {
        let mut lines = vec![format!("  {}  {}", self.words.moment(game.minute()), self.words.control(act))];
        lines.extend(self.words.arguments(act).into_iter().map(|argument| format!("      {argument}")));
        lines.extend(self.call(Call::Contact, record));
        lines
    }

    /// What happened at the table; nothing of sealed orders, which are told when they are played.
    pub fn table(&self, entry: &Entry<'_>, game: &Game) -> Option<String> {
        Some(format!("  {}  {}", self.words.moment(game.minute()), self.words.table(entry)?))
    }

    /// How it came out.
    pub fn end(&self, rules: &Rules, outcome: &Outcome) -> Vec<String> {
        let document = &self.scenario.document;
        let (label, text) = self.words.ending(outcome.ended);
        let mut lines = vec![String::new(), format!("The end: {label}")];
        if !text.is_empty() {
            lines.push(text);
        }
        lines.push(format!(
            "Course: {}. Highest act: rung {}. It ended in turn {}, {}.",
            outcome.course_class(rules).words(&document.own_side),
            self.words.rung(outcome.peak),
            outcome.turns + 1,
            self.words.moment(outcome.minutes)
        ));
        let deaths = document.seats.iter().zip(&outcome.deaths).filter(|(_, dead)| **dead > 0);
        let mut deaths: Vec<String> =
            deaths.map(|(seat, dead)| format!("{} {dead}", one_line(&seat.label))).collect();
        if outcome.civilians > 0 {
            deaths.push(format!("civilians {}", outcome.civilians));
        }
        lines.push(if deaths.is_empty() {
            "Nobody died.".to_owned()
        } else {
            format!("Deaths: {}.", deaths.join(", "))
        });
        for (seat, points) in document.seats.iter().zip(&outcome.aims) {
            for (aim, points) in seat.aims.iter().zip(points) {
                let (seat, points) = (one_line(&seat.label), (aim_words(aim, *points), thousandths(*points)));
                lines.push(format!("{seat}, {}: {}", points.0, points.1));
            }
        }
        for (seat, score) in document.seats.iter().zip(&outcome.scores).filter(|(seat, _)| seat.plays) {
            lines.push(format!("{}, score: {}", one_line(&seat.label), score_words(score).join("; ")));
        }
        lines
    }
}

/// What an aim is called after the end, with these points.
pub(super) fn aim_words(aim: &AimDoc, points: i32) -> String {
    let lost = if aim.floor && points <= 0 { " (a floor, and lost)" } else { "" };
    format!("{}{lost}", one_line(&aim.label))
}

/// The parts of a score in words: aims, people, alliance, what is left behind.
pub fn score_words(score: &Score) -> Vec<String> {
    let Score { aims, floored, soldiers, civilians, alliance, left } = *score;
    let floor = if floored { ", and a floor was lost, which no points offset" } else { "" };
    let mut parts = vec![
        format!("aims {}{floor}", thousandths(aims)),
        format!(
            "people: {} and {} dead",
            counted(soldiers, "own soldier", "own soldiers"),
            counted(civilians, "civilian", "civilians")
        ),
    ];
    parts.extend(alliance.map(|trust| format!("alliance: {} trust", super::wording::percent(trust))));
    let Left { open_ultimatums, lapsed_threats, broken_accords, lost_assurance } = left;
    let behind = [
        (open_ultimatums, "ultimatum open", "ultimatums open"),
        (lapsed_threats, "threat lapsed", "threats lapsed"),
        (broken_accords, "accord broken", "accords broken"),
    ];
    let mut behind: Vec<String> = behind
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, more)| counted(number, one, more))
        .collect();
    if lost_assurance > 0 {
        behind.push(format!("{} of an ally's trust lost", super::wording::percent(lost_assurance)));
    }
    let behind = if behind.is_empty() { "nothing".to_owned() } else { behind.join(", ") };
    parts.push(format!("left behind: {behind}"));
    parts
}

/// Where a score stands among those of automated games, in words. Who has no ally has no such part.
pub fn standing_words(score: &Score, games: usize, below: [u8; 4]) -> String {
    let [aims, people, alliance, left] = below;
    let alliance = score.alliance.map_or_else(String::new, |_| format!(", alliance {alliance}"));
    format!(
        "Percentage of {games} automated games of the same seat, scenario and disposition that came out worse, ties \
         half: aims {aims}, people {people}{alliance}, left behind {left}."
    )
}

/// Points with two decimals and their sign.
fn thousandths(points: i32) -> String {
    let hundredths = (i64::from(points.unsigned_abs()) + 5) / 10;
    let sign = if points < 0 && hundredths > 0 { '-' } else { '+' };
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::dice::SiteId;
    use crate::engine::{Fact, Purpose, Recorder, Roll};
    use crate::scenario::check::Names;
    use crate::scenario::document::Document;
    use crate::scenario::section::RuleDoc;
    use crate::vocabulary::Ppm;

    #[test]
    fn a_score_tells_of_one_and_of_more() {
        let left = Left { lapsed_threats: 1, broken_accords: 2, ..Left::default() };
        let score = Score { soldiers: 1, left, ..Score::default() };
        let words = score_words(&score);
        assert_eq!(words[1], "people: 1 own soldier and 0 civilians dead");
        assert_eq!(words[2], "left behind: 1 threat lapsed, 2 accords broken");
    }

    #[test]
    fn a_rule_is_told_by_name_with_all_its_rolls_where_one_came_against_the_odds() {
        let rule: RuleDoc = ron::from_str(
            r#"(name: "search", step: Situation, does: [Roll("found", Const(40)), Roll("alive", Const(900))])"#,
        )
        .expect("a rule");
        let names = Names::default();
        let document = Document { rules: vec![rule], ..Document::default() };
        let (origins, fingerprint, text) = Default::default();
        let scenario = Scenario { document, names, origins, fingerprint, text };
        let roll = |name: &str, chance: Ppm, came: bool| {
            let site = SiteId::new("rule", "", "search").with(name);
            Roll { purpose: Purpose::Rule, site, index: 0, chance, result: i32::from(came) }
        };
        let told = |rolls: Rolls| {
            let mut record = CallRecord::default();
            for found in [false, true] {
                record.roll(&roll("found", 40_000, found));
                record.roll(&roll("alive", 900_000, true));
                record.fact(&Fact::Standing { rung: Rung(0) });
            }
            let lines = Transcript::new(&scenario, rolls).call(Call::Close, &record);
            lines.into_iter().filter(|line| line.contains("Rule")).collect::<Vec<_>>()
        };
        let found = "  Day 1 00:00  Rule `search` rolls found, 4 %: yes; alive, 90 %: yes";
        let nothing = "  Day 1 00:00  Rule `search` rolls found, 4 %: no; alive, 90 %: yes";
        assert_eq!(told(Rolls::AgainstTheOdds), [found]);
        assert_eq!(told(Rolls::Every), [nothing, found]);
    }

    #[test]
    fn points_have_a_sign_and_two_decimals() {
        assert_eq!(thousandths(1500), "+1.50");
        assert_eq!(thousandths(-45), "-0.05");
        assert_eq!(thousandths(-4), "+0.00");
    }
}
