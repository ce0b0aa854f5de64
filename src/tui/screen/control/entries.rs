//! What control fills in, and the command that it makes.

use super::pages::{Target, seat_label};
use crate::session::{
    Argument, Consequence, ControlAct, ControlBoard, ControlCommand, EVEN, Effect, InjectDeed, Occupant,
    Ruling, SeatRow, Words,
};
use crate::tui::entry::{Entry, Field};
use crate::tui::text::{accord_status, politics, safe};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{SeatId, counted};
use std::time::Duration;

/// Why an inject is asked about before it goes.
pub const UNREAD: &str = "What has been read cannot be unread; only going back (page 6) takes it out again.";

/// How many arguments a ruling's form takes.
const ARGUMENTS: usize = 6;

const POLITICS: [Politics; 3] = [Politics::Open, Politics::Silent, Politics::Cut];
const ACCORDS: [AccordStatus; 4] =
    [AccordStatus::InForce, AccordStatus::Suspended, AccordStatus::Scrapped, AccordStatus::Absent];

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A row is changed.
    Change(Target),
    /// An inject that the scenario does not have.
    Write,
    /// A ruling.
    Rule,
    /// Something is said.
    Say,
    /// A note, perhaps on a line.
    Note(Option<u32>),
    /// A seat changes hands.
    Seat(usize),
    /// How long decisions may take.
    Clock,
    /// The game ends.
    End,
}

impl Purpose {
    /// The form; nothing if there is nothing to fill in.
    pub fn entry(self, board: &ControlBoard) -> Option<Entry> {
        let reason = || Field::text("Why");
        Some(match self {
            Purpose::Change(target) => return change(board, target),
            Purpose::Write => Entry::new(
                "Write an inject: it is read at once",
                vec![
                    Field::text("Headline"),
                    Field::text("Text"),
                    Field::choice("Read by", audiences(board), 0),
                    Field::choice("Moves", tracks(board), 0),
                    Field::text("By"),
                ],
            ),
            Purpose::Rule => {
                let mut fields = vec![
                    Field::text("Proposal"),
                    Field::choice("Of", seats_or_none(board), 0),
                    Field::choice(
                        "Dice need",
                        (2..=12).map(|base| base.to_string()).collect(),
                        EVEN as usize - 2,
                    ),
                ];
                fields.extend((0..ARGUMENTS).map(|_| Field::text("Argument")));
                fields.extend([
                    Field::text("If so: told"),
                    Field::choice("Moves", tracks(board), 0),
                    Field::text("By"),
                    Field::text("If not: told"),
                    Field::choice("Told to", audiences(board), 0),
                ]);
                Entry::new("Rule on a proposal", fields)
            }
            Purpose::Say => Entry::new(
                "Say something at the table",
                vec![Field::choice("To", audiences(board), 0), Field::text("Text")],
            ),
            Purpose::Note(Some(line)) => {
                let step = board.story.iter().find(|(at, _)| *at == line);
                let on = step.map_or_else(|| format!("line {line}"), |(_, step)| safe(&step.truth));
                Entry::new(&format!("Note on: {on}"), vec![Field::text("Text")])
            }
            Purpose::Note(None) => Entry::new("Note", vec![Field::text("Text")]),
            Purpose::Seat(at) => {
                let row = board.seats.get(at)?;
                let mut hands = vec!["a person".to_owned()];
                hands.extend(row.policies.iter().map(|name| format!("policy {name}")));
                Entry::new(&format!("Who plays {}", row.label), vec![Field::choice("Played by", hands, 0)])
            }
            Purpose::Clock => {
                let limits = LIMITS.iter().map(|(_, words)| (*words).to_owned()).collect();
                let now = board.pace.limit.map(|limit| limit.as_secs());
                let now = LIMITS.iter().position(|(seconds, _)| *seconds == now).unwrap_or(0);
                Entry::new("Turn clock", vec![Field::choice("A decision takes", limits, now)])
            }
            Purpose::End => Entry::new("End the game here, for everybody?", vec![Field::text("Why")]),
        })
        .filter(|entry| !entry.fields.is_empty() || reason().label.is_empty())
    }

    /// What follows from the form as it stands.
    pub fn hint(self, board: &ControlBoard, entry: &Entry) -> String {
        match self {
            Purpose::Rule => match ruling(board, entry) {
                Ok(ruling) => format!(
                    "Two dice need {}: {} %. An argument is written as +2 and why, or -1 and why not.",
                    ruling.needed(),
                    ruling.percent()
                ),
                Err(problem) => format!("{problem}."),
            },
            Purpose::Clock => "When time is up, whoever has not sealed orders nothing.".to_owned(),
            Purpose::End => {
                "Every seat reads that play stops here, and gets the debrief, which tells why. The crisis \
                             stays open: no ending of the scenario is put in its place. Page 6 goes back."
                    .to_owned()
            }
            Purpose::Seat(at) => board.seats.get(at).map_or_else(String::new, |row| hands_hint(row, entry)),
            _ => String::new(),
        }
    }

