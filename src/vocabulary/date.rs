//! Dates and times of day of the Gregorian calendar, to the minute.

use super::{DAY, Minute};
use std::fmt;

/// A date with a time of day, local to whatever it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Minutes since 1 January 1970, 00:00.
    minutes: i64,
}

impl Date {
    /// Reads `2015-08-04 07:35`, of a day that there is.
    pub fn read(text: &str) -> Option<Date> {
        let (date, time) = text.split_once([' ', 'T'])?;
        let numbers = |part: &str, by: char| -> Option<Vec<i64>> {
            let plain = |n: &str| n.bytes().all(|c| c.is_ascii_digit()).then(|| n.parse().ok()).flatten();
            part.split(by).map(plain).collect()
        };
        let (&[year, month, day], &[hour @ 0..=23, minute @ 0..=59]) =
            (&numbers(date, '-')?[..], &numbers(time, ':')?[..])
        else {
            return None;
        };
        let days = ((1..=9999).contains(&year) && (1..=12).contains(&month))
            .then(|| days_from_civil(year, month, day))?;
        (civil_from_days(days) == (year, month, day))
            .then(|| Date { minutes: days * i64::from(DAY) + hour * 60 + minute })
    }

    /// This many minutes later.
    pub fn after(self, minutes: Minute) -> Date {
        Date { minutes: self.minutes + i64::from(minutes) }
    }

    /// Minutes from another date to this one.
    pub fn since(self, other: Date) -> i64 {
        self.minutes - other.minutes
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = i64::from(DAY);
        let (year, month, date) = civil_from_days(self.minutes.div_euclid(day));
        let time = self.minutes.rem_euclid(day);
        write!(f, "{year:04}-{month:02}-{date:02} {:02}:{:02}", time / 60, time % 60)
    }
}

/// Days from 1 January 1970 to a date.
///
/// This and its inverse go by the well-known era method: eras of 400 years that begin on 1 March, so that leap days
/// come last.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of so many days after 1 January 1970.
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_moved_on_and_written() {
        let start = Date::read("2016-02-28 23:50").unwrap();
        assert_eq!(start.to_string(), "2016-02-28 23:50");
        assert_eq!(start.after(15).to_string(), "2016-02-29 00:05");
        assert_eq!(start.after(15).since(start), 15);
        assert_eq!(Date::read("2016-02-29T00:05"), Some(start.after(15)));
    }

    #[test]
    fn a_day_that_there_is_not_is_no_date() {
        for text in
            ["2015-02-29 00:00", "2015-13-01 00:00", "2015-04-31 00:00", "2015-08-04 24:00", "2015-08-04", ""]
        {
            assert_eq!(Date::read(text), None, "{text}");
        }
    }
}
