//! The lines of the record, from their mechanic alone, over eighteen years of game time.

use offramp::engine::{Change, Fact, Game, Orders, Recorder, Roll, Rules, bind};
use offramp::scenario::source::Source;
use offramp::scenario::{Settings, compile};
use offramp::session::runner::{Table, Witness, run};
use offramp::trace::Call;
use offramp::vocabulary::words::Politics;
use offramp::vocabulary::{Id, Minute, SeatId};
use std::sync::Arc;

/// Games of eighteen years.
const GAMES: u64 = 12;

fn lines_alone() -> (Arc<Rules>, Vec<(SeatId, String)>) {
    let resolve = |name: &str, _: &Source| {
        let shipped = offramp::storage::shipped(name).ok_or_else(|| name.to_owned())?;
        Ok(Source::new(shipped.file, shipped.text))
    };
    let shipped = offramp::storage::shipped("lines-alone").expect("it is shipped");
    let (scenario, diagnostics) = compile(Source::new(shipped.file, shipped.text), &resolve);
    let scenario = Arc::new(scenario.unwrap_or_else(|| panic!("{}", diagnostics.to_text(false))));
    let rules = bind(&scenario, &Settings::default()).expect("it binds");
    let keepers = scenario.players().map(|seat| (seat, "keeper".to_owned())).collect();
    (rules, keepers)
}

/// What became of one line, and who changed lines that have an owner.
struct Watch {
    rules: Arc<Rules>,
    line: usize,
    now: Minute,
    down_since: Option<Minute>,
    down: i64,
    ended: Vec<Minute>,
    changes: u32,
    by_owner: u32,
}

impl Recorder for Watch {
    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        let Fact::Line { channel, politics, by, .. } = *fact else { return };
        let owner = self.rules.bound.channels[channel.index()].owner;
        self.changes += u32::from(owner.is_some());
        self.by_owner += u32::from(owner.is_some() && by == owner);
        if channel.index() != self.line {
            return;
        }
        match (politics, self.down_since) {
            (Politics::Open, Some(since)) => {
                self.down_since = None;
                self.down += i64::from(self.now - since);
                self.ended.push(self.now - since);
            }
            (Politics::Cut | Politics::Silent, None) => self.down_since = Some(self.now),
            _ => {}
        }
    }

    fn change(&mut self, change: &Change) {
        if let Change::Clock(now) = change {
            self.now = *now;
        }
    }
}

impl Witness for Watch {
    type Recorder = Watch;

    fn recorder(&mut self) -> &mut Watch {
        self
    }

    fn called(&mut self, _: Call, _: &Game, _: &[Orders]) {}
}

#[test]
fn the_liaison_line_is_down_as_much_and_as_long_as_in_the_record_and_only_by_its_owner() {
    let (rules, keepers) = lines_alone();
    let line = rules.scenario().names.position("channels", "panmunjom_liaison").expect("it is there");
    let mut game = Game::new(Arc::clone(&rules), 3, 0);
    let mut table = Table::new(&game, 3, 0, &keepers).expect("there is such a policy");
    let mut watch =
        Watch { rules, line, now: 0, down_since: None, down: 0, ended: Vec::new(), changes: 0, by_owner: 0 };
    let mut total = 0;
    for number in 0..GAMES {
        game.restart(3, number);
        table.restart(&game, 3, number).expect("there is such a policy");
        watch.now = 0;
        let outcome = run(&mut game, &mut table, &mut watch).expect("it ends");
        total += i64::from(outcome.minutes);
        // What is cut off at the end of the record counts as down, but its length is not known.
        watch.down += watch.down_since.take().map_or(0, |since| i64::from(outcome.minutes - since));
    }
    assert!(watch.changes > 100 && watch.changes == watch.by_owner, "{} {}", watch.changes, watch.by_owner);
    // Rates of 0.0021 and 0.0025 a day make 0.54 in the long run, somewhat more from an open start; the record has 0.58.
    let available = 1.0 - watch.down as f64 / total as f64;
    assert!((0.48..0.68).contains(&available), "available {available:.2}");
    // Mean outage 398 days in the record; those that end within it are somewhat shorter than those that do not.
    let days = watch.ended.iter().map(|m| f64::from(m / 1440)).sum::<f64>();
    let mean = days / watch.ended.len() as f64;
    assert!((300.0..500.0).contains(&mean), "mean outage {mean:.0} days of {}", watch.ended.len());
}
