//! A small crisis for tests, seen by the ROK: the DPRK is its rival, the US its ally, a bystander gives no orders.

use super::SeatDice;
use super::luck::{SiteId, StepDice};
use crate::engine::dice::{Domain as Luck, RootKey};
use crate::engine::{
    ActionBrief, Asked, Bargaining, BeliefView, BodyBrief, BodyView, Briefing, CallView, CaseView,
    ChannelBrief, ChannelView, DoctrineBrief, Domain, ExchangeView, HypothesisBrief, Label, Legality,
    LineState, LineWeights, MenuItem, MessageWeights, Observation, ProposalView, SeatBrief, StaffNumbers,
    StandingView, StimulusView, Talking, TermBrief, UnderFireDoc,
};
use crate::vocabulary::{
    ActionId, BodyId, CELLS, Cell, Cells, ChannelId, Cost, DoctrineId, HypothesisId, Id, Minute, Ppm,
    Reading, Rung, SeatId, SiteId as Place, TermId,
};

pub(super) fn rok() -> SeatId {
    SeatId::new(0)
}

pub(super) fn dprk() -> SeatId {
    SeatId::new(1)
}

pub(super) fn us() -> SeatId {
    SeatId::new(2)
}

/// The luck of one run.
pub(super) fn dice(run: u64) -> SeatDice {
    SeatDice::new(step(7, run, 0))
}

/// The seat's dice of a seed and run at a time.
pub(super) fn step(seed: u64, run: u64, minute: Minute) -> StepDice {
    RootKey::new(seed, Luck::Policy(SiteId::new("seat", "", "rok"))).at(run, minute)
}

pub(super) fn label(name: &str) -> Label {
    Label { name: name.to_owned(), label: name.to_owned() }
}

/// Rungs of the actions: protest, two measures, fire in kind, fire one up, two more measures, a visit.
pub(super) const RUNGS: [u8; 8] = [1, 2, 2, 6, 7, 2, 2, 0];

pub(super) fn briefing() -> Briefing {
    let mut briefing = Briefing::default();
    briefing.seat = Some(rok());
    briefing.seats = [("rok", true), ("dprk", true), ("us", true), ("bystander", false)]
        .map(|(name, plays)| SeatBrief {
            label: label(name),
            plays,
            ally: name == "us",
            rival: name == "dprk",
            dispositions: vec![label("cautious"), label("bold")],
            ..SeatBrief::default()
        })
        .into();
    briefing.actions = RUNGS.iter().enumerate().map(|(n, rung)| action(n, Rung(*rung))).collect();
    briefing.channels = [("hotline", dprk()), ("radio", dprk()), ("allied", us())]
        .map(|(name, other)| ChannelBrief {
            label: label(name),
            members: vec![rok(), other],
            owner: None,
            latency: 5,
        })
        .into();
    briefing.bodies = vec![BodyBrief {
        label: label("allied call"),
        members: vec![rok(), us()],
        grants: vec![ActionId::new(3)],
    }];
    briefing.sites = vec![label("line")];
    briefing.terms = vec![
        term("regret", dprk(), 1500, true),
        term("silence", rok(), -500, false),
        term("stand down", dprk(), 400, false),
    ];
    let types = [("comes", "does not", us()), ("cautious", "bold", dprk()), ("is", "is not", dprk())];
    briefing.hypotheses = (types.iter().enumerate())
        .map(|(n, (yes, no, subject))| HypothesisBrief {
            id: HypothesisId::new(n),
            label: label("question"),
            subject: *subject,
            types: vec![(*yes).to_owned(), (*no).to_owned()],
            prior: [500_000, 500_000, 0, 0],
        })
        .collect();
    let mut plain = DoctrineBrief {
        id: DoctrineId::new(0),
        label: label("plain"),
        about: String::new(),
        doctrine: Default::default(),
    };
    plain.doctrine.sharpness = 1000;
    plain.doctrine.aims = vec![1000; 3];
    plain.doctrine.leaning = vec![0; RUNGS.len()];
    plain.doctrine.never = vec![false; RUNGS.len()];
    plain.doctrine.bargaining = Bargaining {
        from_rung: Rung(5),
        propose: 300,
        counter: 300,
        rung_cost: 200,
        talk_within: 2000,
        stall_within: 4000,
        threat_counts: 500,
        ultimatum_rung: Rung(5),
        ultimatum_time: 2880,
        extension: 1440,
        ..Bargaining::default()
    };
    let messages = MessageWeights {
        test: 50,
        test_after_silence: 600,
        query: 300,
        notice: 50,
        warn: 300,
        reassure: 300,
    };
    plain.doctrine.talking = Talking {
        call: 400,
        consult: 300,
        ask_again: 1440,
        take_call: 950,
        explain: 100,
        state: 30,
        lines: LineWeights { answered: 4, presumed: 3, no_answer: 1 },
        messages,
    };
    plain.doctrine.under_fire = UnderFireDoc {
        hold: 250,
        standing: 730,
        rise: 20,
        ally_silent: 970,
        ally_release: 30,
        volume_after_losses: 200,
    };
    plain.doctrine.fire_soon = vec![(Rung(5), 200_000), (Rung(0), 30_000)];
    plain.doctrine.wind_down = 150;
    briefing.doctrines = vec![plain];
    briefing.staff = StaffNumbers {
        aim_scale: 1000,
        utility_clip: 4000,
        attrib_bar_fire: 900_000,
        attrib_bar_measures: 700_000,
        restrain: (0, 500, 0),
        comply: (0, 500, 1000),
        induced: [0, 400, 800, 300, 400, 700],
        cooling_rate: 0,
        loosen_deaths: 10,
        most_volume: 1000,
        highest_delegated: Rung(9),
        lowest_fire: Rung(5),
        quiet: Rung(3),
        hardness: 0,
        audience_cost: 8000,
        private_publicity: 500_000,
        round_face: 800_000,
    };
    briefing
}

