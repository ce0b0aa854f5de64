//! Every shipped campaign, played by strategies: it ends, its crises come as often as in the record, nobody does one
//! thing for ever, and nobody spends what it does not have.
//!
//! `OFFRAMP_SEEDS=100 cargo test --release --test conformance campaign -- --nocapture` plays that many campaigns a
//! combination of strategies and prints what came of them.

use crate::play::{campaigns, combinations, rules_of};
use crate::{asked, hawk};
use offramp::engine::{
    Asked, CallAnswer, CallResult, Cause, Change, Contact, Fact, Game, Message, Orders, Recorder, Roll,
    Rules, Season,
};
use offramp::session::runner::{self, Table, Witness};
use offramp::trace::Call;
use offramp::vocabulary::words::{AccordStatus, Condition, Expr, Gauge, Op};
use offramp::vocabulary::{ActionId, Id, Rung, SeatId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Crises a decade that the record allows: 29 in the 58 years from 1968, 20 in the 16 from November 2009, with room for
/// a quiet decade and for one like the busiest years.
const CRISES_A_DECADE: (f64, f64) = (3.0, 20.0);

/// What one campaign does, as it goes on.
struct Watch {
    rules: Arc<Rules>,
    season: Season,
    /// The highest standing rung of every crisis.
    crises: Vec<Rung>,
    /// The calm turns of each seat, and how often it ordered what in them.
    turns: BTreeMap<SeatId, u32>,
    ordered: BTreeMap<(SeatId, ActionId), u32>,
}

impl Recorder for Watch {
    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        match fact {
            Fact::Season { now } => {
                assert_ne!(self.season, *now, "into a crisis and back, in turns");
                self.season = *now;
                if *now == Season::Crisis {
                    self.crises.push(Rung(0));
                }
            }
            Fact::Standing { rung } if self.season == Season::Crisis => {
                let crisis = self.crises.last_mut().expect("a crisis goes on");
                *crisis = (*crisis).max(*rung);
            }
            Fact::Act { by, action, cause: Cause::Ordered }
                if self.rules.bound.agenda_item(*action).is_some() =>
            {
                *self.ordered.entry((*by, *action)).or_default() += 1;
            }
            _ => {}
        }
    }

    fn change(&mut self, _: &Change) {}
}

impl Witness for Watch {
    type Recorder = Watch;

    fn recorder(&mut self) -> &mut Watch {
        self
    }

    fn called(&mut self, _: Call, game: &Game, orders: &[Orders]) {
        let campaign = self.rules.bound.campaign.as_ref().expect("it is a campaign");
        for seat in self.rules.scenario().players() {
            let seen = game.observation(seat);
            let capital = campaign.capital[seat.index()].expect("every seat has capital");
            let level = seen.levels.iter().find(|(track, _)| *track == capital).expect("and sees it").1;
            assert!((0..=self.rules.bound.tracks[capital.index()].max).contains(&level));
            if seen.asked == Asked::Orders && seen.season == Season::Calm {
                *self.turns.entry(seat).or_default() += 1;
            }
            let price = |act: ActionId| self.rules.bound.agenda_item(act).map_or(0, |item| item.price);
            if let (Asked::Orders, Some(act)) = (seen.asked, orders[seat.index()].act) {
                assert!(price(act.action) <= level, "nobody orders what it cannot pay");
            }
        }
    }
}

/// What came of some campaigns.
#[derive(Default)]
struct Campaigns {
    games: u32,
    years: f64,
    /// The highest standing rung of every crisis.
    crises: Vec<Rung>,
    /// Accords in force at the end that were not at the start.
    accords: Vec<u32>,
    endings: BTreeMap<String, u32>,
}

impl Campaigns {
    fn crises_a_decade(&self) -> f64 {
        self.crises.len() as f64 * 10.0 / self.years
    }

    fn add(&mut self, other: Campaigns) {
        self.games += other.games;
        self.years += other.years;
        self.crises.extend(other.crises);
        self.accords.extend(other.accords);
        for (ending, games) in other.endings {
            *self.endings.entry(ending).or_default() += games;
        }
    }
}

impl fmt::Display for Campaigns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within = |low: u8, high: u8| {
            let crises = self.crises.iter().filter(|rung| (low..=high).contains(&rung.0)).count();
            crises as f64 * 100.0 / self.crises.len().max(1) as f64
        };
        let accords = f64::from(self.accords.iter().sum::<u32>()) / self.accords.len().max(1) as f64;
        write!(
            f,
            "{} campaigns, {:.1} crises a decade; highest rung 5 {:.0} %, 6-7 {:.0} %, 8-9 {:.0} %, 10 and more {:.0} %; \
             accords alive {accords:.1}; {:?}",
            self.games,
            self.crises_a_decade(),
            within(0, 5),
            within(6, 7),
            within(8, 9),
            within(10, 13),
            self.endings
        )
    }
}

