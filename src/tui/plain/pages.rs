//! What line mode writes, page by page.

use super::super::screen;
use super::super::text::{Words, line_state, percent};
use super::super::widget::header as head;
use super::grammar;
use crate::session::{Asked, FlashOrder, SeatView};
use crate::vocabulary::Id;

/// Headings and paragraphs.
pub fn sections(sections: impl IntoIterator<Item = (String, Vec<String>)>) -> Vec<String> {
    let mut lines = Vec::new();
    for (heading, texts) in sections {
        lines.push(titled(&heading));
        lines.extend(texts.into_iter().filter(|t| !t.is_empty()).map(|t| format!("  {t}")));
    }
    lines
}

fn titled(heading: &str) -> String {
    let mark = if heading.ends_with('?') { "" } else { ":" };
    format!("{heading}{mark}")
}

/// Who, when, how high.
pub fn header(view: &SeatView) -> String {
    let words = Words::of(view);
    let header = words.header(view);
    let date = words.calendar().date(view.observation.minute).filter(|date| !header.contains(date));
    header + &date.map_or(String::new(), |d| format!(" ({d})"))
}

/// What is asked and at stake.
pub fn asked(view: &SeatView) -> String {
    let stake = head::stake(Words::of(view), &view.observation);
    let capital = screen::orders::capital(view).map_or(String::new(), |capital| format!(" {capital}."));
    format!("ASKED: {}. {stake}{capital}", head::asked(view.observation.asked))
}

/// The situation.
pub fn status(view: &SeatView) -> Vec<String> {
    let words = Words::of(view);
    let peak = words.rung(view.observation.peak_rung);
    let mut lines = vec![header(view), format!("Highest rung of an act so far: {peak}"), asked(view)];
    for (heading, entries, otherwise) in screen::situation::sections(view).into_iter().flatten() {
        lines.push(titled(heading));
        if entries.is_empty() {
            lines.push(format!("  {otherwise}"));
        }
        lines.extend(entries.into_iter().map(|e| format!("  {e}")));
    }
    lines
}

/// The news so far that hold a text; all for an empty one.
pub fn news(view: &SeatView, wanted: &str) -> Vec<String> {
    let words = Words::of(view);
    let wanted = wanted.to_lowercase();
    let lines: Vec<String> = view
        .log
        .iter()
        .map(|n| words.news(n))
        .filter(|line| line.to_lowercase().contains(&wanted))
        .map(|line| format!("- {line}"))
        .collect();
    if lines.is_empty() { vec!["No such news.".to_owned()] } else { lines }
}

/// The orders that numbers stand for, and the lines that list them.
pub fn choices(view: &SeatView) -> (Vec<String>, Vec<String>) {
    let listed: Vec<(String, String)> = match view.observation.asked {
        Asked::Nothing => Vec::new(),
        Asked::Contacts => contacts(view),
        Asked::Answers => calls(view),
        Asked::Orders => acts(view),
        Asked::Flash => flash(view),
    };
    let mut lines = Vec::new();
    if view.observation.asked == Asked::Flash {
        lines.extend(screen::flash::facts(view));
    }
    if view.observation.asked == Asked::Orders {
        lines.push("  0) hold: no act this turn".to_owned());
    }
    lines.extend(listed.iter().enumerate().map(|(i, (order, text))| format!("  {}) {order}: {text}", i + 1)));
    lines.push(next(view));
    (listed.into_iter().map(|(order, _)| order).collect(), lines)
}

fn next(view: &SeatView) -> String {
    let seen = &view.observation;
    match seen.asked {
        Asked::Nothing => "Nothing is asked of you.".to_owned(),
        Asked::Contacts => {
            let ally = match view.briefing.seats.iter().any(|s| s.ally) {
                true => " restrain ALLY RUNG and ask ALLY ACT turn to an ally.",
                false => "",
            };
            format!(
                "A number and a message (reassure, warn, query, regret, test, notice ACT) calls; done goes \
                 on.{ally}"
            )
        }
        Asked::Answers => {
            "A number and a message answers; ring NUMBER lets it ring; done goes on.".to_owned()
        }
        Asked::Flash => {
            "A number chooses; done seals. Without a choice the standing order counts.".to_owned()
        }
        Asked::Orders => {
            let question = seen.question.map_or(String::new(), |q| {
                format!(" Staff ask: {} (estimate PERCENT)", Words::of(view).question(q, seen))
            });
            let open = seen.proposals.iter().filter(|p| Some(p.to) == seen.seat).count();
            let proposals = if open > 0 {
                format!(" {open} proposals wait for your word: status lists them, accept NUMBER answers.")
            } else {
                String::new()
            };
            format!("A number orders that act, about NUMBER tells more; done seals.{question}{proposals}")
        }
    }
}

