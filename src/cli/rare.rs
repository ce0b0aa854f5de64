//! `offramp rare`: the chance of something that hardly ever happens, by splitting games on the ladder.

use super::exit::{Exit, Failure};
use super::experiment::{Changes, plan};
use super::progress::{Show, watched};
use super::{Format, cores};
use crate::analysis::Repeats;
use crate::scenario::Scenario;
use crate::sweep::rare::{self, Condition, Repeat, Splitting, rules, split};
use crate::sweep::{Plan, plain_rules};
use crate::trace::one_line;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::Write;

/// Estimates the chance of a rare event, with its interval.
///
/// Games that climb the ladder are forked at every new rung, and each fork counts for less; games that fall back make
/// room. That finds what one game in a million does, without bias, in a fraction of the work of a sweep.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp rare august-2015 --of 'peak>=nuclear_use'\n  \
                        offramp rare august-2015 --of class=war --games 500 --repeats 40\n  \
                        offramp rare august-2015 --of 'deaths_civilian>=1000' --levels 7,8,9,9x2 --format json\n\n\
                        Work is counted in ticks of game time. The same seed gives the same estimate with any number \
                        of threads.")]
pub struct Rare {
    /// A scenario: a path, or the name of a shipped one; or an experiment of one point.
    scenario: OsString,
    /// The event: `peak>=RUNG` (a number or a rung's name), `ending=NAME`, `class=WORD`, or `COLUMN>=NUMBER` of a
    /// column of `runs.csv`.
    #[arg(long, value_name = "EVENT")]
    of: String,
    /// Games at once in each repeat.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    games: u64,
    /// Independent repeats: the interval comes from how far they differ.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    repeats: u64,
    /// Where games are forked, rising: rungs, or such as 9x3 for the third act on rung 9; every rung up to the event
    /// unless given.
    #[arg(long, value_delimiter = ',')]
    levels: Vec<rare::Level>,
    /// The seed of all luck.
    #[arg(long)]
    seed: Option<u64>,
    /// A value that differs from the scenario's own; `offramp check --settings` lists them.
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Who plays a seat.
    #[arg(long, value_name = "SEAT=NAME")]
    policy: Vec<String>,
    /// Threads; all cores unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How progress is shown on stderr.
    #[arg(long, value_enum, default_value_t)]
    progress: Show,
    /// How the estimate is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A level as all repeats together saw it.
struct Level {
    place: Option<rare::Level>,
    /// The chance of getting there.
    chance: f64,
    /// Repeats in which a game got there.
    repeats: usize,
    /// Games forked there.
    forked: u64,
    /// Ticks played on the way.
    ticks: u64,
}

impl Rare {
    /// Plays the repeats and says what they found.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let changes = Changes {
            seed: self.seed,
            set: self.set.clone(),
            policy: self.policy.clone(),
            ..Changes::default()
        };
        let plan = plan(&self.scenario, &changes)?;
        let condition = Condition::parse(&self.of, &*plain_rules(&plan)?).map_err(Failure::usage)?;
        let rules = rules(&plan)?;
        let levels = self.levels(condition.level(), || condition.levels())?;
        let splitting = Splitting { levels, games: self.games, repeats: self.repeats };
        let threads = self.threads.map_or_else(cores, usize::from);
        let repeats = watched(self.progress, self.games * self.repeats, |watch| {
            let repeats_done = |repeats: u64| {
                watch(repeats * self.games);
            };
            split(&plan, &rules, &condition, &splitting, threads, &repeats_done)
        })?;
        let found = Found::new(&splitting, &repeats, condition.level().is_some());
        match self.format {
            Format::Text => found.tell(&plan, &self.of, out)?,
            Format::Json => writeln!(out, "{}", found.to_json(&plan, &self.of, &splitting, &repeats))?,
        }
        Ok(Exit::Done)
    }

    /// The levels that were asked for, with the event's own rung at the end.
    fn levels(
        &self,
        event: Option<rare::Level>,
        usual: impl Fn() -> Vec<rare::Level>,
    ) -> Result<Vec<rare::Level>, Failure> {
        if self.levels.is_empty() {
            return Ok(usual());
        }
        let mut levels = self.levels.clone();
        let beyond = |level: &rare::Level| event.is_some_and(|event| *level > event);
        if !levels.is_sorted_by(|a, b| a < b) || levels.iter().any(beyond) {
            return Err(Failure::usage("--levels takes rising levels, none of them above the event's"));
        }
        levels.extend(event.filter(|event| levels.last() != Some(event)));
        Ok(levels)
    }
}

/// What the repeats found together.
struct Found {
    repeats: Repeats,
    games: u64,
    levels: Vec<Level>,
    ticks: u64,
    /// Ticks that brute force would play for the same standard error, and in how many runs.
    brute: Option<(f64, f64)>,
}

