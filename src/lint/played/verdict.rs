//! What counts over many games say about a scenario.

use super::Played;
use super::tally::Count;
use crate::engine::Rules;
use crate::lint::fixed::{At, waiting_for_settings};
use crate::lint::limits::Limits;
use crate::lint::notes::{Note, Notes};
use crate::scenario::Scenario;
use crate::scenario::diagnostics::Code;
use crate::scenario::section::Schedule;
use crate::vocabulary::{DAY, Id};

/// Fewer acts of a seat say nothing about what it prefers.
const FEWEST_ACTS: u64 = 20;

impl Played {
    /// Notes what is odd. `argument` is what the scenario is called on the command line.
    pub(in crate::lint) fn weigh(
        &self,
        rules: &Rules,
        argument: &str,
        limits: &Limits,
        notes: &mut Notes<'_>,
    ) {
        let weighing = Weighing { played: self, scenario: rules.scenario(), argument };
        weighing.injects(rules, notes);
        weighing.actions(limits, notes);
        weighing.endings(limits, notes);
        weighing.seats(limits, notes);
        weighing.length(rules, limits, notes);
    }
}

struct Weighing<'a> {
    played: &'a Played,
    scenario: &'a Scenario,
    argument: &'a str,
}

impl Weighing<'_> {
    /// The command that plays a run again.
    fn command(&self, run: u64) -> String {
        let Played { effort, spread, .. } = self.played;
        let seed = effort.seed.wrapping_add(run);
        format!("offramp run {} --seed {seed}{}", self.argument, spread.options(self.scenario, run))
    }

    /// A finding with the first game that shows it; any game shows what never was.
    fn note(&self, code: Code, message: String, count: Count) -> Note {
        Note::new(code, message).shown_by(self.command(count.first.unwrap_or(0)))
    }

    /// `none of 1000 games`, with what that says of its chance.
    fn none(&self) -> String {
        let games = self.played.tally.games;
        match games / 3 {
            0 | 1 => format!("none of {games} games"),
            // Had it a higher chance, so many games without it would be one case in twenty.
            odds => format!("none of {games} games, so most likely in fewer than one in {odds}"),
        }
    }

    fn injects(&self, rules: &Rules, notes: &mut Notes<'_>) {
        let waiting = waiting_for_settings(&rules.bound);
        for (i, (inject, fired)) in
            self.scenario.document.injects.iter().zip(&self.played.tally.fired).enumerate()
        {
            let by_itself = !matches!(inject.when, Schedule::OnCall) && !waiting[i];
            if fired.times == 0 && by_itself && notes.covers("injects", i) {
                let message = format!("the inject `{}` fired in {}", inject.name, self.none());
                let expected = "an earlier time, a condition that comes about, or `OnCall`";
                let note = self.note(Code::NeverFires, message, *fired).expected(expected);
                notes.note(&At::new("injects", i, "when"), note);
            }
        }
    }

    fn actions(&self, limits: &Limits, notes: &mut Notes<'_>) {
        let actions = self.scenario.document.actions.iter().zip(&self.played.tally.taken);
        for (a, (action, taken)) in actions.enumerate() {
            let at = At::new("actions", a, "name");
            // Who writes a rate of nothing says that only people, or those who answer fire, take it.
            let for_people = || action.initiative.per_minute() == 0.0 && notes.writes(&at.path("initiative"));
            let meant = !action.seats.is_empty() && u32::from(action.rung) < limits.rare_rung;
            if taken.times == 0 && meant && notes.covers("actions", a) && !for_people() {
                let message = format!("the action `{}` was taken in {}", action.name, self.none());
                let expected = "a rate of `initiative` at which it comes about, or \
                                `initiative: PerDay(0.0)` if only people are to take it";
                let note = self.note(Code::NeverTaken, message, *taken).expected(expected);
                notes.note(&at, note);
            }
        }
    }

    fn endings(&self, limits: &Limits, notes: &mut Notes<'_>) {
        let tally = &self.played.tally;
        for (e, (ending, ended)) in self.scenario.document.endings.iter().zip(&tally.ended).enumerate() {
            if ended.times == 0 && !ending.rare {
                let message = format!("the ending `{}` came in {}", ending.name, self.none());
                let expected = "`rare: true` if that is meant, or a condition that comes about";
                let note = self.note(Code::EndingAbsent, message, *ended).expected(expected);
                notes.note(&At::new("endings", e, "when"), note);
            }
            if ended.percent_of(tally.games) >= u64::from(limits.certain) {
                let message =
                    format!("the ending `{}` came in {} of {} games", ending.name, ended.times, tally.games);
                let expected = format!("fewer than {}%, so that what is decided matters", limits.certain);
                let note = self.note(Code::EndingCertain, message, *ended).expected(expected);
                notes.note(&At::new("endings", e, "when"), note);
            }
        }
    }

    fn seats(&self, limits: &Limits, notes: &mut Notes<'_>) {
        let (document, tally) = (&self.scenario.document, &self.played.tally);
        for seat in self.scenario.players() {
            let (s, name) = (seat.index(), &document.seats[seat.index()].name);
            let acts: u64 = tally.ordered[s].iter().map(|count| count.times).sum();
            for (a, count) in tally.ordered[s].iter().enumerate() {
                if acts >= FEWEST_ACTS && count.percent_of(acts) >= u64::from(limits.dominant) {
                    let action = &document.actions[a].name;
                    let message =
                        format!("`{action}` is {} of the {acts} acts that `{name}` ordered", count.times);
                    let expected = format!("fewer than {}%", limits.dominant);
                    let note = self.note(Code::Dominates, message, *count).expected(expected);
                    notes.note(&At::new("actions", a, "name"), note);
                }
            }
            let (asked, idle) = (tally.asked[s].times, tally.idle[s]);
            if idle.percent_of(asked) > u64::from(limits.idle) {
                let message = format!(
                    "`{name}` has no act that it can order in {}% of its turns ({} of {asked})",
                    idle.percent_of(asked),
                    idle.times
                );
                let expected = format!("at most {}%", limits.idle);
                let note = self.note(Code::NothingToDo, message, idle).expected(expected);
                notes.note(&At::new("seats", s, "name"), note);
            }
        }
    }

    fn length(&self, rules: &Rules, limits: &Limits, notes: &mut Notes<'_>) {
        let tally = &self.played.tally;
        let horizon = rules.bound.model.horizon;
        let days = i32::try_from(limits.overtime).unwrap_or(i32::MAX).saturating_mul(DAY);
        let long = tally.longer_than(horizon.saturating_add(days));
        if horizon > 0 && long.percent_of(tally.games) > u64::from(limits.overlong) {
            let message = format!(
                "{} of {} games go on for more than {} days after the horizon of day {}",
                long.times,
                tally.games,
                limits.overtime,
                horizon / DAY
            );
            let expected = "an ending that comes in time, or a higher `parameters.end_hazard`";
            notes.note_header("name", self.note(Code::Overlong, message, long).expected(expected));
        }
        if tally.top.percent_of(tally.games) >= u64::from(limits.runaway) {
            let message = format!(
                "{} of {} games end in war or at the top of the ladder",
                tally.top.times, tally.games
            );
            let expected = format!("fewer than {}%", limits.runaway);
            notes.note_header("name", self.note(Code::RunsAway, message, tally.top).expected(expected));
        }
    }
}
