//! The unattended loop: automated seats play a game to its end. Play, run, sweep and tests share it.
//!
//! Everything is caller-owned and reused, so that a warm loop allocates nothing.

use crate::engine::dice::{Domain, RootKey, SiteId, StepDice};
use crate::engine::{Asked, Briefing, Game, NoRecord, Orders, Outcome, Readers, Recorder};
use crate::policy::{Policy, SeatDice, SeatMemory, Seated, UnknownPolicy};
use crate::scenario::Scenario;
use crate::trace::{Call, CallRecord};
use crate::vocabulary::{Id, Minute, SeatId};
use std::fmt;
use std::sync::Arc;

/// The most engine steps of one game, which are calls of its three functions: the scenario's horizon ends a game long before.
pub const BUDGET: u32 = 100_000;

/// The same where many games are played in a row. A game of a month has about a hundred.
pub const BATCH_BUDGET: u32 = 20_000;

/// The policy that plays a seat unless told otherwise: the scenario's choice, or the passive one.
pub fn usual_policy(scenario: &Scenario, seat: SeatId) -> &str {
    let doc = scenario.document.seats.get(seat.index());
    doc.and_then(|seat| seat.doctrine.as_ref()).map_or("passive", |doctrine| doctrine.name())
}

/// A seat has no policy of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchPolicy {
    /// The seat's name.
    pub seat: String,
    /// What is wrong.
    pub why: UnknownPolicy,
}

impl fmt::Display for NoSuchPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seat `{}`: {}", self.seat, self.why)
    }
}

impl std::error::Error for NoSuchPolicy {}

/// One hand of an automated seat: its handbook and its policy made ready, for one hidden disposition.
#[derive(Clone, Debug)]
struct Hand {
    briefing: Briefing,
    policy: Seated,
}

/// An automated seat.
#[derive(Clone, Debug)]
struct Player {
    seat: SeatId,
    policy: String,
    /// By disposition; made when first needed, and shared by forks.
    hands: Vec<Option<Arc<Hand>>>,
    disposition: usize,
    memory: SeatMemory,
    luck: RootKey,
    /// The dice of the minute in which it last decided.
    dice: Option<(Minute, StepDice)>,
    address: SiteId,
}

/// The automated seats of one game, and the orders of all.
#[derive(Clone, Debug)]
pub struct Table {
    players: Vec<Player>,
    orders: Vec<Orders>,
    run: u64,
}

impl Table {
    /// Seats the policies of a game that has not begun.
    ///
    /// # Errors
    /// If a seat has no policy of that name.
    pub fn new(
        game: &Game,
        seed: u64,
        run: u64,
        policies: &[(SeatId, String)],
    ) -> Result<Table, NoSuchPolicy> {
        let document = &game.rules().scenario().document;
        let players = policies.iter().map(|(seat, policy)| {
            let address = SiteId::new("seat", &document.seats[seat.index()].name, "");
            Player {
                seat: *seat,
                policy: policy.clone(),
                hands: Vec::new(),
                disposition: 0,
                memory: SeatMemory::default(),
                luck: RootKey::new(seed, Domain::Policy(address)),
                dice: None,
                address,
            }
        });
        let mut table =
            Table { players: players.collect(), orders: vec![Orders::default(); document.seats.len()], run };
        table.restart(game, seed, run)?;
        Ok(table)
    }

    /// Takes the seats again for a game that has been started over, keeping every buffer.
    ///
    /// # Errors
    /// If a seat has no policy of that name.
    pub fn restart(&mut self, game: &Game, seed: u64, run: u64) -> Result<(), NoSuchPolicy> {
        self.run = run;
        self.orders.iter_mut().for_each(Orders::clear);
        for player in &mut self.players {
            player.memory = SeatMemory::default();
            player.luck = RootKey::new(seed, Domain::Policy(player.address));
            player.dice = None;
            player.disposition = game.disposition(player.seat);
            if player.hands.len() <= player.disposition {
                player.hands.resize(player.disposition + 1, None);
            }
            if player.hands[player.disposition].is_none() {
                let briefing = game.briefing(player.seat);
                let policy = Seated::named(&player.policy, &briefing).map_err(|why| NoSuchPolicy {
                    seat: game.rules().scenario().document.seats[player.seat.index()].name.clone(),
                    why,
                })?;
                player.hands[player.disposition] = Some(Arc::new(Hand { briefing, policy }));
            }
        }
        Ok(())
    }