    /// Whether what it does cannot be taken back but by going back, so that it is asked about first.
    pub fn cannot_be_undone(self) -> bool {
        matches!(self, Purpose::Write | Purpose::Rule | Purpose::Change(Target::Turn(_)))
    }

    /// What the form as it stands comes to, in words, for the question before it is sent.
    pub fn comes_to(self, board: &ControlBoard, entry: &Entry) -> Vec<String> {
        let chosen = |at: usize| safe(entry.option(at));
        let told = |text: &str, to: usize| format!("Read by {}: {}", chosen(to), safe(text.trim()));
        let moved = |track: usize, by: usize| {
            let none = entry.chosen(track) == 0 || entry.text(by).trim().is_empty();
            (!none).then(|| format!("Moves {} by {}.", chosen(track), safe(entry.text(by).trim())))
        };
        match self {
            Purpose::Write => {
                let mut texts = vec![told(&format!("{}. {}", entry.text(0).trim(), entry.text(1)), 2)];
                texts.extend(moved(3, 4));
                texts.push(UNREAD.to_owned());
                texts
            }
            Purpose::Rule => match ruling(board, entry) {
                Ok(ruling) => {
                    let mut texts = vec![safe(&ruling.proposal)];
                    texts.push(format!(
                        "Two dice need {}: {} %, with {}. They are thrown once.",
                        ruling.needed(),
                        ruling.percent(),
                        match ruling.arguments.len() {
                            0 => "no argument for or against".to_owned(),
                            some => counted(some as u32, "argument", "arguments"),
                        }
                    ));
                    texts
                }
                Err(problem) => vec![format!("{problem}.")],
            },
            Purpose::Change(Target::Turn(_)) => vec![format!(
                "{}, with {}. What came since is on a branch of its own then, and nothing of it is deleted.",
                entry.title,
                chosen(0)
            )],
            _ => Vec::new(),
        }
    }

    /// The command.
    ///
    /// # Errors
    /// In words, if something is missing.
    pub fn build(self, board: &ControlBoard, entry: &Entry) -> Result<ControlCommand, String> {
        Ok(match self {
            Purpose::Change(target) => changed(board, target, entry)?,
            Purpose::Write => {
                let words = Words {
                    headline: written(entry.text(0), "headline")?,
                    text: written(entry.text(1), "text")?,
                };
                let effects = shift(board, entry.chosen(3), entry.text(4))?;
                let audience = audience(board, entry.chosen(2));
                ControlCommand::Act(ControlAct::Write(Consequence { words: Some(words), audience, effects }))
            }
            Purpose::Rule => {
                written(entry.text(0), "proposal")?;
                ControlCommand::Act(ControlAct::Rule(ruling(board, entry)?))
            }
            Purpose::Say => {
                let to = audience(board, entry.chosen(0));
                ControlCommand::Say { to, text: written(entry.text(1), "text")? }
            }
            Purpose::Note(at) => ControlCommand::Note { at, text: written(entry.text(0), "text")? },
            Purpose::Seat(at) => {
                let row = board.seats.get(at).ok_or("that seat is gone")?;
                let to = match entry.chosen(0) {
                    0 => Occupant::Person,
                    k => Occupant::Policy(row.policies[k - 1].clone()),
                };
                ControlCommand::Seat { seat: row.seat, to }
            }
            Purpose::End => ControlCommand::Act(ControlAct::End { why: written(entry.text(0), "reason")? }),
            Purpose::Clock => ControlCommand::Clock(LIMITS[entry.chosen(0)].0.map(Duration::from_secs)),
        })
    }
}

/// What whoever is chosen to play a seat would do.
fn hands_hint(row: &SeatRow, entry: &Entry) -> String {
    let Some(name) = entry.chosen(0).checked_sub(1).and_then(|at| row.policies.get(at)) else {
        return "A person at the seat's terminal or passphrase goes on from here.".to_owned();
    };
    let doctrines = &row.view.briefing.doctrines;
    let about = doctrines.iter().find(|doctrine| doctrine.label.name == *name);
    about.map_or_else(|| plain_policy(name).to_owned(), |doctrine| safe(&doctrine.about))
}

