//! A rich moment of a crisis, made by hand: every list has entries, so that every panel has something to show.

use offramp::scenario::section::{Domain, ReplyRule};
use offramp::session::*;
use offramp::trace::{
    Among, BeliefCourse, ButFor, ButForRow, Consultation, ConsultationEnd, GivenEstimate, Placed, PlacedUnit,
    Reached, StepFrom, Surprise, Unanswered,
};
use offramp::tui::Choice;
use offramp::vocabulary::words::{AccordStatus, Politics};
use offramp::vocabulary::*;
use std::sync::Arc;

/// Day 17, 15:52 of a crisis that begins on 4 August 2015 at 07:35.
pub const NOW: Minute = 16 * 1440 + 15 * 60 + 52 - (7 * 60 + 35);

/// North, South, ally, neighbour.
pub const DPRK: usize = 0;
pub const ROK: usize = 1;
pub const US: usize = 2;

pub fn id<I: Id>(index: usize) -> I {
    I::new(index)
}

/// Names and labels; a poisoned crisis carries terminal escapes in each.
#[derive(Clone, Copy, PartialEq)]
pub enum Text {
    Clean,
    Poisoned,
}

const POISON: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{200b}\r";

impl Text {
    fn of(self, text: &str) -> String {
        match self {
            Text::Clean => text.to_owned(),
            Text::Poisoned => format!("{text}{POISON}"),
        }
    }

    fn label(self, name: &str, label: &str) -> Label {
        Label { name: name.to_owned(), label: self.of(label) }
    }
}

const RUNGS: [&str; 14] = [
    "Baseline",
    "Verbal",
    "Coercion without arms",
    "Posture",
    "Incursion",
    "Warning fire",
    "Limited attack",
    "Local exchange of fire",
    "Lethal clash",
    "Bombardment with effect",
    "Strike beyond the source",
    "Fighting in several sectors",
    "General war",
    "Nuclear use",
];

fn action(text: Text, name: &str, label: &str, rung: u8, who: usize) -> ActionBrief {
    ActionBrief {
        label: text.label(name, label),
        about: text.of("What it is, in a sentence that is long enough to be wrapped in a narrow panel."),
        seats: vec![id(who)],
        rung: Rung(rung),
        domain: Domain::Land,
        reading: Reading::Firm,
        cost: Cost::Sunk,
        continues: name.contains("loudspeakers").then_some(0),
        agenda: None,
        release: if rung >= 6 { vec![text.of("the allied call")] } else { Vec::new() },
        bodies: vec![id(0)],
        consents: vec![id(US)],
        needs: Vec::new(),
    }
}

