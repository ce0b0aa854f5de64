//! `offramp sweep`: many games by a plan.

use super::exit::{Exit, Failure};
use super::experiment::{Changes, plan};
use super::progress::{Progress, Show};
use super::{cores, say};
use crate::sweep::{
    Folder, Found, Identity, Manifest, Plan, SweepError, Tally, WORKER, execute, finished, identity,
    may_stop_after, merge, plain_rules,
};
use crate::trace::one_line;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Runs an experiment, or many games of one scenario, into a folder of tables.
///
/// Repeated, it does only what is missing. The tables are the same bytes for any number of threads, and however often
/// it was interrupted.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp sweep august-2015 --runs 1000 --out base\n  \
                        offramp sweep hotlines.ron --out hotlines --threads 4\n  \
                        offramp sweep hotlines.ron --out node3 --shard 3/8 --threads 1\n  \
                        offramp sweep hotlines.ron --out hotlines --missing\n\n\
                        Exit codes: 65 the folder holds another plan, or a damaged part (--resume does it again); \
                        70 a run panicked; 75 another process sweeps into this folder; 130 interrupted.")]
pub struct Sweep {
    /// An experiment file, or a scenario: a path, or the name of a shipped one.
    experiment: OsString,
    /// The folder that the tables go into.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    changes: Changes,
    /// Threads that play; as many as there are cores unless told.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Do damaged parts and tables again, instead of stopping at them.
    #[arg(long)]
    resume: bool,
    /// Only list the chunks that are missing, one a line.
    #[arg(long)]
    missing: bool,
    /// Play every N-th chunk from number I on (I from 0), and leave merging to `offramp merge`.
    #[arg(long, value_name = "I/N", conflicts_with = "chunk", value_parser = shard)]
    shard: Option<(u64, u64)>,
    /// Play this chunk, and leave merging to `offramp merge`.
    #[arg(long, value_name = "K")]
    chunk: Option<u64>,
    /// How progress is shown on stderr.
    #[arg(long, value_enum, default_value_t)]
    progress: Show,
}

/// The signals that end a sweep.
struct Signals(Arc<AtomicUsize>);

impl Signals {
    /// The first ends cleanly; a second ends at once.
    fn watch() -> Result<Signals, Failure> {
        let (caught, again) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again))?;
            signal_hook::flag::register(signal, Arc::clone(&again))?;
            signal_hook::flag::register_usize(signal, Arc::clone(&caught), signal as usize)?;
        }
        Ok(Signals(caught))
    }

    fn caught(&self) -> Option<u8> {
        u8::try_from(self.0.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
    }
}

/// A sweep under way.
struct Work<'a> {
    plan: &'a Plan,
    identity: Identity,
    folder: Folder,
    signals: Signals,
    threads: usize,
    resume: bool,
    show: Show,
}

impl Sweep {
    /// Does what is missing, then makes the tables.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let plan = plan(&self.experiment, &self.changes)?;
        if plan.may_stop() && (self.shard.is_some() || self.chunk.is_some()) {
            return Err(Failure::usage(
                "an experiment with `stop_at` decides by all its rows, so it cannot be played in shards or chunks",
            ));
        }
        let work = Work {
            identity: identity(&plan).map_err(|none| Failure::new(Exit::NotSo, none.why))?,
            folder: Folder::at(&self.out),
            signals: Signals::watch()?,
            threads: self.threads.map_or_else(cores, usize::from),
            resume: self.resume,
            show: self.progress,
            plan: &plan,
        };
        hush_workers();
        let chosen = |chunk: &u64| match (self.shard, self.chunk) {
            (Some((i, n)), _) => chunk % n == i,
            (None, Some(k)) => *chunk == k,
            (None, None) => true,
        };
        if self.chunk.is_some_and(|k| k >= plan.chunks()) {
            return Err(Failure::usage(format!("the plan's chunks are 0 to {}", plan.chunks() - 1)));
        }
        if self.missing {
            return work.list_missing(chosen, out);
        }
        if self.shard.is_some() || self.chunk.is_some() {
            work.folder.claim(&plan)?;
            if work.finished()?.is_some() {
                say(&format!("'{}' is finished: there is nothing left to play", work.path()));
                return Ok(Exit::Done);
            }
            // Several workers may share a folder: whoever plays a chunk writes the same bytes.
            let todo = work.todo((0..plan.chunks()).filter(chosen))?;
            return Ok(work.play(&todo)?.unwrap_or(Exit::Done));
        }
        let _lock = work.folder.lock(&plan)?;
        if let Some(manifest) = work.finished()? {
            // Whoever finished it may have been killed before the parts were gone.
            work.folder.clear_parts()?;
            return work.tell(&manifest, out);
        }
        let rules = plain_rules(&plan)?;
        let mut tally = Tally::new(&plan, &rules, plan.experiment.metrics.clone());
        for round in 0..plan.rounds() {
            let todo = work.todo(plan.chunks_of(round))?;
            if let Some(ended) = work.play(&todo)? {
                return Ok(ended);
            }
            if plan.may_stop() && may_stop_after(&plan, &work.identity, &work.folder, round, &mut tally)? {
                break;
            }
        }
        let manifest =
            merge(std::slice::from_ref(&work.folder), &plan, &rules, &work.identity, &work.folder)?;
        work.folder.clear_parts()?;
        work.tell(&manifest, out)
    }
}

