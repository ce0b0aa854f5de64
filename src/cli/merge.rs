//! `offramp merge`: parts that were played apart become one sweep.

use super::exit::{Exit, Failure};
use super::sweep::verdict;
use crate::sweep::{Folder, SweepError, identity, merge, plain_rules};
use crate::trace::one_line;
use std::io::Write;
use std::path::PathBuf;

/// Makes one sweep of folders that `offramp sweep --shard` or `--chunk` filled.
///
/// The result is the same bytes as one undivided sweep, whatever the order of the folders.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp merge node0 node1 node2 --out all\n  offramp merge shared --out shared\n\n\
                        Exit code 65 if parts are missing, there twice, damaged, or of another plan or engine."
)]
pub struct Merge {
    /// The folders.
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// The folder that the tables go into.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Merge {
    /// Merges.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let folders: Vec<Folder> = self.folders.iter().map(|path| Folder::at(path)).collect();
        let plan = folders[0].plan()?;
        for folder in &folders[1..] {
            let other = folder.plan()?;
            if other.hash != plan.hash {
                return Err(SweepError::Foreign(format!(
                    "'{}' holds plan {}, and '{}' holds plan {}",
                    folder.path().display(),
                    other.hash,
                    folders[0].path().display(),
                    plan.hash
                ))
                .into());
            }
        }
        let identity = identity(&plan).map_err(|none| Failure::new(Exit::NotSo, none.why))?;
        let whole = Folder::at(&self.out);
        let _lock = whole.lock(&plan)?;
        let rules = plain_rules(&plan)?;
        let manifest = merge(&folders, &plan, &rules, &identity, &whole)?;
        let path = one_line(&self.out.display().to_string());
        writeln!(out, "{path}: {} runs, plan {}", manifest.runs, plan.hash)?;
        Ok(verdict(manifest.panics))
    }
}
