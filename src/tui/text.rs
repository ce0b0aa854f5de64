//! Words for what a seat sees: names, numbers, acts and orders in plain English, by the seat's own handbook.
//!
//! Screens and line mode both speak through this; every authored text leaves it as safe text.

mod news;
mod order;
mod wrap;

pub use news::{Topic, author, roll};
pub use order::answer;
pub use wrap::{clip, pad, wrap};

use super::calendar::Calendar;
use crate::session::{
    BeliefView, Briefing, Ended, Failure, Label, Legality, LineState, MenuItem, News, NewsKind, Observation,
    Pace, ProposalView, Question, Role, Season, SeatView, TermBrief,
};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, CELLS, Cell, ChannelId, Id, IncidentId, Minute, ONE_MILLION, Ppm, Rung,
    SafeText, SeatId, SiteId, TermId, TrackId, TriggerId,
};
use std::time::Instant;

/// The longest name of a proposal's first term.
const LONGEST_NAME: usize = 40;

/// Speaks by one seat's handbook.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    briefing: &'a Briefing,
    /// What the seat has learned, by which proposals have their names.
    log: &'a [News],
}

/// Text from outside as one safe line.
pub fn safe(text: &str) -> String {
    SafeText::new(text).as_str().replace('\n', " ")
}

/// Text from outside as safe paragraphs.
pub fn prose(text: &str) -> Vec<String> {
    SafeText::new(text).as_str().lines().map(|line| line.trim().to_owned()).collect()
}

fn label(entry: Option<&Label>, missing: &str) -> String {
    match entry {
        Some(label) if !label.label.is_empty() => safe(&label.label),
        Some(label) if !label.name.is_empty() => safe(&label.name),
        _ => missing.to_owned(),
    }
}

/// Whether the table is paused, or how long the decision in hand may still take; nothing if neither is so.
pub fn pace(pace: Pace) -> Option<String> {
    if pace.paused {
        return Some("PAUSED".to_owned());
    }
    let left = pace.seconds_left(Instant::now())?;
    Some(format!("clock {}:{:02}", left / 60, left % 60))
}

/// A share as whole percent. Only what is impossible is 0 %, only what is certain 100 %.
pub fn percent(share: Ppm) -> String {
    match (u64::from(share) + 5_000) / 10_000 {
        0 if share > 0 => "<1 %".to_owned(),
        100 if share < ONE_MILLION => ">99 %".to_owned(),
        whole => format!("{whole} %"),
    }
}

/// Thousandths of points with their sign.
pub fn points(thousandths: i32) -> String {
    let tenths = (i64::from(thousandths) + if thousandths < 0 { -50 } else { 50 }) / 100;
    format!("{}{}.{}", if tenths < 0 { '-' } else { '+' }, tenths.abs() / 10, tenths.abs() % 10)
}

/// A change for better or worse as a sign and a word.
pub fn worth(thousandths: i32) -> &'static str {
    match thousandths {
        i32::MIN..=-1000 => "-- much worse",
        -999..=-100 => "- worse",
        -99..=99 => "= no change",
        100..=999 => "+ better",
        1000.. => "++ much better",
    }
}

/// How a line behaves, in words.
pub fn line_state(state: LineState) -> &'static str {
    match state {
        LineState::Presumed => "not tried yet",
        LineState::Answered => "answered",
        LineState::NoAnswer => "no answer",
        LineState::Cut => "cut",
    }
}

/// A political state in words.
pub fn politics(politics: Politics) -> &'static str {
    match politics {
        Politics::Open => "open",
        Politics::Silent => "silent",
        Politics::Cut => "cut",
    }
}

/// How an accord stands, in words.
pub fn accord_status(status: AccordStatus) -> &'static str {
    match status {
        AccordStatus::Absent => "not agreed",
        AccordStatus::InForce => "in force",
        AccordStatus::Suspended => "suspended",
        AccordStatus::Scrapped => "ended",
    }
}

impl<'a> Words<'a> {
    /// Speaks by this handbook alone.
    pub fn new(briefing: &'a Briefing) -> Self {
        Words { briefing, log: &[] }
    }

    /// Speaks by a seat's handbook, and names proposals by what it has learned of them.
    pub fn of(view: &'a SeatView) -> Self {
        Words { briefing: &view.briefing, log: &view.log }
    }

