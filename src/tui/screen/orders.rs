//! The four slots: the menu of acts with what each may draw, and the draft below it.

use crate::session::{AgendaBrief, Legality, MenuItem, Observation, ProposalView, Season, SeatView};
use crate::tui::app::App;
use crate::tui::calendar::span;
use crate::tui::requests::requests;
use crate::tui::text::{Words, percent, prose, safe, worth};
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::page::{self, Page};
use crate::vocabulary::{Cell, Cost, Id, ONE_MILLION, Ppm};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// Draws menu, detail and draft.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let wide = area.width >= 110;
    let mut draft = Page::new(app.theme, usize::from(area.width));
    let seen = &app.view.observation;
    let spent = app.draft.orders().stances.len();
    draft.styled(&format!("Draft (attention: {spent} of {} used)", seen.attention), app.theme.strong);
    if let Some(capital) = capital(&app.view) {
        draft.styled(&capital, app.theme.strong);
    }
    for line in app.draft.lines(&app.view) {
        draft.entry("*", &line);
    }
    let waiting: Vec<String> = waits(seen).map(|p| app.words().named(p.number)).collect();
    if !waiting.is_empty() {
        draft.styled(&format!("Waits for your word: {} (w answers)", waiting.join(", ")), app.theme.warn);
    }
    for own in seen.proposals.iter().filter(|p| Some(p.from) == seen.seat) {
        if let (Some(deadline), Some(threat)) = (own.deadline, own.threat) {
            let (ends, threat) = (app.words().moment(deadline), app.words().action(threat));
            let text = format!(
                "Your ultimatum {} ends {ends}: {threat}, or it lapses (w extends)",
                app.words().named(own.number)
            );
            draft.styled(&text, app.theme.warn);
        }
    }
    if let Some(question) = seen.question {
        let text = format!("Staff ask: {} (e answers)", app.words().question(question, seen));
        draft.styled(&text, app.theme.warn);
    }
    let draft = draft.lines();
    let below = (draft.len() as u16).min(area.height / 2);
    let left = if wide { 56 } else { 40 };
    let [above, bottom] = Layout::vertical([Constraint::Min(0), Constraint::Length(below)]).areas(area);
    let [menu, gap, detail] =
        Layout::horizontal([Constraint::Length(left), Constraint::Length(1), Constraint::Min(0)])
            .areas(above);
    list::draw(frame, menu, &rows(app), app.row, app.theme);
    let item = app.row.checked_sub(1).and_then(|i| seen.menu.get(i));
    let mut about = Page::new(app.theme, usize::from(detail.width));
    for text in detail_of(&app.view, item) {
        about.text(&text);
    }
    for row in gap.rows() {
        frame.render_widget(ratatui::text::Span::styled("│", app.theme.faint), row);
    }
    page::draw_part(frame, detail, about.lines(), app.theme);
    page::draw(frame, bottom, &draft, 0);
}

/// Proposals to a seat that it has not answered.
fn waits(seen: &Observation) -> impl Iterator<Item = &ProposalView> {
    seen.proposals.iter().filter(|p| Some(p.to) == seen.seat && p.answer.is_none())
}

fn rows(app: &App) -> Vec<Row> {
    let seen = &app.view.observation;
    let chosen = app.draft.orders().act.map(|a| a.action);
    let mark = |on: bool| if on { "[x]" } else { "[ ]" };
    let mut rows =
        vec![Row::Choice(format!("{} hold: no act this turn", mark(chosen.is_none())), app.theme.plain)];
    let mut group = String::new();
    for item in &seen.menu {
        let heading = heading(&app.view, item);
        if group != heading {
            rows.push(Row::Heading(heading.clone()));
            group = heading;
        }
        let (sign, style) = match item.legality {
            Legality::Legal => (mark(chosen == Some(item.action)), app.theme.plain),
            _ => ("(-)", app.theme.faint),
        };
        let name = app.words().action(item.action);
        let mark = match agenda(&app.view, item) {
            Some(agenda) => format!("c{}", agenda.price),
            None => format!("r{}", item.rung.0),
        };
        rows.push(Row::Choice(format!("{sign} {mark:<3} {name}"), style));
    }
    rows
}

/// What stands before the name of an act.
pub fn legend(view: &SeatView) -> &'static str {
    match view.observation.season {
        Season::Calm => "Before each act stands what it costs: c3 is 3 of political capital.",
        Season::Crisis => "Before each act stands its rung on the ladder: r4 is rung 4.",
    }
}

/// An act's place on the agenda, if the turn is a calm one of a campaign.
pub fn agenda<'a>(view: &'a SeatView, item: &MenuItem) -> Option<&'a AgendaBrief> {
    view.briefing.actions.get(item.action.index())?.agenda.as_ref()
}

/// What an act stands under: its group on the agenda, or its cell with the record's share for it.
fn heading(view: &SeatView, item: &MenuItem) -> String {
    match agenda(view, item) {
        Some(agenda) => safe(&agenda.group),
        None => {
            let share = percent(recorded(&view.observation.menu, item));
            format!("{} (in the record: {share})", item.cell.word())
        }
    }
}

