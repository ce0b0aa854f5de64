//! A comparison of two arms, as sections.

use super::document::{Bar, Block, Section, Table};
use super::number::{cell, counted, interval, number};
use super::summary::setup;
use crate::analysis::{Difference, Pairs};

/// What is compared, and how the runs are paired.
pub fn what_is_compared(pairs: &Pairs<'_>, names: [&str; 2]) -> Section {
    let mut section = Section::new("What is compared");
    let played = [pairs.first, pairs.second].map(setup);
    if played[0] == played[1] {
        section.text(format!("First: {}. Second: {}. Both played by {}.", names[0], names[1], played[0]));
    } else {
        section.text(format!("First: {}, played by {}.", names[0], played[0]));
        section.text(format!("Second: {}, played by {}.", names[1], played[1]));
    }
    let points = if pairs.points == 1 {
        String::new()
    } else {
        format!(", over {} pairs of design points", pairs.points)
    };
    section.text(format!(
        "{} of runs with the same luck{points}; differences are second less first, and their intervals 95 %.",
        counted(pairs.lucks.iter().map(|rows| rows.len() as u64).sum(), "pair"),
    ));
    if pairs.alone > 0 {
        section.text(format!(
            "{} left out: the luck is not there at every point of both.",
            counted(pairs.alone, "run")
        ));
    }
    if pairs.first.manifest.fingerprint != pairs.second.manifest.fingerprint {
        section
            .text("The scenario was changed between the two: the differences are those of the change too.");
    }
    section
}

/// The differences.
pub fn differences(heading: &str, differences: &[Difference]) -> Section {
    let mut section = Section::new(heading);
    let mut table = Table::new([
        "figure",
        "unit",
        "first",
        "second",
        "difference",
        "95 % interval",
        "pairs that differ",
        "correlation",
        "narrower by",
    ]);
    for d in differences {
        let ends = d.difference.interval;
        let ends = if ends.is_none() { "no pair differed".to_owned() } else { interval(ends) };
        let unit = if d.unit.is_empty() { "share of runs".to_owned() } else { d.unit.clone() };
        let saved = if d.narrower.is_finite() { format!("{} x", number(d.narrower)) } else { "-".to_owned() };
        table.row([
            d.name.clone(),
            unit,
            cell(&d.first),
            cell(&d.second),
            number(d.difference.value),
            ends,
            format!("{} of {}", d.differ, d.pairs),
            number(d.correlation),
            saved,
        ]);
    }
    section.table(table);
    section
}

/// The differences of shares, around zero.
pub fn chart(differences: &[Difference]) -> Option<Block> {
    let shares = differences.iter().filter(|difference| difference.unit.is_empty());
    let bars: Vec<Bar> = shares.map(|d| Bar { label: d.name.clone(), estimate: d.difference }).collect();
    (!bars.is_empty()).then_some(Block::Forest(bars))
}

/// How the columns of pairing are read.
pub fn how_to_read() -> Section {
    let mut section = Section::new("How to read it");
    section.text(
        "`narrower by` says how many times wider an interval of the same kind would be if both arms had luck of their \
         own; its square is about how many times more runs that would take. A difference whose interval holds 0 is not \
         told from none. Where no pair differed, means have no interval: that the next pair would not differ is not said.",
    );
    section
}
