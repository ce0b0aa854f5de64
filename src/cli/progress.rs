//! Progress on stderr: a bar for people, lines for programs, nothing in a pipe.

use super::say;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::Duration;

/// How progress is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Show {
    /// A bar if stderr is a terminal.
    #[default]
    Auto,
    /// A JSON object a line, about one a second.
    Json,
    /// Nothing.
    None,
}

/// How often a program is told.
const TELL: Duration = Duration::from_secs(1);

/// The progress of one sweep.
pub struct Progress {
    show: Show,
    bar: ProgressBar,
    total: u64,
    /// When a program was last told, since the beginning.
    told: Option<Duration>,
}

impl Progress {
    /// Begins at nothing of `total` runs.
    pub fn begin(show: Show, total: u64) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        if show == Show::Auto && io::stderr().is_terminal() {
            let style = "{bar:30} {human_pos}/{human_len} runs, {per_sec}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style.progress_chars("=> "));
            }
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        Progress { show, bar, total, told: None }
    }

    /// So many runs are done.
    pub fn at(&mut self, done: u64) {
        self.bar.set_position(done);
        let now = self.bar.elapsed();
        let due = self.told.is_none_or(|told| now >= told + TELL) || done == self.total;
        if self.show == Show::Json && due {
            self.told = Some(now);
            let seconds = now.as_secs_f64();
            let rate = if seconds > 0.0 { done as f64 / seconds } else { 0.0 };
            let left =
                if rate > 0.0 { ((self.total - done.min(self.total)) as f64 / rate).ceil() } else { 0.0 };
            say(&serde_json::json!({
                "done": done,
                "total": self.total,
                "runs_per_second": rate.round() as u64,
                "seconds_left": left as u64,
            })
            .to_string());
        }
    }

    /// Seconds since the beginning.
    pub fn seconds(&self) -> f64 {
        self.bar.elapsed().as_secs_f64()
    }

    /// Clears the bar.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Shows how work goes on while it is done: `work` says how many runs of `total` are done. Nobody says no here: a signal
/// ends the program instead.
pub fn watched<T>(show: Show, total: u64, work: impl FnOnce(&(dyn Fn(u64) -> bool + Sync)) -> T) -> T {
    let progress = Mutex::new(Progress::begin(show, total));
    let result = work(&|done| {
        if let Ok(mut progress) = progress.lock() {
            progress.at(done);
        }
        true
    });
    if let Ok(progress) = progress.lock() {
        progress.end();
    }
    result
}
