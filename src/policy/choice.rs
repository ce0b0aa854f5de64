//! The act slot: a cell of choice in proportion to m exp(lambda u), then an act in it.
//!
//! With sharpness zero this is the record's base measure and nothing else.

use super::doctrine::ByDoctrine;
use super::logit;
use super::luck::Draws;
use super::moment::Moment;
use crate::engine::{ActOrder, Legality, MENU, MenuItem, StaffNumbers};
use crate::vocabulary::{CELLS, Cell, DAY, Id, ONE_MILLION, Rung};

/// What can be done in one cell: utilities in milli-nats, base weights, and the place on the menu (none: hold).
#[derive(Clone, Copy)]
struct Options {
    count: usize,
    utility: [i32; MENU + 1],
    weight: [u64; MENU + 1],
    place: [Option<u8>; MENU + 1],
}

impl Options {
    const NONE: Options =
        Options { count: 0, utility: [0; MENU + 1], weight: [0; MENU + 1], place: [None; MENU + 1] };

    fn add(&mut self, place: Option<u8>, weight: u64, utility: i32) {
        self.place[self.count] = place;
        self.weight[self.count] = weight;
        self.utility[self.count] = utility;
        self.count += 1;
    }

    fn log_mean_exp(&self) -> i32 {
        logit::log_mean_exp((0..self.count).map(|i| (self.weight[i], self.utility[i])))
    }
}

/// The shape of one decision: what a restraint leaves open.
#[derive(Clone, Copy)]
struct Bounds {
    /// Acts from this rung on are out, because an ally asked and the seat complies.
    below: Option<Rung>,
    /// Acts from this rung on go against an ally's request.
    defies: Option<Rung>,
}