pub fn briefing(text: Text) -> Briefing {
    let mut brief = Briefing::default();
    brief.seat = Some(id(ROK));
    brief.scenario = text.label("august-2015", "August 2015: the mines and the loudspeakers");
    brief.summary = text.of(
        "On 4 August 2015 two soldiers lose their legs to mines south of the line.\nEleven years of silence at the \
         loudspeakers end. What follows takes 22 days.",
    );
    brief.start = "2015-08-04 07:35".to_owned();
    brief.role = text.of("You are the National Security Council in Seoul.");
    brief.disposition = text.label("firm", "firm, if the ally agrees");
    brief.staff.highest_delegated = Rung(9);
    brief.rungs = RUNGS.iter().enumerate().map(|(i, r)| text.label(&format!("r{i}"), r)).collect();
    brief.rung_definitions =
        RUNGS.iter().map(|r| text.of(&format!("What counts as {}.", r.to_lowercase()))).collect();
    let seats = [("dprk", "DPRK", true), ("rok", "ROK", true), ("us", "US", true), ("china", "China", false)];
    brief.seats = seats
        .iter()
        .map(|(name, label, plays)| SeatBrief {
            label: text.label(name, label),
            summary: text.of(&format!("One line on {label}.")),
            plays: *plays,
            ally: *name == "us",
            rival: *name == "dprk",
            dispositions: vec![text.label("bluster", "bluster"), text.label("resolved", "resolved")],
        })
        .collect();
    brief.aims = [("deter", "deter the next attack", 1500, false), ("no_war", "no war", 8000, true)]
        .iter()
        .map(|(name, label, points, floor)| AimBrief {
            label: text.label(name, label),
            track: None,
            points: *points,
            floor: *floor,
        })
        .collect();
    brief.tracks = ["pressure at home", "readiness"]
        .iter()
        .map(|label| TrackBrief {
            label: text.label(label, label),
            focus: false,
            unit: text.of("points"),
            min: 0,
            max: 100,
            start: 20,
        })
        .collect();
    brief.actions = vec![
        action(text, "protest", "Protest in public", 1, ROK),
        action(text, "loudspeakers", "Resume loudspeakers", 2, ROK),
        action(text, "raise_alert", "Raise the alert", 3, ROK),
        action(text, "fire_warning", "Fire warning shots", 5, ROK),
        action(text, "return_fire", "Return fire at the source", 7, ROK),
        action(text, "strike_source", "Strike the command post", 10, ROK),
        action(text, "shell_speakers", "Shell the loudspeakers", 7, DPRK),
    ];
    let lines = [("panmunjom_liaison", "Panmunjom liaison"), ("mil_west", "Western military line")];
    brief.channels = lines
        .iter()
        .map(|(name, label)| ChannelBrief {
            label: text.label(name, label),
            members: vec![id(DPRK), id(ROK)],
            owner: Some(id(ROK)),
            latency: 20,
        })
        .collect();
    brief.bodies = vec![BodyBrief {
        label: text.label("allied_call", "Allied call"),
        members: vec![id(ROK), id(US)],
        grants: vec![id(4), id(5)],
    }];
    brief.accords = vec![text.label("armistice", "Armistice")];
    brief.incidents = vec![text.label("mine", "Mine explosion")];
    brief.sites = vec![text.label("guard_posts", "Guard posts"), text.label("west_sea", "West sea")];
    brief.terms =
        [("stop_loudspeakers", "stop the loudspeakers", ROK), ("express_regret", "express regret", DPRK)]
            .iter()
            .map(|(name, label, giver)| TermBrief {
                label: text.label(name, label),
                giver: id(*giver),
                worth: if *giver == DPRK { 2500 } else { -800 },
                face_cost: 900,
                settles: *name == "express_regret",
                needs: Vec::new(),
            })
            .collect();
    brief.hypotheses = vec![HypothesisBrief {
        id: id(0),
        label: text.label("north", "What the North is"),
        subject: id(DPRK),
        types: vec![text.of("bluster"), text.of("resolved")],
        prior: [600_000, 400_000, 0, 0],
    }];
    brief.triggers = vec![TriggerBrief {
        id: id(0),
        label: text.label("imminent", "attack is imminent"),
        action: id(5),
        does: TriggerDoes::Fires,
    }];
    brief.endings =
        vec![EndingBrief { label: text.label("settled", "Settled"), text: text.of("A joint statement.") }];
    brief.calendar = vec![(text.of("Exercise Ulchi"), 13 * 1440, 24 * 1440)];
    brief
}

fn item(action: usize, cell: Cell, rung: u8, legality: Legality) -> MenuItem {
    MenuItem {
        action: id(action),
        cell,
        rung: Rung(rung),
        legality,
        reversible: rung < 4,
        lead: if rung > 4 { 60 } else { 0 },
        cell_share: 250_000,
        item_share: 500_000,
        worth: [if rung > 6 { -1500 } else { 400 }, -120, 0, 0, 0, 0, 0, 0],
        pull: 0,
        draws: [300_000, 400_000, 0, 40_000, 250_000, 10_000, 0],
    }
}

