//! Scenario arguments: a path, or the name of a scenario shipped inside the program.

use super::exit::{Exit, Failure};
use crate::engine::{Rules, bind};
use crate::scenario::diagnostics::{Code, Diagnostics, nearest};
use crate::scenario::source::Source;
use crate::scenario::{Scenario, Settings, compile};
use crate::storage::{SCENARIO_LIMIT, StorageError, all, inside, read_bytes, shipped};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

/// The scenario that is played unless another is named.
pub const DEFAULT: &str = "august-2015";

/// A scenario that was read, with everything found in it.
pub struct Loaded {
    /// The scenario, unless it has errors.
    pub scenario: Option<Arc<Scenario>>,
    /// What was found.
    pub findings: Diagnostics,
}

/// Reads what an argument names.
///
/// # Errors
/// If there is no such scenario, or its file cannot be read; errors inside it are findings.
pub fn read(argument: &OsStr) -> Result<Loaded, Failure> {
    let source = match argument.to_str().and_then(shipped) {
        Some(file) => Source::new(file.file, file.text),
        None => from_file(argument)?,
    };
    Ok(read_text(source))
}

/// Compiles a text as if it stood in the file that its name says.
pub fn read_text(source: Source) -> Loaded {
    let (scenario, findings) = compile(source, &base);
    Loaded { scenario: scenario.map(Arc::new), findings }
}

/// Whether the files that an argument was read from still say the same. A file that cannot be read does not. What comes
/// from the library never changes.
pub fn is_current(argument: &OsStr, loaded: &Loaded) -> bool {
    let shipped_root = argument.to_str().and_then(shipped).is_some();
    let of_library = |name: &str| all().iter().any(|shipped| shipped.file == name);
    loaded.findings.sources().all().enumerate().all(|(at, source)| {
        let fixed = if at == 0 { shipped_root } else { of_library(&source.name) };
        fixed
            || read_bytes(Path::new(&source.name), SCENARIO_LIMIT)
                .is_ok_and(|bytes| bytes == source.text.as_bytes())
    })
}

/// Reads what an argument names and insists that it is without errors.
///
/// # Errors
/// As for [`read`], and if the scenario has errors.
pub fn load(argument: &OsStr) -> Result<Arc<Scenario>, Failure> {
    read(argument)?.sound("scenario")
}

impl Loaded {
    /// Whether a base was not found.
    pub fn lacks_a_base(&self) -> bool {
        self.findings.sorted().iter().any(|finding| finding.code == Code::BaseMissing)
    }

    /// The scenario.
    ///
    /// # Errors
    /// What was found, if it has errors; `what` says in what.
    pub fn sound(self, what: &str) -> Result<Arc<Scenario>, Failure> {
        let findings = self.findings;
        self.scenario.ok_or_else(|| not_so(&findings, what))
    }
}

/// What was found, as the reason to stop.
pub fn not_so(findings: &Diagnostics, what: &str) -> Failure {
    let (errors, _) = findings.counts();
    let text = findings.to_text(false);
    Failure::new(Exit::NotSo, format!("{}\n{errors} error(s) in the {what}", text.trim_end()))
}

/// Binds settings to a scenario.
///
/// # Errors
/// Every setting that is not as it should be; without settings, every fault of the scenario's words.
pub fn rules(scenario: &Arc<Scenario>, settings: &Settings) -> Result<Arc<Rules>, Failure> {
    bind(scenario, settings).map_err(|problems| {
        let exit = if settings.0.is_empty() { Exit::NotSo } else { Exit::Usage };
        Failure::new(exit, problems.join("\n"))
    })
}

/// The settings of `--set NAME=VALUE`.
///
/// # Errors
/// The first that is not of that form.
pub fn settings(given: &[String]) -> Result<Settings, Failure> {
    let mut settings = Settings::default();
    for text in given {
        settings.push_text(text).map_err(Failure::usage)?;
    }
    Ok(settings)
}

fn from_file(argument: &OsStr) -> Result<Source, Failure> {
    let path = Path::new(argument);
    let bytes = read_bytes(path, SCENARIO_LIMIT).map_err(|error| no_scenario(argument, error))?;
    Source::from_bytes(path.display().to_string(), bytes)
        .map_err(|why| Failure::usage(format!("cannot read '{}': {why}", path.display())))
}

/// A word that is neither a shipped name nor a file was probably meant as a name.
fn no_scenario(argument: &OsStr, error: StorageError) -> Failure {
    let name = argument.to_string_lossy();
    let meant_as_name = !name.contains(['/', '\\', '.']);
    if !meant_as_name {
        return error.into();
    }
    let hint = nearest(&name, all().iter().map(|scenario| scenario.name))
        .map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"));
    Failure::usage(format!(
        "no scenario is called `{name}`{hint} (`offramp list` names them all; a path needs a `/` or `.ron`)"
    ))
}

/// Finds the base that a file names: a library name, or a path within the folder of the file.
fn base(name: &str, asking: &Source) -> Result<Source, String> {
    if let Some(file) = shipped(name) {
        return Ok(Source::new(file.file, file.text));
    }
    if !name.contains('/') && !name.ends_with(".ron") {
        let hint = nearest(name, all().iter().map(|scenario| scenario.name))
            .map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"));
        return Err(format!("the library has no scenario `{name}`{hint}"));
    }
    let folder = match Path::new(&asking.name).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let path = inside(folder, name).map_err(|error| error.to_string())?;
    let bytes = read_bytes(&path, SCENARIO_LIMIT).map_err(|error| error.to_string())?;
    Source::from_bytes(folder.join(name).display().to_string(), bytes)
}
