//! What one game leaves for validation: deeds, lines, latencies and counts, read from facts and changes as they stream
//! by. Its buffers are kept from game to game.

use crate::engine::{
    CallResult, Cause, Change, Exchange, Fact, Game, NEVER, Orders, Recorder, Roll, Rules, Standing,
};
use crate::scenario::Scenario;
use crate::scenario::section::{Domain, LatencyClass};
use crate::session::runner::Witness;
use crate::trace::Call;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{ActionId, ChannelId, Id, IncidentId, Minute, Ppm, Reading, Rung, SeatId, SiteId};
use std::sync::Arc;

/// Which side of the record a seat stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Its acts are stimuli.
    Rival,
    /// Its acts are replies.
    Own,
    /// Neither.
    Other,
}

/// An act or incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub minute: Minute,
    /// Who.
    pub by: SeatId,
    /// On which side.
    pub side: Side,
    /// At what rung.
    pub rung: Rung,
    /// Where.
    pub domain: Domain,
    /// Whether shots are fired or something goes off.
    pub fire: bool,
    /// What it meant.
    pub reading: Reading,
    /// The incident, if nobody ordered it.
    pub incident: Option<IncidentId>,
    /// The act, if somebody did it.
    pub action: Option<ActionId>,
    /// Whether the scenario did it, whatever anyone would have ordered.
    pub scripted: bool,
    /// Whether leaders ordered it.
    pub ordered: bool,
    /// Whether its author was in question.
    pub covert: bool,
    /// The number of the stimulus that it made.
    pub stimulus: Option<u16>,
    /// The number of the stimulus that it answered.
    pub answered: Option<u16>,
    /// Dead of the own side, soldiers and civilians.
    pub own_dead: i32,
    /// All dead.
    pub dead: i32,
    /// The seat of the own side that lost them.
    pub loses: Option<SeatId>,
}

/// An act whose author was in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mystery {
    /// Its number.
    pub number: u16,
    /// When it began.
    pub minute: Minute,
    /// When evidence comes.
    pub evidence_at: Minute,
}

impl Mystery {
    /// Minutes until evidence comes; [`NEVER`] if it does not.
    pub fn lag(&self) -> Minute {
        if self.evidence_at == NEVER { NEVER } else { self.evidence_at - self.minute }
    }
}

/// A line that was cut or restored by somebody or by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// When.
    pub minute: Minute,
    /// Which.
    pub channel: ChannelId,
    /// Whether it is open now.
    pub open: bool,
    /// Who did it, if somebody did.
    pub by: Option<SeatId>,
}

/// How long a reply took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reply {
    /// Of which class the fire was that it answered.
    pub class: LatencyClass,
    /// Minutes.
    pub after: Minute,
    /// Whose.
    pub side: Side,
    /// Rounds fired for each round received; `None` if it was put off.
    pub volume: Option<f64>,
}

/// How many of something, and of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests to hold back.
    pub restrained: u32,
    /// Acts in spite of one.
    pub defied: u32,
    /// Deadlines that passed.
    pub lapsed: u32,
    /// Of these, with the threat carried out.
    pub executed: u32,
    /// Departures of a local commander.
    pub deviations: u32,
    /// Contact steps: replies made or left out in an exchange, and the steps by which a crossing is met.
    pub contacts: u32,
    /// Times that losses made a seat raise the volume of fire.
    pub loosened: u32,
    /// Times that losses made a seat raise the rung of its standing replies.
    pub raised: u32,
}

/// The record of one game.
#[derive(Clone, Debug)]
pub struct Timeline {
    scenario: Arc<Scenario>,
    sides: Vec<Side>,
    /// The clock.
    pub now: Minute,
    /// Acts and incidents, in order.
    pub deeds: Vec<Deed>,
    /// Changes of lines, in order.
    pub lines: Vec<LineChange>,
    /// Replies under fire.
    pub replies: Vec<Reply>,
    /// Acts whose author was in question.
    pub cases: Vec<Mystery>,
    /// Calls, and how they ended.
    pub calls: Vec<(ChannelId, CallResult)>,
    /// Estimates of fire within two days, in parts per million.
    pub estimates: Vec<(Minute, Ppm)>,
    /// When a settlement was agreed.
    pub settled: Option<Minute>,
    /// Counts.
    pub tally: Tally,
    exchange: Option<Exchange>,
    crossing: bool,
    /// The rung from which fire is plainly aimed.
    aimed: Rung,
    /// Minutes of a tick.
    pub tick: Minute,
    standing: Vec<(SeatId, SiteId, Standing)>,
}

