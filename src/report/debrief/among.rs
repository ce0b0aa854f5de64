//! Where a game lies among many of the same scenario and settings.

use crate::analysis::{Estimate, Interval, Share};
use crate::report::document::{Bar, Block, Section, Table};
use crate::trace::{Among, Debrief};

/// Its class, its highest rung and its numbers beside theirs.
pub fn among(debrief: &Debrief, among: &Among) -> Section {
    let mut section = Section::new(format!("This game among {}", among.games));
    let share = Share::new(among.same_class.into(), among.games.into()).estimate();
    section.text(format!(
        "{} games of the same scenario and settings, with the usual policy in every seat. A course of the class of this one \
         ({}) came in {} of them: {:.1} % (95 % interval {:.1} to {:.1} %).",
        among.games,
        debrief.class,
        among.same_class,
        share.value * 100.0,
        share.interval.low * 100.0,
        share.interval.high * 100.0
    ));
    let mut table = Table::new([
        "number",
        "this game",
        "percent below it",
        "least",
        "quarter",
        "half",
        "three quarters",
        "most",
    ]);
    for placed in &among.placed {
        let mut cells = vec![placed.what.clone(), placed.unit.words(placed.own)];
        cells.push(placed.percentile().to_string());
        cells.extend(placed.quartiles.map(|number| placed.unit.words(number)));
        table.row(cells);
    }
    section.table(table);
    section.text("The highest rung of an act, in percent of these games:");
    let bars = debrief.ladder.iter().filter_map(|(rung, label)| {
        let count = *among.peaks.get(usize::from(rung.0))?;
        let own = if *rung == debrief.peak { ", this game" } else { "" };
        let worth_a_bar = count > 0 || *rung == debrief.peak;
        let estimate = in_percent(Share::new(count.into(), among.games.into()).estimate());
        worth_a_bar.then(|| Bar { label: format!("{rung} {label}{own}"), estimate })
    });
    section.push(Block::Bars(bars.collect()));
    section.text(
        "Those alike count half below. Aims are compared with games in which the seat secretly was the same.",
    );
    section
}

fn in_percent(share: Estimate) -> Estimate {
    let Estimate { value, interval: Interval { low, high }, cases } = share;
    Estimate { value: value * 100.0, interval: Interval { low: low * 100.0, high: high * 100.0 }, cases }
}
