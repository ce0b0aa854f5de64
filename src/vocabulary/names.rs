//! A reference by name that compilation turns into an id, in place.

use super::Id;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A name in a scenario file that refers to an entry of another section.
///
/// Authored and compiled form are one type: reading gives the name, compiling looks it up once, and from then
/// on [`Ref::id`] answers without a search. A scenario with an unresolved name never leaves `compile`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref<I> {
    name: String,
    id: Option<I>,
}

impl<I: Id> Ref<I> {
    /// A reference that still has to be resolved.
    pub fn named(name: impl Into<String>) -> Self {
        Ref { name: name.into(), id: None }
    }

    /// The name as written.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Remembers what the name stands for.
    pub fn resolve(&mut self, id: I) {
        self.id = Some(id);
    }

    /// The id.
    ///
    /// # Panics
    /// Panics if the reference was never resolved, which a compiled scenario rules out.
    pub fn id(&self) -> I {
        self.id.expect("compile resolves every name of a scenario")
    }
}

impl<I> Serialize for Ref<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de, I: Id> Deserialize<'de> for Ref<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Ref::named)
    }
}
