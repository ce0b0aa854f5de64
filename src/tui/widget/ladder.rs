//! The ladder of rungs, highest first, with the standing rung and the peak marked by words.

use crate::tui::app::App;
use crate::tui::text::pad;
use crate::vocabulary::Rung;
use ratatui::text::{Line, Span};

/// The ladder's lines.
pub fn lines(app: &App, width: usize) -> Vec<Line<'static>> {
    let (seen, words) = (&app.view.observation, app.words());
    let top =
        words.briefing().rungs.len().max(seen.peak_rung.index() + 1).max(seen.standing_rung.index() + 1);
    (0..top.min(usize::from(u8::MAX)))
        .rev()
        .map(|at| {
            let rung = Rung(at as u8);
            let name = words.briefing().rungs.get(at).map_or(String::new(), |l| words.label(l));
            let (mark, style) = if rung == seen.standing_rung {
                (if rung == seen.peak_rung { "<= now, peak" } else { "<= now" }, app.theme.selected)
            } else if rung == seen.peak_rung {
                ("<- peak", app.theme.strong)
            } else {
                ("", app.theme.plain)
            };
            let name = pad(&format!("{at:>2} {name}"), width.saturating_sub(mark.len() + 1));
            Line::from(Span::styled(format!("{name} {mark}"), style))
        })
        .collect()
}
