//! What an act or a term needs, part by part: whether it holds, and in words, for those who wonder why it cannot be
//! ordered; and what authored statements do, in words for the white cell.
//!
//! Everybody's handbook has all acts and terms, and what one seat's act needs may be what another cannot see: a part that
//! reads such a thing is told as no more than that.

use super::program::{Guard, Reads, Registers};
use crate::scenario::document::Document;
use crate::scenario::hidden_in;
use crate::vocabulary::words::{AccordStatus, Condition, Expr, Gauge, Op, Politics, Statement};
use crate::vocabulary::{Id, Ref, SeatId};

/// The most parts that are told apart; more are told as one.
const MOST_PARTS: usize = 8;

/// What an act needs, part by part: all have to hold.
#[derive(Clone, Debug)]
pub(super) struct Needs(Vec<Guard>);

impl FromIterator<Guard> for Needs {
    fn from_iter<I: IntoIterator<Item = Guard>>(parts: I) -> Needs {
        Needs(parts.into_iter().collect())
    }
}

impl Needs {
    /// The parts that do not hold: a bit for each.
    pub fn unmet(&self, reads: &impl Reads, registers: &mut Registers) -> u8 {
        let parts = self.0.iter().enumerate();
        parts.fold(0, |bits, (place, part)| bits | u8::from(!part.holds(reads, registers)) << place)
    }
}

/// The parts of a condition that all have to hold.
pub(super) fn parts(needs: Option<&Condition>) -> &[Condition] {
    match needs {
        None => &[],
        Some(Condition::All(parts)) if parts.len() <= MOST_PARTS => parts,
        Some(whole) => std::slice::from_ref(whole),
    }
}

/// Each part of what is needed, as a seat may know it, to be read after "it needs that".
pub(super) fn words(needs: Option<&Condition>, document: &Document, seat: SeatId) -> Vec<String> {
    let told = |part: &Condition| match hidden_in(document, part, seat) {
        Some(_) => "something holds that you cannot see".to_owned(),
        None => Words { document, of_all: false }.holds(part),
    };
    parts(needs).iter().map(told).collect()
}

/// What a statement does, in words for who may know all.
pub fn does(statement: &Statement, document: &Document) -> String {
    let all =
        |list: &[Statement]| list.iter().map(|part| does(part, document)).collect::<Vec<_>>().join("; ");
    let words = Words { document, of_all: true };
    match statement {
        Statement::Let(local, expr) => format!("`{local}` is {}", words.value(expr)),
        Statement::Roll(local, chance) => {
            format!("`{local}` is 1 with a chance of {} in 1000, else 0", words.value(chance))
        }
        Statement::Pick(local, weights) => format!("`{local}` is one of {} by lot", weights.len()),
        Statement::Set(track, to) => {
            format!("'{}' becomes {}", label(&document.tracks, track), words.value(to))
        }
        Statement::Shift(track, Expr::Const(by)) => {
            format!("'{}' moves by {by:+}", label(&document.tracks, track))
        }
        Statement::Shift(track, by) => {
            format!("'{}' moves by {}", label(&document.tracks, track), words.value(by))
        }
        Statement::When { that, then, otherwise } => {
            let mut text = format!("if {}: {}", words.holds(that), all(then));
            if !otherwise.is_empty() {
                text.push_str(&format!("; otherwise: {}", all(otherwise)));
            }
            text
        }
        Statement::Accord(accord, status) => {
            let becomes = match status {
                AccordStatus::Absent => "is no more",
                AccordStatus::InForce => "is in force",
                AccordStatus::Suspended => "is suspended",
                AccordStatus::Scrapped => "is scrapped",
            };
            format!("{} {becomes}", label(&document.accords, accord))
        }
        Statement::Channel(channel, politics) => {
            let becomes = match politics {
                Politics::Open => "is opened",
                Politics::Silent => "falls silent",
                Politics::Cut => "is cut",
            };
            format!("{} {becomes}", label(&document.channels, channel))
        }
        Statement::Stop(action) => format!("'{}' ends", label(&document.actions, action)),
        Statement::Investigate => "an inquiry into what is open begins".to_owned(),
        Statement::Contest => "what is found is denied".to_owned(),
        Statement::Incident(incident) => format!("'{}' happens", label(&document.incidents, incident)),
        Statement::Mature(body, by) => {
            format!("the practice of {} moves by {by:+}", label(&document.bodies, body))
        }
    }
}

