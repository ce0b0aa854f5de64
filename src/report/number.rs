//! Numbers as people read them.

use crate::analysis::{Estimate, Interval};

/// A number with three digits that count, or more where they stand before the point.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let digits = match value.abs() {
        size if size >= 100.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.01 => 3,
        size if size >= 0.0001 => 5,
        _ => 7,
    };
    let text = format!("{value:.digits$}");
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') { "0".to_owned() } else { text }
}

/// Both ends of an interval; an open end is a dash. Where there is no interval it says why.
pub fn interval(interval: Interval) -> String {
    if interval.is_none() {
        return "none differed".to_owned();
    }
    if interval.low.is_finite() || interval.high.is_finite() {
        return format!("{} to {}", number(interval.low), number(interval.high));
    }
    "too few to tell".to_owned()
}

/// A value and its interval, in two cells.
pub fn cells(estimate: &Estimate) -> [String; 2] {
    [number(estimate.value), interval(estimate.interval)]
}

/// A value and its interval, in one cell.
pub fn cell(estimate: &Estimate) -> String {
    format!("{} ({})", number(estimate.value), interval(estimate.interval))
}

/// `1 run`, `2 runs`.
pub fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_three_digits_that_count() {
        let shown = [2784.0, 57.64, 4.118, -0.2, 0.0021, 0.0, 0.000_012, f64::INFINITY, f64::NAN].map(number);
        assert_eq!(shown, ["2784", "57.6", "4.12", "-0.200", "0.00210", "0", "0.0000120", "-", "-"]);
    }

    #[test]
    fn an_interval_shows_its_open_ends_and_why_there_is_none() {
        assert_eq!(interval(Interval::new(1.0, 2.5)), "1.00 to 2.50");
        assert_eq!(interval(Interval::new(1.0, f64::INFINITY)), "1.00 to -");
        assert_eq!(interval(Interval::EVERYTHING), "too few to tell");
        assert_eq!(interval(Interval::NONE), "none differed");
    }
}