    /// Lets a policy play one more seat from now on, with nothing in its memory.
    ///
    /// # Errors
    /// If the seat has no policy of that name.
    pub fn take_seat(
        &mut self,
        game: &Game,
        seed: u64,
        seat: SeatId,
        policy: &str,
    ) -> Result<(), NoSuchPolicy> {
        let joined = Table::new(game, seed, self.run, &[(seat, policy.to_owned())])?;
        self.players.retain(|player| player.seat != seat);
        self.players.extend(joined.players);
        // Seats decide in their own order, whoever came when.
        self.players.sort_by_key(|player| player.seat);
        Ok(())
    }

    /// Hands a seat to a policy in mid-game, or to a person. A policy begins without memory, and what it observes from
    /// now on it remembers; its luck is that of the seat.
    ///
    /// # Errors
    /// If the seat has no policy of that name.
    pub fn sit(
        &mut self,
        game: &Game,
        seed: u64,
        seat: SeatId,
        policy: Option<&str>,
    ) -> Result<(), NoSuchPolicy> {
        match policy {
            Some(policy) => self.take_seat(game, seed, seat, policy)?,
            None => self.players.retain(|player| player.seat != seat),
        }
        self.orders[seat.index()].clear();
        Ok(())
    }

    /// The same seats at a fork of their game ([`Game::fork`]): their luck to come is forked by the same salt.
    pub fn fork(&self, salt: u64) -> Table {
        let mut fork = self.clone();
        for player in &mut fork.players {
            (player.luck, player.dice) = (player.luck.fork(salt), None);
        }
        fork
    }

    /// Lets every automated seat that is asked decide; the orders of all other seats stay as they are.
    pub fn decide(&mut self, game: &Game) {
        for player in &mut self.players {
            let orders = &mut self.orders[player.seat.index()];
            orders.clear();
            let seen = game.observation(player.seat);
            if seen.asked == Asked::Nothing {
                continue;
            }
            let Some(hand) = &player.hands[player.disposition] else { continue };
            // Several decisions can fall on one minute; each has luck of its own.
            let round = seen.exchange.map_or(0, |exchange| u64::from(exchange.round) + 1);
            let decision = player.address.nth(seen.asked as u64).nth(round);
            let dice = match player.dice {
                Some((minute, dice)) if minute == seen.minute => dice,
                _ => player.luck.at(self.run, seen.minute),
            };
            player.dice = Some((seen.minute, dice));
            let dice = SeatDice::new(dice.within(decision));
            hand.policy.decide(seen, &hand.briefing, &mut player.memory, &dice, orders);
        }
    }

    /// The orders, by seat.
    pub fn orders(&self) -> &[Orders] {
        &self.orders
    }

    /// The orders of a seat that a person plays, to be filled.
    pub fn orders_of(&mut self, seat: SeatId) -> &mut Orders {
        &mut self.orders[seat.index()]
    }

    /// The automated seats.
    pub fn seats(&self) -> impl Iterator<Item = SeatId> + '_ {
        self.players.iter().map(|player| player.seat)
    }
}

/// A recorder that is also told when a call is over.
pub trait Witness {
    /// Where the call's rolls, facts and changes go.
    type Recorder: Recorder;

    /// Whose observations it looks at.
    const READERS: Readers = Readers::All;

    /// The recorder for the next call.
    fn recorder(&mut self) -> &mut Self::Recorder;

    /// A call is over: `orders` went in, `game` is what came out.
    fn called(&mut self, call: Call, game: &Game, orders: &[Orders]);
}

/// The witness of a sweep: it sees nothing, and costs nothing.
impl Witness for NoRecord {
    type Recorder = NoRecord;

    const READERS: Readers = Readers::Asked;

    fn recorder(&mut self) -> &mut NoRecord {
        self
    }

    fn called(&mut self, _: Call, _: &Game, _: &[Orders]) {}
}

/// A witness from a reused record and what to do with it after each call.
#[derive(Debug)]
pub struct Recording<F> {
    record: CallRecord,
    then: F,
}

impl<F: FnMut(Call, &Game, &[Orders], &CallRecord)> Recording<F> {
    /// Records every call and shows it to `then`.
    pub fn new(then: F) -> Self {
        Recording { record: CallRecord::default(), then }
    }
}

impl<F: FnMut(Call, &Game, &[Orders], &CallRecord)> Witness for Recording<F> {
    type Recorder = CallRecord;

    fn recorder(&mut self) -> &mut CallRecord {
        self.record.clear();
        &mut self.record
    }

