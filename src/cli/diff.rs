//! `offramp diff`: what changes between two scenarios, in words, and what difference it makes.

use super::exit::{Exit, Failure};
use super::levers::ends;
use super::progress::{Show, watched};
use super::{Format, cores, scenario};
use crate::levers::{Change, Effect, weigh_change};
use crate::scenario::difference::{Difference, How, differences};
use crate::scenario::{Scenario, Settings};
use crate::vocabulary::{SafeText, counted};
use serde_json::json;
use std::ffi::OsString;
use std::io::Write;
use std::sync::Arc;

/// Says in words what changes from one scenario to another: entries that are new, gone or changed, with their values.
///
/// With `--runs` it also plays both, every pair of games on the same dice, and says what difference that makes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp diff october-2014 august-2015\n  \
                        offramp diff august-2015 my-august.ron --runs 400\n  \
                        offramp diff august-2015 my-august.ron --format json\n\n\
                        Exit code 65 if games are asked for and the two cannot be paired.")]
pub struct Diff {
    /// Path, or name of a shipped scenario.
    #[arg(value_name = "A")]
    first: OsString,
    /// What it is compared with.
    #[arg(value_name = "B")]
    second: OsString,
    /// Play so many pairs of games, too.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    runs: Option<u64>,
    /// The seed of all luck: the same seed gives the same answer.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; all cores unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How progress is shown on stderr.
    #[arg(long, value_enum, default_value_t)]
    progress: Show,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A value up to this many characters stands on the line of its field.
const SHORT: usize = 34;

impl Diff {
    /// Compares, and plays if that was asked for.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let scenarios = [scenario::load(&self.first)?, scenario::load(&self.second)?];
        let found = differences(&scenarios[0], &scenarios[1]);
        if self.format == Format::Text {
            self.tell(&scenarios, &found, out)?;
            out.flush()?;
        }
        let change = self.runs.map(|runs| self.play(&scenarios, runs)).transpose()?;
        match (self.format, &change) {
            (Format::Text, None) => {}
            (Format::Text, Some(change)) => tell_change(change, self.seed, out)?,
            (Format::Json, change) => {
                let report = json!({
                    "same_play": scenarios[0].fingerprint == scenarios[1].fingerprint,
                    "differences": found,
                    "games": change.as_ref().map(|change| json!({
                        "seed": self.seed, "pairs": change.pairs, "differ": change.differ, "left_out": change.left_out,
                        "effects": change.effects, "not_in_both": change.not_in_both,
                    })),
                });
                writeln!(out, "{report}")?;
            }
        }
        Ok(Exit::Done)
    }

    fn play(&self, scenarios: &[Arc<Scenario>; 2], runs: u64) -> Result<Change, Failure> {
        let bound = |at: usize| scenario::rules(&scenarios[at], &Settings::default());
        let (first, second) = (bound(0)?, bound(1)?);
        let threads = self.threads.map_or_else(cores, usize::from);
        let change = watched(self.progress, runs, |watch| {
            weigh_change([&first, &second], runs, self.seed, threads, watch)
        });
        let change = change.map_err(|why| Failure::new(Exit::Data, why))?;
        change.ok_or_else(|| Failure::new(Exit::Bug, "nobody stopped it, and it did not end"))
    }

    fn tell(
        &self,
        scenarios: &[Arc<Scenario>; 2],
        found: &[Difference],
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let names = [&self.first, &self.second].map(|name| SafeText::new(&name.to_string_lossy()));
        let [first, second] = &names;
        if found.is_empty() {
            writeln!(out, "{first} and {second} hold the same")?;
            return Ok(());
        }
        let same = scenarios[0].fingerprint == scenarios[1].fingerprint;
        let plays = if same { "; only words for readers, so that both play the same" } else { "" };
        writeln!(
            out,
            "From {first} to {second}: {}{plays}",
            counted(found.len() as i64, "difference", "differences")
        )?;
        let mut section = None;
        for difference in found {
            if section != Some(&difference.section) {
                section = Some(&difference.section);
                let head = if difference.section.is_empty() { "header" } else { difference.section.as_str() };
                writeln!(out, "\n{}", SafeText::new(head))?;
            }
            writeln!(out, "{}", SafeText::new(&line(difference)))?;
        }
        Ok(())
    }
}

