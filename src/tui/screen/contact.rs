//! Calls and requests: what is drafted, and what there is to call over.

use crate::session::MAX_CONTACTS;
use crate::tui::app::App;
use crate::tui::calendar::span;
use crate::tui::form::own_actions;
use crate::tui::requests::requests;
use crate::tui::text::{line_state, politics};
use crate::tui::widget::page::Page;
use crate::vocabulary::{Id, SeatId};

/// The page.
pub fn page(app: &App, width: usize) -> Page {
    let (seen, words) = (&app.view.observation, app.words());
    let mut page = Page::new(app.theme, width);
    let drafted = &app.draft.orders().contacts;
    page.heading(&format!("Your calls and requests ({} of {MAX_CONTACTS})", drafted.len()));
    if drafted.is_empty() {
        page.hint("None yet. Enter places one; s goes on without.");
    }
    for (i, contact) in drafted.iter().enumerate() {
        page.styled_entry(&format!("{}.", i + 1), &words.contact(*contact), app.theme.strong);
    }
    page.heading("Lines");
    let channels = seen.channels.iter().map(|c| {
        let brief = app.view.briefing.channels.get(c.channel.index());
        let members: Vec<String> = brief
            .map_or(&[][..], |b| &b.members)
            .iter()
            .filter(|m| Some(**m) != seen.seat)
            .map(|m| words.seat(*m))
            .collect();
        let late = if c.in_time { "" } else { "; too slow for this phase" };
        let own = c.own_politics.map_or(String::new(), |p| format!("; you keep it {}", politics(p)));
        let latency = brief.map_or(0, |b| b.latency);
        format!(
            "{} to {}: {}{own}; a message takes {}{late}",
            words.channel(c.channel),
            members.join(", "),
            line_state(c.state),
            span(latency)
        )
    });
    page.entries(channels, "You are on no line; s goes on.");
    page.heading("Bodies that can release acts");
    let bodies = seen.bodies.iter().map(|b| {
        let grants = app.view.briefing.bodies.get(b.body.index()).map_or(&[][..], |b| &b.grants);
        let grants: Vec<String> = grants.iter().map(|a| words.action(*a)).collect();
        let pending = b.pending.map_or(String::new(), |(a, due)| {
            format!("; asked about {}, due {}", words.action(a), words.moment(due))
        });
        format!("{} (takes {}): {}{pending}", words.body(b.body), span(b.lead), grants.join(", "))
    });
    page.entries(bodies, "You sit in none.");
    page.heading("Allies");
    let allies = app.view.briefing.seats.iter().enumerate().filter(|(_, s)| s.ally);
    let allies = allies.map(|(at, s)| {
        let needs = |action| app.view.briefing.actions[Id::index(action)].consents.contains(&SeatId::new(at));
        let acts: Vec<String> =
            own_actions(&app.view).filter(|a| needs(*a)).map(|a| words.action(a)).collect();
        let agree = match acts.is_empty() {
            true => "none of your acts needs its agreement".to_owned(),
            false => format!("its agreement is needed for {}", acts.join(", ")),
        };
        format!("{}: can be asked not to act; {agree}", words.label(&s.label))
    });
    page.entries(
        allies.chain(requests(&app.view).iter().map(|request| request.line(words))),
        "You have none.",
    );
    page.gap();
    page.hint(
        "A call that rings out may be a refusal or a fault; nobody can tell. Words over a line may be lies.",
    );
    page
}
