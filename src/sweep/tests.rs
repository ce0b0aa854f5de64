//! What a sweep promises, on the shipped crisis.

use super::check::read;
use super::columns::columns;
use super::experiment::Experiment;
use super::factor::Value;
use super::fixture::{august, compiled, experiment, plan, resolved, resolved_with};
use super::folder::{FILES, Folder, Found, RUNS, SweepError};
use super::measure::Measure;
use super::merge::{Manifest, finished, merge, plain_rules};
use super::part::{Identity, Part};
use super::plan::Plan;
use super::play::{Player, identity, rows_of};
use super::rows::each_row;
use super::{agrees, execute, record};
use crate::engine::{Counter, Fact, Game, Orders, Outcome};
use crate::scenario::offered;
use crate::scenario::source::Source;
use crate::session::runner::{OverBudget, Recording, Table, run_within};
use crate::storage::scratch::Scratch;
use crate::storage::{names_in, remove_file};
use crate::trace::{CallRecord, TraceFile, counter_name};
use std::cell::Cell;
use std::path::Path;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64};

/// A plan of a few points and chunks.
fn small() -> Plan {
    let factors = ["parameters.percept_bias.value", "channels.mil_west.regime"];
    plan(|e| {
        e.factors = experiment(&factors).factors;
        (e.replications, e.chunk, e.steps) = (3, 4, true);
    })
}

fn sweep(plan: &Plan, identity: &Identity, folder: &Path, todo: &[u64], threads: usize) -> Folder {
    let folder = Folder::at(folder);
    folder.claim(plan).unwrap();
    assert!(execute(plan, identity, &folder, todo, threads, &mut |_| true).unwrap());
    folder
}

/// Everything in a folder but its parts, by name.
fn tables(folder: &Folder) -> Vec<(String, String)> {
    for name in names_in(folder.path()).unwrap().iter().filter(|name| *name != "parts") {
        assert!(Folder::keeps(&folder.file(name)).unwrap(), "other output could take the place of {name}");
    }
    FILES.map(|name| (name.to_owned(), text(&folder.file(name)))).to_vec()
}

fn text(path: &Path) -> String {
    String::from_utf8(Scratch::read(path)).unwrap()
}

fn all(plan: &Plan) -> Vec<u64> {
    (0..plan.chunks()).collect()
}

/// Merges parts as `merge` does.
fn merge_all(
    folders: &[Folder],
    plan: &Plan,
    identity: &Identity,
    out: &Folder,
) -> Result<Manifest, SweepError> {
    merge(folders, plan, &plain_rules(plan).unwrap(), identity, out)
}

#[test]
fn tables_are_the_same_for_any_number_of_threads_and_shards_in_any_order() {
    let plan = small();
    let identity = identity(&plan).unwrap();
    let home = Scratch::fresh();
    let alone = sweep(&plan, &identity, &home.path("alone"), &all(&plan), 1);
    merge_all(std::slice::from_ref(&alone), &plan, &identity, &alone).unwrap();
    let expected = tables(&alone);
    for threads in [2, 3, 8] {
        let folder = home.path(&format!("threads-{threads}"));
        let folder = sweep(&plan, &identity, &folder, &all(&plan), threads);
        merge_all(std::slice::from_ref(&folder), &plan, &identity, &folder).unwrap();
        assert!(tables(&folder) == expected, "{threads} threads");
    }
    for shards in [2, 5] {
        let mut folders: Vec<Folder> = (0..shards)
            .map(|shard| {
                let todo: Vec<u64> = all(&plan).into_iter().filter(|chunk| chunk % shards == shard).collect();
                sweep(&plan, &identity, &home.path(&format!("{shards}-{shard}")), &todo, 1)
            })
            .collect();
        for turn in 0..3 {
            folders.rotate_left(1);
            folders.swap(0, turn % shards as usize);
            let whole = Folder::at(&home.path(&format!("whole-{shards}-{turn}")));
            whole.claim(&plan).unwrap();
            merge_all(&folders, &plan, &identity, &whole).unwrap();
            assert!(tables(&whole) == expected, "{shards} shards");
        }
    }
    assert_eq!(finished(&alone, &identity).unwrap().unwrap().runs, plan.runs());
}

