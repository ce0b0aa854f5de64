//! A document as one HTML file: no script, nothing from elsewhere, every chart inline.

use super::document::{Block, Document, Entry, Table};
use super::svg::{bands, bars, escaped, forest, scatter, steps};
use std::fmt::Write;

/// The policy forbids the page to load anything at all, whatever a text in it might say.
const HEAD: &str = "<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

const STYLE: &str = "body { font: 15px/1.5 sans-serif; color: #222; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }\n\
    h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #ccc }\n\
    table { border-collapse: collapse; font-size: 13px; display: block; overflow-x: auto; margin: 0.8rem 0 }\n\
    th, td { padding: 2px 10px; text-align: right; border-bottom: 1px solid #e4e4e4; white-space: nowrap }\n\
    th:first-child, td:first-child { text-align: left }\n\
    table.words th, table.words td { text-align: left; white-space: normal; vertical-align: top }\n\
    dt { font-weight: bold; margin-top: 0.5rem } dd { margin: 0 0 0 1.2rem } small { color: #555 }\n\
    pre { background: #f6f6f6; padding: 0.6rem; overflow-x: auto; font-size: 13px } svg { width: 100%; height: auto }\n\
    @media print { h2 { break-after: avoid } svg, table { break-inside: avoid } }\n";

/// The bytes of the page.
pub fn html(document: &Document) -> String {
    let title = escaped(&document.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n{HEAD}<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n"
    );
    for section in &document.sections {
        if !section.heading.is_empty() {
            writeln!(page, "<h2>{}</h2>", escaped(&section.heading)).expect("memory takes everything");
        }
        section.blocks.iter().for_each(|block| page.push_str(&piece(block)));
    }
    page + "</body>\n</html>\n"
}

fn piece(block: &Block) -> String {
    match block {
        Block::Text(text) => format!("<p>{}</p>\n", prose(text)),
        Block::Lines(lines) => format!("<pre>{}</pre>\n", escaped(&lines.join("\n"))),
        Block::Table(table) => table_of(table, "<table>"),
        Block::Listing(table) => table_of(table, "<table class=\"words\">"),
        Block::Bars(given) => bars(given),
        Block::Forest(given) => forest(given),
        Block::Bands(given) => bands(given),
        Block::Scatter(given) => scatter(given),
        Block::Steps(given) => steps(given),
        Block::Story(entries) => format!("<dl>\n{}</dl>\n", entries.iter().map(told).collect::<String>()),
    }
}

/// Text in which what stands between backticks is code.
fn prose(text: &str) -> String {
    let safe = escaped(text);
    if safe.matches('`').count() % 2 == 1 {
        return safe;
    }
    let piece = |(at, piece): (usize, &str)| {
        if at % 2 == 1 { format!("<code>{piece}</code>") } else { piece.to_owned() }
    };
    safe.split('`').enumerate().map(piece).collect()
}

fn told(entry: &Entry) -> String {
    let more = entry.lines.iter().map(|line| format!("<dd><small>{}</small></dd>\n", escaped(line)));
    let (head, title) = (escaped(&entry.head), escaped(&entry.title));
    format!("<dt>{head}</dt>\n<dd>{title}</dd>\n{}", more.collect::<String>())
}

fn table_of(table: &Table, open: &str) -> String {
    let row = |cells: &[String], tag: &str| {
        let cells = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = table.rows.iter().map(|cells| row(cells, "td")).collect();
    format!(
        "{open}\n<thead>{}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        row(&table.head, "th").trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Bar, Section};

    #[test]
    fn what_stands_between_backticks_is_code() {
        assert_eq!(prose("give `a < b` again"), "give <code>a &lt; b</code> again");
        assert_eq!(prose("a lone ` stays"), "a lone ` stays");
    }

    #[test]
    fn whatever_a_text_says_it_stays_text() {
        let hostile = "<script>alert('x')</script> & \"q\" \u{1b}[2J";
        let mut section = Section::new(hostile);
        section.text(hostile);
        section.push(Block::Lines(vec![hostile.to_owned()]));
        let mut table = Table::new([hostile]);
        table.row([hostile.to_owned()]);
        section.table(table);
        let estimate = crate::analysis::Share::new(1, 3).estimate();
        section.push(Block::Bars(vec![Bar { label: hostile.to_owned(), estimate }]));
        section.push(Block::Forest(vec![Bar { label: hostile.to_owned(), estimate }]));
        let page = html(&Document { title: hostile.to_owned(), sections: vec![section] });
        assert!(!page.contains("<script") && !page.contains('\u{1b}'), "{page}");
        assert_eq!(page.matches("&lt;script&gt;").count(), 11, "{page}");
    }
}