/// Plays one campaign.
fn watch(rules: &Arc<Rules>, policies: &[(SeatId, String)], run: u64) -> Campaigns {
    let mut game = Game::new(Arc::clone(rules), 1, run);
    let mut table = Table::new(&game, 1, run, policies).expect("the policies exist");
    let (season, turns, ordered) = (Season::Calm, BTreeMap::new(), BTreeMap::new());
    let mut watch = Watch { rules: Arc::clone(rules), season, crises: Vec::new(), turns, ordered };
    let in_force = |game: &Game| {
        let seen = game.observation(policies[0].0);
        seen.accords.iter().filter(|(_, status)| *status == AccordStatus::InForce).count() as u32
    };
    let at_start = rules.bound.accords.iter().filter(|a| a.status == AccordStatus::InForce).count() as u32;
    let outcome = runner::run(&mut game, &mut table, &mut watch).expect("the campaign ends");
    for ((seat, action), times) in &watch.ordered {
        let name = &rules.scenario().document.actions[action.index()].name;
        assert!(times * 2 <= watch.turns[seat] + 2, "run {run}: {name} {times} times");
    }
    let ending =
        &rules.scenario().document.endings[outcome.ending().expect("no control ends it").index()].name;
    Campaigns {
        games: 1,
        years: f64::from(outcome.minutes) / 525_960.0,
        crises: watch.crises,
        accords: vec![in_force(&game).saturating_sub(at_start)],
        endings: [(ending.clone(), 1)].into(),
    }
}

#[test]
fn a_campaign_ends_and_has_its_crises_as_often_as_the_record() {
    for rules in campaigns() {
        let document = &rules.scenario().document;
        let mut all = Campaigns::default();
        let seeds = asked().unwrap_or(1);
        // Unasked, every fifth combination: each strategy at least once.
        let every = if asked().is_some() { 1 } else { 5 };
        for (k, policies) in (0..).zip(combinations(&rules)).filter(|(k, _)| k % every == 0) {
            let mut one = Campaigns::default();
            (0..seeds).for_each(|run| one.add(watch(&rules, &policies, k * seeds + run)));
            let names: Vec<&str> = policies.iter().map(|(_, name)| name.as_str()).collect();
            println!("{} {}: {one}", document.name, names.join(" + "));
            all.add(one);
        }
        println!("{} all: {all}", document.name);
        let (low, high) = CRISES_A_DECADE;
        assert!((low..=high).contains(&all.crises_a_decade()), "{all}");
        // A war needs seats that want one.
        assert!(all.crises.iter().all(|rung| *rung < Rung(12)), "{all}");
    }
}

/// Hawks that need not wait for a crisis: without its campaign the scenario is one from the start.
#[test]
fn the_rare_endings_of_a_campaign_are_reached_by_hawks_in_a_crisis() {
    for rules in campaigns() {
        let mut document = rules.scenario().document.clone();
        document.campaign.clear();
        // Nor need anybody wait for its end.
        let over = Condition::Compare(Expr::Gauge(Gauge::Day), Op::Ge, Expr::Const(60));
        for ending in document.endings.iter_mut().filter(|ending| !ending.rare) {
            ending.when = over.clone();
        }
        let endings = &document.endings;
        let mut wanted: BTreeSet<usize> = (0..endings.len()).filter(|e| endings[*e].rare).collect();
        for ending in hawk::endings(&rules_of(&document)) {
            wanted.remove(&ending);
            if wanted.is_empty() {
                break;
            }
        }
        assert!(wanted.is_empty(), "no hawk reaches {wanted:?}");
    }
}

/// Hears what became of calls.
#[derive(Default)]
struct Calls(Vec<CallResult>);

impl Recorder for Calls {
    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        if let Fact::Call { result, .. } = fact {
            self.0.push(*result);
        }
    }

    fn change(&mut self, _: &Change) {}
}

#[test]
fn a_line_of_some_hours_carries_a_call_in_the_calm_where_a_turn_lasts_a_quarter() {
    for rules in campaigns() {
        let name = &rules.scenario().document.name;
        let mut game = Game::new(Arc::clone(&rules), 1, 0);
        let mut calls = Calls::default();
        game.open(&mut calls);
        let tick = rules.bound.model.tick_minutes;
        let mut slow = rules.bound.channels.iter().enumerate().filter(|(_, line)| {
            line.latency >= tick && line.members.iter().all(|seat| rules.bound.seats[seat.index()].plays)
        });
        let (at, line) = slow.next().unwrap_or_else(|| panic!("{name} has no slow line"));
        let (channel, from, to) = (Id::new(at), line.members[0], line.members[1]);
        let seen = game.observation(from);
        assert_eq!(seen.season, Season::Calm);
        assert!(seen.channels.iter().any(|line| line.channel == channel && line.in_time), "{name}");
        let mut orders = vec![Orders::default(); rules.bound.seats.len()];
        orders[from.index()].contacts = vec![Contact::Call { channel, to, message: Message::Query }];
        game.contact(&orders, &mut calls);
        let mut answers = vec![Orders::default(); rules.bound.seats.len()];
        answers[to.index()].answers = vec![CallAnswer::Answer(Message::Query)];
        game.contact(&answers, &mut calls);
        assert_eq!(calls.0, [CallResult::Answered(Message::Query)], "{name}");
    }
}
