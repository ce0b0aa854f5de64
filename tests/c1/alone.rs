//! C1's program played alone, with dice of another kind than the engine's.

use crate::scenario::scenario;
use offramp::engine::dice::{Draws, SiteId};
use offramp::engine::program::{Counter, Numbers, Outcome, Program, Reads, Registers};
use offramp::vocabulary::words::Statement;
use offramp::vocabulary::{AccordId, ActionId, ChannelId, Id, InjectId};

/// The levels and the turn: C1 reads nothing else.
struct World {
    levels: Vec<i32>,
    turn: u32,
}

impl Reads for World {
    fn levels(&self) -> &[i32] {
        &self.levels
    }
    fn count(&self, counter: Counter) -> i64 {
        if counter == Counter::Turn { i64::from(self.turn) } else { 0 }
    }
    fn in_force(&self, _: AccordId) -> bool {
        false
    }
    fn on(&self, _: ActionId) -> bool {
        false
    }
    fn fired(&self, _: InjectId) -> bool {
        false
    }
    fn open(&self, _: ChannelId) -> bool {
        false
    }
}

/// How a run went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// What it counts as: 0 settled to 3 nuclear.
    pub class: usize,
    /// The highest rung.
    pub peak: i32,
    /// Turns played.
    pub turns: u32,
    /// Tension at the end.
    pub tension: i32,
}

/// C1's program, played with the dice that a test gives.
pub struct Alone {
    /// The program.
    pub program: Program,
    start: Vec<i32>,
    places: [usize; 3],
    world: World,
}

impl Alone {
    /// Lowers the rules of `c1.ron`.
    pub fn new() -> Self {
        let document = scenario().document;
        let ranges: Vec<(i32, i32)> = document.tracks.iter().map(|track| (track.min, track.max)).collect();
        let tables: Vec<Vec<i32>> = document.tables.iter().map(|table| table.values.clone()).collect();
        let numbers = Numbers { ranges: &ranges, tables: &tables, params: &[] };
        let rules: Vec<(SiteId, &[Statement])> =
            document.rules.iter().map(|rule| (SiteId::new("rule", "", &rule.name), &rule.does[..])).collect();
        let place =
            |name: &str| document.tracks.iter().position(|t| t.name == name).expect("C1 has this track");
        let start: Vec<i32> = document.tracks.iter().map(|track| track.start).collect();
        Alone {
            program: Program::lower(&rules, &numbers).expect("the rules are sound"),
            places: ["verdict", "peak", "tension"].map(place),
            world: World { levels: start.clone(), turn: 0 },
            start,
        }
    }

    /// Plays one run by the dice that `dice` gives for each turn.
    pub fn play<D: Draws>(&mut self, dice: impl Fn(u32) -> D) -> Course {
        let Alone { program, start, places, world } = self;
        let [verdict, peak, tension] = *places;
        world.levels.copy_from_slice(start);
        world.turn = 0;
        let mut registers = Registers::default();
        while world.levels[verdict] == 0 {
            let mut after = Vec::new();
            program.run::<false>(&*world, &dice(world.turn), &mut registers, |outcome| {
                if let Outcome::Level { track, after: level, .. } = outcome {
                    after.push((track, level));
                }
            });
            for (track, level) in after {
                world.levels[track.index()] = level;
            }
            world.turn += 1;
        }
        let levels = &world.levels;
        let class = levels[verdict] as usize - 1;
        Course { class, peak: levels[peak], turns: world.turn, tension: levels[tension] }
    }
}
