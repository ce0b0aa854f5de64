//! The policy that follows a doctrine: the record's base rates, bent by aims, beliefs and institutions.
//!
//! One file for each slot: `choice` (act), `bargain` (word), `contact`, `stance`, `flash`. Here is what they share.

use super::choice::saturate;
use super::luck::{SiteId, site, sites};
use super::moment::Moment;
use super::{Policy, SeatDice, SeatMemory};
use crate::engine::{
    Asked, Bargaining, Briefing, DoctrineBrief, Label, NewsKind, Observation, Orders, Question, UnderFireDoc,
};
use crate::vocabulary::{DoctrineId, HypothesisId, Id, ONE_MILLION, Ppm, Rung};

/// Milli-nats against restraining an ally that leave no chance of it.
const NEVER_RESTRAINS: i32 = -100_000;

/// A doctrine, made ready for one seat.
#[derive(Clone, Debug)]
pub struct ByDoctrine {
    /// Its numbers, with the name that they go by.
    pub(super) rule: DoctrineBrief,
    /// The hypothesis that a rival is about to act, if the seat has one.
    imminence: Option<HypothesisId>,
    /// Where it draws.
    pub(super) sites: Sites,
}

/// Where a doctrine draws its luck.
#[derive(Clone, Debug)]
pub(super) struct Sites {
    pub comply: SiteId,
    pub cell: SiteId,
    pub item: SiteId,
    pub tick: SiteId,
    pub answer: SiteId,
    pub propose: SiteId,
    pub counter: SiteId,
    pub ask: SiteId,
    pub give: SiteId,
    pub ultimatum: SiteId,
    pub statement: SiteId,
    pub call: SiteId,
    pub line: SiteId,
    pub message: SiteId,
    pub consult: SiteId,
    pub restrain: SiteId,
    pub inducement: SiteId,
    pub consent: SiteId,
    pub stop: SiteId,
    /// By channel: whether its owner changes its politics.
    pub politics: Vec<SiteId>,
    /// By channel: whether and with what a call over it is answered.
    pub ring: Vec<SiteId>,
    /// By class of site: what is ordered in an exchange of fire there.
    pub flash: Vec<SiteId>,
}

impl Sites {
    fn new(briefing: &Briefing) -> Self {
        Sites {
            comply: site("comply"),
            cell: site("cell"),
            item: site("item"),
            tick: site("tick"),
            answer: site("answer"),
            propose: site("propose"),
            counter: site("counter"),
            ask: site("ask"),
            give: site("give"),
            ultimatum: site("ultimatum"),
            statement: site("statement"),
            call: site("call"),
            line: site("line"),
            message: site("message"),
            consult: site("consult"),
            restrain: site("restrain"),
            inducement: site("inducement"),
            consent: site("consent"),
            stop: site("stop"),
            politics: super::keeper::politics(briefing),
            ring: sites("ring", briefing.channels.iter().map(|channel| channel.label.name.as_str())),
            flash: sites("flash", briefing.sites.iter().map(|place| place.name.as_str())),
        }
    }
}

impl ByDoctrine {
    /// Makes a doctrine ready for the seat whose briefing this is.
    pub fn new(doctrine: &DoctrineBrief, briefing: &Briefing) -> Self {
        ByDoctrine { rule: doctrine.clone(), imminence: imminence(briefing), sites: Sites::new(briefing) }
    }

    /// A policy that prefers nothing: every utility is zero, so that base rates alone decide. How often it talks and
    /// what terms it calls even are those of the seat's first doctrine, which the record states no rates for. It asks
    /// no ally to hold back and follows standing orders under fire: the record's kernels contain both.
    pub fn indifferent(briefing: &Briefing) -> Self {
        let mut rule = briefing.doctrines.first().cloned().unwrap_or_else(|| DoctrineBrief {
            id: DoctrineId::new(0),
            label: Label::default(),
            about: String::new(),
            doctrine: Default::default(),
        });
        let first = std::mem::take(&mut rule.doctrine);
        let doctrine = &mut rule.doctrine;
        doctrine.bargaining = Bargaining { patience: 0, rung_cost: 0, ..first.bargaining };
        doctrine.talking = first.talking;
        doctrine.under_fire =
            UnderFireDoc { hold: 0, rise: 0, ally_release: 0, volume_after_losses: 100, ..first.under_fire };
        (doctrine.fire_soon, doctrine.wind_down) = (first.fire_soon, first.wind_down);
        doctrine.restrain = NEVER_RESTRAINS;
        ByDoctrine::new(&rule, briefing)
    }

    /// Milli-nats a rung that the doctrine, as the seat's disposition follows it, gains by standing higher.
    pub(super) fn firmness(&self, moment: &Moment<'_>) -> i32 {
        self.rule.doctrine.hardness.saturating_add(moment.briefing.staff.hardness)
    }

    /// A utility in milli-nats as it moves a choice: sharpened, or, at sharpness zero, not at all.
    pub(super) fn sharpened(&self, milli_nats: i32) -> i32 {
        saturate(i64::from(milli_nats) * i64::from(self.rule.doctrine.sharpness) / 1000)
    }

    /// The staff's answer to a question, in parts per million.
    fn estimate(&self, seen: &Observation, question: Question) -> Option<Ppm> {
        match question {
            Question::Author(number) => {
                seen.cases.iter().find(|case| case.case == number).map(|case| case.belief.min(ONE_MILLION))
            }
            Question::FireSoon => {
                let stands = |(rung, _): &&(Rung, Ppm)| seen.standing_rung >= *rung;
                let base = self.rule.doctrine.fire_soon.iter().find(stands).map(|(_, p)| *p);
                let believed = self
                    .imminence
                    .and_then(|id| seen.beliefs.iter().find(|belief| belief.hypothesis == id))
                    .map(|belief| belief.shares[0].min(ONE_MILLION));
                base.max(believed)
            }
        }
    }
}

