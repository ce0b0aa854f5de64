//! Numbers at the edges of what is permitted: a game of them never leaves its integers. The test profile checks for
//! overflow, so playing on is the assertion.

use crate::load::{load_over, playable};
use offramp::engine::{self, ActOrder, Answer, Game, NoRecord, Orders, Phase, ProposalDraft, Word};
use offramp::scenario::document::SettingValue;
use offramp::scenario::{Scenario, Settings};
use offramp::storage;
use offramp::vocabulary::{Id, SeatId, TermId};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

/// The default scenario as shipped, and with every range as wide as `check` lets it be.
static SCENARIOS: LazyLock<[Arc<Scenario>; 2]> = LazyLock::new(|| {
    let shipped = playable().next().expect("there is a default scenario");
    let base = storage::shipped("korea").expect("its base is shipped");
    let compile = |text: &str, base_text: &str| {
        let (scenario, diagnostics) = load_over(text, Some((base.file, base_text)));
        Arc::new(scenario.unwrap_or_else(|| panic!("{}", diagnostics.to_lines())))
    };
    [compile(shipped.text, base.text), compile(&widened(shipped.text), &widened(base.text))]
});

/// A file with ranges at their limits: parameters by unit, tracks by what a level may be, shifts by what a number may
/// be.
fn widened(text: &str) -> String {
    let parameter = |line: &str| {
        let (_, unit) = line.split_once("unit: ")?;
        let range = match unit.split(',').next()? {
            "Share" if line.contains("\"excite_n\"") => "(0.0, 0.89)",
            "Share" | "PerDay" => "(0.0, 1.0)",
            "Minutes" => "(0.0, 43200.0)",
            "Days" => "(0.0, 36500.0)",
            "Nats" | "NatsPerPoint" => "(-100.0, 100.0)",
            "Rung" => "(0.0, 13.0)",
            "Points" => "(0.0, 1000.0)",
            _ => "(0.0, 100.0)",
        };
        let (before, after) = line.split_once("range: ")?;
        let (_, after) = after.split_once(')')?;
        Some(format!("{before}range: {range}{after}"))
    };
    let lines = text.lines().map(|line| parameter(line).unwrap_or_else(|| line.to_owned()) + "\n");
    lines
        .collect::<String>()
        .replace("min: 0, max: 100", "min: -1000000000, max: 1000000000")
        .replace("Const(5)", "Const(2147483647)")
        .replace("Const(-4)", "Const(-2147483648)")
}

/// A value of a range: its ends more often than not.
fn pick(low: f64, default: f64, high: f64, choice: u8) -> f64 {
    match choice {
        0..=79 => low,
        80..=159 => high,
        160..=199 => default,
        part => low + (high - low) * f64::from(part - 200) / 55.0,
    }
}

/// Parameters and starting levels by one byte each.
fn settings(scenario: &Scenario, choices: &[u8]) -> Settings {
    let mut choices = choices.iter().copied().cycle();
    let mut next = || choices.next().unwrap_or(0);
    let mut list = Vec::new();
    for p in &scenario.document.parameters {
        let value = pick(p.range.0, p.default, p.range.1, next());
        list.push((format!("parameters.{}.value", p.name), SettingValue::Number(value)));
    }
    for t in &scenario.document.tracks {
        let value = pick(f64::from(t.min), f64::from(t.start), f64::from(t.max), next()).trunc();
        list.push((format!("tracks.{}.start", t.name), SettingValue::Number(value)));
    }
    for body in &scenario.document.bodies {
        list.push((
            format!("bodies.{}.lead_factor", body.name),
            SettingValue::Number(pick(0.0, 1.0, 100.0, next())),
        ));
    }
    Settings(list)
}

/// Orders that keep things happening: an act of the menu, now and then an ultimatum or an answer.
fn order(game: &Game, seat: SeatId, turn: usize) -> Orders {
    let seen = game.observation(seat);
    let document = &game.rules().scenario().document;
    let act = (!seen.menu.is_empty()).then(|| &seen.menu[turn * 7 % seen.menu.len()]);
    let answer = seen.proposals.iter().find(|p| p.to == seat && p.answer.is_none());
    let rival = document.seats[seat.index()].rivals.first();
    let word = match (answer, rival) {
        (Some(proposal), _) => {
            let answer = if turn.is_multiple_of(2) { Answer::Talk } else { Answer::Accept };
            Some(Word::Answer { proposal: proposal.number, answer })
        }
        (None, Some(rival)) if turn.is_multiple_of(3) => Some(Word::Propose(ProposalDraft {
            to: rival.id(),
            over: None,
            terms: vec![TermId::new(turn % document.terms.len())],
            deadline: Some(2880),
            threat: act.map(|item| item.action),
            ambiguous: false,
            counters: None,
        })),
        _ => None,
    };
    let act = act.map(|item| ActOrder { action: item.action, start_tick: (turn % 3) as u8, defy: true });
    Orders { act, word, ..Orders::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn fifty_turns_at_the_edges_of_all_ranges_stay_inside_their_integers(
        wide in any::<bool>(), seed in any::<u64>(), choices in proptest::collection::vec(any::<u8>(), 97),
    ) {
        let scenario = &SCENARIOS[usize::from(wide)];
        let rules = engine::bind(scenario, &settings(scenario, &choices)).expect("every value is permitted");
        let mut game = Game::new(rules, seed, 0);
        for call in 0..50 * 8 {
            let orders: Vec<Orders> =
                (0..scenario.document.seats.len()).map(|seat| order(&game, SeatId::new(seat), call)).collect();
            match game.phase() {
                Phase::Opening => game.open(&mut NoRecord),
                Phase::Contacts | Phase::Answers => game.contact(&orders, &mut NoRecord),
                Phase::Orders | Phase::Flash => game.close(&orders, &mut NoRecord),
                Phase::Over => break,
            }
            let turn = game.observation(SeatId::new(0)).turn;
            if turn >= 50 {
                break;
            }
        }
        for (level, track) in game.observation(SeatId::new(0)).levels.iter().map(|(track, level)| (level, track)) {
            let track = &scenario.document.tracks[track.index()];
            prop_assert!((track.min..=track.max).contains(level), "{} is {level}", track.name);
        }
    }
}
