//! What seats may believe, how they perceive, and what follows from belief.

use super::page::Page;
use super::words::{joined, named, names, rate, variant};
use crate::scenario::document::Document;
use crate::scenario::section::{HypothesisDoc, HypothesisKind, TriggerMode};

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Beliefs",
        "beliefs",
        "A hypothesis without a prior of its own takes the priors of the rival's dispositions; one without a table of\n\
         likelihoods has it derived from how each disposition would act.",
    );
    page.part("Hypotheses");
    page.table(
        ["hypothesis", "held by", "about", "prior", "likelihood", "raised by", "source"],
        document.hypotheses.iter().map(|h| {
            [
                named(&h.name, &h.label),
                format!("`{}`", h.holder.name()),
                about(&h.about),
                prior(h),
                if h.likelihood.is_empty() { "derived" } else { "stated" }.to_owned(),
                joined(h.raised_by.iter().map(|(act, by)| format!("`{}` {by}", act.name()))),
                h.source.clone(),
            ]
        }),
    );
    page.part("Triggers");
    page.table(
        ["trigger", "belief", "at least", "for ticks", "does", "source"],
        document.triggers.iter().map(|trigger| {
            [
                named(&trigger.name, &trigger.label),
                format!("`{}`", trigger.belief.name()),
                format!("{} %", trigger.at_least),
                trigger.for_ticks.to_string(),
                mode(&trigger.mode),
                trigger.source.clone(),
            ]
        }),
    );
    page.part("Paths");
    page.table(
        ["path", "carries", "noise, readings", "source"],
        document.paths.iter().map(|path| {
            [named(&path.name, &path.label), variant(path.carries), path.sd.to_string(), path.source.clone()]
        }),
    );
    page
}

fn about(kind: &HypothesisKind) -> String {
    match kind {
        HypothesisKind::Disposition(seat) => format!("what kind `{}` is", seat.name()),
        HypothesisKind::Commitment(seat) => format!("whether `{}` comes", seat.name()),
        HypothesisKind::Unconsulted(seat) => format!("whether `{}` acts without asking", seat.name()),
        HypothesisKind::Imminence(seat, acts) => {
            format!("whether `{}` is about to: {}", seat.name(), names(acts))
        }
    }
}

fn prior(hypothesis: &HypothesisDoc) -> String {
    let total = hypothesis.prior.iter().map(|w| f64::from(*w)).sum::<f64>().max(1.0);
    match hypothesis.prior.first() {
        Some(yes) => format!("{} %", (f64::from(*yes) / total * 1000.0).round() / 10.0),
        None => "the rival's".to_owned(),
    }
}

fn mode(mode: &TriggerMode) -> String {
    match mode {
        TriggerMode::Permit(act) => format!("permits `{}`", act.name()),
        TriggerMode::Press(act, nats) => format!("presses for `{}` by {nats} nats", act.name()),
        TriggerMode::Delegate(act, hazard) => {
            format!("`{}` by itself if allowed, {}", act.name(), rate(*hazard))
        }
    }
}
