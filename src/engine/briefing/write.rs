//! How a handbook is written: from the rules, for one seat.

use super::{
    ActionBrief, AgendaBrief, AimBrief, BodyBrief, Briefing, CampaignBrief, ChannelBrief, DoctrineBrief,
    EndingBrief, HypothesisBrief, Label, RecordBrief, RecordedProposal, Sealed, SeatBrief, StaffNumbers,
    TermBrief, TrackBrief, TriggerBrief, TriggerDoes,
};
use crate::engine::needs;
use crate::engine::order::Answer;
use crate::engine::rules::Rules;
use crate::scenario::section::{HypothesisKind, MAX_TYPES, RecordedWord, Release, Trigger, TriggerMode};
use crate::vocabulary::{ActionId, DoctrineId, Duration, HypothesisId, Id, Ref, Rung, SeatId, TriggerId};

impl Briefing {
    /// The handbook of a seat with this hidden disposition.
    pub(in crate::engine) fn new(rules: &Rules, seat: SeatId, disposition: u8) -> Briefing {
        let bound = &rules.bound;
        let document = &bound.scenario.document;
        let own = &document.seats[seat.index()];
        let numbers = &bound.seats[seat.index()];
        let label = |name: &str, label: &str| Label { name: name.to_owned(), label: label.to_owned() };
        let held = numbers.dispositions.get(usize::from(disposition));
        let mut rungs: Vec<_> = document.ladder.iter().collect();
        rungs.sort_by_key(|rung| rung.rung);
        let model = &bound.model;
        Briefing {
            seat: Some(seat),
            scenario: label(&document.name, &document.title),
            summary: document.summary.clone(),
            start: document.start.clone(),
            role: own.briefing.clone(),
            disposition: own
                .dispositions
                .get(usize::from(disposition))
                .map_or_else(Label::default, |d| label(&d.name, &d.label)),
            rungs: rungs.iter().map(|r| label(&r.name, &r.label)).collect(),
            rung_definitions: rungs.iter().map(|r| r.definition.clone()).collect(),
            seats: document
                .seats
                .iter()
                .enumerate()
                .map(|(s, other)| SeatBrief {
                    label: label(&other.name, &other.label),
                    summary: other.summary.clone(),
                    plays: other.plays,
                    ally: numbers.allies.contains(&SeatId::new(s)),
                    rival: numbers.rivals.contains(&SeatId::new(s)),
                    dispositions: other.dispositions.iter().map(|d| label(&d.name, &d.label)).collect(),
                })
                .collect(),
            aims: own
                .aims
                .iter()
                .enumerate()
                .map(|(k, aim)| {
                    let factor = held.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
                    AimBrief {
                        label: label(&aim.name, &aim.label),
                        track: numbers.aims[k].track,
                        points: (i64::from(numbers.aims[k].points) * factor / 1000) as i32,
                        floor: aim.floor,
                    }
                })
                .collect(),
            tracks: document
                .tracks
                .iter()
                .enumerate()
                .map(|(t, track)| {
                    let seen = track.seen_by.shows(seat);
                    TrackBrief {
                        label: if seen { label(&track.name, &track.label) } else { Label::default() },
                        focus: seen && track.is_in_focus(),
                        unit: if seen { track.unit.clone() } else { String::new() },
                        min: track.min,
                        max: track.max,
                        start: if seen { bound.tracks[t].start } else { 0 },
                    }
                })
                .collect(),
            actions: (0..document.actions.len()).map(|a| action_brief(rules, a, seat)).collect(),
            channels: document
                .channels
                .iter()
                .zip(&bound.channels)
                .map(|(doc, channel)| ChannelBrief {
                    label: label(&doc.name, &doc.label),
                    members: channel.members.clone(),
                    owner: channel.owner,
                    latency: channel.latency,
                })
                .collect(),
            bodies: document
                .bodies
                .iter()
                .zip(&bound.bodies)
                .map(|(doc, body)| BodyBrief {
                    label: label(&doc.name, &doc.label),
                    members: body.members.clone(),
                    grants: body.grants.clone(),
                })
                .collect(),
            accords: document.accords.iter().map(|a| label(&a.name, &a.label)).collect(),
            incidents: document.incidents.iter().map(|i| label(&i.name, &i.label)).collect(),
            sites: document.sites.iter().map(|s| label(&s.name, &s.label)).collect(),
            terms: document
                .terms
                .iter()
                .zip(&bound.terms)
                .map(|(doc, term)| TermBrief {
                    label: label(&doc.name, &doc.label),
                    giver: term.giver,
                    worth: term.worth_to(seat, usize::from(disposition)),
                    face_cost: term.face_cost,
                    settles: term.settles,
                    needs: needs::words(doc.needs.as_ref(), document, seat),
                })
                .collect(),
            hypotheses: hypotheses(rules, seat),
            triggers: triggers(rules, seat),
            endings: document
                .endings
                .iter()
                .map(|e| EndingBrief { label: label(&e.name, &e.label), text: e.text.clone() })
                .collect(),
            campaign: campaign(rules, seat),
            calendar: document
                .calendar
                .iter()
                .zip(&bound.windows)
                .filter(|(doc, _)| doc.seen_by.shows(seat))
                .map(|(doc, window)| (doc.label.clone(), window.from, window.until))
                .collect(),
            doctrines: document
                .doctrines
                .iter()
                .zip(&bound.doctrines)
                .enumerate()
                .filter(|(_, (_, (plays, _)))| *plays == seat)
                .map(|(d, (doc, (_, doctrine)))| DoctrineBrief {
                    id: DoctrineId::new(d),
                    label: label(&doc.name, &doc.label),
                    about: doc.about.clone(),
                    doctrine: doctrine.clone(),
                })
                .collect(),
            staff: StaffNumbers {
                aim_scale: model.aim_scale,
                utility_clip: model.utility_clip,
                attrib_bar_fire: model.attrib_bar_fire,
                attrib_bar_measures: model.attrib_bar_measures,
                restrain: (model.restrain_base, model.restrain_rung, model.restrain_nuclear),
                comply: (model.comply_base, model.comply_dependence, model.comply_deaths),
                induced: [
                    0,
                    model.comply_assurance,
                    model.comply_show,
                    model.comply_statement,
                    model.comply_caveat,
                    model.comply_withheld,
                ],
                cooling_rate: model.cooling_rate,
                loosen_deaths: model.loosen_deaths,
                most_volume: u16::try_from(model.most_volume.saturating_mul(100)).unwrap_or(u16::MAX),
                highest_delegated: Rung::nearest(model.explicit_above),
                lowest_fire: model.lowest_fire(),
                quiet: Rung::nearest(model.fade_rung),
                hardness: held.map_or(0, |d| d.hardness),
                audience_cost: model.audience_cost,
                private_publicity: model.private_publicity,
                round_face: model.round_face,
            },
            record: record(rules, seat),
            sealed: Sealed,
        }
    }
}

