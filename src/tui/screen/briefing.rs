//! The handbook: what the crisis is about, who one is, one's aims, who else is there.

use crate::session::{SeatBrief, SeatView};
use crate::tui::app::App;
use crate::tui::text::{Words, points, prose, safe};
use crate::tui::widget::page::Page;
use crate::vocabulary::{Id, TrackId};

/// The page.
pub fn page(app: &App, width: usize) -> Page {
    let mut page = Page::new(app.theme, width);
    for (heading, texts) in sections(&app.view) {
        page.heading(&heading);
        if texts.is_empty() {
            page.hint("Nothing is written here.");
        }
        for text in texts {
            page.item(&text);
        }
    }
    page
}

/// What moves an aim that a level measures.
fn each_point(view: &SeatView, words: Words<'_>, track: TrackId) -> String {
    let unit =
        view.briefing.tracks.get(track.index()).map(|track| safe(&track.unit)).filter(|u| !u.is_empty());
    let unit = unit.map_or_else(String::new, |unit| format!(" ({unit})"));
    match words.track(track) {
        Some(label) => format!(" for each point of '{label}'{unit} above its start"),
        None => " for each point above its start of a level that you do not see".to_owned(),
    }
}

/// The handbook as headings and paragraphs, for the screen and the line mode.
pub fn sections(view: &SeatView) -> Vec<(String, Vec<String>)> {
    let brief = &*view.briefing;
    let words = Words::new(brief);
    let own = brief.seat.map_or("you".to_owned(), |s| words.seat(s));
    let mut sections = vec![(words.label(&brief.scenario), prose(&brief.summary))];
    let mut role = prose(&brief.role);
    if !brief.disposition.label.is_empty() {
        role.push(format!(
            "What only you know of yourself: {}. Your aims are weighed by it.",
            words.label(&brief.disposition)
        ));
    }
    sections.push((format!("You are {own}"), role));
    let aims = brief.aims.iter().map(|aim| {
        let each = match (aim.floor, aim.track) {
            (true, _) => ", lost for good if it fails; nothing can offset that".to_owned(),
            (_, Some(track)) => each_point(view, words, track),
            (_, None) => String::new(),
        };
        format!("- {}: {}{each}", words.label(&aim.label), points(aim.points))
    });
    let mut aims: Vec<String> = aims.collect();
    let person = &view.table.person;
    if !person.aim.is_empty() {
        let (name, aim) = (safe(&person.name), safe(&person.aim));
        aims.push(format!(
            "- Yours alone, {name}: {aim}. Until the debrief nobody else is told but control; it is not scored."
        ));
    }
    sections.push(("Your aims".to_owned(), aims));
    let turn = [
        "Each turn you first place up to two calls or requests, then answer incoming calls, then give orders: \
         one act (or hold), one word, and changes of stance for three points of attention.",
        "All seats seal their orders at once; what you then read is what your seat perceives, not the truth.",
        "Fire can stop the clock in mid-turn and ask you for one flash order.",
    ];
    sections.push(("How a turn goes".to_owned(), turn.map(str::to_owned).to_vec()));
    sections.push(("Who is there".to_owned(), brief.seats.iter().map(|s| seat(words, s)).collect()));
    let rungs = brief.rungs.iter().enumerate().map(|(i, rung)| {
        let text = brief.rung_definitions.get(i).map_or(String::new(), |d| safe(d));
        format!("{i:>2} {}: {text}", words.label(rung))
    });
    let about = "Every act stands on a rung. The standing rung says how high the crisis stands now: it falls by \
                 itself with time, and what goes on holds it up.";
    let ladder = std::iter::once(about.to_owned()).chain(rungs);
    sections.push(("The ladder".to_owned(), ladder.collect()));
    let windows = brief.calendar.iter().map(|(name, from, to)| {
        format!("- {}: {} to {}", safe(name), words.moment(*from), words.moment(*to))
    });
    sections.push(("Calendar".to_owned(), windows.collect()));
    sections
}

fn seat(words: Words<'_>, seat: &SeatBrief) -> String {
    let side = match (seat.ally, seat.rival) {
        (true, _) => " (ally)",
        (_, true) => " (rival)",
        _ => "",
    };
    let dispositions: Vec<String> = seat.dispositions.iter().map(|d| words.label(d)).collect();
    let could = if dispositions.is_empty() || (!seat.ally && !seat.rival) {
        String::new()
    } else {
        format!(" It could be: {}.", dispositions.join(", "))
    };
    format!("- {}{side}: {}{could}", words.label(&seat.label), safe(&seat.summary))
}
