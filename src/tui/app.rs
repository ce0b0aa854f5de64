//! What the screen shows and what has been drafted; nothing here draws or reads a key.

use super::draft::{Draft, Piece};
use super::entry::Entry;
use super::form::{Form, FormKind};
use super::keymap::Scope;
use super::palette::Palette;
use super::text::{Topic, Words};
use super::theme::Theme;
use crate::session::{Asked, Hands, Inquired, NewsKind, Observation, OrderError, Orders, SeatView, Speaker};
use crate::vocabulary::ChannelId;

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The handbook.
    Briefing,
    /// What stands where.
    Situation,
    /// Calls and requests.
    Contact,
    /// Incoming calls.
    Calls,
    /// The four slots.
    Orders,
    /// One order under fire.
    Flash,
    /// What happened since the last decision.
    Report,
    /// All that happened.
    Timeline,
    /// After the end.
    Debrief,
    /// What was said and heard.
    Talk,
}

impl Screen {
    /// The screen on which an order of this kind is given.
    pub fn for_asked(asked: Asked) -> Option<Screen> {
        match asked {
            Asked::Nothing => None,
            Asked::Contacts => Some(Screen::Contact),
            Asked::Answers => Some(Screen::Calls),
            Asked::Orders => Some(Screen::Orders),
            Asked::Flash => Some(Screen::Flash),
        }
    }

    /// The scope of the screen's keys.
    pub fn scope(self) -> Scope {
        match self {
            Screen::Briefing => Scope::Briefing,
            Screen::Situation => Scope::Situation,
            Screen::Contact => Scope::Contact,
            Screen::Calls => Scope::Calls,
            Screen::Orders => Scope::Orders,
            Screen::Flash => Scope::Flash,
            Screen::Report => Scope::Report,
            Screen::Timeline => Scope::Timeline,
            Screen::Debrief => Scope::Debrief,
            Screen::Talk => Scope::Talk,
        }
    }

    /// The title in the bar of screens.
    pub fn title(self) -> &'static str {
        match self {
            Screen::Briefing => "Briefing",
            Screen::Situation => "Situation",
            Screen::Contact => "Contact",
            Screen::Calls => "Calls",
            Screen::Orders => "Orders",
            Screen::Flash => "FLASH",
            Screen::Report => "Report",
            Screen::Timeline => "Timeline",
            Screen::Debrief => "Debrief",
            Screen::Talk => "Talk",
        }
    }
}

/// What lies on top of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The keys of the screen below, from this line on.
    Help(usize),
    /// All about the act with the cursor, from this line on.
    About(usize),
    /// Whether to seal the draft.
    ConfirmSeal,
    /// Whether to leave.
    ConfirmQuit,
    /// A form.
    Form(Form),
    /// The search line as typed so far.
    Search(String),
    /// Every action by its name.
    Palette(Palette),
    /// The form for something to say.
    Say(Entry),
}

impl Overlay {
    /// The scope of the overlay's keys.
    pub fn scope(&self) -> Scope {
        match self {
            Overlay::Help(_) | Overlay::About(_) => Scope::Help,
            Overlay::ConfirmSeal | Overlay::ConfirmQuit => Scope::Confirm,
            Overlay::Form(_) => Scope::Form,
            Overlay::Search(_) => Scope::Search,
            Overlay::Palette(_) => Scope::Palette,
            Overlay::Say(_) => Scope::Entry,
        }
    }
}

/// What the loop has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Seal these orders.
    Seal(Orders),
    /// Ask what would have come but for this or that, or give it up.
    Inquire,
    /// Say this.
    Say {
        /// To whom.
        to: Vec<Speaker>,
        /// Over which channel; at the table if over none.
        over: Option<ChannelId>,
        /// What.
        text: String,
    },
    /// Let somebody else sit down.
    HandOver,
    /// Leave.
    Quit,
    /// Stop until the shell goes on.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

/// What the seat itself just said: it stands in the next report, and is no reason for one.
fn own_words(kind: &NewsKind) -> bool {
    matches!(
        kind,
        NewsKind::OwnReleaseAsked { .. } | NewsKind::OwnRestraint { .. } | NewsKind::OwnStatement { .. }
    )
}

