//! Work on several threads whose results do not depend on their number.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;

/// Does pieces `0..count` on so many threads and gives the results in order. Each thread makes a worker of its own.
/// `watch` is told after every piece how many are done, and says whether to go on; nothing if it said no.
pub fn in_order<W, T>(
    count: u64,
    threads: usize,
    watch: &(dyn Fn(u64) -> bool + Sync),
    worker: impl Fn() -> W + Sync,
) -> Option<Vec<T>>
where
    W: FnMut(u64) -> T,
    T: Send,
{
    let (next, done, stop) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let (send, results) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, usize::try_from(count).unwrap_or(usize::MAX).max(1)) {
            let (send, worker, next, done, stop) = (send.clone(), &worker, &next, &done, &stop);
            scope.spawn(move || {
                let mut work = worker();
                while !stop.load(Ordering::Relaxed) {
                    let piece = next.fetch_add(1, Ordering::Relaxed);
                    if piece >= count {
                        break;
                    }
                    // Whoever collects waits until all threads are through.
                    let _ = send.send((piece, work(piece)));
                    if !watch(done.fetch_add(1, Ordering::Relaxed) + 1) {
                        stop.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    drop(send);
    let mut found: Vec<(u64, T)> = results.into_iter().collect();
    found.sort_by_key(|(piece, _)| *piece);
    let whole = found.len() as u64 == count;
    whole.then(|| found.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        let squares = |threads| in_order(50, threads, &|_| true, || |piece| piece * piece);
        assert_eq!(squares(1), Some((0..50).map(|n| n * n).collect()));
        assert_eq!(squares(7), squares(1));
        assert_eq!(in_order(0, 4, &|_| true, || |piece| piece), Some(Vec::new()));
    }

    #[test]
    fn whoever_watches_can_stop_it() {
        assert_eq!(in_order(1000, 2, &|done| done < 5, || |piece| piece), None);
    }
}