fn action_brief(rules: &Rules, index: usize, seat: SeatId) -> ActionBrief {
    let doc = &rules.scenario().document.actions[index];
    let action = &rules.bound.actions[index];
    let document = &rules.scenario().document;
    let release = |release: &Release| match release {
        Release::Ally(seat) => format!("release by {}", document.seats[seat.id().index()].label),
        Release::Host(seat) => format!("consent of {}", document.seats[seat.id().index()].label),
        Release::Body(body) => format!("release by {}", document.bodies[body.id().index()].label),
    };
    ActionBrief {
        label: Label { name: doc.name.clone(), label: doc.label.clone() },
        about: doc.about.clone(),
        seats: action.seats.clone(),
        rung: action.rung,
        domain: action.domain,
        reading: action.reading,
        cost: action.cost,
        continues: action.continues,
        agenda: agenda_brief(rules, index),
        needs: needs::words(doc.needs.as_ref(), document, seat),
        release: action.release.iter().map(release).collect(),
        bodies: action
            .release
            .iter()
            .filter_map(|r| match r {
                Release::Body(body) => Some(body.id()),
                Release::Ally(_) | Release::Host(_) => None,
            })
            .collect(),
        consents: action
            .release
            .iter()
            .filter_map(|r| match r {
                Release::Ally(seat) | Release::Host(seat) => Some(seat.id()),
                Release::Body(_) => None,
            })
            .collect(),
    }
}

