//! Text that is read from top to bottom: headings, paragraphs, entries; wrapped to a width.

use crate::tui::text::wrap;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Columns of a rung's number at the start of a line.
const RUNG_COLUMNS: usize = 2;

/// Lines in the making.
#[derive(Debug)]
pub struct Page {
    theme: Theme,
    width: usize,
    lines: Vec<Line<'static>>,
    headings: Vec<Heading>,
}

/// Where a section of a page begins: its line, and its heading.
pub type Heading = (usize, String);

impl Page {
    /// An empty page of some columns.
    pub fn new(theme: Theme, width: usize) -> Self {
        Page { theme, width: width.max(1), lines: Vec::new(), headings: Vec::new() }
    }

    /// A heading, with an empty line before it unless it is the first.
    pub fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.gap();
        }
        self.headings.push((self.lines.len(), text.to_owned()));
        self.styled(text, self.theme.strong);
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// A paragraph.
    pub fn text(&mut self, text: &str) {
        self.styled(text, self.theme.plain);
    }

    /// A paragraph that matters less now, such as what to do about an empty panel.
    pub fn hint(&mut self, text: &str) {
        self.styled(text, self.theme.faint);
    }

    /// A paragraph in a style of its own.
    pub fn styled(&mut self, text: &str, style: Style) {
        for piece in wrap(text, self.width) {
            self.lines.push(Line::from(Span::styled(piece, style)));
        }
    }

    /// An entry: a sign, then text that stays clear of it.
    pub fn entry(&mut self, sign: &str, text: &str) {
        self.styled_entry(sign, text, self.theme.plain);
    }

    /// An entry in a style of its own.
    pub fn styled_entry(&mut self, sign: &str, text: &str, style: Style) {
        let indent = unicode_width::UnicodeWidthStr::width(sign) + 1;
        for (i, piece) in wrap(text, self.width.saturating_sub(indent)).into_iter().enumerate() {
            let lead = if i == 0 { format!("{sign} ") } else { " ".repeat(indent) };
            self.lines.push(Line::from(Span::styled(lead + &piece, style)));
        }
    }

    /// A paragraph; one that begins with a dash or the number of a rung stays clear of it.
    pub fn item(&mut self, text: &str) {
        match text.split_once(' ') {
            Some(("-", rest)) => self.entry("-", rest),
            _ => match text.split_at_checked(RUNG_COLUMNS) {
                Some((number, rest)) if number.trim().parse::<u8>().is_ok() && rest.starts_with(' ') => {
                    self.entry(number, rest.trim_start());
                }
                _ => self.text(text),
            },
        }
    }

    /// Entries, or what to do if there are none.
    pub fn entries(&mut self, texts: impl IntoIterator<Item = String>, otherwise: &str) {
        let before = self.lines.len();
        for text in texts {
            self.entry("-", &text);
        }
        if self.lines.len() == before {
            self.hint(otherwise);
        }
    }

    /// Lines that were laid out elsewhere.
    pub fn append(&mut self, lines: Vec<Line<'static>>) {
        self.lines.extend(lines);
    }

    /// Where its sections begin, from top to bottom.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The lines.
    pub fn lines(self) -> Vec<Line<'static>> {
        self.lines
    }
}

/// Draws lines as far as there is room, and says that `i` tells the rest.
pub fn draw_part(frame: &mut Frame<'_>, area: Rect, mut lines: Vec<Line<'static>>, theme: Theme) {
    let room = usize::from(area.height);
    if lines.len() > room && room > 0 {
        lines.truncate(room - 1);
        lines.push(Line::styled("(i tells the rest)", theme.faint));
    }
    draw(frame, area, &lines, 0);
}

/// Draws lines from one on.
pub fn draw(frame: &mut Frame<'_>, area: Rect, lines: &[Line<'static>], from: usize) {
    for (line, row) in lines.iter().skip(from).zip(area.rows()) {
        frame.render_widget(line, row);
    }
}