/// A difference in words; long values have lines of their own.
fn line(difference: &Difference) -> String {
    let Difference { entry, field, how, .. } = difference;
    let subject = match (entry.is_empty(), field.is_empty()) {
        (true, true) => "what both have".to_owned(),
        (true, false) => field.clone(),
        (false, true) => format!("`{entry}`"),
        (false, false) => format!("`{entry}`, {field}"),
    };
    let told = |word: &str, value: &str| match (value.is_empty(), field.is_empty()) {
        (true, _) => format!("  {subject} is {word}"),
        (false, true) => format!("  {subject} is {word}: {value}"),
        (false, false) => format!("  {subject}: {word} {value}"),
    };
    match how {
        How::New(value) => told(if field.is_empty() { "new" } else { "now with" }, value),
        How::Gone(value) => told(if field.is_empty() { "gone" } else { "no longer" }, value),
        How::Reordered => format!("  {subject} stands in another order"),
        How::Changed { was, is } if was.chars().count() + is.chars().count() <= 2 * SHORT => {
            format!("  {subject} was {was}, is {is}")
        }
        How::Changed { was, is } => {
            let [was, is] = apart(was, is);
            format!(
                "  {subject}
    was {was}
    is  {is}"
            )
        }
    }
}

/// Two long values without the words that both begin and end with, but for a few that show the place.
fn apart(was: &str, is: &str) -> [String; 2] {
    const SHOWN: usize = 4;
    let sides = [was, is].map(|text| text.split(' ').collect::<Vec<&str>>());
    let shorter = sides[0].len().min(sides[1].len());
    let begins = sides[0].iter().zip(&sides[1]).take_while(|(a, b)| a == b).count();
    let ends = sides[0]
        .iter()
        .rev()
        .zip(sides[1].iter().rev())
        .take(shorter - begins)
        .take_while(|(a, b)| a == b)
        .count();
    let (from, left) = (begins.saturating_sub(SHOWN), ends.saturating_sub(SHOWN));
    sides.map(|words| {
        let middle = words[from..words.len() - left].join(" ");
        let [before, after] = [from, left].map(|hidden| if hidden > 0 { "…" } else { "" });
        format!(
            "{before}{}{middle}{}{after}",
            if from > 0 { " " } else { "" },
            if left > 0 { " " } else { "" }
        )
    })
}

/// What pairs of games came to.
fn tell_change(change: &Change, seed: u64, out: &mut dyn Write) -> Result<(), Failure> {
    let Change { effects, differ, pairs, left_out, not_in_both } = change;
    let played = pairs - left_out;
    writeln!(
        out,
        "\nWhat difference it makes in the model: {played} pairs of games on the same dice, seed {seed}; {differ} of them \
         differ.\n"
    )?;
    writeln!(out, "  {:<52} {:>9} {:>9}  second less first, with its 95 % interval", "", "first", "second")?;
    for effect in shown(effects) {
        let Effect { outcome, without, with, difference, .. } = effect;
        writeln!(
            out,
            "  {:<52} {without:>9.4} {with:>9.4}  {:+.4} {}",
            SafeText::new(outcome),
            difference.value,
            ends(effect),
        )?;
    }
    let untouched = effects.iter().filter(|effect| effect.differ == 0).count();
    if untouched > 0 {
        writeln!(
            out,
            "\n  {} the same in every pair",
            counted(untouched as i64, "other outcome is", "other outcomes are")
        )?;
    }
    if !not_in_both.is_empty() {
        writeln!(out, "  not in both: {}", SafeText::new(&not_in_both.join(", ")))?;
    }
    if *left_out > 0 {
        writeln!(out, "  {} did not end and are left out", counted(*left_out as i64, "pair", "pairs"))?;
    }
    Ok(())
}

/// What moves at all: the outcomes of a crisis first, then levels by how far luck is from explaining it.
fn shown(effects: &[Effect]) -> Vec<&Effect> {
    let mut shown: Vec<&Effect> = effects.iter().filter(|effect| effect.differ > 0).collect();
    shown.sort_by(|a, b| {
        let levels = a.is_level.cmp(&b.is_level);
        levels.then(if a.is_level {
            b.strength().total_cmp(&a.strength())
        } else {
            std::cmp::Ordering::Equal
        })
    });
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_texts_what_differs_is_shown_in_its_place() {
        let long =
            |word: &str| format!("one two three four five six {word} seven eight nine ten eleven twelve");
        let [was, is] = apart(&long("old"), &long("new and better"));
        assert_eq!(was, "… three four five six old seven eight nine ten …");
        assert_eq!(is, "… three four five six new and better seven eight nine ten …");
        assert_eq!(apart("a b", "a b c"), ["a b", "a b c"]);
        assert_eq!(apart("a a", "a a a"), ["a a", "a a a"]);
    }
}
