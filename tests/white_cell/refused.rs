//! What a desk is refused: told to that desk, and to no other.

use super::{ControlAct, ControlCommand, open, rules};

#[test]
fn what_one_controller_is_refused_is_told_to_no_other() {
    let rules = rules();
    let mut table = open(&rules, None);
    let mut other = table.session.control_desk(&table.key);
    let wrong = || ControlCommand::Act(ControlAct::End { why: " ".to_owned() });
    let note = || ControlCommand::Note { at: None, text: "they hesitate".to_owned() };

    let why = table.refused(wrong());
    other.refresh();
    assert_eq!(other.board().refused, None);

    // Whoever is heard next takes nothing back that was said to another.
    table.control.send(wrong());
    other.send(note());
    table.pump();
    assert!(other.refresh());
    assert_eq!((&table.control.board().refused, &other.board().refused), (&Some(why), &None));
    table.control(note());

    // A desk that has gone leaves the numbers of the others as they are.
    drop(table.control);
    table.control = table.session.control_desk(&table.key);
    other.send(wrong());
    table.pump();
    other.refresh();
    assert!(other.board().refused.is_some());
    assert_eq!(table.control.board().refused, None);
}
