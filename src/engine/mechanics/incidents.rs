//! Incidents: what happens at the line without orders, clustered in time by a hidden climate and by excitation.

use super::exchange::{self, Opening};
use super::{acts, cases, engagement, ledger, losses, percepts};
use crate::engine::event::{Cause, Change, Counter, Fact, Purpose, Recorder};
use crate::engine::state::{Deed, MAX_SEATS, Opinion, Stimulus};
use crate::engine::step::Step;
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{CauseTag, Chance, Cost, DAY, Id, IncidentId, ONE_MILLION, SeatId};

/// Whether a kind of incident happens in this tick.
pub fn happens<R: Recorder>(step: &mut Step<'_, R>, incident: IncidentId) -> bool {
    let chance = chance(step, incident);
    step.chance(Purpose::Incident, step.rules.luck.incidents[incident.index()], 0, chance)
}

/// lambda = mu g x campaign x windows x accords + E, as a chance a tick.
fn chance<R: Recorder>(step: &Step<'_, R>, id: IncidentId) -> Chance {
    let (bound, state) = (&step.rules.bound, step.state);
    let incident = &bound.incidents[id.index()];
    let mut hazard = (incident.hazard as u128 * state.climate.max(0) as u128 / 1000) as u64;
    if let Some(track) = bound.campaign.as_ref().and_then(|campaign| campaign.incident_rate) {
        hazard = hazard.saturating_mul(state.levels[track.index()].max(0) as u64) / 1000;
    }
    for (window, factor) in &incident.windows {
        let open = &bound.windows[window.index()];
        if (open.from..open.until).contains(&state.minute) {
            hazard = hazard.saturating_mul(*factor as u64) / 1000;
        }
    }
    for (a, accord) in bound.accords.iter().enumerate() {
        let factor = accord.contact[id.index()];
        if factor != 1000 && state.accords[a] == AccordStatus::InForce {
            hazard = hazard.saturating_mul(factor as u64) / 1000;
        }
    }
    if state.excitation > 0 {
        // Excitation counts all incidents of a day; each kind takes its share of the base rate.
        let a_tick = state.excitation as u128 * (1 << 32) * bound.model.tick_minutes as u128
            / (1_000_000 * DAY as u128);
        hazard += (a_tick * u128::from(incident.hazard) / u128::from(bound.hazard_of_all.max(1))) as u64;
    }
    // 1 - exp(-x) to second order: rates a tick are small.
    let hazard = hazard.min(1 << 31);
    Chance::from_parts(hazard - ((u128::from(hazard) * u128::from(hazard)) >> 33) as u64)
}

/// Makes an incident happen now.
pub fn strike<R: Recorder>(step: &mut Step<'_, R>, id: IncidentId) {
    let (rules, state) = (step.rules, step.state);
    let incident = &rules.bound.incidents[id.index()];
    let luck = rules.luck.incidents[id.index()];
    let meant = step.chance(
        Purpose::IncidentCause,
        luck.with("cause"),
        0,
        Chance::ppm(i64::from(incident.deliberate)),
    );
    let cause = if meant { CauseTag::Deliberate } else { CauseTag::Accidental };
    let (by, against, rung) = (incident.by, incident.against, incident.rung);
    step.fact(Fact::Incident { incident: id, by, against, cause: Cause::Line(cause) });
    step.count(Counter::Incidents);
    step.change(Change::ActAt(rung));
    if incident.domain.is_military() && rung >= rules.bound.model.kinetic() {
        step.count(Counter::Kinetic);
    }
    acts::excite(step);
    if let Some(program) = &rules.programs.incident_effects[id.index()] {
        step.run(program, by);
    }
    let deaths = incident
        .losses
        .map_or(0, |loss| losses::roll(step, loss, by, Some(against), luck, 0, losses::VOLLEY));
    let opinion = Opinion::at_once(incident.suspicion, incident.deliberate);
    let plain = incident.suspicion >= ONE_MILLION;
    let mut seen = [None; MAX_SEATS];
    for (o, seat) in rules.bound.seats.iter().enumerate() {
        let observer = SeatId::new(o);
        if !seat.plays || observer == by {
            continue;
        }
        // What nobody meant says nothing of its author.
        let signal = percepts::Signal {
            by: if plain { by } else { rules.suspect(observer, against) },
            meant: incident.reading,
            cost: Cost::Sunk,
            path: incident.path,
            explained: false,
            action: None,
            credit: opinion.meant(),
            site: luck,
            index: 0,
        };
        let (perceived, context) = percepts::witness(step, observer, &signal);
        seen[o] = Some((perceived, context));
        step.fact(Fact::IncidentPercept { observer, incident: id, suspect: by, perceived });
    }
    percepts::note_fire(step, by, against, rung, &seen);
    let case = (!plain).then(|| {
        let deed = Deed { path: incident.path, cost: Cost::Sunk, seen };
        let lag = incident.lag;
        cases::open(step, &cases::Hidden { author: by, against, rung, cause, opinion, lag, deed }, luck, 0)
    });
    let number = step.number();
    acts::stimulate(
        step,
        Stimulus {
            number,
            by,
            against,
            rung,
            domain: incident.domain,
            deaths,
            minute: state.minute,
            case,
            rounds: losses::VOLLEY,
            open: ledger::opened(incident.domain),
        },
    );
    if incident.crosses {
        engagement::open(step, incident.site, (by, against), Some(number), state.minute);
    }
    if incident.fires && state.exchange.is_none() {
        let (site, minute) = (incident.site, state.minute);
        exchange::open(step, &Opening { site, by, at: against, rung, rounds: losses::VOLLEY, minute });
    }
}