impl Found {
    fn new(splitting: &Splitting, repeats: &[Repeat], on_the_ladder: bool) -> Found {
        let chances: Vec<f64> = repeats.iter().map(Repeat::chance).collect();
        let mean = |of: &dyn Fn(&Repeat) -> f64| repeats.iter().map(of).sum::<f64>() / repeats.len() as f64;
        let places = splitting.levels.iter().copied().map(Some).chain([None]);
        let level = |(k, place): (usize, Option<rare::Level>)| {
            let stages = || repeats.iter().filter_map(move |repeat| repeat.stages.get(k));
            let there = || stages().filter(|stage| stage.reached > 0);
            let goes_on = |stage: &u64| *stage > 0;
            Level {
                place,
                chance: mean(&|repeat| repeat.chance_of_level(k)),
                repeats: there().count(),
                forked: repeats
                    .iter()
                    .filter(|repeat| repeat.stages.len() > k + 1)
                    .map(|repeat| repeat.games - repeat.stages[k].reached)
                    .filter(goes_on)
                    .sum(),
                ticks: stages().map(|stage| stage.ticks).sum(),
            }
        };
        let levels =
            places.enumerate().map(level).filter(|level| level.ticks > 0 || level.repeats > 0).collect();
        let runs = splitting.games * splitting.repeats;
        let mut summed = Repeats::new(&chances, runs);
        if on_the_ladder && summed.above_zero == 0 {
            // Whoever gets there has passed every level: the last that was reached is a bound.
            let at = |level| repeats.iter().map(|repeat| repeat.chance_of_level(level)).collect::<Vec<_>>();
            let reached = (0..splitting.levels.len()).map(|level| Repeats::new(&at(level), runs));
            let bound = reached.rev().find(|level| level.above_zero > 0);
            let high = &mut summed.estimate.interval.high;
            *high = bound.map_or(*high, |bound| high.min(bound.estimate.interval.high));
        }
        let length = mean(&Repeat::length);
        let brute = summed.runs_by_brute_force().map(|runs| (runs, runs * length));
        let ticks = repeats.iter().map(Repeat::ticks).sum();
        Found { repeats: summed, games: splitting.games, levels, ticks, brute }
    }

    fn tell(&self, plan: &Plan, of: &str, out: &mut dyn Write) -> Result<(), Failure> {
        let Repeats { estimate, above_zero, .. } = self.repeats;
        let Scenario { document, .. } = &*plan.scenario;
        writeln!(out, "{}: {}", one_line(&document.name), one_line(of))?;
        writeln!(
            out,
            "chance {:.3e}, 95 % interval {:.3e} to {:.3e}",
            estimate.value, estimate.interval.low, estimate.interval.high
        )?;
        writeln!(
            out,
            "from {} repeats of {} games, {above_zero} of which found it",
            estimate.cases, self.games
        )?;
        if above_zero * 2 < estimate.cases {
            writeln!(
                out,
                "Too few repeats found it for the interval to be trusted: take more --games, or --levels between."
            )?;
        }
        writeln!(
            out,
            "\n{:<28} {:>12} {:>8} {:>10} {:>14}",
            "reached", "chance", "repeats", "forked", "ticks played"
        )?;
        for level in &self.levels {
            let name = level.place.map_or("the end".to_owned(), |place| {
                let named = document.ladder.iter().find(|known| known.rung == place.rung.0);
                format!("{place} {}", named.map_or("", |rung| &rung.name))
            });
            let chance = level.place.map_or("-".to_owned(), |_| format!("{:.3e}", level.chance));
            writeln!(
                out,
                "{:<28} {chance:>12} {:>8} {:>10} {:>14}",
                one_line(&name),
                level.repeats,
                level.forked,
                level.ticks
            )?;
        }
        writeln!(out, "{:<28} {:>12} {:>8} {:>10} {:>14}", "in all", "", "", "", self.ticks)?;
        if let Some((runs, ticks)) = self.brute {
            let times = ticks / self.ticks as f64;
            writeln!(
                out,
                "\nBrute force would play {runs:.3e} runs, {ticks:.3e} ticks, for an interval as narrow: {times:.3} times the work."
            )?;
        }
        Ok(())
    }

    fn to_json(&self, plan: &Plan, of: &str, splitting: &Splitting, repeats: &[Repeat]) -> Value {
        let Repeats { estimate, standard_error, above_zero } = self.repeats;
        let levels = self.levels.iter().map(|level| {
            json!({
                "level": level.place,
                "chance": level.place.map(|_| level.chance),
                "repeats": level.repeats,
                "forked": level.forked,
                "ticks": level.ticks,
            })
        });
        json!({
            "scenario": plan.scenario.document.name,
            "fingerprint": plan.scenario.fingerprint,
            "event": of,
            "seed": plan.experiment.seed,
            "games": splitting.games,
            "chance": estimate.value,
            "interval": estimate.interval,
            "standard_error": standard_error,
            "repeats": estimate.cases,
            "repeats_above_zero": above_zero,
            "levels": levels.collect::<Vec<_>>(),
            "ticks": self.ticks,
            "brute_force": self.brute.map(|(runs, ticks)| json!({"runs": runs, "ticks": ticks})),
            "counts": repeats,
        })
    }
}
