//! `offramp levers`: what difference each recommendation makes, over the library, under common luck.

use super::exit::{Exit, Failure};
use super::progress::{Show, watched};
use super::seats::policies;
use super::{Format, cores, scenario};
use crate::analysis::Interval;
use crate::levers::{Card, Catalogue, Contest, Effect, Effort, Lever, weigh};
use crate::scenario::diagnostics::nearest;
use crate::scenario::source::Source;
use crate::scenario::{Scenario, offered};
use crate::storage::{SCENARIO_LIMIT, all, instruments, read_bytes};
use crate::vocabulary::SafeText;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The first thing that a reader is told.
const CAVEAT: &str =
    "These are properties of the model, not of the world: what offramp's rules make of a recommendation.";

/// Worlds of each scenario, and pairs of games in each of them, unless given.
const WORLDS: u64 = 20;
const PAIRS_A_WORLD: u64 = 50;

/// Weighs recommendations: the library without each of them and with it, under common luck.
///
/// For each it prints the change in the chance of reaching each firebreak of the ladder and of general war, in length,
/// and in the fears between allies, each with its 95 % interval; in which scenarios it helps and in which it hurts; and
/// in how many other worlds, drawn from the parameters' stated ranges, the same holds.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp levers --list\n  offramp levers open-lines --pairs 200 --worlds 20\n  \
                        offramp levers --scenario august-2015 --pairs 1000 --worlds 0 --format json"
)]
pub struct Levers {
    /// Which to weigh; all of them unless given.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Print the names of all, and what each recommends; with `--instruments` those of instruments.
    #[arg(long, conflicts_with_all = ["names", "scenario", "policy", "pairs", "worlds", "pairs_a_world", "seed",
        "threads", "progress", "format"])]
    list: bool,
    /// Weigh instruments instead: what stands for each at its low end against its high end.
    #[arg(long)]
    instruments: bool,
    /// Weigh them in this scenario only.
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// Who plays a seat for which a lever names nobody: a built-in policy or a doctrine of the scenario; may be given for
    /// each seat.
    #[arg(long, value_name = "SEAT=NAME")]
    policy: Vec<String>,
    /// Pairs of games of each scenario with its own numbers.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    pairs: u64,
    /// Worlds drawn for each scenario from the parameters' stated ranges; 20 unless given, and none for the lines of
    /// instruments, which do not tell them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=100_000))]
    worlds: Option<u64>,
    /// Pairs of games in each of those; 50 unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    pairs_a_world: Option<u64>,
    /// The seed of all luck: the same seed gives the same report.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; all cores unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// A catalogue of one's own, instead of that of the policy paper.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// How progress is shown on stderr.
    #[arg(long, value_enum, default_value_t)]
    progress: Show,
    /// How the cards are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The crises of the library. A campaign costs a hundred times as much: levers that need one name it.
fn crises() -> impl Iterator<Item = &'static str> {
    let names = all().iter().filter(|shipped| shipped.playable).map(|shipped| shipped.name);
    names.filter(|name| shipped(name).is_some_and(|scenario| scenario.document.campaign.is_empty()))
}

/// The shipped scenario of a name, if it is sound.
fn shipped(name: &str) -> Option<Arc<Scenario>> {
    scenario::load(OsStr::new(name)).ok()
}

