//! The same games everywhere: recorded digests, and the same ones under other processors' features and surroundings.

use super::games::{Chooser, digests, playable, rules, shipped};
use offramp::engine::Game;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

/// Where a child process leaves its digest.
const REPORT: &str = "OFFRAMP_DIGEST_TO";

/// Games of each scenario: few, so that the library can grow, and the same of all, so that a new scenario leaves the lines
/// of the others as they are.
const GAMES: u64 = 10;

/// One hash over the digests of some games of every shipped scenario, after every call.
static CORPUS: LazyLock<String> = LazyLock::new(|| {
    let mut lines = String::new();
    for name in playable() {
        let rules = rules(shipped(name));
        let mut hasher = blake3::Hasher::new();
        for seed in 0..GAMES {
            let mut game = Game::new(Arc::clone(&rules), seed, seed % 3);
            let chooser = Chooser::new(&game, seed);
            for digest in digests(&mut game, &chooser) {
                hasher.update(digest.as_bytes());
            }
        }
        lines += &format!("{name} {}\n", hasher.finalize().to_hex());
    }
    lines
});

/// After a wanted change of the rules: `OFFRAMP_BLESS=1 cargo test --test invariants recorded`.
#[test]
fn the_course_of_games_is_as_recorded() {
    let corpus = CORPUS.as_str();
    if let Some(report) = std::env::var_os(REPORT) {
        std::fs::write(report, corpus).expect("the report can be written");
        return;
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/courses.txt");
    if std::env::var_os("OFFRAMP_BLESS").is_some() {
        std::fs::write(&golden, corpus).expect("the golden file can be written");
    }
    let recorded = std::fs::read_to_string(&golden).expect("the golden file is there");
    assert_eq!(corpus, recorded, "the rules play otherwise than recorded; if that is wanted, record anew");
}

/// The digest that this program gives in a process of its own.
fn elsewhere(change: impl FnOnce(&mut Command)) -> String {
    let place = tempfile::tempdir().expect("a temporary folder");
    let report = place.path().join("digest");
    let mut child = Command::new(std::env::current_exe().expect("this program has a path"));
    child.args(["--exact", "portability::the_course_of_games_is_as_recorded"]).env(REPORT, &report);
    change(&mut child);
    let output = child.output().expect("this program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    std::fs::read_to_string(report).expect("the child has reported")
}

#[test]
fn games_are_the_same_without_fused_multiply_add() {
    let without = elsewhere(|child| {
        child.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2");
    });
    assert_eq!(without, *CORPUS);
}

#[test]
fn games_are_the_same_in_other_surroundings() {
    let away = elsewhere(|child| {
        child.env("TZ", "Asia/Pyongyang").env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8");
        child.env("HOME", "/nonexistent").env("USER", "nobody").current_dir("/");
    });
    assert_eq!(away, *CORPUS);
}
