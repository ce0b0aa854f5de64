//! Shares over time, one band on another.

use super::{Drawing, WIDTH};
use crate::report::document::Bands;
use crate::report::number::number;
use std::fmt::Write;

const LEFT: f64 = 46.0;
const RIGHT: f64 = 150.0;
const HEIGHT: f64 = 260.0;

/// From pale to dark: the higher the band, the darker.
const COLOURS: [&str; 13] = [
    "#ffffe0", "#fff3b0", "#ffe285", "#fecb5f", "#fdae4a", "#fb8f3c", "#f46d33", "#e64a2c", "#d02a2a",
    "#b01030", "#850a35", "#5a0732", "#300428",
];

fn colour(band: usize, bands: usize) -> &'static str {
    COLOURS[if bands <= 1 { 0 } else { band * (COLOURS.len() - 1) / (bands - 1) }]
}

/// Draws the bands from the bottom up; what is missing to 1 stays empty.
pub fn bands(bands: &Bands) -> String {
    let mut drawing = Drawing::new(HEIGHT + 60.0, "shares over time, one band on another");
    let last = bands.times.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let across = |time: f64| LEFT + time / last * (WIDTH - LEFT - RIGHT);
    let up = |share: f64| 10.0 + (1.0 - share.clamp(0.0, 1.0)) * HEIGHT;
    drawing.rectangle((LEFT, up(1.0)), (WIDTH - LEFT - RIGHT, HEIGHT), "#eee", &bands.rest);
    let mut below = vec![0.0; bands.times.len()];
    for (band, label) in bands.labels.iter().enumerate() {
        let above: Vec<f64> =
            below.iter().zip(&bands.shares).map(|(below, shares)| below + shares[band]).collect();
        let mut points = String::new();
        let edge = |shares: &[f64]| -> Vec<(f64, f64)> {
            bands.times.iter().zip(shares).map(|(time, share)| (across(*time), up(*share))).collect()
        };
        for (x, y) in edge(&above).into_iter().chain(edge(&below).into_iter().rev()) {
            write!(points, "{x:.1},{y:.1} ").expect("memory takes everything");
        }
        let fill = colour(band, bands.labels.len());
        let attributes =
            format!("points=\"{}\" fill=\"{fill}\" stroke=\"#999\" stroke-width=\"0.4\"", points.trim_end());
        drawing.shape("polygon", attributes, label);
        below = above;
    }
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        drawing.text(LEFT - 6.0, up(share) + 4.0, "end", &number(share));
    }
    let step = (last / 4.0).ceil().max(1.0);
    for tick in (0..=4).map(|part| step * f64::from(part)).filter(|tick| *tick <= last) {
        drawing.text(across(tick), HEIGHT + 28.0, "middle", &format!("{tick:.0}"));
    }
    drawing.text(across(last / 2.0), HEIGHT + 48.0, "middle", &bands.time);
    let legend =
        bands.labels.iter().enumerate().rev().map(|(band, label)| (colour(band, bands.labels.len()), label));
    for (at, (fill, label)) in std::iter::once(("#eee", &bands.rest)).chain(legend).enumerate() {
        let y = 14.0 + at as f64 * 18.0;
        drawing.rectangle((WIDTH - RIGHT + 14.0, y), (12.0, 12.0), fill, label);
        drawing.text(WIDTH - RIGHT + 32.0, y + 10.0, "start", label);
    }
    drawing.finish()
}
