//! The master events list: the injects of a scenario as a table, a row each, as planners of exercises keep them in a
//! spreadsheet.
//!
//! A table that [`write`] made is read by [`read`] without loss. What was changed in it becomes a scenario on top of
//! the one that it came from ([`on_top`]).

mod change;
mod read;
mod table;
mod write;

pub use change::on_top;
pub use read::read;
pub use write::write;

use crate::vocabulary::{Duration, Ref};
use serde::Serialize;

macro_rules! columns {
    ($($name:ident $text:literal $about:literal;)*) => {
        /// A column of the list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Column {
            $(#[doc = $about] $name,)*
        }

        impl Column {
            /// Every column, in the order in which they are written.
            pub const ALL: &'static [Column] = &[$(Column::$name,)*];

            /// The head of the column.
            pub fn head(self) -> &'static str {
                match self { $(Column::$name => $text,)* }
            }

            /// What stands in it.
            pub fn about(self) -> &'static str {
                match self { $(Column::$name => $about,)* }
            }
        }
    };
}

columns! {
    Name "name" "The inject's name: letters, digits, `_` and `-`.";
    When "when" "`at` a time; `once` a condition holds, from a time on; `on call`, when control fires it.";
    Date "date" "The time as a local date, such as `2015-08-05 09:00`.";
    After "after" "The time since the start, such as `1525 minutes`, `3 hours`, `400 days` or `2 quarters`.";
    Condition "condition" "What has to hold, for `once`, in the words of the format.";
    SeenBy "seen_by" "Who reads it: `all`, `nobody`, or seats with commas between them.";
    Label "label" "Its headline.";
    Text "text" "What those who see it read.";
    Wakes "wakes" "`yes` if it ends a turn, so that seats can decide.";
    Seat "seat" "The acting seat, if it is an act.";
    Action "action" "The action, if it is an act.";
    Effects "effects" "What it changes: a list in the words of the format.";
    Source "source" "Where it comes from.";
}

/// A duration in its own unit: `1525 minutes`.
fn span(duration: Duration) -> String {
    let (number, unit) = match duration {
        Duration::Minutes(n) => (n, "minute"),
        Duration::Hours(n) => (n, "hour"),
        Duration::Days(n) => (n, "day"),
        Duration::Quarters(n) => (n, "quarter"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// A duration from a number and the name of its unit, in the singular or the plural.
fn read_span(text: &str) -> Option<Duration> {
    let (number, word) = text.split_once(char::is_whitespace)?;
    let (number, word) = (number.parse().ok()?, word.trim());
    match word.strip_suffix('s').unwrap_or(word) {
        "minute" => Some(Duration::Minutes(number)),
        "hour" => Some(Duration::Hours(number)),
        "day" => Some(Duration::Days(number)),
        "quarter" => Some(Duration::Quarters(number)),
        _ => None,
    }
}

/// What would make a spreadsheet take a text for a formula, or for a text that is already marked.
const MARKED: [char; 5] = ['=', '+', '-', '@', '\''];

/// A text as a spreadsheet leaves it alone: with an apostrophe before what it would take for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(MARKED) { format!("'{text}") } else { text.to_owned() }
}

/// The text that was guarded.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(MARKED)).unwrap_or(cell)
}

/// A value on one line, in the words of the format.
pub fn flat(value: &impl Serialize) -> String {
    let flat = ron::ser::PrettyConfig::new().depth_limit(0);
    // What was read from the format can be written in it.
    ron::ser::to_string_pretty(value, flat).unwrap_or_default()
}

/// Names with commas between them.
fn listed<I: crate::vocabulary::Id>(names: &[Ref<I>]) -> String {
    names.iter().map(Ref::name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_keep_their_unit() {
        for duration in
            [Duration::Minutes(1525), Duration::Hours(1), Duration::Days(400), Duration::Quarters(2)]
        {
            assert_eq!(read_span(&span(duration)), Some(duration));
        }
        assert_eq!(read_span("3 weeks"), None);
        assert_eq!(read_span("1.5 days"), None);
    }

    #[test]
    fn no_text_is_a_formula_and_every_text_comes_back() {
        for text in ["=1+1", "-5 degrees", "'quoted'", "'", "plain", ""] {
            assert!(!guarded(text).starts_with(['=', '+', '-', '@']));
            assert_eq!(unguarded(&guarded(text)), text);
        }
        assert_eq!(unguarded("'tis"), "'tis");
    }
}