/// The first hypothesis about a rival that does not ask which disposition it has.
fn imminence(briefing: &Briefing) -> Option<HypothesisId> {
    let asks_otherwise = |h: &&crate::engine::HypothesisBrief| {
        briefing.seats.get(h.subject.index()).is_some_and(|subject| {
            let kinds = &subject.dispositions;
            let of_kinds = h.types.len() == kinds.len()
                && h.types.iter().zip(kinds).all(|(name, kind)| *name == kind.name || *name == kind.label);
            subject.rival && !of_kinds
        })
    };
    briefing.hypotheses.iter().find(asks_otherwise).map(|h| h.id)
}

/// Remembers what an ally asks for: the news of it may come with any call, the answer goes with orders.
fn note_requests(seen: &Observation, memory: &mut SeatMemory) {
    for news in &seen.news {
        if let NewsKind::ReleaseAsked { by, action } = news.kind {
            memory.release_asked = Some((by, action));
        }
    }
}

impl Policy for ByDoctrine {
    fn decide(
        &self,
        seen: &Observation,
        briefing: &Briefing,
        memory: &mut SeatMemory,
        dice: &SeatDice,
        orders: &mut Orders,
    ) {
        let Some(moment) = Moment::new(seen, briefing, dice) else { return };
        note_requests(seen, memory);
        match seen.asked {
            Asked::Nothing => {}
            Asked::Contacts => self.make_contact(&moment, memory, orders),
            Asked::Answers => self.answer_calls(&moment, orders),
            Asked::Orders => {
                orders.act = self.choose_act(&moment);
                orders.word = self.choose_word(&moment, memory, orders.act);
                self.change_stances(&moment, memory, orders);
                orders.estimate = seen.question.and_then(|question| self.estimate(seen, question));
            }
            Asked::Flash => orders.flash = self.choose_flash(&moment),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Stance;
    use crate::policy::fixture;
    use crate::vocabulary::ActionId;

    fn estimate(seen: &Observation) -> Option<Ppm> {
        let briefing = fixture::briefing();
        let mut orders = Orders::default();
        let policy = ByDoctrine::new(&briefing.doctrines[0], &briefing);
        policy.decide(seen, &briefing, &mut SeatMemory::default(), &fixture::dice(0), &mut orders);
        orders.estimate
    }

    #[test]
    fn an_estimate_is_given_only_when_asked_and_comes_from_own_beliefs() {
        let mut seen = fixture::orders_asked();
        seen.cases.push(fixture::case(3, 640_000));
        assert_eq!(estimate(&seen), None);
        seen.question = Some(Question::Author(3));
        assert_eq!(estimate(&seen), Some(640_000));
        seen.question = Some(Question::Author(4));
        assert_eq!(estimate(&seen), None);
        seen.question = Some(Question::FireSoon);
        assert_eq!(estimate(&seen), Some(30_000));
        seen.standing_rung = Rung(6);
        assert_eq!(estimate(&seen), Some(200_000));
        seen.beliefs[2].shares = [450_000, 550_000, 0, 0];
        assert_eq!(estimate(&seen), Some(450_000), "the imminence hypothesis of the fixture");
    }

    #[test]
    fn whoever_prefers_nothing_is_moved_by_no_utility() {
        let briefing = fixture::briefing();
        let mut eager = fixture::briefing();
        let doctrine = &mut eager.doctrines[0].doctrine;
        (doctrine.hardness, doctrine.sharpness, doctrine.comply) = (3000, 4000, -9000);
        (doctrine.leaning, doctrine.never) =
            (vec![4000; fixture::RUNGS.len()], vec![true; fixture::RUNGS.len()]);
        let mut torn = fixture::reply_menu();
        for (place, item) in torn.menu.iter_mut().enumerate() {
            (item.worth, item.pull) = ([40_000 - 20_000 * place as i32; 8], 3000);
        }
        let decide = |seen: &Observation, briefing: &Briefing, run: u64| {
            let mut orders = Orders::default();
            let policy = ByDoctrine::indifferent(briefing);
            policy.decide(seen, briefing, &mut SeatMemory::default(), &fixture::dice(run), &mut orders);
            orders
        };
        for run in 0..2000 {
            let even = decide(&fixture::reply_menu(), &briefing, run);
            assert_eq!(even, decide(&torn, &eager, run));
        }
        let flash = decide(&fixture::flash_asked(7), &eager, 0).flash;
        assert_eq!(flash, Some(crate::engine::FlashOrder::Standing));
    }

    #[test]
    fn what_an_ally_asks_between_orders_is_answered_with_the_next_orders() {
        let briefing = fixture::briefing();
        let mut brief = briefing.doctrines[0].clone();
        brief.doctrine.restrain = -30_000;
        let policy = ByDoctrine::new(&brief, &briefing);
        let (mut memory, mut orders) = (SeatMemory::default(), Orders::default());
        let mut ringing = fixture::calls_asked(0);
        ringing.news = vec![crate::engine::News {
            minute: 0,
            kind: NewsKind::ReleaseAsked { by: fixture::us(), action: ActionId::new(3) },
            roll: None,
        }];
        for seen in [&ringing, &fixture::orders_asked()] {
            policy.decide(seen, &briefing, &mut memory, &fixture::dice(0), &mut orders);
        }
        assert_eq!(orders.stances, [Stance::Consent { ally: fixture::us(), up_to: Rung(6) }]);
    }
}