fn agenda_brief(rules: &Rules, action: usize) -> Option<AgendaBrief> {
    let item = rules.bound.agenda_item(ActionId::new(action))?;
    let listed = &rules.scenario().document.campaign.first()?.agenda;
    Some(AgendaBrief { group: listed.get(usize::from(item.group))?.label.clone(), price: item.price })
}

fn campaign(rules: &Rules, seat: SeatId) -> Option<CampaignBrief> {
    let bound = rules.bound.campaign.as_ref()?;
    let turn = rules.scenario().document.campaign.first()?.label.clone();
    Some(CampaignBrief {
        turn,
        turn_minutes: bound.turn,
        drop: bound.drop,
        capital: bound.capital[seat.index()],
    })
}

fn hypotheses(rules: &Rules, seat: SeatId) -> Vec<HypothesisBrief> {
    let document = &rules.scenario().document;
    let own = rules.bound.hypotheses.iter().enumerate().filter(|(_, h)| h.holder == seat);
    own.map(|(h, hypothesis)| {
        let types = match hypothesis.about {
            HypothesisKind::Disposition(_) => document.seats[hypothesis.subject.index()]
                .dispositions
                .iter()
                .map(|d| d.label.clone())
                .collect(),
            HypothesisKind::Commitment(_)
            | HypothesisKind::Unconsulted(_)
            | HypothesisKind::Imminence(..) => {
                vec!["yes".to_owned(), "no".to_owned()]
            }
        };
        let mut prior = [0; MAX_TYPES];
        prior[..hypothesis.types].copy_from_slice(&hypothesis.prior);
        HypothesisBrief {
            id: HypothesisId::new(h),
            label: Label {
                name: document.hypotheses[h].name.clone(),
                label: document.hypotheses[h].label.clone(),
            },
            subject: hypothesis.subject,
            types,
            prior,
        }
    })
    .collect()
}

fn triggers(rules: &Rules, seat: SeatId) -> Vec<TriggerBrief> {
    let document = &rules.scenario().document;
    let brief = |(id, trigger): (TriggerId, &Trigger)| {
        let doc = &document.triggers[id.index()];
        TriggerBrief {
            id,
            label: Label { name: doc.name.clone(), label: doc.label.clone() },
            action: trigger.action,
            does: match &doc.mode {
                TriggerMode::Permit(_) => TriggerDoes::Unlocks,
                TriggerMode::Press(..) => TriggerDoes::Presses,
                TriggerMode::Delegate(..) => TriggerDoes::Fires,
            },
        }
    };
    rules.bound.triggers_of(seat).map(brief).collect()
}

fn record(rules: &Rules, seat: SeatId) -> Vec<RecordBrief> {
    let own = rules.bound.record.iter().filter(|step| step.seat == seat);
    own.map(|step| {
        let (proposed, answered) = match &step.word {
            Some(RecordedWord::Proposed { to, over, terms, deadline, threat }) => (
                Some(RecordedProposal {
                    to: to.id(),
                    over: over.as_ref().map(Ref::id),
                    terms: terms.iter().map(Ref::id).collect(),
                    deadline: deadline.map(Duration::minutes),
                    threat: threat.as_ref().map(Ref::id),
                }),
                None,
            ),
            Some(RecordedWord::Accepted) => (None, Some(Answer::Accept)),
            Some(RecordedWord::Talks) => (None, Some(Answer::Talk)),
            Some(RecordedWord::Rejected) => (None, Some(Answer::Reject)),
            None => (None, None),
        };
        RecordBrief { minute: step.at, act: step.act, stop: step.stop, proposed, answered }
    })
    .collect()
}
