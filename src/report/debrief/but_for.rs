//! What would have come but for this.

use super::when;
use crate::analysis::{Estimate, Matched};
use crate::report::document::{Bar, Block, Section, Table};
use crate::trace::{ButFor, ButForRow, Debrief, Reached};
use crate::vocabulary::{RUNGS, Rung};

/// The rungs at which bands of courses begin: what is shown unless a row is told whole.
const SHOWN: [u8; 5] = [4, 6, 8, 10, 13];

/// The difference that a replacement makes to the chance of a rung.
pub fn difference(reached: Reached) -> Estimate {
    let Reached { only_as_it_was, only_instead, .. } = reached;
    let (first, second, pairs) = (only_as_it_was.into(), only_instead.into(), reached.pairs().into());
    Matched { only_first: first, only_second: second, pairs }.difference()
}

/// The heading over the table.
pub const BUT_FOR: &str = "But for this: what the model says would have changed";

/// The table, with a chart of the rung on which the rows differ most.
pub fn but_for(table: &ButFor, debrief: &Debrief) -> Section {
    let mut section = Section::new(BUT_FOR);
    section.text(format!(
        "Rows: {} Each is replaced, and the game played on from there {} times with and without it, by policies in all \
         seats and with the same luck in both. Shown is how the chance of an act at a rung or above, from then on, changes: \
         from this, to that, and the difference in percentage points with its 95 % interval.",
        table.rule, table.continuations
    ));
    let shown = shown(table);
    if table.rows.is_empty() {
        section.text("Nothing in this game is of that kind.");
        return section;
    }
    let mut head = vec!["what happened".to_owned(), "turn".to_owned(), "instead".to_owned()];
    head.extend(shown.iter().map(|rung| format!("{rung} ({})", label(debrief, *rung))));
    head.push("pairs that differ at all".to_owned());
    let mut rows = Table { head, rows: Vec::new() };
    for row in &table.rows {
        let what = format!("{} {}", when(debrief, row.minute), row.what);
        let mut cells = vec![what, row.turn.to_string(), row.instead.clone()];
        cells.extend(shown.iter().map(|rung| cell(row.reached[usize::from(rung.0)])));
        cells.push(format!("{} of {}", row.differ, table.continuations));
        rows.row(cells);
    }
    section.listing(rows, "");
    if let Some(rung) = telling(table, &shown) {
        section.text(format!(
            "The change in the chance of rung {rung} ({}) or above, if it had been otherwise:",
            label(debrief, rung)
        ));
        let bar = |row: &ButForRow| Bar {
            label: format!("{}: {}", row.what, row.instead),
            estimate: difference(row.reached[usize::from(rung.0)]),
        };
        section.push(Block::Forest(table.rows.iter().map(bar).collect()));
    }
    if table.left_out > 0 {
        section.text(format!("{} more of that kind are left out.", table.left_out));
    }
    section.text(format!(
        "{} continuations were played. The rows do not add up: each is asked alone, and one may hold what another needs.",
        table.games
    ));
    section
}

/// One row told whole: every rung that any continuation reached.
pub fn what_if(row: &ButForRow, table: &ButFor, debrief: &Debrief) -> Section {
    let mut section = Section::default();
    section.text(format!("Turn {}, {}.", row.turn, when(debrief, row.minute)));
    section.text(format!("What happened: {}", row.what));
    section.text(format!("Instead: {}", row.instead));
    section.text(format!(
        "{} pairs of continuations with the same luck, played on by policies; {} of them differ in anything at all.",
        table.continuations, row.differ
    ));
    let mut rungs = Table::new([
        "an act at this rung or above, from then on",
        "as it was",
        "instead",
        "change, in points",
    ]);
    for (rung, name) in &debrief.ladder {
        let reached = row.reached[usize::from(rung.0)];
        if reached.neither < reached.pairs() {
            rungs.row(std::iter::once(format!("{rung} {name}")).chain(parts(reached)));
        }
    }
    if rungs.rows.is_empty() {
        section.text("No act at any rung came in any of them.");
    }
    section.table(rungs);
    section.text("Intervals are 95 %. This is a property of the model and of the policies that play on, not of history.");
    section
}

/// The first rungs of bands that any continuation reached.
fn shown(table: &ButFor) -> Vec<Rung> {
    let reached = |rung: &u8| {
        table
            .rows
            .iter()
            .any(|row| row.reached[usize::from(*rung)].neither < row.reached[usize::from(*rung)].pairs())
    };
    SHOWN.into_iter().filter(reached).map(Rung).collect()
}

/// The rung on which the rows differ most.
fn telling(table: &ButFor, shown: &[Rung]) -> Option<Rung> {
    let moved = |rung: &Rung| {
        let of = |row: &ButForRow| {
            let reached = row.reached[usize::from(rung.0)];
            reached.only_as_it_was.abs_diff(reached.only_instead)
        };
        table.rows.iter().map(of).sum::<u32>()
    };
    shown
        .iter()
        .copied()
        .filter(|rung| moved(rung) > 0)
        .max_by_key(|rung| (moved(rung), RUNGS - usize::from(rung.0)))
}

fn label(debrief: &Debrief, rung: Rung) -> String {
    let found = debrief.ladder.iter().find(|(known, _)| *known == rung);
    found.map_or_else(|| rung.to_string(), |(_, label)| label.clone())
}

/// Both chances and their difference in percentage points.
fn cell(reached: Reached) -> String {
    let [from, to, change] = parts(reached);
    format!("{from} to {to}: {change}")
}

/// The chance as it was, the chance instead, and their difference in percentage points with its interval.
fn parts(reached: Reached) -> [String; 3] {
    let pairs = f64::from(reached.pairs().max(1));
    let share = |count: u32| format!("{:.0} %", f64::from(count) * 100.0 / pairs);
    let found = difference(reached);
    let points = |part: f64| {
        let points = (part * 100.0).round();
        if points == 0.0 { "0".to_owned() } else { format!("{points:+.0}") }
    };
    let (low, high) = (points(found.interval.low), points(found.interval.high));
    let change = format!("{} ({low} to {high})", points(found.value));
    [share(reached.as_it_was()), share(reached.instead()), change]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_tells_both_chances_and_the_difference_in_points() {
        let reached = Reached { both: 20, only_as_it_was: 30, only_instead: 0, neither: 50 };
        assert_eq!(cell(reached), "50 % to 20 %: -30 (-38 to -20)");
        let same = Reached { both: 100, ..Reached::default() };
        assert_eq!(cell(same), "100 % to 100 %: 0 (-2 to +2)");
    }
}
