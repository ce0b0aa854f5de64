//! What follows what: replies within days, counted by the rung that they answer, as the record counts them.

use super::timeline::{Deed, Side, Timeline};
use crate::analysis::Share;
use crate::engine::NEVER;
use crate::scenario::section::{Domain, LatencyClass};
use crate::vocabulary::{DAY, Minute, RUNGS, Reading, Rung};
use serde::Deserialize;

/// Shots that follow each other within this time are one case of the record.
const ONE_CASE: Minute = 120;
/// The window in which the record looks for the highest answer.
const WINDOW: Minute = 3 * DAY;

/// The answer against what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Relation {
    /// Below it, or none.
    Lower,
    /// At its rung.
    Equal,
    /// One rung above.
    OneUp,
    /// Two rungs or more above.
    More,
    /// Any rung above.
    Higher,
}

/// How high the other side went, by the rung that it answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highest([[u64; 4]; RUNGS]);

impl Highest {
    fn push(&mut self, stimulus: Rung, answer: Option<Rung>) {
        let up = i32::from(answer.map_or(0, |rung| rung.0)) - i32::from(stimulus.0);
        let relation = match up {
            ..=-1 => 0,
            0 => 1,
            1 => 2,
            _ => 3,
        };
        self.0[stimulus.index()][relation] += 1;
    }

    /// The share of a relation among answers to acts from a rung up.
    pub fn share(&self, from: u8, relation: Relation) -> Share {
        let rows = &self.0[usize::from(from).min(RUNGS)..];
        let all = rows.iter().flatten().sum();
        let column = |k: usize| rows.iter().map(|row| row[k]).sum::<u64>();
        let hits = match relation {
            Relation::Lower => column(0),
            Relation::Equal => column(1),
            Relation::OneUp => column(2),
            Relation::More => column(3),
            Relation::Higher => column(2) + column(3),
        };
        Share::new(hits, all)
    }
}

/// Counts over many games.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replies {
    /// Kinetic cases that drew own fire at rung 6 or more, by rung.
    pub crossed: [Share; RUNGS],
    /// Kinetic cases that drew an own strike at rung 10 or more.
    pub beyond: Share,
    /// Kinetic cases that drew any own fire.
    pub fire: [Share; RUNGS],
    /// Kinetic cases with dead.
    pub any_death: [Share; RUNGS],
    /// Kinetic cases with own dead.
    pub own_death: [Share; RUNGS],
    /// Highest own act after an act of the rival.
    pub own_highest: Highest,
    /// Highest act of the rival after own fire.
    pub rival_highest: Highest,
    /// Own warning shots that drew aimed fire.
    pub aimed_after_warning: Share,
    /// First aimed fire at sea after a crossing or warning shots, scripted acts left out.
    pub warned_at_sea: Share,
    /// Crossings and clashes at sea that are or become exchanges.
    pub clash_at_sea: Share,
    /// Minutes to own answers, by class of the fire.
    pub latencies: [Vec<f64>; 3],
    /// Rounds of own answers for each round received.
    pub volumes: Vec<f64>,
    /// Minutes until evidence on covert acts comes; [`NEVER`] if it does not.
    pub evidence: Vec<Minute>,
    /// Cases at rung 6 with a hidden author that drew fire.
    pub fire_covert: Share,
    /// Cases at rung 6 with an open author that drew fire.
    pub fire_open: Share,
    /// Answers to acts at rung 2 that stay below fire.
    pub measures_met: Share,
    /// Dead of each case with dead.
    pub dead: Vec<i32>,
}

/// A kinetic case: an act of the rival with the shots that follow it at once.
struct Case {
    rung: Rung,
    covert: bool,
    /// Position of its first deed, and the one after its last.
    from: usize,
    until: usize,
}

impl Replies {
    /// Pools shares over rungs.
    pub fn pooled(by_rung: &[Share; RUNGS], from: u8, to: u8) -> Share {
        let mut pool = Share::default();
        by_rung[usize::from(from)..=usize::from(to).min(RUNGS - 1)].iter().for_each(|s| pool.merge(*s));
        pool
    }

    /// The share of covert acts whose evidence came within so many days.
    pub fn evidence_within(&self, days: i32) -> Share {
        let soon = self.evidence.iter().filter(|lag| **lag != NEVER && **lag <= days * DAY).count();
        Share::new(soon as u64, self.evidence.len() as u64)
    }

