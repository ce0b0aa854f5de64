//! Values that stand until they change, over time: one line a value, told apart by colour, dashes and label.

use super::{Drawing, WIDTH, short};
use crate::report::document::Steps;
use crate::report::number::number;
use std::fmt::Write;

const LEFT: f64 = 236.0;
const RIGHT: f64 = 20.0;
const HEIGHT: f64 = 240.0;

/// Colours that people tell apart whatever colours they see (Okabe and Ito 2008), with dashes for print.
const LOOKS: [(&str, &str); 6] = [
    ("#0072b2", "none"),
    ("#d55e00", "7 3"),
    ("#009e73", "2 3"),
    ("#cc79a7", "9 3 2 3"),
    ("#e69f00", "4 2"),
    ("#222222", "1 2"),
];

/// Draws the lines, and names them below.
pub fn steps(given: &Steps) -> String {
    let legend = if given.lines.len() > 1 { given.lines.len() as f64 * 18.0 } else { 0.0 };
    let mut drawing = Drawing::new(HEIGHT + 52.0 + legend, &given.about);
    let ends = |at: Option<&(f64, String)>| at.map_or(0.0, |mark| mark.0);
    let (low, high) = (ends(given.marks.first()), ends(given.marks.last()));
    let span = if high > low { high - low } else { 1.0 };
    let (from, until) = (given.span.0, given.span.1.max(given.span.0 + 1e-9));
    let across =
        |time: f64| LEFT + (time.clamp(from, until) - from) / (until - from) * (WIDTH - LEFT - RIGHT);
    let up = |value: f64| 8.0 + (1.0 - (value.clamp(low, high) - low) / span) * HEIGHT;
    for (value, label) in &given.marks {
        drawing.line((LEFT, up(*value)), (WIDTH - RIGHT, up(*value)), "#ddd");
        drawing.text(LEFT - 8.0, up(*value) + 4.0, "end", &short(label));
    }
    for (at, (label, line)) in given.lines.iter().enumerate() {
        let (colour, dashes) = LOOKS[at % LOOKS.len()];
        let mut points = String::new();
        let mut before: Option<f64> = None;
        for (time, value) in line {
            let x = across(*time);
            for y in before.replace(up(*value)).into_iter().chain([up(*value)]) {
                write!(points, "{x:.1},{y:.1} ").expect("memory takes everything");
            }
        }
        if let Some(y) = before {
            write!(points, "{:.1},{y:.1}", across(until)).expect("memory takes everything");
        }
        let attributes = format!(
            "points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"",
            points.trim_end()
        );
        let last =
            line.last().map_or_else(String::new, |(_, value)| format!(", {} at the end", number(*value)));
        drawing.shape("polyline", attributes, &format!("{label}{last}"));
        if given.lines.len() > 1 {
            let y = HEIGHT + 54.0 + at as f64 * 18.0;
            let sample = format!(
                "x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\" stroke-width=\"2\" \
                 stroke-dasharray=\"{dashes}\"",
                LEFT + 34.0
            );
            drawing.shape("line", sample, label);
            drawing.text(LEFT + 42.0, y + 4.0, "start", label);
        }
    }
    let step = ((until - from) / 8.0).ceil().max(1.0);
    let first = from.ceil();
    for tick in (0..=8).map(|part| first + step * f64::from(part)).filter(|tick| *tick <= until) {
        drawing.text(across(tick), HEIGHT + 26.0, "middle", &format!("{tick:.0}"));
    }
    drawing.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT + 42.0, "middle", &given.time);
    drawing.finish()
}
