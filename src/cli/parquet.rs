//! `offramp parquet`: the tables of a sweep, in a form that data tools load faster.

use super::exit::{Exit, Failure};
use std::io::Write;
use std::path::PathBuf;

/// Writes the tables of a finished sweep as Parquet, beside the CSV files and with the same columns.
///
/// Needs a build with the cargo feature `parquet`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp parquet base\n\n\
                        The CSV files stay the tables that count: their bytes are promised, those of Parquet are not.")]
pub struct Parquet {
    /// The folder of the sweep.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

#[cfg(not(feature = "parquet"))]
impl Parquet {
    /// Says what is missing.
    pub fn run(&self, _: &mut dyn Write) -> Result<Exit, Failure> {
        Err(self.missing())
    }
}

#[cfg(any(test, not(feature = "parquet")))]
impl Parquet {
    /// What a build without Parquet says.
    fn missing(&self) -> Failure {
        let name = self.folder.display();
        Failure::usage(format!(
            "'{name}' cannot be written as Parquet: this offramp was built without it; build it with `--features parquet`"
        ))
    }
}

#[cfg(feature = "parquet")]
impl Parquet {
    /// Writes `runs.parquet`, and `steps.parquet` if there is a table of turns.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        use crate::sweep::{Folder, RUNS, STEPS, finished, identity, to_parquet};
        use crate::trace::one_line;

        let folder = Folder::at(&self.folder);
        let identity = identity(&folder.plan()?).map_err(|none| Failure::new(Exit::NotSo, none.why))?;
        let Some(manifest) = finished(&folder, &identity)? else {
            let name = self.folder.display();
            return Err(Failure::usage(format!(
                "the sweep in '{name}' is not finished: it has no tables yet"
            )));
        };
        for (table, columns) in [(RUNS, &manifest.columns), (STEPS, &manifest.step_columns)] {
            if columns.is_empty() {
                continue;
            }
            let table = folder.file(table);
            let copy = table.with_extension("parquet");
            let rows = to_parquet(columns, &table, &copy)?;
            writeln!(out, "{}: {rows} rows", one_line(&copy.display().to_string()))?;
        }
        Ok(Exit::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::Parquet;
    use crate::cli::exit::Exit;

    #[test]
    fn a_build_without_parquet_says_how_to_get_one_with_it() {
        let missing = Parquet { folder: "base".into() }.missing();
        assert_eq!(missing.exit, Exit::Usage);
        assert_eq!(
            missing.message,
            "'base' cannot be written as Parquet: this offramp was built without it; build it with \
             `--features parquet`"
        );
    }
}