impl Work<'_> {
    /// The chunks among these that have no part; a damaged one has none, if damage is to be made good.
    fn todo(&self, chunks: impl Iterator<Item = u64>) -> Result<Vec<u64>, Failure> {
        let mut todo = Vec::new();
        for chunk in chunks {
            match self.folder.look(&self.identity, chunk)? {
                Found::Whole(_) => {}
                Found::Missing => todo.push(chunk),
                Found::Damaged(why) => {
                    let path = one_line(&self.folder.part(chunk).display().to_string());
                    if !self.resume {
                        let message = format!("'{path}' is damaged: {why}; --resume does it again");
                        return Err(Failure::new(Exit::Data, message));
                    }
                    say(&format!("'{path}' is damaged: {why}; it is done again"));
                    todo.push(chunk);
                }
            }
        }
        Ok(todo)
    }

    /// Plays chunks; gives how the program ends if it must end now.
    fn play(&self, todo: &[u64]) -> Result<Option<Exit>, Failure> {
        let runs = |chunk: &u64| {
            let runs = self.plan.runs_in(*chunk);
            runs.end - runs.start
        };
        let mut progress = Progress::begin(self.show, todo.iter().map(runs).sum());
        let mut watch = |done| {
            progress.at(done);
            self.signals.caught().is_none()
        };
        let played = execute(self.plan, &self.identity, &self.folder, todo, self.threads, &mut watch);
        progress.end();
        let all = played?;
        match self.signals.caught() {
            Some(signal) if !all => {
                say("interrupted; the same command goes on from here");
                Ok(Some(Exit::Signal(signal)))
            }
            _ => Ok(None),
        }
    }

    /// The finished sweep, if it is. One that is damaged is not, if damage is to be made good; whoever makes its tables
    /// anew puts them and the manifest in the place of the damaged ones.
    fn finished(&self) -> Result<Option<Manifest>, Failure> {
        match finished(&self.folder, &self.identity) {
            Err(SweepError::Damaged(why)) if self.resume => {
                say(&format!("{why}; its runs are played again"));
                Ok(None)
            }
            other => Ok(other?),
        }
    }

    fn list_missing(&self, chosen: impl Fn(&u64) -> bool, out: &mut dyn Write) -> Result<Exit, Failure> {
        if self.folder.is_of(self.plan)? && self.finished()?.is_some() {
            return Ok(Exit::Done);
        }
        for chunk in (0..self.plan.chunks()).filter(chosen) {
            match self.folder.look(&self.identity, chunk)? {
                Found::Whole(_) => {}
                Found::Missing | Found::Damaged(_) => writeln!(out, "{chunk}")?,
            }
        }
        Ok(Exit::Done)
    }

    fn path(&self) -> String {
        one_line(&self.folder.path().display().to_string())
    }

    fn tell(&self, manifest: &Manifest, out: &mut dyn Write) -> Result<Exit, Failure> {
        let Manifest { runs, points, replications, budget, panics, .. } = manifest;
        let path = self.path();
        writeln!(out, "{path}: {runs} runs ({points} points x {replications}), plan {}", self.plan.hash)?;
        if manifest.stopped_early {
            writeln!(out, "stopped early: every metric is as exact as wanted")?;
        }
        if *budget > 0 {
            let steps = self.plan.experiment.budget;
            writeln!(out, "{budget} runs did not end within {steps} engine steps, the `budget`")?;
        }
        Ok(verdict(*panics))
    }
}

/// How a sweep ends whose runs panicked so often.
pub(super) fn verdict(panics: u64) -> Exit {
    if panics == 0 {
        return Exit::Done;
    }
    say(&format!("{panics} runs panicked, which is a bug of offramp: their rows have the status `panic`"));
    Exit::Bug
}

/// A panic of a run becomes a row; nobody needs to see it twice.
fn hush_workers() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let name = std::thread::current().name().map(str::to_owned);
        if !name.is_some_and(|name| name.starts_with(WORKER)) {
            before(info);
        }
    }));
}

fn shard(text: &str) -> Result<(u64, u64), String> {
    let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    parts.filter(|(i, n)| i < n).ok_or_else(|| "expected I/N with I from 0 to N - 1, such as 0/8".to_owned())
}
