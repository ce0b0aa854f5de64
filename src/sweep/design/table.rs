//! Designs as plain CSV: a column a factor, a row a point. So other tools can design, and read what was designed here.

use super::Design;
use crate::sweep::factor::{Factor, Value};
use crate::sweep::rows::RowText;

/// Points that are written at once.
const PIECE: u64 = 1000;

/// Writes all points of a design, a row each, in pieces; the first row names the columns.
///
/// # Errors
/// What `out` returns.
pub fn write_table<E>(
    design: &Design,
    factors: &[Factor],
    seed: u64,
    mut out: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut head = RowText::default();
    head.word("point");
    factors.iter().for_each(|factor| head.word(&factor.name));
    head.end();
    out(&head.into_bytes())?;
    let points = design.points(factors).unwrap_or(0);
    for first in (0..points).step_by(PIECE as usize) {
        let mut rows = RowText::default();
        for point in first..(first + PIECE).min(points) {
            rows.whole(point as i64);
            design.values(factors, seed, point).iter().for_each(|value| rows.value(value));
            rows.end();
        }
        out(&rows.into_bytes())?;
    }
    Ok(())
}

/// Reads points: the columns may stand in any order, and a column `point` is passed over.
///
/// # Errors
/// What is wrong with the table, with its line.
pub fn read_table(text: &str, names: &[&str]) -> Result<Vec<Vec<Value>>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let at = |name: &&str| {
        let mut found = header.iter().enumerate().filter(|(_, column)| column == name);
        let first = found.next().ok_or_else(|| format!("no column is called `{name}`"))?;
        if found.next().is_some() { Err(format!("two columns are called `{name}`")) } else { Ok(first.0) }
    };
    let columns = names.iter().map(at).collect::<Result<Vec<usize>, String>>()?;
    if let Some(unknown) = header.iter().find(|column| *column != "point" && !names.contains(column)) {
        return Err(format!("the column `{unknown}` is no factor of the experiment"));
    }
    let mut points = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let value = |(column, name): (&usize, &&str)| {
            record[*column].parse::<Value>().map_err(|why| format!("line {line}, column `{name}`: {why}"))
        };
        points.push(columns.iter().zip(names).map(value).collect::<Result<Vec<Value>, String>>()?);
    }
    Ok(points)
}