pub fn log(text: Text) -> Vec<News> {
    let at = |minute, kind, percent: Option<u8>| News {
        minute,
        kind,
        roll: percent.map(|percent| SeenRoll { percent, came: true }),
    };
    vec![
        at(0, NewsKind::Incident { incident: id(0), suspect: id(DPRK), reading: Reading::Hostile }, Some(30)),
        at(5, NewsKind::Deaths { seat: id(ROK), dead: 0, civilians: 1 }, None),
        at(
            1440,
            NewsKind::Evidence { case: 1, author: id(DPRK), cause: CauseTag::Deliberate, belief: 870_000 },
            None,
        ),
        at(
            2880,
            NewsKind::Message { headline: text.of("Finding").into(), text: text.of("Box mines.").into() },
            None,
        ),
        at(6 * 1440, NewsKind::OwnAct { action: id(1) }, None),
        at(
            6 * 1440 + 9,
            NewsKind::OwnActFailed { action: id(5), why: Failure::NotReleased(id(US)) },
            Some(12),
        ),
        at(7 * 1440, NewsKind::CallUnanswered { channel: id(1), to: id(DPRK) }, None),
        at(8 * 1440, NewsKind::Restrained { by: id(US), from: Rung(8), with: Inducement::Assurance }, None),
        at(
            NOW - 90,
            NewsKind::Proposal {
                number: 3,
                from: id(DPRK),
                to: id(ROK),
                ultimatum: true,
                counters: None,
                terms: 1,
            },
            None,
        ),
        at(NOW - 8, NewsKind::Act { by: Some(id(DPRK)), action: id(6), reading: Reading::Hostile }, Some(44)),
        at(NOW - 4, NewsKind::Fire { site: id(0), by: id(DPRK), rung: Rung(6), rounds: 100, after: 4 }, None),
    ]
}

/// What the seat sees when this is asked.
pub fn view(asked: Asked) -> SeatView {
    poisoned_view(asked, Text::Clean)
}

