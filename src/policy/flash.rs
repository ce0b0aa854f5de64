//! One order in the middle of an exchange of fire.

use super::doctrine::ByDoctrine;
use super::logit;
use super::luck::{Draws, SiteId};
use super::moment::Moment;
use crate::engine::{ExchangeView, FlashOrder, ReplyRule};
use crate::vocabulary::{Id, Rung};

impl ByDoctrine {
    /// The order of a seat under fire, or of its ally.
    pub(super) fn choose_flash(&self, moment: &Moment<'_>) -> Option<FlashOrder> {
        let exchange = moment.seen.exchange?;
        let site = self.sites.flash.get(exchange.site.index()).copied().unwrap_or(self.sites.restrain);
        if exchange.under_fire == moment.own {
            Some(self.under_fire(moment, &exchange, site))
        } else {
            Some(self.beside(moment, &exchange, site))
        }
    }

    fn under_fire(&self, moment: &Moment<'_>, exchange: &ExchangeView, site: SiteId) -> FlashOrder {
        let up = Rung(exchange.rung.0.saturating_add(1));
        let may_rise = up <= moment.briefing.staff.highest_delegated && up > exchange.standing_answer;
        let (hardness, base) = (self.sharpened(self.firmness(moment)), &self.rule.doctrine.under_fire);
        let options = [
            (base.hold, hardness.saturating_neg(), FlashOrder::Hold),
            (base.standing, 0, FlashOrder::Standing),
            (if may_rise { base.rise } else { 0 }, hardness, FlashOrder::Reply(ReplyRule::InKindPlusOne)),
        ];
        let highest = options[0].1.max(options[2].1).max(0);
        let weights = options.map(|(base, nats, _)| (u64::from(base) * logit::exp(nats - highest)) as i64);
        options[moment.dice.pick(site, u32::from(exchange.round), &weights)].2
    }

    fn beside(&self, moment: &Moment<'_>, exchange: &ExchangeView, site: SiteId) -> FlashOrder {
        let draw = u32::from(exchange.round);
        if moment.dice.chance(site, 2 * draw, self.restrains_at(moment, exchange.standing_answer)) {
            return FlashOrder::Restrain;
        }
        let (hardness, base) = (self.sharpened(self.firmness(moment)).max(0), &self.rule.doctrine.under_fire);
        let silent = u64::from(base.ally_silent) * logit::exp(-hardness);
        let weights = [silent as i64, (u64::from(base.ally_release) * logit::exp(0)) as i64];
        [FlashOrder::Standing, FlashOrder::Release][moment.dice.pick(site, 2 * draw + 1, &weights)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Observation;
    use crate::policy::fixture::{self, us};

    /// How often (held, followed the standing order, went one up) in many decisions.
    fn orders(seen: &Observation, hardness: i32) -> [u32; 3] {
        let briefing = fixture::briefing();
        let mut brief = briefing.doctrines[0].clone();
        brief.doctrine.hardness = hardness;
        let policy = ByDoctrine::new(&brief, &briefing);
        let mut counts = [0; 3];
        for run in 0..5000 {
            let dice = fixture::dice(run);
            match policy.choose_flash(&Moment::new(seen, &briefing, &dice).unwrap()) {
                Some(FlashOrder::Hold | FlashOrder::Restrain) => counts[0] += 1,
                Some(FlashOrder::Standing) => counts[1] += 1,
                Some(FlashOrder::Reply(ReplyRule::InKindPlusOne) | FlashOrder::Release) => counts[2] += 1,
                other => panic!("{other:?}"),
            }
        }
        counts
    }

    #[test]
    fn under_fire_the_standing_order_is_the_rule_and_hardness_shifts_it() {
        let seen = fixture::flash_asked(7);
        let (soft, even, hard) = (orders(&seen, -1000), orders(&seen, 0), orders(&seen, 1000));
        assert!(even[1] > 3300 && even[1] > even[0] && even[0] > even[2] && even[2] > 0, "{even:?}");
        assert!(soft[0] > even[0] && hard[2] > even[2], "{soft:?} {hard:?}");
    }

    #[test]
    fn no_flash_order_goes_past_what_a_standing_order_could() {
        assert_eq!(orders(&fixture::flash_asked(9), 4000)[2], 0);
    }

    #[test]
    fn an_ally_of_the_seat_under_fire_restrains_the_more_the_higher_the_answer() {
        let mut seen = fixture::flash_asked(7);
        seen.exchange.as_mut().unwrap().under_fire = us();
        let low = orders(&seen, 0);
        seen.exchange.as_mut().unwrap().standing_answer = Rung(9);
        assert!(orders(&seen, 0)[0] > low[0]);
    }
}
