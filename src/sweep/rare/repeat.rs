//! What one repeat of a splitting counted: whole numbers, from which its estimates follow.

use serde::Serialize;

/// What happened on the way to one level; the last stage leads to the end of all games.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Games that reached the level.
    pub reached: u64,
    /// Games that ended on the way, or by reaching it, with the event.
    pub hits: u64,
    /// Ticks played on the way by all games.
    pub ticks: u64,
    /// Ticks of the games that ended on the way, from their very first.
    pub lengths: u64,
}

/// One repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// Games at once.
    pub games: u64,
    /// By level, and one more where games are played to their end; it stops where no game got further.
    pub stages: Vec<Stage>,
}

impl Repeat {
    /// The share of runs that a game stood for, by stage: the product of the shares that got so far.
    fn weights(&self) -> impl Iterator<Item = (f64, &Stage)> {
        let games = self.games as f64;
        self.stages.iter().scan(1.0 / games, move |weight, stage| {
            let before = *weight;
            *weight *= stage.reached as f64 / games;
            Some((before, stage))
        })
    }

    /// The chance of the event.
    pub fn chance(&self) -> f64 {
        self.weights().map(|(weight, stage)| weight * stage.hits as f64).sum()
    }

    /// The chance of reaching a level, by its position.
    pub fn chance_of_level(&self, level: usize) -> f64 {
        self.weights().nth(level).map_or(0.0, |(weight, stage)| weight * stage.reached as f64)
    }

    /// The mean length of a run, in ticks.
    pub fn length(&self) -> f64 {
        self.weights().map(|(weight, stage)| weight * stage.lengths as f64).sum()
    }

    /// Ticks played.
    pub fn ticks(&self) -> u64 {
        self.stages.iter().map(|stage| stage.ticks).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_game_counts_for_what_it_stood_for_when_it_ended() {
        // Of four games one gets on; of its four forks two end with the event at the level, two without.
        let stage = |reached, hits, ticks, lengths| Stage { reached, hits, ticks, lengths };
        let repeat =
            Repeat { games: 4, stages: vec![stage(1, 1, 40, 30), stage(2, 0, 8, 40), stage(0, 3, 4, 50)] };
        assert_eq!(repeat.chance(), 1.0 / 4.0 + 3.0 * (1.0 / 4.0) * (1.0 / 4.0) * (2.0 / 4.0));
        assert_eq!((repeat.chance_of_level(0), repeat.chance_of_level(1)), (0.25, 0.125));
        assert_eq!(repeat.chance_of_level(7), 0.0);
        assert_eq!(repeat.length(), 30.0 / 4.0 + 40.0 / 16.0 + 50.0 / 32.0);
        assert_eq!(repeat.ticks(), 52);
    }
}
