//! The commands of a page, run in their order in a folder of their own.

use crate::pieces::{Deed, Piece};
use crate::{all_blocks, read, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The commands of a block: a line each, or several lines where a quotation runs on.
fn commands(block: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    for line in block.lines() {
        match commands.last_mut() {
            Some(open) if open.matches('\'').count() % 2 == 1 => *open += &format!("\n{line}"),
            _ => commands.push(line.to_owned()),
        }
    }
    commands
}

/// Whether a command only builds or tests this very tree, which the test run does already.
fn sets_up(command: &str) -> bool {
    let words = command.split('#').next().unwrap_or("").trim();
    words.starts_with("cargo ") && !words.contains(" -- ")
}

/// A folder in which the commands of one page run, one after another: what one writes, the next may read.
struct Shell {
    folder: tempfile::TempDir,
    path: std::ffi::OsString,
}

impl Shell {
    fn new() -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_offramp"));
        let mut folders = vec![program.parent().expect("a program lies in a folder").to_owned()];
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let path = std::env::join_paths::<_, PathBuf>(folders).expect("folders have plain names");
        Shell { folder: tempfile::tempdir().expect("a temporary folder"), path }
    }

    fn run(&self, command: &str) -> Output {
        Command::new("bash")
            .args(["-o", "pipefail", "-c", command])
            .current_dir(self.folder.path())
            .env("PATH", &self.path)
            .stdin(Stdio::null())
            .output()
            .expect("bash runs")
    }

    /// Puts a piece into its file and checks that. `shown` is what the page shows next, which after a slip has to be
    /// what `offramp check` says.
    fn put(&self, piece: &Piece<'_>, shown: &str) -> Result<(), String> {
        let path = self.folder.path().join(piece.file);
        let before = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", piece.file))?;
        fs::write(&path, piece.put_into(&before)).expect("the file can be written");
        let output = self.run(&format!("offramp check {} 2>&1", piece.file));
        let said = String::from_utf8_lossy(&output.stdout);
        let as_meant = match piece.deed {
            Deed::Instead | Deed::Added => output.status.success(),
            Deed::Slip => !output.status.success() && said == shown,
        };
        if piece.deed == Deed::Slip {
            fs::write(&path, before).expect("the file can be written");
        }
        as_meant.then_some(()).ok_or_else(|| format!("{} says\n{said}", piece.file))
    }

    /// Whether the files that lie beside a page are those that its pieces make.
    fn finished(&self, page: &str, files: &BTreeSet<&str>) -> Vec<String> {
        let beside = files.iter().map(|file| (file, Path::new(page).with_file_name(file)));
        let stale = beside.filter(|(_, path)| root().join(path).exists()).filter_map(|(file, path)| {
            let made = fs::read(self.folder.path().join(file)).expect("the pieces make a file");
            crate::stale(path.to_str().expect("pages have plain names"), &made)
        });
        stale.collect()
    }
}

/// What goes wrong with the commands and pieces of a page, in their order.
pub fn failures(page: &str) -> Vec<String> {
    let shell = Shell::new();
    let blocks = all_blocks(&read(page));
    let (mut failures, mut files) = (Vec::new(), BTreeSet::new());
    for (number, block) in blocks.iter().enumerate() {
        let line = block.line;
        if let Some(piece) = Piece::read(&block.text).filter(|_| block.language == "ron") {
            let shown = blocks.get(number + 1).map_or("", |next| next.text.as_str());
            failures.extend(shell.put(&piece, shown).err().map(|said| format!("{page}:{line}: {said}")));
            files.insert(piece.file);
        }
        if block.language != "sh" {
            continue;
        }
        for command in commands(&block.text).iter().filter(|c| !c.trim().is_empty() && !sets_up(c)) {
            let command = command.replace("cargo run --release -- ", "offramp ");
            let output = shell.run(&command);
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr);
                failures.push(format!("{page}:{line}: `{command}`: {}\n{said}", output.status));
            }
        }
    }
    failures.extend(shell.finished(page, &files));
    failures
}
