//! Line mode: the same orders as words, for scripts and screen readers.
//!
//! ```text
//! You are ROK, Day 17 15:52, standing rung 6 'Limited attack'
//! ASKED: orders. Act, word, stance. At stake: unanswered, DPRK at rung 6.
//!   0) hold: no act this turn
//!   1) act return_fire: Return fire at source, rung 6; can be ordered; likely: protest 40 %
//! > act return_fire
//! Draft: Act: Return fire at source
//! > done
//! ```

mod grammar;
mod pages;
mod talk;

use super::Left;
use super::app::Command;
use super::draft::Draft;
use super::text::{Words, safe};
use crate::session::{Asked, OrderError, Orders, SeatDesk, SeatView, Speaker};
use crate::vocabulary::{ChannelId, SafeText};
use std::io::{self, BufRead, Write};
use std::time::Duration;

/// The longest line that is listened to, in bytes.
const LONGEST_LINE: usize = 4096;

/// What line mode says to a line, and asks of its loop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Lines to write.
    pub lines: Vec<String>,
    /// What the loop has to do.
    pub command: Option<Command>,
}

/// Listens to lines and keeps the draft; it reads and writes nothing itself.
#[derive(Debug)]
pub struct Clerk {
    view: SeatView,
    draft: Draft,
    sealed: Option<Orders>,
    /// The orders that a bare number stands for.
    choices: Vec<String>,
    /// How much of the news and of the talk has been told.
    told: usize,
    heard: usize,
    /// Political capital when the news were told last.
    capital: Option<i32>,
}

impl Clerk {
    /// Opens with a view; also gives what to write first.
    pub fn open(view: SeatView) -> (Self, Vec<String>) {
        let mut clerk = Clerk {
            draft: Draft::begin(&view),
            view,
            sealed: None,
            choices: Vec::new(),
            told: 0,
            heard: 0,
            capital: None,
        };
        let mut lines = vec![format!("This is {}.", super::screen::start::DISCLAIMER)];
        lines.extend(pages::sections(super::screen::briefing::sections(&clerk.view).into_iter().take(3)));
        lines.push("Type brief for the whole handbook, help for the orders.".to_owned());
        lines.extend(clerk.report());
        (clerk, lines)
    }

    /// Takes in a new view; gives what to write.
    pub fn take(&mut self, view: SeatView) -> Vec<String> {
        let same_question = view.observation.revision == self.view.observation.revision;
        let was_over = self.is_over();
        self.view = view;
        if !self.view.refused.is_empty() {
            let problems = self.view.refused.clone();
            return self.refuse(&problems);
        }
        if same_question && was_over == self.is_over() {
            let mut lines = self.hearsay();
            lines.extend(self.notice());
            return lines;
        }
        self.sealed = None;
        self.draft = Draft::begin(&self.view);
        self.report()
    }

    /// What was ordered in answer to the question in hand, for those who look on later.
    pub fn chose(&self, orders: &Orders) -> Vec<String> {
        let said = Words::of(&self.view).orders(orders, &self.view.observation);
        std::iter::once("Ordered:".to_owned()).chain(said.iter().map(|line| format!("- {line}"))).collect()
    }

    /// Notes that orders were refused; they are the draft again.
    pub fn refuse(&mut self, problems: &[OrderError]) -> Vec<String> {
        if let Some(orders) = self.sealed.take() {
            self.draft = Draft::resume(orders);
        }
        problems.iter().map(|p| format!("Refused: {}.", safe(&p.describe(&self.view.briefing)))).collect()
    }

    /// Whether orders are under way, or others decide.
    pub fn waits(&self) -> bool {
        !self.is_over() && (self.sealed.is_some() || self.view.observation.asked == Asked::Nothing)
    }

    /// Whether the game is over.
    pub fn is_over(&self) -> bool {
        self.view.debrief.is_some() || self.view.observation.ended.is_some()
    }

