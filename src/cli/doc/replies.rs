//! How often and how fast each side answers.

use super::page::Page;
use super::words::{share, span, variant};
use crate::scenario::document::Document;

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Replies",
        "replies",
        "The base measure: the share of each cell of answer, in whole percent, by the rung of what is answered; and the time\n\
         that an answer takes, lognormal.",
    );
    page.part("Kernels");
    page.table(
        [
            "side",
            "rung",
            "nothing",
            "protest",
            "non-military",
            "symbolic",
            "in kind",
            "one up",
            "two up",
            "source",
        ],
        document.kernels.iter().map(|kernel| {
            let total = kernel.weights.iter().map(|w| u64::from(*w)).sum();
            let [a, b, c, d, e, f, g] = kernel.weights.map(|weight| share(weight, total));
            let (low, high) = kernel.rungs;
            let rungs = if low == high { low.to_string() } else { format!("{low} to {high}") };
            [kernel.side.clone(), rungs, a, b, c, d, e, f, g, kernel.source.clone()]
        }),
    );
    page.part("Latencies");
    page.table(
        ["stimulus", "median", "sigma", "source"],
        document.latencies.iter().map(|latency| {
            [variant(latency.class), span(latency.median), latency.sigma.to_string(), latency.source.clone()]
        }),
    );
    page
}