    /// Counts a game.
    pub fn count(&mut self, timeline: &Timeline) {
        let deeds = &timeline.deeds;
        for (k, deed) in deeds.iter().enumerate() {
            match deed.side {
                Side::Rival if deed.rung >= Rung(5) && !deed.scripted => {
                    self.own_highest.push(deed.rung, highest(deeds, k, Side::Own));
                }
                Side::Own if deed.fire && !deed.scripted => {
                    self.rival_highest.push(deed.rung, highest(deeds, k, Side::Rival));
                    let asked = deed.answered.filter(|_| deed.ordered);
                    let origin = deeds[..k].iter().rfind(|d| asked.is_some() && d.stimulus == asked);
                    if let Some(origin) = origin {
                        // What leaders order falls within a tick after the one before: half a tick on average.
                        let after = (deed.minute - origin.minute).max(timeline.tick) - timeline.tick / 2;
                        self.latencies[LatencyClass::Political as usize].push(f64::from(after));
                    }
                    if deed.rung == Rung(5) {
                        self.aimed_after_warning.push(aimed_after(deeds, k));
                    }
                }
                Side::Rival | Side::Own | Side::Other => {}
            }
            self.count_answer(deeds, deed);
        }
        self.count_sea(deeds);
        let mut next = 0;
        while let Some(case) = case_from(deeds, next) {
            next = case.until;
            self.count_case(deeds, &case);
        }
        for reply in timeline.replies.iter().filter(|reply| reply.side == Side::Own) {
            self.latencies[reply.class as usize].push(f64::from(reply.after));
            self.volumes.extend(reply.volume);
        }
        self.evidence.extend(timeline.cases.iter().map(|case| case.lag()));
    }

    fn count_case(&mut self, deeds: &[Deed], case: &Case) {
        let rung = case.rung.index();
        let within = &deeds[case.from..case.until];
        let start = within[0].minute;
        // Replies of the case itself, or later and before the rival's next kinetic act.
        let after = deeds[case.until..].iter().take_while(|d| !kinetic(d) && d.minute - start <= WINDOW);
        let own = within.iter().chain(after).filter(|d| d.side == Side::Own && d.fire);
        let fired = own.clone().count() > 0;
        if case.rung == Rung(6) {
            // Scripted cases count here: the two shares are held against each other and not against the record, and
            // hardly any act but a scripted one has a hidden author.
            if case.covert { &mut self.fire_covert } else { &mut self.fire_open }.push(fired);
        }
        if within[0].scripted {
            return; // The record has it once; its losses are the scenario's.
        }
        self.fire[rung].push(fired);
        self.beyond.push(own.clone().any(|d| d.rung >= Rung(10)));
        self.crossed[rung].push(own.into_iter().any(|d| d.rung >= Rung(6)));
        let dead: i32 = within.iter().map(|d| d.dead).sum();
        self.any_death[rung].push(dead > 0);
        self.own_death[rung].push(within.iter().any(|d| d.own_dead > 0));
        if dead > 0 {
            self.dead.push(dead);
        }
    }

    /// An act that answers a measure at rung 2: does it stay below fire?
    fn count_answer(&mut self, deeds: &[Deed], deed: &Deed) {
        let Some(number) = deed.answered else { return };
        let answered = deeds.iter().find(|d| d.stimulus == Some(number));
        if answered.is_some_and(|d| d.rung == Rung(2)) {
            self.measures_met.push(!deed.fire);
        }
    }

    fn count_sea(&mut self, deeds: &[Deed]) {
        for (k, deed) in deeds.iter().enumerate() {
            let recent = |d: &&Deed| d.domain == Domain::Sea && deed.minute - d.minute <= DAY;
            if deed.domain != Domain::Sea {
                continue;
            }
            let clash = deed.fire && deed.rung >= Rung(7);
            let aimed_before = deeds[..k].iter().filter(recent).any(|d| d.fire && d.rung >= Rung(6));
            if deed.fire && deed.rung >= Rung(6) && !deed.scripted && !aimed_before {
                let warned = deeds[..k].iter().filter(recent).any(|d| matches!(d.rung.0, 4 | 5));
                self.warned_at_sea.push(warned);
            }
            if deed.incident.is_some() && (deed.rung == Rung(4) || clash) {
                let later = deeds[k + 1..].iter().take_while(|d| d.minute - deed.minute <= DAY);
                let becomes = later.filter(|d| d.domain == Domain::Sea).any(|d| d.fire && d.rung >= Rung(7));
                self.clash_at_sea.push(clash || becomes);
            }
        }
    }
}