pub(super) fn action(n: usize, rung: Rung) -> ActionBrief {
    ActionBrief {
        label: label(&format!("act {n}")),
        about: String::new(),
        seats: vec![rok()],
        rung,
        domain: Domain::Land,
        reading: Reading::Firm,
        cost: Cost::Sunk,
        continues: None,
        agenda: None,
        release: Vec::new(),
        bodies: Vec::new(),
        consents: if n == 3 { vec![us()] } else { Vec::new() },
        needs: Vec::new(),
    }
}

pub(super) fn term(name: &str, giver: SeatId, worth: i32, settles: bool) -> TermBrief {
    TermBrief { label: label(name), giver, worth, face_cost: 300, settles, needs: Vec::new() }
}

/// What the seat sees when it is asked for something, with nothing going on.
fn asked(what: Asked) -> Observation {
    let mut seen = Observation::default();
    seen.seat = Some(rok());
    seen.asked = what;
    seen.minute = 2880;
    seen.turn_minutes = 72 * 60;
    seen.tick_minutes = 360;
    seen.attention = 3;
    seen.terms = (0..3).map(TermId::new).collect();
    seen.channels = (0..3)
        .map(|n| ChannelView {
            channel: ChannelId::new(n),
            state: LineState::Presumed,
            since: None,
            answering: true,
            own_politics: None,
            daily_change: 0,
            in_time: true,
        })
        .collect();
    seen.bodies = vec![BodyView { body: BodyId::new(0), maturity: 50, lead: 60, pending: None }];
    seen.beliefs = (0..3)
        .map(|n| BeliefView {
            hypothesis: HypothesisId::new(n),
            types: 2,
            shares: if n == 2 { [20_000, 980_000, 0, 0] } else { [500_000, 500_000, 0, 0] },
            before: [0; 4],
        })
        .collect();
    seen.standing = vec![StandingView {
        site: Place::new(0),
        reply: Default::default(),
        volume: 100,
        delegated: Rung(7),
    }];
    seen
}

pub(super) fn orders_asked() -> Observation {
    asked(Asked::Orders)
}

/// Asked for orders after fire at rung 6 by the DPRK: protest 30 %, two measures 10 %, in kind 25 %, one up 5 %.
pub(super) fn reply_menu() -> Observation {
    let mut seen = orders_asked();
    provoke(&mut seen);
    seen
}

/// Asked for calls after fire at rung 6 by the DPRK.
pub(super) fn contacts_asked() -> Observation {
    let mut seen = asked(Asked::Contacts);
    provoke(&mut seen);
    seen
}

fn provoke(seen: &mut Observation) {
    seen.standing_rung = Rung(6);
    seen.stimuli = vec![StimulusView {
        by: dprk(),
        surely: 950_000,
        rung: Rung(6),
        deaths: 0,
        rounds: 100,
        minute: 2800,
        weight: 1_000_000,
        open: Cells::ALL,
    }];
    seen.asks = Some(0);
    seen.menu = [
        (Cell::Protest, 300_000),
        (Cell::NonMilitary, 100_000),
        (Cell::NonMilitary, 100_000),
        (Cell::InKind, 250_000),
        (Cell::OneUp, 50_000),
    ]
    .iter()
    .enumerate()
    .map(|(n, (cell, share))| MenuItem { cell_share: *share, ..item(n, *cell) })
    .collect();
}

/// A legal act that is worth nothing.
pub(super) fn item(action: usize, cell: Cell) -> MenuItem {
    MenuItem {
        action: ActionId::new(action),
        cell,
        rung: Rung(RUNGS[action]),
        legality: Legality::Legal,
        reversible: false,
        lead: 0,
        cell_share: 0,
        item_share: 1_000_000,
        worth: Default::default(),
        pull: 0,
        draws: [0; CELLS],
    }
}

/// Asked to answer calls of the DPRK over the hotline.
pub(super) fn calls_asked(calls: usize) -> Observation {
    let mut seen = asked(Asked::Answers);
    seen.calls = vec![CallView { channel: ChannelId::new(0), from: dprk() }; calls];
    seen
}

/// Asked in the middle of an exchange in which the DPRK has just fired at a rung and the ROK has to answer.
pub(super) fn flash_asked(rung: u8) -> Observation {
    let mut seen = asked(Asked::Flash);
    seen.exchange = Some(ExchangeView {
        site: Place::new(0),
        opened_by: dprk(),
        under_fire: rok(),
        rung: Rung(rung),
        round: 1,
        standing_answer: Rung(rung),
        rounds: 100,
        standing_rounds: 200,
        latency: 10,
        followed: 600_000,
    });
    seen
}

pub(super) fn offer(number: u16, from: SeatId, to: SeatId, worth: i32) -> ProposalView {
    ProposalView {
        number,
        from,
        to,
        over: None,
        terms: vec![TermId::new(0)],
        deadline: None,
        threat: None,
        ambiguous: false,
        answer: None,
        worth,
    }
}

pub(super) fn case(number: u16, belief: Ppm) -> CaseView {
    CaseView {
        case: number,
        suspect: dprk(),
        belief,
        meant: belief / 2,
        rung: Rung(6),
        minute: 0,
        investigated: false,
        contested: false,
    }
}
