//! Line mode: the same orders as words, for scripts and screen readers.
//!
//! ```text
//! You are ROK, Day 17 15:52, standing rung 6 'Limited attack'
//! ASKED: orders. Act, word, stance. At stake: unanswered, DPRK at rung 6 'Limited attack'.
//!   0) hold: no act this turn
//!   1) act return_fire: Return fire at source, rung 6; can be ordered; likely: protest 40 %
//! > act return_fire
//! Draft: Act: Return fire at source
//! > done
//! ```

mod grammar;
mod pages;

use super::app::Command;
use super::draft::Draft;
use super::text::safe;
use crate::session::{Asked, OrderError, Orders, SeatView};
use crate::vocabulary::SafeText;
use std::io::{self, BufRead, Write};

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
    told: usize,
}

impl Clerk {
    /// Opens with a view; also gives what to write first.
    pub fn open(view: SeatView) -> (Self, Vec<String>) {
        let mut clerk =
            Clerk { draft: Draft::begin(&view), view, sealed: None, choices: Vec::new(), told: 0 };
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
            return self.notice();
        }
        self.sealed = None;
        self.draft = Draft::begin(&self.view);
        self.report()
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
            ["menu"] => self.menu(),
            ["draft"] => self.draft_lines(),
            ["about", name] => self.about(name),
            ["undo"] if self.draft.undo() => self.draft_lines(),
            ["undo"] => vec!["Nothing to take back.".to_owned()],
            ["clear"] => {
                self.draft.clear(&self.view);
                self.draft_lines()
            }
            _ => match grammar::parse(&words, &self.view).and_then(|piece| self.draft.put(piece, &self.view))
            {
                Ok(()) => self.draft_lines(),
                Err(problem) => vec![sentence("Not understood, nothing changed", &problem)],
            },
        };
        say(lines)
    }

    /// Puts the order that a number stands for in its place.
    fn expand(&self, line: &str) -> Result<String, String> {
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
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

    fn notice(&self) -> Vec<String> {
        self.view.notice.iter().map(|n| format!("Notice: {}", safe(n))).collect()
    }

    /// What a new view has to say: news, what is asked, choices; the debrief if the game is over.
    fn report(&mut self) -> Vec<String> {
        let mut lines = vec![String::new(), pages::header(&self.view)];
        lines.extend(
            super::screen::report::since(&self.view, self.told)
                .iter()
                .map(|n| format!("- {}", super::text::Words::new(&self.view.briefing).news(n))),
        );
        self.told = self.view.log.len();
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

/// Writes lines: the one way out of line mode, so that no text can act on a terminal.
pub(super) fn write(output: &mut dyn Write, lines: &[String]) -> io::Result<()> {
    for line in lines {
        let line = line.replace(" · ", ", ");
        writeln!(output, "{}", SafeText::new(&line))?;
    }
    output.flush()
}

/// Asks for a line.
pub(super) fn prompt(output: &mut dyn Write) -> io::Result<()> {
    write!(output, "> ")?;
    output.flush()
}

/// Reads a line of any length, of which the start is kept; gives the bytes read, 0 at the end of the input.
pub(super) fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
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
