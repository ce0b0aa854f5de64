//! One order in the middle of an exchange of fire, with what may come of each.

use super::orders::aims;
use crate::session::{ExchangeView, FlashOrder, LineState, Message, ReplyRule, ReplyView, SeatView};
use crate::tui::app::App;
use crate::tui::calendar::span;
use crate::tui::text::{Words, percent};
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::page::{self, Page};
use crate::vocabulary::{Id, Rung};
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
    let orders = options(app);
    let chosen = app.draft.orders().flash.unwrap_or(FlashOrder::Standing);
    let rows = orders.iter().map(|order| {
        let mark = if chosen == *order { "[x]" } else { "[ ]" };
        let default = if *order == FlashOrder::Standing { " (the default)" } else { "" };
        Row::Choice(format!("{mark} {}{default}", app.words().flash(*order)), app.theme.plain)
    });
    let all: Vec<Row> = std::iter::once(Row::Heading("Your one order".to_owned())).chain(rows).collect();
    let room = all.len().min(usize::from(area.height) / 2) as u16;
    let [above, below] = Layout::vertical([
        Constraint::Length((lines.len() as u16).min(area.height.saturating_sub(room))),
        Constraint::Min(0),
    ])
    .areas(area);
    page::draw(frame, above, &lines, 0);
    let left = if area.width >= 110 { 56 } else { 40 };
    let [list, gap, detail] =
        Layout::horizontal([Constraint::Length(left), Constraint::Length(1), Constraint::Min(0)])
            .areas(below);
    list::draw(frame, list, &all, app.row, app.theme);
    for row in gap.rows() {
        frame.render_widget(ratatui::text::Span::styled("│", app.theme.faint), row);
    }
    let mut about = Page::new(app.theme, usize::from(detail.width));
    for (at, text) in detail_of(app).iter().enumerate() {
        about.styled(text, if at == 0 { app.theme.strong } else { app.theme.plain });
    }
    page::draw_part(frame, detail, about.lines(), app.theme);
}

/// What there is to know of the order with the cursor.
pub fn detail_of(app: &App) -> Vec<String> {
    let orders = options(app);
    let Some(order) = orders.get(app.row) else { return Vec::new() };
    std::iter::once(app.words().flash(*order)).chain(odds(&app.view, *order)).collect()
}

/// What is known of the exchange, for the screen and the line mode.
pub fn facts(view: &SeatView) -> Vec<String> {
    let words = Words::of(view);
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

/// What holding does, and what it does not.
const HELD: &str =
    "This fire is not answered by arms; for all else at the line standing orders count as before.";

/// What comes of an order, as far as the seat can reckon; for the screen and the line mode.
pub fn odds(view: &SeatView, order: FlashOrder) -> Vec<String> {
    let words = Words::of(view);
    let seen = &view.observation;
    let Some(fire) = &seen.exchange else { return Vec::new() };
    let other = words.seat(fire.under_fire);
    let reply = |rule| seen.replies.iter().find(|reply| reply.rule == rule);
    match order {
        FlashOrder::Standing if Some(fire.under_fire) != seen.seat => {
            vec![format!("You ask nothing of {other}; it decides.")]
        }
        FlashOrder::Standing if fire.standing_answer < FIRE => vec!["No fire.".to_owned()],
        FlashOrder::Standing => {
            let rung = words.rung(fire.standing_answer);
            let mut texts =
                vec![format!("Rung {rung}, in {} of such cases in the record.", percent(fire.followed))];
            let order = seen.standing.iter().find(|standing| standing.site == fire.site);
            let answer = order.and_then(|order| reply(order.reply));
            texts.extend(answer.into_iter().flat_map(|reply| drawn(view, reply)));
            texts
        }
        FlashOrder::Hold => vec![format!("No fire. {HELD}")],
        FlashOrder::Reply(rule) => match reply(rule) {
            Some(reply) if reply.rung >= FIRE => {
                let mut texts =
                    vec![format!("Rung {}, after {}.", words.rung(reply.rung), span(fire.latency))];
                texts.extend(drawn(view, reply));
                texts
            }
            _ => vec!["No fire.".to_owned()],
        },
        FlashOrder::Restrain => {
            vec![format!("Asks {other} to answer with warning fire at most, or not at all. It may defy you.")]
        }
        FlashOrder::Release => vec![format!(
            "Lifts what you have asked of {other}, and opens replies to it that need your consent."
        )],
        FlashOrder::Call { channel, .. } => {
            let line = view.briefing.channels.get(channel.index());
            let takes = line.map_or_else(String::new, |line| format!(" takes {};", span(line.latency)));
            let mut texts =
                vec![format!("The line{takes} the next shot comes in {} or later.", span(fire.latency))];
            if Some(fire.under_fire) == seen.seat {
                texts.push(HELD.to_owned());
            }
            texts
        }
    }
}

/// What a reply may draw.
fn drawn(view: &SeatView, reply: &ReplyView) -> [String; 2] {
    let words = Words::of(view);
    [format!("Likely answer: {}.", words.draws(&reply.draws)), aims(view, &reply.worth)]
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
