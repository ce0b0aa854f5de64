//! The rules of one design point, ready to play: bound numbers, lowered programs, addresses of all luck.

use super::authored;
use super::dice::SiteId;
use super::evidence::Evidence;
use super::needs::{self, Needs};
use super::observation::Season;
use super::offers::Offers;
use super::program::{Guard, Numbers, Program};
use super::worth::Worth;
use crate::scenario::document::{Document, Entry, Hand};
use crate::scenario::section::{AgendaItem, AimMeasure, Carries, Release, Schedule};
use crate::scenario::{Bound, Scenario, Settings};
use crate::vocabulary::words::{Condition, Statement};
use crate::vocabulary::{
    ActionId, Id, IncidentId, Minute, PathId, RUNGS, Rung, SeatId, SiteId as PlaceId, TrackId, TriggerId,
};
use std::sync::Arc;

/// The rules of one design point. Immutable; games share them.
#[derive(Debug)]
pub struct Rules {
    /// The bound numbers.
    pub bound: Arc<Bound>,
    pub(super) programs: Programs,
    pub(super) luck: Luck,
    pub(super) worth: Worth,
    pub(super) offers: Offers,
    /// Headline and text of every inject.
    pub(super) messages: Vec<(Arc<str>, Arc<str>)>,
    /// In which order entries take effect that happen at one time.
    pub(super) order_of: Turns,
    /// The actions that a seat can order in a crisis, by seat, in the order of their names.
    pub(super) repertoire: Vec<Vec<ActionId>>,
    /// The acts by which a seat answers fire, by seat, then site, then rung.
    pub(super) replies: Vec<Vec<[ReplyActs; RUNGS]>>,
    /// What readings say, and what is expected.
    pub(in crate::engine) evidence: Evidence,
    /// The tracks that return to their baseline, and what is left of the distance after a tick, in parts per million.
    pub(super) kept: Vec<(TrackId, i32)>,
}

/// The acts by which a seat fires at a site and rung.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ReplyActs {
    /// What its forces can do alone.
    pub alone: Option<ActionId>,
    /// What they can do with an ally's release.
    pub released: Option<ActionId>,
}

/// The order in which independent entries are taken: by authored name, so that the order of a list means nothing. Injects
/// alone come as their list has them: an author means what stands first to be read first.
#[derive(Debug)]
pub(super) struct Turns {
    /// The rank of every action's name.
    pub actions: Vec<u16>,
    pub seats: Vec<SeatId>,
    pub incidents: Vec<IncidentId>,
    pub triggers: Vec<TriggerId>,
}

impl Turns {
    fn new(document: &Document) -> Turns {
        let mut actions = vec![0; document.actions.len()];
        for (rank, action) in by_name::<ActionId, _>(&document.actions).into_iter().enumerate() {
            actions[action.index()] = rank as u16;
        }
        Turns {
            actions,
            seats: by_name(&document.seats),
            incidents: by_name(&document.incidents),
            triggers: by_name(&document.triggers),
        }
    }
}

/// The entries of a section in the order of their names.
fn by_name<I: Id, E: Entry>(entries: &[E]) -> Vec<I> {
    let mut ids: Vec<I> = (0..entries.len()).map(I::new).collect();
    ids.sort_by_key(|id| entries[id.index()].name());
    ids
}

/// Everything that authored words became.
#[derive(Debug)]
pub(super) struct Programs {
    pub needs: Vec<Needs>,
    pub fails_if: Vec<Option<Guard>>,
    pub effects: Vec<Option<Program>>,
    pub on_stop: Vec<Option<Program>>,
    pub inject_when: Vec<Option<Guard>>,
    pub inject_effects: Vec<Option<Program>>,
    pub incident_effects: Vec<Option<Program>>,
    pub accord_breaks: Vec<Option<Program>>,
    pub term_effects: Vec<Option<Program>>,
    pub term_needs: Vec<Option<Guard>>,
    pub endings: Vec<Guard>,
    /// By seat, then aim.
    pub aims: Vec<Vec<Option<Guard>>>,
    /// By step.
    pub rules: [Option<Program>; 4],
    /// Of the campaign, if the scenario is one.
    pub campaign: Option<CampaignPrograms>,
}

