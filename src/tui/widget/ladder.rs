//! The ladder of rungs, highest first: the path of the crisis on it, the standing rung and the peak marked by words.

use crate::tui::app::App;
use crate::tui::text::pad;
use crate::vocabulary::{Minute, Rung};
use ratatui::text::{Line, Span};

/// The columns that a rung's name has at least.
const NAME: usize = 20;
/// The marks of the standing rung, of the peak, and of one that is both.
const MARKS: [&str; 3] = ["<= now", "<- peak", "<= now, peak"];
/// The most changes that the path shows.
const LONGEST: usize = 24;

/// The ladder's lines. Between name and mark stands the path, as far as there is room: a column for each change of the
/// standing rung, the newest last.
pub fn lines(app: &App, width: usize) -> Vec<Line<'static>> {
    let (seen, words) = (&app.view.observation, app.words());
    let top =
        words.briefing().rungs.len().max(seen.peak_rung.index() + 1).max(seen.standing_rung.index() + 1);
    let both = seen.standing_rung == seen.peak_rung;
    let widest = if both { MARKS[2].len() } else { MARKS[1].len() } + 1;
    let room = width.saturating_sub(NAME + widest).min(LONGEST);
    let path = if app.view.path.len() > 1 { shown(&app.view.path, room) } else { Vec::new() };
    (0..top.min(usize::from(u8::MAX)))
        .rev()
        .map(|at| {
            let rung = Rung(at as u8);
            let name = words.briefing().rungs.get(at).map_or(String::new(), |l| words.label(l));
            let (mark, style) = if rung == seen.standing_rung {
                (if both { MARKS[2] } else { MARKS[0] }, app.theme.selected)
            } else if rung == seen.peak_rung {
                (MARKS[1], app.theme.strong)
            } else {
                ("", app.theme.plain)
            };
            let stood: String = path.iter().map(|stood| if *stood == rung { 'o' } else { ' ' }).collect();
            let used = stood.len() + if stood.is_empty() { mark.len() + 1 } else { widest };
            let name = format!("{at:>2} {name}");
            // Where the path does not pass, a long name may take its room.
            let (used, stood) =
                match name.chars().count() > width.saturating_sub(used) && !stood.contains('o') {
                    true => (mark.len() + 1, String::new()),
                    false => (used, stood),
                };
            let name = pad(&name, width.saturating_sub(used));
            Line::from(Span::styled(format!("{name}{stood} {mark}"), style))
        })
        .collect()
}

/// The newest rungs of a path, one for each change.
fn shown(path: &[(Minute, Rung)], room: usize) -> Vec<Rung> {
    path[path.len().saturating_sub(room)..].iter().map(|(_, rung)| *rung).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_changes_are_shown_where_room_is_short() {
        let path = [(0, Rung(1)), (10, Rung(6)), (20, Rung(3))];
        assert_eq!(shown(&path, 2), [Rung(6), Rung(3)]);
        assert_eq!(shown(&path, 9).len(), 3);
        assert_eq!(shown(&path, 0), []);
    }
}
