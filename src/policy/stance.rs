//! The stance slot: consent to an ally, looser standing orders after losses, the end of what has served its purpose.

use super::SeatMemory;
use super::doctrine::ByDoctrine;
use super::keeper::tend;
use super::luck::Draws;
use super::moment::Moment;
use crate::engine::{Orders, Stance};
use crate::vocabulary::{ActionId, Chance, Id, SeatId};

impl ByDoctrine {
    /// Spends attention on what has changed.
    pub(super) fn change_stances(&self, moment: &Moment<'_>, memory: &mut SeatMemory, orders: &mut Orders) {
        let mut left = usize::from(moment.seen.attention);
        self.consent(moment, memory, &mut left, orders);
        self.loosen(moment, memory, &mut left, orders);
        self.stop(moment, &mut left, orders);
        tend(moment, &self.sites.politics, memory, &mut left, orders);
    }

    /// Releases an ally that has asked, unless it would rather restrain it at that rung.
    fn consent(&self, moment: &Moment<'_>, memory: &mut SeatMemory, left: &mut usize, orders: &mut Orders) {
        let Some((by, action)) = memory.release_asked.filter(|_| *left > 0) else { return };
        memory.release_asked = None;
        let ally = moment.briefing.seats.get(by.index()).is_some_and(|seat| seat.ally);
        let rung = moment.rung_of(action);
        let released = moment.seen.consents.iter().any(|(seat, up_to)| *seat == by && *up_to >= rung);
        let refuses = self.restrains_at(moment, rung);
        if ally && !released && !moment.dice.chance(self.sites.consent, 0, refuses) {
            orders.stances.push(Stance::Consent { ally: by, up_to: rung });
            *left -= 1;
        }
    }

    /// Losses that humiliate loosen the rules of engagement, once: more fire, at the same rung.
    fn loosen(&self, moment: &Moment<'_>, memory: &mut SeatMemory, left: &mut usize, orders: &mut Orders) {
        let few = i64::from(moment.own_dead()) < i64::from(moment.briefing.staff.loosen_deaths);
        if memory.loosened || few || *left == 0 {
            return;
        }
        let percent = u32::from(self.rule.doctrine.under_fire.volume_after_losses);
        for standing in moment.seen.standing.iter().take(*left) {
            if standing.site.index() < moment.briefing.sites.len() {
                orders.stances.push(Stance::Engage {
                    site: standing.site,
                    reply: standing.reply,
                    volume: loosened(standing.volume, percent, moment.briefing.staff.most_volume),
                    delegated: standing.delegated.min(moment.briefing.staff.highest_delegated),
                });
                *left -= 1;
            }
        }
        memory.loosened = true;
    }

    /// Withdraws forces that nothing answers any more. Broadcasts and the like go on until they are bargained away or
    /// an act ends them.
    fn stop(&self, moment: &Moment<'_>, left: &mut usize, orders: &mut Orders) {
        let (seen, quiet) = (moment.seen, moment.briefing.staff.quiet);
        if *left == 0 || moment.grievance.is_some() || seen.standing_rung > quiet {
            return;
        }
        let posture =
            |(seat, action): &&(SeatId, ActionId)| *seat == moment.own && moment.rung_of(*action) >= quiet;
        let own = seen.continuing.iter().find(posture);
        if let Some((_, action)) = own
            && moment.dice.chance(
                self.sites.stop,
                0,
                Chance::per_mille(i64::from(self.rule.doctrine.wind_down)),
            )
        {
            orders.stances.push(Stance::Stop { action: *action });
            *left -= 1;
        }
    }
}

