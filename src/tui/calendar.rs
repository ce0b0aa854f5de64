//! Calendar arithmetic: minutes of game time as a day of the crisis, a date and a time of day; and the world's time.

use crate::vocabulary::{DAY, Minute, civil_from_days, days_from_civil};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// When a crisis began, for counting its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Days from 1 January 1970 to the first day, if the date could be read.
    first_day: Option<i64>,
    /// Minutes from midnight to minute 0.
    offset: i64,
}

impl Calendar {
    /// Reads `2015-08-04 07:35`; without a readable date, days are still counted, from midnight.
    pub fn starting(text: &str) -> Self {
        let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), ""));
        let numbers =
            |part: &str, by: char| part.split(by).map(|n| n.parse::<i64>().ok()).collect::<Vec<_>>();
        let first_day = match numbers(date, '-')[..] {
            [Some(year @ 1..=9999), Some(month @ 1..=12), Some(day @ 1..=31)] => {
                Some(days_from_civil(year, month, day))
            }
            _ => None,
        };
        let offset = match numbers(time, ':')[..] {
            [Some(hour @ 0..=23), Some(minute @ 0..=59), ..] => hour * 60 + minute,
            _ => 0,
        };
        Calendar { first_day, offset }
    }

    /// Such as `Day 17, 15:52`.
    pub fn moment(self, minute: Minute) -> String {
        let since = i64::from(minute) + self.offset;
        let time = since.rem_euclid(DAY.into());
        format!("Day {}, {:02}:{:02}", since.div_euclid(DAY.into()) + 1, time / 60, time % 60)
    }

    /// Such as `Thu 20 Aug 2015`, if the start is a date.
    pub fn date(self, minute: Minute) -> Option<String> {
        let days = self.first_day? + (i64::from(minute) + self.offset).div_euclid(DAY.into());
        let (year, month, day) = civil_from_days(days);
        // 1 January 1970 was a Thursday.
        let weekday = WEEKDAYS[(days + 3).rem_euclid(7) as usize];
        Some(format!("{weekday} {day} {} {year}", MONTHS[(month - 1) as usize]))
    }
}

/// A moment of Universal Time, in seconds since 1970, as `2026-11-27T00:33:09Z`.
pub fn universal(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil_from_days(days as i64);
    format!("{year}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// A span of minutes in words, such as `2 d 3 h`.
pub fn span(minutes: Minute) -> String {
    let minutes = minutes.max(0);
    let (days, hours, rest) = (minutes / DAY, minutes / 60 % 24, minutes % 60);
    match (days, hours, rest) {
        (0, 0, m) => format!("{m} min"),
        (0, h, 0) => format!("{h} h"),
        (0, h, m) => format!("{h} h {m} min"),
        (d, 0, _) => format!("{d} d"),
        (d, h, _) => format!("{d} d {h} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shelling_of_august_2015_falls_on_day_17() {
        let calendar = Calendar::starting("2015-08-04 07:35");
        let minute = 16 * DAY + (15 * 60 + 52) - (7 * 60 + 35);
        assert_eq!(calendar.moment(minute), "Day 17, 15:52");
        assert_eq!(calendar.date(minute).as_deref(), Some("Thu 20 Aug 2015"));
    }

    #[test]
    fn dates_cross_leap_days_and_years() {
        let date = |start, days: i32| Calendar::starting(start).date(days * DAY).unwrap();
        assert_eq!(date("2016-02-28 00:00", 1), "Mon 29 Feb 2016");
        assert_eq!(date("2100-02-28 00:00", 1), "Mon 1 Mar 2100");
        assert_eq!(date("1999-12-31 23:59", 1), "Sat 1 Jan 2000");
    }

    #[test]
    fn moments_of_universal_time_are_dates_of_the_same_calendar() {
        assert_eq!(universal(0), "1970-01-01T00:00:00Z");
        assert_eq!(universal(951_827_696), "2000-02-29T12:34:56Z");
        assert_eq!(universal(1_795_737_599), "2026-11-26T23:59:59Z");
        assert_eq!(universal(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn a_start_that_is_no_date_still_counts_days() {
        let calendar = Calendar::starting("soon");
        assert_eq!(calendar.moment(DAY), "Day 2, 00:00");
        assert_eq!(calendar.date(DAY), None);
        assert_eq!(Calendar::starting("2015-13-40 99:99").moment(i32::MIN).len(), 19);
    }

    #[test]
    fn spans_name_their_largest_two_units() {
        assert_eq!(span(0), "0 min");
        assert_eq!(span(90), "1 h 30 min");
        assert_eq!(span(2 * DAY + 185), "2 d 3 h");
    }
}