/// A condition in words for who may know all, to be read after "when".
pub fn holds(condition: &Condition, document: &Document) -> String {
    Words { document, of_all: true }.holds(condition)
}

/// Rules in words.
#[derive(Clone, Copy)]
struct Words<'a> {
    document: &'a Document,
    /// Whether the reader may know all: the world's working parts, and what has happened unseen.
    of_all: bool,
}

impl Words<'_> {
    fn holds(self, condition: &Condition) -> String {
        let document = self.document;
        match condition {
            Condition::Compare(left, op, right) => {
                format!("{} is {} {}", self.value(left), compared(*op), self.value(right))
            }
            Condition::All(list) if list.is_empty() && self.of_all => "always".to_owned(),
            Condition::All(list) if list.is_empty() => "nothing else stands in the way".to_owned(),
            Condition::All(list) => self.joined(list, " and "),
            Condition::Any(list) => self.joined(list, " or "),
            Condition::Not(inside) => match &**inside {
                Condition::InForce(accord) => format!("{} is not in force", label(&document.accords, accord)),
                Condition::On(action) => format!("'{}' does not go on", label(&document.actions, action)),
                Condition::Fired(inject) if self.of_all => {
                    format!("'{}' has not come yet", label(&document.injects, inject))
                }
                Condition::Fired(_) => "something has not happened yet".to_owned(),
                Condition::Open(channel) if self.of_all => {
                    format!("{} is not open", label(&document.channels, channel))
                }
                Condition::Open(channel) => {
                    format!(
                        "{} is cut, or gave no answer when you last tried it",
                        label(&document.channels, channel)
                    )
                }
                other => format!("it is not so that {}", self.holds(other)),
            },
            Condition::InForce(accord) => format!("{} is in force", label(&document.accords, accord)),
            Condition::On(action) => format!("'{}' goes on", label(&document.actions, action)),
            Condition::Fired(inject) if self.of_all => {
                format!("'{}' has come", label(&document.injects, inject))
            }
            Condition::Fired(_) => "something has happened that may still come".to_owned(),
            Condition::Open(channel) if self.of_all => {
                format!("{} is open", label(&document.channels, channel))
            }
            Condition::Open(channel) => {
                format!("{} is neither cut nor without answer", label(&document.channels, channel))
            }
        }
    }

    /// Several conditions; one that has several itself stands in brackets.
    fn joined(self, list: &[Condition], by: &str) -> String {
        let parts = |part: &Condition| match part {
            Condition::All(inner) | Condition::Any(inner) => inner.len(),
            _ => 1,
        };
        let several = |part: &Condition| list.len() > 1 && parts(part) > 1;
        let told = |part: &Condition| {
            if several(part) { format!("({})", self.holds(part)) } else { self.holds(part) }
        };
        list.iter().map(told).collect::<Vec<_>>().join(by)
    }

    fn value(self, expr: &Expr) -> String {
        let list =
            |parts: &[Expr], by: &str| parts.iter().map(|part| self.value(part)).collect::<Vec<_>>().join(by);
        match expr {
            Expr::Const(number) => number.to_string(),
            Expr::Level(track) | Expr::Before(track) => format!("'{}'", label(&self.document.tracks, track)),
            Expr::Gauge(gauge) => counted(gauge, self.document),
            _ if !self.of_all => "a figure of the rules".to_owned(),
            Expr::Local(name) => format!("`{name}`"),
            Expr::Param(param) => format!("`{}`", param.name()),
            Expr::Add(parts) => format!("({})", list(parts, " + ")),
            Expr::Sub(left, right) => format!("({} - {})", self.value(left), self.value(right)),
            Expr::Mul(parts) => format!("({})", list(parts, " x ")),
            Expr::DivFloor(left, right) => {
                format!("({} / {}, rounded down)", self.value(left), self.value(right))
            }
            Expr::Min(parts) => format!("the least of ({})", list(parts, "; ")),
            Expr::Max(parts) => format!("the most of ({})", list(parts, "; ")),
            Expr::Clamp(inside, low, high) => {
                format!("({}, held between {} and {})", self.value(inside), self.value(low), self.value(high))
            }
            Expr::Lookup(table, at) => format!("the entry of `{}` at {}", table.name(), self.value(at)),
        }
    }
}

fn compared(op: Op) -> &'static str {
    match op {
        Op::Eq => "exactly",
        Op::Ne => "other than",
        Op::Lt => "less than",
        Op::Le => "at most",
        Op::Gt => "more than",
        Op::Ge => "at least",
    }
}

