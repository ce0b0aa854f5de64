//! How values of a scenario are written on a page.

use crate::vocabulary::{AuthoredChance, Duration, Id, ONE_MILLION, Ppm, Rate, Ref};

/// A name as one writes it in files, with what it is called on the screen.
pub fn named(name: &str, label: &str) -> String {
    format!("`{name}` {label}")
}

/// Names in a row; `-` for none.
pub fn names<'a, I: Id + 'a>(list: impl IntoIterator<Item = &'a Ref<I>>) -> String {
    joined(list.into_iter().map(|entry| format!("`{}`", entry.name())))
}

/// Parts in a row; `-` for none.
pub fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "-".to_owned() } else { parts.join(", ") }
}

/// A span of time.
pub fn span(duration: Duration) -> String {
    let (count, unit) = match duration {
        Duration::Minutes(n) => (n, "minute"),
        Duration::Hours(n) => (n, "hour"),
        Duration::Days(n) => (n, "day"),
        Duration::Quarters(n) => (n, "quarter"),
    };
    if count == 0 {
        return "at once".to_owned();
    }
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// A rate; `-` for never.
pub fn rate(rate: Rate) -> String {
    match rate {
        Rate::PerHour(0.0) | Rate::PerDay(0.0) | Rate::PerYear(0.0) => "-".to_owned(),
        Rate::PerHour(n) => format!("{n} an hour"),
        Rate::PerDay(n) => format!("{n} a day"),
        Rate::PerYear(n) => format!("{n} a year"),
    }
}

/// A factor in parts per thousand.
pub fn thousandths(factor: i32) -> String {
    (f64::from(factor) / 1000.0).to_string()
}

/// A chance; `-` for none.
pub fn chance(chance: AuthoredChance) -> String {
    match chance {
        AuthoredChance::PerMille(0.0) | AuthoredChance::Percent(0.0) => "-".to_owned(),
        AuthoredChance::PerMille(n) => format!("{n} per mille"),
        AuthoredChance::Percent(n) => format!("{n} %"),
    }
}

/// A variant of a list of words, in lower case: `NonMilitary` becomes `non military`.
pub fn variant(value: impl std::fmt::Debug) -> String {
    let mut text = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.extend(c.to_lowercase());
    }
    text
}

/// A belief in whole percent; only what is impossible is 0 %, only what is certain 100 %.
pub fn percent(share: Ppm) -> String {
    match (u64::from(share) + 5_000) / 10_000 {
        0 if share > 0 => "<1 %".to_owned(),
        100 if share < ONE_MILLION => ">99 %".to_owned(),
        whole => format!("{whole} %"),
    }
}

/// Weights as shares of their sum, in whole percent.
pub fn share(weight: u32, total: u64) -> String {
    let percent = (u64::from(weight) * 200 + total).checked_div(total * 2).unwrap_or(0);
    format!("{percent} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_a_person_says_them() {
        assert_eq!(span(Duration::Hours(1)), "1 hour");
        assert_eq!(span(Duration::Minutes(0)), "at once");
        assert_eq!(rate(Rate::PerDay(0.0021)), "0.0021 a day");
        assert_eq!(chance(AuthoredChance::Percent(1.5)), "1.5 %");
        assert_eq!(variant(crate::scenario::section::ChannelLevel::ThirdParty), "third party");
        assert_eq!([share(1, 3), share(2, 3), share(0, 0)], ["33 %", "67 %", "0 %"]);
    }
}