impl Timeline {
    /// An empty timeline for games of these rules.
    pub fn new(rules: &Rules, rival: &str, own: &str) -> Self {
        let scenario = Arc::clone(rules.scenario());
        let side = |name: &str| {
            if name == rival {
                Side::Rival
            } else if name == own {
                Side::Own
            } else {
                Side::Other
            }
        };
        let sides = scenario.document.seats.iter().map(|seat| side(&seat.side)).collect();
        Timeline {
            scenario,
            sides,
            now: 0,
            deeds: Vec::new(),
            lines: Vec::new(),
            replies: Vec::new(),
            cases: Vec::new(),
            calls: Vec::new(),
            estimates: Vec::new(),
            settled: None,
            tally: Tally::default(),
            exchange: None,
            crossing: false,
            tick: rules.bound.model.tick_minutes,
            aimed: Rung::nearest(rules.bound.model.aimed_rung),
            standing: Vec::new(),
        }
    }

    /// Empties it for the next game, keeping its buffers.
    pub fn clear(&mut self) {
        self.now = 0;
        self.deeds.clear();
        self.lines.clear();
        self.replies.clear();
        self.cases.clear();
        self.calls.clear();
        self.estimates.clear();
        self.settled = None;
        self.tally = Tally::default();
        self.exchange = None;
        self.crossing = false;
        self.standing.clear();
    }

    /// The scenario that is played.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// A seat's side.
    pub fn side(&self, seat: SeatId) -> Side {
        self.sides[seat.index()]
    }

    fn deed(&mut self, by: SeatId, rung: u8, domain: Domain, fire: bool, reading: Reading) -> &mut Deed {
        self.deeds.push(Deed {
            minute: self.now,
            by,
            side: self.sides[by.index()],
            rung: Rung(rung),
            domain,
            fire,
            reading,
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
        });
        let last = self.deeds.len() - 1;
        &mut self.deeds[last]
    }

    /// Whether a line is politically open, so far as it was changed or as it began.
    pub fn is_open(&self, channel: ChannelId) -> bool {
        let began = self.scenario.document.channels[channel.index()].politics == Politics::Open;
        let changed = self.lines.iter().rfind(|line| line.channel == channel);
        changed.map_or(began, |line| line.open)
    }

    /// The class of the fire that the exchange in hand answers: that of the site, or direct if it is aimed or fire is
    /// returned.
    fn class(&self, exchange: &Exchange) -> LatencyClass {
        if exchange.round == 0 && exchange.rung < self.aimed {
            self.scenario.document.sites[exchange.site.index()].latency
        } else {
            LatencyClass::Direct
        }
    }

    fn replied(&mut self, by: SeatId, after: Minute, rounds: Option<u16>) {
        if let Some(exchange) = self.exchange {
            let class = self.class(&exchange);
            let volume = rounds.map(|fired| f64::from(fired) / f64::from(exchange.rounds.max(1)));
            self.replies.push(Reply { class, after, side: self.sides[by.index()], volume });
        }
    }
}