impl ByDoctrine {
    /// The act of the turn to come; `None` is to hold.
    pub(super) fn choose_act(&self, moment: &Moment<'_>) -> Option<ActOrder> {
        let bounds = self.bounds(moment);
        let cells = self.cells(moment, bounds);
        let lambda = |milli_nats: i32| self.sharpened(milli_nats);
        let (shares, options) = (cells.shares, &cells.options);
        let scores: [i32; CELLS] = std::array::from_fn(|c| lambda(options[c].log_mean_exp()));
        let highest = (0..CELLS).filter(|c| shares[*c] > 0).map(|c| scores[c]).max().unwrap_or(0);
        let weights: [i64; CELLS] = std::array::from_fn(|c| {
            (u64::from(shares[c]) * logit::exp(scores[c].saturating_sub(highest).min(0))) as i64
        });
        let silence = weights[Cell::Nothing.index()];
        let all: i64 = weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight));
        let cell = &options[moment.dice.pick(self.sites.cell, 0, &weights)];

        let best = (0..cell.count).map(|i| lambda(cell.utility[i])).max().unwrap_or(0);
        let weights: [i64; MENU + 1] = std::array::from_fn(|i| {
            // Eight bits fewer, so that the weights of a full menu fit together.
            let chance = logit::exp(lambda(cell.utility[i]) - best) >> 8;
            if i < cell.count { (cell.weight[i] * chance) as i64 } else { 0 }
        });
        let chosen = cell.place[moment.dice.pick(self.sites.item, 0, &weights)]?;
        let item = &moment.seen.menu[usize::from(chosen)];
        let start_tick = match moment.stimulus {
            Some(_) => 0,
            None => self.first_tick(moment, silence, all),
        };
        let defy = bounds.defies.is_some_and(|from| item.rung >= from);
        Some(ActOrder { action: item.action, start_tick, defy })
    }

    /// When in the turn the first initiative falls, given that one does: at a steady rate, so that the chance of none
    /// in the whole turn is the share of silence.
    fn first_tick(&self, moment: &Moment<'_>, silence: i64, all: i64) -> u8 {
        let none = logit::share(silence.unsigned_abs(), all.unsigned_abs());
        let each = logit::ln(none) / i32::from(moment.ticks());
        let weights: [i64; 256] = std::array::from_fn(|tick| {
            if tick < usize::from(moment.ticks()) {
                (logit::exp(each.saturating_mul(tick as i32)) >> 8) as i64
            } else {
                0
            }
        });
        moment.dice.pick(self.sites.tick, 0, &weights) as u8
    }

    /// Whether an ally's request binds: the seat complies the more, the surer it is that the ally comes, and the
    /// less, the more dead it has.
    fn bounds(&self, moment: &Moment<'_>) -> Bounds {
        let asked = moment.seen.restraint.filter(|restraint| restraint.until > moment.seen.minute);
        let Some(restraint) = asked else { return Bounds { below: None, defies: None } };
        let (constant, dependence, deaths) = moment.briefing.staff.comply;
        let assurance = moment.belief_in(restraint.by).unwrap_or(ONE_MILLION / 2);
        let nats = i64::from(constant)
            + i64::from(dependence) * i64::from(assurance) / i64::from(ONE_MILLION)
            - i64::from(deaths) * i64::from(logit::ln_whole(moment.own_dead().saturating_add(1))) / 1000
            + i64::from(moment.briefing.staff.induced[restraint.with as usize])
            + i64::from(self.sharpened(self.rule.doctrine.comply));
        let complies = moment.dice.chance(self.sites.comply, 0, logit::logistic(saturate(nats)));
        if complies {
            Bounds { below: Some(restraint.from), defies: None }
        } else {
            Bounds { below: None, defies: Some(restraint.from) }
        }
    }

    /// Sorts what may be done into cells.
    fn cells(&self, moment: &Moment<'_>, bounds: Bounds) -> Cells {
        let mut shares = [0; CELLS];
        let mut options = [Options::NONE; CELLS];
        for (place, item) in moment.seen.menu.iter().take(MENU).enumerate() {
            if self.may(moment, bounds, item) {
                let cell = item.cell.index();
                shares[cell] = item.cell_share.min(ONE_MILLION);
                let weight = u64::from(item.item_share.min(ONE_MILLION));
                options[cell].add(Some(place as u8), weight, self.utility(moment, item));
            }
        }
        let cooled = cool(moment, &mut shares);
        if options[Cell::NonMilitary.index()].count > 0 {
            shares[Cell::NonMilitary.index()] += cooled;
        }
        let nothing = Cell::Nothing.index();
        let elsewhere: u32 = (0..CELLS).filter(|c| *c != nothing).map(|c| shares[c]).sum();
        let rest = ONE_MILLION.saturating_sub(elsewhere);
        // Acts that answer nothing (a visit, a withdrawal) share the cell with holding still.
        let acts = shares[nothing].min(rest);
        let quiet = &mut options[nothing];
        for weight in &mut quiet.weight[..quiet.count] {
            *weight = *weight * u64::from(acts) / u64::from(ONE_MILLION);
        }
        quiet.add(None, u64::from((rest - acts).max(1)), self.utility_of_holding(moment));
        shares[nothing] = rest;
        Cells { shares, options }
    }

    /// Whether the doctrine can take an item of the menu now.
    pub(super) fn allows(&self, moment: &Moment<'_>, item: &MenuItem) -> bool {
        let never = self.rule.doctrine.never.get(item.action.index()).copied().unwrap_or(false);
        item.legality == Legality::Legal && !never && is_open(moment, item.cell)
    }

    fn may(&self, moment: &Moment<'_>, bounds: Bounds, item: &MenuItem) -> bool {
        self.allows(moment, item) && bounds.below.is_none_or(|from| item.rung < from)
    }

    /// What an act is worth to the doctrine, in milli-nats.
    pub(super) fn utility(&self, moment: &Moment<'_>, item: &MenuItem) -> i32 {
        let doctrine = &self.rule.doctrine;
        let leaning = doctrine.leaning.get(item.action.index()).copied().unwrap_or(0);
        let points = doctrine
            .aims
            .iter()
            .zip(item.worth)
            .map(|(factor, worth)| i64::from(*factor) * i64::from(worth))
            .fold(0, i64::saturating_add);
        let staff = &moment.briefing.staff;
        let nats = i64::from(staff.aim_scale).saturating_mul(points) / 1_000_000;
        let other = i64::from(item.pull)
            + i64::from(leaning)
            + self.hardness(moment, item.rung)
            + self.stake(moment, item.action);
        clip(nats.saturating_add(other), staff)
    }

    fn utility_of_holding(&self, moment: &Moment<'_>) -> i32 {
        clip(self.hardness(moment, Rung(0)), &moment.briefing.staff)
    }

    /// What doctrine and disposition gain by standing above the stimulus, or lose below it. An initiative answers nothing.
    fn hardness(&self, moment: &Moment<'_>, rung: Rung) -> i64 {
        moment.stimulus.map_or(0, |stimulus| {
            i64::from(self.firmness(moment)) * (i64::from(rung.0) - i64::from(stimulus.rung.0))
        })
    }
}