    /// Listens to a line.
    pub fn hear(&mut self, line: &str) -> Reply {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Reply::default();
        }
        let line = match self.expand(line) {
            Ok(line) => line,
            Err(problem) => return say(vec![problem]),
        };
        if let Some(said) = line.strip_prefix("tell ") {
            return match talk::parse(said, &self.view) {
                Ok(command) => Reply { lines: Vec::new(), command: Some(command) },
                Err(problem) => say(vec![sentence("Not said", &problem)]),
            };
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let lines = match words[..] {
            ["quit" | "exit"] => {
                return Reply { lines: vec!["Left.".to_owned()], command: Some(Command::Quit) };
            }
            ["done" | "seal"] => return self.seal(),
            ["help" | "?"] => pages::help(),
            ["brief" | "briefing"] => pages::sections(super::screen::briefing::sections(&self.view)),
            ["status" | "situation"] => pages::status(&self.view),
            ["news"] => pages::news(&self.view, ""),
            ["news", ref rest @ ..] => pages::news(&self.view, &rest.join(" ")),
            ["heard"] if self.view.table.talk.is_empty() => vec!["Nobody has spoken.".to_owned()],
            ["heard"] => talk::lines(&self.view, 0),
            ["menu"] => self.menu(),
            ["draft"] => self.draft_lines(),
            ["about", name] => self.about(name),
            ["undo"] if self.draft.undo() => self.draft_lines(),
            ["undo"] => vec!["Nothing to take back.".to_owned()],
            ["clear"] => {
                self.draft.clear(&self.view);
                self.draft_lines()
            }
            _ => match grammar::parse(&words, &self.view) {
                Ok(piece) => match self.draft.put(piece, &self.view) {
                    Ok(()) => self.draft_lines(),
                    Err(problem) => vec![sentence("Refused, nothing changed", &problem)],
                },
                Err(problem) => vec![sentence("Not understood, nothing changed", &problem)],
            },
        };
        say(lines)
    }

    /// Puts the order that a number stands for in its place.
    fn expand(&self, line: &str) -> Result<String, String> {
        // `act 3` means what `3` means where acts are listed.
        let listed = line.strip_prefix("act ").filter(|_| self.view.observation.asked == Asked::Orders);
        let choice = listed.map_or(line, str::trim_start);
        let (first, rest) = choice.split_once(char::is_whitespace).unwrap_or((choice, ""));
        let Ok(number) = first.trim_end_matches([')', '.']).parse::<usize>() else {
            return Ok(line.to_owned());
        };
        if number == 0 {
            return Ok("hold".to_owned());
        }
        match self.choices.get(number - 1) {
            Some(choice) => Ok(format!("{choice} {rest}")),
            None => Err(format!("There is no choice {number}; menu lists them.")),
        }
    }

    fn seal(&mut self) -> Reply {
        if self.view.observation.asked == Asked::Nothing {
            return say(vec!["Nothing is asked of you now.".to_owned()]);
        }
        if let Some(why) = self.draft.doubt(&self.view) {
            return say(vec![sentence("Not sealed", &why)]);
        }
        let orders = self.draft.orders().clone();
        self.sealed = Some(orders.clone());
        Reply { lines: vec!["Sealed.".to_owned()], command: Some(Command::Seal(orders)) }
    }

    fn draft_lines(&self) -> Vec<String> {
        self.draft.lines(&self.view).into_iter().map(|line| format!("Draft: {line}")).collect()
    }

    fn about(&self, name: &str) -> Vec<String> {
        let wanted =
            name.parse::<usize>().ok().and_then(|n| self.view.observation.menu.get(n.checked_sub(1)?));
        let item = match wanted {
            Some(item) => item,
            None => match grammar::menu_item(name, &self.view) {
                Ok(item) => item,
                Err(problem) => return vec![sentence("Not understood", &problem)],
            },
        };
        super::screen::orders::detail_of(&self.view, Some(item))
    }

    fn menu(&mut self) -> Vec<String> {
        let (choices, lines) = pages::choices(&self.view);
        self.choices = choices;
        lines
    }

    /// What has been said since it was last told.
    fn hearsay(&mut self) -> Vec<String> {
        let from = std::mem::replace(&mut self.heard, self.view.table.talk.len());
        talk::lines(&self.view, from)
    }

    fn notice(&self) -> Vec<String> {
        self.view.notice.iter().map(|n| format!("Notice: {}", safe(n))).collect()
    }

    /// What a new view has to say: news, what is asked, choices; the debrief if the game is over.
    fn report(&mut self) -> Vec<String> {
        // Going back takes news away.
        if self.told > self.view.log.len() {
            (self.told, self.capital) = (self.view.log.len(), None);
        }
        let mut lines = vec![String::new(), pages::header(&self.view)];
        lines.extend(
            super::screen::report::since(&self.view, self.told)
                .iter()
                .map(|n| format!("- {}", super::text::Words::of(&self.view).news(n))),
        );
        lines.extend(super::screen::report::capital(&self.view, self.told, self.capital));
        self.capital = super::screen::orders::capital_level(&self.view);
        self.told = self.view.log.len();
        lines.extend(self.hearsay());
        lines.extend(self.notice());
        if self.view.debrief.is_some() {
            lines.extend(pages::sections(super::screen::debrief::sections(&self.view)));
        } else {
            lines.push(pages::asked(&self.view));
            lines.extend(self.menu());
        }
        lines
    }
}