impl Recorder for Timeline {
    const HEARS_ROLLS: bool = false;

    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        match *fact {
            Fact::Act { by, action, cause } => {
                let scenario = Arc::clone(&self.scenario);
                let doc = &scenario.document.actions[action.index()];
                let fire = doc.domain.is_military() && doc.rung >= 5;
                let deed = self.deed(by, doc.rung, doc.domain, fire, doc.reading);
                deed.action = Some(action);
                deed.scripted = cause == Cause::Scenario;
                deed.ordered = cause == Cause::Ordered;
                deed.covert = doc.covert.is_some();
            }
            Fact::Incident { incident, by, .. } => {
                let scenario = Arc::clone(&self.scenario);
                let doc = &scenario.document.incidents[incident.index()];
                let fire = doc.domain.is_military() && doc.rung >= 5;
                let deed = self.deed(by, doc.rung, doc.domain, fire, doc.reading);
                deed.incident = Some(incident);
            }
            Fact::Fire { by, after, rounds, .. } => self.replied(by, after, Some(rounds)),
            Fact::Delayed { by, until, .. } => {
                if let Some(e) = self.exchange.filter(|e| e.under_fire == by) {
                    self.replied(by, until - e.minute, None);
                }
            }
            Fact::Deviation { .. } => self.tally.deviations += 1,
            Fact::Deaths { seat, dead, civilians } => {
                let own = self.sides[seat.index()] == Side::Own;
                if let Some(deed) = self.deeds.last_mut() {
                    deed.dead += dead + civilians;
                    if own {
                        deed.own_dead += dead + civilians;
                        deed.loses = Some(seat);
                    }
                }
            }
            Fact::Line { channel, politics, by, .. } => {
                let open = politics == Politics::Open;
                // A repair leaves politics as they were.
                if self.is_open(channel) == open {
                    return;
                }
                // What an act does to an owned line is its author's doing.
                let owned = self.scenario.document.channels[channel.index()].owner.is_some();
                let author = self.deeds.last().filter(|deed| owned && deed.minute == self.now);
                let by = by.or(author.map(|deed| deed.by));
                self.lines.push(LineChange { minute: self.now, channel, open, by });
            }
            Fact::Call { channel, result, .. } => self.calls.push((channel, result)),
            Fact::Lapsed { executed, .. } => {
                self.tally.lapsed += 1;
                self.tally.executed += u32::from(executed);
            }
            Fact::Agreed { settles: true, .. } => self.settled = self.settled.or(Some(self.now)),
            Fact::Restrained { .. } => self.tally.restrained += 1,
            Fact::Defied { .. } => self.tally.defied += 1,
            _ => {}
        }
    }

    fn change(&mut self, change: &Change) {
        match *change {
            Change::Clock(minute) => self.now = minute,
            Change::Estimate(_, chance) => self.estimates.push((self.now, chance)),
            Change::Stimulus(stimulus) => {
                if let Some(deed) = self.deeds.last_mut() {
                    deed.stimulus = Some(stimulus.number);
                }
            }
            // What a scenario fixes says nothing about the model's lags.
            Change::Case(case) if self.deeds.last().is_none_or(|deed| !deed.scripted) => self
                .cases
                .push(Mystery { number: case.number, minute: case.minute, evidence_at: case.evidence_at }),
            Change::Investigated(number, minute) => {
                for case in self.cases.iter_mut().filter(|case| case.number == number) {
                    case.evidence_at = minute;
                }
            }
            Change::Closed(number, Some(_)) => {
                if let Some(deed) = self.deeds.last_mut() {
                    deed.answered = Some(number);
                }
            }
            Change::Exchange(exchange) => {
                // A new round, or the end, is one step of contact; a pause for a decision is none.
                let goes_on = exchange.is_some_and(|e| e.flash || e.round == 0);
                self.tally.contacts += u32::from(self.exchange.is_some() && !goes_on);
                self.exchange = exchange;
            }
            // Each change of a crossing that is met is a step: a hail, a shot, a standing down.
            Change::Crossing(crossing) => {
                self.tally.contacts += u32::from(self.crossing);
                self.crossing = crossing.is_some();
            }
            Change::Standing(seat, site, standing) => {
                let doc = &self.scenario.document.seats[seat.index()];
                let known = self.standing.iter().position(|(s, p, _)| *s == seat && *p == site);
                let authored = doc.standing.iter().find(|s| s.site.id() == site);
                let before = known.map_or_else(
                    || authored.map(|s| (s.volume, s.delegated_rung)),
                    |k| Some((self.standing[k].2.volume, self.standing[k].2.delegated.0)),
                );
                if let Some((volume, rung)) = before {
                    self.tally.loosened += u32::from(i64::from(standing.volume) > i64::from(volume));
                    self.tally.raised += u32::from(standing.delegated.0 > rung);
                }
                match known {
                    Some(k) => self.standing[k].2 = standing,
                    None => self.standing.push((seat, site, standing)),
                }
            }
            _ => {}
        }
    }
}

impl Witness for Timeline {
    type Recorder = Timeline;

    fn recorder(&mut self) -> &mut Timeline {
        self
    }

    fn called(&mut self, _: Call, _: &Game, _: &[Orders]) {}
}
