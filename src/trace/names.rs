//! Orders by authored names: what a record holds, so that it can be read without counting entries.

use crate::engine::Orders;
use crate::scenario::Scenario;
use crate::vocabulary::{Id, SeatId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Which field of an order holds the id of which section.
///
/// Only these are translated; numbers that mean themselves (rungs, deadlines, proposals) stay as they are.
const FIELDS: &[(&str, &str)] = &[
    ("action", "actions"),
    ("accord", "accords"),
    ("ally", "seats"),
    ("body", "bodies"),
    ("channel", "channels"),
    ("Notice", "actions"),
    ("over", "channels"),
    ("site", "sites"),
    ("terms", "terms"),
    ("threat", "actions"),
    ("to", "seats"),
    ("trigger", "triggers"),
];

/// Orders whose ids are written as names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NamedOrders(Value);

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
        let mut value = serde_json::to_value(orders).expect("orders are plain data");
        self.translate(&mut value, &|section, value| {
            let index = usize::try_from(value.as_u64()?).ok()?;
            self.name(section, index).map(Value::from)
        });
        NamedOrders(value)
    }

    /// Orders from their written form.
    ///
    /// # Errors
    /// In words, if a name or a field is unknown.
    pub fn read(&self, orders: &NamedOrders) -> Result<Orders, String> {
        let mut value = orders.0.clone();
        self.translate(&mut value, &|section, value| {
            self.position(section, value.as_str()?).map(Value::from)
        });
        serde_json::from_value(value).map_err(|error| error.to_string())
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
        AccordId, ActionId, BodyId, ChannelId, Reading, Rung, SiteId, TermId, TriggerId,
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
