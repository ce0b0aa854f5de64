//! Playing many games and counting what came of them, with every bound checked on the way.

use offramp::engine::{
    Asked, Change, Fact, Game, NoRecord, Observation, Orders, Recorder, Roll, Rules, bind,
};
use offramp::scenario::document::Document;
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, Settings, compile};
use offramp::session::runner::{self, Table, Witness};
use offramp::trace::Call;
use offramp::vocabulary::{Id, ONE_MILLION, SeatId};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// The crises of the library: what can be played and is no campaign.
pub fn crises() -> impl Iterator<Item = Arc<Rules>> {
    playable().filter(|rules| rules.bound.campaign.is_none())
}

/// The campaigns of the library: each is years long, and costs as much as a hundred crises.
pub fn campaigns() -> impl Iterator<Item = Arc<Rules>> {
    playable().filter(|rules| rules.bound.campaign.is_some())
}

/// The playable scenarios of the library.
pub fn playable() -> impl Iterator<Item = Arc<Rules>> {
    PLAYABLE.iter().cloned()
}

/// Reading a scenario takes longer than playing it a few times.
static PLAYABLE: LazyLock<Vec<Arc<Rules>>> = LazyLock::new(|| {
    let playable = offramp::storage::all().iter().filter(|shipped| shipped.playable);
    let rules = playable.map(|shipped| {
        let scenario = compiled(Source::new(shipped.file, shipped.text));
        bind(&Arc::new(scenario), &Settings::default()).expect("a shipped scenario binds")
    });
    rules.collect()
});

/// The composed document of a test's own scenario.
pub fn document(name: &str) -> Document {
    let path = format!("{}/tests/fixtures/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    compiled(Source::new("fixture.ron", text)).document
}

/// The rules of a document as a test has changed it.
pub fn rules_of(document: &Document) -> Arc<Rules> {
    let text = document.to_ron().expect("documents can be written");
    let scenario = compiled(Source::new("changed.ron", text));
    bind(&Arc::new(scenario), &Settings::default()).expect("the scenario binds")
}

/// The rules of a test's own scenario.
pub fn fixture(name: &str) -> Arc<Rules> {
    rules_of(&document(name))
}

fn compiled(source: Source) -> Scenario {
    let resolve = |name: &str, _: &Source| {
        let shipped = offramp::storage::shipped(name).ok_or_else(|| name.to_owned())?;
        Ok(Source::new(shipped.file, shipped.text))
    };
    let (scenario, diagnostics) = compile(source, &resolve);
    scenario.unwrap_or_else(|| panic!("{}", diagnostics.to_text(false)))
}

/// Every combination of the doctrines that can play the seats.
pub fn combinations(rules: &Rules) -> impl Iterator<Item = Vec<(SeatId, String)>> {
    let scenario = rules.scenario();
    let seats: Vec<(SeatId, Vec<String>)> = scenario
        .players()
        .map(|seat| {
            let own = scenario.document.doctrines.iter().filter(|d| d.seat.id() == seat);
            (seat, own.map(|d| d.name.clone()).collect())
        })
        .collect();
    let count: usize = seats.iter().map(|(_, doctrines)| doctrines.len()).product();
    (0..count).map(move |mut number| {
        let choose = |(seat, doctrines): &(SeatId, Vec<String>)| {
            let chosen = doctrines[number % doctrines.len()].clone();
            number /= doctrines.len();
            (*seat, chosen)
        };
        seats.iter().map(choose).collect()
    })
}

/// What came of many games.
#[derive(Default)]
pub struct Tally {
    pub games: u64,
    pub endings: BTreeMap<usize, u64>,
    classes: BTreeMap<String, u64>,
    turns: Vec<u16>,
    flashes: Vec<i32>,
    /// By game: acts of arms, and those among them that others caused.
    kinetic: Vec<(i64, i64)>,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.games += other.games;
        for (ending, count) in other.endings {
            *self.endings.entry(ending).or_default() += count;
        }
        for (class, count) in other.classes {
            *self.classes.entry(class).or_default() += count;
        }
        self.turns.extend(other.turns);
        self.flashes.extend(other.flashes);
        self.kinetic.extend(other.kinetic);
    }
}

impl Tally {
    /// The escalation number: kinetic acts caused by kinetic acts, for each kinetic act.
    pub fn escalation(&self) -> f64 {
        let (all, caused) = self.kinetic.iter().fold((0, 0), |sum, game| (sum.0 + game.0, sum.1 + game.1));
        caused as f64 / all.max(1) as f64
    }

    /// Its standard error: games are independent, what happens in one of them is not.
    pub fn escalation_error(&self) -> f64 {
        let number = self.escalation();
        let apart = |(all, caused): &(i64, i64)| {
            let gap = *caused as f64 - number * *all as f64;
            gap * gap
        };
        let all: i64 = self.kinetic.iter().map(|(all, _)| *all).sum();
        self.kinetic.iter().map(apart).sum::<f64>().sqrt() / all.max(1) as f64
    }

