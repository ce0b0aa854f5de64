//! Morris's screening: how much each factor matters, and whether it acts alone.

use super::bootstrap::bootstrap;
use crate::statistics::interval::Estimate;

/// What the elementary effects of a factor say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The mean effect of moving the factor from one end of its range to the other: it has a sign.
    pub mean: Estimate,
    /// The mean size of that effect (Campolongo, Cariboni and Saltelli 2007): how much the factor matters.
    pub mu_star: Estimate,
    /// The standard deviation of the effects: large beside [`Effect::mu_star`] if the factor bends or acts together
    /// with others.
    pub sigma: Estimate,
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn mean_size(values: &[f64]) -> f64 {
    values.iter().map(|value| value.abs()).sum::<f64>() / values.len() as f64
}

fn deviation(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares: f64 = values.iter().map(|value| (value - centre) * (value - centre)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// The mean sizes of the effects of all factors, without intervals.
pub fn sizes(trajectories: &[Vec<f64>], factors: usize) -> Vec<f64> {
    let size = |k: usize| mean_size(&trajectories.iter().map(|effects| effects[k]).collect::<Vec<_>>());
    (0..factors).map(size).collect()
}

/// Sums up elementary effects: by trajectory, then factor, in units of the factor's whole range (Morris 1991). The
/// intervals resample trajectories.
pub fn morris(trajectories: &[Vec<f64>], factors: usize, rounds: usize, seed: u64) -> Vec<Effect> {
    let effect = |factor: usize| {
        let effects: Vec<f64> = trajectories.iter().map(|effects| effects[factor]).collect();
        let seed = seed.wrapping_add(factor as u64);
        Effect {
            mean: bootstrap(&effects, mean, rounds, seed),
            mu_star: bootstrap(&effects, mean_size, rounds, seed),
            sigma: bootstrap(&effects, deviation, rounds, seed),
        }
    };
    (0..factors).map(effect).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_that_cancel_have_a_size_and_no_direction() {
        let trajectories: Vec<Vec<f64>> =
            (0..40).map(|t| vec![2.0, if t % 2 == 0 { 1.0 } else { -1.0 }, 0.0]).collect();
        let effects = morris(&trajectories, 3, 200, 1);
        assert_eq!(
            (effects[0].mean.value, effects[0].mu_star.value, effects[0].sigma.value),
            (2.0, 2.0, 0.0)
        );
        assert_eq!((effects[1].mean.value, effects[1].mu_star.value), (0.0, 1.0));
        assert!((effects[1].sigma.value - (40.0f64 / 39.0).sqrt()).abs() < 1e-12);
        assert!(effects[1].mean.interval.contains(0.2) && !effects[1].mean.interval.contains(0.5));
        assert_eq!(effects[2].mu_star.value, 0.0);
    }
}