pub fn poisoned_view(asked: Asked, text: Text) -> SeatView {
    let mut seen = Observation::default();
    seen.revision = 4;
    seen.seat = Some(id(ROK));
    seen.asked = asked;
    seen.minute = NOW;
    seen.turn = 9;
    seen.turn_minutes = 1440;
    seen.tick_minutes = 360;
    seen.standing_rung = Rung(6);
    seen.peak_rung = Rung(7);
    seen.levels = vec![(id(0), 55), (id(1), 30)];
    seen.deaths = vec![(id(ROK), 2)];
    seen.civilian_deaths = 1;
    seen.continuing = vec![(id(ROK), id(1))];
    seen.channels = (0..2)
        .map(|i| ChannelView {
            channel: id(i),
            state: if i == 0 { LineState::Answered } else { LineState::NoAnswer },
            since: Some(NOW - 1440),
            answering: true,
            own_politics: (i == 0).then_some(Politics::Open),
            daily_change: 0,
            in_time: i == 0,
        })
        .collect();
    seen.bodies = vec![BodyView { body: id(0), maturity: 40, lead: 90, pending: Some((id(4), NOW + 60)) }];
    seen.accords = vec![(id(0), AccordStatus::InForce)];
    seen.stimuli = vec![StimulusView {
        by: id(DPRK),
        surely: 930_000,
        rung: Rung(6),
        deaths: 2,
        rounds: 100,
        minute: NOW - 8,
        weight: 980_000,
        open: Cells::ALL,
    }];
    seen.asks = Some(0);
    seen.cases = vec![CaseView {
        case: 1,
        suspect: id(DPRK),
        belief: 870_000,
        meant: 520_000,
        rung: Rung(6),
        minute: 0,
        investigated: true,
        contested: false,
    }];
    seen.beliefs = vec![BeliefView {
        hypothesis: id(0),
        types: 2,
        shares: [480_000, 520_000, 0, 0],
        before: [600_000, 400_000, 0, 0],
    }];
    seen.triggers = vec![TriggerView { trigger: id(0), met: false, delegated: false }];
    seen.proposals = vec![
        ProposalView {
            number: 3,
            from: id(DPRK),
            to: id(ROK),
            over: Some(id(0)),
            terms: vec![id(0)],
            deadline: Some(NOW + 2880),
            threat: Some(id(6)),
            ambiguous: false,
            answer: None,
            worth: -800,
        },
        ProposalView {
            number: 4,
            from: id(ROK),
            to: id(DPRK),
            over: None,
            terms: vec![id(1)],
            deadline: Some(NOW + 1440),
            threat: None,
            ambiguous: true,
            answer: Some(Answer::Stall),
            worth: 2500,
        },
    ];
    seen.talks = Some(TalksView {
        with: id(DPRK),
        proposal: 4,
        level: TalksLevel::Envoys,
        rounds: 1,
        next: NOW + 600,
    });
    if asked == Asked::Answers {
        seen.calls =
            vec![CallView { channel: id(0), from: id(DPRK) }, CallView { channel: id(1), from: id(DPRK) }];
    }
    seen.standing =
        vec![StandingView { site: id(0), reply: ReplyRule::InKind, volume: 100, delegated: Rung(7) }];
    seen.consents = vec![(id(US), Rung(9))];
    seen.restraint =
        Some(RestraintView { by: id(US), from: Rung(8), until: NOW + 600, with: Inducement::Assurance });
    if asked == Asked::Flash {
        seen.exchange = Some(ExchangeView {
            site: id(0),
            opened_by: id(DPRK),
            under_fire: id(ROK),
            rung: Rung(6),
            round: 1,
            standing_answer: Rung(6),
            rounds: 100,
            standing_rounds: 100,
            latency: 12,
            followed: 350_000,
        });
        let reply = |rule, rung, one_up| {
            let mut view = ReplyView { rule, rung: Rung(rung), ..ReplyView::default() };
            if rung > 0 {
                view.draws[Cell::InKind.index()] = 250_000;
                view.draws[Cell::OneUp.index()] = one_up;
            }
            view
        };
        seen.replies = vec![
            reply(ReplyRule::Hold, 0, 0),
            reply(ReplyRule::Warn, 0, 0),
            reply(ReplyRule::Symbolic, 5, 20_000),
            reply(ReplyRule::InKind, 6, 60_000),
            reply(ReplyRule::InKindPlusOne, 7, 120_000),
        ];
    }
    if asked == Asked::Orders {
        seen.menu = vec![
            item(0, Cell::Protest, 1, Legality::Legal),
            item(1, Cell::NonMilitary, 2, Legality::AlreadyOn),
            item(2, Cell::NonMilitary, 3, Legality::Legal),
            item(3, Cell::Symbolic, 5, Legality::Legal),
            item(4, Cell::InKind, 7, Legality::Legal),
            item(5, Cell::TwoUp, 10, Legality::NotReleased(id(0))),
        ];
        seen.question = Some(Question::FireSoon);
    }
    seen.attention = 3;
    seen.terms = vec![id(0)];
    seen.aims = vec![1200, 0];
    SeatView {
        revision: 4,
        briefing: Arc::new(briefing(text)),
        observation: seen,
        log: log(text),
        ..SeatView::default()
    }
}

