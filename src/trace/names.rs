//! Orders by authored names: what a record holds, so that it can be read without counting entries.

use crate::engine::{ControlAct, Orders};
use crate::scenario::Scenario;
use crate::vocabulary::{ChannelId, Id, SeatId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Which field of an order, or of an act of control, holds the id of which section.
///
/// Only these are translated; numbers that mean themselves (rungs, deadlines, proposals) stay as they are.
const FIELDS: &[(&str, &str)] = &[
    ("action", "actions"),
    ("accord", "accords"),
    ("ally", "seats"),
    ("audience", "seats"),
    ("body", "bodies"),
    ("channel", "channels"),
    ("inject", "injects"),
    ("Notice", "actions"),
    ("over", "channels"),
    ("seat", "seats"),
    ("site", "sites"),
    ("terms", "terms"),
    ("threat", "actions"),
    ("to", "seats"),
    ("track", "tracks"),
    ("trigger", "triggers"),
];

/// Orders whose ids are written as names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NamedOrders(Value);

/// An act of control whose ids are written as names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NamedAct(Value);

/// The names of a scenario by id.
#[derive(Clone, Debug)]
pub struct NameTable {
    sections: BTreeMap<&'static str, Vec<String>>,
}

impl NameTable {
    /// The names that orders refer to.
    pub fn new(scenario: &Scenario) -> Self {
        let mut sections = BTreeMap::new();
        for (_, section) in FIELDS {
            sections.entry(*section).or_insert_with(|| {
                let mut names: Vec<(usize, &str)> = scenario
                    .names
                    .of(section)
                    .filter_map(|name| Some((scenario.names.position(section, name)?, name)))
                    .collect();
                names.sort_unstable();
                names.into_iter().map(|(_, name)| name.to_owned()).collect()
            });
        }
        NameTable { sections }
    }

    /// A seat's name.
    pub fn seat(&self, seat: SeatId) -> &str {
        self.name(SeatId::SECTION, seat.index()).unwrap_or("?")
    }

    /// How many seats and actors there are.
    pub fn seats(&self) -> usize {
        self.sections.get(SeatId::SECTION).map_or(0, Vec::len)
    }

    /// The seat of a name.
    pub fn find_seat(&self, name: &str) -> Option<SeatId> {
        self.position(SeatId::SECTION, name).map(SeatId::new)
    }

    /// Orders by names.
    ///
    /// # Panics
    /// Never: orders hold nothing that JSON cannot say.
    pub fn write(&self, orders: &Orders) -> NamedOrders {
        NamedOrders(self.named(serde_json::to_value(orders).expect("orders are plain data")))
    }

    /// An act of control by names.
    ///
    /// # Panics
    /// Never: acts hold nothing that JSON cannot say.
    pub fn write_act(&self, act: &ControlAct) -> NamedAct {
        NamedAct(self.named(serde_json::to_value(act).expect("acts are plain data")))
    }

    fn named(&self, mut value: Value) -> Value {
        self.translate(&mut value, &|section, value| {
            let index = usize::try_from(value.as_u64()?).ok()?;
            self.name(section, index).map(Value::from)
        });
        value
    }

    /// Orders from their written form.
    ///
    /// # Errors
    /// In words, if a name or a field is unknown.
    pub fn read(&self, orders: &NamedOrders) -> Result<Orders, String> {
        self.numbered(orders.0.clone())
    }

    /// An act of control from its written form.
    ///
    /// # Errors
    /// In words, if a name or a field is unknown.
    pub fn read_act(&self, act: &NamedAct) -> Result<ControlAct, String> {
        self.numbered(act.0.clone())
    }

    fn numbered<T: DeserializeOwned>(&self, mut value: Value) -> Result<T, String> {
        self.translate(&mut value, &|section, value| {
            self.position(section, value.as_str()?).map(Value::from)
        });
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    /// A channel's name.
    pub fn channel(&self, channel: ChannelId) -> &str {
        self.name(ChannelId::SECTION, channel.index()).unwrap_or("?")
    }

    /// The channel of a name.
    pub fn find_channel(&self, name: &str) -> Option<ChannelId> {
        self.position(ChannelId::SECTION, name).map(ChannelId::new)
    }

    fn translate(&self, value: &mut Value, id: &dyn Fn(&'static str, &Value) -> Option<Value>) {
        match value {
            Value::Object(fields) => {
                for (key, field) in fields.iter_mut() {
                    match (FIELDS.iter().find(|(name, _)| name == key), field) {
                        (Some((_, section)), Value::Array(items)) => {
                            for item in items {
                                replace(item, section, id);
                            }
                        }
                        (Some((_, section)), field @ (Value::Number(_) | Value::String(_))) => {
                            replace(field, section, id);
                        }
                        (_, field) => self.translate(field, id),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.translate(item, id)),
            _ => {}
        }
    }

    fn name(&self, section: &str, index: usize) -> Option<&str> {
        self.sections.get(section)?.get(index).map(String::as_str)
    }

    fn position(&self, section: &str, name: &str) -> Option<usize> {
        self.sections.get(section)?.iter().position(|known| known == name)
    }
}

fn replace(value: &mut Value, section: &'static str, id: &dyn Fn(&'static str, &Value) -> Option<Value>) {
    if let Some(translated) = id(section, value) {
        *value = translated;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{
        ActOrder, Answer, CallAnswer, Contact, FlashOrder, Inducement, Message, ProposalDraft, Stance, Word,
    };
    use crate::scenario::section::ReplyRule;
    use crate::vocabulary::words::Politics;
    use crate::vocabulary::{
        AccordId, ActionId, BodyId, ChannelId, InjectId, Reading, Rung, SiteId, TermId, TrackId, TriggerId,
    };

    fn table() -> NameTable {
        let sections = FIELDS
            .iter()
            .map(|(_, section)| (*section, (0..4).map(|index| format!("{section}_{index}")).collect()));
        NameTable { sections: sections.collect() }
    }

    fn every_slot() -> Orders {
        let action = ActionId::new(1);
        let channel = ChannelId::new(2);
        let ally = SeatId::new(3);
        Orders {
            contacts: vec![
                Contact::Call { channel, to: ally, message: Message::Notice(action) },
                Contact::Consult { body: BodyId::new(0), action },
                Contact::Restrain { ally, from: Rung(7), with: Inducement::Caveat },
                Contact::AskRelease { ally, action },
            ],
            answers: vec![CallAnswer::Answer(Message::Notice(action)), CallAnswer::LetRing],
            act: Some(ActOrder { action, start_tick: 1, defy: true }),
            word: Some(Word::Propose(ProposalDraft {
                to: ally,
                over: Some(channel),
                terms: vec![TermId::new(0), TermId::new(3)],
                deadline: Some(2880),
                threat: Some(action),
                ambiguous: true,
                counters: Some(9),
            })),
            stances: vec![
                Stance::Engage {
                    site: SiteId::new(1),
                    reply: ReplyRule::Hold,
                    volume: 100,
                    delegated: Rung(7),
                },
                Stance::Answering { channel, answers: false },
                Stance::Line { channel, politics: Politics::Cut },
                Stance::Consent { ally, up_to: Rung(8) },
                Stance::PreDelegate { trigger: TriggerId::new(2), on: true },
                Stance::Stop { action },
                Stance::Countermand { action },
                Stance::Accord { accord: AccordId::new(1), keep: false },
            ],
            estimate: Some(250_000),
            flash: Some(FlashOrder::Call { channel, message: Message::Notice(action) }),
        }
    }

    #[test]
    fn orders_come_back_from_their_names() {
        let orders = every_slot();
        assert_eq!(table().read(&table().write(&orders)), Ok(orders));
        for word in [
            Word::Statement { reading: Reading::Firm, bound: true },
            Word::Answer { proposal: 2, answer: Answer::Talk },
            Word::Extend { proposal: 3, by: 720 },
        ] {
            let orders = Orders { word: Some(word), ..Orders::default() };
            assert_eq!(table().read(&table().write(&orders)), Ok(orders));
        }
    }

    #[test]
    fn acts_of_control_come_back_from_their_names() {
        use crate::engine::{Argument, Consequence, Effect, InjectDeed, Ruling, Words};
        let words = || Words { headline: "to".to_owned(), text: "seats_1".to_owned() };
        let (track, channel) = (TrackId::new(2), ChannelId::new(1));
        let (seat, action) = (SeatId::new(3), ActionId::new(1));
        let effects = vec![
            Effect::Level { track, level: 1 },
            Effect::Shift { track, by: -1 },
            Effect::Line { channel, politics: Politics::Silent },
            Effect::Works { channel, working: false },
            Effect::Deaths { seat, dead: 1 },
            Effect::Civilians { dead: 2 },
            Effect::Accord {
                accord: AccordId::new(0),
                status: crate::vocabulary::words::AccordStatus::InForce,
            },
            Effect::Act { seat, action },
            Effect::Stop { seat, action },
            Effect::Cancel { seat, action },
        ];
        let consequence = Consequence { words: Some(words()), audience: vec![seat, SeatId::new(0)], effects };
        let ruling = Ruling {
            seat: Some(seat),
            proposal: "actions_1".to_owned(),
            base: 3,
            arguments: vec![Argument { text: "terms_0".to_owned(), weight: -1 }],
            success: consequence.clone(),
            failure: Consequence::default(),
        };
        let inject = InjectId::new(1);
        for act in [
            ControlAct::Inject { inject, deed: InjectDeed::Fire },
            ControlAct::Inject { inject, deed: InjectDeed::Reword(words()) },
            ControlAct::Write(consequence),
            ControlAct::Correct { effect: Effect::Level { track, level: 3 }, why: "tracks_2".to_owned() },
            ControlAct::Rule(ruling),
        ] {
            assert_eq!(table().read_act(&table().write_act(&act)), Ok(act));
        }
    }

    #[test]
    fn only_numbers_that_mean_themselves_stay_numbers() {
        let written = serde_json::to_string(&table().write(&every_slot())).unwrap();
        let numbers: Vec<&str> = written
            .split(['{', '}', ','])
            .filter(|field| field.rsplit(':').next().is_some_and(|value| value.parse::<i64>().is_ok()))
            .map(|field| field.split(':').next().unwrap_or_default())
            .collect();
        assert_eq!(
            numbers,
            [
                r#""from""#,
                r#""start_tick""#,
                r#""deadline""#,
                r#""counters""#,
                r#""volume""#,
                r#""delegated""#,
                r#""up_to""#,
                r#""estimate""#
            ]
        );
        assert!(written.contains(r#""act":{"action":"actions_1","start_tick":1,"defy":true}"#), "{written}");
    }

    #[test]
    fn an_unknown_name_is_an_error() {
        let written: NamedOrders = serde_json::from_str(r#"{"act":{"action":"dance"}}"#).unwrap();
        assert!(table().read(&written).is_err());
    }
}
