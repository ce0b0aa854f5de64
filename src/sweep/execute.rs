//! Execution: workers take chunks in order and play them, and the thread that asked writes a part of each, so that nobody
//! who plays waits for the disk. What is written depends on the plan alone. Every worker has two parts that it fills in
//! turn, so that memory is what it is after a few chunks, however long the sweep and however slow the disk.

use super::folder::{Folder, SweepError};
use super::part::{Identity, Part};
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
        // Here, so that no worker waits for it if this thread is the one that panics.
        let told = told;
        let mut written: Vec<mpsc::Sender<Option<Part>>> = Vec::new();
        for number in 0..threads.clamp(1, todo.len().max(1)) {
            let (give, given) = mpsc::channel();
            // One that it fills while the other is written.
            [None, None].into_iter().for_each(|part| give.send(part).expect("its other end is here"));
            written.push(give);
            let (tell, stop, done, next) = (tell.clone(), &stop, &done, &next);
            let work = move || {
                let mut player = Player::new(plan);
                while let Ok(spare) = given.recv() {
                    let Some(&chunk) = todo.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                    let played = match player.chunk(identity, chunk, spare, stop, done) {
                        Ok(part) => Ok(part),
                        Err(Unplayed::Stopped) => break,
                        Err(Unplayed::NoSuchRun(none)) => {
                            Err(SweepError::NoSuchRun(format!("run {}: {}", none.run, none.why)))
                        }
                    };
                    let over = played.is_err();
                    // Nobody listens any more only if the sweep is over.
                    if tell.send((number, played)).is_err() || over {
                        break;
                    }
                }
            };
            let worker = std::thread::Builder::new().name(format!("{WORKER}{number}"));
            if let Err(full) = worker.spawn_scoped(scope, work) {
                // Those that there are can do it alone.
                assert!(number > 0, "the system has room for a thread: {full}");
                break;
            }
        }
        drop(tell);
        loop {
            let put = match told.recv_timeout(WATCH) {
                Ok((worker, played)) => played.and_then(|part| {
                    let put = folder.put(&part);
                    // Whoever has nothing left to play has no use for it.
                    let _ = written[worker].send(Some(part));
                    put
                }),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => Ok(()),
            };
            if !watch(done.load(Ordering::Relaxed)) || put.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            if let Err(error) = put {
                failed.get_or_insert(error);
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
