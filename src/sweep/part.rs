//! Parts: the rows of one chunk in a file that proves itself.
//!
//! The first line is JSON and says what the part is; its last field is a hash over the rest of the line and everything
//! after it. The rows of runs follow, then those of turns.

use super::plan::FORMAT;
use serde::{Deserialize, Serialize};

/// Which plan, played by which engine: only parts of one identity belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The plan's hash.
    pub plan: String,
    /// The engine's.
    pub engine: String,
}

/// What a part says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    offramp_part: u32,
    /// The plan's hash.
    pub plan: String,
    /// The engine's hash.
    pub engine: String,
    /// Which chunk.
    pub chunk: u64,
    /// Its first run.
    pub first: u64,
    /// How many runs.
    pub runs: u64,
    /// How many of them did not end.
    pub budget: u64,
    /// How many of them panicked.
    pub panics: u64,
    /// The length of the rows of runs.
    pub runs_bytes: usize,
    /// The length of the rows of turns.
    pub steps_bytes: usize,
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it says of itself.
    pub label: Label,
    /// The rows of runs.
    pub runs: Vec<u8>,
    /// The rows of turns.
    pub steps: Vec<u8>,
}

/// Why a file is not the part that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAPart {
    /// It is damaged.
    Damaged(&'static str),
    /// It is whole, and of something else.
    Foreign(String),
}

/// How the hash begins in the first line.
const SEAL: &str = r#","hash":""#;

impl Part {
    /// A part of a chunk that was played.
    pub fn new(
        identity: &Identity,
        chunk: u64,
        first: u64,
        counts: [u64; 3],
        runs: Vec<u8>,
        steps: Vec<u8>,
    ) -> Part {
        let [all, budget, panics] = counts;
        let label = Label {
            offramp_part: FORMAT,
            plan: identity.plan.clone(),
            engine: identity.engine.clone(),
            chunk,
            first,
            runs: all,
            budget,
            panics,
            runs_bytes: runs.len(),
            steps_bytes: steps.len(),
        };
        Part { label, runs, steps }
    }

    /// The first line of the part's file; the rows follow as they are.
    pub fn seal(&self) -> String {
        let label = serde_json::to_string(&self.label).expect("a label is plain data");
        let open = label.trim_end_matches('}');
        let hash = hash(open, &[&self.runs, &self.steps]);
        format!("{open}{SEAL}{hash}\"}}\n")
    }

    /// Reads a part of a chunk. It takes the bytes over, so that no part is held twice.
    ///
    /// # Errors
    /// If it is damaged, or is another part than the one asked for.
    pub fn read(mut bytes: Vec<u8>, identity: &Identity, chunk: u64) -> Result<Part, NotAPart> {
        let damaged = NotAPart::Damaged;
        let end =
            bytes.iter().position(|byte| *byte == b'\n').ok_or(damaged("it has no whole first line"))?;
        let line = std::str::from_utf8(&bytes[..end]).map_err(|_| damaged("its first line is no text"))?;
        let (open, sealed) = line.rsplit_once(SEAL).ok_or(damaged("its first line has no hash"))?;
        let body = &bytes[end + 1..];
        if sealed.strip_suffix("\"}") != Some(hash(open, &[body]).as_str()) {
            return Err(damaged("its hash does not fit what it holds"));
        }
        let label: Label = serde_json::from_str(&format!("{open}}}"))
            .map_err(|_| NotAPart::Foreign("it is of another format".to_owned()))?;
        if label.offramp_part != FORMAT {
            return Err(NotAPart::Foreign(format!("it is of format {}", label.offramp_part)));
        }
        for (what, has, wanted) in
            [("plan", &label.plan, &identity.plan), ("engine", &label.engine, &identity.engine)]
        {
            if has != wanted {
                return Err(NotAPart::Foreign(format!("it is of {what} {has}, not {wanted}")));
            }
        }
        if label.chunk != chunk {
            return Err(NotAPart::Foreign(format!("it is chunk {}, not {chunk}", label.chunk)));
        }
        if label.runs_bytes.checked_add(label.steps_bytes) != Some(body.len()) {
            return Err(damaged("its lengths do not fit what it holds"));
        }
        bytes.drain(..=end);
        let steps = bytes.split_off(label.runs_bytes);
        Ok(Part { runs: bytes, steps, label })
    }
}

fn hash(open: &str, pieces: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(open.as_bytes());
    hasher.update(b"\n");
    pieces.iter().for_each(|piece| {
        hasher.update(piece);
    });
    hasher.finalize().to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(plan: &str) -> Identity {
        Identity { plan: plan.to_owned(), engine: "e".to_owned() }
    }

    fn part() -> Part {
        let rows = b"0,ok,1\n1,ok,2\n".to_vec();
        Part::new(&identity("p"), 3, 6, [2, 0, 1], rows, b"0,1\n".to_vec())
    }

    /// A part as its file holds it.
    fn stored(part: &Part) -> Vec<u8> {
        [part.seal().as_bytes(), &part.runs, &part.steps].concat()
    }

    #[test]
    fn a_part_is_read_back_as_it_was() {
        assert_eq!(Part::read(stored(&part()), &identity("p"), 3), Ok(part()));
    }

    #[test]
    fn every_flipped_byte_and_every_cut_is_damage() {
        let whole = stored(&part());
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            for bytes in [flipped, whole[..at].to_vec()] {
                let read = Part::read(bytes, &identity("p"), 3);
                assert!(matches!(read, Err(NotAPart::Damaged(_))), "byte {at}: {read:?}");
            }
        }
    }

    #[test]
    fn a_whole_part_of_something_else_is_foreign_and_named() {
        let why = |identity: &Identity, chunk| match Part::read(stored(&part()), identity, chunk) {
            Err(NotAPart::Foreign(why)) => why,
            other => panic!("{other:?}"),
        };
        assert_eq!(why(&identity("q"), 3), "it is of plan p, not q");
        assert_eq!(why(&Identity { engine: "f".to_owned(), ..identity("p") }, 3), "it is of engine e, not f");
        assert_eq!(why(&identity("p"), 4), "it is chunk 3, not 4");
    }
}
