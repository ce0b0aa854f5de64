//! Charts as SVG: plain shapes and text, without script, style sheet or anything from elsewhere.
//!
//! Every shape that stands for a number has that number in its `title`, and every colour also a label.

mod bands;
mod bars;
mod forest;
mod scatter;
mod steps;

pub use bands::bands;
pub use bars::bars;
pub use forest::forest;
pub use scatter::scatter;
pub use steps::steps;

use std::fmt::{Display, Write};

/// The width of every chart, in pixels.
const WIDTH: f64 = 760.0;

/// Text as it may stand in SVG and HTML.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() && c != '\n' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// A drawing on its way.
struct Drawing {
    height: f64,
    about: String,
    shapes: String,
}

impl Drawing {
    fn new(height: f64, about: &str) -> Drawing {
        Drawing { height, about: escaped(about), shapes: String::new() }
    }

    /// Adds a shape with its title.
    fn shape(&mut self, name: &str, attributes: impl Display, title: &str) {
        let title =
            if title.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(title)) };
        writeln!(self.shapes, "<{name} {attributes}>{title}</{name}>").expect("memory takes everything");
    }

    fn text(&mut self, x: f64, y: f64, anchor: &str, text: &str) {
        let text = escaped(text);
        writeln!(self.shapes, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>")
            .expect("memory takes everything");
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str) {
        let attributes = format!(
            "x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\"",
            from.0, from.1, to.0, to.1
        );
        self.shape("line", attributes, "");
    }

    fn rectangle(&mut self, corner: (f64, f64), size: (f64, f64), fill: &str, title: &str) {
        let attributes = format!(
            "x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\"",
            corner.0, corner.1, size.0, size.1
        );
        self.shape("rect", attributes, title);
    }

    fn finish(self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" aria-label=\"{}\" \
             font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n{}</svg>\n",
            self.height, self.about, self.shapes
        )
    }
}

/// The longest label that a chart shows whole.
const LONGEST: usize = 34;

/// A label cut to its room.
fn short(label: &str) -> String {
    if label.chars().count() <= LONGEST {
        return label.to_owned();
    }
    let cut: String = label.chars().take(LONGEST - 1).collect();
    cut + "…"
}
