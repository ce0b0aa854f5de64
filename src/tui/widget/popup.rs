//! A framed box in the middle of the screen.

use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear};

/// Clears a box of at most this size, frames it, and gives its inside.
pub fn open(frame: &mut Frame<'_>, title: &str, size: (u16, u16), theme: Theme) -> Rect {
    let whole = frame.area();
    let (width, height) = (size.0.min(whole.width), size.1.min(whole.height));
    let area = Rect {
        x: whole.x + (whole.width - width) / 2,
        y: whole.y + (whole.height - height) / 2,
        width,
        height,
    };
    let block =
        Block::bordered().title(format!(" {title} ")).title_style(theme.strong).border_style(theme.faint);
    let inside = block.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    inside
}