/// The cells of a decision.
struct Cells {
    /// Base measure in parts per million.
    shares: [u32; CELLS],
    options: [Options; CELLS],
}

/// What military replies lose to the age of the grievance; measures gain it.
fn cool(moment: &Moment<'_>, shares: &mut [u32; CELLS]) -> u32 {
    let Some(stimulus) = moment.stimulus else { return 0 };
    let age = i64::from(moment.seen.minute.saturating_sub(stimulus.minute).max(0));
    let kept = logit::exp(saturate(-age * i64::from(moment.briefing.staff.cooling_rate) / i64::from(DAY)));
    let mut lost = 0;
    for cell in [Cell::Symbolic, Cell::InKind, Cell::OneUp, Cell::TwoUp] {
        let share = &mut shares[cell.index()];
        let left = (u64::from(*share) * (kept >> 20) / (logit::ONE >> 20)) as u32;
        lost += *share - left;
        *share = left;
    }
    lost
}

/// A reply needs a belief in the author, and one that is decided is not decided again.
fn is_open(moment: &Moment<'_>, cell: Cell) -> bool {
    moment.stimulus.is_none_or(|stimulus| cell == Cell::Nothing || stimulus.open.contains(cell))
}

fn clip(nats: i64, staff: &StaffNumbers) -> i32 {
    let most = i64::from(staff.utility_clip.max(0));
    nats.clamp(-most, most) as i32
}

