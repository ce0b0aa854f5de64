//! The policy that orders anything legal, each option of a slot as likely as the others. It tests the rules, not wits.

use super::luck::{Draws, SiteId, site};
use super::moment::Moment;
use super::{Policy, SeatDice, SeatMemory};
use crate::engine::{
    ActOrder, Answer, Asked, Briefing, CallAnswer, Contact, FlashOrder, Inducement, Legality, MAX_CONTACTS,
    Message, Observation, Orders, ProposalDraft, ReplyRule, Stance, Word,
};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{
    ActionId, ChannelId, DAY, Id, Minute, ONE_MILLION, Reading, Rung, SeatId, TOP_RUNG, TermId,
};

/// Most changes of stance that are tried in a turn.
const MOST_STANCES: usize = 3;
/// Most terms of a proposal.
const MOST_TERMS: usize = 4;
/// Deadlines of proposals.
const DEADLINES: [Minute; 3] = [DAY / 4, DAY, 2 * DAY];
/// Volumes of standing orders.
const VOLUMES: [u16; 4] = [50, 100, 200, 300];
/// Kinds of stance.
const STANCES: usize = 8;

const ANSWERS: [Answer; 4] = [Answer::Accept, Answer::Talk, Answer::Stall, Answer::Reject];
const POLITICS: [Politics; 3] = [Politics::Open, Politics::Silent, Politics::Cut];

/// Orders anything legal.
#[derive(Clone, Copy, Debug)]
pub struct Random {
    contacts: SiteId,
    answers: SiteId,
    orders: SiteId,
    flash: SiteId,
}

impl Random {
    /// Ready to draw.
    pub fn new() -> Self {
        Random {
            contacts: site("random contacts"),
            answers: site("random answers"),
            orders: site("random orders"),
            flash: site("random flash"),
        }
    }
}

impl Default for Random {
    fn default() -> Self {
        Random::new()
    }
}

/// Draws one after the other at one site.
struct Hand<'a> {
    moment: Moment<'a>,
    site: SiteId,
    next: u32,
}

impl Policy for Random {
    fn decide(
        &self,
        seen: &Observation,
        briefing: &Briefing,
        _memory: &mut SeatMemory,
        dice: &SeatDice,
        orders: &mut Orders,
    ) {
        let Some(moment) = Moment::new(seen, briefing, dice) else { return };
        let hand = |site: SiteId| Hand { moment, site, next: 0 };
        match seen.asked {
            Asked::Nothing => {}
            Asked::Contacts => hand(self.contacts).contacts(orders),
            Asked::Answers => hand(self.answers).answers(orders),
            Asked::Orders => hand(self.orders).orders(orders),
            // A second flash decision of one tick has the same time, but not the same revision.
            Asked::Flash => orders.flash = Some(hand(self.flash.nth(u64::from(seen.revision))).flash()),
        }
    }
}

impl<'a> Hand<'a> {
    fn below(&mut self, n: usize) -> usize {
        let draw = self.moment.dice.below(self.site, self.next, n as u32);
        self.next += 1;
        draw as usize
    }

    /// One of some options, or none if there are none.
    fn one_of<O: Iterator + Clone>(&mut self, options: O) -> Option<O::Item> {
        let n = options.clone().count();
        let chosen = self.below(n);
        options.into_iter().nth(chosen)
    }

