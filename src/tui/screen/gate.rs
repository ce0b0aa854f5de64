//! What a participant reads on entering a seat from afar, before the seat's own screen.

use crate::tui::text::safe;
use crate::tui::theme::Theme;
use crate::tui::widget::page::{self, Page};
use ratatui::Frame;

/// A page that is left with Enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Where the participant is.
    pub title: String,
    /// What has to be known: paragraphs.
    pub texts: Vec<String>,
    /// What must not be overlooked, between the paragraphs and the way on.
    pub mark: Option<String>,
}

impl Gate {
    /// Draws the page.
    pub fn draw(&self, theme: Theme, frame: &mut Frame<'_>) {
        let area = frame.area();
        let mut page = Page::new(theme, usize::from(area.width));
        page.styled(&safe(&self.title), theme.strong);
        for text in &self.texts {
            page.gap();
            page.text(&safe(text));
        }
        if let Some(mark) = &self.mark {
            page.gap();
            page.styled(&safe(mark), theme.selected);
        }
        page.gap();
        page.styled("Enter goes on.", theme.warn);
        page::draw(frame, area, &page.lines(), 0);
    }
}
