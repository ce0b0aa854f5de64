//! Game C1 read from its file and played by the engine's program alone.

use offramp::engine::dice::{Domain, Draws, RootKey, SiteId};
use offramp::engine::program::{Counter, Guard, Numbers, Outcome, Program, Reads, Registers};
use offramp::vocabulary::words::{Condition, Expr, Statement};
use offramp::vocabulary::{AccordId, ActionId, ChannelId, Id, InjectId, Ref};
use serde::Deserialize;

const MINUTES_PER_TURN: i32 = 60 * 24;

#[derive(Deserialize)]
struct Document {
    turns: u32,
    tracks: Vec<Track>,
    tables: Vec<Table>,
    rules: Vec<Rule>,
    endings: Vec<Named>,
    classes: Vec<Named>,
}

#[derive(Deserialize)]
struct Track {
    name: String,
    min: i32,
    max: i32,
    start: i32,
}

#[derive(Deserialize)]
struct Table {
    name: String,
    values: Vec<i32>,
}

#[derive(Deserialize)]
struct Rule {
    name: String,
    does: Vec<Statement>,
}

#[derive(Deserialize)]
struct Named {
    when: Condition,
}

/// Gives every reference its id.
struct Names {
    tracks: Vec<String>,
    tables: Vec<String>,
}

impl Names {
    fn look_up<I: Id>(known: &[String], name: &mut Ref<I>) {
        let position = known.iter().position(|known| known == name.name());
        name.resolve(I::new(position.unwrap_or_else(|| panic!("nothing is named {}", name.name()))));
    }

    fn statements(&self, statements: &mut [Statement]) {
        for statement in statements {
            match statement {
                Statement::Let(_, expr) | Statement::Roll(_, expr) => self.expr(expr),
                Statement::Set(track, expr) | Statement::Shift(track, expr) => {
                    Self::look_up(&self.tracks, track);
                    self.expr(expr);
                }
                Statement::When { that, then, otherwise } => {
                    self.condition(that);
                    self.statements(then);
                    self.statements(otherwise);
                }
                Statement::Pick(_, weights) => weights.iter_mut().for_each(|weight| self.expr(weight)),
                other => panic!("C1 has no {other:?}"),
            }
        }
    }

    fn condition(&self, condition: &mut Condition) {
        match condition {
            Condition::Compare(a, _, b) => [a, b].into_iter().for_each(|side| self.expr(side)),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter_mut().for_each(|part| self.condition(part));
            }
            Condition::Not(part) => self.condition(part),
            other => panic!("C1 has no {other:?}"),
        }
    }

    fn expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Const(_) | Expr::Local(_) => {}
            Expr::Level(track) | Expr::Before(track) => Self::look_up(&self.tracks, track),
            Expr::Add(parts) | Expr::Mul(parts) | Expr::Min(parts) | Expr::Max(parts) => {
                parts.iter_mut().for_each(|part| self.expr(part));
            }
            Expr::Sub(a, b) | Expr::DivFloor(a, b) => [a, b].into_iter().for_each(|part| self.expr(part)),
            Expr::Clamp(a, b, c) => [a, b, c].into_iter().for_each(|part| self.expr(part)),
            Expr::Lookup(table, index) => {
                Self::look_up(&self.tables, table);
                self.expr(index);
            }
            other => panic!("C1 has no {other:?}"),
        }
    }
}

/// The levels, and nothing else: C1 has no accords, acts, injects or channels.
struct Levels(Vec<i32>);

impl Reads for Levels {
    fn levels(&self) -> &[i32] {
        &self.0
    }
    fn count(&self, _: Counter) -> i64 {
        0
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
    /// The last class that holds at the end: 0 settled to 3 nuclear.
    pub class: usize,
    /// The highest rung.
    pub peak: i32,
    /// Turns played.
    pub turns: u32,
    /// Tension at the end.
    pub tension: i32,
}

/// C1, lowered, with the buffers that its runs share.
pub struct Game {
    pub program: Program,
    turns: u32,
    start: Vec<i32>,
    endings: Vec<Guard>,
    classes: Vec<Guard>,
    peak: usize,
    tension: usize,
    levels: Levels,
    registers: Registers,
    changes: Vec<(usize, i32)>,
}

impl Game {
    /// Reads and lowers `c1.ron`.
    pub fn new() -> Self {
        let mut document: Document = ron::from_str(include_str!("c1.ron")).expect("c1.ron reads");
        let names = Names {
            tracks: document.tracks.iter().map(|track| track.name.clone()).collect(),
            tables: document.tables.iter().map(|table| table.name.clone()).collect(),
        };
        document.rules.iter_mut().for_each(|rule| names.statements(&mut rule.does));
        let ranges: Vec<(i32, i32)> = document.tracks.iter().map(|track| (track.min, track.max)).collect();
        let tables: Vec<Vec<i32>> = document.tables.iter().map(|table| table.values.clone()).collect();
        let numbers = Numbers { ranges: &ranges, tables: &tables, params: &[] };
        let rules: Vec<(SiteId, &[Statement])> =
            document.rules.iter().map(|rule| (SiteId::new("rule", "", &rule.name), &rule.does[..])).collect();
        let program = Program::lower(&rules, &numbers).expect("the rules are sound");
        let guards = |conditions: &mut [Named]| -> Vec<Guard> {
            let lower = |named: &mut Named| {
                names.condition(&mut named.when);
                Guard::lower(&named.when, &numbers).expect("the conditions are sound")
            };
            conditions.iter_mut().map(lower).collect()
        };
        let (endings, classes) = (guards(&mut document.endings), guards(&mut document.classes));
        let place =
            |name: &str| names.tracks.iter().position(|known| known == name).expect("C1 has this track");
        let start: Vec<i32> = document.tracks.iter().map(|track| track.start).collect();
        Game {
            program,
            turns: document.turns,
            endings,
            classes,
            peak: place("peak"),
            tension: place("tension"),
            levels: Levels(start.clone()),
            start,
            registers: Registers::default(),
            changes: Vec::new(),
        }
    }

    /// Plays one run by the engine's own dice.
    pub fn play(&mut self, root: &RootKey, run: u64) -> Course {
        self.play_with(|turn| root.at(run, turn as i32 * MINUTES_PER_TURN))
    }

    /// Plays one run by the dice that `dice` gives for each turn.
    pub fn play_with<D: Draws>(&mut self, dice: impl Fn(u32) -> D) -> Course {
        self.levels.0.copy_from_slice(&self.start);
        let mut turn = 0;
        while turn < self.turns {
            let Game { program, levels, registers, changes, .. } = self;
            changes.clear();
            program.run::<false>(levels, &dice(turn), registers, |outcome| {
                if let Outcome::Level { track, after, .. } = outcome {
                    changes.push((track.index(), after));
                }
            });
            for &(track, after) in &self.changes {
                self.levels.0[track] = after;
            }
            turn += 1;
            let Game { endings, levels, registers, .. } = self;
            if endings.iter().any(|ending| ending.holds(levels, registers)) {
                break;
            }
        }
        let Game { classes, levels, registers, .. } = self;
        let class =
            classes.iter().rposition(|class| class.holds(levels, registers)).expect("settled always holds");
        let levels = &self.levels.0;
        Course { class, peak: levels[self.peak], turns: turn, tension: levels[self.tension] }
    }

    /// The luck of adjudication for a seed.
    pub fn luck(seed: u64) -> RootKey {
        RootKey::new(seed, Domain::Adjudication)
    }
}
