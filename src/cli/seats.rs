//! Seat arguments: names of seats, and who plays them.

use super::exit::Failure;
use crate::scenario::Scenario;
use crate::scenario::diagnostics::nearest;
use crate::session::runner::usual_policy;
use crate::session::{ControlKey, Person, SeatKey, Session};
use crate::trace::Player;
use crate::vocabulary::{Id, SeatId};

/// The seat that an argument names.
///
/// # Errors
/// If there is none of that name, or it gives no orders.
pub fn seat(scenario: &Scenario, name: &str) -> Result<SeatId, Failure> {
    let names: Vec<&str> =
        scenario.players().map(|seat| scenario.document.seats[seat.index()].name.as_str()).collect();
    match scenario.seat(name) {
        Some(seat) if scenario.players().any(|player| player == seat) => Ok(seat),
        Some(_) => Err(Failure::usage(format!(
            "`{name}` acts by the scenario's rules and gives no orders (seats: {})",
            names.join(", ")
        ))),
        None => {
            let hint = nearest(name, names.iter().copied())
                .map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"));
            Err(Failure::usage(format!("no seat is called `{name}`{hint} (seats: {})", names.join(", "))))
        }
    }
}

/// The policies of `--policy SEAT=NAME`, which may name each seat once.
///
/// # Errors
/// The first that is not of that form.
pub fn policies(scenario: &Scenario, given: &[String]) -> Result<Vec<(SeatId, String)>, Failure> {
    let mut policies: Vec<(SeatId, String)> = Vec::new();
    for text in given {
        let Some((name, policy)) = text.split_once('=') else {
            return Err(Failure::usage(format!("`{text}` is no policy: expected SEAT=NAME")));
        };
        let seat = seat(scenario, name)?;
        if policies.iter().any(|(known, _)| *known == seat) {
            return Err(Failure::usage(format!("`{name}` has two policies")));
        }
        policies.push((seat, policy.to_owned()));
    }
    Ok(policies)
}

/// Keys to the seats that nobody has a key to: a policy plays them now, and a person may take them over.
pub fn vacant(session: &Session, keys: &[SeatKey], control: &ControlKey) -> Vec<SeatKey> {
    let scenario = session.control(control).game().rules().scenario();
    let vacant = scenario.players().filter(|seat| keys.iter().all(|key| key.seat() != *seat));
    vacant.map(|seat| session.seat_key(control, seat, Person::default())).collect()
}

/// Everyone at the table, in the order of the seats: those given, and the usual policy for the rest.
pub fn table(scenario: &Scenario, given: &[(SeatId, String)]) -> Vec<(SeatId, String)> {
    let policy = |seat: SeatId| {
        let chosen = given.iter().find(|(known, _)| *known == seat).map(|(_, policy)| policy.as_str());
        chosen.unwrap_or_else(|| usual_policy(scenario, seat)).to_owned()
    };
    scenario.players().map(|seat| (seat, policy(seat))).collect()
}

/// The same by names, as a record's header has it.
pub fn players(scenario: &Scenario, table: &[(SeatId, String)]) -> Vec<Player> {
    let player = |(seat, by): &(SeatId, String)| Player {
        seat: scenario.document.seats[seat.index()].name.clone(),
        by: by.clone(),
    };
    table.iter().map(player).collect()
}
