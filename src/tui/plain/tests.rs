//! The loop of line mode, before a desk that is made up.

use super::*;
use crate::session::Ended;

/// A desk whose every sealed order brings the next view.
struct Script {
    view: SeatView,
    next: Vec<SeatView>,
    sealed: std::cell::Cell<usize>,
    taken: usize,
}

impl Desk for Script {
    fn view(&self) -> &SeatView {
        &self.view
    }

    fn refresh(&mut self) -> bool {
        let fresh = self.taken < self.sealed.get();
        if fresh {
            self.taken += 1;
            self.view = self.next.remove(0);
        }
        fresh
    }

    fn seal(&self, _: Orders) -> Result<(), Vec<OrderError>> {
        self.sealed.set(self.sealed.get() + 1);
        Ok(())
    }

    fn say(&self, _: Vec<Speaker>, _: Option<ChannelId>, _: String) {}
}

fn view(revision: u32, asked: Asked, over: bool) -> SeatView {
    let mut view = SeatView { revision, ..SeatView::default() };
    view.observation.revision = revision;
    view.observation.asked = asked;
    view.observation.ended = over.then_some(Ended::Control);
    view
}

fn run(input: &[u8]) -> (Left, String) {
    let next = vec![view(2, Asked::Orders, false), view(3, Asked::Nothing, true)];
    let first = view(1, Asked::Contacts, false);
    let mut desk = Script { view: first, next, sealed: 0.into(), taken: 0 };
    let mut output = Vec::new();
    let left = converse(&mut desk, &mut || None, &mut &*input, &mut output).unwrap();
    (left, String::from_utf8(output).unwrap())
}

#[test]
fn a_script_plays_to_the_end() {
    let (left, written) = run(b"# by the book\ndone\nsay firm\ndone\n");
    assert_eq!(left, Left::Finished);
    assert!(written.contains("Draft: Word: a firm public statement"), "{written}");
}

#[test]
fn the_end_of_the_input_leaves_the_game() {
    assert_eq!(run(b"").0, Left::Quit);
    assert_eq!(run(b"done\nsay firm").0, Left::Quit);
    assert_eq!(run(b"quit\ndone\n").0, Left::Quit);
}

#[test]
fn bytes_that_are_no_text_and_endless_lines_do_no_harm() {
    let mut input = vec![b'x'; 10_000_000];
    input.extend(b"\n\xff\xfe\x1b[2J\0\ndone\ndone\n");
    let (left, written) = run(&input);
    assert_eq!(left, Left::Finished);
    assert!(!written.contains(|c: char| c.is_control() && c != '\n'));
    assert!(written.len() < 10_000, "a long line is not said back");
}
