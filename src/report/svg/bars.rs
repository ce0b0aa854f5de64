//! Bars that lie, each with a whisker for its interval.

use super::{Drawing, WIDTH, short};
use crate::report::document::Bar;
use crate::report::number::{cell, number};

const ROW: f64 = 24.0;
const LEFT: f64 = 230.0;
const RIGHT: f64 = 60.0;

/// Draws bars from zero; numbers below it have none.
pub fn bars(bars: &[Bar]) -> String {
    let mut drawing = Drawing::new(bars.len() as f64 * ROW + 8.0, "bars with intervals");
    let ends = bars.iter().flat_map(|bar| [bar.estimate.value, bar.estimate.interval.high]);
    let longest = ends.filter(|end| end.is_finite()).fold(0.0, f64::max);
    let scale = if longest > 0.0 { (WIDTH - LEFT - RIGHT) / longest } else { 0.0 };
    let place = |value: f64| LEFT + value.max(0.0) * scale;
    for (at, bar) in bars.iter().enumerate() {
        let (top, estimate) = (at as f64 * ROW + 4.0, &bar.estimate);
        let middle = top + 8.0;
        drawing.text(LEFT - 8.0, middle + 4.0, "end", &short(&bar.label));
        if !estimate.value.is_finite() {
            drawing.text(LEFT + 4.0, middle + 4.0, "start", "-");
            continue;
        }
        let title = format!("{}: {}", bar.label, cell(estimate));
        drawing.rectangle((LEFT, top), (place(estimate.value) - LEFT, 16.0), "#7a9cc6", &title);
        let (low, high) = (estimate.interval.low, estimate.interval.high);
        let mut end = place(estimate.value);
        if low.is_finite() && high.is_finite() {
            drawing.line((place(low), middle), (place(high), middle), "#222");
            for tip in [low, high] {
                drawing.line((place(tip), middle - 4.0), (place(tip), middle + 4.0), "#222");
            }
            end = end.max(place(high));
        }
        drawing.text(end + 6.0, middle + 4.0, "start", &number(estimate.value));
    }
    drawing.line((LEFT, 0.0), (LEFT, bars.len() as f64 * ROW + 4.0), "#888");
    drawing.finish()
}
