//! Keyed dice: every draw has an address made of authored names, so no rule can move another rule's luck.
//!
//! A root key, a run number and a game time give one 64-bit key a step ([`RootKey::at`]); a draw is a fixed mix of
//! that key, a [`SiteId`] and an index. Order of evaluation, list order and dense ids never enter. The functions
//! here are part of the record format: the golden vectors below may only change with the rules version.

use crate::vocabulary::{Chance, Minute};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

/// The odd constant of the golden ratio: consecutive multiples spread evenly over 64 bits.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A bijection of 64 bits in which every input bit moves about half of the output bits (the splitmix64 finaliser).
#[inline(always)]
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Continues an FNV-1a hash with a name and the end mark 0xFF, which no UTF-8 text contains.
fn absorb(mut hash: u64, name: &str) -> u64 {
    for byte in name.bytes().chain([0xFF]) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash
}

/// Where a draw is made: a hash of authored names.
///
/// Two sites with one hash would share their luck; compiling a scenario reports that as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(u64);

impl SiteId {
    /// The site of a purpose (such as "incident"), an actor and an item, each by authored name; a part that does
    /// not apply is empty.
    pub fn new(purpose: &str, actor: &str, item: &str) -> Self {
        let hash = [purpose, actor, item].into_iter().fold(0xCBF2_9CE4_8422_2325, absorb);
        SiteId(mix(hash))
    }

    /// The sub-site of a name.
    pub fn with(self, name: &str) -> Self {
        SiteId(mix(absorb(self.0, name)))
    }

    /// The sub-site of another site: cheap enough for run time (an action's site within a seat's).
    #[inline]
    pub fn within(self, outer: SiteId) -> Self {
        SiteId(mix(self.0 ^ outer.0.rotate_left(32).wrapping_mul(GOLDEN)))
    }

    /// The sub-site of a number that means the same in every version of a scenario, such as a time or a count.
    /// Never a dense id: ids move when an entry is added.
    #[inline]
    pub fn nth(self, number: u64) -> Self {
        SiteId(mix(self.0 ^ mix(number.wrapping_add(GOLDEN))))
    }

    /// The hash.
    pub fn hash(self) -> u64 {
        self.0
    }
}

/// What luck is for. Domains share nothing: nobody can foresee adjudication from the draws of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// The rules of play.
    Adjudication,
    /// What is drawn before the first turn: hidden dispositions, starting beliefs.
    Opening,
    /// The redrawing of what a seat cannot know.
    Twin,
    /// Control's rulings.
    Ruling,
    /// An automated seat's own choices, by the hash of the seat's authored name.
    Policy(SiteId),
}

/// The key of one domain's luck, from which the dice of every step are made. Secret: it shows no content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RootKey([u8; 32]);

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootKey(..)")
    }
}

impl RootKey {
    /// The key of a seed's domain.
    pub fn new(seed: u64, domain: Domain) -> Self {
        let (tag, actor) = match domain {
            Domain::Adjudication => ("adjudication", 0),
            Domain::Opening => ("opening", 0),
            Domain::Twin => ("twin", 0),
            Domain::Ruling => ("ruling", 0),
            Domain::Policy(seat) => ("policy", seat.0),
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"offramp dice 1\0").update(tag.as_bytes()).update(b"\0");
        hasher.update(&actor.to_le_bytes()).update(&seed.to_le_bytes());
        RootKey(*hasher.finalize().as_bytes())
    }

    /// The key of a fork: another salt, other luck; salt 0 keeps the luck.
    pub fn fork(self, salt: u64) -> Self {
        if salt == 0 {
            return self;
        }
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"fork\0").update(&salt.to_le_bytes());
        RootKey(*hasher.finalize().as_bytes())
    }

    /// The dice of the step at a game time of a run: the ChaCha8 stream of the run, one block a minute.
    pub fn at(&self, run: u64, minute: Minute) -> StepDice {
        const WORDS_PER_BLOCK: u128 = 16;
        let mut stream = ChaCha8Rng::from_seed(self.0);
        stream.set_stream(run);
        stream.set_word_pos(u128::from(minute as u32) * WORDS_PER_BLOCK);
        StepDice { key: stream.next_u64() }
    }
}

/// The keys that games of one seed start from: derived once, however many runs the seed has.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeedKeys {
    seed: u64,
    pub opening: RootKey,
    pub adjudication: RootKey,
    pub ruling: RootKey,
}

impl SeedKeys {
    /// The keys of a seed.
    pub fn new(seed: u64) -> Self {
        SeedKeys {
            seed,
            opening: RootKey::new(seed, Domain::Opening),
            adjudication: RootKey::new(seed, Domain::Adjudication),
            ruling: RootKey::new(seed, Domain::Ruling),
        }
    }

    /// The keys of a seed, which may be the same.
    pub fn of(self, seed: u64) -> Self {
        if seed == self.seed { self } else { SeedKeys::new(seed) }
    }
}