/// The policies that no scenario writes.
fn plain_policy(name: &str) -> &'static str {
    match name {
        "base" => "Acts and answers as often as seats so placed did in the record.",
        "passive" => "Holds, and answers nothing.",
        "random" => "Orders anything that is in order, by chance.",
        "record" => "Does on its days what the seat did in history.",
        _ => "",
    }
}

/// How long a decision may take, in seconds and in words.
const LIMITS: [(Option<u64>, &str); 7] = [
    (None, "as long as it likes"),
    (Some(60), "one minute"),
    (Some(120), "two minutes"),
    (Some(300), "five minutes"),
    (Some(600), "ten minutes"),
    (Some(900), "a quarter of an hour"),
    (Some(1800), "half an hour"),
];

fn change(board: &ControlBoard, target: Target) -> Option<Entry> {
    let why = || Field::text("Why");
    Some(match target {
        Target::Track(at) => {
            let row = board.tracks.get(at)?;
            let title = format!("{}, {} to {}", row.label, row.range.0, row.range.1);
            Entry::new(&title, vec![Field::filled("Stands at", &row.level.to_string()), why()])
        }
        Target::Channel(at) => {
            let row = board.channels.get(at)?;
            let mut states: Vec<String> = POLITICS.iter().map(|state| politics(*state).to_owned()).collect();
            states.extend(["it fails".to_owned(), "it is repaired".to_owned()]);
            let now = POLITICS.iter().position(|state| *state == row.politics).unwrap_or(0);
            Entry::new(&row.label, vec![Field::choice("State", states, now), why()])
        }
        Target::Accord(at) => {
            let (_, label, status) = board.accords.get(at)?;
            let states = ACCORDS.iter().map(|status| accord_status(*status).to_owned()).collect();
            let now = ACCORDS.iter().position(|known| known == status).unwrap_or(0);
            Entry::new(label, vec![Field::choice("Standing", states, now), why()])
        }
        Target::Due(seat, action) => {
            let row = board.scheduled.iter().find(|due| (due.seat, due.action) == (seat, action))?;
            Entry::new(&format!("Cancel: {}", row.words), vec![why()])
        }
        Target::Continuing(seat, action) => {
            let row = board.continuing.iter().find(|(by, act, _)| (*by, *act) == (seat, action))?;
            Entry::new(&format!("End: {}", row.2), vec![why()])
        }
        Target::Inject(at) => {
            let row = board.injects.get(at)?;
            let fields = vec![Field::filled("Headline", &row.label), Field::filled("Text", &row.text)];
            Entry::new("Reword the inject", fields)
        }
        Target::Turn(at) => {
            let row = board.turns.get(at)?;
            let luck = vec!["the same luck".to_owned(), "other luck".to_owned()];
            let title = format!("Go back to the start of turn {}, {}", row.turn, row.moment);
            Entry::new(&title, vec![Field::choice("With", luck, 0), why()])
        }
        Target::Seat(_) | Target::Said(_) | Target::Step(_) => return None,
    })
}

fn changed(board: &ControlBoard, target: Target, entry: &Entry) -> Result<ControlCommand, String> {
    let gone = || "that is gone".to_owned();
    let correct = |effect, why: &str| -> Result<ControlCommand, String> {
        Ok(ControlCommand::Act(ControlAct::Correct { effect, why: written(why, "reason")? }))
    };
    match target {
        Target::Track(at) => {
            let row = board.tracks.get(at).ok_or_else(gone)?;
            correct(Effect::Level { track: row.track, level: number(entry.text(0))? }, entry.text(1))
        }
        Target::Channel(at) => {
            let channel = board.channels.get(at).ok_or_else(gone)?.channel;
            let effect = match POLITICS.get(entry.chosen(0)) {
                Some(politics) => Effect::Line { channel, politics: *politics },
                None => Effect::Works { channel, working: entry.chosen(0) == POLITICS.len() + 1 },
            };
            correct(effect, entry.text(1))
        }
        Target::Accord(at) => {
            let accord = board.accords.get(at).ok_or_else(gone)?.0;
            let status = ACCORDS[entry.chosen(0).min(ACCORDS.len() - 1)];
            correct(Effect::Accord { accord, status }, entry.text(1))
        }
        Target::Due(seat, action) => correct(Effect::Cancel { seat, action }, entry.text(0)),
        Target::Continuing(seat, action) => correct(Effect::Stop { seat, action }, entry.text(0)),
        Target::Inject(at) => {
            let inject = board.injects.get(at).ok_or_else(gone)?.inject;
            let words =
                Words { headline: written(entry.text(0), "headline")?, text: entry.text(1).to_owned() };
            Ok(ControlCommand::Act(ControlAct::Inject { inject, deed: InjectDeed::Reword(words) }))
        }
        Target::Turn(at) => {
            let line = board.turns.get(at).ok_or_else(gone)?.line;
            // Any number that was not used before gives other luck; the count of branches is such a number.
            let salt = if entry.chosen(0) == 0 { 0 } else { u64::from(board.branch) + 1 };
            Ok(ControlCommand::Rewind { line, salt, why: entry.text(1).to_owned() })
        }
        Target::Seat(_) | Target::Said(_) | Target::Step(_) => Err(gone()),
    }
}

