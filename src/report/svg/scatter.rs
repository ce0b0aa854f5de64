//! Points over two factors, dark where something is frequent, with a box around some of them.

use super::{Drawing, WIDTH};
use crate::report::document::Scatter;
use crate::report::number::number;

const LEFT: f64 = 70.0;
const RIGHT: f64 = 240.0;
const HEIGHT: f64 = 380.0;
/// The most points that are drawn.
const MOST: usize = 3000;

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low < high { (low, high) } else { (low - 0.5, low + 0.5) }
}

/// Draws the points and the box.
pub fn scatter(scatter: &Scatter) -> String {
    let mut drawing = Drawing::new(HEIGHT + 60.0, "design points over two factors, and the box");
    let (x, y) = (ends(scatter.points.iter().map(|p| p.0)), ends(scatter.points.iter().map(|p| p.1)));
    let right = WIDTH - RIGHT;
    let across = |value: f64| LEFT + ((value - x.0) / (x.1 - x.0)).clamp(0.0, 1.0) * (right - LEFT);
    let up = |value: f64| 10.0 + (1.0 - ((value - y.0) / (y.1 - y.0)).clamp(0.0, 1.0)) * HEIGHT;
    drawing.rectangle((LEFT, 10.0), (right - LEFT, HEIGHT), "#f7f7f7", "");
    for (a, b, share) in scatter.points.iter().take(MOST) {
        let attributes = format!(
            "cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\" fill=\"#b0413e\" fill-opacity=\"{:.2}\" stroke=\"#b0413e\" \
             stroke-width=\"0.5\"",
            across(*a),
            up(*b),
            share.clamp(0.0, 1.0)
        );
        drawing.shape("circle", attributes, "");
    }
    let [low, high] = scatter.corners;
    let attributes = format!(
        "x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"2\"",
        across(low.0.max(x.0)),
        up(high.1.min(y.1)),
        across(high.0.min(x.1)) - across(low.0.max(x.0)),
        up(low.1.max(y.0)) - up(high.1.min(y.1))
    );
    drawing.shape("rect", attributes, "the box");
    for (value, anchor) in [(x.0, "start"), (x.1, "end")] {
        drawing.text(across(value), HEIGHT + 28.0, anchor, &number(value));
    }
    for value in [y.0, y.1] {
        drawing.text(LEFT - 6.0, up(value) + 4.0, "end", &number(value));
    }
    drawing.text(f64::midpoint(LEFT, right), HEIGHT + 48.0, "middle", &scatter.across);
    drawing.text(right + 10.0, 24.0, "start", "upwards:");
    drawing.text(right + 10.0, 40.0, "start", &super::short(&scatter.up));
    for (at, share) in [0.0, 0.5, 1.0].into_iter().enumerate() {
        let y = 70.0 + at as f64 * 20.0;
        let attributes = format!(
            "cx=\"{:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"#b0413e\" fill-opacity=\"{share:.2}\" stroke=\"#b0413e\"",
            right + 18.0
        );
        drawing.shape("circle", attributes, "");
        drawing.text(right + 30.0, y + 4.0, "start", &format!("{} of its runs", number(share)));
    }
    drawing.finish()
}