/// A source of addressed 32-bit draws. The engine rolls [`StepDice`]; tests may script what comes.
pub trait Draws {
    /// The draw at a site and index, uniform over 32 bits; asking twice gives the same draw.
    fn draw(&self, site: SiteId, index: u32) -> u32;

    /// Whether a chance comes.
    #[inline]
    fn chance(&self, site: SiteId, index: u32, chance: Chance) -> bool {
        chance.admits(self.draw(site, index))
    }

    /// A whole number in `0..n`; 0 where `n` is 0.
    #[inline]
    fn below(&self, site: SiteId, index: u32, n: u32) -> u32 {
        share_of(self.draw(site, index), u64::from(n)) as u32
    }

    /// A position, in proportion to the weights. A negative weight counts as zero; if all are zero, position 0.
    #[inline]
    fn pick<W: Copy + Into<i64>>(&self, site: SiteId, index: u32, weights: &[W]) -> usize {
        let parts = || weights.iter().map(|&weight| weight.into().max(0) as u64);
        let total = parts().fold(0, u64::saturating_add);
        if total == 0 {
            return 0;
        }
        let share = share_of(self.draw(site, index), total);
        let mut sum = 0u64;
        parts()
            .position(|weight| {
                sum = sum.saturating_add(weight);
                sum > share
            })
            .unwrap_or(0)
    }

    /// An entry of a table, each as likely as the other: a quantile table gives its distribution.
    ///
    /// # Panics
    /// Panics if the table is empty, which binding rules out.
    #[inline]
    fn table(&self, site: SiteId, index: u32, table: &[i32]) -> i32 {
        table[share_of(self.draw(site, index), table.len() as u64) as usize]
    }
}

/// `total` times the draw as a share of one, rounded down; always below a `total` above zero.
#[inline(always)]
pub(super) fn share_of(draw: u32, total: u64) -> u64 {
    if total <= u64::from(u32::MAX) {
        (u64::from(draw) * total) >> 32
    } else {
        ((u128::from(draw) * u128::from(total)) >> 32) as u64
    }
}

/// The dice of one step. Secret: they show no content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct StepDice {
    key: u64,
}

impl std::fmt::Debug for StepDice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StepDice(..)")
    }
}

impl StepDice {
    /// The dice of one instance within the step, such as an acting seat: every site has luck of its own there.
    #[inline]
    pub fn within(&self, instance: SiteId) -> StepDice {
        StepDice { key: mix(self.key ^ instance.0) }
    }
}

