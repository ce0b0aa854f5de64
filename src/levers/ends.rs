//! An instrument as a lever of its own: everything that stands for it at its low end, and at its high end.

use super::catalogue::{Arm, Instrument, Lever};
use crate::scenario::document::{SettingDoc, SettingValue};
use crate::scenario::{Allowed, Offered};

impl Instrument {
    /// The lever from one end of what stands for the instrument to the other, as far as it can be set: parameters and
    /// tracks over their ranges, lines cut or open, accords absent or in force, acts off the menu or on it, bodies
    /// that take their longest or their shortest. `None` if nothing of it can be set.
    pub fn ends(&self, offered: &[Offered]) -> Option<Lever> {
        let (mut without, mut with) = (Arm::default(), Arm::default());
        for by in &self.by {
            let prefix = format!("{by}.");
            for setting in offered.iter().filter(|offered| offered.name.starts_with(&prefix)) {
                if let Some((low, high)) = ends(setting) {
                    let doc = |value| SettingDoc { name: setting.name.clone(), value };
                    without.settings.push(doc(low));
                    with.settings.push(doc(high));
                }
            }
        }
        (without != with).then(|| Lever {
            name: self.name.clone(),
            label: self.label.clone(),
            claim: self.changes.clone(),
            instruments: vec![self.name.clone()],
            scenarios: Vec::new(),
            without,
            with,
        })
    }
}

/// The values of a setting at which what it sets is least there, and most. A line's politics follow from its regime.
fn ends(setting: &Offered) -> Option<(SettingValue, SettingValue)> {
    let word = |word: &str| SettingValue::Choice(word.to_owned());
    match (&setting.allowed, setting.name.rsplit('.').next()?) {
        // A factor on a body's lead: nothing is the fastest.
        (Allowed::Numbers { low, high, .. }, "lead_factor") => {
            Some((SettingValue::Number(*high), SettingValue::Number(*low)))
        }
        (Allowed::Numbers { low, high, .. }, _) => {
            Some((SettingValue::Number(*low), SettingValue::Number(*high)))
        }
        (Allowed::Wholes { low, high }, _) => {
            Some((SettingValue::Whole(i64::from(*low)), SettingValue::Whole(i64::from(*high))))
        }
        (Allowed::Words(_), "regime") => Some((word("ForcedCut"), word("ForcedOpen"))),
        (Allowed::Words(_), "status") => Some((word("Absent"), word("InForce"))),
        (Allowed::Words(_), "offered") => Some((SettingValue::Flag(false), SettingValue::Flag(true))),
        (Allowed::Words(_), _) => None,
    }
}
