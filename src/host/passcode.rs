//! Passcodes: made to be printed, read aloud and typed once.

use rand::Rng;
use std::fmt;

/// The digits and letters of a passcode: none that is taken for another (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a passcode; each holds five bits.
const LENGTH: usize = 12;
/// Letters between two hyphens.
const GROUP: usize = 4;
/// What is hashed together with a passcode, so that its hash means nothing elsewhere.
const CONTEXT: &str = "offramp host 2026 passcode";

/// A passcode in clear, as it is shown to one person. It holds 60 bits of the system's luck.
#[derive(Clone, PartialEq, Eq)]
pub struct Passcode([u8; LENGTH]);

/// What is kept of a passcode: enough to know it again. Comparing two takes the same time whatever they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seal(blake3::Hash);

impl Passcode {
    /// A passcode that nobody has seen.
    pub(super) fn new() -> Self {
        let mut luck = rand::rng().next_u64();
        Passcode(std::array::from_fn(|_| {
            let letter = LETTERS[(luck % 32) as usize];
            luck /= 32;
            letter
        }))
    }

    pub(super) fn seal(&self) -> Seal {
        seal(&self.0)
    }
}

/// The seal of what somebody typed: case, hyphens and spaces do not count, and letters that look like digits are
/// taken for them.
pub(super) fn seal_of_typed(text: &str) -> Seal {
    let letters = text.bytes().filter(|byte| !matches!(byte, b'-' | b' ' | b'\t' | b'\r' | b'\n'));
    // One letter more than there can be is enough to know that it is wrong.
    let letters = letters.take(LENGTH + 1).map(|byte| match byte.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    });
    seal(&letters.collect::<Vec<u8>>())
}

fn seal(letters: &[u8]) -> Seal {
    Seal(blake3::Hasher::new_derive_key(CONTEXT).update(letters).finalize())
}

impl fmt::Display for Passcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, letter) in self.0.iter().enumerate() {
            if i > 0 && i % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

/// A passcode that is only looked at by accident is not told.
impl fmt::Debug for Passcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passcode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_what_opens_however_it_is_typed() {
        for _ in 0..200 {
            let code = Passcode::new();
            let printed = code.to_string();
            assert_eq!(printed.len(), LENGTH + 2);
            assert_eq!(seal_of_typed(&printed), code.seal());
            assert_eq!(seal_of_typed(&printed.to_lowercase().replace('-', " ")), code.seal());
            let misread = printed.replace('0', "O").replace('1', "l");
            assert_eq!(seal_of_typed(&misread), code.seal());
        }
    }

    #[test]
    fn nothing_else_opens_and_a_debug_print_tells_nothing() {
        let code = Passcode::new();
        let printed = code.to_string();
        for wrong in ["", "-", &printed[1..], &format!("{printed}0"), &printed.replace('-', ".")] {
            assert_ne!(seal_of_typed(wrong), code.seal(), "{wrong}");
        }
        assert_ne!(Passcode::new(), code);
        assert_eq!(format!("{code:?}"), "Passcode(..)");
    }
}
