//! offramp: a deterministic crisis-escalation wargame simulator.
//!
//! One engine has three doors: people play it on a terminal, analysts run it unattended, instructors check scenarios
//! and debrief from its traces. All three see the same rules.
//!
//! ```text
//! scenario.ron --compile--> Scenario --bind(settings)--> Rules          both immutable, shared
//!                                                          |
//!  orders of all seats --> open | contact | close --> facts, rolls, changes --> apply --> state
//!                             |                           |                              |
//!                        keyed dice                     trace                  Observation of each seat
//! ```
//!
//! | module | owns |
//! |---|---|
//! | [`vocabulary`] | ids, rungs, chances, time, readings, the words of rules |
//! | [`scenario`] | what an author writes: read, composed, checked, bound to integers |
//! | [`engine`] | the rules of play; alone holds the truth, and alone changes it |
//! | [`policy`] | automated seats: they know what their seat knows |
//! | [`trace`] | records of a game: sealed, verified, replayed, told |
//! | [`session`] | one game from start to end: keys, desks, journal |
//! | [`statistics`] | means and shares, each with its interval |
//! | [`sweep`] | many games by a plan: designs, chunks, rows, merging |
//! | [`analysis`] | what numbers and the rows of sweeps say, each with its interval |
//! | [`levers`] | instruments of the policy paper, and what difference recommendations make |
//! | [`report`] | what an analysis found, for people and for programs |
//! | [`tui`] | screens and line mode, on a seat's desk |
//! | [`validation`] | the model against the record |
//! | [`storage`] | files and the shipped library; nothing else names the file system |
//!
//! The table of who may import whom is a test: `tests/layers/rules.rs`. `docs/architecture.md` is the map,
//! `docs/glossary.md` explains the words, `docs/decisions/` the choices.
//!
//! A turn of the shipped crisis, with one order:
//!
//! ```
//! use offramp::engine::{ActOrder, Game, NoRecord, Orders, Phase, bind};
//! use offramp::scenario::{Settings, compile, source::Source};
//! use offramp::vocabulary::Id;
//!
//! let load = |name: &str| offramp::storage::shipped(name).map(|s| Source::new(s.file, s.text));
//! let root = load("august-2015").expect("it is in the library");
//! let (scenario, _) = compile(root, &|name, _| load(name).ok_or("not in the library".to_owned()));
//! let rules = bind(&scenario.expect("it is sound").into(), &Settings::default()).expect("no settings");
//! let rok = rules.scenario().seat("rok").expect("it has this seat");
//!
//! let mut game = Game::new(rules, 7, 0); // seed 7, run 0
//! game.open(&mut NoRecord); // what happens, and what each seat sees of it
//! game.contact(&[], &mut NoRecord); // nobody calls
//! let action = game.observation(rok).menu[0].action;
//! let mut orders = vec![Orders::default(); 3];
//! orders[rok.index()].act = Some(ActOrder { action, start_tick: 0, defy: false });
//! game.close(&orders, &mut NoRecord); // ticks pass until something wakes the seats
//! assert_eq!(game.phase(), Phase::Opening); // the next turn
//! ```

pub mod analysis;
pub mod cli;
pub mod engine;
#[cfg(feature = "ssh")]
pub mod host;
pub mod levers;
pub mod lint;
pub mod policy;
pub mod report;
pub mod scenario;
pub mod session;
pub mod statistics;
pub mod storage;
pub mod sweep;
pub mod trace;
pub mod tui;
pub mod validation;
pub mod vocabulary;
