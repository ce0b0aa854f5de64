//! Bytes that a far terminal sends become keys.
//!
//! Whatever arrives, the state is a few bytes and at most one paste, and every byte is looked at once: nothing that
//! is sent costs more than its own length.

use super::{Event, Key};

/// The most bytes of a paste that are kept.
const LONGEST_PASTE: usize = 4096;
/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";
/// The parameter of the sequence that begins a paste.
const PASTE_BEGIN: u16 = 200;
const ESCAPE: u8 = 0x1b;

/// Reads keys out of bytes, which may be cut anywhere.
#[derive(Debug, Default)]
pub(super) struct Keys {
    within: Within,
}

/// What the bytes so far have begun.
#[derive(Debug, Default)]
enum Within {
    /// The next byte begins a key.
    #[default]
    Ground,
    /// Within a character of several bytes: those so far, and how many it has.
    Character(Vec<u8>, usize),
    /// After an escape: the key itself, or the start of a sequence.
    Escape,
    /// After `ESC O`: cursor keys as some terminals send them.
    Application,
    /// Within `ESC [`: the first parameter, whether it is complete, and whether these are keys that nobody knows here.
    Control { first: u16, complete: bool, unknown: bool },
    /// After `ESC [ [`: a function key of the Linux console, whose letter is no key.
    Function,
    /// Within a string that answers a question which was never asked; whether its last byte was an escape.
    Answer(bool),
    /// Within a paste: its text, and how many bytes of its end have come.
    Paste(Vec<u8>, usize),
}

impl Keys {
    /// Takes bytes in, and gives the keys and pastes that they complete.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Event> {
        bytes.iter().filter_map(|byte| self.take(*byte)).collect()
    }

    /// Whether what came last may be a key or the start of one: only time tells.
    pub fn waits(&self) -> bool {
        matches!(
            self.within,
            Within::Escape | Within::Application | Within::Control { .. } | Within::Function
        )
    }

    /// Takes the pause for an answer: an escape that nothing followed was the key.
    pub fn settle(&mut self) -> Option<Event> {
        if !self.waits() {
            return None;
        }
        match std::mem::take(&mut self.within) {
            Within::Escape => Some(Event::Key(Key::Esc)),
            _ => None,
        }
    }

    fn take(&mut self, byte: u8) -> Option<Event> {
        let (within, event) = match std::mem::take(&mut self.within) {
            Within::Ground => ground(byte),
            Within::Character(bytes, length) => character(bytes, length, byte),
            Within::Escape => escape(byte),
            Within::Application => (Within::Ground, application(byte).map(Event::Key)),
            Within::Control { first, complete, unknown } => control(first, complete, unknown, byte),
            Within::Function => (Within::Ground, None),
            Within::Answer(escaped) => match byte {
                0x07 => (Within::Ground, None),
                b'\\' if escaped => (Within::Ground, None),
                _ => (Within::Answer(byte == ESCAPE), None),
            },
            Within::Paste(text, ended) => paste(text, ended, byte),
        };
        self.within = within;
        event
    }
}

type Taken = (Within, Option<Event>);

fn key(key: Key) -> Taken {
    (Within::Ground, Some(Event::Key(key)))
}

fn ground(byte: u8) -> Taken {
    match byte {
        ESCAPE => (Within::Escape, None),
        b'\r' | b'\n' => key(Key::Enter),
        b'\t' => key(Key::Tab),
        0x08 | 0x7f => key(Key::Backspace),
        0x01..=0x1a => key(Key::Ctrl(char::from(byte - 1 + b'a'))),
        0x00 | 0x1c..=0x1f => (Within::Ground, None),
        0x20..=0x7e => key(Key::Char(char::from(byte))),
        0xc2..=0xdf => (Within::Character(vec![byte], 2), None),
        0xe0..=0xef => (Within::Character(vec![byte], 3), None),
        0xf0..=0xf4 => (Within::Character(vec![byte], 4), None),
        // Bytes that begin no character.
        _ => (Within::Ground, None),
    }
}

fn character(mut bytes: Vec<u8>, length: usize, byte: u8) -> Taken {
    if byte & 0xc0 != 0x80 {
        // The character was cut; what cut it counts.
        return ground(byte);
    }
    bytes.push(byte);
    if bytes.len() < length {
        return (Within::Character(bytes, length), None);
    }
    let whole = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next());
    (Within::Ground, whole.filter(|c| !c.is_control()).map(|c| Event::Key(Key::Char(c))))
}

fn escape(byte: u8) -> Taken {
    match byte {
        b'[' => (Within::Control { first: 0, complete: false, unknown: false }, None),
        b'O' => (Within::Application, None),
        b']' | b'P' | b'X' | b'^' | b'_' => (Within::Answer(false), None),
        ESCAPE => (Within::Escape, Some(Event::Key(Key::Esc))),
        // A key with Alt is the key.
        _ => ground(byte),
    }
}

fn application(byte: u8) -> Option<Key> {
    Some(match byte {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'M' => Key::Enter,
        _ => return None,
    })
}

fn control(first: u16, complete: bool, unknown: bool, byte: u8) -> Taken {
    match byte {
        b'0'..=b'9' if !complete => {
            let first = first.saturating_mul(10).saturating_add(u16::from(byte - b'0'));
            (Within::Control { first, complete, unknown }, None)
        }
        b'0'..=b';' => (Within::Control { first, complete: true, unknown }, None),
        0x20..=0x3f => (Within::Control { first, complete, unknown: true }, None),
        b'[' if first == 0 && !complete && !unknown => (Within::Function, None),
        b'~' if !unknown && first == PASTE_BEGIN => (Within::Paste(Vec::new(), 0), None),
        0x40..=0x7e if !unknown => (Within::Ground, sequence(first, byte).map(Event::Key)),
        0x40..=0x7e => (Within::Ground, None),
        // The sequence was cut; what cut it counts.
        _ => ground(byte),
    }
}

