//! A document: what is shown, in no format yet.

use super::number::number;
use crate::analysis::Estimate;

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its heading; none if empty.
    pub heading: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// Lines whose breaks and spaces count.
    Lines(Vec<String>),
    /// A table.
    Table(Table),
    /// Bars side by side, each with its interval.
    Bars(Vec<Bar>),
    /// Differences around zero, each with its interval.
    Forest(Vec<Bar>),
    /// Shares over time, one on another.
    Bands(Bands),
    /// Points over two factors, with a box.
    Scatter(Scatter),
    /// A table of words.
    Listing(Table),
    /// Values that stand until they change, over time.
    Steps(Steps),
    /// What happened, one entry after another.
    Story(Vec<Entry>),
}

/// Values that stand until they change, over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// What is drawn.
    pub about: String,
    /// What time counts.
    pub time: String,
    /// The first and the last moment that are drawn.
    pub span: (f64, f64),
    /// The values that are labelled, lowest first; the first and the last are the ends of the chart.
    pub marks: Vec<(f64, String)>,
    /// Each line: its label, and its values from when on.
    pub lines: Vec<(String, Vec<(f64, f64)>)>,
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// When, and where things stood.
    pub head: String,
    /// What.
    pub title: String,
    /// More of it.
    pub lines: Vec<String>,
}

/// Shares over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// What time counts.
    pub time: String,
    /// The moments.
    pub times: Vec<f64>,
    /// The bands, lowest first.
    pub labels: Vec<String>,
    /// By moment, then band.
    pub shares: Vec<Vec<f64>>,
    /// What is missing to 1.
    pub rest: String,
}

/// Points over two factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    /// The factor from left to right.
    pub across: String,
    /// The factor from bottom to top.
    pub up: String,
    /// Both values, and a share.
    pub points: Vec<(f64, f64, f64)>,
    /// The low and the high corner of the box; an open end is infinite.
    pub corners: [(f64, f64); 2],
}

/// A bar of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long it is, with its interval.
    pub estimate: Estimate,
}

/// A table. The first column holds words, all others numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}

impl Section {
    /// A section that holds nothing yet.
    pub fn new(heading: impl Into<String>) -> Section {
        Section { heading: heading.into(), blocks: Vec::new() }
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a table of words; what is said instead if it has no rows.
    pub fn listing(&mut self, table: Table, otherwise: &str) {
        if table.rows.is_empty() {
            self.text(otherwise);
        } else {
            self.blocks.push(Block::Listing(table));
        }
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

impl Bands {
    /// The bands as a table of some moments.
    pub fn table(&self) -> Table {
        let mut table = Table::new([self.time.as_str()]);
        table.head.extend(self.labels.iter().cloned());
        table.head.push(self.rest.clone());
        let every = self.times.len().div_ceil(12).max(1);
        for (time, shares) in self.times.iter().zip(&self.shares).step_by(every) {
            let rest = (1.0 - shares.iter().sum::<f64>()).max(0.0);
            let cells = shares.iter().chain([&rest]).map(|share| format!("{share:.3}"));
            table.row([number(*time)].into_iter().chain(cells));
        }
        table
    }
}

impl Steps {
    /// The values as a table: whenever one changes.
    pub fn table(&self) -> Table {
        let mut table = Table::new([self.time.as_str()]);
        table.head.extend(self.lines.iter().map(|(label, _)| label.clone()));
        let mut times: Vec<f64> =
            self.lines.iter().flat_map(|(_, line)| line.iter().map(|at| at.0)).collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        for time in times {
            let at = |line: &Vec<(f64, f64)>| {
                let now = line.iter().rev().find(|(from, _)| *from <= time);
                now.map_or_else(String::new, |(_, value)| format!("{value:.0}"))
            };
            table.row(
                std::iter::once(format!("{time:.1}")).chain(self.lines.iter().map(|(_, line)| at(line))),
            );
        }
        table
    }
}

impl Table {
    /// A table of these columns, without rows.
    pub fn new<'a>(head: impl IntoIterator<Item = &'a str>) -> Table {
        Table { head: head.into_iter().map(str::to_owned).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}
