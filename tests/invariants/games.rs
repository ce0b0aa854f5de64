//! Eventful games for tests: a loader of scenarios and a chooser whose decisions depend on names alone.

use offramp::engine::dice::SiteId as Address;
use offramp::engine::*;
use offramp::scenario::document::{Document, Entry};
use offramp::scenario::section::ReplyRule;
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, Settings, compile};
use offramp::storage;
use offramp::vocabulary::words::{Condition, Expr, Gauge, Op, Politics};
use offramp::vocabulary::{ActionId, BodyId, ChannelId, Id, Reading, Rung, SeatId, TermId};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Every shipped crisis that can be played. Of a campaign, which is years long, a few turns are watched elsewhere.
pub fn playable() -> impl Iterator<Item = &'static str> {
    CRISES.iter().copied()
}

/// What can be played and is no campaign.
static CRISES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let playable = storage::all().iter().filter(|shipped| shipped.playable).map(|shipped| shipped.name);
    playable.filter(|name| shipped(name).document.campaign.is_empty()).collect()
});

/// A shipped campaign that is over after two calm turns: what it does in twenty of them it does in these.
pub fn short_campaign() -> Document {
    let mut playable = storage::all().iter().filter(|scenario| scenario.playable).map(|s| shipped(s.name));
    let campaign = playable.find(|scenario| !scenario.document.campaign.is_empty());
    let mut document = campaign.expect("a campaign is shipped").document.clone();
    let over = Condition::Compare(Expr::Gauge(Gauge::Day), Op::Ge, Expr::Const(190));
    for ending in document.endings.iter_mut().filter(|ending| !ending.rare) {
        ending.when = over.clone();
    }
    document
}

/// Entries that a test has added begin with this; nobody chooses them.
pub const ADDED: &str = "added";

/// A shipped scenario, compiled once for all tests.
pub fn shipped(name: &str) -> Arc<Scenario> {
    static COMPILED: Mutex<BTreeMap<String, Arc<Scenario>>> = Mutex::new(BTreeMap::new());
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let scenario = compiled.entry(name.to_owned()).or_insert_with(|| {
        let shipped = storage::shipped(name).expect("the scenario is shipped");
        Arc::new(read(Source::new(shipped.file, shipped.text)))
    });
    Arc::clone(scenario)
}

/// Compiles a document that was put together in a test.
pub fn composed(document: &Document) -> Scenario {
    read(Source::new("composed.ron", document.to_ron().expect("documents can be written")))
}