/// When a crisis of a campaign is over, and what dropping into it and coming back change.
#[derive(Debug)]
pub(super) struct CampaignPrograms {
    pub until: Option<Guard>,
    pub on_drop: Option<Program>,
    pub on_return: Option<Program>,
}

/// The address of every kind of luck, by authored name.
#[derive(Debug)]
pub(super) struct Luck {
    pub seats: Vec<SiteId>,
    pub tracks: Vec<SiteId>,
    pub actions: Vec<SiteId>,
    pub incidents: Vec<SiteId>,
    pub channels: Vec<SiteId>,
    pub bodies: Vec<SiteId>,
    pub triggers: Vec<SiteId>,
    pub places: Vec<SiteId>,
    pub climate: SiteId,
    pub fading: SiteId,
    pub horizon: SiteId,
    pub talks: SiteId,
    pub statement: SiteId,
}

/// Binds the numbers of one design point and makes them ready to play.
///
/// # Errors
/// Every setting that has an unknown name or a value outside its range, in words.
pub fn bind(scenario: &Arc<Scenario>, settings: &Settings) -> Result<Arc<Rules>, Vec<String>> {
    let bound = crate::scenario::binding::bind(scenario, settings)?;
    Rules::new(bound).map(Arc::new)
}

impl Rules {
    /// Lowers the words of a bound scenario.
    ///
    /// # Errors
    /// Every fault in its words: unknown locals, too many values, two names with one address.
    pub fn new(bound: Arc<Bound>) -> Result<Rules, Vec<String>> {
        let document = &bound.scenario.document;
        let ranges: Vec<(i32, i32)> = bound.tracks.iter().map(|t| (t.min, t.max)).collect();
        let numbers = Numbers { ranges: &ranges, tables: &bound.tables, params: &bound.params };
        let mut faults = Vec::new();
        let mut sites: Vec<(SiteId, String)> = Vec::new();
        let mut address = |purpose: &str, item: &str| {
            let site = SiteId::new(purpose, "", item);
            if let Some((_, other)) = sites.iter().find(|(known, _)| *known == site) {
                faults.push(format!("{purpose} `{item}` and {other} have the same address; rename one"));
            }
            sites.push((site, format!("{purpose} `{item}`")));
            site
        };
        let luck = Luck {
            seats: document.seats.iter().map(|s| address("seat", &s.name)).collect(),
            tracks: document.tracks.iter().map(|t| address("track", &t.name)).collect(),
            actions: document.actions.iter().map(|a| address("action", &a.name)).collect(),
            incidents: document.incidents.iter().map(|i| address("incident", &i.name)).collect(),
            channels: document.channels.iter().map(|c| address("channel", &c.name)).collect(),
            bodies: document.bodies.iter().map(|b| address("body", &b.name)).collect(),
            triggers: document.triggers.iter().map(|t| address("trigger", &t.name)).collect(),
            places: document.sites.iter().map(|s| address("site", &s.name)).collect(),
            climate: address("climate", ""),
            fading: address("fading", ""),
            horizon: address("horizon", ""),
            talks: address("talks", ""),
            statement: address("statement", ""),
        };
        let mut lower = Lower { numbers: &numbers, faults: &mut faults };
        let mut rules: [Vec<(SiteId, &[Statement])>; 4] = Default::default();
        for rule in &document.rules {
            rules[rule.step as usize].push((authored::of_rule(rule), rule.does.as_slice()));
        }
        let programs = Programs {
            needs: document.actions.iter().map(|a| lower.needs(&a.name, a.needs.as_ref())).collect(),
            fails_if: document
                .actions
                .iter()
                .map(|a| lower.guard("action", &a.name, a.fails_if.as_ref()))
                .collect(),
            effects: document.actions.iter().map(|a| lower.program("action", &a.name, &a.effects)).collect(),
            on_stop: document.actions.iter().map(|a| lower.program("stop", &a.name, &a.on_stop)).collect(),
            inject_when: document
                .injects
                .iter()
                .map(|i| match &i.when {
                    Schedule::Once(_, condition) => lower.guard("inject", &i.name, Some(condition)),
                    Schedule::At(_) | Schedule::OnCall => None,
                })
                .collect(),
            inject_effects: document
                .injects
                .iter()
                .map(|i| lower.program("inject", &i.name, &i.effects))
                .collect(),
            incident_effects: document
                .incidents
                .iter()
                .map(|i| lower.program("incident", &i.name, &i.effects))
                .collect(),
            accord_breaks: document
                .accords
                .iter()
                .map(|a| lower.program("accord", &a.name, &a.on_break))
                .collect(),
            term_effects: document.terms.iter().map(|t| lower.program("term", &t.name, &t.effects)).collect(),
            term_needs: document
                .terms
                .iter()
                .map(|t| lower.guard("term", &t.name, t.needs.as_ref()))
                .collect(),
            endings: document
                .endings
                .iter()
                .filter_map(|e| lower.guard("ending", &e.name, Some(&e.when)))
                .collect(),
            aims: document
                .seats
                .iter()
                .map(|seat| {
                    seat.aims
                        .iter()
                        .map(|aim| match &aim.measure {
                            AimMeasure::Track(_) => None,
                            AimMeasure::Holds(condition) => lower.guard("aim", &aim.name, Some(condition)),
                        })
                        .collect()
                })
                .collect(),
            rules: rules.map(|list| lower.rules(&list)),
            campaign: document.campaign.first().map(|campaign| CampaignPrograms {
                until: lower.guard("campaign", &campaign.name, Some(&campaign.until)),
                on_drop: lower.program("drop", &campaign.name, &campaign.on_drop),
                on_return: lower.program("return", &campaign.name, &campaign.on_return),
            }),
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let repertoire: Vec<Vec<ActionId>> = (0..bound.seats.len())
            .map(|s| {
                let able = |a: &ActionId| bound.actions[a.index()].seats.contains(&SeatId::new(s));
                let in_crises = |a: &ActionId| bound.agenda_item(*a).is_none();
                by_name(&document.actions).into_iter().filter(able).filter(in_crises).collect()
            })
            .collect();
        let replies = replies(&bound, &repertoire);
        let worth = Worth::new(&bound, &repertoire);
        let order_of = Turns::new(document);
        Ok(Rules {
            offers: Offers::new(&bound, &repertoire, &order_of, &worth),
            evidence: Evidence::new(&bound, &worth, &repertoire),
            worth,
            kept: kept(&bound),
            messages: bound
                .scenario
                .document
                .injects
                .iter()
                .map(|i| (Arc::from(i.label.as_str()), Arc::from(i.text.as_str())))
                .collect(),
            order_of,
            repertoire,
            replies,
            programs,
            luck,
            bound,
        })
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.bound.scenario
    }

    /// Whether seats are told what the white cell does.
    pub(super) fn hand(&self) -> Hand {
        self.scenario().document.white_cell.unwrap_or_default()
    }

    /// An act's place on the agenda of the campaign's calm turns, if it has one.
    pub(super) fn agenda_item(&self, action: ActionId) -> Option<AgendaItem> {
        self.bound.agenda_item(action)
    }

    /// The seat against which a seat's acts are directed: its first rival.
    pub(super) fn target(&self, seat: SeatId) -> Option<SeatId> {
        self.bound.seats[seat.index()].rivals.first().copied()
    }

    /// Whom a seat suspects of a deed against a victim before there is evidence: the victim's first rival, or, where
    /// that is the seat itself, its own.
    pub(super) fn suspect(&self, seat: SeatId, victim: SeatId) -> SeatId {
        let of_victim = self.target(victim).filter(|suspect| *suspect != seat);
        of_victim.or_else(|| self.target(seat)).unwrap_or(victim)
    }

    /// The minutes in which a call has to get through: a tick, or in the calm of a campaign what is left of the turn.
    pub(super) fn call_time(&self, season: Season, now: Minute) -> Minute {
        match (season, &self.bound.campaign) {
            (Season::Calm, Some(campaign)) => campaign.left(now),
            (Season::Calm | Season::Crisis, _) => self.bound.model.tick_minutes,
        }
    }

    /// The path that takes this by default: the first that says so, or the first of all.
    pub(super) fn path_of(&self, carries: Carries) -> PathId {
        let paths = &self.scenario().document.paths;
        PathId::new(paths.iter().position(|path| path.carries == carries).unwrap_or(0))
    }

    /// How many seats and actors there are.
    pub fn seats(&self) -> usize {
        self.bound.seats.len()
    }
}

/// Lowers words and collects what is wrong with them.
struct Lower<'a> {
    numbers: &'a Numbers<'a>,
    faults: &'a mut Vec<String>,
}