/// A seat's screen.
#[derive(Clone, Debug)]
pub struct App {
    /// What the desk shows.
    pub view: SeatView,
    /// The orders in the making.
    pub draft: Draft,
    /// The screen.
    pub screen: Screen,
    /// What lies on top of it.
    pub overlay: Option<Overlay>,
    /// The row with the cursor, on screens that have rows.
    pub row: usize,
    /// The first line shown, on screens that are read.
    pub scroll: usize,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the last key did, or what went wrong.
    pub status: Option<String>,
    /// What was searched for.
    pub search: String,
    /// Which news the timeline shows.
    pub topic: Topic,
    /// The styles.
    pub theme: Theme,
    /// The form of the word that is drafted.
    pub(super) word: Option<Form>,
    pub(super) came_from: Screen,
    pub(super) sealed: Option<Orders>,
    /// The first piece of news of the report that is shown.
    pub(super) report_from: usize,
    /// Political capital when that piece was told, and when the last one was.
    pub(super) capital_from: Option<i32>,
    capital: Option<i32>,
    /// How many pieces of news have stood in a report.
    reported: usize,
    pub(super) interrupted: bool,
    pub(super) decided: bool,
    /// How much of the talk was there when the screen last changed.
    heard: usize,
}

impl App {
    /// Opens with the handbook.
    pub fn new(view: SeatView, theme: Theme) -> Self {
        let draft = Draft::begin(&view);
        // What is known at first stands on the other screens.
        let reported = view.log.len();
        let capital = super::screen::orders::capital_level(&view);
        App {
            draft,
            view,
            screen: Screen::Briefing,
            overlay: None,
            row: 0,
            scroll: 0,
            size: (80, 24),
            status: None,
            search: String::new(),
            topic: Topic::All,
            theme,
            word: None,
            came_from: Screen::Briefing,
            sealed: None,
            report_from: 0,
            capital_from: None,
            capital,
            reported,
            interrupted: false,
            decided: false,
            heard: 0,
        }
    }

    /// Takes in a new view: the draft starts anew, unless its orders were refused.
    pub fn take(&mut self, view: SeatView) {
        let before = &self.view.observation;
        let same_question = view.observation.revision == before.revision;
        let key = |seen: &Observation| {
            (
                seen.asked,
                seen.minute,
                seen.turn,
                seen.calls.len(),
                seen.exchange.map(|exchange| exchange.round),
            )
        };
        let still_sealed = self.sealed.is_some() && view.table.hands == Hands::Sealed;
        let same_decision = key(before) == key(&view.observation) && self.sealed.is_none();
        let refused: Vec<String> =
            view.refused.iter().map(|e: &OrderError| e.describe(&view.briefing)).collect();
        let notice = view.notice.clone();
        let inquired = self.view.inquired;
        let had_debrief = self.view.debrief.is_some();
        self.view = view;
        // Going back takes news away.
        if self.reported > self.view.log.len() {
            self.capital = None;
        }
        self.reported = self.reported.min(self.view.log.len());
        let doubt = self.draft.doubt(&self.view).filter(|_| same_decision);
        let asked = self.view.observation.asked != Asked::Nothing;
        let still_drafting = same_decision && asked && self.draft.is_in_order(&self.view);
        if !refused.is_empty() {
            if let Some(orders) = self.sealed.take() {
                self.draft = Draft::resume(orders);
            }
            self.status = Some(format!("Refused: {}", super::text::safe(&refused.join("; "))));
            self.to_decision();
        } else if !same_question && still_sealed {
            self.status = Some("News has come in; what you sealed stands.".to_owned());
        } else if !same_question && still_drafting {
            // News came in while the orders were drafted; what was drafted still holds, or all but one word of it.
            self.status = Some(match doubt {
                None => "News has come in; your draft is as it was.".to_owned(),
                Some(why) => format!("News has come in, and your draft cannot be sealed as it is: {why}."),
            });
        } else if !same_question {
            self.sealed = None;
            // What somebody is about to say has nothing to do with what is asked.
            self.overlay = self.overlay.take().filter(|overlay| matches!(overlay, Overlay::Say(_)));
            self.draft = Draft::begin(&self.view);
            self.word = None;
            self.status = doubt.map(|why| format!("Your draft is gone: {why}."));
            if self.view.debrief.is_some() && !had_debrief {
                self.show(Screen::Debrief);
            } else if self.decided && self.view.log[self.reported..].iter().any(|news| !own_words(&news.kind))
            {
                self.report_from = self.reported;
                let now = super::screen::orders::capital_level(&self.view);
                self.capital_from = std::mem::replace(&mut self.capital, now);
                self.reported = self.view.log.len();
                self.show(Screen::Report);
            } else if self.decided {
                self.to_decision();
            }
        } else if self.view.debrief.is_some() && !had_debrief {
            self.overlay = None;
            self.show(Screen::Debrief);
        }
        self.hear_of_the_inquiry(inquired);
        let talk = &self.view.table.talk;
        let heard = talk.len();
        let (own, name) = (self.view.briefing.seat.map(Speaker::Seat), &self.view.table.person.name);
        let from_others = talk.iter().skip(self.heard).any(|said| Some(said.from) != own || said.by != *name);
        if from_others && self.screen != Screen::Talk {
            self.status = Some("Somebody has said something: 7 shows it.".to_owned());
        }
        self.heard = heard;
        if let Some(notice) = notice {
            self.status = Some(super::text::safe(&notice));
        }
    }

