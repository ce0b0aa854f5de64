//! The recipes of docs/guide/cluster.md, run as they stand there, with workers that are killed on the way.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const PAGE: &str = include_str!("../../docs/guide/cluster.md");

/// The first block of a language below a heading of the page.
fn recipe(heading: &str, language: &str) -> &'static str {
    let (_, section) = PAGE.split_once(heading).unwrap_or_else(|| panic!("the page has no {heading}"));
    let (_, block) = section.split_once(&format!("```{language}\n")).expect("the section has such a block");
    block.split_once("```").expect("the block ends").0
}

/// A folder with the experiment of the page, and how it comes out on one machine.
struct Home {
    folder: tempfile::TempDir,
    alone: Vec<u8>,
}

impl Home {
    fn new() -> Home {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join("study.ron"), recipe("All recipes below", "ron")).unwrap();
        let home = Home { folder, alone: Vec::new() };
        let done = home.command("bash", &["-c", "offramp sweep study.ron --out alone"]).status().unwrap();
        assert!(done.success());
        Home { alone: home.tables("alone"), ..home }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The tables of a sweep, one after the other.
    fn tables(&self, sweep: &str) -> Vec<u8> {
        let read =
            |name| fs::read(self.path().join(sweep).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        ["runs.csv", "design.csv", "manifest.json"].map(read).concat()
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let binary = Path::new(env!("CARGO_BIN_EXE_offramp"));
        let mut folders = vec![binary.parent().expect("a program lies in a folder").to_owned()];
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let path = std::env::join_paths::<_, PathBuf>(folders).expect("folders have plain names");
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.path()).env("PATH", path);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Lets a recipe run while its workers are killed, a few of them, one after the other.
    fn survives(&self, mut command: Command) {
        let child = command.spawn().expect("it starts");
        let over = AtomicBool::new(false);
        let (ended, killed) = std::thread::scope(|scope| {
            let killer = scope.spawn(|| self.kill_workers(&over));
            let ended = Child::wait_with_output(child).expect("it ends");
            over.store(true, Ordering::Relaxed);
            (ended, killer.join().expect("the killer ends"))
        });
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{}: {said}", ended.status);
        assert!(killed > 0, "no worker was killed: {said}");
        assert!(self.tables("study") == self.alone, "the tables are those of one machine");
    }

    /// Kills workers of this folder with -9 until so many are dead, and says how many are.
    fn kill_workers(&self, over: &AtomicBool) -> usize {
        const ENOUGH: usize = 4;
        let mut killed = 0;
        while killed < ENOUGH && !over.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(30));
            if let Some(worker) = workers(self.path()).first() {
                let kill = Command::new("kill").args(["-9", worker]).stderr(Stdio::null()).status();
                killed += usize::from(kill.is_ok_and(|status| status.success()));
            }
        }
        killed
    }
}

/// Processes that play a chunk in a folder.
fn workers(folder: &Path) -> Vec<String> {
    let plays = |process: &PathBuf| {
        let command = fs::read(process.join("cmdline")).unwrap_or_default();
        let mut words = command.split(|byte| *byte == 0);
        words.next().is_some_and(|program| program.ends_with(b"offramp"))
            && words.any(|word| word == b"--chunk")
            && fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == folder)
    };
    let processes = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let number = |process: PathBuf| process.file_name()?.to_str().map(str::to_owned);
    processes.filter(plays).filter_map(number).collect()
}

/// Whether a tool is there; a test that is skipped says so past the harness, which hides what sound tests print.
fn there(tool: &str, mut probe: Command) -> bool {
    let there =
        probe.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !there {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {tool} is not installed, so its recipe is not tested");
    }
    there && Path::new("/proc/self/cmdline").exists()
}

#[test]
fn gnu_parallel_with_workers_killed_gives_the_bytes_of_one_machine() {
    let mut probe = Command::new("parallel");
    probe.arg("--version");
    if there("GNU parallel", probe) {
        let home = Home::new();
        home.survives(home.command("bash", &["-c", recipe("## GNU parallel", "bash")]));
    }
}

#[test]
fn hyperqueue_with_workers_killed_gives_the_bytes_of_one_machine() {
    // A Python that has it, such as one in a virtual environment.
    let python = std::env::var("OFFRAMP_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut probe = Command::new(&python);
    probe.args(["-c", "import hyperqueue"]);
    if there("HyperQueue for Python", probe) {
        let home = Home::new();
        home.survives(home.command(&python, &["-c", recipe("## HyperQueue", "python")]));
    }
}
