//! The status line, and below it the keys that count now, from the one table of keys.

use crate::session::{Asked, Inquired, Role};
use crate::tui::app::{App, Screen};
use crate::tui::keymap::{self, Action, Scope};
use crate::tui::text::clip;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws status and keys.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let [status, keys] = split(area);
    let text = app.status.clone().unwrap_or_else(|| hint(app).to_owned());
    let style = if app.status.is_some() { app.theme.warn } else { app.theme.faint };
    frame.render_widget(Span::styled(clip(&text, usize::from(area.width)), style), status);
    frame.render_widget(without(&idle(app), app.scope(), app.theme, usize::from(area.width)), keys);
}

/// Keys of the place that lead nowhere now.
fn idle(app: &App) -> Vec<Action> {
    let over = app.view.debrief.is_some();
    let reads =
        !matches!(app.scope(), Scope::Form | Scope::Confirm | Scope::Entry | Scope::Search | Scope::Palette);
    let mut idle = Vec::new();
    if over && reads {
        idle.push(Action::Take);
    }
    if app.view.inquired == Inquired::Found {
        idle.push(Action::ButFor);
    }
    if app.view.table.person.role != Role::Lead {
        idle.push(Action::Seal);
    }
    idle
}

/// The hints that fit; help comes last and always stays.
pub fn line(scope: Scope, theme: Theme, width: usize) -> Line<'static> {
    without(&[], scope, theme, width)
}

fn without(idle: &[Action], scope: Scope, theme: Theme, width: usize) -> Line<'static> {
    let help = if keymap::of(scope).any(|b| b.show == "?") { "? help" } else { "" };
    let mut spans = Vec::new();
    let mut used = 0;
    for binding in keymap::of(scope).filter(|b| b.hint && !idle.contains(&b.action)) {
        let length = binding.show.len() + 1 + binding.words.len() + 2;
        if used + length + help.len() > width {
            break;
        }
        used += length;
        spans.push(Span::styled(binding.show, theme.strong));
        spans.push(Span::styled(format!(" {}  ", binding.words), theme.plain));
    }
    spans.push(Span::styled(help, theme.strong));
    Line::from(spans)
}

fn split(area: Rect) -> [Rect; 2] {
    let mut rows = area.rows();
    let first = rows.next().unwrap_or_default();
    [first, rows.next().unwrap_or_default()]
}

/// What a newcomer does next.
fn hint(app: &App) -> &'static str {
    if app.view.debrief.is_some() {
        return "The game is over. PgDn reads on, 6 debrief, 5 all that you learned, q leaves.";
    }
    match (app.screen, app.view.observation.asked) {
        (_, Asked::Nothing) => "Nothing is asked of you; what happens will show here.",
        (Screen::Briefing, _) => "Read down with PgDn; Enter goes to what is asked of you, ? shows all keys.",
        (Screen::Situation | Screen::Report | Screen::Timeline, _) => {
            "Enter goes to what is asked of you; Tab shows the other screens."
        }
        (Screen::Contact | Screen::Calls | Screen::Orders | Screen::Flash, _)
            if app.view.table.person.role != Role::Lead =>
        {
            "You advise: draft what you would do, and tell your lead by m; the lead seals."
        }
        (Screen::Contact, _) => "Enter places a call or request; s goes on to the orders, also with none.",
        (Screen::Calls, _) => "Left and Right choose what to say to each caller; s seals.",
        (Screen::Orders, _) => {
            "Enter orders the act, w a word, t a stance; s seals. One act a turn, or hold."
        }
        (Screen::Flash, _) => "Enter chooses the one order; s seals it.",
        (Screen::Talk, _) => "m says something to a seat or to control; Enter goes to what is asked of you.",
        (Screen::Debrief, _) => "",
    }
}
