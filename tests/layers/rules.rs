//! The rules. To change the architecture, change a row here, with the reason in `docs/decisions/`.

/// What the files of a module may import from other modules of the crate.
pub struct Layer {
    pub module: &'static str,
    pub may_import: &'static [&'static str],
}

const fn layer(module: &'static str, may_import: &'static [&'static str]) -> Layer {
    Layer { module, may_import }
}

/// Every module of the crate, lowest first. `main` is the binary's `main.rs`; `lib.rs` may name everything.
pub const LAYERS: &[Layer] = &[
    layer("vocabulary", &[]),
    layer("statistics", &[]),
    layer("scenario", &["vocabulary"]),
    layer("engine", &["vocabulary", "scenario"]),
    layer("storage", &["vocabulary"]),
    layer("trace", &["vocabulary", "scenario", "engine"]),
    layer("policy", &["vocabulary", "engine"]),
    layer("session", &["vocabulary", "scenario", "engine", "policy", "trace", "storage"]),
    layer("sweep", &["vocabulary", "statistics", "scenario", "engine", "session", "trace", "storage"]),
    layer("analysis", &["vocabulary", "statistics", "trace", "sweep"]),
    layer("validation", &["vocabulary", "scenario", "engine", "storage", "trace", "session", "analysis"]),
    layer("levers", &["vocabulary", "statistics", "scenario", "engine", "session", "sweep", "analysis"]),
    layer("lint", &["vocabulary", "scenario", "engine", "trace", "session"]),
    layer("report", &["vocabulary", "analysis", "trace", "sweep"]),
    layer("tui", &["vocabulary", "session", "report"]),
    layer("host", &["vocabulary", "session", "tui"]),
    layer(
        "cli",
        &[
            "vocabulary",
            "scenario",
            "engine",
            "storage",
            "trace",
            "policy",
            "session",
            "sweep",
            "analysis",
            "validation",
            "levers",
            "lint",
            "report",
            "tui",
            "host",
        ],
    ),
    layer("main", &["cli"]),
];

/// Single files that may import more than their module.
pub const GRANTS: &[(&str, &[&str])] =
    &[("src/tui/screen/control.rs", &["trace"]), ("src/tui/screen/debrief.rs", &["trace"])];

/// A module that may import another only in part: paths that go through one of these names.
pub struct Part {
    pub importer: &'static str,
    pub of: &'static str,
    /// Names that are open.
    pub names: &'static [&'static str],
    /// Files whose public items are open too.
    pub items_of: &'static [&'static str],
}

pub const PARTS: &[Part] = &[
    // A policy knows what a seat knows.
    Part {
        importer: "policy",
        of: "engine",
        // Dice of a domain of its own, and words of a scenario that orders are made of.
        names: &[
            "SeatDice",
            "SeatMemory",
            "Draws",
            "StepDice",
            "SiteId",
            "RootKey",
            "Domain",
            "ReplyRule",
            "Bargaining",
            "LineWeights",
            "MessageWeights",
            "Talking",
            "UnderFireDoc",
        ],
        items_of: &[
            "src/engine/briefing/mod.rs",
            "src/engine/observation/mod.rs",
            "src/engine/observation/views.rs",
            "src/engine/observation/menu.rs",
            "src/engine/observation/news.rs",
            "src/engine/order.rs",
            "src/engine/legality.rs",
        ],
    },
    // A sweep sets games up, and reads what they tell their recorder.
    Part {
        importer: "sweep",
        of: "engine",
        names: &["Game", "Rules", "bind", "Orders", "Outcome", "Score", "Left", "Readers", "MAX_SEATS"],
        items_of: &[
            "src/engine/event/mod.rs",
            "src/engine/event/change.rs",
            "src/engine/event/fact.rs",
            "src/engine/event/roll.rs",
        ],
    },
    Part { importer: "sweep", of: "session", names: &["runner"], items_of: &[] },
    Part { importer: "analysis", of: "sweep", names: &["rows"], items_of: &[] },
    Part { importer: "report", of: "sweep", names: &["rows"], items_of: &[] },
];

/// Where a word may stand: file or folder names below `src/`, folders with a slash at the end.
pub enum Place {
    OnlyIn(&'static [&'static str]),
    NotIn { places: &'static [&'static str], except: &'static [&'static str] },
}

/// Words that are bound to a place.
///
/// A word is an identifier (`File`), a path (`std::fs`, however it is imported), a macro (`print!`) or a method
/// (`.exists`).
pub struct Words {
    pub words: &'static [&'static str],
    pub place: Place,
    pub why: &'static str,
}

pub const WORDS: &[Words] = &[
    Words {
        words: &[
            "std::fs",
            "File",
            "OpenOptions",
            "tempfile",
            "include_str",
            "include_bytes",
            ".canonicalize",
            ".exists",
            ".try_exists",
            ".metadata",
            ".symlink_metadata",
            ".read_dir",
        ],
        place: Place::OnlyIn(&["storage/"]),
        why: "only `storage` names the file system",
    },
    Words {
        words: &["stdout", "stderr", "println", "eprintln", "print!", "eprint!", "dbg!"],
        place: Place::OnlyIn(&["cli/", "tui/terminal.rs", "tui/terminal/", "main.rs"]),
        why: "only the command line and the terminal print",
    },
    Words {
        words: &["crossterm"],
        place: Place::OnlyIn(&["tui/terminal.rs", "tui/terminal/"]),
        why: "only `tui/terminal` knows which terminal library is in use",
    },
    Words { words: &["std::net"], place: Place::OnlyIn(&["host/"]), why: "only `host` opens sockets" },
    Words {
        words: &["State", "GroundTruth", "Truth", "Game", "ControlView", "TurnRecord"],
        place: Place::NotIn {
            places: &["policy/", "tui/"],
            except: &["tui/screen/control.rs", "tui/screen/debrief.rs"],
        },
        why: "a seat's side has no word for the truth",
    },
    Words {
        words: &["HashMap", "HashSet", "Instant", "SystemTime", "std::env", "std::process"],
        place: Place::NotIn { places: &["engine/", "scenario/", "policy/"], except: &[] },
        why: "the core is deterministic: no hash order, clock or environment",
    },
    Words {
        words: &["std::thread"],
        place: Place::NotIn {
            places: &["engine/", "scenario/", "policy/"],
            // A deeply nested file is parsed on a thread with a large stack.
            except: &["scenario/parse.rs"],
        },
        why: "the core knows no threads",
    },
    Words {
        words: &["f32", "f64"],
        place: Place::NotIn {
            places: &["engine/", "policy/"],
            // The first four fill integer tables at binding; the tests of the others measure against exact values.
            except: &[
                "engine/rules.rs",
                "engine/worth/",
                "engine/evidence.rs",
                "engine/likelihood.rs",
                "engine/dice.rs",
                "policy/logit.rs",
            ],
        },
        why: "play counts in whole numbers; floats end at binding",
    },
];
