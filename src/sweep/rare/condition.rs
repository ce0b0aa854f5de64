//! The event whose chance is wanted: what a run's row has to say, in the words of its columns.

use super::level::Level;
use crate::engine::{Outcome, Rules};
use crate::scenario::diagnostics::nearest;
use crate::scenario::section::EndingClass;
use crate::sweep::columns::{before_measured, columns};
use crate::vocabulary::{EndingId, Id, Rung, TOP_RUNG};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The highest act rung is at least this: known as soon as it is reached.
    Peak(Rung),
    /// It ends so.
    Ending(EndingId),
    /// It ends in such a way.
    Class(EndingClass),
    /// A number of the row is at least so much: its position among those that are measured.
    AtLeast(usize, i64),
}

impl Condition {
    /// Reads `COLUMN>=NUMBER`, `peak>=RUNG`, `ending=NAME` or `class=WORD`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, rules: &Rules) -> Result<Condition, String> {
        let document = &rules.scenario().document;
        let unknown = |what: &str, name: &str, known: Vec<&str>| {
            let hint = nearest(name, known.iter().copied())
                .map_or_else(|| format!(" (there are {})", known.join(", ")), did_you_mean);
            format!("no {what} is called `{name}`{hint}")
        };
        if let Some((column, number)) = text.split_once(">=") {
            let (column, number) = (column.trim(), number.trim());
            if column == "peak" {
                let rungs = &document.ladder;
                // A scenario need not name its rungs: their numbers are the same everywhere.
                let found = match number.parse::<i64>() {
                    Ok(number) => u8::try_from(number).ok().filter(|rung| *rung <= TOP_RUNG),
                    Err(_) => rungs.iter().find(|rung| rung.name == number).map(|rung| rung.rung),
                };
                return found.map(|rung| Condition::Peak(Rung(rung))).ok_or_else(|| {
                    let names = rungs.iter().map(|rung| rung.name.as_str());
                    let hint = nearest(number, names).map_or(String::new(), did_you_mean);
                    let listed = rungs.iter().map(|rung| format!("{} {}", rung.rung, rung.name));
                    let listed = listed.collect::<Vec<_>>().join(", ");
                    let ladder = if listed.is_empty() { format!("0 to {TOP_RUNG}") } else { listed };
                    format!("no rung is called `{number}`{hint} (the ladder has {ladder})")
                });
            }
            let columns = columns(rules, &[]);
            let measured = &columns[before_measured(0)..];
            let position = measured.iter().position(|known| known.name == column);
            let position = position.ok_or_else(|| {
                let names = measured.iter().map(|column| column.name.as_str());
                format!(
                    "no number is called `{column}`{}",
                    nearest(column, names).map_or(String::new(), did_you_mean)
                )
            })?;
            let number = number.parse().map_err(|_| format!("`{number}` is no whole number"))?;
            return Ok(Condition::AtLeast(position, number));
        }
        match text.split_once('=').map(|(column, word)| (column.trim(), word.trim())) {
            Some(("ending", name)) => {
                let names: Vec<&str> = document.endings.iter().map(|ending| ending.name.as_str()).collect();
                let found = names.iter().position(|known| *known == name);
                found.map(|e| Condition::Ending(Id::new(e))).ok_or_else(|| unknown("ending", name, names))
            }
            Some(("class", word)) => {
                let found = EndingClass::ALL.into_iter().find(|class| class.word() == word);
                let words = || EndingClass::ALL.iter().map(|class| class.word()).collect();
                found.map(Condition::Class).ok_or_else(|| unknown("class", word, words()))
            }
            _ => Err(format!(
                "`{text}` is no event; expected `peak>=RUNG`, `ending=NAME`, `class=WORD` or `COLUMN>=NUMBER` of `runs.csv`"
            )),
        }
    }

    /// The level that is the event itself.
    pub fn level(&self) -> Option<Level> {
        match self {
            Condition::Peak(rung) => Some(Level::first(*rung)),
            Condition::Ending(_) | Condition::Class(_) | Condition::AtLeast(..) => None,
        }
    }

    /// Every rung from the first to the event, or to the top.
    pub fn levels(&self) -> Vec<Level> {
        let top = self.level().map_or(TOP_RUNG, |level| level.rung.0);
        (1..=top).map(Rung).map(Level::first).collect()
    }

    /// Whether it happened in a game that is over, given what was measured of it.
    pub(super) fn holds(&self, outcome: &Outcome, row: &[i64]) -> bool {
        match *self {
            Condition::Peak(rung) => outcome.peak >= rung,
            Condition::Ending(ending) => outcome.ending() == Some(ending),
            Condition::Class(class) => outcome.class == Some(class),
            Condition::AtLeast(position, least) => row[position] >= least,
        }
    }
}

fn did_you_mean(nearest: String) -> String {
    format!("; did you mean `{nearest}`?")
}
