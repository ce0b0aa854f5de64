//! Findings for programs: one number a row, as CSV or JSON.

use crate::analysis::Finding;
use serde_json::{Map, Value, json};

/// The columns of the CSV, which `docs/reference/findings.md` explains.
const COLUMNS: [&str; 8] = ["analysis", "point", "subject", "statistic", "value", "low", "high", "rests_on"];

/// A number as CSV has it; an empty cell where nothing is known.
fn cell(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { String::new() }
}

/// Findings as CSV. An empty point is all of them; an empty end of an interval is open.
pub fn csv(findings: &[Finding]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("memory takes everything");
    for Finding { analysis, point, subject, statistic, estimate } in findings {
        let point = point.map_or(String::new(), |point| point.to_string());
        let (interval, rests_on) = (estimate.interval, estimate.cases.to_string());
        let numbers = [estimate.value, interval.low, interval.high].map(cell);
        let [value, low, high] = &numbers;
        let row = [analysis, point.as_str(), subject, statistic, value, low, high, &rests_on];
        writer.write_record(row).expect("memory takes everything");
    }
    writer.into_inner().expect("memory takes everything")
}

/// Findings as JSON, after what was analysed.
pub fn json(about: Map<String, Value>, findings: &[Finding]) -> Value {
    let row = |finding: &Finding| {
        let Finding { analysis, point, subject, statistic, estimate } = finding;
        let finite = |number: f64| number.is_finite().then_some(number);
        json!({
            "analysis": analysis,
            "point": point,
            "subject": subject,
            "statistic": statistic,
            "value": finite(estimate.value),
            "low": finite(estimate.interval.low),
            "high": finite(estimate.interval.high),
            "rests_on": estimate.cases,
        })
    };
    let mut whole = about;
    whole.insert("findings".to_owned(), findings.iter().map(row).collect());
    Value::Object(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Estimate, Interval, Share};

    #[test]
    fn what_is_not_known_is_an_empty_cell_and_a_null() {
        let open = Estimate { value: 2.0, interval: Interval::EVERYTHING, cases: 1 };
        let findings = [
            Finding::new("share", Some(3), "class", "a,b", Share::new(1, 2).estimate()),
            Finding::new("column", None, "peak", "mean", open),
        ];
        let text = String::from_utf8(csv(&findings)).unwrap();
        assert!(text.starts_with(
            "analysis,point,subject,statistic,value,low,high,rests_on\nshare,3,class,\"a,b\",0.5,0.09"
        ));
        assert!(text.ends_with("\ncolumn,,peak,mean,2,,,1\n"), "{text}");
        let json = json(Map::new(), &findings);
        assert_eq!(json["findings"][1]["low"], Value::Null);
        assert_eq!(json["findings"][0]["point"], 3);
    }
}