fn sequence(first: u16, last: u8) -> Option<Key> {
    Some(match (last, first) {
        (b'A' | b'B' | b'C' | b'D' | b'H' | b'F', _) => return application(last),
        (b'Z', _) => Key::BackTab,
        (b'~', 1 | 7) => Key::Home,
        (b'~', 4 | 8) => Key::End,
        (b'~', 3) => Key::Delete,
        (b'~', 5) => Key::PageUp,
        (b'~', 6) => Key::PageDown,
        _ => return None,
    })
}

fn paste(mut text: Vec<u8>, ended: usize, byte: u8) -> Taken {
    if byte == PASTE_END[ended] {
        if ended + 1 < PASTE_END.len() {
            return (Within::Paste(text, ended + 1), None);
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        return (Within::Ground, Some(Event::Paste(text)));
    }
    // What looked like the end belongs to the text.
    let begun = &PASTE_END[..ended];
    let again = usize::from(byte == ESCAPE);
    let rest = if again == 1 { &[][..] } else { &[byte][..] };
    for byte in begun.iter().chain(rest) {
        if text.len() < LONGEST_PASTE {
            text.push(*byte);
        }
    }
    (Within::Paste(text, again), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Event> {
        let mut keys = Keys::default();
        let mut events = keys.read(bytes);
        events.extend(keys.settle());
        events
    }

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let key = |event| match event {
            Event::Key(key) => key,
            other => panic!("{other:?} is no key"),
        };
        read(bytes).into_iter().map(key).collect()
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        assert_eq!(
            keys(b"qG\r\t\x7f\x03"),
            [Key::Char('q'), Key::Char('G'), Key::Enter, Key::Tab, Key::Backspace, Key::Ctrl('c')]
        );
        assert_eq!(keys(b"\x1b[A\x1bOB\x1b[1;5C\x1b[D"), [Key::Up, Key::Down, Key::Right, Key::Left]);
        assert_eq!(
            keys(b"\x1b[5~\x1b[6~\x1b[3~\x1b[Z"),
            [Key::PageUp, Key::PageDown, Key::Delete, Key::BackTab]
        );
        assert_eq!(keys(b"\x1b[H\x1b[4~\x1b[1~\x1bOF"), [Key::Home, Key::End, Key::Home, Key::End]);
        assert_eq!(keys("한é".as_bytes()), [Key::Char('한'), Key::Char('é')]);
    }

    #[test]
    fn an_escape_is_the_key_once_nothing_follows() {
        assert_eq!(keys(b"\x1b"), [Key::Esc]);
        assert_eq!(keys(b"\x1b\x1b"), [Key::Esc, Key::Esc]);
        assert_eq!(keys(b"\x1bq"), [Key::Char('q')], "a key with Alt is the key");
        let mut keys = Keys::default();
        assert_eq!(keys.read(b"\x1b"), []);
        assert!(keys.waits());
        assert_eq!(keys.read(b"[B"), [Event::Key(Key::Down)]);
        assert!(!keys.waits());
        assert_eq!(keys.settle(), None);
    }

    #[test]
    fn what_nobody_knows_here_presses_no_key() {
        for bytes in [
            &b"\x1b[15~"[..],
            b"\x1b[<0;3;4M",
            b"\x1b[[A",
            b"\x1b]11;rgb:0/0/0\x07",
            b"\x1bP1$r0m\x1b\\",
            b"\x1b[?62;1c",
            b"\xff\xc0\x80",
            b"\0",
            b"\x1b[99999999999999999~",
        ] {
            assert_eq!(keys(bytes), [], "{bytes:?}");
        }
    }

    #[test]
    fn a_paste_is_one_event_and_keeps_so_much_and_no_more() {
        assert_eq!(read(b"\x1b[200~sq\x1b[A\x1b[201~"), [Event::Paste("sq\x1b[A".to_owned())]);
        assert_eq!(
            read(b"\x1b[200~a\x1b[20\x1b[201~b"),
            [Event::Paste("a\x1b[20".to_owned()), Event::Key(Key::Char('b'))]
        );
        let long = [&b"\x1b[200~"[..], &vec![b'x'; 1_000_000], PASTE_END].concat();
        assert_eq!(read(&long), [Event::Paste("x".repeat(LONGEST_PASTE))]);
    }

    #[test]
    fn bytes_may_be_cut_anywhere() {
        let bytes = "q\x1b[A한\x1b[200~p\x1b[201~\x1b[5~é\x1bOB".as_bytes();
        let whole = read(bytes);
        assert_eq!(whole.len(), 7);
        for cut in 0..bytes.len() {
            let mut keys = Keys::default();
            let mut events = keys.read(&bytes[..cut]);
            events.extend(keys.read(&bytes[cut..]));
            assert_eq!(events, whole, "cut at {cut}");
        }
    }

    #[test]
    fn no_bytes_make_it_panic_or_grow() {
        let mut state = 7u64;
        let mut keys = Keys::default();
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let byte = (state >> 40) as u8;
            // Escapes and their like come often enough to get deep into every state.
            let byte = match (state >> 33) % 4 {
                0 => b"\x1b[]O~;2016\x07\\AP"[(state >> 50) as usize % 14],
                _ => byte,
            };
            keys.read(&[byte]);
            match &keys.within {
                Within::Paste(text, _) => assert!(text.len() <= LONGEST_PASTE),
                Within::Character(bytes, length) => assert!(bytes.len() < *length && *length <= 4),
                _ => {}
            }
        }
    }
}
