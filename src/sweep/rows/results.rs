//! What a finished sweep found: its plan, its manifest, and the runs that have measurements.

use super::super::check::MOST_RUNS;
use super::super::design::{Design, Place};
use super::super::experiment::{Experiment, Pairing};
use super::super::factor::Spot;
use super::super::folder::{Folder, RUNS, STEPS, SweepError};
use super::super::merge::{Manifest, manifest};
use super::table::file_of;
use super::{Column, Kind, Status, Table, Value};
use std::path::Path;

/// The runs of a design point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// The rows that have measurements.
    pub rows: Vec<u32>,
    /// Runs that did not end.
    pub budget: u64,
    /// Runs that panicked.
    pub panics: u64,
}

/// How a sweep's points are laid out, as far as it matters to who reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Morris's trajectories, one after another: each as many points as there are factors, and one.
    Trajectories,
    /// Saltelli's blocks, one after another, as SALib lays them out.
    Saltelli {
        /// Whether a block is long enough for the indices of pairs.
        second_order: bool,
    },
    /// Any other way.
    Other,
}

/// A finished sweep, read back.
#[derive(Clone, Debug)]
pub struct Results {
    folder: Folder,
    /// What was planned.
    pub experiment: Experiment,
    /// What it says of itself.
    pub manifest: Manifest,
    /// The runs that have measurements, in order.
    pub runs: Table,
    /// The runs of every design point.
    pub points: Vec<Point>,
    /// The luck of every row, numbered from 0 without gaps.
    lucks: Vec<u32>,
    luck_numbers: Vec<i64>,
}

impl Results {
    /// Reads a folder.
    ///
    /// # Errors
    /// If it is no finished sweep, or a table is damaged.
    pub fn read(path: &Path) -> Result<Results, SweepError> {
        let folder = Folder::at(path);
        let stored = folder.stored()?;
        let Some(manifest) = manifest(&folder)? else {
            return Err(SweepError::Parts(format!(
                "'{}' is not finished: it has no `manifest.json` yet. Give the sweep's command again, or merge its parts",
                path.display()
            )));
        };
        if manifest.plan != stored.hash {
            let why =
                format!("'{}' holds plan {} and results of {}", path.display(), stored.hash, manifest.plan);
            return Err(SweepError::Damaged(why));
        }
        let planned = stored.experiment.design.points(&stored.experiment.factors);
        if planned != Some(manifest.points) || manifest.points > MOST_RUNS {
            let why = format!(
                "'{}': the manifest has {} points, and its plan others",
                path.display(),
                manifest.points
            );
            return Err(SweepError::Damaged(why));
        }
        let at = |name: &str| {
            let found = manifest.columns.iter().position(|column| column.name == name);
            let missing = || format!("'{}': the manifest has no column `{name}`", path.display());
            found.ok_or_else(|| SweepError::Damaged(missing()))
        };
        let (point_at, status_at) = (at("point")?, at("status")?);
        let mut points = vec![Point::default(); manifest.points as usize];
        let mut rows = 0;
        let file = file_of(&manifest.files, RUNS, path)?;
        // The seed is one for all, and larger than a cell.
        let wanted = |column: &Column| column.name != "seed";
        let runs = Table::read(&folder, file, &manifest.columns, wanted, |row| {
            let point = row[point_at].parse().ok().and_then(|point: usize| points.get_mut(point));
            let point = point.ok_or_else(|| format!("`{}` is no design point", &row[point_at]))?;
            let done = &row[status_at] == Status::Done.word();
            if done {
                point.rows.push(rows);
                rows += 1;
            }
            point.budget += u64::from(&row[status_at] == Status::Budget.word());
            point.panics += u64::from(&row[status_at] == Status::Panic.word());
            Ok(done)
        })?;
        let cells = runs.cells(at("luck")?);
        let mut luck_numbers = cells.to_vec();
        luck_numbers.sort_unstable();
        luck_numbers.dedup();
        let rank = |luck: &i64| luck_numbers.binary_search(luck).unwrap_or_default() as u32;
        let lucks = cells.iter().map(rank).collect();
        Ok(Results { folder, experiment: stored.experiment, manifest, runs, points, lucks, luck_numbers })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Whether another has the same runs, to the byte, wherever it was read from.
    pub fn has_same_runs(&self, other: &Results) -> bool {
        self.manifest == other.manifest
    }

    /// The luck of a row, numbered from 0 without gaps.
    pub fn luck(&self, row: u32) -> usize {
        self.lucks[row as usize] as usize
    }

    /// The run number that the dice of a luck knew.
    pub fn luck_number(&self, luck: usize) -> i64 {
        self.luck_numbers[luck]
    }

    /// How many different lucks there are.
    pub fn luck_count(&self) -> usize {
        self.luck_numbers.len()
    }

    /// The row of a run, if it has measurements.
    pub fn row_of(&self, run: i64) -> Option<u32> {
        let at = self.runs.column("run")?;
        self.runs.cells(at).binary_search(&run).ok().map(|row| row as u32)
    }

    /// Whether run r of every point has the same luck.
    pub fn shares_luck(&self) -> bool {
        self.experiment.pairing == Pairing::Common
    }

    /// The values of all factors at a design point.
    pub fn values(&self, point: usize) -> Vec<Value> {
        let Experiment { design, factors, seed, .. } = &self.experiment;
        design.values(factors, *seed, point as u64)
    }

    /// How the points are laid out.
    pub fn layout(&self) -> Layout {
        match self.experiment.design {
            Design::Morris { .. } => Layout::Trajectories,
            Design::Saltelli { second_order, .. } => Layout::Saltelli { second_order },
            _ => Layout::Other,
        }
    }

    /// How far along a factor's range a point of a trajectory lies, from 0 to 1.
    pub fn step(&self, point: usize, factor: usize) -> f64 {
        let Experiment { design, factors, seed, .. } = &self.experiment;
        match design.place(factors, *seed, point as u64, factor) {
            Place::Spot(Spot::Step { k, of }) => f64::from(k) / f64::from(of.max(1)),
            _ => 0.0,
        }
    }

    /// The columns that hold what was measured.
    pub fn measured(&self) -> impl Iterator<Item = (usize, &Column)> {
        let before = super::super::columns::before_measured(self.experiment.factors.len());
        self.runs.columns().iter().enumerate().skip(before)
    }

    /// Reads some columns of `steps.csv`; all rows.
    ///
    /// # Errors
    /// If the sweep has none, or it is damaged.
    pub fn steps(&self, wanted: &[&str]) -> Result<Table, SweepError> {
        let file = file_of(&self.manifest.files, STEPS, self.path())?;
        let wanted = |column: &Column| wanted.contains(&column.name.as_str()) && column.kind == Kind::Whole;
        Table::read(&self.folder, file, &self.manifest.step_columns, wanted, |_| Ok(true))
    }

    /// Whether every turn has a row too.
    pub fn has_steps(&self) -> bool {
        self.experiment.steps
    }
}