fn contacts(view: &SeatView) -> Vec<(String, String)> {
    let (seen, brief, words) = (&view.observation, &*view.briefing, Words::of(view));
    let mut listed = Vec::new();
    for channel in &seen.channels {
        let Some(known) = brief.channels.get(channel.channel.index()) else { continue };
        for member in known.members.iter().filter(|m| Some(**m) != seen.seat) {
            let late = if channel.in_time { "" } else { ", too slow for this phase" };
            listed.push((
                format!("call {} {}", known.label.name, grammar::seat_name(view, *member)),
                format!(
                    "{} over {} ({}{late})",
                    words.seat(*member),
                    words.channel(channel.channel),
                    line_state(channel.state)
                ),
            ));
        }
    }
    for body in &seen.bodies {
        let Some(known) = brief.bodies.get(body.body.index()) else { continue };
        for action in &known.grants {
            listed.push((
                format!("consult {} {}", known.label.name, grammar::action_name(view, *action)),
                format!("ask {} to release {}", words.body(body.body), words.action(*action)),
            ));
        }
    }
    listed
}

fn calls(view: &SeatView) -> Vec<(String, String)> {
    let words = Words::of(view);
    let calls = view.observation.calls.iter().enumerate();
    calls
        .map(|(i, c)| {
            (
                format!("answer {}", i + 1),
                format!("{} calls over {}", words.seat(c.from), words.channel(c.channel)),
            )
        })
        .collect()
}

fn acts(view: &SeatView) -> Vec<(String, String)> {
    let words = Words::of(view);
    let menu = view.observation.menu.iter();
    menu.map(|item| {
        let text = match screen::orders::agenda(view, item) {
            Some(agenda) => format!(
                "{}, costs {}; {}; {}",
                words.action(item.action),
                agenda.price,
                crate::tui::text::safe(&agenda.group),
                words.legality(item)
            ),
            None => format!(
                "{}, rung {}, {} (record {}); {}; likely answer: {}",
                words.action(item.action),
                item.rung,
                item.cell.word(),
                percent(screen::orders::recorded(&view.observation.menu, item)),
                words.legality(item),
                words.draws(&item.draws)
            ),
        };
        (format!("act {}", grammar::action_name(view, item.action)), text)
    })
    .collect()
}

fn flash(view: &SeatView) -> Vec<(String, String)> {
    let words = Words::of(view);
    screen::flash::options_of(view)
        .into_iter()
        .map(|order| {
            let default = if order == FlashOrder::Standing { " (the default)" } else { "" };
            (
                format!("flash {}", grammar::flash_name(view, order)),
                words.flash(order) + default + ": " + &screen::flash::odds(view, order).join("; "),
            )
        })
        .collect()
}

/// All orders as words.
pub fn help() -> Vec<String> {
    [
        "Names are those of menu, status and brief; a number stands for the choice of that number.",
        "Reading: status, news [TEXT], brief, menu, about ACT, draft, help.",
        "Contact: call CHANNEL SEAT reassure|warn|query|regret|test|notice ACT; consult BODY ACT;",
        "  restrain ALLY RUNG [plain|assurance|statement|caveat]; ask ALLY ACT.",
        "Calls: answer NUMBER MESSAGE; ring NUMBER.",
        "Act: act ACT [tick N] [defy]; hold.",
        "Word: say conceding|conciliatory|soft|neutral|firm|threatening|hostile [bound];",
        "  propose SEAT TERM,TERM [over CHANNEL] [deadline 48h] [threat ACT] [ambiguous];",
        "  accept NUMBER; talk NUMBER; stall NUMBER; reject NUMBER; extend NUMBER.",
        "Stance: stance engage SITE hold|warn|symbolic|in_kind|plus_one VOLUME RUNG; stop ACT;",
        "  countermand ACT;",
        "  stance line CHANNEL open|silent|cut; stance answer CHANNEL yes|no; stance consent ALLY RUNG;",
        "  stance delegate TRIGGER on|off; stance accord ACCORD keep|suspend.",
        "Staff's question: estimate PERCENT.",
        "Under fire: flash standing|hold|warn|symbolic|in_kind|plus_one|restrain|release|call CHANNEL [MESSAGE].",
        "Talk: tell SEAT,SEAT|all|control [over CHANNEL]: TEXT; heard shows what was said.",
        "undo takes the last change back, clear empties the draft, done seals, quit leaves.",
        "A line that begins with # is not read.",
    ]
    .map(str::to_owned)
    .to_vec()
}
