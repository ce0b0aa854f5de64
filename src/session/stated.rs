//! What seats believe, beside what is so: for judging whether stated probabilities are right.

use crate::engine::Game;
use crate::scenario::section::HypothesisKind;
use crate::vocabulary::{HypothesisId, Id, Ppm, SeatId};

/// A probability that a seat stated, and whether it was so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Who.
    pub seat: SeatId,
    /// Of which question.
    pub hypothesis: HypothesisId,
    /// Of which answer to it.
    pub kind: usize,
    /// How likely, in parts per million.
    pub belief: Ppm,
    /// Whether it was so.
    pub so: bool,
}

/// What every seat that plays now believes of its rivals' dispositions, one for each type of each hypothesis.
///
/// It tells the truth, so it is for those who look on: analysis and tests.
pub fn stated(game: &Game) -> impl Iterator<Item = Stated> + '_ {
    let bound = &game.rules().bound;
    let players = (0..bound.seats.len()).filter(|s| bound.seats[*s].plays).map(SeatId::new);
    players.flat_map(move |seat| {
        game.observation(seat).beliefs.iter().flat_map(move |view| {
            let hypothesis = &bound.hypotheses[view.hypothesis.index()];
            let asked = matches!(hypothesis.about, HypothesisKind::Disposition(_));
            let truth = game.disposition(hypothesis.subject);
            let types = if asked { usize::from(view.types) } else { 0 };
            (0..types).map(move |kind| Stated {
                seat,
                hypothesis: view.hypothesis,
                kind,
                belief: view.shares[kind],
                so: kind == truth,
            })
        })
    })
}