fn counted(gauge: &Gauge, document: &Document) -> String {
    match gauge {
        Gauge::Day => "the number of days that have passed".to_owned(),
        Gauge::Hour => "the number of hours that have passed".to_owned(),
        Gauge::Minute => "the number of minutes that have passed".to_owned(),
        Gauge::Turn => "the number of turns that have passed".to_owned(),
        Gauge::StandingRung => "the standing rung".to_owned(),
        Gauge::PeakRung => "the highest rung of an act so far".to_owned(),
        Gauge::DeathsOf(seat) => format!("the number of dead of {}", label(&document.seats, seat)),
        Gauge::CivilianDeaths => "the number of dead civilians".to_owned(),
        Gauge::QuietHours => "the number of quiet hours".to_owned(),
        Gauge::Faded => "whether the crisis has faded (1 or 0)".to_owned(),
        Gauge::Settled => "whether a settlement stands (1 or 0)".to_owned(),
        Gauge::OpenDeadlines => "the number of open deadlines".to_owned(),
        Gauge::TalksRounds => "the number of rounds of talks".to_owned(),
        Gauge::ActsAtLeast(rung) => format!("the number of acts at rung {rung} or above so far"),
        Gauge::MaturityOf(body) => format!("the practice of {}", label(&document.bodies, body)),
    }
}

/// An entry that has a label.
trait Labelled {
    fn label(&self) -> &str;
}

macro_rules! labelled {
    ($($doc:ident),*) => {
        $(impl Labelled for crate::scenario::section::$doc {
            fn label(&self) -> &str {
                &self.label
            }
        })*
    };
}

labelled!(AccordDoc, ActionDoc, BodyDoc, ChannelDoc, IncidentDoc, InjectDoc, SeatDoc, TrackDoc);

fn label<'a, I: Id, D: Labelled>(entries: &'a [D], of: &'a Ref<I>) -> &'a str {
    entries.get(of.id().index()).map_or(of.name(), D::label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::section::Visibility;

    #[test]
    fn who_may_know_all_is_told_what_comes_from_where_and_what_belongs_together() {
        let document = Document::default();
        let rung = || Condition::Compare(Expr::Gauge(Gauge::StandingRung), Op::Ge, Expr::Const(3));
        let roll = Condition::Compare(Expr::Local("storm".to_owned()), Op::Eq, Expr::Const(1));
        let whole = Condition::All(vec![rung(), Condition::Any(vec![roll, Condition::All(vec![])])]);
        assert_eq!(
            holds(&whole, &document),
            "the standing rung is at least 3 and (`storm` is exactly 1 or always)"
        );
    }

    #[test]
    fn what_is_needed_is_told_part_by_part() {
        let document = Document::default();
        let told = |needs: &Condition| words(Some(needs), &document, SeatId::new(0));
        let rung = Condition::Compare(Expr::Gauge(Gauge::StandingRung), Op::Ge, Expr::Const(3));
        let acts = Condition::Compare(Expr::Gauge(Gauge::ActsAtLeast(6)), Op::Ge, Expr::Const(1));
        assert_eq!(words(None, &document, SeatId::new(0)), [""; 0]);
        assert_eq!(told(&rung), ["the standing rung is at least 3"]);
        assert_eq!(
            told(&Condition::All(vec![rung.clone(), acts.clone()])),
            ["the standing rung is at least 3", "the number of acts at rung 6 or above so far is at least 1"]
        );
        let either =
            "the standing rung is at least 3 or the number of acts at rung 6 or above so far is at least 1";
        assert_eq!(told(&Condition::Any(vec![rung, acts])), [either]);
    }

    #[test]
    fn nobody_reads_the_name_of_what_another_seat_alone_sees() {
        let text = r#"(format: 1, tracks: [(name: "fuel", label: "Fuel", min: 0, max: 10, start: 0, seen_by: Seats(["north"]), source: "made up")])"#;
        let mut document: Document = ron::from_str(text).expect("it reads as a document");
        let (north, south) = (SeatId::new(0), SeatId::new(1));
        if let Visibility::Seats(seats) = &mut document.tracks[0].seen_by {
            seats[0].resolve(north);
        }
        let mut fuel = Ref::named("fuel".to_owned());
        fuel.resolve(Id::new(0));
        let needs = Condition::Compare(Expr::Level(fuel), Op::Ge, Expr::Const(5));
        assert_eq!(words(Some(&needs), &document, north), ["'Fuel' is at least 5"]);
        assert_eq!(words(Some(&needs), &document, south), ["something holds that you cannot see"]);
    }
}
