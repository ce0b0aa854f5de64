//! One order in the middle of an exchange of fire.

use crate::session::{ExchangeView, FlashOrder, LineState, Message, ReplyRule, SeatView};
use crate::tui::app::App;
use crate::tui::calendar::span;
use crate::tui::text::Words;
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::page::{self, Page};
use crate::vocabulary::{Rung, TOP_RUNG};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// Draws what happened, the standing answer and the options.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let mut page = Page::new(app.theme, usize::from(area.width));
    for text in facts(&app.view) {
        page.text(&text);
    }
    for news in &app.view.log[app.view.log.len().saturating_sub(3)..] {
        page.entry("-", &app.words().news(news));
    }
    page.gap();
    let lines = page.lines();
    let rows: Vec<Row> = options(app)
        .iter()
        .map(|order| {
            let chosen = app.draft.orders().flash.unwrap_or(FlashOrder::Standing) == *order;
            let mark = if chosen { "[x]" } else { "[ ]" };
            let default = if *order == FlashOrder::Standing { " (the default)" } else { "" };
            let what = format!("{}{}", app.words().flash(*order), rung(app.words(), &app.view, *order));
            Row::Choice(format!("{mark} {what}{default}"), app.theme.plain)
        })
        .collect();
    let room = (rows.len() + 1).min(usize::from(area.height) / 2) as u16;
    let [above, below] = Layout::vertical([
        Constraint::Length((lines.len() as u16).min(area.height.saturating_sub(room))),
        Constraint::Min(0),
    ])
    .areas(area);
    page::draw(frame, above, &lines, 0);
    let mut all = vec![Row::Heading("Your one order".to_owned())];
    all.extend(rows);
    list::draw(frame, below, &all, app.row, app.theme);
}

/// What is known of the exchange, for the screen and the line mode.
pub fn facts(view: &SeatView) -> Vec<String> {
    let words = Words::new(&view.briefing);
    match &view.observation.exchange {
        Some(fire) => vec![
            format!(
                "{} opened fire at {}; {} is under fire. Last fire: rung {}, {} rounds (a salvo has 100); replies so far: {}.",
                words.seat(fire.opened_by),
                words.site(fire.site),
                words.seat(fire.under_fire),
                words.rung(fire.rung),
                fire.rounds,
                fire.round
            ),
            standing(words, fire),
        ],
        None => vec!["There is fire; no more is known.".to_owned()],
    }
}

/// The lowest rung of fire.
const FIRE: Rung = Rung(5);

/// What happens without an order.
fn standing(words: Words<'_>, fire: &ExchangeView) -> String {
    if fire.standing_answer < FIRE {
        return "The standing order answers with no fire.".to_owned();
    }
    format!(
        "The standing order answers at rung {} with {} rounds, in {}, but only as often as the record shows. A reply \
         that you order does not hang on that.",
        words.rung(fire.standing_answer),
        fire.standing_rounds,
        span(fire.latency)
    )
}

/// On which rung a reply stands; nothing for what is no fire.
pub fn rung(words: Words<'_>, view: &SeatView, order: FlashOrder) -> String {
    let Some(fire) = &view.observation.exchange else { return String::new() };
    let ally = Some(fire.under_fire) != view.observation.seat;
    let up = Rung(fire.rung.0.saturating_add(1).min(TOP_RUNG));
    let rung = match order {
        FlashOrder::Standing if !ally => fire.standing_answer,
        FlashOrder::Reply(ReplyRule::Symbolic) => FIRE,
        FlashOrder::Reply(ReplyRule::InKind) => fire.rung,
        FlashOrder::Reply(ReplyRule::InKindPlusOne) => up,
        _ => return String::new(),
    };
    if rung < FIRE { ": no fire".to_owned() } else { format!(": rung {}", words.rung(rung)) }
}

/// The orders on offer: replies for the seat under fire, restraint and release for its ally.
pub fn options(app: &App) -> Vec<FlashOrder> {
    options_of(&app.view)
}

/// What is worth saying while shells fly.
const MESSAGES: [Message; 2] = [Message::Warn, Message::Reassure];

/// The orders on offer to a seat.
pub fn options_of(view: &SeatView) -> Vec<FlashOrder> {
    let seen = &view.observation;
    let ally = seen.exchange.is_some_and(|fire| Some(fire.under_fire) != seen.seat);
    let mut options = vec![FlashOrder::Standing];
    if ally {
        options.extend([FlashOrder::Restrain, FlashOrder::Release]);
    } else {
        options.push(FlashOrder::Hold);
        options.extend(ReplyRule::ALL.into_iter().filter(|r| *r != ReplyRule::Hold).map(FlashOrder::Reply));
    }
    let quick = seen.channels.iter().filter(|c| c.in_time && c.state != LineState::Cut);
    options
        .extend(quick.flat_map(|c| MESSAGES.map(|message| FlashOrder::Call { channel: c.channel, message })));
    options
}