impl Levers {
    /// Weighs what was asked for and prints a card each.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let effort = self.effort()?;
        let catalogue = self.read()?;
        if self.list {
            return self.list(&catalogue, out);
        }
        if self.instruments {
            return self.weigh_instruments(&catalogue, effort, out);
        }
        let chosen = self.chosen(&catalogue.levers, "lever", |lever| &lever.name)?;
        if self.format == Format::Text {
            writeln!(out, "{CAVEAT}")?;
        }
        let mut cards = Vec::new();
        for lever in chosen {
            let card = self.weigh(lever, effort)?;
            if self.format == Format::Text {
                tell(&card, effort.worlds, out)?;
                out.flush()?;
            }
            cards.push(card);
        }
        if self.format == Format::Json {
            write_json(&cards, effort, out)?;
        }
        Ok(Exit::Done)
    }

    /// How much is played. What would do nothing beside the rest is refused.
    fn effort(&self) -> Result<Effort, Failure> {
        let lines = self.instruments && self.format == Format::Text;
        let worlds = self.worlds.unwrap_or(if lines { 0 } else { WORLDS });
        let nothing = |what: &str, why: &str| Err(Failure::usage(format!("{what} would do nothing: {why}")));
        if lines && worlds > 0 {
            return nothing("--worlds", "the line of an instrument does not tell them; `--format json` does");
        }
        if worlds == 0 && self.pairs_a_world.is_some() {
            return nothing("--pairs-a-world", "there are no worlds");
        }
        Ok(Effort {
            pairs: self.pairs,
            worlds,
            pairs_a_world: self.pairs_a_world.unwrap_or(PAIRS_A_WORLD),
            seed: self.seed,
            threads: self.threads.map_or_else(cores, usize::from),
        })
    }

    /// The names of all, a line each.
    fn list(&self, catalogue: &Catalogue, out: &mut dyn Write) -> Result<Exit, Failure> {
        let instruments = catalogue.instruments.iter().map(|entry| (&entry.name, &entry.label));
        let levers = catalogue.levers.iter().map(|entry| (&entry.name, &entry.claim));
        let listed: Vec<_> = if self.instruments { instruments.collect() } else { levers.collect() };
        let width = if self.instruments { 34 } else { 24 };
        for (name, says) in listed {
            writeln!(out, "{:<width$} {}", SafeText::new(name), SafeText::new(says))?;
        }
        Ok(Exit::Done)
    }

    fn read(&self) -> Result<Catalogue, Failure> {
        let source = match &self.catalogue {
            Some(path) => file(path)?,
            None => Source::new(instruments().file, instruments().text),
        };
        let (found, diagnostics) = Catalogue::read(source, &shipped);
        let found =
            found.ok_or_else(|| Failure::new(Exit::NotSo, diagnostics.to_text(false).trim_end().to_owned()));
        Ok(found?.0)
    }

    /// The entries of the given names; all of them if none is given.
    fn chosen<'a, T>(
        &self,
        all: &'a [T],
        what: &str,
        name: fn(&T) -> &String,
    ) -> Result<Vec<&'a T>, Failure> {
        if self.names.is_empty() {
            return Ok(all.iter().collect());
        }
        let find = |wanted: &String| {
            all.iter().find(|entry| name(entry) == wanted).ok_or_else(|| {
                let near = nearest(wanted, all.iter().map(|entry| name(entry).as_str()));
                let near = near.map_or_else(
                    || "; --list shows them".to_owned(),
                    |near| format!("; did you mean `{near}`?"),
                );
                Failure::usage(format!("no {what} is called `{wanted}`{near}"))
            })
        };
        self.names.iter().map(find).collect()
    }

    /// One line an instrument: how many games differ, and what moves most.
    fn weigh_instruments(
        &self,
        catalogue: &Catalogue,
        effort: Effort,
        out: &mut dyn Write,
    ) -> Result<Exit, Failure> {
        let rulesets = self.scenario.first().or(catalogue.rulesets.first());
        let ruleset = rulesets.ok_or_else(|| Failure::usage("the catalogue names no ruleset"))?;
        let offered = offered(&*scenario::load(OsStr::new(ruleset))?);
        let mut cards = Vec::new();
        if self.format == Format::Text {
            writeln!(out, "{CAVEAT}")?;
        }
        for instrument in self.chosen(&catalogue.instruments, "instrument", |instrument| &instrument.name)? {
            let card = instrument.ends(&offered).map(|lever| self.weigh(&lever, effort)).transpose()?;
            if self.format == Format::Text {
                let name = format!("{:<34}", SafeText::new(&instrument.name));
                match &card {
                    None => writeln!(out, "{name} nothing of it can be set")?,
                    Some(card) => writeln!(out, "{name} {}", strongest(card))?,
                }
                out.flush()?;
            }
            cards.extend(card);
        }
        if self.format == Format::Json {
            write_json(&cards, effort, out)?;
        }
        Ok(Exit::Done)
    }

    fn weigh(&self, lever: &Lever, effort: Effort) -> Result<Card, Failure> {
        let names: Vec<String> = match (self.scenario.is_empty(), lever.scenarios.is_empty()) {
            (false, _) => self.scenario.clone(),
            (true, false) => lever.scenarios.clone(),
            (true, true) => crises().map(str::to_owned).collect(),
        };
        let worlds = u32::try_from(effort.worlds).unwrap_or(u32::MAX);
        let contest = |name: &String| {
            let scenario = scenario::load(OsStr::new(name))?;
            let policies = policies(&scenario, &self.policy)?;
            let contest = Contest::new(&scenario, lever, worlds, self.seed);
            Ok(contest.map_err(|why| Failure::new(Exit::NotSo, why))?.played_by(policies))
        };
        let contests = names.iter().map(contest).collect::<Result<Vec<_>, Failure>>()?;
        let pairs = effort.pairs_of(contests.len());
        let card = watched(self.progress, pairs, |watch| weigh(lever, &contests, effort, watch));
        let card = card.map_err(|why| Failure::new(Exit::NotSo, why))?;
        card.ok_or_else(|| Failure::new(Exit::Bug, "nobody stopped it, and it did not end"))
    }
}

