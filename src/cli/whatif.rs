//! `offramp whatif`: what would have come if one thing in a recorded game had been otherwise?

use super::exit::{Exit, Failure};
use super::recorded::{Recorded, Work};
use super::{Format, seats};
use crate::engine::{ActOrder, Game, Orders};
use crate::report::debrief::{difference, what_if};
use crate::report::{Document, text};
use crate::scenario::Scenario;
use crate::scenario::diagnostics::nearest;
use crate::session::butfor::{Decisive, Instead, but_for, games};
use crate::trace::{ButFor, Debrief, one_line};
use crate::vocabulary::{ActionId, ChannelId, InjectId, Rung, SafeText, SeatId};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

/// Plays a recorded game on from one of its turns, with and without something in it, and tells what that changes.
///
/// Both arms are played by policies from there on, with the same luck, so that only the replacement can tell them apart.
/// The answer is a property of the model and of these policies, not of history.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp whatif game.trace --at 3 --seat rok --hold\n  \
                        offramp whatif game.trace --at 3 --seat rok --act loudspeakers_on --continuations 1000\n  \
                        offramp whatif game.trace --at 2 --answer\n  \
                        offramp whatif game.trace --at 1 --without-inject rumour --format json\n\n\
                        The same record and number of continuations give the same answer with any number of threads.")]
#[command(group(clap::ArgGroup::new("replacement").required(true).args(["hold", "act", "answer", "without_inject"])))]
pub struct WhatIf {
    /// A trace or a journal.
    trace: PathBuf,
    /// The turn, counted from 1 as `replay --turn` does.
    #[arg(long, value_name = "TURN", value_parser = clap::value_parser!(u16).range(1..))]
    at: u16,
    /// The seat whose act is replaced; of a call, who called or was called.
    #[arg(long, value_name = "SEAT")]
    seat: Option<String>,
    /// The seat holds in the place of its act.
    #[arg(long, requires = "seat")]
    hold: bool,
    /// The seat does this in the place of its act.
    #[arg(long, value_name = "NAME", requires = "seat")]
    act: Option<String>,
    /// The first call of the turn that nobody answered is answered; over this channel, if one is named.
    #[arg(long, value_name = "CHANNEL", num_args = 0..=1, default_missing_value = "")]
    answer: Option<String>,
    /// The inject does not fire, in that turn or later.
    #[arg(long, value_name = "NAME", conflicts_with = "seat")]
    without_inject: Option<String>,
    #[command(flatten)]
    work: Work,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl WhatIf {
    /// Reads the record, plays on, tells.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let recorded = Recorded::read(&self.trace)?;
        let scenario = recorded.game.rules().scenario().as_ref();
        let asked = [self.asked(&recorded, scenario)?];
        let effort = self.work.effort();
        let table = self
            .work
            .watched(games(&asked, effort), |watch| but_for(&recorded.moments, &asked, effort, watch));
        let Some(table) = table else { return Ok(Exit::Done) };
        match self.format {
            Format::Text => {
                let ladder = scenario.document.ladder.iter();
                let debrief = Debrief {
                    first: crate::trace::Wording::new(scenario).first(),
                    ladder: ladder.map(|row| (Rung(row.rung), one_line(&row.label))).collect(),
                    ..Debrief::default()
                };
                let title = one_line(&scenario.document.title);
                let sections = table.rows.iter().map(|row| what_if(row, &table, &debrief)).collect();
                for line in text::lines(&Document { title, sections }) {
                    writeln!(out, "{}", SafeText::new(&line))?;
                }
            }
            Format::Json => writeln!(out, "{}", self.json(scenario, &table))?,
        }
        Ok(Exit::Done)
    }