/// Into the range of the tables.
pub(super) fn saturate(nats: i64) -> i32 {
    nats.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{DoctrineBrief, Inducement, Observation, RestraintView};
    use crate::policy::fixture::{self, dprk, item, reply_menu, rok, us};
    use crate::vocabulary::{ActionId, Cells};

    const DRAWS: u64 = 20_000;

    /// How often each place on the menu was chosen in many decisions; the last counter is hold.
    fn counts(seen: &Observation, doctrine: impl FnOnce(&mut DoctrineBrief), draws: u64) -> Vec<u32> {
        let briefing = fixture::briefing();
        let mut brief = briefing.doctrines[0].clone();
        doctrine(&mut brief);
        let policy = ByDoctrine::new(&brief, &briefing);
        let mut counts = vec![0; seen.menu.len() + 1];
        for run in 0..draws {
            let dice = fixture::dice(run);
            let moment = Moment::new(seen, &briefing, &dice).unwrap();
            let act = policy.choose_act(&moment);
            let place = act.and_then(|act| seen.menu.iter().position(|i| i.action == act.action));
            counts[place.unwrap_or(seen.menu.len())] += 1;
        }
        counts
    }

    #[test]
    fn with_sharpness_zero_the_choice_is_the_base_measure() {
        let mut seen = reply_menu();
        for (place, item) in seen.menu.iter_mut().enumerate() {
            item.worth[0] = 5000 - 3000 * place as i32;
            item.pull = 900;
        }
        (seen.menu[1].item_share, seen.menu[2].item_share) = (750_000, 250_000);
        const MANY: u64 = 100_000;
        let counts = counts(&seen, |d| d.doctrine.sharpness = 0, MANY);
        // Protest 30 %, non-military 10 % over two acts, in kind 25 %, one up 5 %, the rest on nothing.
        let expected = [30_000, 7_500, 2_500, 25_000, 5_000, 30_000];
        let thousandths: i64 =
            counts.iter().zip(expected).map(|(n, e)| (i64::from(*n) - e).pow(2) * 1000 / e).sum();
        assert!(thousandths < 20_500, "chi-square with 5 degrees of freedom passes 20.5 once in a thousand");
    }

    #[test]
    fn doubling_every_act_of_a_cell_changes_no_cell() {
        let mut seen = reply_menu();
        seen.menu[1].worth[0] = 2000;
        seen.menu[2].worth[0] = -1500;
        let before = counts(&seen, |_| (), DRAWS);
        for (place, twin) in [(1, 5), (2, 6)] {
            let copy = MenuItem { action: ActionId::new(twin), ..seen.menu[place] };
            seen.menu.push(copy);
        }
        let after = counts(&seen, |_| (), DRAWS);
        assert_eq!(before[0], after[0]);
        assert_eq!(before[1] + before[2], after[1] + after[2] + after[5] + after[6]);
        assert_eq!(before[3..5], after[3..5]);
        assert_eq!(before[5], after[7]);
    }

    #[test]
    fn an_act_that_is_worth_more_is_chosen_more_often() {
        let mut seen = reply_menu();
        let before = counts(&seen, |_| (), DRAWS);
        seen.menu[3].worth[0] = 1000;
        let after = counts(&seen, |_| (), DRAWS);
        assert!(after[3] > before[3] * 3 / 2, "{before:?} {after:?}");
        let aside = counts(&seen, |d| d.doctrine.aims = vec![0; 3], DRAWS);
        assert_eq!(aside, before, "an aim with factor zero counts for nothing");
    }

    #[test]
    fn hardness_moves_choices_up_the_ladder() {
        let seen = reply_menu();
        let soft = counts(&seen, |d| d.doctrine.hardness = -500, DRAWS);
        let hard = counts(&seen, |d| d.doctrine.hardness = 500, DRAWS);
        assert!(hard[4] > 4 * soft[4] && hard[5] < soft[5], "{soft:?} {hard:?}");
    }

    #[test]
    fn what_cannot_be_ordered_is_never_ordered() {
        let mut seen = reply_menu();
        seen.menu[0].legality = Legality::NeedsUnmet(1);
        let counts = counts(&seen, |d| d.doctrine.never[seen.menu[3].action.index()] = true, DRAWS);
        assert_eq!((counts[0], counts[3]), (0, 0));
        let nothing = u64::from(counts[5]) * 1000 / DRAWS;
        assert!((835..865).contains(&nothing), "what was their share stays on nothing: {nothing} per mille");
    }

    #[test]
    fn fire_and_measures_wait_for_the_belief_that_they_need() {
        let mut seen = reply_menu();
        seen.stimuli[0].open = Cells::ALL.without(Cells::AIMED);
        let unsure = counts(&seen, |_| (), DRAWS);
        assert!(unsure[1] > 0 && unsure[3] == 0 && unsure[4] == 0, "{unsure:?}");
        seen.stimuli[0].open = Cells::WORDS;
        let lost = counts(&seen, |_| (), DRAWS);
        assert!(lost[0] > 0 && lost[1..5] == [0, 0, 0, 0], "{lost:?}");
    }

    #[test]
    fn an_old_grievance_draws_measures_where_a_new_one_draws_fire() {
        let briefing = fixture::briefing();
        let fire_and_measures = |age: i32| {
            let mut seen = reply_menu();
            seen.stimuli[0].minute = seen.minute - age;
            let mut briefing = briefing.clone();
            briefing.staff.cooling_rate = 150;
            let policy = ByDoctrine::new(&briefing.doctrines[0], &briefing);
            let acts = (0..DRAWS).filter_map(|run| {
                let dice = fixture::dice(run);
                policy.choose_act(&Moment::new(&seen, &briefing, &dice).unwrap())
            });
            let mut counts = (0, 0);
            for act in acts {
                counts.0 += u64::from([3, 4].contains(&act.action.index()));
                counts.1 += u64::from([1, 2].contains(&act.action.index()));
            }
            (counts.0 * 1000 / DRAWS, counts.1 * 1000 / DRAWS)
        };
        let (new, old) = (fire_and_measures(0), fire_and_measures(6 * DAY));
        // 30 % fire and 10 % measures; exp(-0.9) of the fire is left after six days.
        assert!((285..315).contains(&new.0) && (90..110).contains(&new.1), "{new:?}");
        assert!((110..135).contains(&old.0) && (260..295).contains(&old.1), "{old:?}");
    }

    #[test]
    fn a_reply_starts_at_once_and_an_initiative_at_any_tick() {
        let briefing = fixture::briefing();
        let policy = ByDoctrine::new(&briefing.doctrines[0], &briefing);
        let mut seen = reply_menu();
        let mut ticks = [false; 12];
        for replying in [true, false] {
            if !replying {
                seen.stimuli.clear();
            }
            for run in 0..2000 {
                let dice = fixture::dice(run);
                let moment = Moment::new(&seen, &briefing, &dice).unwrap();
                if let Some(act) = policy.choose_act(&moment) {
                    assert!(!replying || act.start_tick == 0);
                    ticks[usize::from(act.start_tick)] = true;
                }
            }
        }
        assert_eq!(ticks, [true; 12]);
    }

    #[test]
    fn a_restrained_seat_stays_below_the_rung_or_defies_openly() {
        let briefing = fixture::briefing();
        let mut seen = reply_menu();
        seen.restraint =
            Some(RestraintView { by: us(), from: Rung(6), until: seen.minute + 60, with: Inducement::Plain });
        let shares = |seen: &Observation, comply: i32| {
            let mut brief = briefing.doctrines[0].clone();
            brief.doctrine.comply = comply;
            let policy = ByDoctrine::new(&brief, &briefing);
            let (mut above, mut open) = (0, 0);
            for run in 0..DRAWS {
                let dice = fixture::dice(run);
                let act = policy.choose_act(&Moment::new(seen, &briefing, &dice).unwrap());
                let Some(act) = act else { continue };
                let high = seen.menu.iter().any(|i| i.action == act.action && i.rung >= Rung(6));
                above += u32::from(high);
                open += u32::from(act.defy);
            }
            (above, open)
        };
        let (complying, defying) = (shares(&seen, 8000), shares(&seen, -8000));
        assert!(complying.0 < 20 && defying.0 > 5000, "{complying:?} {defying:?}");
        assert_eq!((complying.0, defying.0), (complying.1, defying.1), "what goes beyond is marked");
        let calm = shares(&seen, 0);
        seen.restraint = seen.restraint.map(|r| RestraintView { with: Inducement::ShowOfForce, ..r });
        let induced = shares(&seen, 0);
        assert!(induced.0 + 200 < calm.0, "what is offered makes it comply: {induced:?} {calm:?}");
        seen.restraint = seen.restraint.map(|r| RestraintView { with: Inducement::Plain, ..r });
        seen.deaths = vec![(rok(), 46), (dprk(), 900)];
        assert!(shares(&seen, 0).0 > calm.0, "own deaths make it defy");
        seen.restraint = None;
        assert_eq!(shares(&seen, -8000).1, 0);
    }

    #[test]
    fn acts_that_count_as_nothing_have_the_share_that_they_state() {
        let mut seen = reply_menu();
        seen.menu.push(MenuItem { cell_share: 60_000, ..item(7, Cell::Nothing) });
        let counts = counts(&seen, |_| (), DRAWS);
        let quiet = u64::from(counts[5]) * 1000 / DRAWS;
        assert!((53..67).contains(&quiet), "{quiet} per mille");
    }
}
