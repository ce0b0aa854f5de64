//! Differences around zero, each with its interval.

use super::{Drawing, WIDTH, short};
use crate::report::document::Bar;
use crate::report::number::{cell, number};

const ROW: f64 = 24.0;
const LEFT: f64 = 230.0;
const RIGHT: f64 = 70.0;

/// Draws a dot and an interval for each number, and a line at zero.
pub fn forest(bars: &[Bar]) -> String {
    let height = bars.len() as f64 * ROW;
    let mut drawing = Drawing::new(height + 26.0, "differences with intervals, around zero");
    let ends = bars
        .iter()
        .flat_map(|bar| [bar.estimate.value, bar.estimate.interval.low, bar.estimate.interval.high]);
    let reach = ends.filter(|end| end.is_finite()).map(f64::abs).fold(0.0, f64::max);
    let reach = if reach > 0.0 { reach } else { 1.0 };
    let half = (WIDTH - LEFT - RIGHT) / 2.0;
    let place = |value: f64| LEFT + half + value.clamp(-reach, reach) / reach * half;
    drawing.line((place(0.0), 0.0), (place(0.0), height + 4.0), "#888");
    for (at, bar) in bars.iter().enumerate() {
        let (middle, estimate) = (at as f64 * ROW + 12.0, &bar.estimate);
        drawing.text(LEFT - 8.0, middle + 4.0, "end", &short(&bar.label));
        if !estimate.value.is_finite() {
            continue;
        }
        let (low, high) = (estimate.interval.low, estimate.interval.high);
        if !estimate.interval.is_none() {
            drawing.line((place(low), middle), (place(high), middle), "#222");
        }
        let title = format!("{}: {}", bar.label, cell(estimate));
        let dot = format!("cx=\"{:.1}\" cy=\"{middle:.1}\" r=\"4\" fill=\"#b0413e\"", place(estimate.value));
        drawing.shape("circle", dot, &title);
        drawing.text(WIDTH - RIGHT + 8.0, middle + 4.0, "start", &number(estimate.value));
    }
    for tick in [-reach, 0.0, reach] {
        drawing.text(place(tick), height + 20.0, "middle", &number(tick));
    }
    drawing.finish()
}