    fn called(&mut self, call: Call, game: &Game, orders: &[Orders]) {
        (self.then)(call, game, orders, &self.record);
    }
}

/// A game that did not end within so many engine steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverBudget(pub u32);

impl fmt::Display for OverBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the game did not end within {} engine steps", self.0)
    }
}

impl std::error::Error for OverBudget {}

/// Plays a game to its end.
///
/// # Errors
/// If it does not end within [`BUDGET`] engine steps.
pub fn run<W: Witness>(game: &mut Game, table: &mut Table, witness: &mut W) -> Result<Outcome, OverBudget> {
    run_within(BUDGET, game, table, witness)
}

/// Plays a game to its end, if it ends within so many engine steps.
///
/// # Errors
/// If it does not.
pub fn run_within<W: Witness>(
    budget: u32,
    game: &mut Game,
    table: &mut Table,
    witness: &mut W,
) -> Result<Outcome, OverBudget> {
    let outcome = run_until(budget, game, table, witness, |_| false);
    game.read_by(Readers::All);
    outcome?.ok_or(OverBudget(budget))
}

/// Plays a game until a turn is to begin at which `stop` holds, and then gives nothing; or to its end.
///
/// All that follows from there lies at later minutes, so that a fork of the game shares no draw with it.
///
/// # Errors
/// If neither comes within so many engine steps.
pub fn run_until<W: Witness>(
    budget: u32,
    game: &mut Game,
    table: &mut Table,
    witness: &mut W,
    stop: impl Fn(&W) -> bool,
) -> Result<Option<Outcome>, OverBudget> {
    game.read_by(W::READERS);
    for _ in 0..budget {
        let Some(call) = Call::next(game) else { break };
        if call == Call::Open && stop(witness) {
            return Ok(None);
        }
        table.decide(game);
        call.make(game, &table.orders, witness.recorder());
        witness.called(call, game, &table.orders);
    }
    game.outcome().map(Some).ok_or(OverBudget(budget))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::bind;
    use crate::scenario::source::Source;
    use crate::scenario::{Settings, compile};
    use std::sync::Arc;

    /// The default scenario with policies by name, or the usual ones.
    fn table(policy: Option<&str>) -> (Game, Table) {
        let shipped = |name: &str| crate::storage::shipped(name).map(|s| Source::new(s.file, s.text));
        let root = shipped("august-2015").expect("the default scenario is shipped");
        let (scenario, _) = compile(root, &|name, _| shipped(name).ok_or_else(|| name.to_owned()));
        let scenario = Arc::new(scenario.expect("it compiles"));
        let named = |seat| (seat, policy.unwrap_or(usual_policy(&scenario, seat)).to_owned());
        let policies: Vec<_> = scenario.players().map(named).collect();
        let game = Game::new(bind(&scenario, &Settings::default()).expect("it binds"), 0, 0);
        let table = Table::new(&game, 0, 0, &policies).expect("the policies exist");
        (game, table)
    }

    #[test]
    fn what_is_kept_of_observations_equals_what_would_be_written_anew() {
        for (policy, readers) in [
            (Some("random"), Readers::All),
            (None, Readers::All),
            (Some("random"), Readers::Asked),
            (None, Readers::Asked),
        ] {
            let (mut game, mut table) = table(policy);
            game.read_by(readers);
            for run in 0..10 {
                game.restart(1, run);
                table.restart(&game, 1, run).expect("the policies exist");
                while let Some(call) = Call::next(&game) {
                    table.decide(&game);
                    call.make(&mut game, table.orders(), &mut NoRecord);
                    for seat in table.seats() {
                        let kept = game.observation(seat);
                        if readers == Readers::All || kept.asked != Asked::Nothing {
                            assert_eq!(*kept, game.written_anew(seat), "{policy:?}, run {run}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn an_unwatched_game_is_the_game_that_is_watched() {
        let (mut game, mut table) = table(None);
        for run in 0..50 {
            let mut play = |watched: bool| {
                game.restart(1, run);
                table.restart(&game, 1, run).expect("the policies exist");
                let outcome = if watched {
                    super::run(&mut game, &mut table, &mut Recording::new(|_, _, _, _| {}))
                } else {
                    super::run(&mut game, &mut table, &mut NoRecord)
                };
                let seen: Vec<_> = table.seats().map(|seat| game.observation(seat).clone()).collect();
                (outcome, game.digest(), seen)
            };
            assert_eq!(play(true), play(false), "run {run}");
        }
    }
}
