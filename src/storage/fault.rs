//! Faults on demand: every writing operation counts itself here, so that a test can fail the k-th one.

use std::fs::File;
use std::io::{self, ErrorKind, Write};

/// How an operation is made to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The device fails; a write leaves half of its bytes behind.
    Io,
    /// The disk is full; a write leaves half of its bytes behind.
    NoSpace,
    /// A signal interrupts the operation once, before it did anything; it must be tried again.
    Interrupted,
    /// A write takes only half of its bytes, once, and reports so; other operations succeed.
    ShortWrite,
}

/// Counts the operations of one writer and fails those that a test asked for; in normal use it only counts.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    done: u64,
    plan: Option<Plan>,
}

#[derive(Clone, Copy, Debug)]
struct Plan {
    first: u64,
    last: u64,
    kind: FaultKind,
}

impl Faults {
    /// No faults: the normal case.
    pub fn none() -> Self {
        Faults::default()
    }

    /// Fails the operation with number `k`, counted from 1, and no other.
    pub fn fail_at(k: u64, kind: FaultKind) -> Self {
        Faults { done: 0, plan: Some(Plan { first: k, last: k, kind }) }
    }

    /// Fails the operation with number `k`, counted from 1, and every later one, as a full disk does.
    ///
    /// Interruptions and short writes would never let a writer finish, so these strike only once.
    pub fn fail_from(k: u64, kind: FaultKind) -> Self {
        let last = match kind {
            FaultKind::Io | FaultKind::NoSpace => u64::MAX,
            FaultKind::Interrupted | FaultKind::ShortWrite => k,
        };
        Faults { done: 0, plan: Some(Plan { first: k, last, kind }) }
    }

    /// Whether the planned fault has struck: a test that counts k upwards stops when it has not.
    pub fn struck(&self) -> bool {
        self.plan.is_some_and(|plan| self.done >= plan.first)
    }

    /// Counts one operation and says whether and how it must fail.
    fn next(&mut self) -> Option<FaultKind> {
        self.done += 1;
        self.plan.filter(|plan| (plan.first..=plan.last).contains(&self.done)).map(|plan| plan.kind)
    }

    /// Runs an operation that either happens or does not, again as long as it is interrupted.
    pub(super) fn run<T>(&mut self, mut operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        loop {
            let result = match self.next() {
                None | Some(FaultKind::ShortWrite) => operation(),
                Some(kind) => Err(failure(kind)),
            };
            match result {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }

    /// Writes all bytes, however many calls that takes. On an error some of them may be in the file.
    pub(super) fn write_all(&mut self, file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.write(file, bytes) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => bytes = &bytes[count..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        let half = &bytes[..bytes.len().div_ceil(2)];
        match self.next() {
            None => file.write(bytes),
            Some(FaultKind::ShortWrite) => file.write(half),
            Some(FaultKind::Interrupted) => Err(failure(FaultKind::Interrupted)),
            Some(kind) => file.write_all(half).and(Err(failure(kind))),
        }
    }
}

fn failure(kind: FaultKind) -> io::Error {
    match kind {
        FaultKind::Io => io::Error::other("input/output error"),
        FaultKind::NoSpace => ErrorKind::StorageFull.into(),
        FaultKind::Interrupted => ErrorKind::Interrupted.into(),
        FaultKind::ShortWrite => ErrorKind::WriteZero.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_chosen_operation_fails() {
        let mut faults = Faults::fail_at(2, FaultKind::Io);
        let outcomes: Vec<bool> = (0..4).map(|_| faults.run(|| Ok(())).is_ok()).collect();
        assert_eq!(outcomes, [true, false, true, true]);
    }

    #[test]
    fn a_full_disk_stays_full() {
        let mut faults = Faults::fail_from(2, FaultKind::NoSpace);
        let outcomes: Vec<bool> = (0..4).map(|_| faults.run(|| Ok(())).is_ok()).collect();
        assert_eq!(outcomes, [true, false, false, false]);
    }

    #[test]
    fn an_interrupted_operation_is_tried_again() {
        let mut faults = Faults::fail_at(1, FaultKind::Interrupted);
        let mut calls = 0;
        faults
            .run(|| {
                calls += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!(calls, 1);
        assert!(faults.struck());
    }

    #[test]
    fn a_fault_that_no_operation_reached_has_not_struck() {
        let mut faults = Faults::fail_at(2, FaultKind::Io);
        faults.run(|| Ok(())).unwrap();
        assert!(!faults.struck());
        assert!(!Faults::none().struck());
    }
}
