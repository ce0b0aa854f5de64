//! A document as Markdown: charts become tables.

use super::document::{Bar, Block, Document, Entry, Table};
use super::number::{interval, number};

/// Text that Markdown leaves alone.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' => safe.extend(['\\', c]),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// The text of the document.
pub fn markdown(document: &Document) -> String {
    let mut text = format!("# {}\n", plain(&document.title));
    for section in &document.sections {
        if !section.heading.is_empty() {
            text += &format!("\n## {}\n", plain(&section.heading));
        }
        for block in &section.blocks {
            text += "\n";
            text += &piece(block);
        }
    }
    text
}

fn piece(block: &Block) -> String {
    match block {
        Block::Text(words) => plain(words) + "\n",
        Block::Lines(lines) => {
            lines.iter().map(|line| format!("    {}\n", line.replace(char::is_control, " "))).collect()
        }
        Block::Table(table) => table_of(table),
        Block::Listing(table) => table_of(table).replacen("---:|", "---|", table.head.len()),
        Block::Steps(steps) => table_of(&steps.table()),
        Block::Story(entries) => entries.iter().map(told).collect(),
        Block::Bars(bars) | Block::Forest(bars) => table_of(&figures(bars)),
        Block::Bands(bands) => table_of(&bands.table()),
        Block::Scatter(scatter) => {
            format!("{} over {}: see the HTML report.\n", plain(&scatter.up), plain(&scatter.across))
        }
    }
}

fn told(entry: &Entry) -> String {
    let more: String = entry.lines.iter().map(|line| format!("  - {}\n", plain(line))).collect();
    format!("- **{}** {}\n{more}", plain(&entry.head), plain(&entry.title))
}

fn figures(bars: &[Bar]) -> Table {
    let mut table = Table::new(["", "value", "95 % interval", "rests on"]);
    for Bar { label, estimate } in bars {
        let cases = estimate.cases.to_string();
        table.row([label.clone(), number(estimate.value), interval(estimate.interval), cases]);
    }
    table
}

fn table_of(table: &Table) -> String {
    let row = |cells: &[String]| {
        format!("| {} |\n", cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | "))
    };
    let rule = format!("|---|{}\n", "---:|".repeat(table.head.len().saturating_sub(1)));
    row(&table.head) + &rule + &table.rows.iter().map(|cells| row(cells)).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_in_its_cell() {
        let mut table = Table::new(["a", "b"]);
        table.row(["x|y\nz".to_owned(), "1_000".to_owned()]);
        assert_eq!(table_of(&table), "| a | b |\n|---|---:|\n| x\\|y z | 1\\_000 |\n");
    }
}