    fn asked(&self, recorded: &Recorded, scenario: &Scenario) -> Result<Decisive, Failure> {
        let seat = self.seat.as_ref().map(|name| seats::seat(scenario, name)).transpose()?;
        let (moments, document) = (&recorded.moments, &scenario.document);
        let found = if let Some(name) = &self.without_inject {
            let names = || document.injects.iter().map(|inject| inject.name.as_str());
            let inject: InjectId =
                scenario.names.find(name).ok_or_else(|| unknown("inject", name, names()))?;
            moments.without(self.at, inject)
        } else if let Some(name) = &self.answer {
            let names = || document.channels.iter().map(|channel| channel.name.as_str());
            let over = (!name.is_empty()).then(|| {
                let channel: Option<ChannelId> = scenario.names.find(name);
                channel.ok_or_else(|| unknown("channel", name, names()))
            });
            moments.answered(self.at, over.transpose()?, seat)
        } else if let Some(seat) = seat {
            let act = self.act.as_ref().map(|name| {
                let names = || document.actions.iter().map(|action| action.name.as_str());
                let action: Option<ActionId> = scenario.names.find(name);
                action.ok_or_else(|| unknown("action", name, names()))
            });
            let act = act.transpose()?;
            moments.orders(self.at, |game| match act {
                None => Ok(Instead::Hold(seat)),
                Some(action) => allowed(game, seat, action, scenario).map(|()| Instead::Act(seat, action)),
            })
        } else {
            Err("--hold and --act need --seat".to_owned())
        };
        found.map_err(Failure::usage)
    }

    fn json(&self, scenario: &Scenario, table: &ButFor) -> Value {
        let rows = table.rows.iter().map(|row| {
            let rungs = scenario.document.ladder.iter().map(|rung| {
                let reached = row.reached[usize::from(rung.rung)];
                let found = difference(reached);
                json!({
                    "rung": rung.rung,
                    "name": rung.name,
                    "as_it_was": reached.as_it_was(),
                    "instead": reached.instead(),
                    "only_as_it_was": reached.only_as_it_was,
                    "only_instead": reached.only_instead,
                    "difference": found.value,
                    "interval": found.interval,
                })
            });
            json!({
                "turn": row.turn,
                "minute": row.minute,
                "what": row.what,
                "instead": row.instead,
                "pairs": table.continuations,
                "differ": row.differ,
                "rungs": rungs.collect::<Vec<_>>(),
            })
        });
        json!({
            "scenario": scenario.document.name,
            "fingerprint": scenario.fingerprint,
            "games": table.games,
            "rows": rows.collect::<Vec<_>>(),
        })
    }
}

/// That there is no such thing, with the nearest name.
/// From how many names on a list of them helps nobody.
const MOST_LISTED: usize = 40;

fn unknown<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> Failure {
    let names: Vec<&str> = names.collect();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if names.is_empty() => format!(": the scenario has no {what}"),
        None if names.len() <= MOST_LISTED => format!(" ({what}s: {})", names.join(", ")),
        None => String::new(),
    };
    Failure::usage(format!("no {what} is called `{name}`{hint}"))
}

/// Whether a seat could have ordered an act as it then saw things.
fn allowed(game: &Game, seat: SeatId, action: ActionId, scenario: &Scenario) -> Result<(), String> {
    let (seen, briefing) = (game.observation(seat), game.briefing(seat));
    let order = ActOrder { action, start_tick: 0, defy: false };
    let problems = Orders { act: Some(order), ..Orders::default() }.check(seen, &briefing);
    if problems.is_empty() {
        return Ok(());
    }
    let problems: Vec<String> = problems.iter().map(|problem| problem.describe(&briefing)).collect();
    let legal = seen.menu.iter().filter(|item| item.legality == crate::engine::Legality::Legal);
    let names: Vec<&str> = legal.map(|item| name_of(scenario, item.action)).collect();
    Err(format!("{}; it could have ordered: {}", problems.join("; "), names.join(", ")))
}

fn name_of(scenario: &Scenario, action: ActionId) -> &str {
    use crate::vocabulary::Id;
    &scenario.document.actions[action.index()].name
}