/// A volume of fire after losses; no lower than it was.
fn loosened(volume: u16, percent: u32, most: u16) -> u16 {
    let more = (u32::from(volume) * percent / 100).min(u32::from(most));
    volume.max(more as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{ChannelView, Observation};
    use crate::policy::fixture::{self, dprk, rok, us};
    use crate::vocabulary::Rung;
    use crate::vocabulary::words::Politics;

    fn stances(seen: &Observation, memory: &mut SeatMemory, restrain: i32, run: u64) -> Vec<Stance> {
        let briefing = fixture::briefing();
        let mut brief = briefing.doctrines[0].clone();
        brief.doctrine.restrain = restrain;
        let policy = ByDoctrine::new(&brief, &briefing);
        let mut orders = Orders::default();
        let dice = fixture::dice(run);
        policy.change_stances(&Moment::new(seen, &briefing, &dice).unwrap(), memory, &mut orders);
        orders.stances
    }

    #[test]
    fn ten_own_dead_loosen_the_volume_of_fire_once_and_leave_the_rung() {
        let mut seen = fixture::orders_asked();
        let mut memory = SeatMemory::default();
        seen.deaths = vec![(dprk(), 40), (rok(), 9)];
        assert_eq!(stances(&seen, &mut memory, 0, 0), []);
        seen.deaths[1].1 = 10;
        let old = seen.standing[0];
        let new = Stance::Engage { site: old.site, reply: old.reply, volume: 200, delegated: old.delegated };
        assert_eq!(stances(&seen, &mut memory, 0, 0), [new]);
        assert_eq!(stances(&seen, &mut memory, 0, 0), []);
    }

    #[test]
    fn an_ally_that_asks_is_released_unless_the_doctrine_restrains() {
        let mut seen = fixture::orders_asked();
        let asked =
            |by: SeatId| SeatMemory { release_asked: Some((by, ActionId::new(3))), ..SeatMemory::default() };
        let mut memory = asked(us());
        let released = [Stance::Consent { ally: us(), up_to: Rung(6) }];
        assert_eq!(stances(&seen, &mut memory, -30_000, 0), released);
        assert_eq!(stances(&seen, &mut memory, -30_000, 0), [], "an answer is given once");
        assert_eq!(stances(&seen, &mut asked(us()), 30_000, 0), []);
        assert_eq!(stances(&seen, &mut asked(dprk()), -30_000, 0), [], "a rival is not released");
        seen.consents = vec![(us(), Rung(7))];
        assert_eq!(stances(&seen, &mut asked(us()), -30_000, 0), [], "it is released already");
    }

    #[test]
    fn a_continuing_act_ends_some_day_after_the_last_stimulus_and_not_before() {
        let mut seen = fixture::reply_menu();
        seen.continuing =
            vec![(dprk(), ActionId::new(0)), (rok(), ActionId::new(1)), (rok(), ActionId::new(3))];
        let stops = |seen: &Observation| {
            let all = (0..200).flat_map(|run| stances(seen, &mut SeatMemory::default(), 0, run));
            all.filter(|s| *s == Stance::Stop { action: ActionId::new(3) }).count()
        };
        assert_eq!(stops(&seen), 0);
        seen.stimuli.clear();
        seen.standing_rung = Rung(2);
        assert!((10..60).contains(&stops(&seen)), "{}", stops(&seen));
        seen.continuing.truncate(2);
        assert!(
            (0..200).all(|run| stances(&seen, &mut SeatMemory::default(), 0, run).is_empty()),
            "a measure is no posture"
        );
    }

    #[test]
    fn an_own_line_is_cut_and_restored_at_the_rate_of_the_record() {
        let mut seen = fixture::orders_asked();
        seen.channels[0].daily_change = 100_000;
        let changes = |seen: &Observation, days: i32, to: Politics| {
            let all = (0..2000).flat_map(|run| {
                let ordered = Some(seen.minute - days * 1440);
                stances(seen, &mut SeatMemory { ordered, ..SeatMemory::default() }, 0, run)
            });
            let line = Stance::Line { channel: seen.channels[0].channel, politics: to };
            all.filter(|stance| *stance == line).count()
        };
        assert_eq!(changes(&seen, 2, Politics::Cut), 0, "the line of another is not");
        seen.channels[0].own_politics = Some(Politics::Open);
        let (one, two) = (changes(&seen, 1, Politics::Cut), changes(&seen, 2, Politics::Cut));
        assert!((150..250).contains(&one) && (330..470).contains(&two), "{one} {two}");
        seen.channels[0].own_politics = Some(Politics::Cut);
        assert!(changes(&seen, 1, Politics::Open) > 150);
        // A line that is seldom restored does not wait for a draw at which the others are cut.
        seen.channels[0].own_politics = Some(Politics::Open);
        seen.channels.push(ChannelView { own_politics: Some(Politics::Cut), ..seen.channels[0] });
        let both = (0..2000).filter(|run| {
            let ordered = Some(seen.minute - 1440);
            stances(&seen, &mut SeatMemory { ordered, ..SeatMemory::default() }, 0, *run).len() == 2
        });
        assert!((5..50).contains(&both.count()), "cut and restored by decisions of their own");
    }

    #[test]
    fn no_more_changes_are_made_than_attention_allows() {
        let mut seen = fixture::orders_asked();
        seen.attention = 0;
        seen.deaths = vec![(rok(), 60)];
        let mut memory = SeatMemory::default();
        assert_eq!(stances(&seen, &mut memory, 0, 0), []);
        seen.attention = 1;
        assert_eq!(stances(&seen, &mut memory, 0, 0).len(), 1, "it comes as soon as there is attention");
    }
}
