//! Control's desk over SSH: who is there, and what control does from afar.

use crate::client::{Client, accepts};
use crate::hosted::Hosted;

const GAME: &[&str] = &["august-2015", "--seat", "rok", "--seat", "dprk", "--seed", "7"];

#[test]
fn control_sees_who_is_connected_and_what_it_does_reaches_the_seats() {
    let mut host = Hosted::start(GAME);
    let mut rok = host.seated("rok");
    let dprk = host.passcode("dprk");
    let code = host.passcode("control");
    assert!(!accepts(host.port, "control", &dprk), "a seat's passcode opens that seat alone");
    assert!(!accepts(host.port, "dprk", &code), "and control's no seat");
    let mut control = Client::enter(host.port, "control", &code).expect("the passcode is right");
    control.until("You are control");
    control.press("\r");
    control.until("[1 Board]");
    control.press("3");
    control.until("South Korea: person, HAS TO DECIDE");
    control.until("North Korea: person, ABSENT, HAS TO DECIDE");
    control.until("United States: policy");

    control.press("p");
    rok.until("PAUSED");
    control.press("p");
    rok.until_it("no pause", |screen| !screen.contents().contains("PAUSED"));
    control.press("m\x1b[BCOME\r");
    rok.press("7");
    rok.until("COME");
    rok.cut();
    host.line("rok lost its connection");
    control.until("South Korea: person, ABSENT, HAS TO DECIDE");

    // Control comes back as everybody does.
    control.press("q");
    control.until("q again leaves the desk");
    control.press("q");
    control.until("Come back with the passcode ");
    let text = control.text();
    let (_, next) = text.split_once("Come back with the passcode ").expect("how to return");
    let mut control = Client::enter(host.port, "control", next.trim()).expect("it is right");
    control.until("Enter goes on");
    control.press("\r");
    control.until("[3 Seats]");
}
