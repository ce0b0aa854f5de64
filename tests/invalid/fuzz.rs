//! The loader under a storm of broken documents, and those that once broke it.
//!
//! The storm is aware of the structure: it cuts fixtures into words and bracketed groups, and takes, moves, doubles and
//! exchanges them for words and groups of the whole library. `OFFRAMP_FUZZ=10000000 cargo test --release --test invalid
//! storm -- --nocapture` loads that many; a document that brings the loader down goes to `tests/fixtures/corpus`.

#![expect(clippy::print_stderr, reason = "what a storm came to is told to whoever asks for one")]

use crate::damage::tokens;
use crate::load::load;
use offramp::storage;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Documents of every run of the tests.
const USUAL: u64 = 4_000;
/// The longest document of a storm; what grows beyond it is left at that.
const LONGEST: usize = 40_000;
/// The longest group that is carried from the library into a document.
const CARRIED: usize = 700;

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus")
}

fn texts(folder: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries =
        std::fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "ron")).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("it is text")).collect()
}

/// A generator of numbers that is good enough to break things with.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// The bracketed groups of a text, by the tokens that open and close them.
fn groups(text: &str, tokens: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for token in tokens {
        match &text[token.clone()] {
            "(" | "[" | "{" => open.push(token.start),
            ")" | "]" | "}" => found.extend(open.pop().map(|start| start..token.end)),
            _ => {}
        }
    }
    found
}

/// What documents are made of.
struct Pieces {
    seeds: Vec<String>,
    words: Vec<&'static str>,
    groups: Vec<&'static str>,
}

impl Pieces {
    fn new() -> Pieces {
        let mut seeds = texts("tests/fixtures/invalid");
        // A base takes a hundred times as long to read as what stands on it.
        seeds.retain(|text| !text.contains("base:") && text.len() < 4_000);
        seeds.push(std::fs::read_to_string(corpus().with_file_name("sections.ron")).expect("it is there"));
        let (mut words, mut library_groups) = (Vec::new(), Vec::new());
        for shipped in storage::all() {
            let all = tokens(shipped.text);
            library_groups.extend(groups(shipped.text, &all).into_iter().map(|group| &shipped.text[group]));
            words.extend(all.into_iter().map(|token| &shipped.text[token]));
        }
        library_groups.retain(|group: &&str| group.len() <= CARRIED);
        Pieces { seeds, words, groups: library_groups }
    }

    /// A document with one to six things wrong, or by chance with none.
    fn document(&self, dice: &mut Dice) -> String {
        let mut text = dice.one_of(&self.seeds).clone();
        for _ in 0..=dice.below(6) {
            let tokens = tokens(&text);
            if tokens.is_empty() || text.len() > LONGEST {
                break;
            }
            let groups = groups(&text, &tokens);
            let token = dice.one_of(&tokens).clone();
            let group = if groups.is_empty() { token.clone() } else { dice.one_of(&groups).clone() };
            let (at, with) = match dice.below(12) {
                0 => (token, String::new()),
                1 => (token.clone(), format!("{0} {0}", &text[token])),
                2 => (token, (*dice.one_of(&self.words)).to_owned()),
                3 => (token.start..token.start, format!("{} ", dice.one_of(&self.words))),
                4 => (group, (*dice.one_of(&self.groups)).to_owned()),
                5 => (group.start..group.start, format!("{}, ", dice.one_of(&self.groups))),
                6 => (group, String::new()),
                7 => (group.clone(), format!("{0}, {0}", &text[group])),
                8 => (group.clone(), text.get(group.start + 1..group.end - 1).unwrap_or_default().to_owned()),
                9 => (token, (*dice.one_of(&NUMBERS)).to_owned()),
                10 => (token.start..token.start, (*dice.one_of(&STRAY)).to_owned()),
                _ => (
                    token.start..token.start,
                    ["(", "[", "Some(", "{"][dice.below(4)].repeat(dice.below(400)),
                ),
            };
            text.replace_range(at, &with);
        }
        text
    }
}

const NUMBERS: [&str; 10] =
    ["-1", "256", "65536", "4294967296", "-9223372036854775808", "1e308", "-0.0", "0x7f", "1_000", "NaN"];
const STRAY: [&str; 12] = [
    "\"",
    "\\",
    "'",
    ",",
    ":",
    "//",
    "/*",
    "#![enable(implicit_some)]",
    "\u{0}",
    "\u{202e}",
    "\u{1f41f}",
    "r#\"",
];

/// Loads a document; nothing may panic, and what does not load must be told.
fn survives(text: &str) -> bool {
    catch_unwind(AssertUnwindSafe(|| {
        let (scenario, diagnostics) = load(text);
        assert_eq!(scenario.is_none(), diagnostics.has_errors());
        diagnostics.to_text(false).len()
    }))
    .is_ok()
}

#[test]
fn a_storm_of_broken_documents_never_brings_the_loader_down() {
    let asked = std::env::var("OFFRAMP_FUZZ").ok().and_then(|asked| asked.parse().ok());
    let (pieces, documents) = (Pieces::new(), asked.unwrap_or(USUAL));
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let storm = |thread: u64| {
        let (mut slowest, mut bytes) = (std::time::Duration::ZERO, 0);
        for number in (thread..documents).step_by(threads as usize) {
            let text = pieces.document(&mut Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            let start = std::time::Instant::now();
            let survived = survives(&text);
            (slowest, bytes) = (slowest.max(start.elapsed()), bytes + text.len());
            if !survived {
                let path = corpus().join(format!("storm-{number}.ron"));
                std::fs::write(&path, &text).expect("written");
                panic!("document {number} brings the loader down: {}", path.display());
            }
        }
        (slowest, bytes)
    };
    let ends: Vec<_> = std::thread::scope(|scope| {
        let storm = &storm;
        let storms: Vec<_> = (0..threads).map(|thread| scope.spawn(move || storm(thread))).collect();
        storms.into_iter().map(|storm| storm.join().expect("nothing breaks")).collect()
    });
    let bytes: usize = ends.iter().map(|end| end.1).sum();
    let slowest = ends.iter().map(|end| end.0).max().unwrap_or_default();
    eprintln!(
        "{documents} documents, {} bytes each in the mean, the slowest took {slowest:?}",
        bytes / documents as usize
    );
    if let Some(peak) = peak_memory() {
        eprintln!("peak memory {peak} kB");
        assert!(peak < 1 << 20, "{peak} kB");
    }
}

/// The most memory that this process has used so far, in kilobytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn what_was_dangerous_once_is_told_like_any_error() {
    let corpus = texts("tests/fixtures/corpus");
    assert!(!corpus.is_empty());
    for text in corpus {
        assert!(survives(&text), "{}", &text[..text.len().min(200)]);
    }
}
