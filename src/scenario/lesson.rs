//! Lessons: for every code a small file that shows the mistake, and how one mends it.

use super::diagnostics::Code;

/// What `offramp explain` tells beside the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// A whole file in which this is the first finding; `None` where a file would be too long to show.
    pub wrong: Option<&'static str>,
    /// How to mend it.
    pub mend: &'static str,
}

const fn shown(wrong: &'static str, mend: &'static str) -> Lesson {
    Lesson { wrong: Some(wrong), mend }
}

const fn told(mend: &'static str) -> Lesson {
    Lesson { wrong: None, mend }
}

impl Code {
    /// The lesson of a code.
    pub fn lesson(self) -> Lesson {
        match self {
            Code::TooLarge => told(
                "A scenario is text of a few hundred kilobytes at most. Look whether the file is something else.",
            ),
            Code::Empty => shown(
                "// Nothing but a comment.\n",
                "Begin with `(format: 1, name: \"mine\", base: \"korea\")`.",
            ),
            Code::OddCharacter => told(
                "Delete the character; texts may hold line breaks, tabs and everything that can be seen. In a text write `\\u{...}` if it must be there.",
            ),
            Code::TooDeep => told(
                "Rules and conditions rarely nest deeper than ten. Look for a bracket that was never closed.",
            ),
            Code::WrongFormat => shown(
                "(format: 2, name: \"mine\", base: \"korea\")\n",
                "Write `format: 1`, or use the offramp that the file was written for.",
            ),
            Code::Extension => shown(
                "#![enable(unwrap_newtypes)]\n(format: 1, name: \"mine\", base: \"korea\")\n",
                "Delete the line; what scenarios need of it holds without asking.",
            ),
            Code::ByteOrderMark => told(
                "Nothing has to be done. To be rid of it, save the file as UTF-8 without a byte-order mark.",
            ),
            Code::TooMany => told(
                "Look for an entry that was copied by mistake; the limits are far above any scenario that a class can play.",
            ),
            Code::LongText => {
                told("Cut the text, or move what only control needs to know into its own notes.")
            }
            Code::UnclosedText => shown(
                "(format: 1, name: \"mine, base: korea)\n",
                "Close the text with `\"`. A quotation mark inside a text is written `\\\"`.",
            ),
            Code::UnclosedBracket => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [\n",
                "Close it. Most editors jump from a bracket to its partner.",
            ),
            Code::WrongBracket => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [))\n",
                "`(` is closed by `)`, `[` by `]`. The excerpt marks both brackets.",
            ),
            Code::MissingComma => shown(
                "(format: 1 name: \"mine\", base: \"korea\")\n",
                "Put a comma between the two. One after the last is allowed too.",
            ),
            Code::Unexpected => shown(
                "(format: 1, name: \"mine\", base: \"korea\", ;)\n",
                "Delete what is marked, or see what is expected there.",
            ),
            Code::UnclosedComment => shown(
                "/* a note\n(format: 1, name: \"mine\", base: \"korea\")\n",
                "Close it with `*/`, or begin each line of it with `//`.",
            ),
            Code::Trailing => shown(
                "(format: 1, name: \"mine\", base: \"korea\")\n(tracks: [])\n",
                "One file holds one scenario: move what follows inside its brackets.",
            ),
            Code::BadLiteral => shown(
                "(format: 1, name: \"mi\\qne\", base: \"korea\")\n",
                "A text stands in `\"`; a number has digits, at most one point, and no other sign than `-`.",
            ),
            Code::NotFinite => shown(
                "(format: 1, name: \"mine\", base: \"korea\", settings: [(name: \"parameters.percept_bias.value\", value: Number(inf))])\n",
                "Write a number.",
            ),
            Code::DuplicateField => shown(
                "(format: 1, name: \"mine\", name: \"yours\", base: \"korea\")\n",
                "Keep one of them. A second list of the same section goes into the first.",
            ),
            Code::DuplicateKey => told("Keep one of them."),
            Code::BraceForParenthesis => shown(
                "{format: 1, name: \"mine\", base: \"korea\"}\n",
                "Entries stand in `( )` here, lists in `[ ]`.",
            ),
            Code::UnknownField => shown(
                "(format: 1, name: \"mine\", base: \"korea\", trakcs: [])\n",
                "See the nearest name, and the section in the reference of the scenario format.",
            ),
            Code::UnknownVariant => shown(
                "(format: 1, name: \"mine\", base: \"korea\", mechanics: [Incident])\n",
                "See the nearest name; choices begin with a capital letter.",
            ),
            Code::MissingField => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [(name: \"fog\", label: \"Fog\", min: 0, max: 10, source: \"judgement\")])\n",
                "Add the field. The reference says for each whether it may be left out.",
            ),
            Code::WrongType => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [(name: \"fog\", label: \"Fog\", min: 0, max: 10, start: \"5\", source: \"judgement\")])\n",
                "A number stands alone, a text in `\"`, a list in `[ ]`, a yes or no is `true` or `false`.",
            ),
            Code::OutOfRange => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [(name: \"fog\", label: \"Fog\", min: 0, max: 10, start: 11, source: \"judgement\")])\n",
                "Choose a value inside the range that is told. Per mille goes to 1000, percent to 100.",
            ),
            Code::WrongLength => shown(
                "(format: 1, name: \"mine\", base: \"korea\", kernels: [(name: \"some\", side: \"south\", rungs: (6, 6, 6), weights: (1, 1, 1, 1, 1, 1, 1), source: \"judgement\")])\n",
                "Give as many values as are asked for, in the order of the reference.",
            ),
            Code::BadValue => shown(
                "(format: 1, name: \"mine\", base: \"korea\", start: \"2015-13-04 07:35\")\n",
                "The message says which rule is broken, and what would keep it.",
            ),
            Code::MoreErrors => {
                told("Mend the first errors and check again: what follows a broken bracket cannot be read.")
            }
            Code::BaseMissing => shown(
                "(format: 1, name: \"mine\", base: \"koera\")\n",
                "A base is a name of the library, such as `korea`, or a path inside the scenario's own folder.",
            ),
            Code::BaseCycle => told("Follow `base` from file to file: one of them has to do without."),
            Code::BaseDepth => told("Join some of the bases into one."),
            Code::AlreadyInBase => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [(name: \"tension\", label: \"Tension\", min: 0, max: 10, start: 5, source: \"judgement\")])\n",
                "Give it another name if it is new, or put the entry under `replace: (tracks: [...])` if it takes the old one's place.",
            ),
            Code::DuplicateName => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [\n    (name: \"fog\", label: \"Fog\", min: 0, max: 10, start: 5, source: \"judgement\"),\n    (name: \"fog\", label: \"Fog\", min: 0, max: 10, start: 5, source: \"judgement\"),\n])\n",
                "Rename or delete one of them.",
            ),
            Code::NothingToReplace => shown(
                "(format: 1, name: \"mine\", base: \"korea\", replace: (tracks: [(name: \"tensoin\", label: \"Tension\", min: 0, max: 10, start: 5, source: \"judgement\")]))\n",
                "See the nearest name; an entry that is new stands in the section itself.",
            ),
            Code::NothingToRemove => shown(
                "(format: 1, name: \"mine\", base: \"korea\", remove: (tracks: [\"tensoin\"]))\n",
                "See the nearest name, or delete the line.",
            ),
            Code::ReplacedAndRemoved => shown(
                "(format: 1, name: \"mine\", base: \"korea\",\n    replace: (calendar: [(name: \"exercise\", label: \"Exercise\", from: Days(1), until: Days(2), source: \"judgement\")]),\n    remove: (calendar: [\"exercise\"]))\n",
                "Decide for one of the two.",
            ),
            Code::UnknownName => shown(
                "(format: 1, name: \"mine\", base: \"korea\", settings: [(name: \"tracks.tensoin.start\", value: Whole(5))])\n",
                "See the nearest name. Names are those of entries in this file and its bases; `offramp check --settings` lists settings.",
            ),
            Code::Unsound => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [(name: \"fog\", label: \"Fog\", min: 10, max: 0, start: 5, source: \"judgement\")])\n",
                "Each value alone is allowed, and together they make no sense: the message says which do not fit.",
            ),
            Code::RemovedName => shown(
                "(format: 1, name: \"mine\", base: \"korea\", remove: (tracks: [\"tension\"]))\n",
                "Remove what refers to it too, or keep it.",
            ),
            Code::EndingUnreachable => shown(
                "(format: 1, name: \"mine\", base: \"korea\", endings: [(name: \"calm\", label: \"Calm\", text: \"It is calm.\", class: Faded, when: Compare(Level(\"tension\"), Lt, Const(0)))])\n",
                "Compare with a value that comes about; the message says what each side can be. Of two endings that hold together the first in the list comes.",
            ),
            Code::InjectUnreachable => shown(
                "(format: 1, name: \"mine\", base: \"korea\", injects: [(name: \"late\", label: \"A late report\", text: \"It comes late.\", when: At(Days(400)), source: \"made up\")])\n",
                "Choose a time before every game is over, and a condition that can come about.",
            ),
            Code::NeverHolds => shown(
                "(format: 1, name: \"mine\", base: \"korea\", rules: [(name: \"spill\", step: Escalation, does: [When(that: Compare(Level(\"tension\"), Gt, Const(100)), then: [Shift(\"rok_economy\", Const(-1))])], source: \"made up\")])\n",
                "The message says what each side can be. `On` asks for an act that goes on: its tempo is `Continuing` or `For`.",
            ),
            Code::AlwaysHolds => shown(
                "(format: 1, name: \"mine\", base: \"korea\", rules: [(name: \"drip\", step: Escalation, does: [When(that: Compare(Level(\"tension\"), Ge, Const(0)), then: [Shift(\"rok_economy\", Const(-1))])], source: \"made up\")])\n",
                "Delete the condition, or compare with a value that can be missed.",
            ),
            Code::NobodyActs => shown(
                "(format: 1, name: \"mine\", base: \"korea\", actions: [(name: \"parade\", label: \"A parade\", about: \"Troops march.\", seats: [], rung: 1, domain: Political, reading: Neutral, cost: Cheap, path: \"sensors\", source: \"made up\")])\n",
                "Name a seat that gives orders, a body that grants the act, and `needs` that can be met. What only an inject does needs no seat.",
            ),
            Code::Unused => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tables: [(name: \"steps\", values: [1, 2, 3], source: \"made up\")])\n",
                "Use it or delete it. What only a later version will need can stand in a comment.",
            ),
            Code::NoSource => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [(name: \"fog\", label: \"Fog\", min: 0, max: 10, start: 5, source: \"\")])\n",
                "Say where it was read, or that it is judgement or made up: who debriefs a class will be asked.",
            ),
            Code::LadderGap => told(
                "Give every rung from 0 up a name, and every rung below the highest act something that can happen on it: a crisis that has to jump is not decided step by step.",
            ),
            Code::NobodyMeets => shown(
                "(format: 1, name: \"mine\", base: \"korea\", seats: [(name: \"press\", label: \"Press\", side: \"press\", plays: false, summary: \"Newspapers.\", source: \"made up\")], channels: [(name: \"office\", label: \"Press office\", members: [\"rok\", \"press\"], level: Liaison, latency: Hours(1), fidelity: Percent(95), fault: Percent(1), repair: Days(1), politics: Open, cut: PerDay(0.0), restore: PerDay(0.0), source: \"made up\")])\n",
                "Add a member that gives orders (`plays: true`); those who act by rules neither call nor answer.",
            ),
            Code::WideText => shown(
                "(format: 1, name: \"mine\", base: \"korea\", tracks: [(name: \"fog\", label: \"Fog over the estuary, the islands and the waters on both sides of the line\", min: 0, max: 10, start: 5, source: \"made up\")])\n",
                "Shorten it: on a screen of 80 columns a heading shares its row, and a text that does not fit has to be scrolled. `--heading-columns` and `--text-rows` move the limit.",
            ),
            Code::NeverFires => shown(
                "(format: 1, name: \"mine\", base: \"korea\", injects: [(name: \"envoy\", label: \"An envoy comes\", text: \"An envoy comes.\", when: Once(Days(40), Compare(Gauge(TalksRounds), Ge, Const(60))), source: \"made up\")])\n",
                "Play the game that is shown, and see what the condition waits for. A person may bring about what doctrines do not: then `OnCall` leaves it to control.",
            ),
            Code::NeverTaken => shown(
                "(format: 1, name: \"mine\", base: \"korea\", actions: [(name: \"parade\", label: \"A parade\", about: \"Troops march.\", seats: [\"rok\"], rung: 1, domain: Political, reading: Neutral, cost: Cheap, path: \"sensors\", source: \"made up\")])\n",
                "An automated seat takes the initiative at the rate of `initiative`, and answers with acts of the cells that the record answers with. Raise the rate, delete what nobody would do, or write `initiative: PerDay(0.0)` for what only people are to take.",
            ),
            Code::Dominates => told(
                "See what makes it so much better or likelier than all others: its `initiative`, the tracks that it moves, aims and leanings that all doctrines share.",
            ),
            Code::EndingAbsent => shown(
                "(format: 1, name: \"mine\", base: \"korea\", endings: [(name: \"worn_out\", label: \"Worn out\", text: \"All are worn out.\", class: Frozen, when: Compare(Gauge(TalksRounds), Ge, Const(60)))])\n",
                "Mark it `rare: true` if it is meant to be, or let its condition come about.",
            ),
            Code::EndingCertain => shown(
                "(format: 1, name: \"mine\", base: \"korea\", endings: [(name: \"dusk\", label: \"Dusk\", text: \"Night falls.\", class: Frozen, when: Compare(Gauge(Hour), Ge, Const(6)))])\n",
                "If nothing that is decided changes the end, see which condition comes about whatever happens.",
            ),
            Code::NothingToDo => told(
                "Look at the menu in the game that is shown: acts whose `needs` do not hold, that go on already, or that a body has not released. Give the seat something to do, or let it act by rules.",
            ),
            Code::Overlong => told(
                "After the horizon a game ends by hazard. Bring the horizon forward, raise the hazard, or give the crisis an ending that comes about.",
            ),
            Code::RunsAway => shown(
                "(format: 1, name: \"mine\", base: \"korea\", injects: [(name: \"flash\", label: \"A flash\", text: \"A flash in the north.\", when: At(Hours(1)), act: Some((\"dprk\", \"dprk_nuclear_strike\")), source: \"made up\")])\n",
                "See what drives it in the game that is shown: rules that feed each other, doctrines without fear of rungs, firebreaks that cost nothing.",
            ),
        }
    }
}