fn write_json(cards: &[Card], effort: Effort, out: &mut dyn Write) -> Result<(), Failure> {
    let Effort { pairs, worlds, pairs_a_world, seed, threads: _ } = effort;
    let report = serde_json::json!({ "caveat": CAVEAT, "seed": seed, "pairs": pairs,
        "worlds": worlds, "pairs_a_world": pairs_a_world, "cards": cards });
    let text = serde_json::to_string_pretty(&report).map_err(|error| Failure::new(Exit::Bug, error))?;
    writeln!(out, "{text}")?;
    Ok(())
}

fn file(path: &Path) -> Result<Source, Failure> {
    let bytes = read_bytes(path, SCENARIO_LIMIT).map_err(|error| Failure::usage(error.to_string()))?;
    Source::from_bytes(path.display().to_string(), bytes)
        .map_err(|why| Failure::usage(format!("cannot read '{}': {why}", path.display())))
}

/// The outcome that a card's lever moves most, in words.
fn strongest(card: &Card) -> String {
    let pairs = card.effects.first().map_or(0, |effect| effect.difference.cases);
    let differ = format!("{:>5} of {pairs} games differ", card.differ);
    let strongest = card.effects.iter().max_by(|a, b| a.strength().total_cmp(&b.strength()));
    match strongest.filter(|effect| effect.strength() > 1.0) {
        None => differ,
        Some(effect) => {
            format!("{differ}; {}: {:+.4} {}", effect.outcome, effect.difference.value, ends(effect))
        }
    }
}

/// The interval of a difference, or why it has none.
pub(super) fn ends(effect: &Effect) -> String {
    let Interval { low, high } = effect.difference.interval;
    if effect.difference.interval.is_none() {
        return format!("no pair differs; at 95 % at most {:.1} in 100 do", effect.differ_at_most());
    }
    if low == high {
        return "in every pair".to_owned();
    }
    if !low.is_finite() && !high.is_finite() {
        return "too few to tell".to_owned();
    }
    format!("[{low:+.4}, {high:+.4}]{}", if effect.differ == 0 { "  no pair differs" } else { "" })
}

/// What a card shows to people: the outcomes of a crisis, and of levels the five that move most beyond luck.
fn told(card: &Card) -> impl Iterator<Item = &Effect> {
    const MOST: usize = 5;
    let mut levels: Vec<&Effect> = card.effects.iter().filter(|e| e.is_level && e.strength() > 1.0).collect();
    levels.sort_by(|a, b| b.strength().total_cmp(&a.strength()));
    levels.truncate(MOST);
    card.effects.iter().filter(|effect| !effect.is_level).chain(levels)
}

/// Writes a card for people.
fn tell(card: &Card, worlds: u64, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "\n{}: {}", SafeText::new(&card.lever), SafeText::new(&card.label))?;
    writeln!(out, "  {}", SafeText::new(&card.claim))?;
    writeln!(out, "  {:<52} {:>9} {:>9}  with less without", "", "without", "with")?;
    for effect in told(card) {
        let Effect { outcome, without, with, difference, .. } = effect;
        writeln!(
            out,
            "  {:<52} {without:>9.4} {with:>9.4}  {:+.4} {}",
            SafeText::new(outcome),
            difference.value,
            ends(effect)
        )?;
    }
    let listed = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    writeln!(out, "  lowers the mean of the highest rung in: {}", listed(&card.helps_in))?;
    writeln!(out, "  raises it in: {}", listed(&card.hurts_in))?;
    if !card.not_in.is_empty() {
        writeln!(out, "  not weighed, for want of what it names, in: {}", card.not_in.join(", "))?;
    }
    if worlds > 0 {
        let found = card.worlds;
        writeln!(
            out,
            "  in other worlds: lower in {}, higher in {}, unclear in {}, the same in {}{}",
            found.lower,
            found.higher,
            found.unclear,
            found.same,
            if found.mixed() { "; it helps in one world and hurts in another" } else { "" }
        )?;
    }
    if card.left_out > 0 {
        writeln!(out, "  {} pairs did not end and are left out", card.left_out)?;
    }
    Ok(())
}
