//! Attribution: who did it, and whether it was meant, is a question with evidence that comes at once, after days, after
//! weeks or never. The finding is public, and the accused may contest it.

use super::beliefs::{self, Credit};
use crate::engine::dice::SiteId;
use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::evidence::Circumstance;
use crate::engine::rules::Rules;
use crate::engine::state::{CAUSES, Case, Deed, MAX_SEATS, NEVER, Opinion, State};
use crate::engine::step::Step;
use crate::scenario::section::{HypothesisKind, MAX_TYPES};
use crate::vocabulary::{CauseTag, HypothesisId, Id, ONE_MILLION, Ppm, Rung, SeatId};

/// What is known of an act whose author or cause is in question.
#[derive(Clone, Copy, Debug)]
pub struct Hidden {
    /// The true author.
    pub author: SeatId,
    /// Against whom.
    pub against: SeatId,
    /// At what rung.
    pub rung: Rung,
    /// How it came about.
    pub cause: CauseTag,
    /// What an observer thinks at once.
    pub opinion: Opinion,
    /// Weights of the lags of evidence: same day, days, weeks, never.
    pub lag: [u32; 4],
    /// What those who see it take it for.
    pub deed: Deed,
}

impl Opinion {
    /// Of an act that is this likely the suspect's, and, if so, this likely meant; both in parts per million.
    pub fn at_once(suspicion: Ppm, deliberate: Ppm) -> Opinion {
        let part = |share: Ppm| (u64::from(suspicion) * u64::from(share) / u64::from(ONE_MILLION)) as Ppm;
        let meant = part(deliberate);
        Opinion([meant, 0, suspicion - meant, ONE_MILLION - suspicion])
    }

    /// The belief that the suspect did it, for whatever cause.
    pub fn author(&self) -> Ppm {
        self.0[..CAUSES].iter().sum()
    }

    /// The belief that the suspect meant it.
    pub fn meant(&self) -> Ppm {
        self.0[0]
    }

    /// After a finding that names an author and a cause. `right` is the chance that a finding names the right cause,
    /// `doubt` the chance that it names an author who did not do it; `same` says whether it names the suspect.
    fn after(&self, cause: CauseTag, same: bool, right: i32, doubt: i32) -> Opinion {
        let wrong = (i64::from(ONE_MILLION) - i64::from(right)).max(0) / (CAUSES as i64 - 1);
        let named = |c: usize| if c == cause as usize { i64::from(right) } else { wrong };
        let prior = |c: usize| {
            // Another author may have had any cause.
            if same { self.0[c] } else { self.0[CAUSES] / CAUSES as Ppm }
        };
        let other = if same { self.0[CAUSES] } else { self.author() };
        let mut weights = [0u64; MAX_TYPES];
        for (c, weight) in weights[..CAUSES].iter_mut().enumerate() {
            *weight = u64::from(prior(c)) * named(c).max(0) as u64;
        }
        weights[CAUSES] = u64::from(other) * doubt.max(0) as u64;
        Opinion(beliefs::shares_of(&weights, 0))
    }

    /// After a denial that takes this share of the odds on the author, in parts per million.
    fn denied(&self, share: i32) -> Opinion {
        let kept = u64::from(ONE_MILLION - (share.max(0) as Ppm).min(ONE_MILLION));
        let mut weights = self.0.map(|belief| u64::from(belief) * kept);
        weights[CAUSES] = u64::from(self.0[CAUSES]) * u64::from(ONE_MILLION);
        Opinion(beliefs::shares_of(&weights, 0))
    }
}

/// Opens a case; returns its number.
pub fn open<R: Recorder>(step: &mut Step<'_, R>, hidden: &Hidden, site: SiteId, index: u32) -> u16 {
    let class = step.pick(Purpose::Evidence, site.with("evidence"), index, &hidden.lag);
    let model = &step.rules.bound.model;
    let lags = [model.evidence_same_day, model.evidence_days, model.evidence_weeks];
    let now = step.state.minute;
    let mut opinions = [hidden.opinion; MAX_SEATS];
    opinions[hidden.author.index()] = Opinion::at_once(ONE_MILLION, ONE_MILLION);
    let number = step.case_number();
    step.change(Change::Case(Case {
        number,
        author: hidden.author,
        against: hidden.against,
        rung: hidden.rung,
        minute: now,
        cause: hidden.cause,
        evidence_at: lags.get(class).map_or(NEVER, |lag| now + lag),
        investigated: false,
        known: false,
        contested: false,
        suspicion: hidden.opinion.author(),
        deed: hidden.deed,
        opinions,
    }));
    number
}

