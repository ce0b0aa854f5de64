//! The form of a change of stance.

use super::Reader;
use crate::session::{ReplyRule, Stance, TriggerDoes};
use crate::tui::text::politics;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Id, SiteId, TOP_RUNG};

/// Rounds for each hundred received, on offer; line mode takes any.
const VOLUMES: [u16; 6] = [100, 50, 150, 200, 300, 25];

impl Reader<'_> {
    pub(super) fn stance(&mut self) -> Option<Stance> {
        #[derive(Clone, Copy)]
        enum Kind {
            Engage,
            Answering,
            Line,
            Consent,
            Delegate,
            Stop,
            Countermand,
            Accord,
        }
        let (words, seen, own) = (self.words, &self.view.observation, self.own());
        let sites: Vec<_> =
            (0..self.view.briefing.sites.len()).map(SiteId::new).map(|s| (s, words.site(s))).collect();
        let lines: Vec<_> = seen.channels.iter().map(|c| (c.channel, words.channel(c.channel))).collect();
        let owned = seen.channels.iter().filter(|c| c.own_politics.is_some());
        let owned: Vec<_> = owned.map(|c| (c.channel, words.channel(c.channel))).collect();
        // Only such a trigger does by itself what it does; the others would cost attention for nothing.
        let fires = self.view.briefing.triggers.iter().filter(|t| t.does == TriggerDoes::Fires);
        let triggers: Vec<_> = fires.map(|t| (t.id, words.trigger(t.id))).collect();
        let running = seen.continuing.iter().filter(|(by, _)| Some(*by) == own);
        let running: Vec<_> = running.map(|(_, a)| (*a, words.action(*a))).collect();
        let pending = seen.pending.iter();
        let pending: Vec<_> = pending.map(|p| (p.action, words.action(p.action))).collect();
        let accords: Vec<_> = seen.accords.iter().map(|(a, _)| (*a, words.accord(*a))).collect();
        let kinds = [
            (Kind::Engage, "standing orders under fire", sites.is_empty()),
            (Kind::Stop, "end an act that goes on", running.is_empty()),
            (Kind::Countermand, "take back an act that is due", pending.is_empty()),
            (Kind::Consent, "how far an ally is released", self.allies().is_empty()),
            (Kind::Answering, "whether calls are answered", lines.is_empty()),
            (Kind::Line, "open, silence or cut a line", owned.is_empty()),
            (Kind::Accord, "suspend or restore an accord", accords.is_empty()),
            (Kind::Delegate, "pre-delegate a trigger", triggers.is_empty()),
        ];
        let kinds = kinds.iter().filter(|k| !k.2).map(|k| (k.0, k.1.to_owned())).collect();
        match self.pick("What", kinds)? {
            Kind::Engage => {
                let site = self.pick("Where", sites)?;
                let now = seen.standing.iter().find(|s| s.site == site);
                let rules = ReplyRule::ALL.map(|r| (r, r.word().to_owned())).to_vec();
                let first = ReplyRule::ALL.iter().position(|r| now.is_some_and(|s| s.reply == *r));
                let reply = self.pick_at("Under fire", rules, first.unwrap_or(0))?;
                let volumes = VOLUMES.map(|v| (v, format!("{v} rounds for each 100 received"))).to_vec();
                let first = VOLUMES.iter().position(|v| now.is_some_and(|s| s.volume == *v));
                let volume = self.pick_at("Volume", volumes, first.unwrap_or(0))?;
                let first = now.map_or(0, |s| s.delegated.index());
                let delegated = self.pick_at(
                    "Alone up to",
                    self.rungs(0, self.view.briefing.staff.highest_delegated.0),
                    first,
                )?;
                Some(Stance::Engage { site, reply, volume, delegated })
            }
            Kind::Answering => {
                let channel = self.pick("Line", lines)?;
                let answers = !self.flag("Calls", "are answered", "ring out");
                Some(Stance::Answering { channel, answers })
            }
            Kind::Line => {
                let channel = self.pick("Line", owned)?;
                let states = [Politics::Open, Politics::Silent, Politics::Cut];
                let states = states.map(|p| (p, politics(p).to_owned())).to_vec();
                Some(Stance::Line { channel, politics: self.pick("State", states)? })
            }
            Kind::Consent => {
                let ally = self.pick("Ally", self.allies())?;
                let now =
                    seen.consents.iter().find(|(to, _)| *to == ally).map_or(0, |(_, rung)| rung.index());
                let up_to = self.pick_at("Up to", self.rungs(0, TOP_RUNG), now)?;
                Some(Stance::Consent { ally, up_to })
            }
            Kind::Delegate => {
                let trigger = self.pick("Trigger", triggers)?;
                Some(Stance::PreDelegate {
                    trigger,
                    on: self.flag("It may act", "only by order", "by itself"),
                })
            }
            Kind::Stop => Some(Stance::Stop { action: self.pick("Act", running)? }),
            Kind::Countermand => Some(Stance::Countermand { action: self.pick("Act", pending)? }),
            Kind::Accord => {
                let accord = self.pick("Accord", accords)?;
                Some(Stance::Accord { accord, keep: self.flag("It is", "suspended", "kept") })
            }
        }
    }
}
