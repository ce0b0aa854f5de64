//! One step of a mechanic: it reads the state as it stands, rolls, and emits facts with their changes.

use super::dice::{Draws, SiteId, StepDice};
use super::event::{Change, Counter, Fact, Purpose, Recorder, Roll};
use super::mechanics::cases;
use super::observation::{LineState, SeenRoll};
use super::program::{Counter as Gauge, Outcome, Program, Reads, Registers};
use super::rules::Rules;
use super::state::observe::Scratch;
use super::state::{MAX_SEATS, State};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, Chance, ChannelId, DAY, Id, IncidentId, InjectId, Minute, Ppm, SeatId, TOP_RUNG,
};

/// A fact with its time and, where one roll decided it, that roll.
#[derive(Clone, Copy, Debug)]
pub(super) struct Happened {
    pub minute: Minute,
    pub fact: Fact,
    pub roll: Option<SeenRoll>,
}

/// Reused buffers of one game.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffers {
    /// What happened since the last observations.
    pub news: Vec<Happened>,
    /// Changes of the step in hand.
    pub changes: Vec<Change>,
    /// Incidents that effects caused, to be worked off after the step.
    pub incidents: Vec<IncidentId>,
    /// Continuing acts that effects ended, whose own ends are still to be run.
    pub stopped: Vec<(SeatId, ActionId)>,
    /// Working memory of observations.
    pub scratch: Scratch,
    pub registers: Registers,
}

/// A mechanic's view of the game.
pub(super) struct Step<'a, R> {
    pub rules: &'a Rules,
    pub state: &'a State,
    pub dice: StepDice,
    pub out: &'a mut Buffers,
    pub record: &'a mut R,
}

