//! `offramp explain`: what a code of `check` means, with an example.

use super::exit::{Exit, Failure};
use crate::scenario::diagnostics::{Code, nearest};
use std::io::Write;

/// Explains a code that `offramp check` printed: what it means, a file that has it, and how one mends it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp explain E0404\n  offramp explain")]
pub struct Explain {
    /// The code, such as `E0404`; every code with its meaning unless given.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    /// Writes the explanation.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let Some(text) = &self.code else {
            for code in Code::ALL {
                writeln!(out, "{}  {}", code.text(), code.meaning())?;
            }
            return Ok(Exit::Done);
        };
        let code = Code::ALL.iter().find(|code| code.text().eq_ignore_ascii_case(text)).ok_or_else(|| {
            let near = nearest(&text.to_uppercase(), Code::ALL.iter().map(|code| code.text()));
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Failure::usage(format!("there is no code `{text}`{near}; `offramp explain` lists them"))
        })?;
        let lesson = code.lesson();
        writeln!(out, "{}: {}", code.text(), code.meaning())?;
        if let Some(wrong) = lesson.wrong {
            writeln!(out, "\nFor example:\n")?;
            for line in wrong.lines() {
                writeln!(out, "    {line}")?;
            }
        }
        writeln!(out, "\n{}", lesson.mend)?;
        Ok(Exit::Done)
    }
}
