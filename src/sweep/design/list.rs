//! The list: points that somebody else has chosen.

use crate::sweep::factor::Value;

/// How many points there are.
pub fn points(points: &[Vec<Value>]) -> u64 {
    points.len() as u64
}

/// A value of a point.
pub fn value(points: &[Vec<Value>], point: u64, factor: usize) -> &Value {
    &points[point as usize][factor]
}

/// What is wrong with a list, and what would be right.
pub fn fault(points: &[Vec<Value>], factors: usize) -> Option<(String, String)> {
    if points.is_empty() {
        return Some(("an empty design".to_owned(), "at least one point".to_owned()));
    }
    let odd = points.iter().position(|values| values.len() != factors)?;
    let message = format!("point {odd} has {} values", points[odd].len());
    Some((message, format!("one for each of the {factors} factors")))
}

/// The points that have all values of an earlier one, in order, each with the first that has them.
pub fn repeats(points: &[Vec<Value>]) -> Vec<(u64, u64)> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| points[*a].cmp(&points[*b]));
    let alike = order.chunk_by(|a, b| points[*a] == points[*b]);
    let again = alike.flat_map(|alike| alike[1..].iter().map(|point| (*point as u64, alike[0] as u64)));
    let mut again: Vec<(u64, u64)> = again.collect();
    again.sort_unstable();
    again
}