    /// The median number of decision turns.
    pub fn median_turns(&self) -> u16 {
        let mut turns = self.turns.clone();
        turns.sort_unstable();
        turns.get(turns.len() / 2).copied().unwrap_or(0)
    }

    /// The share of games with more flash decisions than this, in percent.
    pub fn more_flashes_than(&self, most: i32) -> f64 {
        self.flashes.iter().filter(|count| **count > most).count() as f64 * 100.0 / self.games.max(1) as f64
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut turns = self.turns.clone();
        turns.sort_unstable();
        let quantile = |share: usize| turns.get(turns.len() * share / 100).copied().unwrap_or(0);
        let most = self.flashes.iter().max().copied().unwrap_or(0);
        let caused = self.escalation();
        write!(
            f,
            "{} games, turns {}/{}/{} (10/50/90 %), at most {most} flashes, R {caused:.2}",
            self.games,
            quantile(10),
            quantile(50),
            quantile(90),
        )?;
        let mut classes: Vec<_> = self.classes.iter().collect();
        classes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (class, count) in classes.iter().take(8) {
            write!(f, "; {class} {:.1} %", **count as f64 * 100.0 / self.games as f64)?;
        }
        Ok(())
    }
}

/// Plays these runs with these policies.
pub fn tally(rules: &Arc<Rules>, policies: &[(SeatId, String)], runs: Range<u64>) -> Tally {
    let mut tally = Tally::default();
    let mut game = Game::new(Arc::clone(rules), 1, 0);
    let mut table = Table::new(&game, 1, 0, policies).expect("the policies exist");
    let mut bounds = Bounds { rules: Arc::clone(rules) };
    for run in runs {
        game.restart(1, run);
        table.restart(&game, 1, run).expect("the policies exist");
        let outcome = runner::run(&mut game, &mut table, &mut bounds).expect("the game ends");
        tally.games += 1;
        *tally.endings.entry(outcome.ending().expect("no control ends it").index()).or_default() += 1;
        *tally.classes.entry(outcome.course_class(rules).to_string()).or_default() += 1;
        tally.turns.push(outcome.turns);
        tally.flashes.push(outcome.counters[2]);
        tally.kinetic.push((i64::from(outcome.counters[0]), i64::from(outcome.counters[1])));
    }
    tally
}

/// The most calls of the engine in one scripted game.
const BUDGET: usize = 20_000;

/// Plays a game in which every seat does what a script says; its ending, if it comes to one.
pub fn scripted(
    rules: &Arc<Rules>,
    run: u64,
    decide: impl Fn(&Observation, SeatId) -> Orders,
) -> Option<usize> {
    let mut game = Game::new(Arc::clone(rules), 7, run);
    let mut orders = vec![Orders::default(); rules.bound.seats.len()];
    for _ in 0..BUDGET {
        for seat in rules.scenario().players() {
            orders[seat.index()] = decide(game.observation(seat), seat);
        }
        let Some(call) = Call::next(&game) else { break };
        call.make(&mut game, &orders, &mut NoRecord);
    }
    game.outcome().and_then(|outcome| outcome.ending()).map(Id::index)
}

/// A witness that holds every change and every observation to its bounds.
struct Bounds {
    rules: Arc<Rules>,
}

impl Recorder for Bounds {
    fn roll(&mut self, roll: &Roll) {
        assert!(roll.chance <= ONE_MILLION, "{roll:?}");
    }

    fn fact(&mut self, _: &Fact) {}

    fn change(&mut self, change: &Change) {
        if let Change::Belief(hypothesis, shares) = change {
            let types = self.rules.bound.hypotheses[hypothesis.index()].types;
            assert_eq!(shares[..types].iter().sum::<u32>(), ONE_MILLION, "{change:?}");
        }
    }
}

impl Witness for Bounds {
    type Recorder = Bounds;

    fn recorder(&mut self) -> &mut Bounds {
        self
    }

    fn called(&mut self, _: Call, game: &Game, orders: &[offramp::engine::Orders]) {
        let bound = &self.rules.bound;
        for seat in self.rules.scenario().players() {
            let seen = game.observation(seat);
            for (track, level) in &seen.levels {
                let track = &bound.tracks[track.index()];
                assert!((track.min..=track.max).contains(level), "{level} of {track:?}");
            }
            assert!(
                seen.standing_rung <= seen.peak_rung,
                "{:?} above {:?}",
                seen.standing_rung,
                seen.peak_rung
            );
            assert!(seen.menu.len() <= offramp::engine::MENU);
            if seen.asked == Asked::Orders {
                assert!(!seen.menu.is_empty(), "nothing to order at minute {}", seen.minute);
            }
        }
        assert_eq!(orders.len(), bound.seats.len());
    }
}