#[test]
fn every_cell_has_its_column_and_agrees_with_the_outcome() {
    let plan = small();
    let rules = plain_rules(&plan).unwrap();
    let width = columns(&rules, &plan.experiment.factors).len();
    each_row(&rows_of(&plan, 0..plan.runs()).unwrap()[..], |row| assert_eq!(row.len(), width)).unwrap();
    // The scenario as it stands, played by hand.
    let plan = plan_of_scenario(5);
    let columns = columns(&rules, &[]);
    let mut run = 0;
    each_row(&rows_of(&plan, 0..5).unwrap()[..], |row| {
        let outcome = played(&plan, run);
        let cell = |name: &str| {
            let column = columns.iter().position(|column| column.name == name);
            row[column.unwrap_or_else(|| panic!("no column {name}"))].parse::<i64>().unwrap()
        };
        for (counter, counted) in Counter::ALL.iter().zip(outcome.counters) {
            assert_eq!(cell(&counter_name(*counter)), i64::from(counted), "{counter:?}");
        }
        assert_eq!(cell("peak"), i64::from(outcome.peak.0));
        assert_eq!(cell("turns"), i64::from(outcome.turns));
        assert_eq!(cell("minutes"), i64::from(outcome.minutes));
        for (seat, deaths) in rules.scenario().document.seats.iter().zip(&outcome.deaths) {
            assert_eq!(cell(&format!("deaths.{}", seat.name)), i64::from(*deaths));
        }
        assert!(cell("peak_minute") <= cell("minutes"));
        assert!(cell("misperception") <= 6000);
        run += 1;
    })
    .unwrap();
}

/// An act of the tick in which a game ends raises the standing rung as any other does.
#[test]
fn the_last_turn_of_a_run_has_the_standing_rung_at_which_the_game_ended() {
    let plan = plan_of_scenario(40);
    let rules = plain_rules(&plan).unwrap();
    let (mut at_the_end, mut a_tick_before) = (Vec::new(), Vec::new());
    let mut last = Vec::new();
    for run in 0..40 {
        let game = || Game::new(rules.clone(), plan.experiment.seed, run);
        let table = |game: &Game| Table::new(game, plan.experiment.seed, run, &plan.policies(&[])).unwrap();
        let mut standing = Vec::new();
        let mut told = Recording::new(|_, _: &Game, _: &[Orders], record: &CallRecord| {
            standing.extend(record.facts().iter().filter_map(|timed| match timed.fact {
                Fact::Standing { rung } => Some(i64::from(rung.0)),
                _ => None,
            }));
        });
        let mut played = game();
        let mut seated = table(&played);
        run_within(plan.experiment.budget, &mut played, &mut seated, &mut told).unwrap();
        at_the_end.push(standing.pop().unwrap());
        a_tick_before.push(standing.pop().unwrap());
        let mut measure = Measure::new(&rules, true);
        let mut played = game();
        let mut seated = table(&played);
        measure.begin(&played);
        run_within(plan.experiment.budget, &mut played, &mut seated, &mut measure).unwrap();
        last.push(measure.steps().last().unwrap()[2]);
    }
    assert_ne!(at_the_end, a_tick_before, "no last tick moves it: it shows nothing");
    assert_eq!(last, at_the_end);
}

fn plan_of_scenario(runs: u32) -> Plan {
    plan(|e| e.replications = runs)
}

fn played(plan: &Plan, run: u64) -> Outcome {
    let rules = plain_rules(plan).unwrap();
    let mut game = Game::new(rules.clone(), plan.experiment.seed, run);
    let mut table = Table::new(&game, plan.experiment.seed, run, &plan.policies(&[])).unwrap();
    let mut measure = Measure::new(&rules, false);
    measure.begin(&game);
    run_within(plan.experiment.budget, &mut game, &mut table, &mut measure).unwrap()
}

#[test]
fn a_row_is_the_same_whichever_runs_were_played_before_it() {
    let plan = small();
    let together = rows_of(&plan, 0..plan.runs()).unwrap();
    let alone: Vec<u8> = (0..plan.runs()).flat_map(|run| rows_of(&plan, [run]).unwrap()).collect();
    assert!(together == alone);
}

