//! Chances: parts per 2^32, compared with a 32-bit draw, so that no float ever decides.

use serde::{Deserialize, Serialize};

/// A probability as parts per 2^32; 2^32 itself is certainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chance(u64);

impl Chance {
    /// Never happens.
    pub const NEVER: Chance = Chance(0);
    /// Always happens.
    pub const CERTAIN: Chance = Chance(1 << 32);

    /// From parts per 2^32, capped at certainty.
    pub fn from_parts(parts: u64) -> Self {
        Chance(parts.min(1 << 32))
    }

    /// From parts per thousand, clamped to 0..=1000.
    pub fn per_mille(parts: i64) -> Self {
        Chance(((parts.clamp(0, 1000) as u64) << 32) / 1000)
    }

    /// From parts per million, clamped to 0..=1,000,000.
    pub fn ppm(parts: i64) -> Self {
        Chance(((parts.clamp(0, 1_000_000) as u64) << 32) / 1_000_000)
    }

    /// From a share in 0..=1, rounded half up. For binding only: the engine holds integers.
    pub fn from_share(share: f64) -> Self {
        Chance((share.clamp(0.0, 1.0) * 4_294_967_296.0 + 0.5) as u64)
    }

    /// The chance 1 - exp(-x) of at least one event where `x`, in parts per million, are expected.
    pub fn of_hazard(ppm: u64) -> Self {
        const ONE: u128 = 1 << 60;
        // exp(-x) as the limit of (1 - x/n)^n, with n = 2^16: right to a part in 10,000 up to x = 3.
        let mut none = ONE.saturating_sub((u128::from(ppm) * ONE / 1_000_000) >> 16);
        for _ in 0..16 {
            none = (none * none) >> 60;
        }
        Chance(((ONE - none) >> 28) as u64)
    }

    /// The parts per 2^32.
    pub fn parts(self) -> u64 {
        self.0
    }

    /// Parts per thousand, rounded to nearest: what a person is shown.
    pub fn as_per_mille(self) -> u32 {
        ((self.0 * 1000 + (1 << 31)) >> 32) as u32
    }

    /// Whether a uniform 32-bit draw falls inside this chance.
    pub fn admits(self, draw: u32) -> bool {
        u64::from(draw) < self.0
    }

    /// This chance times a factor in parts per thousand, capped at certainty.
    pub fn scaled(self, per_mille: i64) -> Self {
        Chance(((self.0 as u128 * per_mille.max(0) as u128) / 1000).min(1 << 32) as u64)
    }
}

/// A chance as an author writes it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum AuthoredChance {
    /// Parts per thousand, 0 to 1000.
    PerMille(f64),
    /// Parts per hundred, 0 to 100.
    Percent(f64),
}

impl AuthoredChance {
    /// The share in 0..=1, or `None` where the number lies outside (or is no number).
    pub fn share(self) -> Option<f64> {
        let share = match self {
            AuthoredChance::PerMille(parts) => parts / 1000.0,
            AuthoredChance::Percent(parts) => parts / 100.0,
        };
        (0.0..=1.0).contains(&share).then_some(share)
    }

    /// The chance; out-of-range values were refused by `check` and are clamped here.
    pub fn bind(self) -> Chance {
        Chance::from_share(match self {
            AuthoredChance::PerMille(parts) => parts / 1000.0,
            AuthoredChance::Percent(parts) => parts / 100.0,
        })
    }
}

impl Default for AuthoredChance {
    fn default() -> Self {
        AuthoredChance::PerMille(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_admits_every_draw_and_never_admits_none() {
        assert!(Chance::CERTAIN.admits(u32::MAX));
        assert!(!Chance::NEVER.admits(0));
        assert_eq!(Chance::per_mille(1000), Chance::CERTAIN);
    }

    #[test]
    fn per_mille_survives_the_round_trip() {
        for parts in 0..=1000 {
            assert_eq!(i64::from(Chance::per_mille(parts).as_per_mille()), parts);
        }
    }

    #[test]
    fn a_chance_above_one_has_no_share() {
        assert_eq!(AuthoredChance::PerMille(1001.0).share(), None);
        assert_eq!(AuthoredChance::Percent(f64::NAN).share(), None);
        assert_eq!(AuthoredChance::Percent(25.0).share(), Some(0.25));
    }
}
