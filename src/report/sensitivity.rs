//! Sensitivity and robustness, as sections.

use super::document::{Bar, Block, Section, Table};
use super::number::{cell, cells, counted, number};
use crate::analysis::regret::{Better, Robustness};
use crate::analysis::sensitivity::{Found, Sensitivity};

/// Which factors move a figure.
pub fn sensitivity(of: &Sensitivity) -> Section {
    let mut section = Section::new(format!("Which factors move {}", of.figure));
    let mut bars = Vec::new();
    let bar = |k: usize, estimate| Bar { label: of.factors[k].clone(), estimate };
    match &of.found {
        Found::Constant => section.text("Nothing moves it: it is the same at every design point."),
        Found::Effects(effects) => {
            let mut table = Table::new(["factor", "mu*", "95 % interval", "over lucks", "mu", "sigma"]);
            for (k, effect) in effects.iter().enumerate() {
                let [value, interval] = cells(&effect.mu_star);
                let others = [over_lucks(of, k), cell(&effect.mean), cell(&effect.sigma)];
                table.row([of.factors[k].clone(), value, interval].into_iter().chain(others));
                bars.push(bar(k, effect.mu_star));
            }
            section.text(format!(
                "Morris: {}. mu* is the mean size of the effect of a factor's whole range, mu the same with its sign; \
                 a sigma as large as mu* says that the effect bends or hangs on other factors.",
                counted(of.blocks as u64, "trajectory").replace("trajectorys", "trajectories"),
            ));
            section.table(table);
        }
        Found::Indices(indices) => {
            let head = ["factor", "first order", "95 % interval", "total", "its interval", "over lucks"];
            let mut table = Table::new(head);
            for (k, index) in indices.iter().enumerate() {
                let [first, interval] = cells(&index.first);
                let [total, its] = cells(&index.total);
                table.row([of.factors[k].clone(), first, interval, total, its, over_lucks(of, k)]);
                bars.push(bar(k, index.total));
            }
            section.text(format!(
                "Sobol: {}. First order is the part of the variance that a factor explains alone, total what it \
                 explains alone and with others. The value at a point is the mean over its runs.",
                counted(of.blocks as u64, "base point"),
            ));
            section.table(table);
            let mut pairs = Table::new(["pair", "second order", "95 % interval"]);
            for (k, index) in indices.iter().enumerate() {
                for (other, pair) in of.factors[k + 1..].iter().zip(&index.pairs) {
                    let [value, interval] = cells(pair);
                    pairs.row([format!("{} with {other}", of.factors[k]), value, interval]);
                }
            }
            section.table(pairs);
        }
    }
    if let Some(main) = of.over_lucks.first() {
        section.text(format!(
            "All points share {}, and the other intervals are of the mean over these. `over lucks` is where the {} \
             would lie by as many other lucks: while such intervals of two factors overlap, these runs may not tell which \
             matters more. Few lucks also make it larger than it is, the more so the smaller it is. Only more runs a point \
             help.",
            counted(main.cases, "luck"),
            if matches!(of.found, Found::Effects(_)) { "mu*" } else { "total" },
        ));
    }
    if of.noisy {
        section.text(
            "Every run has luck of its own (`pairing: Independent`), and points differ by luck too: effects and totals \
             are too large by it, the more so the fewer runs a point has. Play it with `pairing: Common`.",
        );
    }
    bars.sort_by(|a, b| b.estimate.value.total_cmp(&a.estimate.value));
    if !bars.is_empty() {
        section.blocks.push(Block::Bars(bars));
    }
    if of.left_out > 0 {
        section.text(format!(
            "{} left out: a point of theirs has no run that ended.",
            counted(of.left_out as u64, "block")
        ));
    }
    section
}

/// Where the main number of a factor would lie by other lucks.
fn over_lucks(of: &Sensitivity, factor: usize) -> String {
    of.over_lucks.get(factor).map_or_else(|| "-".to_owned(), |estimate| cells(estimate)[1].clone())
}

/// How choices fare over all worlds.
pub fn robustness(of: &Robustness) -> Section {
    let better = if of.better == Better::More { "more" } else { "less" };
    let mut section =
        Section::new(format!("Robustness of {}, by {} ({better} is better)", of.factor, of.figure));
    let head = ["choice", "mean", "worst", "mean regret", "worst regret", "best in", "best again"];
    let mut table = Table::new(head);
    for choice in &of.choices {
        table.row([
            choice.name.clone(),
            cell(&choice.mean),
            number(choice.worst),
            if choice.best_again.is_some() { cell(&choice.regret) } else { number(choice.regret.value) },
            number(choice.worst_regret),
            format!("{} of {}", choice.best.hits, choice.best.of),
            number(choice.best_again.unwrap_or(f64::NAN)),
        ]);
    }
    section.text(format!(
        "{} of the other factors' values. Regret is what the best choice of a world has over this one there. Luck \
         makes regrets look larger than they are, the more so the fewer runs a point has: mean regret is corrected for \
         it, worst regret is not. `best in` counts worlds in which nothing is better, as these runs have it; `best again` \
         is the share of resamples of the lucks in which no choice has a smaller mean regret. Where that is not near 1 or \
         0, these runs do not tell which is best.",
        counted(of.worlds as u64, "combination"),
    ));
    if of.choices.iter().all(|choice| choice.best_again.is_none()) {
        section.text(
            "The lucks cannot be resampled, and mean regret has no interval and is not corrected: take six or more, \
             shared by all points (`pairing: Common`).",
        );
    }
    section.table(table);
    section
}