/// Publishes findings that are due: every seat that plays weighs them.
pub fn run<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    let model = &rules.bound.model;
    for case in state.cases.iter().filter(|c| !c.known && c.evidence_at <= state.minute) {
        let luck = rules.luck.seats[case.author.index()].with("finding");
        let found = found_cause(step, case, luck);
        step.change(Change::CaseKnown(case.number));
        let mut clears = false;
        for (s, _) in rules.bound.seats.iter().enumerate().filter(|(_, seat)| seat.plays) {
            let observer = SeatId::new(s);
            let was = case.opinions[s];
            let now = if observer == case.author {
                was
            } else {
                let suspect = rules.suspect(observer, case.against);
                let same = suspect == case.author;
                let now = was.after(found, same, model.finding_right, model.finding_doubt);
                clears |= !same;
                if same {
                    recredit(step, observer, case, suspect, Credit { was: was.meant(), now: now.meant() });
                } else {
                    recredit(step, observer, case, suspect, Credit { was: was.meant(), now: 0 });
                    recredit(step, observer, case, case.author, Credit { was: 0, now: now.meant() });
                }
                now
            };
            step.change(Change::Opinion(case.number, observer, now));
            step.fact(Fact::Evidence {
                case: case.number,
                seat: observer,
                author: case.author,
                cause: found,
                belief: now.author(),
            });
        }
        // A finding that only confirms what could be acted on from the start is no news to decide on. One that names an
        // author in doubt brings the act up again: the crisis of 2010 began with the finding, 55 days after the ship.
        // What a seat believed or did meanwhile is its own, and moves nothing that others see.
        let names = i64::from(case.suspicion) < i64::from(model.attrib_bar_measures);
        if names {
            step.change(Change::Renewed(case.rung));
            if i32::from(case.rung.0) > model.fade_rung {
                step.change(Change::Unquiet);
            }
        }
        if names || clears {
            step.change(Change::Wake);
        }
    }
}

/// The cause that a finding names: the true one, or another with the chance that findings err.
fn found_cause<R: Recorder>(step: &mut Step<'_, R>, case: &Case, luck: SiteId) -> CauseTag {
    let right = step.rules.bound.model.finding_right.clamp(0, ONE_MILLION as i32) as u32;
    let wrong = (ONE_MILLION - right) / (CAUSES as u32 - 1);
    let weights = CauseTag::ALL.map(|cause| if cause == case.cause { right } else { wrong });
    CauseTag::ALL[step.pick(Purpose::Finding, luck, u32::from(case.number), &weights)]
}

/// Gives what a deed says about a seat's disposition the credit that the seat now has for it.
fn recredit<R: Recorder>(
    step: &mut Step<'_, R>,
    observer: SeatId,
    case: &Case,
    subject: SeatId,
    credit: Credit,
) {
    let rules = step.rules;
    let Deed { path, cost, seen } = case.deed;
    let Some((reading, context)) = seen[observer.index()] else { return };
    let met = Circumstance { path, explained: false, cost, context };
    for (h, hypothesis) in rules.bound.hypotheses.iter().enumerate() {
        let about = matches!(hypothesis.about, HypothesisKind::Disposition(_));
        if about && hypothesis.holder == observer && hypothesis.subject == subject {
            let id = HypothesisId::new(h);
            let table = rules.evidence.factors(id, met);
            let factors = std::array::from_fn(|kind| table[kind][reading.index()]);
            beliefs::learn(step, id, &factors, credit);
        }
    }
}

/// Puts every open case under investigation: evidence comes at a multiple of its rate. What would never come to light
/// does not by being looked for.
pub fn investigate(rules: &Rules, state: &State, changes: &mut Vec<Change>) {
    let factor = rules.bound.model.investigation_factor.max(1);
    for case in state.cases.iter().filter(|c| !c.known && !c.investigated) {
        let at = match case.evidence_at {
            NEVER => NEVER,
            at => state.minute + (at - state.minute).max(0) / factor,
        };
        changes.push(Change::Investigated(case.number, at));
    }
}

/// The findings that a seat can contest: those that name it, once each.
pub fn contested(state: &State, accused: SeatId) -> impl Iterator<Item = &Case> {
    state.cases.iter().filter(move |c| c.known && !c.contested && c.author == accused)
}

/// The accused denies a finding: third parties are a little less sure. The victim trusts its own evidence.
pub fn contest(rules: &Rules, case: &Case, changes: &mut Vec<Change>) {
    changes.push(Change::Contested(case.number));
    for (s, _) in rules.bound.seats.iter().enumerate().filter(|(_, seat)| seat.plays) {
        let third = SeatId::new(s);
        if third != case.author && third != case.against {
            let denied = case.opinions[s].denied(rules.bound.model.denial);
            changes.push(Change::Opinion(case.number, third, denied));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: i32 = 900_000;
    const DOUBT: i32 = 20_000;

    #[test]
    fn a_finding_moves_author_and_cause_by_bayes_rule() {
        // Half the author's, meant or an accident in equal parts: weights 0.25 * 0.9, 0.25 * 0.05 and 0.5 * 0.02.
        let before = Opinion::at_once(500_000, 500_000);
        assert_eq!(before, Opinion([250_000, 0, 250_000, 500_000]));
        let Opinion([meant, _, accident, other]) = before.after(CauseTag::Deliberate, true, RIGHT, DOUBT);
        let total = 0.225 + 0.0125 + 0.01;
        for (share, weight) in [(meant, 0.225), (accident, 0.0125), (other, 0.01)] {
            assert!((i64::from(share) - (weight / total * 1e6) as i64).abs() <= 2, "{share} {weight}");
        }
    }

    #[test]
    fn a_finding_against_another_than_the_suspect_clears_the_suspect() {
        let before = Opinion::at_once(700_000, 1_000_000);
        let after = before.after(CauseTag::Deliberate, false, RIGHT, DOUBT);
        // 0.3 / 3 for each cause of the named author: 0.1 to 0.7 * 0.02 for the old suspicion.
        assert!((870_000..885_000).contains(&after.author()), "{after:?}");
    }

    #[test]
    fn a_denial_takes_its_share_of_the_odds() {
        let before = Opinion([600_000, 100_000, 100_000, 200_000]);
        let after = before.denied(50_000);
        assert!((791_000..792_000).contains(&after.author()), "0.8 * 0.95 to 0.2: {after:?}");
        assert_eq!(before.denied(0), before);
    }
}