#[test]
fn a_replayed_run_is_a_whole_trace_and_agrees_with_its_row() {
    let plan = small();
    let identity = identity(&plan).unwrap();
    let home = Scratch::fresh();
    let folder = sweep(&plan, &identity, &home.path("a"), &all(&plan), 2);
    for stage in ["parts", "tables"] {
        for run in [0, 7, plan.runs() - 1] {
            let lines = record(&plan, run).unwrap().join("\n");
            let file = TraceFile::read(lines.as_bytes()).unwrap();
            assert_eq!(file.header.run, plan.job(run).luck);
            assert_eq!(agrees(&plan, &identity, &folder, run).unwrap(), Some(true), "{stage}, run {run}");
        }
        if stage == "parts" {
            merge_all(std::slice::from_ref(&folder), &plan, &identity, &folder).unwrap();
            folder.clear_parts().unwrap();
        }
    }
    assert!(record(&plan, plan.runs()).is_err());
    // A row that another engine wrote.
    let rows = text(&folder.file(RUNS));
    Scratch::write(&folder.file(RUNS), rows.replace(",ok,", ",panic,"));
    assert_eq!(agrees(&plan, &identity, &folder, 7).unwrap(), Some(false));
}

thread_local! {
    static DRIVEN: Cell<u32> = const { Cell::new(0) };
}

/// Every third game panics in its middle, and every fifth never ends.
fn unlucky(
    budget: u32,
    game: &mut Game,
    table: &mut Table,
    measure: &mut Measure,
) -> Result<Outcome, OverBudget> {
    let number = DRIVEN.replace(DRIVEN.get() + 1);
    if number % 3 == 2 {
        let _ = run_within(10, game, table, measure);
        panic!("injected");
    }
    run_within(if number % 5 == 4 { 7 } else { budget }, game, table, measure)
}