    /// The handbook.
    pub fn briefing(&self) -> &'a Briefing {
        self.briefing
    }

    /// A seat's label.
    pub fn seat(&self, id: SeatId) -> String {
        label(self.briefing.seats.get(id.index()).map(|s| &s.label), "somebody")
    }

    /// A seat, or that nobody knows.
    pub fn author(&self, id: Option<SeatId>) -> String {
        id.map_or_else(|| "Somebody unknown".to_owned(), |id| self.seat(id))
    }

    /// A channel's label.
    pub fn channel(&self, id: ChannelId) -> String {
        label(self.briefing.channels.get(id.index()).map(|c| &c.label), "a channel")
    }

    /// A body's label.
    pub fn body(&self, id: BodyId) -> String {
        label(self.briefing.bodies.get(id.index()).map(|b| &b.label), "a body")
    }

    /// An action's label.
    pub fn action(&self, id: ActionId) -> String {
        label(self.briefing.actions.get(id.index()).map(|a| &a.label), "an act")
    }

    /// An accord's label.
    pub fn accord(&self, id: AccordId) -> String {
        label(self.briefing.accords.get(id.index()), "an accord")
    }

    /// A kind of incident.
    pub fn incident(&self, id: IncidentId) -> String {
        label(self.briefing.incidents.get(id.index()), "an incident")
    }

    /// A class of site.
    pub fn site(&self, id: SiteId) -> String {
        label(self.briefing.sites.get(id.index()), "a site")
    }

    /// A term.
    pub fn term(&self, id: TermId) -> Option<&'a TermBrief> {
        self.briefing.terms.get(id.index())
    }

    /// A trigger's label.
    pub fn trigger(&self, id: TriggerId) -> String {
        label(self.briefing.triggers.iter().find(|t| t.id == id).map(|t| &t.label), "a trigger")
    }

    /// A track's label; nothing for one that the seat does not see.
    pub fn track(&self, id: TrackId) -> Option<String> {
        let track = self.briefing.tracks.get(id.index())?;
        (!track.label.label.is_empty()).then(|| safe(&track.label.label))
    }

    /// By what the game ended.
    pub fn ending(&self, how: Ended) -> String {
        match how {
            Ended::Scenario(ending) => {
                label(self.briefing.endings.get(ending.index()).map(|e| &e.label), "the end")
            }
            Ended::Control => "play stops here".to_owned(),
        }
    }

    /// A label.
    pub fn label(&self, of: &Label) -> String {
        label(Some(of), "unnamed")
    }

    /// A rung with its name, such as `6 'Limited attack'`.
    pub fn rung(&self, rung: Rung) -> String {
        match self.briefing.rungs.get(rung.index()) {
            Some(name) => format!("{rung} '{}'", label(Some(name), "unnamed")),
            None => rung.to_string(),
        }
    }

    /// The calendar of the crisis.
    pub fn calendar(&self) -> Calendar {
        Calendar::starting(&self.briefing.start)
    }

    /// Such as `Day 17, 15:52`.
    pub fn moment(&self, minute: Minute) -> String {
        self.calendar().moment(minute)
    }

    /// Why an act on the menu can or cannot be ordered.
    pub fn legality(&self, item: &MenuItem) -> String {
        match item.legality {
            Legality::Legal => "can be ordered".to_owned(),
            Legality::NeedsUnmet(unmet) => {
                let needs = self.briefing.actions.get(item.action.index()).map_or(&[][..], |act| &act.needs);
                let parts = needs.iter().enumerate().filter(|(part, _)| unmet >> part & 1 == 1);
                let parts: Vec<&str> = parts.map(|(_, needs)| needs.as_str()).collect();
                match parts.is_empty() {
                    true => "not now: what it needs does not hold".to_owned(),
                    false => format!("not now: it needs that {}", safe(&parts.join(", and that "))),
                }
            }
            Legality::TooDear => "costs more political capital than there is".to_owned(),
            Legality::AlreadyOn => "it goes on already".to_owned(),
            Legality::Done => "only once, and it was done".to_owned(),
            Legality::NotReleased(body) => {
                format!("not released by {}: ask it in the contact phase", self.body(body))
            }
            Legality::Locked(trigger) => format!("locked until staff judge: {}", self.trigger(trigger)),
        }
    }

    /// Why an own act failed.
    fn failure(&self, why: Failure) -> String {
        match why {
            Failure::NotReleased(ally) => format!("{} did not release it", self.seat(ally)),
            Failure::BodyRefused(body) => format!("{} did not release it", self.body(body)),
            Failure::Overtaken => "events overtook it".to_owned(),
            Failure::Unknown => "nobody knows why".to_owned(),
        }
    }

    /// What an act may draw, likeliest first, as `protest 40 %, in kind 25 %`.
    pub fn draws(&self, draws: &[Ppm; CELLS]) -> String {
        let mut cells: Vec<Cell> = Cell::ALL.to_vec();
        cells.sort_by_key(|cell| std::cmp::Reverse(draws[cell.index()]));
        let likely: Vec<String> = cells
            .iter()
            .filter(|cell| draws[cell.index()] >= 10_000)
            .map(|cell| format!("{} {}", cell.word(), percent(draws[cell.index()])))
            .collect();
        if likely.is_empty() { "no estimate".to_owned() } else { likely.join(", ") }
    }

    /// What a hypothesis says now: each type with its share and how it moved, if it did.
    pub fn belief(&self, belief: &BeliefView) -> (String, Vec<String>) {
        let brief = self.briefing.hypotheses.iter().find(|h| h.id == belief.hypothesis);
        let title = brief.map_or_else(
            || "An estimate".to_owned(),
            |h| format!("{} ({})", label(Some(&h.label), "unnamed"), self.seat(h.subject)),
        );
        let types = (0..usize::from(belief.types).min(belief.shares.len()))
            .map(|i| {
                let name = brief.and_then(|h| h.types.get(i)).map_or("?".to_owned(), |t| safe(t));
                let (now, before) = (belief.shares[i], belief.before[i]);
                let moved = (i64::from(now) - i64::from(before)) / 10_000;
                let sign = match moved {
                    0 => String::new(),
                    up @ 1.. => format!(" (up {up})"),
                    down => format!(" (down {})", -down),
                };
                format!("{name} {}{sign}", percent(now))
            })
            .collect();
        (title, types)
    }

    /// The question to a seat that has little to decide.
    pub fn question(&self, question: Question, seen: &Observation) -> String {
        match question {
            Question::FireSoon => "How likely is fire within two days?".to_owned(),
            Question::Author(case) => match seen.cases.iter().find(|c| c.case == case) {
                Some(open) => format!(
                    "How likely did {} do what happened on {} (case {case})?",
                    self.seat(open.suspect),
                    self.moment(open.minute)
                ),
                None => format!("How likely is it that the suspect did it (case {case})?"),
            },
        }
    }

    /// A proposal's number with a short name: whose it is, and what it begins with.
    pub fn named(&self, number: u16) -> String {
        let known = self.log.iter().rev().find_map(|news| match news.kind {
            NewsKind::Proposal { number: known, from, terms, .. } if known == number => Some((from, terms)),
            _ => None,
        });
        let Some((from, terms)) = known else { return format!("#{number}") };
        let count = terms.count_ones();
        let first = self.term(TermId::new(terms.trailing_zeros() as usize));
        let first = first.map_or_else(String::new, |term| {
            let more = if count > 1 { format!(", +{}", count - 1) } else { String::new() };
            format!(", '{}'{more}", clip(&label(Some(&term.label), "a term"), LONGEST_NAME))
        });
        format!("#{number} of {}{first}", self.seat(from))
    }

    /// The terms of a proposal, a bit each.
    pub(crate) fn terms(&self, terms: u64) -> String {
        let each = (0..self.briefing.terms.len().min(64)).filter(|term| terms >> term & 1 == 1);
        each.map(|term| self.term_words(TermId::new(term))).collect::<Vec<_>>().join("; ")
    }

    /// A proposal on the table.
    pub fn proposal(&self, proposal: &ProposalView) -> String {
        let terms: Vec<String> = proposal.terms.iter().map(|t| self.term_words(*t)).collect();
        let mut text =
            format!("#{} {} to {}: ", proposal.number, self.seat(proposal.from), self.seat(proposal.to));
        text.push_str(&terms.join("; "));
        text.push_str(&match proposal.over {
            Some(channel) => format!(" (over {})", self.channel(channel)),
            None => " (in public)".to_owned(),
        });
        if let Some(deadline) = proposal.deadline {
            text.push_str(&format!("; until {}", self.moment(deadline)));
        }
        if let Some(threat) = proposal.threat {
            text.push_str(&format!("; or else {}", self.action(threat)));
        }
        if proposal.ambiguous {
            text.push_str("; can be read in two ways");
        }
        if let Some(answer) = proposal.answer {
            text.push_str(&format!("; answered: {}", order::answer(answer)));
        }
        text.push_str(&format!("; worth to you {}", points(proposal.worth)));
        text
    }

    /// Why a term cannot be offered now.
    pub fn not_on_offer_now(&self, id: TermId) -> String {
        self.term(id).map_or("not now".to_owned(), |term| format!("not now: it {}", safe(&term.barred())))
    }

    /// A term: who has to do what.
    pub fn term_words(&self, id: TermId) -> String {
        match self.term(id) {
            Some(term) => format!("{}: {}", self.seat(term.giver), label(Some(&term.label), "a term")),
            None => "a term".to_owned(),
        }
    }

    /// One line that says who decides what, when, and how high the crisis stands.
    pub fn header(&self, view: &SeatView) -> String {
        let seen = &view.observation;
        let who = seen.seat.or(self.briefing.seat).map_or("an observer".to_owned(), |s| self.seat(s));
        let are = if view.table.person.role == Role::Adviser { "You advise" } else { "You are" };
        let when = self.moment(seen.minute).replacen(',', "", 1);
        let rung = self.rung(seen.standing_rung);
        match (&self.briefing.campaign, seen.season) {
            (None, _) => format!("{are} {who} · {when} · standing rung {rung}"),
            (Some(_), Season::Crisis) => format!("{are} {who} · {when} · CRISIS, standing rung {rung}"),
            (Some(campaign), Season::Calm) => {
                let number = 1 + seen.minute / campaign.turn_minutes.max(1);
                let date = self.calendar().date(seen.minute).unwrap_or(when);
                format!("{are} {who} · {date} · {} {number}, standing rung {rung}", safe(&campaign.turn))
            }
        }
    }
}