    /// Says that what was worked out has come, and leads to it.
    fn hear_of_the_inquiry(&mut self, before: Inquired) {
        if let (Inquired::Working(..), Inquired::Found) = (before, self.view.inquired) {
            if self.screen == Screen::Debrief {
                self.scroll = super::screen::debrief::but_for_at(self);
            }
            self.status = Some("Worked out: the table is 'But for this'.".to_owned());
        }
    }

    /// Shows a notice.
    pub fn notice(&mut self, notice: &str) {
        self.status = Some(super::text::safe(notice));
    }

    /// Notes that the draft could not be sealed.
    pub fn refuse(&mut self, problems: &[OrderError]) {
        let texts: Vec<String> = problems.iter().map(|e| e.describe(&self.view.briefing)).collect();
        self.sealed = None;
        self.status = Some(format!("Not sealed: {}", super::text::safe(&texts.join("; "))));
    }

    /// Whether orders or an inquiry are under way and the next view is awaited.
    pub fn waits(&self) -> bool {
        self.sealed.is_some()
            || matches!(self.view.inquired, Inquired::Working(..))
            || (self.view.table.hands != Hands::Open && self.view.debrief.is_none())
            || (self.view.observation.asked == Asked::Nothing && self.view.debrief.is_none())
    }

    /// Whose keys count now.
    pub fn scope(&self) -> Scope {
        self.overlay.as_ref().map_or(self.screen.scope(), Overlay::scope)
    }

    /// The handbook's words.
    pub fn words(&self) -> Words<'_> {
        Words::of(&self.view)
    }

    /// The screens within reach, in the order of their numbers.
    pub fn screens(&self) -> Vec<(u8, Screen)> {
        let mut screens = vec![(1, Screen::Briefing), (2, Screen::Situation)];
        screens.extend(Screen::for_asked(self.view.observation.asked).map(|s| (3, s)));
        screens.extend([(4, Screen::Report), (5, Screen::Timeline)]);
        if self.view.debrief.is_some() {
            screens.push((6, Screen::Debrief));
        }
        if !self.view.table.talk.is_empty() || self.screen == Screen::Talk {
            screens.push((7, Screen::Talk));
        }
        screens
    }

    /// Goes to a screen.
    pub fn show(&mut self, screen: Screen) {
        if screen != self.screen {
            self.came_from = self.screen;
            self.screen = screen;
            self.scroll = 0;
            self.row = 0;
        }
    }

    /// Goes to what is asked, or to the situation if nothing is.
    pub fn to_decision(&mut self) {
        let fallback = if self.view.debrief.is_some() { Screen::Debrief } else { Screen::Situation };
        self.show(Screen::for_asked(self.view.observation.asked).unwrap_or(fallback));
    }

    /// Opens a form: of a word that is drafted, as it was filled in.
    pub(super) fn open(&mut self, kind: FormKind) {
        let drafted = self.draft.orders().word.clone().map(Piece::Word);
        let as_drafted = |form: &Form| form.kind == kind && form.build(&self.view).ok() == drafted;
        let form = self.word.clone().filter(as_drafted).unwrap_or_else(|| Form::new(kind));
        self.overlay = Some(Overlay::Form(form));
    }

    /// Rows of the screen's body: what is left after header, bar, status and footer.
    pub fn body_height(&self) -> usize {
        usize::from(self.size.1).saturating_sub(5)
    }
}
