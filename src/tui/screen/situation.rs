//! What stands where: the ladder, own tracks, channels, bodies, proposals, the staff's estimate, the last news.

use crate::session::{BeliefView, SeatView};
use crate::tui::app::App;
use crate::tui::calendar::span;
use crate::tui::requests::requests;
use crate::tui::text::{Words, accord_status, author, line_state, percent, points, politics, safe};
use crate::tui::widget::page::Page;
use crate::tui::widget::{ladder, page};
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{DAY, Id, counted};
use ratatui::Frame;
use ratatui::layout::Rect;

/// A heading, its entries, and what to do if there are none.
type Section = (&'static str, Vec<String>, &'static str);

/// Draws the columns side by side; gives the length of the longest.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect) -> usize {
    let columns = columns(app, area.width);
    let mut x = area.x;
    let mut longest = 0;
    for (width, page) in columns {
        let column = Rect { x, width, ..area }.intersection(area);
        let lines = page.lines();
        page::draw(frame, column, &lines, app.scroll);
        x = x.saturating_add(width).saturating_add(2);
        longest = longest.max(lines.len());
    }
    longest
}

/// Two columns on a narrow terminal, three on a wide one: the same entries in each.
pub fn columns(app: &App, width: u16) -> Vec<(u16, Page)> {
    let count = if width >= 110 { 3 } else { 2 };
    let each = width.saturating_sub(2 * (count - 1)) / count;
    let columns = usize::from(each);
    let mut first = Page::new(app.theme, columns);
    first.heading(if app.view.path.len() > 1 {
        "Ladder (o: where it stood, newest right)"
    } else {
        "Ladder"
    });
    first.append(ladder::lines(app, columns));
    let [own, open, others] = sections(&app.view);
    fill(&mut first, own);
    let mut second = Page::new(app.theme, columns);
    fill(&mut second, open);
    if count == 2 {
        fill(&mut second, others);
        return vec![(each, first), (each, second)];
    }
    let mut third = Page::new(app.theme, columns);
    fill(&mut third, others);
    vec![(each, first), (each, second), (each, third)]
}

fn fill(page: &mut Page, sections: Vec<Section>) {
    for (heading, entries, otherwise) in sections {
        page.heading(heading);
        page.entries(entries, otherwise);
    }
}

/// Everything of the situation but the ladder, for the screen and the line mode: what one has, what is open, and
/// the others.
pub fn sections(view: &SeatView) -> [Vec<Section>; 3] {
    let words = Words::of(view);
    [own(view, words), open(view, words), others(view, words)]
}

fn own(view: &SeatView, words: Words<'_>) -> Vec<Section> {
    let (seen, brief) = (&view.observation, &view.briefing);
    let tracks = seen.levels.iter().filter_map(|(id, level)| {
        let track = brief.tracks.get(id.index())?;
        let told = format!("{} {level} of {} ({})", words.track(*id)?, track.max, safe(&track.unit));
        Some((track.focus, told))
    });
    let (focus, others): (Vec<_>, Vec<_>) = tracks.partition(|(focus, _)| *focus);
    let tracks = focus.into_iter().chain(others).map(|(_, told)| told);
    let aims = brief.aims.iter().zip(&seen.aims);
    let aims = aims.map(|(aim, stand)| format!("{}: {}", words.label(&aim.label), points(*stand)));
    let mut aims: Vec<String> = aims.collect();
    if seen.face_lost != 0 {
        aims.push(format!("face lost by ultimatums that lapsed: {}", points(seen.face_lost)));
    }
    let mut losses: Vec<String> = seen
        .deaths
        .iter()
        .filter(|d| d.1 > 0)
        .map(|(seat, dead)| format!("{}: {dead} dead", words.seat(*seat)))
        .collect();
    if seen.civilian_deaths > 0 {
        losses.push(format!("civilians: {} dead", seen.civilian_deaths));
    }
    let standing = seen.standing.iter().map(|s| {
        format!(
            "{}: {}, {} rounds for each 100, alone up to rung {}",
            words.site(s.site),
            s.reply.word(),
            s.volume,
            s.delegated
        )
    });
    let pending = seen.pending.iter().map(|p| {
        format!("{}, in {}", words.action(p.action), span(p.due.saturating_sub(seen.minute).max(0)))
    });
    let triggers = seen.triggers.iter().map(|t| {
        let met = if t.met { "MET" } else { "not met" };
        let delegated = if t.delegated { ", pre-delegated" } else { "" };
        let brief = view.briefing.triggers.iter().find(|brief| brief.id == t.trigger);
        let does =
            brief.map_or_else(String::new, |b| format!("; {} {}", b.does.word(), words.action(b.action)));
        format!("{}: {met}{delegated}{does}", words.trigger(t.trigger))
    });
    let alliances = seen.alliances.iter().map(|a| {
        format!(
            "{}: abandonment {}, entrapment {}, decoupling {}",
            words.seat(a.ally),
            percent(a.abandonment),
            percent(a.entrapment),
            percent(a.decoupling)
        )
    });
    vec![
        ("Your tracks", tracks.collect(), "You see no tracks."),
        ("Your aims so far", aims, "Nothing is counted yet."),
        ("Fears within the alliance", alliances.collect(), "You have no ally."),
        ("Known losses", losses, "Nobody is known to have died."),
        ("Standing orders under fire", standing.collect(), "None; a stance sets them."),
        ("Acts that are due", pending.collect(), "None; a stance takes one back."),
        ("Triggers", triggers.collect(), "You have none."),
    ]
}

