//! But-for: what would have come without this order, call or inject? Continuations of a game from the moment before
//! it, as it was and with something else in its place, both forked by the same salt.
//!
//! The one call in question is made with what was ordered, but for the replacement; from there on policies play every
//! seat. Both arms share all luck, so that where they do the same they stay the same, and a replacement that changes
//! nothing changes nothing at all.

mod ask;
mod instead;
mod moment;

pub use instead::Instead;
pub use moment::{Choice, Decisive, Moments, NoMoments};

use self::moment::Moment;
use super::pool::in_order;
use super::runner::{Table, Witness, run};
use crate::engine::{Change, Fact, Game, Orders, Outcome, Readers, Recorder, Roll};
use crate::trace::{ButFor, ButForRow, Call};
use crate::vocabulary::Rung;

/// How many continuations are played, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Pairs of continuations for each row.
    pub continuations: u32,
    /// Threads.
    pub threads: usize,
}

/// How a continuation came out.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Course {
    /// The highest rung of an act from the moment on.
    highest: Rung,
    outcome: Option<Outcome>,
}

/// Hears the highest rung of an act.
#[derive(Debug, Default)]
struct Highest(Rung);

impl Recorder for Highest {
    const HEARS_ROLLS: bool = false;

    fn roll(&mut self, _: &Roll) {}
    fn fact(&mut self, _: &Fact) {}
    fn change(&mut self, change: &Change) {
        if let Change::ActAt(rung) = change {
            self.0 = self.0.max(*rung);
        }
    }
}

impl Witness for Highest {
    type Recorder = Highest;

    const READERS: Readers = Readers::Asked;

    fn recorder(&mut self) -> &mut Highest {
        self
    }

    fn called(&mut self, _: Call, _: &Game, _: &[Orders]) {}
}

impl Moment {
    fn continued(&self, players: &Table, salt: u64, instead: Instead) -> Course {
        let (mut game, mut table) = (self.game.fork(salt), players.fork(salt));
        let mut orders = self.orders.clone();
        let mut highest = Highest::default();
        instead.put(self, &mut game, &mut orders);
        self.call.make(&mut game, &orders, &mut highest);
        let outcome = run(&mut game, &mut table, &mut highest).ok();
        Course { highest: highest.0, outcome }
    }
}

/// The but-for table of a game, row by row as asked. `watch` is told how many of [`games`] continuations are played,
/// and says whether to go on; nothing if it said no.
pub fn but_for(
    moments: &Moments,
    asked: &[Decisive],
    effort: Effort,
    watch: &(dyn Fn(u64) -> bool + Sync),
) -> Option<ButFor> {
    // What happened in one call shares the continuations in which all is as it was.
    let groups: Vec<&[Decisive]> = asked.chunk_by(|a, b| a.moment == b.moment).collect();
    let players: Vec<Table> =
        groups.iter().map(|of| moments.all[of[0].moment].players(moments.seed)).collect();
    let pairs = u64::from(effort.continuations);
    let per_pair = games(asked, effort) / pairs.max(1) / (groups.len() as u64).max(1);
    let pieces = groups.len() as u64 * pairs;
    let played = in_order(pieces, effort.threads, &|done| watch(done * per_pair), || {
        |piece: u64| {
            let (at, salt) = ((piece / pairs) as usize, piece % pairs + 1);
            let moment = &moments.all[groups[at][0].moment];
            let as_it_was = moment.continued(&players[at], salt, Instead::Unchanged);
            let others = groups[at].iter().map(|it| moment.continued(&players[at], salt, it.instead));
            let others: Vec<(Rung, bool)> = others.map(|other| (other.highest, other != as_it_was)).collect();
            (as_it_was.highest, others)
        }
    })?;
    let mut rows: Vec<ButForRow> = asked.iter().map(|it| moments.row(it)).collect();
    let mut first = 0;
    for (at, group) in groups.iter().enumerate() {
        for (as_it_was, others) in &played[at * pairs as usize..(at + 1) * pairs as usize] {
            for (row, (highest, differs)) in rows[first..].iter_mut().zip(others) {
                row.differ += u32::from(*differs);
                for (rung, reached) in row.reached.iter_mut().enumerate() {
                    reached.push(usize::from(as_it_was.0) >= rung, usize::from(highest.0) >= rung);
                }
            }
        }
        first += group.len();
    }
    let games = games(asked, effort);
    Some(ButFor { rule: String::new(), left_out: 0, continuations: effort.continuations, games, rows })
}

/// How many continuations a table takes.
pub fn games(asked: &[Decisive], effort: Effort) -> u64 {
    let groups = asked.chunk_by(|a, b| a.moment == b.moment).count();
    (asked.len() + groups) as u64 * u64::from(effort.continuations)
}

/// The but-for table of all that was decisive in a finished game.
pub fn of_game(
    moments: &Moments,
    game: &Game,
    choice: &Choice,
    effort: Effort,
    watch: &(dyn Fn(u64) -> bool + Sync),
) -> Option<ButFor> {
    let (asked, left_out) = moments.decisive(game, choice);
    let mut table = but_for(moments, &asked, effort, watch)?;
    table.rule = choice.words(game.rules().scenario(), game);
    table.left_out = left_out as u32;
    Some(table)
}

impl Moments {
    /// How the game would have come out under its own luck, all as it was, if policies had played on from a moment:
    /// where only policies play, as it did.
    pub fn own_luck(&self, it: &Decisive) -> Option<Outcome> {
        let moment = &self.all[it.moment];
        moment.continued(&moment.players(self.seed), 0, Instead::Unchanged).outcome
    }

    /// A row of the table before anything is counted.
    fn row(&self, it: &Decisive) -> ButForRow {
        let moment = &self.all[it.moment];
        let (what, instead) = it.instead.words(moment, moment.game.rules().scenario());
        ButForRow { turn: it.turn, minute: it.minute, what, instead, ..ButForRow::default() }
    }
}
