//! A game of the base ruleset in which every seat does what a test says.

use offramp::engine::{
    Asked, Change, Contact, Fact, Game, Observation, OrderError, Orders, Rules, Word, bind,
};
use offramp::scenario::source::Source;
use offramp::scenario::{Settings, compile};
use offramp::trace::{Call, CallRecord};
use offramp::vocabulary::{ActionId, ChannelId, Id, Minute, Rung, SeatId, TermId};
use std::sync::Arc;

pub const DPRK: usize = 0;
pub const ROK: usize = 1;
pub const US: usize = 2;

/// A game with its record.
pub struct Table {
    pub game: Game,
    pub facts: Vec<(Minute, Fact)>,
    pub changes: Vec<Change>,
}

/// The base ruleset without incidents, with some settings.
pub fn rules(settings: &[&str]) -> Arc<Rules> {
    let text = r#"(format: 1, name: "dealings", title: "Dealings", base: "korea", start: "2020-01-01 08:00",
        summary: "Seats follow a script.", teaching_aim: "None.", source: "test",
        mechanics: [Beliefs, Channels, Bargaining, Alliance],
        replace: (endings: [(name: "faded", label: "Never", class: Faded, text: "No script waits for this.",
            when: Compare(Gauge(Day), Ge, Const(1000)))]))"#;
    let resolve = |name: &str, _: &Source| {
        let shipped = offramp::storage::shipped(name).ok_or_else(|| name.to_owned())?;
        Ok(Source::new(shipped.file, shipped.text))
    };
    let (scenario, diagnostics) = compile(Source::new("dealings.ron", text), &resolve);
    let scenario = scenario.unwrap_or_else(|| panic!("{}", diagnostics.to_text(false)));
    let mut given = Settings::default();
    for setting in settings {
        given.push_text(setting).expect("a setting");
    }
    bind(&Arc::new(scenario), &given).expect("the settings fit")
}

pub fn seat(index: usize) -> SeatId {
    SeatId::new(index)
}

impl Table {
    pub fn new(rules: &Arc<Rules>, run: u64) -> Table {
        Table { game: Game::new(Arc::clone(rules), 5, run), facts: Vec::new(), changes: Vec::new() }
    }

    fn position(&self, section: &str, name: &str) -> usize {
        self.game.rules().scenario().names.position(section, name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn action(&self, name: &str) -> ActionId {
        ActionId::new(self.position("actions", name))
    }

    pub fn term(&self, name: &str) -> TermId {
        TermId::new(self.position("terms", name))
    }

    pub fn channel(&self, name: &str) -> ChannelId {
        ChannelId::new(self.position("channels", name))
    }

    pub fn seen(&self, index: usize) -> &Observation {
        self.game.observation(seat(index))
    }

    /// Makes calls until a call has taken these orders; they go in at the first call that asks for such.
    pub fn order(&mut self, by: usize, orders: &Orders) {
        let wants = if orders.contacts.is_empty() { Asked::Orders } else { Asked::Contacts };
        for _ in 0..1000 {
            let ready = self.seen(by).asked == wants;
            let mut all = vec![Orders::default(); self.game.rules().bound.seats.len()];
            if ready {
                // A menu has room for twelve acts; a script may take any.
                let mut problems = orders.check(self.seen(by), &self.game.briefing(seat(by)));
                problems.retain(|problem| *problem != OrderError::NotOnMenu);
                assert_eq!(problems, []);
                all[by] = orders.clone();
            }
            self.call(&all);
            if ready {
                return;
            }
        }
        panic!("nobody asked for these orders");
    }

    pub fn say(&mut self, by: usize, word: Word) {
        self.order(by, &Orders { word: Some(word), ..Orders::default() });
    }

    pub fn act(&mut self, by: usize, action: ActionId, defy: bool) {
        let act = Some(offramp::engine::ActOrder { action, start_tick: 0, defy });
        self.order(by, &Orders { act, ..Orders::default() });
    }

    pub fn contact(&mut self, by: usize, contact: Contact) {
        self.order(by, &Orders { contacts: vec![contact], ..Orders::default() });
    }

    /// Lets time pass until a minute, and to the next orders.
    pub fn wait(&mut self, until: Minute) {
        let all = vec![Orders::default(); self.game.rules().bound.seats.len()];
        while (self.game.minute() < until || self.seen(ROK).asked != Asked::Orders)
            && Call::next(&self.game).is_some()
        {
            self.call(&all);
        }
    }

    fn call(&mut self, orders: &[Orders]) {
        let mut record = CallRecord::default();
        let call = Call::next(&self.game).expect("the game goes on");
        call.make(&mut self.game, orders, &mut record);
        self.facts.extend(record.facts().iter().map(|timed| (timed.minute, timed.fact)));
        self.changes.extend(record.changes());
    }

    /// Points of face that a seat has lost.
    pub fn face_lost(&self, index: usize) -> i32 {
        self.seen(index).face_lost
    }

    /// What a seat releases its first ally for.
    pub fn consent(&self, index: usize) -> Rung {
        self.seen(index).consents[0].1
    }

    /// A seat's fear that its first ally does not come, in parts per million.
    pub fn abandonment(&self, index: usize) -> u32 {
        self.seen(index).alliances[0].abandonment
    }
}
