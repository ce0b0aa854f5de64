//! What an act or a term needs, in words and part by part: for those who wonder why it cannot be ordered.
//!
//! `check` refuses needs that read what a seat cannot see, so that their words give nothing away.

use crate::scenario::document::Document;
use crate::vocabulary::words::{Condition, Expr, Gauge, Op};
use crate::vocabulary::{Id, Ref};

/// The most parts that are told apart; those after them are told as the last.
pub(super) const MOST_PARTS: usize = 8;

/// The parts of a condition that all have to hold.
pub(super) fn parts(needs: Option<&Condition>) -> &[Condition] {
    match needs {
        None => &[],
        Some(Condition::All(parts)) if parts.len() <= MOST_PARTS => parts,
        Some(whole) => std::slice::from_ref(whole),
    }
}

/// Each part of what is needed, to be read after "it needs that".
pub(super) fn words(needs: Option<&Condition>, document: &Document) -> Vec<String> {
    parts(needs).iter().map(|part| holds(part, document)).collect()
}

fn holds(condition: &Condition, document: &Document) -> String {
    let joined = |list: &[Condition], by: &str| {
        list.iter().map(|part| holds(part, document)).collect::<Vec<_>>().join(by)
    };
    match condition {
        Condition::Compare(left, op, right) => {
            format!("{} is {} {}", value(left, document), compared(*op), value(right, document))
        }
        Condition::All(list) if list.is_empty() => "nothing else stands in the way".to_owned(),
        Condition::All(list) => joined(list, " and "),
        Condition::Any(list) => joined(list, " or "),
        Condition::Not(inside) => match &**inside {
            Condition::InForce(accord) => format!("{} is not in force", label(&document.accords, accord)),
            Condition::On(action) => format!("'{}' does not go on", label(&document.actions, action)),
            Condition::Fired(_) => "something has not happened yet".to_owned(),
            Condition::Open(channel) => {
                format!(
                    "{} is cut, or gave no answer when you last tried it",
                    label(&document.channels, channel)
                )
            }
            other => format!("it is not so that {}", holds(other, document)),
        },
        Condition::InForce(accord) => format!("{} is in force", label(&document.accords, accord)),
        Condition::On(action) => format!("'{}' goes on", label(&document.actions, action)),
        Condition::Fired(_) => "something has happened that may still come".to_owned(),
        Condition::Open(channel) => {
            format!("{} is neither cut nor without answer", label(&document.channels, channel))
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

fn value(expr: &Expr, document: &Document) -> String {
    match expr {
        Expr::Const(number) => number.to_string(),
        Expr::Level(track) | Expr::Before(track) => format!("'{}'", label(&document.tracks, track)),
        Expr::Gauge(gauge) => counted(gauge, document),
        Expr::Local(_)
        | Expr::Param(_)
        | Expr::Add(_)
        | Expr::Sub(..)
        | Expr::Mul(_)
        | Expr::DivFloor(..)
        | Expr::Min(_)
        | Expr::Max(_)
        | Expr::Clamp(..)
        | Expr::Lookup(..) => "a figure of the rules".to_owned(),
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

labelled!(AccordDoc, ActionDoc, BodyDoc, ChannelDoc, SeatDoc, TrackDoc);

fn label<'a, I: Id, D: Labelled>(entries: &'a [D], of: &'a Ref<I>) -> &'a str {
    entries.get(of.id().index()).map_or(of.name(), D::label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_is_told_part_by_part() {
        let document = Document::default();
        let rung = Condition::Compare(Expr::Gauge(Gauge::StandingRung), Op::Ge, Expr::Const(3));
        let acts = Condition::Compare(Expr::Gauge(Gauge::ActsAtLeast(6)), Op::Ge, Expr::Const(1));
        assert_eq!(words(None, &document), [""; 0]);
        assert_eq!(words(Some(&rung), &document), ["the standing rung is at least 3"]);
        assert_eq!(
            words(Some(&Condition::All(vec![rung.clone(), acts.clone()])), &document),
            ["the standing rung is at least 3", "the number of acts at rung 6 or above so far is at least 1"]
        );
        let either =
            "the standing rung is at least 3 or the number of acts at rung 6 or above so far is at least 1";
        assert_eq!(words(Some(&Condition::Any(vec![rung, acts])), &document), [either]);
    }
}
