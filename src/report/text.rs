//! A document as plain text for a terminal: tables in columns, charts of block characters.

use super::document::{Bar, Block, Document, Entry, Table};
use super::number::{interval, number};
use crate::analysis::Estimate;
use unicode_width::UnicodeWidthStr;

/// The columns of a bar that is as long as the longest.
const LONGEST: f64 = 40.0;

/// The lines of a document.
pub fn lines(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    if !document.title.is_empty() {
        lines.push(document.title.clone());
    }
    for section in &document.sections {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        if !section.heading.is_empty() {
            lines.push(section.heading.clone());
        }
        for block in &section.blocks {
            match block {
                Block::Text(text) => lines.extend(text.lines().map(str::to_owned)),
                Block::Lines(given) => lines.extend(given.iter().map(|line| format!("  {line}"))),
                Block::Table(table) => lines.extend(laid_out(table)),
                Block::Bars(bars) => lines.extend(bars_of(bars)),
                Block::Forest(bars) => lines.extend(forest_of(bars)),
                Block::Bands(bands) => lines.extend(laid_out(&bands.table())),
                Block::Scatter(scatter) => {
                    lines.push(format!("  (the HTML report draws {} over {})", scatter.up, scatter.across));
                }
                Block::Listing(table) => lines.extend(listed(table)),
                Block::Steps(steps) => lines.extend(laid_out(&steps.table())),
                Block::Story(entries) => lines.extend(entries.iter().flat_map(told)),
            }
        }
    }
    lines
}

/// A table of words: a paragraph for each row.
fn listed(table: &Table) -> Vec<String> {
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&table.head).filter(|(cell, _)| !cell.is_empty());
        let cells: Vec<String> = cells.map(|(cell, head)| format!("{head}: {cell}")).collect();
        format!("  - {}", cells.join("; "))
    };
    table.rows.iter().map(line).collect()
}

fn told(entry: &Entry) -> Vec<String> {
    let mut lines = vec![format!("  {}  {}", entry.head, entry.title)];
    lines.extend(entry.lines.iter().map(|line| format!("      {line}")));
    lines
}

fn padded(text: &str, width: usize, to_the_left: bool) -> String {
    let space = " ".repeat(width.saturating_sub(text.width()));
    if to_the_left { format!("{text}{space}") } else { format!("{space}{text}") }
}

/// A table in columns: the first to the left, the others to the right.
fn laid_out(table: &Table) -> Vec<String> {
    let all = || std::iter::once(&table.head).chain(&table.rows);
    let width = |column: usize| all().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..table.head.len()).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells: Vec<String> = cells.map(|(at, (cell, width))| padded(cell, *width, at == 0)).collect();
        format!("  {}", cells.join("  ")).trim_end().to_owned()
    };
    all().map(line).collect()
}

fn bars_of(bars: &[Bar]) -> Vec<String> {
    let longest =
        bars.iter().map(|bar| bar.estimate.value).filter(|value| value.is_finite()).fold(0.0, f64::max);
    let width = bars.iter().map(|bar| bar.label.width()).max().unwrap_or(0);
    let line = |bar: &Bar| {
        let part = if longest > 0.0 { bar.estimate.value.max(0.0) / longest } else { 0.0 };
        let eighths = if part.is_finite() { (part * LONGEST * 8.0).round() as usize } else { 0 };
        let mut drawn = "█".repeat(eighths / 8);
        drawn.extend(['▏', '▎', '▍', '▌', '▋', '▊', '▉'].get((eighths % 8).wrapping_sub(1)));
        let (label, figure) = (padded(&bar.label, width, true), number(bar.estimate.value));
        format!("  {label}  {}  {figure:>6}  ({})", padded(&drawn, 40, true), interval(bar.estimate.interval))
    };
    bars.iter().map(line).collect()
}

/// Dots and intervals around zero, which is a bar in the middle.
fn forest_of(bars: &[Bar]) -> Vec<String> {
    const HALF: f64 = 20.0;
    let ends = |bar: &Bar| [bar.estimate.value, bar.estimate.interval.low, bar.estimate.interval.high];
    let reach = bars.iter().flat_map(ends).filter(|end| end.is_finite()).map(f64::abs).fold(0.0, f64::max);
    let place = |value: f64| {
        let part = if reach > 0.0 { (value / reach).clamp(-1.0, 1.0) } else { 0.0 };
        (HALF + part * HALF).round() as usize
    };
    let width = bars.iter().map(|bar| bar.label.width()).max().unwrap_or(0);
    let line = |bar: &Bar| {
        let mut drawn = ['·'; 41];
        let Estimate { value, interval, .. } = bar.estimate;
        if value.is_finite() && !interval.is_none() {
            drawn[place(interval.low)..=place(interval.high)].fill('─');
        }
        drawn[20] = '│';
        if value.is_finite() {
            drawn[place(value)] = '●';
        }
        let (label, drawn) = (padded(&bar.label, width, true), drawn.iter().collect::<String>());
        format!("  {label}  {drawn}  {} ({})", number(value), self::interval(interval))
    };
    bars.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Interval, Share};
    use crate::report::document::Section;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_numbers_stand_to_the_right() {
        let mut table = Table::new(["what", "n"]);
        table.row(["한국".to_owned(), "1".to_owned()]);
        table.row(["withdrawn".to_owned(), "200".to_owned()]);
        assert_eq!(laid_out(&table), ["  what         n", "  한국         1", "  withdrawn  200"]);
    }

    #[test]
    fn the_longest_bar_fills_its_columns_and_nothing_is_no_bar() {
        let bar =
            |label: &str, hits| Bar { label: label.to_owned(), estimate: Share::new(hits, 20).estimate() };
        let lines = bars_of(&[bar("a", 10), bar("b", 5), bar("c", 0)]);
        let blocks = |line: &String| line.chars().filter(|c| *c == '█').count();
        assert_eq!(lines.iter().map(blocks).collect::<Vec<_>>(), [40, 20, 0]);
        assert!(bars_of(&[bar("a", 0)])[0].contains("0 to"));
    }

    #[test]
    fn a_difference_is_drawn_on_its_side_of_zero() {
        let estimate = Estimate { value: 0.5, interval: Interval::new(0.25, 1.0), cases: 9 };
        let lines = forest_of(&[Bar { label: "x".to_owned(), estimate }]);
        assert_eq!(lines, [format!("  x  {}│····─────●──────────  0.500 (0.250 to 1.00)", "·".repeat(20))]);
    }

    #[test]
    fn sections_are_set_apart_by_an_empty_line() {
        let mut section = Section::new("Two");
        section.text("words");
        let document = Document { title: "One".to_owned(), sections: vec![section] };
        assert_eq!(lines(&document), ["One", "", "Two", "words"]);
    }
}
