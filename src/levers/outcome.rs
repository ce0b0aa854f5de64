//! Outcomes: what is read from a game that is over.

use crate::engine::{Outcome as Course, Rules};
use crate::scenario::section::EndingClass;
use crate::sweep::{Measure, columns};
use crate::vocabulary::Rung;

/// Something that a recommendation may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Whether an act reached a rung behind a firebreak, and what that rung is called.
    Reached(Rung, String),
    /// Whether it became war.
    War,
    /// Days until it was over.
    Days,
    /// The strongest belief of a seat that an ally does not come.
    Abandonment,
    /// The strongest belief of a seat that an ally acts unconsulted.
    Entrapment,
    /// The level of a track at the end: its position, and what it is called.
    Level(usize, String),
}

impl Outcome {
    /// The outcomes of these rules: one for each firebreak of the ladder, then the others, then one for each track.
    pub fn all(rules: &Rules) -> Vec<Outcome> {
        let ladder = &rules.scenario().document.ladder;
        let mut breaks: Vec<Outcome> = ladder
            .iter()
            .filter(|rung| rung.crossing_cost > 0.0)
            .map(|rung| Outcome::Reached(Rung(rung.rung), rung.label.clone()))
            .collect();
        breaks.extend([Outcome::War, Outcome::Days, Outcome::Abandonment, Outcome::Entrapment]);
        let tracks = rules.scenario().document.tracks.iter().enumerate();
        breaks.extend(tracks.map(|(at, track)| Outcome::Level(at, track.label.clone())));
        breaks
    }

    /// How it is called.
    pub fn label(&self) -> String {
        match self {
            Outcome::Reached(rung, label) => {
                format!("reaches rung {rung} ({}) or more", label.to_lowercase())
            }
            Outcome::War => "becomes general war".to_owned(),
            Outcome::Days => "days until it is over".to_owned(),
            Outcome::Abandonment => "strongest fear of abandonment".to_owned(),
            Outcome::Entrapment => "strongest fear of entrapment".to_owned(),
            Outcome::Level(_, label) => format!("at the end: {}", label.to_lowercase()),
        }
    }

    /// What its whole numbers have to be divided by: minutes of a day, parts per million.
    pub fn scale(&self) -> f64 {
        match self {
            Outcome::Reached(..) | Outcome::War | Outcome::Level(..) => 1.0,
            Outcome::Days => 1440.0,
            Outcome::Abandonment | Outcome::Entrapment => 1e6,
        }
    }

    /// Whether it is had or not: its mean is a chance.
    pub fn is_chance(&self) -> bool {
        matches!(self, Outcome::Reached(..) | Outcome::War)
    }
}

/// Reads outcomes from what a sweep would put into a row.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    outcomes: Vec<Outcome>,
    abandonment: Vec<usize>,
    entrapment: Vec<usize>,
    row: Vec<i64>,
}

impl Reader {
    pub fn new(rules: &Rules) -> Reader {
        let named = columns(rules, &[]);
        let first = named.iter().position(|column| column.name == "peak").unwrap_or(named.len());
        let worst = |word: &str| -> Vec<usize> {
            let measured = named[first..].iter().enumerate();
            let fits = |name: &str| name.starts_with(word) && name.ends_with(".worst");
            measured.filter(|(_, column)| fits(&column.name)).map(|(at, _)| at).collect()
        };
        Reader {
            outcomes: Outcome::all(rules),
            abandonment: worst("abandonment."),
            entrapment: worst("entrapment."),
            row: Vec::new(),
        }
    }

    /// Everything that was measured in the last game that was read.
    pub fn row(&self) -> &[i64] {
        &self.row
    }

    /// The outcomes of a game that is over, as whole numbers, after its highest rung.
    pub fn read(&mut self, course: &Course, measure: &mut Measure, into: &mut Vec<i64>) {
        measure.row(course, &mut self.row);
        let worst = |at: &[usize]| at.iter().map(|at| self.row[*at]).max().unwrap_or(0);
        into.clear();
        into.push(i64::from(course.peak.0));
        into.extend(self.outcomes.iter().map(|outcome| match outcome {
            Outcome::Reached(rung, _) => i64::from(course.peak >= *rung),
            Outcome::War => i64::from(course.class == Some(EndingClass::War)),
            Outcome::Days => i64::from(course.minutes),
            Outcome::Abandonment => worst(&self.abandonment),
            Outcome::Entrapment => worst(&self.entrapment),
            Outcome::Level(track, _) => i64::from(measure.levels()[*track]),
        }));
    }
}