    /// One of a list that is not empty.
    fn among<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 1
    }

    fn contacts(&mut self, orders: &mut Orders) {
        for _ in 0..self.below(MAX_CONTACTS + 1) {
            let first = self.below(4);
            // A kind that has no option gives way to the next.
            let contact = (0..4).find_map(|kind| self.contact((first + kind) % 4));
            orders.contacts.extend(contact);
        }
    }

    fn contact(&mut self, kind: usize) -> Option<Contact> {
        let moment = self.moment;
        match kind {
            0 => {
                let calls = moment.seen.channels.iter().flat_map(move |view| {
                    let members = moment.briefing.channels.get(view.channel.index()).map(|c| &c.members);
                    let others = members.into_iter().flatten().copied();
                    let reached = move |to: &SeatId| moment.plays(*to) && moment.connects(view.channel, *to);
                    others.filter(reached).map(|to| (view.channel, to))
                });
                let (channel, to) = self.one_of(calls)?;
                Some(Contact::Call { channel, to, message: self.message() })
            }
            1 => {
                let grants = moment.seen.bodies.iter().flat_map(move |view| {
                    let body = moment.briefing.bodies.get(view.body.index());
                    let sits = body.filter(move |b| b.members.contains(&moment.own));
                    sits.into_iter().flat_map(|b| b.grants.iter()).map(|action| (view.body, *action))
                });
                let (body, action) = self.one_of(grants)?;
                Some(Contact::Consult { body, action })
            }
            2 => {
                let ally = self.one_of(moment.allies())?;
                let from = Rung(self.below(usize::from(TOP_RUNG) + 1) as u8);
                Some(Contact::Restrain { ally, from, with: self.among(&Inducement::ALL) })
            }
            _ => {
                let ally = self.one_of(moment.allies())?;
                Some(Contact::AskRelease { ally, action: self.own_action()? })
            }
        }
    }

    fn own_action(&mut self) -> Option<ActionId> {
        let moment = self.moment;
        let all = (0..moment.briefing.actions.len()).map(ActionId::new);
        self.one_of(all.filter(move |action| moment.can_order(*action)))
    }

    /// An act that would hurt somebody.
    fn own_threat(&mut self) -> Option<ActionId> {
        let moment = self.moment;
        self.own_action().filter(|action| moment.rung_of(*action) >= Rung::DEEDS)
    }

    fn message(&mut self) -> Message {
        match self.below(6) {
            0 => Message::Test,
            1 => Message::Reassure,
            2 => Message::Warn,
            3 => Message::Query,
            4 => Message::Regret,
            _ => self.own_action().map_or(Message::Test, Message::Notice),
        }
    }

    fn answers(&mut self, orders: &mut Orders) {
        for _ in &self.moment.seen.calls {
            let answer = if self.coin() { CallAnswer::Answer(self.message()) } else { CallAnswer::LetRing };
            orders.answers.push(answer);
        }
    }

    fn orders(&mut self, orders: &mut Orders) {
        orders.act = self.act();
        orders.word = self.word();
        let most = usize::from(self.moment.seen.attention).min(MOST_STANCES);
        for _ in 0..self.below(most + 1) {
            let first = self.below(7);
            let stance = (0..STANCES).find_map(|kind| self.stance((first + kind) % STANCES));
            orders.stances.extend(stance);
        }
        if self.moment.seen.question.is_some() {
            orders.estimate = Some(self.below(ONE_MILLION as usize + 1) as u32);
        }
    }

    fn act(&mut self) -> Option<ActOrder> {
        let seen = self.moment.seen;
        let legal = seen.menu.iter().filter(|item| item.legality == Legality::Legal);
        let acts = legal.map(|item| Some(item.action));
        let action = self.one_of(acts.chain([None]))??;
        let start_tick = self.below(usize::from(self.moment.ticks())) as u8;
        Some(ActOrder { action, start_tick, defy: self.coin() })
    }

    fn word(&mut self) -> Option<Word> {
        let moment = self.moment;
        match self.below(5) {
            0 => None,
            1 => Some(Word::Statement { reading: self.among(&Reading::ALL), bound: self.coin() }),
            2 => self.proposal().map(Word::Propose),
            3 => {
                let proposal = self.one_of(moment.offers())?.number;
                Some(Word::Answer { proposal, answer: self.among(&ANSWERS) })
            }
            _ => {
                let own = self.one_of(moment.own_offers().filter(|own| own.deadline.is_some()))?;
                Some(Word::Extend { proposal: own.number, by: self.among(&DEADLINES) })
            }
        }
    }

    fn proposal(&mut self) -> Option<ProposalDraft> {
        let moment = self.moment;
        let all = (0..moment.briefing.seats.len()).map(SeatId::new);
        let to = self.one_of(all.filter(move |seat| moment.plays(*seat) && *seat != moment.own))?;
        let known = moment.briefing.terms.len();
        if known == 0 {
            return None;
        }
        let mut terms: Vec<TermId> = Vec::with_capacity(MOST_TERMS);
        for _ in 0..=self.below(MOST_TERMS) {
            let term = TermId::new(self.below(known));
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        let deadline = self.coin().then(|| self.among(&DEADLINES));
        let threatens = deadline.is_some() && self.coin();
        Some(ProposalDraft {
            to,
            over: self.line(to),
            terms,
            deadline,
            threat: if threatens { self.own_threat() } else { None },
            ambiguous: self.coin(),
            counters: self.one_of(moment.offers().filter(move |p| p.from == to)).map(|p| p.number),
        })
    }

    /// A channel to a seat, or the public.
    fn line(&mut self, to: SeatId) -> Option<ChannelId> {
        let moment = self.moment;
        let lines = moment.seen.channels.iter().filter(move |view| moment.connects(view.channel, to));
        self.one_of(lines.map(|view| Some(view.channel)).chain([None]))?
    }

    fn stance(&mut self, kind: usize) -> Option<Stance> {
        let (seen, briefing, own) = (self.moment.seen, self.moment.briefing, self.moment.own);
        match kind {
            0 => {
                let site = self.one_of((0..briefing.sites.len()).map(Id::new))?;
                let delegated = Rung(self.below(usize::from(briefing.staff.highest_delegated.0) + 1) as u8);
                let (reply, volume) = (self.among(&ReplyRule::ALL), self.among(&VOLUMES));
                Some(Stance::Engage { site, reply, volume, delegated })
            }
            1 => {
                let channel = self.one_of(seen.channels.iter())?.channel;
                Some(Stance::Answering { channel, answers: self.coin() })
            }
            2 => {
                let owned = seen.channels.iter().filter(|view| view.own_politics.is_some());
                let channel = self.one_of(owned)?.channel;
                Some(Stance::Line { channel, politics: self.among(&POLITICS) })
            }
            3 => {
                let ally = self.one_of(self.moment.allies())?;
                Some(Stance::Consent { ally, up_to: Rung(self.below(usize::from(TOP_RUNG) + 1) as u8) })
            }
            4 => {
                let trigger = self.one_of(seen.triggers.iter())?.trigger;
                Some(Stance::PreDelegate { trigger, on: self.coin() })
            }
            5 => {
                let mine = seen.continuing.iter().filter(move |(seat, _)| *seat == own);
                let (_, action) = self.one_of(mine)?;
                Some(Stance::Stop { action: *action })
            }
            6 => {
                let pending = self.one_of(seen.pending.iter())?;
                Some(Stance::Countermand { action: pending.action })
            }
            _ => {
                let (accord, _) = self.one_of(seen.accords.iter())?;
                Some(Stance::Accord { accord: *accord, keep: self.coin() })
            }
        }
    }

    /// The seat under fire may answer or call; its ally may restrain or release it.
    fn flash(&mut self) -> FlashOrder {
        let moment = self.moment;
        let own_fire = moment.seen.exchange.is_none_or(|exchange| exchange.under_fire == moment.own);
        let lines = moment
            .seen
            .channels
            .iter()
            .map(|view| FlashOrder::Call { channel: view.channel, message: Message::Warn });
        let replies = ReplyRule::ALL.into_iter().map(FlashOrder::Reply);
        let under_fire = [FlashOrder::Standing, FlashOrder::Hold].into_iter().chain(replies).chain(lines);
        let beside = [FlashOrder::Standing, FlashOrder::Restrain, FlashOrder::Release].into_iter();
        let chosen = if own_fire { self.one_of(under_fire) } else { self.one_of(beside) };
        chosen.unwrap_or(FlashOrder::Standing)
    }
}