/// The same seat after the end.
pub fn ended_view(text: Text) -> SeatView {
    let mut view = poisoned_view(Asked::Nothing, text);
    view.observation.revision = 5;
    view.observation.ended = Some(Ended::Scenario(id(0)));
    let seat = |label: &str| DebriefSeat {
        label: text.of(label),
        played_by: text.of("caution"),
        disposition: text.of("bluster"),
        aims: vec![(text.of("deter"), 1200), (text.of("no war"), -300)],
        score: Score { aims: 1200, soldiers: 2, alliance: Some(800_000), ..Score::default() },
        standing: Some((40, [62, 50, 71, 88])),
        beliefs: vec![(text.of("What the North is"), 52, text.of("bluster"))],
        courses: vec![BeliefCourse {
            question: text.of("What the North is"),
            truth: text.of("bluster"),
            points: vec![(0, 400_000), (NOW / 2, 180_000), (NOW, 520_000)],
        }],
        brier: Some(81),
    };
    view.debrief = Some(Arc::new(Debrief {
        title: text.of("August 2015"),
        seed: text.of("seed 7"),
        ending: (text.of("Settled"), text.of("A joint statement of six points.")),
        class: text.of("peak 6-7, no allied deaths, settled"),
        peak: Rung(7),
        seats: vec![seat("DPRK"), seat("ROK")],
        steps: vec![
            DebriefStep {
                minute: 0,
                turn: 1,
                rung: Rung(6),
                truth: text.of("DPRK laid mines on the path of the patrol."),
                rolls: vec![text.of("mine goes off: 30 %, came")],
                seen: vec![(text.of("ROK"), text.of("an incident at the line"))],
                from: StepFrom::Game,
            },
            DebriefStep {
                minute: NOW,
                turn: 9,
                rung: Rung(6),
                truth: text.of("DPRK fired one round; the battery mistook the grid."),
                rolls: Vec::new(),
                seen: vec![(text.of("ROK"), text.of("a hostile act")), (text.of("US"), text.of("fire"))],
                from: StepFrom::Game,
            },
        ],
        path: vec![(0, Rung(6)), (NOW / 2, Rung(3)), (NOW, Rung(6))],
        ladder: (0..14).map(|rung| (Rung(rung), text.of(&format!("Rung number {rung}")))).collect(),
        calls: vec![Unanswered {
            minute: 720,
            turn: 2,
            from: text.of("ROK"),
            to: text.of("DPRK"),
            over: text.of("military line"),
            why: text.of("it was left to ring"),
        }],
        consultations: vec![Consultation {
            body: text.of("the council of two"),
            by: text.of("ROK"),
            action: text.of("a show of force"),
            asked: 1440,
            turn: 3,
            took: Some(2880),
            came: ConsultationEnd::Granted,
            late: true,
            rungs: (Rung(3), Rung(6)),
            acts: 2,
        }],
        surprises: vec![Surprise {
            minute: NOW,
            turn: 9,
            seat: text.of("ROK"),
            what: text.of("DPRK did it: artillery fire"),
            given: 40_000,
        }],
        estimates: vec![GivenEstimate {
            minute: 720,
            turn: 2,
            seat: text.of("ROK"),
            question: text.of("Fire within two days?"),
            estimate: 100_000,
            came: Some(false),
            error: Some(10),
        }],
        but_for: Some(but_for(text)),
        among: Some(Among {
            games: 120,
            same_class: 12,
            peaks: vec![0, 0, 0, 0, 0, 0, 30, 60, 20, 10, 0, 0, 0, 0],
            placed: vec![Placed {
                what: text.of("turns"),
                unit: PlacedUnit::Whole,
                own: 9,
                below: 60,
                same: 10,
                games: 120,
                quartiles: [1, 5, 8, 12, 40],
            }],
        }),
        ..Debrief::default()
    }));
    view
}

fn but_for(text: Text) -> ButFor {
    let mut row = ButForRow {
        turn: 2,
        minute: 720,
        what: text.of("ROK: artillery fire (rung 7)"),
        instead: text.of("hold"),
        differ: 90,
        ..ButForRow::default()
    };
    for reached in &mut row.reached {
        *reached = Reached { both: 10, only_as_it_was: 40, only_instead: 5, neither: 45 };
    }
    ButFor {
        rule: text.of("Every order to act at rung 5 or above."),
        left_out: 1,
        continuations: 100,
        games: 200,
        rows: vec![row],
    }
}

pub fn choices(text: Text) -> Vec<Choice> {
    let seats = [("dprk", "DPRK"), ("rok", "ROK"), ("us", "US")];
    let seats: Vec<(String, String, String)> =
        seats.iter().map(|(n, l)| (n.to_string(), text.of(l), text.of("What this seat decides."))).collect();
    ["a-small-one", "august-2015"]
        .iter()
        .map(|name| Choice {
            name: name.to_string(),
            title: text.of(&format!("The crisis called {name}")),
            summary: text.of("Two soldiers, three mines, eleven loudspeakers."),
            seats: seats.clone(),
        })
        .collect()
}
