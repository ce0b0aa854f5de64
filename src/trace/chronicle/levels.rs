//! How the levels moved that the crisis is about.

use crate::engine::Game;
use crate::scenario::Scenario;
use crate::trace::call::CallRecord;
use crate::trace::debrief::{LevelCourse, LevelMove};
use crate::trace::wording::{Wording, one_line};
use crate::vocabulary::{Id, TrackId};
use std::cmp::Reverse;

/// How many moves of a level are told.
const MOST: usize = 2;

/// Follows the levels in focus.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels(Vec<Course>);

#[derive(Clone, Debug)]
struct Course {
    track: TrackId,
    start: i32,
    /// One a turn in which it moved.
    moves: Vec<LevelMove>,
}

impl Course {
    fn now(&self) -> i32 {
        self.moves.last().map_or(self.start, |last| last.to)
    }
}

impl Levels {
    pub(super) fn call(&mut self, record: &CallRecord, game: &Game, scenario: &Scenario) {
        if self.0.is_empty() {
            let tracks = scenario.document.tracks.iter().zip(&game.rules().bound.tracks).enumerate();
            let focus = tracks.filter(|(_, (doc, _))| doc.is_in_focus());
            let course = |(t, (_, bound)): (usize, (_, &crate::scenario::section::Track))| Course {
                track: TrackId::new(t),
                start: bound.start,
                moves: Vec::new(),
            };
            self.0 = focus.map(course).collect();
        }
        let turn = record.in_turn();
        for course in &mut self.0 {
            let (from, to) = (course.now(), game.levels()[course.track.index()]);
            match course.moves.last_mut().filter(|last| last.turn == turn) {
                Some(last) => last.to = to,
                None if from != to => course.moves.push(LevelMove { turn, from, to }),
                None => {}
            }
        }
    }

    /// Where each level began and ended, and when it moved most.
    pub(super) fn courses(&self, scenario: &Scenario) -> Vec<LevelCourse> {
        let words = Wording::new(scenario);
        let told = self.0.iter().map(|course| {
            let mut moves: Vec<LevelMove> =
                course.moves.iter().filter(|moved| moved.from != moved.to).copied().collect();
            moves.sort_by_key(|moved| Reverse(moved.to.abs_diff(moved.from)));
            moves.truncate(MOST);
            moves.sort_by_key(|moved| moved.turn);
            LevelCourse {
                level: words.track(course.track),
                unit: one_line(&scenario.document.tracks[course.track.index()].unit),
                start: course.start,
                end: course.now(),
                moves,
            }
        });
        told.collect()
    }
}