#[test]
fn a_part_that_lends_its_memory_leaves_nothing_else() {
    let plan = small();
    let identity = identity(&plan).unwrap();
    let (go, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut player = Player::new(&plan);
    let mut chunk = |spare| player.chunk(&identity, 1, spare, &go, &done).unwrap();
    let part = chunk(None);
    let (before, memory) = (part.clone(), part.runs.as_ptr());
    let again = chunk(Some(part));
    assert_eq!(again, before);
    assert_eq!(again.runs.as_ptr(), memory, "nothing new was asked for");
}

#[test]
fn a_run_that_panics_or_never_ends_is_a_row_and_changes_no_other() {
    let plan = plan(|e| {
        (e.replications, e.chunk) = (30, 30);
        e.factors = experiment(&["parameters.percept_bias.value"]).factors;
    });
    let identity = Identity { plan: "p".to_owned(), engine: "e".to_owned() };
    let (go, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let sound = Player::new(&plan).chunk(&identity, 0, None, &go, &done).unwrap();
    DRIVEN.set(0);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let hurt = Player::driven(&plan, unlucky).chunk(&identity, 0, None, &go, &done);
    std::panic::set_hook(hook);
    let hurt = hurt.unwrap();
    assert_eq!((hurt.label.panics, hurt.label.budget, sound.label.panics), (10, 4, 0));
    let lines = |part: &Part| String::from_utf8(part.runs.clone()).unwrap();
    for (run, (sound, hurt)) in lines(&sound).lines().zip(lines(&hurt).lines()).enumerate() {
        let status = match run {
            run if run % 3 == 2 => "panic",
            run if run % 5 == 4 => "budget",
            _ => {
                assert_eq!(sound, hurt);
                continue;
            }
        };
        let head = sound.split(",ok,").next().unwrap();
        let rest = hurt.strip_prefix(&format!("{head},{status}")).unwrap_or_else(|| panic!("{hurt}"));
        assert!(rest.chars().all(|c| c == ','), "{rest}");
        assert_eq!(sound.split(',').count(), hurt.split(',').count());
    }
}

#[test]
fn parts_that_are_damaged_foreign_missing_or_there_twice_are_told_apart() {
    let plan = small();
    let identity = identity(&plan).unwrap();
    let home = Scratch::fresh();
    let folder = sweep(&plan, &identity, &home.path("a"), &all(&plan), 2);
    let merged = |folders: &[Folder]| {
        let whole = Folder::at(&home.path("whole"));
        whole.claim(&plan).unwrap();
        merge_all(folders, &plan, &identity, &whole).map(|manifest| manifest.runs)
    };
    let one = std::slice::from_ref(&folder);
    let good = Scratch::read(&folder.part(1));

    for bad in [&good[..good.len() / 2], &[], &[good.as_slice(), b"x"].concat()] {
        Scratch::write(&folder.part(1), bad);
        assert!(matches!(folder.look(&identity, 1).unwrap(), Found::Damaged(_)));
        assert!(matches!(merged(one), Err(SweepError::Damaged(_))));
    }
    let other = Identity { engine: "another".to_owned(), ..identity.clone() };
    let part = Part::read(good.clone(), &identity, 1).unwrap();
    let foreign = Part::new(&other, 1, part.label.first, [4, 0, 0], part.runs.clone(), part.steps.clone());
    folder.put(&foreign).unwrap();
    let error = folder.look(&identity, 1).unwrap_err().to_string();
    assert!(error.contains("it is of engine another, not "), "{error}");
    assert!(matches!(merged(one), Err(SweepError::Foreign(_))));

    Scratch::write(&folder.part(1), Scratch::read(&folder.part(0)));
    assert!(folder.look(&identity, 1).unwrap_err().to_string().contains("it is chunk 0, not 1"));

    remove_file(&folder.part(1)).unwrap();
    remove_file(&folder.part(2)).unwrap();
    let error = merged(one).unwrap_err().to_string();
    assert_eq!(error, "these chunks are missing: 1-2");
    let second = sweep(&plan, &identity, &home.path("b"), &[0, 1, 2], 1);
    let error = merged(&[folder.clone(), second.clone()]).unwrap_err().to_string();
    assert!(error.starts_with("some chunks are there twice:\n  chunk 0: '"), "{error}");
    remove_file(&second.part(0)).unwrap();
    assert_eq!(merged(&[folder, second]).unwrap(), plan.runs());
}

#[test]
fn a_folder_of_another_plan_or_of_something_else_is_not_touched() {
    let home = Scratch::fresh();
    let folder = Folder::at(&home.path(""));
    Scratch::write(&home.path("notes.txt"), "mine");
    let error = folder.claim(&small()).unwrap_err();
    assert!(
        matches!(error, SweepError::NotASweep(_)) && error.to_string().contains("`notes.txt`"),
        "{error}"
    );
    remove_file(&home.path("notes.txt")).unwrap();
    folder.claim(&small()).unwrap();
    folder.claim(&small()).unwrap();
    let other = plan_of_scenario(2);
    for error in [folder.claim(&other).unwrap_err(), folder.lock(&other).unwrap_err()] {
        assert!(matches!(error, SweepError::Foreign(_)), "{error}");
    }
    assert_eq!(folder.plan().unwrap().hash, small().hash, "a plan is read back as it was");
}

#[test]
fn of_two_plans_that_race_for_a_folder_one_has_it_alone() {
    for _ in 0..20 {
        let home = Scratch::fresh();
        let folder = Folder::at(&home.path("shared"));
        let plans = [small(), plan_of_scenario(2)];
        let gate = Barrier::new(plans.len());
        let claimed: Vec<bool> = std::thread::scope(|scope| {
            let race = |plan| {
                let (folder, gate) = (&folder, &gate);
                move || {
                    gate.wait();
                    // Held to the end, as a sweep does.
                    let lock = folder.lock(plan);
                    gate.wait();
                    lock.is_ok()
                }
            };
            let racers: Vec<_> = plans.iter().map(|plan| scope.spawn(race(plan))).collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        let owners: Vec<&Plan> =
            plans.iter().zip(&claimed).filter(|(_, won)| **won).map(|(p, _)| p).collect();
        assert_eq!(owners.len(), 1, "{claimed:?}");
        assert_eq!(folder.plan().unwrap().hash, owners[0].hash);
    }
}

#[test]
fn a_sweep_stops_at_the_first_round_that_is_exact_enough_and_then_alone() {
    let stopping = |half_width: &str| {
        let fields = format!(
            "factors: [(name: \"parameters.percept_bias.value\")], replications: 40, stop_at: [10, 20], chunk: 8,
             metrics: [(name: \"calls\", of: AtLeast(\"calls_tried\", 1), half_width: {half_width})]"
        );
        Plan::new(august(), resolved(&fields).unwrap_or_else(|why| panic!("{why}")))
    };
    for (half_width, runs, early) in [("0.5", 20, true), ("0.001", 80, false)] {
        let plan = stopping(half_width);
        let identity = identity(&plan).unwrap();
        let home = Scratch::fresh();
        let folder = sweep(&plan, &identity, &home.path(""), &all(&plan), 2);
        let manifest = merge_all(std::slice::from_ref(&folder), &plan, &identity, &folder).unwrap();
        assert_eq!((manifest.runs, manifest.stopped_early), (runs, early), "{half_width}");
    }
}

/// What an experiment is refused for, without its place.
#[track_caller]
fn refused(fields: &str, line: &str) {
    let found = resolved(fields).expect_err("it is wrong");
    assert!(found.lines().any(|l| l == line), "wanted {line}\nfound {found}");
}

#[test]
fn what_is_wrong_with_an_experiment_is_said_at_its_place() {
    refused(
        "factors: [(name: \"parameters.percept_bais.value\")]",
        "test.ron:2:18: error[E0501]: no setting is called `parameters.percept_bais.value`; expected a name that \
         `offramp check --settings` lists, or `seats.NAME.policy`; did you mean `parameters.percept_bias.value`?",
    );
    refused(
        "factors: [(name: \"parameters.percept_bias.value\", over: Range(0.0, 2.0))]",
        "test.ron:2:68: error[E0502]: `parameters.percept_bias.value` cannot be `2`, which is out of range; expected \
         a number from 0 to 0.5",
    );
    refused(
        "factors: [(name: \"channels.mil_west.regime\", over: Words([\"ForcedCutt\"]))]",
        "test.ron:2:59: error[E0502]: `channels.mil_west.regime` cannot be `ForcedCutt`; expected AsRecorded, \
         ForcedOpen or ForcedCut; did you mean `ForcedCut`?",
    );
    refused(
        "factors: [(name: \"parameters.percept_bias.value\", over: Range(0.3, 0.2))]",
        "test.ron:2:57: error[E0502]: 0.3 to 0.2 is empty; expected lowest, highest",
    );
    refused(
        "design: LatinHypercube(points: 5)",
        "test.ron:2:9: error[E0502]: a design without factors; expected at least one entry in `factors`",
    );
    refused(
        "factors: [(name: \"parameters.percept_bias.value\")], design: List([[\"0.1\"],\n[\"0.2\"],\n [\"0.10\"]])",
        "test.ron:4:2: error[E0502]: point 2 is point 0 again: 0.1; expected every point once; `replications` gives \
         each more runs",
    );
    refused(
        "factors: [(name: \"parameters.percept_bias.value\")], design: List([])",
        "test.ron:2:61: error[E0502]: an empty design; expected at least one point",
    );
    refused(
        "factors: [(name: \"parameters.percept_bias.value\")], design: LatinHypercube(points: 1000000), \
         replications: 1000000",
        "test.ron:2:61: error[E0108]: 1000000 points times 1000000 replications; expected at most 100000000 runs",
    );
    refused(
        "metrics: [(name: \"x\", of: Mean(\"peek\"))]",
        "test.ron:2:27: error[E0501]: no column is called `peek`; did you mean `peak`?",
    );
    refused(
        "metrics: [(name: \"x\", of: Mean(\"seed\"))]",
        "test.ron:2:27: error[E0502]: `seed` says which run it is, and nothing of how that went; expected a column \
         of what was measured",
    );
    refused(
        "metrics: [(name: \"x\", of: Share(\"class\", \"setled\"))]",
        "test.ron:2:27: error[E0501]: no `class` is called `setled`; did you mean `settled`?",
    );
    refused(
        "metrics: [(name: \"x\", of: Mean(\"peak\")), (name: \"x\", of: Mean(\"turns\"))]",
        "test.ron:2:49: error[E0405]: two metrics are called `x`; expected one entry a metric",
    );
    refused(
        "metrics: [(name: \"peak\", of: AtLeast(\"peak\", 8))]",
        "test.ron:2:18: error[E0502]: `peak` is a column, and this metric is not its mean; expected another name",
    );
    refused(
        "policies: [(seat: \"rok\", policy: \"passive\")], factors: [(name: \"seats.rok.policy\", \
         over: Words([\"passive\"]))]",
        "test.ron:2:19: error[E0502]: `seats.rok.policy` is a factor too; expected either of them",
    );
    refused(
        "stop_at: [2]",
        "test.ron:2:10: error[E0305]: these runs cannot be stopped at; expected rising numbers from 1 to 1 (`replications`)",
    );
    refused("replications: 0", "test.ron:2:15: error[E0305]: 0 replications; expected 1 to 100000000");
    let found = resolved("desing: Grid(steps: 2)").unwrap_err();
    assert!(found.contains("`desing`") && found.contains("did you mean `design`?"), "{found}");
    let found = resolved("policies: [(seat: \"rock\", policy: \"passive\")]").unwrap_err();
    assert!(found.contains("no seat is called `rock`; did you mean `rok`?"), "{found}");
    let found = resolved("factors: [(name: \"seats.rok.policy\", over: Words([\"passiv\"]))]").unwrap_err();
    assert!(found.contains("passiv"), "{found}");
}

#[test]
fn a_factor_whose_own_value_cannot_be_held_is_refused_and_not_taken_for_nothing() {
    let fine = compiled(Source::new(
        "fine.ron",
        "(format: 1, name: \"fine\", base: \"august-2015\",
          settings: [(name: \"parameters.percept_bias.value\", value: Number(0.1234567))])",
    ));
    let fields = "factors: [(name: \"parameters.percept_bias.value\")], design: OneAtATime(steps: 2)";
    let found = resolved_with(&fine, fields, &|_| Err(String::new())).unwrap_err();
    let wanted = "test.ron:2:11: error[E0502]: the scenario's own value of `parameters.percept_bias.value` cannot be held: \
                  0.1234567 is no number of at most six decimals";
    assert!(found.starts_with(wanted), "{found}");
    for scenario in [fine, august()] {
        let held = offered(&scenario).into_iter().filter(|setting| setting.default.parse::<Value>().is_err());
        assert_eq!(held.map(|setting| setting.name).collect::<Vec<_>>(), Vec::<String>::new());
    }
}

#[test]
fn a_design_from_a_file_is_checked_as_one_that_is_written_out() {
    let fields = "factors: [(name: \"parameters.percept_bias.value\")], design: Table(\"d.csv\")";
    let with = |text: &str| resolved_with(&august(), fields, &|_| Ok(text.to_owned()));
    let name = "parameters.percept_bias.value";
    let sound: Experiment = with(&format!("{name}\n0.1\n0.25\n")).unwrap();
    assert_eq!(sound.design.points(&sound.factors), Some(2));
    let found = with(&format!("{name}\n0.1\n7\n")).unwrap_err();
    assert!(
        found.contains("point 1: `parameters.percept_bias.value` cannot be `7`, which is out of range"),
        "{found}"
    );
    // A sample that a tool drew may have a point twice.
    let again = with(&format!("{name}\n0.1\n0.25\n0.1\n0.10\n")).unwrap();
    assert_eq!(again.design.repeats(), [(2, 0), (3, 0)]);
    let found = with("x\n1\n").unwrap_err();
    assert!(found.contains("the design in `d.csv` cannot be read: no column is called"), "{found}");
}

#[test]
fn an_experiment_is_read_with_the_scenarios_own_quality_of_errors() {
    let (document, findings) = read(Source::new("x.ron", "(format: 2, name: \"x\", scenario: \"y\")"));
    assert!(document.is_none());
    assert_eq!(
        findings.to_lines(),
        "x.ron:1:10: error[E0105]: this file is format 2; this offramp reads format 1\n"
    );
}

#[test]
fn a_chunk_holds_more_runs_of_a_large_plan_unless_every_turn_has_a_row() {
    let chunk = |fields: &str| resolved(fields).expect("it is sound").chunk;
    assert_eq!(chunk("replications: 1000"), 256);
    assert_eq!(chunk("replications: 400_000"), 3125);
    assert_eq!(chunk("replications: 1_000_000"), 4096);
    assert_eq!(chunk("replications: 400_000, steps: true"), 256);
    assert_eq!(chunk("replications: 100_000_000, steps: true"), 24_415);
    assert_eq!(chunk("replications: 400_000, chunk: 7"), 7);
}
