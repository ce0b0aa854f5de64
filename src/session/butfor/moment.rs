//! Moments of a game from which it can be played on, and what in it was decisive.

use super::instead::Instead;
use crate::engine::{CallResult, Cause, Fact, FlashOrder, Game, Orders, Phase, ReplyRule};
use crate::scenario::Scenario;
use crate::session::runner::{NoSuchPolicy, Table, usual_policy};
use crate::trace::{Call, CallRecord, Divergence, Entry, PERSON, Replay, TraceFile, Wording};
use crate::vocabulary::{ActionId, ChannelId, Id, InjectId, Minute, Rung, SeatId};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A game as it stood before one of its calls, and what was ordered for it.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) game: Game,
    /// The automated seats after they have decided for this call.
    pub(super) table: Table,
    pub(super) call: Call,
    pub(super) orders: Vec<Orders>,
    turn: u16,
}

/// Something that happened and could have been otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decisive {
    /// The moment before it, by its place.
    pub(super) moment: usize,
    /// In which turn, counted from 1.
    pub turn: u16,
    /// When.
    pub minute: Minute,
    /// What takes its place.
    pub instead: Instead,
}

/// All moments of a game, call by call.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    pub(super) seed: u64,
    /// Shared, so that a copy of a session's course costs little.
    pub(super) all: Vec<Arc<Moment>>,
    /// What could count, each with its rung if it is an order to act.
    decisive: Vec<(Option<Rung>, Decisive)>,
    /// All calls that nobody answered, those after the first in a row as well.
    pub(super) unanswered: Vec<Decisive>,
    /// Orders to act of which nothing has come yet.
    ordered: Vec<Ordered>,
    /// Calls that ring out and have not got through since.
    silent: BTreeSet<(ChannelId, SeatId, SeatId)>,
}

/// An order to act that is neither carried out nor given up.
#[derive(Clone, Copy, Debug)]
struct Ordered {
    seat: SeatId,
    action: ActionId,
    it: Decisive,
}

/// How a table of decisive things is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The lowest rung of an ordered act that counts; the scenario's hot rung, or the highest act of the game where
    /// that is lower, unless given.
    pub from: Option<Rung>,
    /// The most rows.
    pub most: usize,
}

impl Default for Choice {
    fn default() -> Self {
        Choice { from: None, most: 24 }
    }
}

impl Choice {
    /// The lowest rung of an ordered act that counts.
    pub fn lowest(&self, game: &Game) -> Rung {
        let hot = Rung(game.rules().bound.model.hot_rung.clamp(0, 13) as u8);
        let peak = game.outcome().map_or(hot, |outcome| outcome.peak);
        self.from.unwrap_or(hot.min(peak))
    }

    /// The rule in words.
    pub fn words(&self, scenario: &Scenario, game: &Game) -> String {
        format!(
            "Every order to act at rung {} or above that was carried out (instead: hold), every order to answer fire \
             with fire (instead: hold fire), the first of the calls in a row that nobody answered (instead: answered), \
             and every inject that fired (instead: taken out).",
            Wording::new(scenario).rung(self.lowest(game))
        )
    }
}

/// Why a record cannot be taken up at its moments.
#[derive(Debug)]
pub enum NoMoments {
    /// Playing it again gives something else.
    Diverged(Divergence),
    /// A seat has no such policy.
    Policy(NoSuchPolicy),
}