impl Lower<'_> {
    fn guard(&mut self, kind: &str, name: &str, condition: Option<&Condition>) -> Option<Guard> {
        match Guard::lower(condition?, self.numbers) {
            Ok(guard) => Some(guard),
            Err(errors) => {
                self.faults.extend(errors.iter().map(|e| format!("{kind} `{name}`: {e}")));
                None
            }
        }
    }

    fn needs(&mut self, name: &str, needs: Option<&Condition>) -> Needs {
        needs::parts(needs).iter().filter_map(|part| self.guard("action", name, Some(part))).collect()
    }

    fn program(&mut self, kind: &str, name: &str, list: &[Statement]) -> Option<Program> {
        if list.is_empty() {
            return None;
        }
        self.rules(&[(authored::of_effect(kind, name), list)])
    }

    fn rules(&mut self, list: &[(SiteId, &[Statement])]) -> Option<Program> {
        if list.is_empty() {
            return None;
        }
        match Program::lower(list, self.numbers) {
            Ok(program) => Some(program),
            Err(errors) => {
                self.faults.extend(errors.iter().map(|e| e.to_string()));
                None
            }
        }
    }
}

/// The act by which each seat answers fire at each site and rung: its first act that opens fire there.
fn replies(bound: &Bound, repertoire: &[Vec<ActionId>]) -> Vec<Vec<[ReplyActs; RUNGS]>> {
    repertoire
        .iter()
        .map(|acts| {
            (0..bound.sites.len())
                .map(|site| {
                    std::array::from_fn(|rung| {
                        let first = |released: fn(&Release) -> bool| {
                            acts.iter().copied().find(|a| {
                                let action = &bound.actions[a.index()];
                                action.fires_at == Some(PlaceId::new(site))
                                    && action.rung == Rung(rung as u8)
                                    && action.release.iter().all(released)
                            })
                        };
                        ReplyActs {
                            alone: first(|_| false),
                            released: first(|release| matches!(release, Release::Ally(_))),
                        }
                    })
                })
                .collect()
        })
        .collect()
}

/// What is left of the distance to its baseline after a tick, of each track that returns there.
fn kept(bound: &Bound) -> Vec<(TrackId, i32)> {
    let tick = f64::from(bound.model.tick_minutes.max(1));
    let decaying = bound.tracks.iter().enumerate().filter(|(_, track)| track.half_life != 0);
    let kept = |half_life: i32| (libm::exp2(-tick / f64::from(half_life)) * 1e6) as i32;
    decaying.map(|(t, track)| (TrackId::new(t), kept(track.half_life))).collect()
}
