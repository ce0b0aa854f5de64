//! Scenario discovery, as sections: a box, and a tree.

use super::document::{Block, Scatter, Section, Table};
use super::number::{cell, counted, number};
use crate::analysis::Cases;
use crate::analysis::cart::Tree;
use crate::analysis::cases::{Limit, Values};
use crate::analysis::prim::{NoBox, Prim, Search};

/// The box, and the way to it.
pub fn prim(condition: &str, search: &Search) -> Section {
    let mut section = Section::new(format!("Where {condition} is more frequent: a box (PRIM)"));
    let Search { judged: cases, way, found } = search;
    let chosen = match found {
        Ok(chosen) => chosen,
        Err(why) => {
            section.text(no_box(*why, cases));
            return section;
        }
    };
    let all: Vec<usize> = (0..cases.len()).collect();
    let mut table = Table::new(["limit", "without it", "chance of its gain by luck"]);
    for factor in chosen.limited() {
        let Some(limit) = &chosen.limits[factor] else { continue };
        let without = chosen.without(cases, factor);
        let chance = chosen.chance(cases, factor);
        table.row([cases.told(factor, limit), number(without), number(chance)]);
    }
    section.table(table);
    section.text(format!(
        "In the box it holds of {} of the runs, over all of {}. The box has {} of {} ({}), and {} of all runs of which \
         it holds.",
        cell(&cases.share(&chosen.cases)),
        number(cases.density(&all)),
        chosen.cases.len(),
        counted(cases.len() as u64, "design point"),
        number(chosen.mass),
        number(chosen.coverage),
    ));
    section.blocks.extend(picture(cases, chosen).map(Block::Scatter));
    section.text(
        "The box was looked for in one half of the design points and lucks, and is judged here by the other half. The \
         chance is that of one limit, with lucks and design points as the sample: of limits that do nothing one in \
         twenty stays. Play the box's region anew, by another design and seed, before you rely on it. This is the way \
         to it, in the half in which it was looked for:",
    );
    let mut steps = Table::new(["peel", "density", "coverage", "mass", "limits"]);
    let every = (way.len() / 12).max(1);
    for (peel, prim) in way.iter().enumerate().filter(|(peel, _)| peel % every == 0 || peel + 1 == way.len())
    {
        let limited = prim.limited().len().to_string();
        steps.row([
            peel.to_string(),
            number(prim.density),
            number(prim.coverage),
            number(prim.mass),
            limited,
        ]);
    }
    section.table(steps);
    section
}

/// Why there is no box, in words.
pub fn no_box(why: NoBox, judged: &Cases) -> String {
    let told = match why {
        NoBox::Never => "it holds of no run",
        NoBox::Always => "it holds of every run",
        NoBox::FewLucks => {
            "there are too few lucks to tell one: half of them look for it, and the others, which judge it, must be five \
             or more (take twenty replications)"
        }
        NoBox::FewPoints => {
            "there are too few design points to tell one: half of them look for it, and the others, which judge it, must \
             be six or more (take some hundred)"
        }
        NoBox::Untold => {
            return format!(
                "No box: none is told from chance by the {} and {} that judge, which are one half. That is not a finding \
                 that there is none.",
                counted(judged.len() as u64, "design point"),
                counted(judged.lucks() as u64, "luck"),
            );
        }
    };
    format!("No box: {told}.")
}

/// The design points over the first factor of numbers that the box limits, and the next; those alone that meet its
/// limits on words. Nothing if it limits no numbers.
fn picture(cases: &Cases, chosen: &Prim) -> Option<Scatter> {
    let numbers = |k: &usize| matches!(cases.values[*k], Values::Numbers(_));
    let first = chosen.limited().into_iter().find(numbers)?;
    let others = chosen.limited().into_iter().chain(0..cases.names.len());
    let second = others.filter(numbers).find(|k| *k != first)?;
    picture_of(cases, chosen, first, second)
}

fn picture_of(cases: &Cases, chosen: &Prim, x: usize, y: usize) -> Option<Scatter> {
    let (Values::Numbers(across), Values::Numbers(up)) = (&cases.values[x], &cases.values[y]) else {
        return None;
    };
    let ends = |factor: usize| match &chosen.limits[factor] {
        Some(Limit::Between(low, high)) => (*low, *high),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let (left, low) = (ends(x), ends(y));
    let meets = |case: &usize| {
        let words =
            chosen.limits.iter().enumerate().filter(|(_, limit)| matches!(limit, Some(Limit::OneOf(_))));
        words
            .flat_map(|(k, limit)| limit.as_ref().map(|limit| (k, limit)))
            .all(|(k, l)| cases.within(*case, k, l))
    };
    Some(Scatter {
        across: cases.names[x].clone(),
        up: cases.names[y].clone(),
        points: (0..cases.len())
            .filter(meets)
            .map(|case| (across[case], up[case], cases.density(&[case])))
            .collect(),
        corners: [(left.0, low.0), (left.1, low.1)],
    })
}

/// The tree.
pub fn tree(condition: &str, cases: &Cases, tree: &Tree) -> Section {
    let mut section = Section::new(format!("Where {condition} holds how often: a tree (CART)"));
    let mut lines = vec![format!("all: {}", leaf(cases, tree))];
    grow(cases, tree, 1, &mut lines);
    if tree.split.is_none() {
        lines.push("no division is worth it".to_owned());
    }
    section.blocks.push(Block::Lines(lines));
    section.text(
        "These are counts of the runs that it was grown from. No division was tried on other lucks: where the box does \
         not say the same, do not rely on one.",
    );
    section
}

fn leaf(cases: &Cases, tree: &Tree) -> String {
    let (hits, runs) = cases.counted(&tree.cases);
    let points = counted(tree.cases.len() as u64, "point");
    format!("{} ({hits} of {}, {points})", number(tree.density), counted(runs, "run"))
}

fn grow(cases: &Cases, tree: &Tree, depth: usize, lines: &mut Vec<String>) {
    let Some(split) = &tree.split else { return };
    for (limit, branch) in split.limits.iter().zip(split.branches.iter()) {
        let told = cases.told(split.factor, limit);
        lines.push(format!("{}{told}: {}", "  ".repeat(depth), leaf(cases, branch)));
        grow(cases, branch, depth + 1, lines);
    }
}