impl Draws for StepDice {
    #[inline(always)]
    fn draw(&self, site: SiteId, index: u32) -> u32 {
        (mix(self.key ^ site.0.wrapping_add(u64::from(index).wrapping_mul(GOLDEN))) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dice() -> StepDice {
        RootKey::new(7, Domain::Adjudication).at(3, 720)
    }

    fn site() -> SiteId {
        SiteId::new("incident", "dprk", "shelling")
    }

    #[test]
    fn draws_never_change_between_versions() {
        assert_eq!(site().hash(), 0x8d77_f569_bde8_abc5);
        assert_eq!(site().with("size").hash(), 0xde4f_c8c5_50af_a959);
        assert_eq!(site().nth(3).hash(), 0xc1c1_632d_08f3_1292);
        let draws: Vec<u32> = (0..16).map(|index| dice().draw(site(), index)).collect();
        assert_eq!(
            draws,
            [
                0x69e5a874, 0x7519c9dc, 0x934bf7f7, 0xd9ad2fe3, 0x42a19ef2, 0x25976f3c, 0xf4462447,
                0x1ff422f2, 0xe5078dfa, 0x5d7cc017, 0x89c49048, 0x61adf468, 0x93fe2fb6, 0xa05d19ec,
                0x1a1995b8, 0x5c398103,
            ]
        );
    }

    #[test]
    fn names_are_told_apart_by_their_place_and_not_only_by_their_letters() {
        assert_ne!(SiteId::new("ab", "c", ""), SiteId::new("a", "bc", ""));
        assert_ne!(SiteId::new("a", "", "b"), SiteId::new("a", "b", ""));
        assert_ne!(
            site().within(SiteId::new("seat", "rok", "")),
            site().within(SiteId::new("seat", "us", ""))
        );
    }

    #[test]
    fn a_draw_depends_on_its_address_and_not_on_what_was_drawn_before() {
        let dice = dice();
        let alone = dice.draw(site(), 4);
        for index in 0..100 {
            dice.draw(SiteId::new("incident", "dprk", "drone"), index);
        }
        assert_eq!(dice.draw(site(), 4), alone);
    }

    #[test]
    fn seed_domain_run_time_and_instance_each_change_the_luck() {
        let root = RootKey::new(7, Domain::Adjudication);
        let others = [
            RootKey::new(8, Domain::Adjudication).at(3, 720),
            RootKey::new(7, Domain::Opening).at(3, 720),
            RootKey::new(7, Domain::Twin).at(3, 720),
            RootKey::new(7, Domain::Policy(site())).at(3, 720),
            RootKey::new(7, Domain::Policy(site().nth(1))).at(3, 720),
            root.at(4, 720),
            root.at(3, 721),
            root.at(3, 720).within(site()),
            root.fork(1).at(3, 720),
            root.fork(2).at(3, 720),
        ];
        let draws: std::collections::BTreeSet<u32> =
            others.iter().chain([&dice()]).map(|dice| dice.draw(site(), 0)).collect();
        assert_eq!(draws.len(), others.len() + 1);
    }

    #[test]
    fn a_fork_with_salt_zero_keeps_its_luck() {
        let root = RootKey::new(7, Domain::Adjudication);
        assert_eq!(root.fork(0), root);
        assert_ne!(root.fork(1), root);
    }

    /// Chi-square over 256 cells, whose mean is 255 and standard deviation 22.6: 380 is beyond five of them.
    fn assert_uniform(cells: &[u32], what: &str) {
        let mean = f64::from(cells.iter().sum::<u32>()) / cells.len() as f64;
        let chi: f64 = cells.iter().map(|&n| (f64::from(n) - mean) * (f64::from(n) - mean) / mean).sum();
        assert!((150.0..380.0).contains(&chi), "{what}: chi-square {chi:.0} over {} cells", cells.len());
    }

    #[test]
    fn draws_are_uniform_in_their_high_and_low_bits() {
        let (mut high, mut low) = ([0u32; 256], [0u32; 256]);
        for index in 0..100_000 {
            let draw = dice().draw(site(), index);
            high[(draw >> 24) as usize] += 1;
            low[(draw & 255) as usize] += 1;
        }
        assert_uniform(&high, "high byte");
        assert_uniform(&low, "low byte");
    }

    #[test]
    fn neighbouring_addresses_are_independent() {
        let root = RootKey::new(7, Domain::Adjudication);
        let other = SiteId::new("incident", "dprk", "drone");
        let (mut indices, mut sites, mut times, mut runs) =
            ([0u32; 256], [0u32; 256], [0u32; 256], [0u32; 256]);
        for n in 0..50_000u32 {
            let pair = |a: u32, b: u32| ((a >> 28) << 4 | b >> 28) as usize;
            let dice = root.at(0, n as i32);
            let here = dice.draw(site(), 0);
            indices[pair(here, dice.draw(site(), 1))] += 1;
            sites[pair(here, dice.draw(other, 0))] += 1;
            times[pair(here, root.at(0, n as i32 + 1).draw(site(), 0))] += 1;
            runs[pair(
                root.at(u64::from(n), 0).draw(site(), 0),
                root.at(u64::from(n) + 1, 0).draw(site(), 0),
            )] += 1;
        }
        assert_uniform(&indices, "two indices");
        assert_uniform(&sites, "two sites");
        assert_uniform(&times, "two times");
        assert_uniform(&runs, "two runs");
    }

    /// Dice that always show one draw.
    struct Fixed(u32);

    impl Draws for Fixed {
        fn draw(&self, _: SiteId, _: u32) -> u32 {
            self.0
        }
    }

    #[test]
    fn a_pick_follows_the_weights_and_takes_the_first_when_all_are_zero() {
        assert_eq!(Fixed(0).pick(site(), 0, &[0i64, -5, 1, 1]), 2);
        assert_eq!(Fixed(u32::MAX).pick(site(), 0, &[1u32, 1, 1, 0]), 2);
        assert_eq!(Fixed(u32::MAX).pick(site(), 0, &[0u32, 0]), 0);
        assert_eq!(Fixed(u32::MAX).pick(site(), 0, &[i64::MAX, i64::MAX, i64::MAX]), 1, "the sum saturates");
        assert_eq!(Fixed(u32::MAX).pick::<i64>(site(), 0, &[]), 0);
    }

    #[test]
    fn bounds_of_draws_are_reached_and_not_passed() {
        assert_eq!(Fixed(0).below(site(), 0, 6), 0);
        assert_eq!(Fixed(u32::MAX).below(site(), 0, 6), 5);
        assert_eq!(Fixed(u32::MAX).below(site(), 0, 0), 0);
        assert_eq!(Fixed(u32::MAX).table(site(), 0, &[3, 5, 8]), 8);
        assert!(Fixed(u32::MAX).chance(site(), 0, Chance::CERTAIN));
        assert!(!Fixed(0).chance(site(), 0, Chance::NEVER));
    }

    #[test]
    fn keys_show_nothing_of_their_content() {
        let root = RootKey::new(7, Domain::Adjudication);
        assert_eq!(format!("{root:?} {:?}", root.at(0, 0)), "RootKey(..) StepDice(..)");
    }
}
