//! Execution: workers take chunks in order, play them and write a part each. What they write depends on the plan alone.

use super::folder::{Folder, SweepError};
use super::part::Identity;
use super::plan::Plan;
use super::play::{Player, Unplayed};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// How often whoever watches is told.
const WATCH: Duration = Duration::from_millis(50);

/// Plays chunks on so many threads. `watch` is told now and then how many runs are done, and says whether to go on.
/// Gives whether all was done.
///
/// # Errors
/// The first failure; what is written by then stays.
pub fn execute(
    plan: &Plan,
    identity: &Identity,
    folder: &Folder,
    todo: &[u64],
    threads: usize,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<bool, SweepError> {
    folder.make_parts()?;
    let (stop, done, next) = (AtomicBool::new(false), AtomicU64::new(0), AtomicUsize::new(0));
    let (tell, told) = mpsc::channel();
    let mut failed = None;
    std::thread::scope(|scope| {
        for number in 0..threads.clamp(1, todo.len().max(1)) {
            let (tell, stop, done, next) = (tell.clone(), &stop, &done, &next);
            let work = move || {
                let mut player = Player::new(plan);
                while let Some(&chunk) = todo.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = match player.chunk(identity, chunk, stop, done) {
                        Ok(part) => folder.put(&part),
                        Err(Unplayed::Stopped) => break,
                        Err(Unplayed::NoSuchRun(none)) => {
                            Err(SweepError::NoSuchRun(format!("run {}: {}", none.run, none.why)))
                        }
                    };
                    if let Err(error) = result {
                        stop.store(true, Ordering::Relaxed);
                        // Nobody listens any more only if the sweep is over.
                        let _ = tell.send(error);
                        break;
                    }
                }
            };
            let worker = std::thread::Builder::new().name(format!("{WORKER}{number}"));
            worker.spawn_scoped(scope, work).expect("the system has room for a thread");
        }
        drop(tell);
        loop {
            match told.recv_timeout(WATCH) {
                Ok(error) => {
                    failed.get_or_insert(error);
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            if !watch(done.load(Ordering::Relaxed)) {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    watch(done.load(Ordering::Relaxed));
    match failed {
        Some(error) => Err(error),
        None => Ok(!stop.load(Ordering::Relaxed) && next.load(Ordering::Relaxed) >= todo.len()),
    }
}

/// How the names of the threads begin that play.
pub const WORKER: &str = "sweep-";
