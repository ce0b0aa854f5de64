//! The campaign: from calm turns into a crisis and back, a new climate, and what an act costs in political capital.

use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::observation::Season;
use crate::engine::state::State;
use crate::engine::step::{Step, Truth};
use crate::scenario::Bound;
use crate::vocabulary::{ActionId, Id, SeatId, TrackId};

/// Drops play into crisis turns, or brings it back from them; whether it did, so that the turn ends.
pub fn turn<R: Recorder>(step: &mut Step<'_, R>) -> bool {
    let (rules, state) = (step.rules, step.state);
    let (Some(campaign), Some(programs)) = (&rules.bound.campaign, &rules.programs.campaign) else {
        return false;
    };
    let over = |step: &mut Step<'_, R>| {
        let until = programs.until.as_ref();
        until.is_some_and(|guard| guard.holds(&Truth { rules, state }, &mut step.out.registers))
    };
    let (now, changes) = match state.season {
        Season::Calm if state.standing_rung(&rules.bound) >= campaign.drop => {
            (Season::Crisis, &programs.on_drop)
        }
        Season::Crisis if over(step) => (Season::Calm, &programs.on_return),
        Season::Calm | Season::Crisis => return false,
    };
    if let Some(program) = changes {
        step.run_rules(program);
    }
    step.fact(Fact::Season { now });
    step.change(Change::Season(now));
    true
}

/// Draws the hidden climate anew.
pub fn new_climate<R: Recorder>(step: &mut Step<'_, R>) {
    let rules = step.rules;
    let drawn = step.quantile(Purpose::Climate, rules.luck.climate, 0, &rules.bound.climate);
    step.change(Change::Climate(drawn));
}

/// What an act costs a seat in political capital, and where that is held; nothing if it costs none.
pub fn price(bound: &Bound, seat: SeatId, action: ActionId) -> Option<(TrackId, i32)> {
    let item = bound.agenda_item(action).filter(|item| item.price > 0)?;
    let capital = bound.campaign.as_ref()?.capital[seat.index()]?;
    Some((capital, item.price))
}

/// Whether a seat has the political capital for an act.
pub fn affords(bound: &Bound, state: &State, seat: SeatId, action: ActionId) -> bool {
    price(bound, seat, action).is_none_or(|(capital, price)| state.levels[capital.index()] >= price)
}
