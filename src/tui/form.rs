//! Forms: an order put together from a few short lists, each depending on those above it.

use super::draft::Piece;
use super::text::{Words, politics, safe};
use crate::session::{
    Answer, Asked, Contact, Inducement, Message, ProposalDraft, ProposalView, ReplyRule, SeatView, Stance,
    TriggerDoes, Word,
};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{ActionId, Id, Minute, Reading, Rung, SeatId, TOP_RUNG, TermId};

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

/// Deadlines on offer, in minutes; line mode takes any.
const DEADLINES: [Minute; 7] = [360, 720, 1440, 2160, 2880, 4320, 7200];
/// Rounds for each hundred received, on offer; line mode takes any.
const VOLUMES: [u16; 6] = [100, 50, 150, 200, 300, 25];

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

    fn consents(&self, action: ActionId, ally: SeatId) -> bool {
        self.view.briefing.actions.get(action.index()).is_some_and(|a| a.consents.contains(&ally))
    }

    /// Whether any own act needs this ally's leave.
    fn asks(&self, ally: SeatId) -> bool {
        own_actions(self.view).any(|action| self.consents(action, ally))
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

    fn contact(&mut self) -> Option<Contact> {
        #[derive(Clone, Copy)]
        enum Kind {
            Call,
            Consult,
            Restrain,
            Ask,
        }
        let mut kinds = vec![(Kind::Call, "call somebody".to_owned())];
        if !self.view.observation.bodies.is_empty() {
            kinds.push((Kind::Consult, "ask a body to release an act".to_owned()));
        }
        if !self.allies().is_empty() {
            kinds.push((Kind::Restrain, "ask an ally not to act".to_owned()));
        }
        if self.allies().iter().any(|(ally, _)| self.asks(*ally)) {
            kinds.push((Kind::Ask, "ask an ally to agree to an act".to_owned()));
        }
        match self.pick("What", kinds)? {
            Kind::Call => self.call(),
            Kind::Consult => {
                let bodies = self.view.observation.bodies.iter();
                let bodies = bodies.map(|b| (b.body, self.words.body(b.body))).collect();
                let body = self.pick("Body", bodies)?;
                let grants = self.view.briefing.bodies.get(body.index()).map_or(&[][..], |b| &b.grants);
                let grants = grants.iter().map(|a| (*a, self.words.action(*a))).collect();
                Some(Contact::Consult { body, action: self.pick("Act", grants)? })
            }
            Kind::Restrain => {
                let ally = self.pick("Ally", self.allies())?;
                let from = self.pick("Not at or above", self.rungs(1, TOP_RUNG))?;
                let with = Inducement::ALL.map(|w| (w, w.words().to_owned())).to_vec();
                Some(Contact::Restrain { ally, from, with: self.pick("Offer", with)? })
            }
            Kind::Ask => {
                // What needs nobody's leave is not asked about; line mode takes any act.
                let allies = self.allies().into_iter().filter(|(ally, _)| self.asks(*ally)).collect();
                let ally = self.pick("Ally", allies)?;
                let mut actions = self.own_actions();
                actions.retain(|(action, _)| self.consents(*action, ally));
                Some(Contact::AskRelease { ally, action: self.pick("Act", actions)? })
            }
        }
    }

    fn call(&mut self) -> Option<Contact> {
        let own = self.own();
        let channels = self.view.observation.channels.iter().map(|c| {
            let late = if c.in_time { "" } else { ", too slow for this phase" };
            let text =
                format!("{} ({}{late})", self.words.channel(c.channel), super::text::line_state(c.state));
            (c.channel, text)
        });
        let channel = self.pick("Over", channels.collect())?;
        let members = self.view.briefing.channels.get(channel.index()).map_or(&[][..], |c| &c.members);
        let members =
            members.iter().filter(|m| Some(**m) != own).map(|m| (*m, self.words.seat(*m))).collect();
        let to = self.pick("To", members)?;
        let message = self.message()?;
        Some(Contact::Call { channel, to, message })
    }

    fn message(&mut self) -> Option<Message> {
        let plain = [Message::Reassure, Message::Warn, Message::Query, Message::Regret, Message::Test];
        let mut messages: Vec<(Option<Message>, String)> =
            plain.map(|m| (Some(m), self.words.message(m))).to_vec();
        if own_actions(self.view).next().is_some() {
            messages.push((None, "notice of an act of yours".to_owned()));
        }
        match self.pick("Message", messages)? {
            Some(message) => Some(message),
            None => self.pick("Notice of", self.own_actions()).map(Message::Notice),
        }
    }

    fn word(&mut self) -> Option<Word> {
        #[derive(Clone, Copy)]
        enum Kind {
            Say,
            Propose,
            Answer,
            Counter,
            Extend,
        }
        // What waits for a word comes first, the newest of it before the others.
        let mut open: Vec<&ProposalView> =
            self.view.observation.proposals.iter().rev().filter(|p| Some(p.to) == self.own()).collect();
        open.sort_by_key(|p| p.answer.is_some());
        let waits = open.first().is_some_and(|p| p.answer.is_none());
        let open: Vec<(u16, String)> = open.into_iter().map(|p| (p.number, self.words.proposal(p))).collect();
        let own: Vec<(u16, String)> = self
            .view
            .observation
            .proposals
            .iter()
            .filter(|p| Some(p.from) == self.own() && p.deadline.is_some())
            .map(|p| (p.number, self.words.proposal(p)))
            .collect();
        let mut kinds = vec![
            (Kind::Say, "make a public statement".to_owned()),
            (Kind::Propose, "make a proposal or ultimatum".to_owned()),
        ];
        if !open.is_empty() {
            kinds.push((Kind::Answer, "answer a proposal".to_owned()));
            kinds.push((Kind::Counter, "answer with a proposal of your own".to_owned()));
        }
        if !own.is_empty() {
            kinds.push((Kind::Extend, "extend a deadline of yours".to_owned()));
        }
        let first =
            if waits { kinds.iter().position(|(kind, _)| matches!(kind, Kind::Answer)) } else { None };
        match self.pick_at("What", kinds, first.unwrap_or(0))? {
            Kind::Say => {
                let tones = Reading::ALL.map(|r| (r, r.word().to_owned())).to_vec();
                let neutral = Reading::ALL.iter().position(|r| *r == Reading::Neutral).unwrap_or(0);
                let reading = self.pick_at("Tone", tones, neutral)?;
                let bound = self.flag("Bound to the act", "no", "yes: it explains this turn's act");
                Some(Word::Statement { reading, bound })
            }
            Kind::Propose => self.proposal(None).map(Word::Propose),
            Kind::Counter => {
                let old = self.pick("Proposal", open)?;
                let to = self.view.observation.proposals.iter().find(|p| p.number == old)?.from;
                self.proposal(Some((old, to))).map(Word::Propose)
            }
            Kind::Answer => {
                let proposal = self.pick("Proposal", open)?;
                // What binds to nothing comes first.
                let answers = [Answer::Talk, Answer::Stall, Answer::Accept, Answer::Reject];
                let answers = answers.map(|a| (a, super::text::answer(a).to_owned())).to_vec();
                Some(Word::Answer { proposal, answer: self.pick("Answer", answers)? })
            }
            Kind::Extend => {
                let proposal = self.pick("Proposal", own)?;
                let spans = DEADLINES.map(|d| (d, super::calendar::span(d))).to_vec();
                // A day comes first, as the usual grace.
                Some(Word::Extend { proposal, by: self.pick_at("By", spans, 2)? })
            }
        }
    }

    /// A proposal; a counter-proposal has the number that it answers, and goes to whoever made that.
    fn proposal(&mut self, counters: Option<(u16, SeatId)>) -> Option<ProposalDraft> {
        let own = self.own();
        let seats = self.view.briefing.seats.iter().enumerate();
        let seats = seats
            .filter(|(i, s)| s.plays && Some(SeatId::new(*i)) != own)
            .map(|(i, _)| (SeatId::new(i), self.words.seat(SeatId::new(i))))
            .collect();
        let to = match counters {
            Some((_, to)) => to,
            None => self.pick("To", seats)?,
        };
        let mut paths = vec![(None, "in public".to_owned())];
        paths.extend(self.view.observation.channels.iter().filter_map(|c| {
            let brief = self.view.briefing.channels.get(c.channel.index())?;
            brief
                .members
                .contains(&to)
                .then(|| (Some(c.channel), format!("over {}", self.words.channel(c.channel))))
        }));
        let over = self.pick("How", paths)?;
        let mut deadlines = vec![(None, "none".to_owned())];
        deadlines.extend(DEADLINES.map(|d| (Some(d), format!("within {}", super::calendar::span(d)))));
        let deadline = self.pick("Deadline", deadlines)?;
        // The line is always there, so that the lines below it keep their places.
        let none = if deadline.is_some() { "none" } else { "none: it needs a deadline" };
        let mut threats = vec![(None, none.to_owned())];
        if deadline.is_some() {
            // What lies on the lowest rung threatens nobody; line mode takes any act.
            let harsh = self
                .own_actions()
                .into_iter()
                .filter(|(a, _)| self.view.briefing.actions.get(a.index()).is_some_and(|a| a.rung > Rung(0)));
            threats.extend(harsh.map(|(a, text)| (Some(a), text)));
        }
        let threat = self.pick("Or else", threats)?;
        let ambiguous = self.flag("Wording", "clear", "can be read in two ways: saves face, binds less");
        let mut terms = Vec::new();
        for i in 0..self.view.briefing.terms.len() {
            let id = TermId::new(i);
            let worth = super::text::points(self.words.term(id).map_or(0, |t| t.worth));
            let on_offer = self.view.observation.terms.contains(&id);
            let about = if on_offer { format!("{worth} to you") } else { "not now".to_owned() };
            let name = self.words.term_words(id);
            // The line is there all the same, so that the others keep their places.
            let mut choices = vec![(false, format!("no ({about})"))];
            if on_offer {
                choices.push((true, format!("YES ({about})")));
            }
            if self.pick(&name, choices) == Some(true) {
                terms.push(id);
            }
            let why = if on_offer { format!("worth {about}") } else { self.words.not_on_offer_now(id) };
            if let Some(field) = self.fields.last_mut() {
                field.about = format!("{name}; {why}");
            }
        }
        let counters = counters.map(|(old, _)| old);
        Some(ProposalDraft { to, over, terms, deadline, threat, ambiguous, counters })
    }

    fn stance(&mut self) -> Option<Stance> {
        #[derive(Clone, Copy)]
        enum Kind {
            Engage,
            Answering,
            Line,
            Consent,
            Delegate,
            Stop,
            Countermand,
            Accord,
        }
        let (words, seen, own) = (self.words, &self.view.observation, self.own());
        let sites: Vec<_> = (0..self.view.briefing.sites.len())
            .map(crate::vocabulary::SiteId::new)
            .map(|s| (s, words.site(s)))
            .collect();
        let lines: Vec<_> = seen.channels.iter().map(|c| (c.channel, words.channel(c.channel))).collect();
        let owned = seen.channels.iter().filter(|c| c.own_politics.is_some());
        let owned: Vec<_> = owned.map(|c| (c.channel, words.channel(c.channel))).collect();
        // Only such a trigger does by itself what it does; the others would cost attention for nothing.
        let fires = self.view.briefing.triggers.iter().filter(|t| t.does == TriggerDoes::Fires);
        let triggers: Vec<_> = fires.map(|t| (t.id, words.trigger(t.id))).collect();
        let running = seen.continuing.iter().filter(|(by, _)| Some(*by) == own);
        let running: Vec<_> = running.map(|(_, a)| (*a, words.action(*a))).collect();
        let pending = seen.pending.iter();
        let pending: Vec<_> = pending.map(|p| (p.action, words.action(p.action))).collect();
        let accords: Vec<_> = seen.accords.iter().map(|(a, _)| (*a, words.accord(*a))).collect();
        let kinds = [
            (Kind::Engage, "standing orders under fire", sites.is_empty()),
            (Kind::Stop, "end an act that goes on", running.is_empty()),
            (Kind::Countermand, "take back an act that is due", pending.is_empty()),
            (Kind::Consent, "how far an ally is released", self.allies().is_empty()),
            (Kind::Answering, "whether calls are answered", lines.is_empty()),
            (Kind::Line, "open, silence or cut a line", owned.is_empty()),
            (Kind::Accord, "suspend or restore an accord", accords.is_empty()),
            (Kind::Delegate, "pre-delegate a trigger", triggers.is_empty()),
        ];
        let kinds = kinds.iter().filter(|k| !k.2).map(|k| (k.0, k.1.to_owned())).collect();
        match self.pick("What", kinds)? {
            Kind::Engage => {
                let site = self.pick("Where", sites)?;
                let now = seen.standing.iter().find(|s| s.site == site);
                let rules = ReplyRule::ALL.map(|r| (r, r.word().to_owned())).to_vec();
                let first = ReplyRule::ALL.iter().position(|r| now.is_some_and(|s| s.reply == *r));
                let reply = self.pick_at("Under fire", rules, first.unwrap_or(0))?;
                let volumes = VOLUMES.map(|v| (v, format!("{v} rounds for each 100 received"))).to_vec();
                let first = VOLUMES.iter().position(|v| now.is_some_and(|s| s.volume == *v));
                let volume = self.pick_at("Volume", volumes, first.unwrap_or(0))?;
                let first = now.map_or(0, |s| s.delegated.index());
                let delegated = self.pick_at(
                    "Alone up to",
                    self.rungs(0, self.view.briefing.staff.highest_delegated.0),
                    first,
                )?;
                Some(Stance::Engage { site, reply, volume, delegated })
            }
            Kind::Answering => {
                let channel = self.pick("Line", lines)?;
                let answers = !self.flag("Calls", "are answered", "ring out");
                Some(Stance::Answering { channel, answers })
            }
            Kind::Line => {
                let channel = self.pick("Line", owned)?;
                let states = [Politics::Open, Politics::Silent, Politics::Cut];
                let states = states.map(|p| (p, politics(p).to_owned())).to_vec();
                Some(Stance::Line { channel, politics: self.pick("State", states)? })
            }
            Kind::Consent => {
                let ally = self.pick("Ally", self.allies())?;
                let now =
                    seen.consents.iter().find(|(to, _)| *to == ally).map_or(0, |(_, rung)| rung.index());
                let up_to = self.pick_at("Up to", self.rungs(0, TOP_RUNG), now)?;
                Some(Stance::Consent { ally, up_to })
            }
            Kind::Delegate => {
                let trigger = self.pick("Trigger", triggers)?;
                Some(Stance::PreDelegate {
                    trigger,
                    on: self.flag("It may act", "only by order", "by itself"),
                })
            }
            Kind::Stop => Some(Stance::Stop { action: self.pick("Act", running)? }),
            Kind::Countermand => Some(Stance::Countermand { action: self.pick("Act", pending)? }),
            Kind::Accord => {
                let accord = self.pick("Accord", accords)?;
                Some(Stance::Accord { accord, keep: self.flag("It is", "suspended", "kept") })
            }
        }
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
