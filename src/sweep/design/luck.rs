//! The designs' own luck: a pure function of the seed and an address.

/// A draw at an address.
pub fn draw(seed: u64, purpose: &str, a: u64, b: u64) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(purpose.as_bytes());
    for word in [seed, a, b] {
        hasher.update(&word.to_le_bytes());
    }
    let hash = hasher.finalize();
    hash.as_bytes().iter().take(8).fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Where a shuffle of `0..count` puts `index`: a Feistel network over the next power of four, walked until it lands
/// inside.
pub fn shuffled(seed: u64, purpose: &str, shuffle: u64, count: u64, index: u64) -> u64 {
    let half = (64 - count.saturating_sub(1).leading_zeros()).div_ceil(2).max(1);
    let mask = (1 << half) - 1;
    let mut at = index;
    loop {
        let (mut left, mut right) = (at >> half, at & mask);
        for round in 0..6 {
            let mixed = left ^ (draw(seed, purpose, shuffle << 3 | round, right) & mask);
            (left, right) = (right, mixed);
        }
        at = left << half | right;
        if at < count {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_is_a_permutation_and_differs_by_seed_and_number() {
        for count in [1, 2, 3, 7, 64, 100, 1000] {
            let mut seen: Vec<u64> = (0..count).map(|i| shuffled(5, "x", 2, count, i)).collect();
            seen.sort_unstable();
            assert!(seen.iter().copied().eq(0..count), "{count}");
        }
        let order = |seed, k| (0..50).map(|i| shuffled(seed, "x", k, 50, i)).collect::<Vec<_>>();
        assert_ne!(order(1, 0), order(2, 0));
        assert_ne!(order(1, 0), order(1, 1));
    }
}