impl<R: Recorder> Step<'_, R> {
    /// Rolls a chance and records it.
    pub fn chance(&mut self, purpose: Purpose, site: SiteId, index: u32, chance: Chance) -> bool {
        if chance == Chance::NEVER {
            return false;
        }
        let came = self.dice.chance(site, index, chance);
        self.record.roll(&Roll { purpose, site, index, chance: ppm(chance), result: i32::from(came) });
        came
    }

    /// Picks among weights and records it.
    pub fn pick(&mut self, purpose: Purpose, site: SiteId, index: u32, weights: &[u32]) -> usize {
        let picked = self.dice.pick(site, index, weights);
        self.record.roll(&Roll { purpose, site, index, chance: 0, result: picked as i32 });
        picked
    }

    /// Draws from a table of quantiles and records it.
    pub fn quantile(&mut self, purpose: Purpose, site: SiteId, index: u32, table: &[i32]) -> i32 {
        let drawn = self.dice.table(site, index, table);
        self.record.roll(&Roll { purpose, site, index, chance: 0, result: drawn });
        drawn
    }

    /// States a fact.
    pub fn fact(&mut self, fact: Fact) {
        self.happened(fact, None);
    }

    /// States a fact that one roll decided, for those who may see it.
    pub fn rolled(&mut self, fact: Fact, chance: Chance, came: bool) {
        let percent = ((chance.as_per_mille() + 5) / 10) as u8;
        self.happened(fact, Some(SeenRoll { percent, came }));
    }

    fn happened(&mut self, fact: Fact, roll: Option<SeenRoll>) {
        self.record.fact(&fact);
        self.out.news.push(Happened { minute: self.state.minute, fact, roll });
    }

    /// Emits a change.
    pub fn change(&mut self, change: Change) {
        self.out.changes.push(change);
    }

    /// Counts for the outcome.
    pub fn count(&mut self, counter: Counter) {
        self.change(Change::Count(counter, 1));
    }

    /// Runs a program on the truth and turns what it finds into changes.
    pub fn run(&mut self, program: &Program, cause: SeatId) {
        let instance = self.rules.luck.seats[cause.index()];
        let dice = self.dice.within(instance);
        self.run_with(program, &dice, Some(cause));
    }

    /// Runs rules that belong to nobody.
    pub fn run_rules(&mut self, program: &Program) {
        let dice = self.dice;
        self.run_with(program, &dice, None);
    }

    /// Runs a program, and then what ends with each continuing act that it stopped.
    fn run_with(&mut self, program: &Program, dice: &StepDice, actor: Option<SeatId>) {
        self.run_alone(program, dice, actor);
        let rules = self.rules;
        while let Some((seat, action)) = self.out.stopped.pop() {
            if let Some(program) = &rules.programs.on_stop[action.index()] {
                let dice = self.dice.within(rules.luck.seats[seat.index()]);
                self.run_alone(program, &dice, Some(seat));
            }
        }
    }

    fn run_alone(&mut self, program: &Program, dice: &StepDice, actor: Option<SeatId>) {
        let Step { rules, state, out, record, .. } = self;
        let Buffers { news, changes, incidents, stopped, registers, scratch: _ } = &mut **out;
        let reads = Truth { rules, state };
        let mut found =
            Found { rules, state, program, actor, changes, news, incidents, stopped, record: &mut **record };
        let tell = |outcome| found.take(outcome);
        // Chances of what was rolled cost time to work out; nobody asks for them in a sweep.
        if R::HEARS_ROLLS {
            program.run::<true>(&reads, dice, registers, tell);
        } else {
            program.run::<false>(&reads, dice, registers, tell);
        }
    }

    /// A number for a new stimulus or scheduled act, unique within the step's changes. No seat sees it.
    pub fn number(&self) -> u16 {
        let issued =
            self.out.changes.iter().filter(|c| matches!(c, Change::Stimulus(_) | Change::Schedule(_)));
        self.state.next_number.wrapping_add(issued.count() as u16)
    }

    /// A number for a new case. Cases are counted alone: whoever is told of them learns nothing of hidden orders.
    pub fn case_number(&self) -> u16 {
        let issued = self.out.changes.iter().filter(|c| matches!(c, Change::Case(_)));
        self.state.next_case.wrapping_add(issued.count() as u16)
    }

    /// The number of the one proposal that a seat can make in a turn: it tells its parties nothing of other proposals.
    pub fn proposal_number(&self, from: SeatId) -> u16 {
        self.state.turn.wrapping_mul(MAX_SEATS as u16).wrapping_add(from.index() as u16)
    }
}

/// What turns the findings of a program into changes and facts.
struct Found<'a, R> {
    rules: &'a Rules,
    state: &'a State,
    program: &'a Program,
    /// Whose act it is.
    actor: Option<SeatId>,
    changes: &'a mut Vec<Change>,
    news: &'a mut Vec<Happened>,
    incidents: &'a mut Vec<IncidentId>,
    stopped: &'a mut Vec<(SeatId, ActionId)>,
    record: &'a mut R,
}

