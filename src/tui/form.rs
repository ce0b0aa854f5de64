//! Forms: an order put together from a few short lists, each depending on those above it.

mod contact;
mod stance;
mod word;

use super::draft::Piece;
use super::text::{Words, safe};
use crate::session::{Asked, SeatView};
use crate::vocabulary::{ActionId, Id, Rung, SeatId};

/// What a form makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// A call or request.
    Contact,
    /// A statement, a proposal or an answer.
    Word,
    /// A change of stance.
    Stance,
    /// The staff's estimate.
    Estimate,
}

/// A form that is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it makes.
    pub kind: FormKind,
    /// The field with the cursor.
    pub at: usize,
    chosen: Vec<usize>,
    /// Whether a number is being typed.
    typing: bool,
}

/// One line of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What is chosen.
    pub label: String,
    /// Among what.
    pub options: Vec<String>,
    /// Which is chosen.
    pub chosen: usize,
    /// All about it, where a line is too short for that.
    pub about: String,
}

impl Field {
    /// The chosen option.
    pub fn value(&self) -> &str {
        self.options.get(self.chosen).map_or("(nothing to choose)", String::as_str)
    }
}

impl Form {
    /// An empty form.
    pub fn new(kind: FormKind) -> Self {
        let chosen = if kind == FormKind::Estimate { vec![50] } else { Vec::new() };
        Form { kind, at: 0, chosen, typing: false }
    }

    /// The title over the form.
    pub fn title(&self) -> &'static str {
        match self.kind {
            FormKind::Contact => "A call or request",
            FormKind::Word => "Your word this turn",
            FormKind::Stance => "A change of stance (one point of attention)",
            FormKind::Estimate => "The staff's question",
        }
    }

    /// The lines of the form as they stand.
    pub fn fields(&self, view: &SeatView) -> Vec<Field> {
        self.read(view).0
    }

    /// What the form makes.
    ///
    /// # Errors
    /// What is missing, in words.
    pub fn build(&self, view: &SeatView) -> Result<Piece, String> {
        self.read(view).1.ok_or_else(|| "there is nothing to choose here; Esc goes back".to_owned())
    }

    /// Moves the cursor.
    pub fn step(&mut self, by: isize, view: &SeatView) {
        let last = self.fields(view).len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Takes a digit, where a number is chosen; whether the number begins anew with it, having been too long.
    pub fn digit(&mut self, digit: usize) -> bool {
        if self.kind != FormKind::Estimate {
            return false;
        }
        let before = if self.typing { self.chosen.first().copied().unwrap_or(0) } else { 0 };
        self.typing = true;
        let typed = before * 10 + digit;
        self.chosen = vec![if typed <= 100 { typed } else { digit }];
        typed > 100
    }

    /// Changes the choice at the cursor; a step of one goes round, a longer one stops at the ends.
    pub fn change(&mut self, by: isize, view: &SeatView) {
        let fields = self.fields(view);
        self.at = self.at.min(fields.len().saturating_sub(1));
        let Some(field) = fields.get(self.at) else { return };
        let count = field.options.len().max(1);
        let next = if by.abs() == 1 {
            (field.chosen as isize + by).rem_euclid(count as isize) as usize
        } else {
            field.chosen.saturating_add_signed(by).min(count - 1)
        };
        self.chosen = fields.iter().map(|f| f.chosen).collect();
        self.chosen[self.at] = next;
        // What stands below depends on this choice; only the lines of a proposal stand for themselves.
        if self.kind != FormKind::Word || self.at == 0 {
            self.chosen.truncate(self.at + 1);
        }
    }

    fn read(&self, view: &SeatView) -> (Vec<Field>, Option<Piece>) {
        let mut reader = Reader { chosen: &self.chosen, fields: Vec::new(), view, words: Words::of(view) };
        let piece = match self.kind {
            FormKind::Contact => reader.contact().map(Piece::Contact),
            FormKind::Word => reader.word().map(Piece::Word),
            FormKind::Stance => reader.stance().map(Piece::Stance),
            FormKind::Estimate => reader.estimate(),
        };
        (reader.fields, piece)
    }
}

/// Reads the choices from top to bottom and lays out the fields on the way.
struct Reader<'a> {
    chosen: &'a [usize],
    fields: Vec<Field>,
    view: &'a SeatView,
    words: Words<'a>,
}

impl Reader<'_> {
    fn pick<T>(&mut self, label: &str, options: Vec<(T, String)>) -> Option<T> {
        self.pick_at(label, options, 0)
    }

    /// As `pick`, with a choice to begin with.
    fn pick_at<T>(&mut self, label: &str, options: Vec<(T, String)>, first: usize) -> Option<T> {
        let wanted = self.chosen.get(self.fields.len()).copied().unwrap_or(first);
        let chosen = wanted.min(options.len().saturating_sub(1));
        let (mut values, texts): (Vec<Option<T>>, Vec<String>) =
            options.into_iter().map(|(value, text)| (Some(value), text)).unzip();
        self.fields.push(Field { label: label.to_owned(), options: texts, chosen, about: String::new() });
        values.get_mut(chosen).and_then(Option::take)
    }

    fn flag(&mut self, label: &str, no: &str, yes: &str) -> bool {
        self.pick(label, vec![(false, no.to_owned()), (true, yes.to_owned())]).unwrap_or(false)
    }

    fn own(&self) -> Option<SeatId> {
        self.view.observation.seat
    }

    fn own_actions(&self) -> Vec<(ActionId, String)> {
        own_actions(self.view).map(|id| (id, self.words.action(id))).collect()
    }

    fn rungs(&self, from: u8, to: u8) -> Vec<(Rung, String)> {
        (from..=to).map(|r| (Rung(r), self.words.rung(Rung(r)))).collect()
    }

    fn allies(&self) -> Vec<(SeatId, String)> {
        let seats = self.view.briefing.seats.iter().enumerate();
        seats
            .filter(|(_, s)| s.ally)
            .map(|(i, _)| (SeatId::new(i), self.words.seat(SeatId::new(i))))
            .collect()
    }

    fn estimate(&mut self) -> Option<Piece> {
        let seen = &self.view.observation;
        let question = seen.question.filter(|_| seen.asked == Asked::Orders)?;
        let text = safe(&self.words.question(question, seen));
        let shares = (0..=100).map(|p| (p * 10_000, format!("{p} %"))).collect();
        self.pick(&text, shares).map(Piece::Estimate)
    }
}

/// The acts that the seat may ever order.
pub fn own_actions(view: &SeatView) -> impl Iterator<Item = ActionId> + '_ {
    let own = view.observation.seat;
    let actions = view.briefing.actions.iter().enumerate();
    actions.filter(move |(_, a)| own.is_some_and(|own| a.seats.contains(&own))).map(|(i, _)| ActionId::new(i))
}
