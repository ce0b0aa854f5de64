//! Twins: another world that a seat cannot tell from this one.

use super::{NEVER, State};
use crate::engine::dice::{Draws, StepDice};
use crate::engine::rules::Rules;
use crate::vocabulary::{CauseTag, Id, Rung, SeatId};

impl State {
    /// Draws anew all that a seat cannot know: other seats' dispositions, beliefs, standing orders, consents and plans,
    /// the climate, when evidence will come and how an incident came about.
    pub fn redraw_hidden_from(&mut self, seat: SeatId, rules: &Rules, dice: &StepDice) {
        self.draw_hidden(rules, dice, Some(seat));
        self.excitation =
            self.excitation / 2 + dice.below(rules.luck.climate.with("excitation"), 0, 1000) as i32;
        let seats = self.dispositions.len();
        let sites = rules.bound.sites.len();
        for other in (0..seats).filter(|s| SeatId::new(*s) != seat) {
            let luck = rules.luck.seats[other].with("twin");
            for site in 0..sites {
                let standing = &mut self.standing[other * sites + site];
                standing.volume = dice.below(luck, site as u32, 300) as u16;
            }
            for ally in 0..seats {
                self.consents[other * seats + ally] =
                    Rung(dice.below(luck.with("consent"), ally as u32, 13) as u8);
                self.expected[other * seats + ally] =
                    dice.below(luck.with("expects"), ally as u32, 6000) as i32;
            }
            self.estimates[other] = dice.below(luck.with("estimate"), 0, 1_000_000);
        }
        for hypothesis in rules.bound.hypotheses.iter().filter(|h| h.holder != seat) {
            let range = hypothesis.offset..hypothesis.offset + hypothesis.types;
            self.beliefs[range.clone()].rotate_left(1);
            self.remembered[range].rotate_left(1);
        }
        for (t, trigger) in rules.bound.triggers.iter().enumerate().filter(|(_, t)| t.seat != seat) {
            let luck = rules.luck.triggers[t].with("twin");
            self.triggers[t].delegated = dice.below(luck, 0, 2) == 1;
            self.triggers[t].ticks = dice.below(luck, 1, u32::from(trigger.for_ticks)) as u8;
        }
        for (c, channel) in rules.bound.channels.iter().enumerate().filter(|(_, c)| !c.connects(seat)) {
            let luck = rules.luck.channels[c].with("twin");
            self.lines[c].working = dice.below(luck, 0, 2) == 1;
            for member in channel.members.iter().filter(|m| **m != seat) {
                self.ends[c * seats + member.index()].answering = dice.below(luck, 1, 2) == 1;
            }
        }
        for (k, case) in self.cases.iter_mut().enumerate() {
            let luck = rules.luck.climate.with("case");
            if !case.known && case.evidence_at != NEVER && case.author != seat {
                case.evidence_at = self.minute + 1 + dice.below(luck, k as u32, 90 * 1440) as i32;
                case.cause = [CauseTag::Deliberate, CauseTag::Accidental]
                    [dice.below(luck, 100 + k as u32, 2) as usize];
            }
            for (s, belief) in case.belief.iter_mut().enumerate() {
                if SeatId::new(s) != seat && SeatId::new(s) != case.author {
                    *belief = dice.below(luck, 200 + (k * 8 + s) as u32, 1_000_000);
                }
            }
        }
        self.scheduled.retain(|s| s.seat == seat || s.scripted);
        self.reports.retain(|r| r.seat == seat);
    }
}