/// A complaint as a sentence with one mark at its end.
fn sentence(start: &str, problem: &str) -> String {
    let mark = if problem.ends_with('?') { "" } else { "." };
    format!("{start}: {problem}{mark}")
}

fn say(lines: Vec<String>) -> Reply {
    Reply { lines, command: None }
}

/// What line mode needs of a desk.
pub(super) trait Desk {
    /// The newest view taken in.
    fn view(&self) -> &SeatView;
    /// Takes in what has arrived; whether anything has.
    fn refresh(&mut self) -> bool;
    /// Checks orders and sends them.
    fn seal(&self, orders: Orders) -> Result<(), Vec<OrderError>>;
    /// Says something.
    fn say(&self, to: Vec<Speaker>, over: Option<ChannelId>, text: String);
}

impl Desk for SeatDesk {
    fn view(&self) -> &SeatView {
        SeatDesk::view(self)
    }

    fn refresh(&mut self) -> bool {
        SeatDesk::refresh(self)
    }

    fn seal(&self, orders: Orders) -> Result<(), Vec<OrderError>> {
        SeatDesk::seal(self, orders)
    }

    fn say(&self, to: Vec<Speaker>, over: Option<ChannelId>, text: String) {
        SeatDesk::say(self, to, over, text);
    }
}

/// How long to wait before looking again whether the others have decided.
const WAITING: Duration = Duration::from_millis(20);

/// The loop of line mode.
pub(super) fn converse(
    desk: &mut impl Desk,
    pump: &mut dyn FnMut() -> Option<String>,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<Left> {
    desk.refresh();
    let (mut clerk, opening) = Clerk::open(desk.view().clone());
    write(output, &opening)?;
    let tell = |notice: Option<String>, output: &mut dyn Write| match notice {
        Some(notice) => write(output, &[format!("Notice: {notice}")]),
        None => Ok(()),
    };
    tell(pump(), output)?;
    let mut line = Vec::new();
    loop {
        while clerk.waits() {
            let notice = pump();
            let fresh = desk.refresh();
            tell(notice, output)?;
            if fresh {
                let news = clerk.take(desk.view().clone());
                write(output, &news)?;
            } else {
                std::thread::sleep(WAITING);
            }
        }
        if clerk.is_over() {
            return Ok(Left::Finished);
        }
        write!(output, "> ")?;
        output.flush()?;
        line.clear();
        if read_line(input, &mut line)? == 0 {
            write(output, &[String::new(), "The input ended; leaving.".to_owned()])?;
            return Ok(Left::Quit);
        }
        let reply = clerk.hear(&String::from_utf8_lossy(&line));
        write(output, &reply.lines)?;
        match reply.command {
            None => {}
            Some(Command::Seal(orders)) => {
                if let Err(problems) = desk.seal(orders) {
                    write(output, &clerk.refuse(&problems))?;
                }
            }
            Some(Command::Quit) => return Ok(Left::Quit),
            Some(Command::Suspend | Command::Redraw | Command::Inquire | Command::HandOver) => {}
            Some(Command::Say { to, over, text }) => {
                desk.say(to, over, text);
                pump();
                if desk.refresh() {
                    write(output, &clerk.take(desk.view().clone()))?;
                }
            }
        }
    }
}

/// Writes lines: the one way out of line mode, so that no text can act on a terminal.
fn write(output: &mut dyn Write, lines: &[String]) -> io::Result<()> {
    for line in lines {
        let line = line.replace(" · ", ", ");
        writeln!(output, "{}", SafeText::new(&line))?;
    }
    output.flush()
}

/// Reads a line of any length, of which the start is kept; gives the bytes read, 0 at the end of the input.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    let mut read = 0;
    loop {
        let piece = match input.fill_buf() {
            Ok(piece) => piece,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = piece.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(piece.len(), |end| end + 1);
        let room = LONGEST_LINE.saturating_sub(line.len());
        line.extend_from_slice(&piece[..used.min(room)]);
        input.consume(used);
        read += used;
        if end.is_some() || used == 0 {
            return Ok(read);
        }
    }
}

#[cfg(test)]
mod tests;
