//! Restraint with what is offered or threatened, promises that fall due, and leave that cannot be done without.

use super::table::{DPRK, ROK, Table, US, rules, seat};
use offramp::engine::{Change, Contact, Counter, Fact, Inducement};
use offramp::vocabulary::Rung;

fn restrained(with: Inducement) -> Table {
    let mut table = Table::new(&rules(&[]), 0);
    table.contact(US, Contact::Restrain { ally: seat(ROK), from: Rung(3), with });
    table.wait(0);
    table
}

#[test]
fn what_comes_with_a_request_moves_assurance_and_releases() {
    let plain = restrained(Inducement::Plain);
    let fear = plain.abandonment(ROK);
    // Other words and acts of the same minute move the belief too: the direction is the inducement's.
    for promise in [Inducement::Assurance, Inducement::ShowOfForce, Inducement::JointStatement] {
        assert!(restrained(promise).abandonment(ROK) < fear, "{promise:?}");
    }
    assert_eq!((plain.consent(US), restrained(Inducement::Caveat).consent(US)), (Rung(9), Rung(2)));
    let withheld = restrained(Inducement::Withhold);
    assert!(withheld.abandonment(ROK) > fear);
    assert_eq!(withheld.consent(US), Rung(2));
    let asked = plain.seen(ROK).restraint.expect("it stands");
    assert_eq!((asked.by, asked.with), (seat(US), Inducement::Plain));
}

#[test]
fn a_show_of_force_that_was_promised_is_paid_by_a_posture_or_costs_assurance() {
    let broken = |keeps: bool| {
        let mut table = restrained(Inducement::ShowOfForce);
        if keeps {
            table.act(US, table.action("us_watch"), false);
        }
        table.wait(6 * 1440);
        table.facts.iter().filter(|(_, f)| matches!(f, Fact::PromiseBroken { .. })).count()
    };
    assert_eq!((broken(true), broken(false)), (0, 1));
}

#[test]
fn a_request_stands_as_long_as_the_parameter_says_and_can_be_defied() {
    let mut table = restrained(Inducement::Plain);
    table.act(ROK, table.action("rok_alert"), false);
    assert!(table.facts.iter().any(|(_, f)| matches!(f, Fact::Failed { .. })));
    let mut table = restrained(Inducement::Plain);
    table.act(ROK, table.action("rok_alert"), true);
    assert!(table.facts.iter().any(|(_, f)| matches!(f, Fact::Defied { .. })));
    let mut table = restrained(Inducement::Plain);
    table.wait(2 * 1440);
    assert!(table.seen(ROK).restraint.is_none());
}

#[test]
fn what_needs_the_allys_leave_cannot_be_done_in_its_defiance() {
    let defied = |act: &str| {
        let mut table = Table::new(&rules(&[]), 0);
        table.wait(0);
        // A crisis that stands high enough for live fire, and a host that asks not to.
        table.act(DPRK, table.action("dprk_warning_shots"), false);
        table.contact(ROK, Contact::Restrain { ally: seat(US), from: Rung(3), with: Inducement::Plain });
        table.wait(0);
        table.act(US, table.action(act), true);
        table.wait(table.game.minute() + 1440);
        table.facts.iter().any(|(_, f)| matches!(f, Fact::Defied { .. }))
    };
    assert!(defied("us_watch"), "a watch needs nobody's leave");
    assert!(!defied("us_live_fire"), "what starts on the host's soil does");
}

#[test]
fn a_broken_promise_is_counted() {
    let mut table = restrained(Inducement::ShowOfForce);
    table.wait(6 * 1440);
    let counted = table.changes.iter().filter(|c| matches!(c, Change::Count(Counter::PromisesBroken, 1)));
    assert_eq!(counted.count(), 1);
}