/// Whether an act counts as kinetic in the record: the rival's forces, from a crossing up.
fn kinetic(deed: &Deed) -> bool {
    deed.side == Side::Rival && deed.domain.is_military() && deed.rung >= Rung(4)
}

/// The next kinetic case at or after a position.
fn case_from(deeds: &[Deed], from: usize) -> Option<Case> {
    let first = from + deeds[from..].iter().position(kinetic)?;
    let mut case =
        Case { rung: deeds[first].rung, covert: deeds[first].covert, from: first, until: first + 1 };
    let mut last = deeds[first].minute;
    for (k, deed) in deeds.iter().enumerate().skip(first + 1) {
        if !deed.fire || deed.side == Side::Other || deed.minute - last > ONE_CASE {
            break;
        }
        last = deed.minute;
        case.until = k + 1;
        if deed.side == Side::Rival {
            case.rung = case.rung.max(deed.rung);
        }
    }
    Some(case)
}

/// The highest act of a side in the window after a deed.
fn highest(deeds: &[Deed], k: usize, side: Side) -> Option<Rung> {
    let until = deeds[k].minute + WINDOW;
    let after = deeds[k + 1..].iter().take_while(|d| d.minute <= until);
    after.filter(|d| d.side == side).map(|d| d.rung).max()
}

/// Whether the rival fires with aim within a day of a deed.
fn aimed_after(deeds: &[Deed], k: usize) -> bool {
    let until = deeds[k].minute + DAY;
    let mut after = deeds[k + 1..].iter().take_while(|d| d.minute <= until);
    after.any(|d| d.side == Side::Rival && d.fire && d.rung >= Rung(6))
}

/// Whether a deed is a regret.
pub fn concedes(deed: &Deed) -> bool {
    deed.side == Side::Rival && deed.reading == Reading::Conceding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{Id, SeatId};

    fn deed(minute: Minute, side: Side, rung: u8) -> Deed {
        Deed {
            minute,
            by: SeatId::new(0),
            side,
            rung: Rung(rung),
            domain: Domain::Sea,
            fire: rung >= 5,
            reading: Reading::Hostile,
            incident: None,
            action: None,
            scripted: false,
            ordered: false,
            covert: false,
            stimulus: None,
            answered: None,
            own_dead: 0,
            dead: 0,
            loses: None,
        }
    }

    #[test]
    fn shots_that_follow_at_once_are_one_case_with_its_highest_rung() {
        let deeds = [
            deed(0, Side::Rival, 5),
            deed(60, Side::Own, 5),
            deed(90, Side::Rival, 7),
            deed(900, Side::Rival, 4),
        ];
        let first = case_from(&deeds, 0).unwrap();
        assert_eq!((first.rung, first.from, first.until), (Rung(7), 0, 3));
        let second = case_from(&deeds, first.until).unwrap();
        assert_eq!((second.rung, second.from), (Rung(4), 3));
    }

    #[test]
    fn a_reply_belongs_to_the_last_case_before_it() {
        let mut replies = Replies::default();
        let deeds = [deed(0, Side::Rival, 5), deed(900, Side::Rival, 6), deed(1500, Side::Own, 7)];
        let mut next = 0;
        while let Some(case) = case_from(&deeds, next) {
            next = case.until;
            replies.count_case(&deeds, &case);
        }
        assert_eq!(Replies::pooled(&replies.crossed, 5, 5), Share::new(0, 1));
        assert_eq!(Replies::pooled(&replies.crossed, 6, 6), Share::new(1, 1));
    }

    #[test]
    fn the_highest_answer_counts_within_three_days() {
        let deeds = [
            deed(0, Side::Rival, 6),
            deed(10, Side::Own, 5),
            deed(4000, Side::Own, 7),
            deed(5000, Side::Own, 9),
        ];
        assert_eq!(highest(&deeds, 0, Side::Own), Some(Rung(7)));
        let mut table = Highest::default();
        table.push(Rung(6), Some(Rung(7)));
        table.push(Rung(6), None);
        assert_eq!(table.share(5, Relation::OneUp), Share::new(1, 2));
        assert_eq!(table.share(5, Relation::Higher), Share::new(1, 2));
        assert_eq!(table.share(7, Relation::Lower), Share::new(0, 0));
    }

    #[test]
    fn warning_shots_that_are_answered_with_aim_are_found() {
        let deeds = [deed(0, Side::Own, 5), deed(30, Side::Rival, 7)];
        assert!(aimed_after(&deeds, 0));
        assert!(!aimed_after(&[deed(0, Side::Own, 5), deed(30, Side::Rival, 5)], 0));
    }
}