impl<R: Recorder> Found<'_, R> {
    #[inline]
    fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Level { track, before, after } => {
                self.changes.push(Change::Level(track, after - before));
            }
            _ => self.take_other(outcome),
        }
    }

    #[inline(never)]
    fn take_other(&mut self, outcome: Outcome) {
        let Found { rules, state, .. } = *self;
        match outcome {
            Outcome::Level { .. } => {}
            Outcome::Accord(accord, status) => {
                self.changes.push(Change::Accord(accord, status));
                self.fact(Fact::Accord { accord, status });
            }
            Outcome::Channel(channel, politics) => {
                self.changes.push(Change::Political(channel, politics));
                let changed = state.lines[channel.index()].politics != politics;
                let seen = LineState::announced(politics).filter(|_| changed);
                let members = rules.bound.channels[channel.index()].members.iter();
                self.changes.extend(members.filter_map(|m| Some(Change::LineSeen(channel, *m, seen?))));
                let working = state.lines[channel.index()].working;
                self.fact(Fact::Line { channel, politics, working, by: None });
            }
            Outcome::Stop(action) => {
                for ongoing in state.ongoing.iter().filter(|o| o.action == action) {
                    let end = Change::Stop(ongoing.seat, action);
                    if self.changes.contains(&end) {
                        continue;
                    }
                    self.changes.push(end);
                    self.stopped.push((ongoing.seat, action));
                    self.fact(Fact::Stopped { by: ongoing.seat, action });
                }
            }
            Outcome::Investigate => cases::investigate(rules, state, self.changes),
            Outcome::Contest => {
                for case in self.actor.into_iter().flat_map(|by| cases::contested(state, by)) {
                    cases::contest(rules, case, self.changes);
                    self.fact(Fact::Contested { case: case.number, by: case.author });
                }
            }
            Outcome::Incident(incident) => self.incidents.push(incident),
            Outcome::Mature(body, by) => self.changes.push(Change::Maturity(body, by)),
            Outcome::Rolled { draw, chance, came } => self.roll(draw, ppm(chance), i32::from(came)),
            Outcome::Picked { draw, option, .. } => self.roll(draw, 0, i32::from(option)),
        }
    }

    fn fact(&mut self, fact: Fact) {
        self.record.fact(&fact);
        self.news.push(Happened { minute: self.state.minute, fact, roll: None });
    }

    fn roll(&mut self, draw: u16, chance: Ppm, result: i32) {
        let site = self.program.draws()[usize::from(draw)].site;
        self.record.roll(&Roll { purpose: Purpose::Rule, site, index: 0, chance, result });
    }
}

/// A chance in parts per million, for records.
pub(super) fn ppm(chance: Chance) -> Ppm {
    ((u128::from(chance.parts()) * 1_000_000 + (1 << 31)) >> 32) as Ppm
}

/// The true world, as programs read it.
pub(super) struct Truth<'a> {
    pub rules: &'a Rules,
    pub state: &'a State,
}

impl Reads for Truth<'_> {
    fn levels(&self) -> &[i32] {
        &self.state.levels
    }

    fn count(&self, counter: Gauge) -> i64 {
        let state = self.state;
        match counter {
            Gauge::Day => i64::from(state.minute / DAY),
            Gauge::Hour => i64::from(state.minute / 60),
            Gauge::Minute => i64::from(state.minute),
            Gauge::Turn => i64::from(state.turn),
            Gauge::StandingRung => i64::from(state.standing_rung(&self.rules.bound).0),
            Gauge::PeakRung => i64::from(state.peak.0),
            Gauge::DeathsOf(seat) => i64::from(state.deaths[seat.index()]),
            Gauge::CivilianDeaths => i64::from(state.civilians),
            Gauge::QuietHours => i64::from((state.minute - state.quiet_since) / 60),
            Gauge::Faded => i64::from(state.faded),
            Gauge::Settled => i64::from(state.settled),
            Gauge::OpenDeadlines => state.open_deadlines() as i64,
            Gauge::TalksRounds => state.talks.map_or(0, |talks| i64::from(talks.rounds)),
            Gauge::ActsAtLeast(rung) => {
                state.acts_at[usize::from(rung.min(TOP_RUNG))..].iter().map(|n| i64::from(*n)).sum()
            }
            Gauge::MaturityOf(body) => i64::from(state.bodies[body.index()].maturity),
        }
    }

    fn in_force(&self, accord: AccordId) -> bool {
        self.state.accords[accord.index()] == AccordStatus::InForce
    }

    fn on(&self, action: ActionId) -> bool {
        self.state.ongoing.iter().any(|o| o.action == action)
    }

    fn fired(&self, inject: InjectId) -> bool {
        self.state.injects[inject.index()] == super::state::InjectStatus::Fired
    }

    fn open(&self, channel: ChannelId) -> bool {
        self.state.lines[channel.index()].politics == Politics::Open
    }
}