fn read(source: Source) -> Scenario {
    let resolve = |name: &str, _: &Source| {
        let parent = storage::shipped(name).ok_or_else(|| format!("{name} is not shipped"))?;
        Ok(Source::new(parent.file, parent.text))
    };
    let (scenario, diagnostics) = compile(source, &resolve);
    scenario.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// The rules of a scenario without settings.
pub fn rules(scenario: impl Into<Arc<Scenario>>) -> Arc<Rules> {
    bind(&scenario.into(), &Settings::default()).expect("the scenario binds")
}

/// A number of trials: `few` in every run of the tests, more by `OFFRAMP_SEEDS`.
pub fn trials(few: u64) -> u64 {
    std::env::var("OFFRAMP_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

/// A number of trials for each playable scenario: `few` of all of them together in every run of the tests.
pub fn trials_each(few: u64) -> u64 {
    trials(few.div_ceil(playable().count() as u64))
}

/// Small dice of its own: what it gives depends on nothing but where it started.
pub struct Whim(u64);

impl Whim {
    pub fn new(seed: u64) -> Whim {
        Whim(seed ^ 0x5DEE_CE66_D1CE_4E5B)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn one_of<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        (!items.is_empty()).then(|| items[self.below(items.len())].clone())
    }

    /// Shuffles a list.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Chooses orders by what a seat sees: acts at every rung, calls, requests, proposals, answers, stances, flash orders.
pub struct Chooser {
    seed: u64,
    briefings: Vec<Briefing>,
}

/// The ids of a list's names in the order of those names, without what a test has added.
fn ids<'a, I: Id>(labels: impl Iterator<Item = &'a Label>) -> Vec<I> {
    let mut names: Vec<(&str, I)> =
        labels.enumerate().map(|(index, label)| (label.name.as_str(), I::new(index))).collect();
    names.retain(|(name, _)| !name.starts_with(ADDED));
    names.sort_by_key(|(name, _)| *name);
    names.into_iter().map(|(_, id)| id).collect()
}

impl Chooser {
    pub fn new(game: &Game, seed: u64) -> Chooser {
        let seats = game.rules().scenario().document.seats.len();
        Chooser { seed, briefings: (0..seats).map(|s| game.briefing(SeatId::new(s))).collect() }
    }

    /// Everybody's orders for what is asked now.
    pub fn all(&self, game: &Game) -> Vec<Orders> {
        let of = |s: usize| self.orders(game.observation(SeatId::new(s)), &self.briefings[s]);
        (0..self.briefings.len()).map(of).collect()
    }

    fn orders(&self, seen: &Observation, brief: &Briefing) -> Orders {
        let mut orders = Orders::default();
        let Some(own) = seen.seat else { return orders };
        let name = &brief.seats[own.index()].label.name;
        let asked = format!("{:?}{}", seen.asked, seen.exchange.map_or(0, |e| e.round));
        let address = Address::new(name, &asked, "").nth(seen.minute as u64);
        let mut whim = Whim::new(self.seed ^ address.hash());
        match seen.asked {
            Asked::Nothing => {}
            Asked::Contacts => {
                for _ in 0..whim.below(3) {
                    orders.contacts.extend(contact(&mut whim, own, brief));
                }
            }
            Asked::Answers => {
                orders.answers = seen.calls.iter().map(|_| answer(&mut whim)).collect();
            }
            Asked::Orders => {
                orders.act = act(&mut whim, own, seen, brief);
                orders.word = word(&mut whim, own, seen, brief);
                if whim.one_in(3) {
                    orders.stances.extend(stance(&mut whim, own, seen, brief));
                }
                orders.estimate = seen.question.map(|_| whim.below(1_000_001) as u32);
            }
            Asked::Flash => {
                orders.flash = whim.one_of(&[
                    FlashOrder::Standing,
                    FlashOrder::Standing,
                    FlashOrder::Hold,
                    FlashOrder::Reply(ReplyRule::InKind),
                    FlashOrder::Reply(ReplyRule::InKindPlusOne),
                    FlashOrder::Restrain,
                ]);
            }
        }
        orders
    }
}

fn message(whim: &mut Whim) -> Message {
    let messages = [Message::Test, Message::Reassure, Message::Warn, Message::Query, Message::Regret];
    messages[whim.below(messages.len())]
}

fn answer(whim: &mut Whim) -> CallAnswer {
    if whim.one_in(3) { CallAnswer::LetRing } else { CallAnswer::Answer(message(whim)) }
}

fn contact(whim: &mut Whim, own: SeatId, brief: &Briefing) -> Option<Contact> {
    let allies: Vec<SeatId> = ids(brief.seats.iter().map(|s| &s.label))
        .into_iter()
        .filter(|s: &SeatId| brief.seats[s.index()].ally && brief.seats[s.index()].plays)
        .collect();
    match whim.below(5) {
        0..=2 => {
            let mut channels = ids(brief.channels.iter().map(|c| &c.label));
            channels.retain(|c: &ChannelId| brief.channels[c.index()].members.contains(&own));
            let channel = whim.one_of(&channels)?;
            let to: Vec<SeatId> = ids(brief.seats.iter().map(|s| &s.label))
                .into_iter()
                .filter(|s: &SeatId| *s != own && brief.channels[channel.index()].members.contains(s))
                .collect();
            Some(Contact::Call { channel, to: whim.one_of(&to)?, message: message(whim) })
        }
        3 => {
            let mut bodies = ids(brief.bodies.iter().map(|b| &b.label));
            bodies.retain(|b: &BodyId| brief.bodies[b.index()].members.contains(&own));
            let body = whim.one_of(&bodies)?;
            let mut grants = brief.bodies[body.index()].grants.clone();
            grants.sort_by_key(|a| &brief.actions[a.index()].label.name);
            Some(Contact::Consult { body, action: whim.one_of(&grants)? })
        }
        _ => {
            let ally = whim.one_of(&allies)?;
            Some(Contact::Restrain { ally, from: Rung(3 + whim.below(6) as u8), with: Inducement::Plain })
        }
    }
}

/// An act of the seat's repertoire, at any rung, unless the menu says that it cannot be ordered.
fn act(whim: &mut Whim, own: SeatId, seen: &Observation, brief: &Briefing) -> Option<ActOrder> {
    let mut acts = ids(brief.actions.iter().map(|a| &a.label));
    acts.retain(|a: &ActionId| {
        let action = &brief.actions[a.index()];
        action.seats.contains(&own) && (action.rung <= Rung(9) || seen.turn > 20)
    });
    let action = whim.one_of(&acts)?;
    if seen.menu.iter().any(|i| i.action == action && i.legality != Legality::Legal) || whim.one_in(3) {
        return None;
    }
    let ticks = (seen.turn_minutes / seen.tick_minutes.max(1)).clamp(1, 3) as usize;
    Some(ActOrder { action, start_tick: whim.below(ticks) as u8, defy: whim.one_in(2) })
}

fn word(whim: &mut Whim, own: SeatId, seen: &Observation, brief: &Briefing) -> Option<Word> {
    let mine = seen.proposals.iter().filter(|p| p.to == own);
    if let Some(proposal) = mine.min_by_key(|p| (p.deadline, &brief.seats[p.from.index()].label.name))
        && whim.one_in(2)
    {
        let answers = [Answer::Accept, Answer::Talk, Answer::Stall, Answer::Reject, Answer::Reject];
        return Some(Word::Answer { proposal: proposal.number, answer: whim.one_of(&answers)? });
    }
    match whim.below(8) {
        0 | 1 => {
            let readings = [Reading::Conceding, Reading::Soft, Reading::Firm, Reading::Threatening];
            Some(Word::Statement { reading: whim.one_of(&readings)?, bound: whim.one_in(2) })
        }
        2 => {
            let seats = ids(brief.seats.iter().map(|s| &s.label));
            let others: Vec<SeatId> =
                seats.into_iter().filter(|s: &SeatId| *s != own && brief.seats[s.index()].plays).collect();
            let terms: Vec<TermId> = ids(brief.terms.iter().map(|t| &t.label));
            let to = whim.one_of(&others)?;
            let mut channels = ids(brief.channels.iter().map(|c| &c.label));
            channels.retain(|c: &ChannelId| {
                let members = &brief.channels[c.index()].members;
                members.contains(&own) && members.contains(&to)
            });
            let over = if whim.one_in(2) { whim.one_of(&channels) } else { None };
            let mut acts = ids(brief.actions.iter().map(|a| &a.label));
            acts.retain(|a: &ActionId| brief.actions[a.index()].seats.contains(&own));
            let threat = if whim.one_in(3) { whim.one_of(&acts) } else { None };
            let deadline = (threat.is_some() || whim.one_in(2)).then_some(2880);
            let terms = vec![whim.one_of(&terms)?];
            Some(Word::Propose(ProposalDraft {
                to,
                over,
                terms,
                deadline,
                threat,
                ambiguous: whim.one_in(2),
                counters: None,
            }))
        }
        _ => None,
    }
}

fn stance(whim: &mut Whim, own: SeatId, seen: &Observation, brief: &Briefing) -> Option<Stance> {
    match whim.below(5) {
        0 | 1 => {
            let rules = [ReplyRule::Hold, ReplyRule::Warn, ReplyRule::InKind, ReplyRule::InKindPlusOne];
            Some(Stance::Engage {
                site: whim.one_of(&ids(brief.sites.iter()))?,
                reply: whim.one_of(&rules)?,
                volume: 100 * whim.below(4) as u16,
                delegated: Rung(4 + whim.below(5) as u8),
            })
        }
        2 => {
            let mut owned = ids(brief.channels.iter().map(|c| &c.label));
            owned.retain(|c: &ChannelId| brief.channels[c.index()].owner == Some(own));
            let politics = [Politics::Open, Politics::Silent, Politics::Cut];
            Some(Stance::Line { channel: whim.one_of(&owned)?, politics: whim.one_of(&politics)? })
        }
        3 => {
            let mut acts: Vec<_> = seen.continuing.iter().filter(|(by, _)| *by == own).collect();
            acts.sort_by_key(|(_, a)| &brief.actions[a.index()].label.name);
            Some(Stance::Stop { action: whim.one_of(&acts)?.1 })
        }
        _ => Some(Stance::Accord { accord: whim.one_of(&ids(brief.accords.iter()))?, keep: whim.one_in(2) }),
    }
}

/// Moves a game by one call.
pub fn advance(game: &mut Game, chooser: &Chooser, record: &mut impl Recorder) {
    match game.phase() {
        Phase::Opening => game.open(record),
        Phase::Contacts | Phase::Answers => game.contact(&chooser.all(game), record),
        Phase::Orders | Phase::Flash => game.close(&chooser.all(game), record),
        Phase::Over => {}
    }
}

/// Calls of the engine after which a test stops watching a game.
pub const LONG: usize = 400;

/// Plays a game and looks at it after each call.
pub fn play(game: &mut Game, chooser: &Chooser, record: &mut impl Recorder, mut look: impl FnMut(&Game)) {
    for _ in 0..LONG {
        if game.phase() == Phase::Over {
            return;
        }
        advance(game, chooser, record);
        look(game);
    }
}

/// The digests of a game after each call.
pub fn digests(game: &mut Game, chooser: &Chooser) -> Vec<String> {
    let mut digests = Vec::new();
    play(game, chooser, &mut NoRecord, |game| digests.push(game.digest()));
    digests
}

/// The name of an entry.
pub fn name_of<E: Entry>(entries: &[E], id: impl Id) -> String {
    entries[id.index()].name().to_owned()
}
