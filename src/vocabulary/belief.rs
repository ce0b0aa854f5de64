//! Beliefs: parts per million that sum to one million over a hypothesis' types.

/// Parts per million.
pub type Ppm = u32;

/// What the shares of one belief sum to.
pub const ONE_MILLION: Ppm = 1_000_000;