impl fmt::Display for NoMoments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoMoments::Diverged(why) => write!(f, "{why}"),
            NoMoments::Policy(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for NoMoments {}

impl Moments {
    /// Of a game of this seed, before its first call.
    pub fn new(seed: u64) -> Moments {
        Moments { seed, ..Moments::default() }
    }

    /// Of a recorded game, with the game at its end; `told` hears every line.
    ///
    /// # Errors
    /// If it cannot be played again.
    pub fn of(
        file: &TraceFile,
        mut replay: Replay<'_>,
        mut told: impl FnMut(&Entry<'_>, &CallRecord, &Game),
    ) -> Result<(Moments, Game), NoMoments> {
        let scenario = Arc::clone(replay.game().rules().scenario());
        let automated = file.header.players.iter().filter(|player| player.by != PERSON);
        let named: Vec<(SeatId, String)> =
            automated.filter_map(|player| Some((scenario.seat(&player.seat)?, player.by.clone()))).collect();
        let table = Table::new(replay.game(), file.header.seed, file.header.run, &named);
        let mut table = table.map_err(NoMoments::Policy)?;
        let mut moments = Moments::new(file.header.seed);
        loop {
            let before = replay.game().clone();
            let Some(entry) = replay.entry().map_err(NoMoments::Diverged)? else {
                return Ok((moments, before));
            };
            match entry {
                Entry::Call(call) => {
                    table.decide(&before);
                    moments.before(call, &before, &table, replay.orders());
                    moments.after(replay.record());
                }
                Entry::Control(_) => {}
                Entry::Seat(seating) => {
                    if let Some(seat) = scenario.seat(&seating.seat) {
                        let policy = (seating.by != PERSON).then_some(seating.by.as_str());
                        let sits = table.sit(&before, file.header.seed, seat, policy);
                        sits.map_err(NoMoments::Policy)?;
                    }
                }
                Entry::Fork(fork) => table = table.fork(fork.salt),
                Entry::Sealed(_) | Entry::Talk(_) | Entry::Note(_) | Entry::End => {}
            }
            told(&entry, replay.record(), replay.game());
        }
    }

    /// A call is about to be made with these orders.
    pub fn before(&mut self, call: Call, game: &Game, table: &Table, orders: &[Orders]) {
        let (game, table, orders) = (game.clone(), table.clone(), orders.to_vec());
        self.all.push(Arc::new(Moment { game, table, call, orders, turn: 0 }));
    }

    /// The call has been made, and told this.
    pub fn after(&mut self, record: &CallRecord) {
        let Some(at) = self.all.len().checked_sub(1) else { return };
        let moment = Arc::make_mut(&mut self.all[at]);
        moment.turn = record.in_turn();
        let Moment { game, orders, turn, .. } = &*moment;
        let (turn, start, phase) = (*turn, game.minute(), game.phase());
        let mut found = Vec::new();
        let decisive = |minute: Minute, instead: Instead| Decisive { moment: at, turn, minute, instead };
        for (s, order) in orders.iter().enumerate() {
            match (phase, order.act, order.flash) {
                (Phase::Orders, Some(act), _) => {
                    let seat = SeatId::new(s);
                    let it = decisive(start, Instead::Hold(seat));
                    self.ordered.push(Ordered { seat, action: act.action, it });
                }
                (Phase::Flash, _, Some(FlashOrder::Reply(rule))) if rule != ReplyRule::Hold => {
                    found.push((None, decisive(start, Instead::HoldFire(SeatId::new(s)))));
                }
                _ => {}
            }
        }
        let mut done = Vec::new();
        for timed in record.facts() {
            match timed.fact {
                // What was ordered and never happened could not have been otherwise.
                Fact::Act { by, action, cause: Cause::Ordered } => done.extend(self.heard_of(by, action)),
                Fact::Failed { by, action, .. }
                | Fact::Countermanded { by, action }
                | Fact::NotGone { by, action } => drop(self.heard_of(by, action)),
                Fact::Inject(inject) => {
                    found.push((None, decisive(timed.minute, Instead::Without(inject))));
                }
                Fact::Call { channel, from, to, result, .. } if phase == Phase::Answers => {
                    let line = (channel, from, to);
                    if matches!(result, CallResult::Answered(_)) {
                        self.silent.remove(&line);
                        continue;
                    }
                    let answered = decisive(timed.minute, Instead::Answered { channel, from, to });
                    self.unanswered.push(answered);
                    if self.silent.insert(line) {
                        found.push((None, answered));
                    }
                }
                _ => {}
            }
        }
        done.sort_by_key(|order: &Ordered| order.seat);
        let bound = &self.all[at].game.rules().bound;
        let done = done.into_iter().map(|order| (Some(bound.actions[order.action.index()].rung), order.it));
        self.decisive.extend(done.chain(found));
    }

    /// The order of which something has come, if it was one.
    fn heard_of(&mut self, seat: SeatId, action: ActionId) -> Option<Ordered> {
        let at = self.ordered.iter().position(|order| (order.seat, order.action) == (seat, action))?;
        Some(self.ordered.remove(at))
    }

    /// What was decisive, in order of time, and how much of it does not fit.
    pub fn decisive(&self, game: &Game, choice: &Choice) -> (Vec<Decisive>, usize) {
        let lowest = choice.lowest(game);
        let mut all: Vec<_> =
            self.decisive.iter().filter(|(rung, _)| rung.is_none_or(|rung| rung >= lowest)).collect();
        let left_out = all.len().saturating_sub(choice.most);
        all.sort_by_key(|(rung, it)| (rung.map(Reverse), it.moment));
        all.truncate(choice.most);
        all.sort_by_key(|(_, it)| it.moment);
        (all.into_iter().map(|(_, it)| *it).collect(), left_out)
    }

    /// The places of a turn's calls.
    pub(super) fn of_turn(&self, turn: u16) -> impl Iterator<Item = (usize, &Moment)> {
        let all = self.all.iter().map(Arc::as_ref).enumerate();
        all.filter(move |(_, moment)| moment.turn == turn)
    }

    /// The turn in which an inject fired, if it did.
    pub(super) fn fired(&self, inject: InjectId) -> Option<u16> {
        let fired = self.decisive.iter().find(|(_, it)| it.instead == Instead::Without(inject));
        fired.map(|(_, it)| it.turn)
    }

    /// How many turns there were.
    pub fn turns(&self) -> u16 {
        self.all.last().map_or(0, |moment| moment.turn)
    }
}

impl Moment {
    /// Who plays on from here: automated seats as they are, and the usual policy in the place of every person.
    pub(super) fn players(&self, seed: u64) -> Table {
        let mut table = self.table.clone();
        let scenario = self.game.rules().scenario();
        for seat in scenario.players() {
            if table.seats().all(|taken| taken != seat) {
                let usual = usual_policy(scenario, seat);
                // A scenario that binds names policies that exist.
                let _ = table.take_seat(&self.game, seed, seat, usual);
            }
        }
        table
    }
}