fn ruling(board: &ControlBoard, entry: &Entry) -> Result<Ruling, String> {
    let after = 3 + ARGUMENTS;
    let arguments = (3..after).filter(|at| !entry.text(*at).trim().is_empty());
    let arguments: Vec<Argument> =
        arguments.map(|at| argument(entry.text(at).trim())).collect::<Result<_, _>>()?;
    let to = audience(board, entry.chosen(after + 4));
    let told = |text: &str| {
        let words = (!text.trim().is_empty())
            .then(|| Words { headline: text.trim().to_owned(), text: String::new() });
        let audience = if words.is_some() { to.clone() } else { Vec::new() };
        Consequence { words, audience, effects: Vec::new() }
    };
    let mut success = told(entry.text(after));
    success.effects = shift(board, entry.chosen(after + 1), entry.text(after + 2))?;
    Ok(Ruling {
        seat: entry.chosen(1).checked_sub(1).and_then(|at| board.seats.get(at)).map(|row| row.seat),
        proposal: entry.text(0).trim().to_owned(),
        base: entry.chosen(2) as i32 + 2,
        arguments,
        success,
        failure: told(entry.text(after + 3)),
    })
}

/// An argument as `+2 why` or `-1 why not`.
fn argument(text: &str) -> Result<Argument, String> {
    let (weight, why) = text.split_once(' ').unwrap_or((text, ""));
    let weight: i8 = weight
        .parse()
        .ok()
        .filter(|_| weight.starts_with(['+', '-']))
        .ok_or_else(|| format!("'{text}' does not begin with a weight such as +2 or -1"))?;
    Ok(Argument { text: why.trim().to_owned(), weight })
}

fn shift(board: &ControlBoard, chosen: usize, by: &str) -> Result<Vec<Effect>, String> {
    let track = chosen.checked_sub(1).and_then(|at| board.tracks.get(at));
    let by = if by.trim().is_empty() { 0 } else { number(by)? };
    match (track, by) {
        (Some(row), by) if by != 0 => Ok(vec![Effect::Shift { track: row.track, by }]),
        _ => Ok(Vec::new()),
    }
}

fn number(text: &str) -> Result<i32, String> {
    text.trim().parse().map_err(|_| format!("'{}' is no whole number", text.trim()))
}

fn written(text: &str, what: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err(format!("the {what} is empty")) } else { Ok(text.trim().to_owned()) }
}

fn tracks(board: &ControlBoard) -> Vec<String> {
    std::iter::once("nothing".to_owned()).chain(board.tracks.iter().map(|row| row.label.clone())).collect()
}

fn seats_or_none(board: &ControlBoard) -> Vec<String> {
    std::iter::once("nobody".to_owned()).chain(board.seats.iter().map(|row| row.label.clone())).collect()
}

/// Every set of seats: all of them first, then the smallest.
fn sets(board: &ControlBoard) -> Vec<Vec<SeatId>> {
    let seats: Vec<SeatId> = board.seats.iter().map(|row| row.seat).collect();
    let all = (1_u32 << seats.len().min(8)) - 1;
    let mut masks: Vec<u32> = (1..all).collect();
    masks.sort_by_key(|mask| (mask.count_ones(), mask.reverse_bits()));
    masks.reverse();
    masks.sort_by_key(|mask| mask.count_ones());
    let chosen = |mask: u32| seats.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1);
    std::iter::once(all).chain(masks).map(|mask| chosen(mask).map(|(_, seat)| *seat).collect()).collect()
}

fn audience(board: &ControlBoard, chosen: usize) -> Vec<SeatId> {
    sets(board).into_iter().nth(chosen).unwrap_or_default()
}

fn audiences(board: &ControlBoard) -> Vec<String> {
    let labels = |set: Vec<SeatId>| {
        let labels: Vec<String> = set.iter().map(|seat| seat_label(board, *seat)).collect();
        labels.join(", ")
    };
    sets(board).into_iter().map(labels).collect()
}