/// What a seat has to spend in the calm turns of a campaign.
pub fn capital(view: &SeatView) -> Option<String> {
    let (label, level) = purse(view)?;
    let calm = view.observation.season == Season::Calm;
    calm.then(|| format!("{label}: {level}"))
}

/// The track that holds a seat's political capital, by its label, and where it stands.
pub fn purse(view: &SeatView) -> Option<(String, i32)> {
    let track = view.briefing.campaign.as_ref()?.capital?;
    let (_, level) = view.observation.levels.iter().find(|(id, _)| *id == track)?;
    Some((Words::of(view).track(track).unwrap_or_default(), *level))
}

/// Where a seat's political capital stands.
pub fn capital_level(view: &SeatView) -> Option<i32> {
    purse(view).map(|(_, level)| level)
}

/// The record's share for the cell of an act. Holding still belongs to the cell of nothing, which has what no other has.
pub fn recorded(menu: &[MenuItem], item: &MenuItem) -> Ppm {
    if item.cell != Cell::Nothing {
        return item.cell_share;
    }
    let first = |cell: &Cell| menu.iter().find(|other| other.cell == *cell).map_or(0, |o| o.cell_share);
    let others = Cell::ALL.iter().filter(|cell| **cell != Cell::Nothing);
    ONE_MILLION.saturating_sub(others.map(first).sum())
}

/// What an act does to a seat's own aims, its likely answer included.
pub fn aims(view: &SeatView, worths: &[i32]) -> String {
    let words = Words::of(view);
    let aims = view.briefing.aims.iter().zip(worths).filter(|(_, w)| worth(**w) != worth(0));
    let aims: Vec<String> = aims.map(|(a, w)| format!("{} {}", words.label(&a.label), worth(*w))).collect();
    match aims.is_empty() {
        true => format!("your aims: all {}", worth(0)),
        false => format!("your aims: {}", aims.join("; ")),
    }
}

/// What there is to know of an act on the menu, or of holding; for the screen and the line mode.
pub fn detail_of(view: &SeatView, item: Option<&MenuItem>) -> Vec<String> {
    let words = Words::of(view);
    let Some(item) = item else {
        let mut texts = vec![
            "Hold: nothing new is ordered; standing orders and acts that go on stay as they are.".to_owned(),
        ];
        texts.push(match view.observation.menu[..] {
            [] => "No act is on offer now; w says something, t changes a stance.".to_owned(),
            _ => legend(view).to_owned(),
        });
        return texts;
    };
    let action = view.briefing.actions.get(item.action.index());
    let mut texts = vec![format!("{}, rung {}", words.action(item.action), words.rung(item.rung))];
    let ask: Vec<String> =
        action.iter().flat_map(|act| &act.consents).map(|ally| words.seat(*ally)).collect();
    texts.push(match item.legality {
        Legality::Legal if ask.is_empty() => "+ can be ordered".to_owned(),
        Legality::Legal => format!("+ can be ordered, but fails unless {} agrees", ask.join(" and ")),
        _ => format!("x {}", words.legality(item)),
    });
    if let Some(agenda) = agenda(view, item) {
        texts.push(format!("{}; costs {} of political capital", safe(&agenda.group), agenda.price));
    }
    if let Some(asked) = view.observation.restraint.filter(|r| item.rung >= r.from) {
        texts.push(format!("! {} asks you not to; fails unless d defies it", words.seat(asked.by)));
    }
    texts.push(format!("likely answer: {}", words.draws(&item.draws)));
    texts.push(aims(view, &item.worth));
    let back = match (action.and_then(|act| act.continues), item.reversible) {
        (Some(0), _) => "goes on until you end it (t)".to_owned(),
        (Some(lasts), _) => format!("goes on for {}, unless you end it before (t)", span(lasts)),
        (None, true) => "can be taken back".to_owned(),
        (None, false) => "cannot be taken back".to_owned(),
    };
    let lead = if item.lead > 0 { format!("takes {}", span(item.lead)) } else { "at once".to_owned() };
    texts.push(format!("{lead}; {back}"));
    if let Some(action) = action {
        let cost = match action.cost {
            Cost::Cheap => "costs nothing as a signal",
            Cost::Sunk => "costly whatever follows",
            Cost::TiedHands => "costly to back down from",
        };
        texts.push(format!("reads as {}; {cost}", action.reading.word()));
        let releases: Vec<String> = action.release.iter().map(|r| safe(r)).collect();
        if !releases.is_empty() {
            texts.push(format!("needs release: {}", releases.join(", ")));
        }
        let asked = requests(view);
        texts.extend(action.consents.iter().map(|ally| {
            let request = asked.iter().find(|known| (known.ally, known.action) == (*ally, item.action));
            match request {
                Some(request) => request.came(words),
                None => format!("ask {} to agree in the contact phase", words.seat(*ally)),
            }
        }));
        texts.extend(prose(&action.about));
    }
    texts
}