fn open(view: &SeatView, words: Words<'_>) -> Vec<Section> {
    let seen = &view.observation;
    let recent = view.log.iter().rev().take(3).map(|n| words.news(n)).collect::<Vec<_>>();
    let stimuli = seen.stimuli.iter().map(|s| {
        let dead = if s.deaths > 0 { format!(", {} dead", s.deaths) } else { String::new() };
        format!(
            "{} at rung {}{dead}, {} ago; {} sure it was they; still weighs {}",
            words.seat(s.by),
            words.rung(s.rung),
            span(seen.minute.saturating_sub(s.minute)),
            percent(s.surely),
            percent(s.weight)
        )
    });
    let cases = seen.cases.iter().map(|c| {
        let look = if c.investigated { ", under investigation" } else { "" };
        let denied = if c.contested { ", denied" } else { "" };
        format!(
            "Case {}, {}, rung {}: {} at {}, on purpose {}{look}{denied}",
            c.case,
            words.moment(c.minute),
            c.rung,
            words.seat(c.suspect),
            percent(c.belief),
            percent(c.meant)
        )
    });
    let beliefs = seen.beliefs.iter().map(|belief| believed(view, words, belief));
    let proposals = seen.proposals.iter().map(|p| words.proposal(p));
    let talks = seen.talks.iter().map(|t| {
        format!(
            "{} with {} on {}: {} rounds held, next ends {}",
            t.level.words(),
            words.seat(t.with),
            words.named(t.proposal),
            t.rounds,
            words.moment(t.next)
        )
    });
    vec![
        ("Last news", recent, "No news yet."),
        ("Unanswered acts against you", stimuli.collect(), "Nothing is unanswered."),
        ("Who did it?", cases.collect(), "No case is open."),
        ("Others, as your staff see them", beliefs.collect(), "Your staff hold no estimate."),
        ("Proposals", proposals.collect(), "None on the table; a word makes one."),
        ("Talks", talks.collect(), "None under way."),
    ]
}

/// The most signals that are given as the reason why a belief moved.
const REASONS: usize = 2;

/// What staff believe of another, how it moved since the last turn, and the last signals from there since then.
fn believed(view: &SeatView, words: Words<'_>, belief: &BeliefView) -> String {
    let (title, types) = words.belief(belief);
    let text = format!("{title}: {}", types.join(", "));
    let subject = view.briefing.hypotheses.iter().find(|h| h.id == belief.hypothesis).map(|h| h.subject);
    if belief.shares == belief.before {
        return text;
    }
    let signals = view.log.iter().rev().filter(|news| subject.is_some() && author(&news.kind) == subject);
    let signals: Vec<String> = signals.take(REASONS).map(|news| words.news(news)).collect();
    if signals.is_empty() { text } else { format!("{text}. Last signals: {}", signals.join(" ")) }
}

/// How fast the crisis moved within the last day.
fn pace(view: &SeatView) -> String {
    let now = view.observation.minute;
    let (before, since): (Vec<_>, Vec<_>) = view.path.iter().partition(|(at, _)| *at <= now - DAY);
    let from = before.last().or(since.first()).map_or(view.observation.standing_rung, |(_, rung)| *rung);
    let changes = since.len() - usize::from(before.is_empty() && !since.is_empty());
    format!(
        "the crisis, in the last day: standing rung {from} to {}, {}",
        view.observation.standing_rung,
        counted(changes as i64, "change", "changes")
    )
}

fn others(view: &SeatView, words: Words<'_>) -> Vec<Section> {
    let seen = &view.observation;
    let channels = seen.channels.iter().map(|c| {
        let since = c.since.map_or(String::new(), |m| format!(", {}", words.moment(m)));
        let answering = if c.answering { "" } else { "; you let it ring" };
        let own = c.own_politics.map_or(String::new(), |p| format!("; you keep it {}", politics(p)));
        format!("{}: {}{since}{own}{answering}", words.channel(c.channel), line_state(c.state))
    });
    let bodies = seen.bodies.iter().map(|b| {
        let pending = b.pending.map_or(String::new(), |(action, due)| {
            let left = span(due.saturating_sub(seen.minute).max(0));
            format!("; {} is due in {left}, {}", words.action(action), words.moment(due))
        });
        format!("{}: takes {}, practice {} of 100{pending}", words.body(b.body), span(b.lead), b.maturity)
    });
    let bodies: Vec<String> = bodies.collect();
    let clock = (!bodies.is_empty()).then(|| pace(view));
    let bodies: Vec<String> = clock.into_iter().chain(bodies).collect();
    // What nobody has agreed on yet, or only later years know, is no news.
    let agreed = seen.accords.iter().filter(|(_, status)| *status != AccordStatus::Absent);
    let accords = agreed.map(|(a, s)| format!("{}: {}", words.accord(*a), accord_status(*s)));
    let running = seen.continuing.iter().map(|(by, a)| format!("{}: {}", words.seat(*by), words.action(*a)));
    let mut allies: Vec<String> = seen
        .consents
        .iter()
        .map(|(ally, rung)| format!("you release {} up to rung {}", words.seat(*ally), words.rung(*rung)))
        .collect();
    allies.extend(seen.restraint.iter().map(|r| {
        format!(
            "{} asks you to stay below rung {} until {}",
            words.seat(r.by),
            words.rung(r.from),
            words.moment(r.until)
        )
    }));
    allies.extend(requests(view).iter().map(|request| request.line(words)));
    vec![
        ("Channels", channels.collect(), "You are on no line."),
        ("Bodies against the clock", bodies, "You sit in none."),
        ("Accords and laws", accords.collect(), "None has been agreed."),
        ("Acts that go on", running.collect(), "Nothing goes on."),
        ("Allies", allies, "No release and no request stands."),
    ]
}
