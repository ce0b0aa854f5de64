//! A terminal at the far end of a line: keys come out of the bytes that it sends, frames become bytes to send.
//!
//! Nothing here reads or writes: whoever carries the bytes decides when, so a line that is slow gets fewer frames and
//! never an old one.

use super::Event;
use super::keys::Keys;
use crate::vocabulary::SafeText;
use crossterm::{cursor, event, execute, style, terminal};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::{Frame, Terminal};
use std::io;

/// The largest screen that is drawn for anybody: columns and rows.
pub const LARGEST: (u16, u16) = (500, 200);
/// What a terminal that does not tell its size is taken for.
const USUAL: (u16, u16) = (80, 24);

/// A far terminal.
#[derive(Debug)]
pub struct Remote {
    terminal: Terminal<Wire>,
    keys: Keys,
}

impl Remote {
    /// A terminal that says it has so many columns and rows.
    pub fn new(columns: u32, rows: u32) -> Self {
        // Colours are chosen by the theme, for each terminal; the environment of this program is nobody's wish.
        style::force_color_output(true);
        let wire = Wire { bytes: Vec::new(), size: clamp(columns, rows) };
        match Terminal::new(wire) {
            Ok(terminal) => Remote { terminal, keys: Keys::default() },
            Err(error) => unreachable!("a wire does not fail: {error}"),
        }
    }

    /// Columns and rows that are drawn.
    pub fn size(&self) -> (u16, u16) {
        let size = self.terminal.backend().size;
        (size.width, size.height)
    }

    /// Takes in that the terminal has another size now; the next frame draws everything.
    pub fn resize(&mut self, columns: u32, rows: u32) {
        self.terminal.backend_mut().size = clamp(columns, rows);
        self.redraw();
    }

    /// Forgets what is on the screen, so that the next frame draws everything.
    pub fn redraw(&mut self) {
        let size = self.terminal.backend().size;
        self.on_wire(|terminal| terminal.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height)));
    }

    /// The bytes that take the terminal over.
    pub fn enter(&mut self) -> Vec<u8> {
        self.on_wire(|terminal| {
            let bytes = &mut terminal.backend_mut().bytes;
            execute!(bytes, terminal::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)
        });
        self.redraw();
        self.sent()
    }

    /// The bytes that give the terminal back, with words on the plain screen.
    pub fn leave(&mut self, words: &str) -> Vec<u8> {
        self.on_wire(|terminal| {
            let bytes = &mut terminal.backend_mut().bytes;
            execute!(bytes, event::DisableBracketedPaste, terminal::LeaveAlternateScreen, cursor::Show)
        });
        let mut bytes = self.sent();
        for line in words.lines() {
            bytes.extend_from_slice(SafeText::new(line).as_str().as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    }

    /// The bytes that turn what was drawn last into this frame.
    pub fn frame(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Vec<u8> {
        self.on_wire(|terminal| terminal.draw(draw).map(|_| ()));
        self.sent()
    }

    /// The keys and pastes that these bytes complete.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.keys.read(bytes)
    }

    /// Whether a key may have come whose end only a pause tells.
    pub fn half_read(&self) -> bool {
        self.keys.waits()
    }

    /// The key that a pause ends.
    pub fn settle(&mut self) -> Option<Event> {
        self.keys.settle()
    }

    fn on_wire(&mut self, write: impl FnOnce(&mut Terminal<Wire>) -> io::Result<()>) {
        if let Err(error) = write(&mut self.terminal) {
            unreachable!("a wire does not fail: {error}");
        }
    }

    fn sent(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.terminal.backend_mut().bytes)
    }
}

fn clamp(columns: u32, rows: u32) -> Size {
    let within = |given: u32, usual: u16, largest: u16| match u16::try_from(given) {
        Ok(0) => usual,
        Ok(given) => given.min(largest),
        Err(_) => largest,
    };
    Size::new(within(columns, USUAL.0, LARGEST.0), within(rows, USUAL.1, LARGEST.1))
}

/// Where frames become bytes.
#[derive(Debug)]
struct Wire {
    bytes: Vec<u8>,
    size: Size,
}

impl Wire {
    fn backend(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.bytes)
    }
}

impl Backend for Wire {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        // A frame that changes nothing sends nothing.
        if content.peek().is_none() { Ok(()) } else { self.backend().draw(content) }
    }

    /// The cursor is hidden as long as the terminal is ours.
    fn hide_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Nobody asks the far terminal; nothing is drawn from where its cursor is.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.backend().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.backend().clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.backend().clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::Key;

    fn seen(bytes: &[u8]) -> vt100::Parser {
        let mut parser = vt100::Parser::new(24.try_into().expect("rows"), 80.try_into().expect("columns"), 0);
        parser.process(bytes);
        parser
    }

    #[test]
    fn a_terminal_is_taken_over_drawn_on_and_given_back() {
        let mut remote = Remote::new(80, 24);
        let mut bytes = remote.enter();
        bytes.extend(remote.frame(|frame| frame.render_widget("HELLO", frame.area())));
        let screen = seen(&bytes);
        let screen = screen.screen();
        assert!(screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste());
        assert!(screen.contents().contains("HELLO"));
        bytes.extend(remote.leave("Farewell\u{1b}[2J"));
        let screen = seen(&bytes);
        let screen = screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert!(screen.contents().contains("Farewell"));
        assert!(!bytes.ends_with(b"\x1b[2J\r\n"), "words cannot act on the terminal");
    }

    #[test]
    fn only_what_changed_is_sent_until_all_is_drawn_anew() {
        let mut remote = Remote::new(80, 24);
        let hello = |frame: &mut Frame<'_>| frame.render_widget("HELLO", frame.area());
        remote.enter();
        assert!(!remote.frame(hello).is_empty());
        assert!(remote.frame(hello).is_empty());
        remote.redraw();
        assert!(seen(&remote.frame(hello)).screen().contents().contains("HELLO"));
    }

    #[test]
    fn no_size_that_is_told_is_drawn_beyond_the_limit() {
        for (told, drawn) in
            [((0, 0), (80, 24)), ((1, 1), (1, 1)), ((65535, 65535), LARGEST), ((u32::MAX, 1), (500, 1))]
        {
            let mut remote = Remote::new(told.0, told.1);
            assert_eq!(remote.size(), drawn);
            remote.resize(120, 40);
            assert_eq!(remote.size(), (120, 40));
            remote.resize(told.0, told.1);
            assert_eq!(remote.size(), drawn);
            remote.frame(|frame| assert_eq!((frame.area().width, frame.area().height), drawn));
        }
    }

    #[test]
    fn keys_come_out_of_bytes_and_a_pause_ends_an_escape() {
        let mut remote = Remote::new(80, 24);
        assert_eq!(remote.read(b"q\x1b"), [Event::Key(Key::Char('q'))]);
        assert!(remote.half_read());
        assert_eq!(remote.settle(), Some(Event::Key(Key::Esc)));
        assert!(!remote.half_read());
    }
}
