//! The luck of an automated seat: the only place here that names the engine's dice.

pub(super) use crate::engine::dice::{Draws, SiteId, StepDice};

/// The dice of one automated seat at one game time, from a domain that adjudication shares nothing with.
#[derive(Clone, Copy, Debug)]
pub struct SeatDice(StepDice);

impl SeatDice {
    /// The seat's dice, from the step of the seat's own `Domain::Policy`.
    pub fn new(step: StepDice) -> Self {
        SeatDice(step)
    }
}

impl Draws for SeatDice {
    #[inline]
    fn draw(&self, site: SiteId, index: u32) -> u32 {
        self.0.draw(site, index)
    }
}

/// The site of a purpose within the seat's domain; the seat itself is in the domain already.
pub(super) fn site(purpose: &str) -> SiteId {
    SiteId::new(purpose, "", "")
}

/// The sites of a purpose for each entry of a section, by its authored name.
pub(super) fn sites<'a>(purpose: &str, names: impl Iterator<Item = &'a str>) -> Vec<SiteId> {
    names.map(|name| SiteId::new(purpose, "", name)).collect()
}
