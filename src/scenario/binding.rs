//! Binding: the numbers of one design point, as integers.
//!
//! Floats end here: rates become chances a tick, distributions become quantile tables, through `libm` alone, so that
//! every machine binds the same integers.

use super::Scenario;
use super::document::Mechanic;
use super::section::*;
use super::settings::{Settings, resolve};
use crate::vocabulary::{
    ActionId, CELLS, Chance, Id, Minute, READINGS, RUNGS, Ref, Rung, SeatId, TOP_RUNG, TriggerId,
};
use std::sync::Arc;
use std::sync::LazyLock;

/// How many entries a quantile table has.
pub const QUANTILES: usize = 256;

/// The numbers of one design point.
#[derive(Debug)]
pub struct Bound {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The settings that made it, by name.
    pub settings: Settings,
    /// The mechanics that the scenario uses, one bit each.
    mechanics: u8,
    /// Parameters of the mechanics.
    pub model: Model,
    /// Every parameter rounded to a whole number in its own unit, for programs.
    pub params: Vec<i32>,
    /// The ladder, by rung.
    pub ladder: Vec<RungRow>,
    /// Seats and actors.
    pub seats: Vec<Seat>,
    /// Tracks.
    pub tracks: Vec<Track>,
    /// Classes of site.
    pub sites: Vec<Site>,
    /// Paths of signals.
    pub paths: Vec<Path>,
    /// Kinds of loss.
    pub losses: Vec<Loss>,
    /// Minutes at quantiles, by class of latency.
    pub latencies: [Vec<i32>; 3],
    /// Share of each cell of reply in parts per million, by side, then rung of the stimulus.
    pub kernels: Vec<[[u32; CELLS]; RUNGS]>,
    /// Channels.
    pub channels: Vec<Channel>,
    /// Bodies.
    pub bodies: Vec<Body>,
    /// Accords.
    pub accords: Vec<Accord>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Incidents.
    pub incidents: Vec<Incident>,
    /// The sum of their hazards.
    pub hazard_of_all: u64,
    /// Injects.
    pub injects: Vec<Inject>,
    /// Hypotheses.
    pub hypotheses: Vec<Hypothesis>,
    /// Triggers.
    pub triggers: Vec<Trigger>,
    /// Terms.
    pub terms: Vec<Term>,
    /// Doctrines, each with the seat that it can play.
    pub doctrines: Vec<(SeatId, Doctrine)>,
    /// Endings.
    pub endings: Vec<Ending>,
    /// Calendar windows.
    pub windows: Vec<Window>,
    /// The historical record.
    pub record: Vec<RecordStep>,
    /// Lookup tables.
    pub tables: Vec<Vec<i32>>,
    /// Quantiles of the hidden climate, in parts per thousand of its mean.
    pub climate: Vec<i32>,
    /// The campaign, if the scenario is one.
    pub campaign: Option<Campaign>,
    /// What is left of excitation after a tick, in parts per 2^32.
    pub excitation_kept: Chance,
}

impl Bound {
    /// Milli-nats of the firebreaks between two rungs, on the way up.
    pub fn crossing_cost(&self, from: Rung, to: Rung) -> i32 {
        self.ladder.iter().filter(|row| row.rung > from && row.rung <= to).map(|row| row.crossing_cost).sum()
    }

    /// An act's place on the agenda of a campaign, if it has one.
    pub fn agenda_item(&self, action: ActionId) -> Option<AgendaItem> {
        self.campaign.as_ref().and_then(|campaign| campaign.agenda[action.index()])
    }

    /// Whether some seat can order an act.
    pub fn offers(&self, action: ActionId) -> bool {
        !self.actions[action.index()].seats.is_empty()
    }

    /// The triggers that a seat knows of: those of acts that can be ordered.
    pub fn triggers_of(&self, seat: SeatId) -> impl Iterator<Item = (TriggerId, &Trigger)> {
        let all = self.triggers.iter().enumerate();
        let known =
            move |(_, trigger): &(usize, &Trigger)| trigger.seat == seat && self.offers(trigger.action);
        all.filter(known).map(|(t, trigger)| (TriggerId::new(t), trigger))
    }

    /// Whether the scenario uses a mechanic.
    pub fn uses(&self, mechanic: Mechanic) -> bool {
        self.mechanics & mechanic.bit() != 0
    }
}

/// Binds the numbers of one design point.
///
/// # Errors
/// Every setting that has an unknown name or a value outside its range, in words.
pub fn bind(scenario: &Arc<Scenario>, settings: &Settings) -> Result<Arc<Bound>, Vec<String>> {
    let set = resolve(scenario, settings)?;
    let document = &scenario.document;
    let number = |name: &str| {
        let index = scenario.names.position("parameters", name);
        index.map_or(0.0, |i| set.parameters[i].unwrap_or(document.parameters[i].default))
    };
    let model = Model::bind(number);
    let tick: Minute = model.tick_minutes.max(1);
    let sides = sides(document);
    let side = |name: &str| sides.iter().position(|s| s == name).unwrap_or(0) as u8;
    let seats: Vec<Seat> =
        document.seats.iter().map(|seat| seat.bind(side(&seat.side), document.sites.len())).collect();
    let paths = document
        .paths
        .iter()
        .map(|path| Path { plain: noise(path.sd), explained: noise(path.sd * number("message_clarity")) })
        .collect();
    let hypotheses = bind_hypotheses(document, &seats);
    let margin = model.trigger_margin.max(0) as u32;
    let mut kernels = vec![[[0; CELLS]; RUNGS]; sides.len()];
    for doc in &document.kernels {
        let kernel = doc.bind(side(&doc.side));
        for rung in kernel.from..=kernel.to.min(TOP_RUNG) {
            kernels[usize::from(kernel.side)][usize::from(rung)] = kernel.shares;
        }
    }
    let latency = |class: LatencyClass| {
        let doc = document.latencies.iter().find(|l| l.class == class);
        doc.map_or_else(|| vec![1], |doc| doc.bind().minutes)
    };
    let (excite, window) = (number("excite_n"), number("window_factor"));
    let incidents: Vec<Incident> =
        document.incidents.iter().map(|incident| incident.bind(tick, excite, window)).collect();
    let bound = Bound {
        scenario: Arc::clone(scenario),
        settings: settings.clone(),
        mechanics: document.mechanics.iter().fold(0, |all, mechanic| all | mechanic.bit()),
        params: (0..document.parameters.len())
            .map(|i| libm::round(set.parameters[i].unwrap_or(document.parameters[i].default)) as i32)
            .collect(),
        ladder: {
            let mut rows: Vec<RungRow> = document.ladder.iter().map(RungDoc::bind).collect();
            rows.sort_by_key(|row| row.rung);
            rows
        },
        tracks: document.tracks.iter().enumerate().map(|(i, t)| t.bind(set.tracks[i])).collect(),
        sites: document.sites.iter().map(SiteDoc::bind).collect(),
        paths,
        losses: document.losses.iter().map(LossDoc::bind).collect(),
        latencies: [
            latency(LatencyClass::Direct),
            latency(LatencyClass::Ambiguous),
            latency(LatencyClass::Political),
        ],
        kernels,
        channels: document
            .channels
            .iter()
            .enumerate()
            .map(|(i, channel)| {
                let mut bound = channel.bind(set.regimes[i], tick);
                bound.politics = set.politics[i].unwrap_or(bound.politics);
                bound
            })
            .collect(),
        bodies: document
            .bodies
            .iter()
            .zip(&set.leads)
            .map(|(body, lead)| body.bind(*lead, |action| set.offered[action.index()]))
            .collect(),
        accords: document
            .accords
            .iter()
            .enumerate()
            .map(|(i, accord)| accord.bind(set.accords[i], document.incidents.len()))
            .collect(),
        actions: document
            .actions
            .iter()
            .zip(&set.offered)
            .map(|(action, offered)| action.bind(document.seats.len(), *offered))
            .collect(),
        hazard_of_all: incidents.iter().map(|incident| incident.hazard).sum(),
        incidents,
        injects: document.injects.iter().map(|inject| inject.bind(document.seats.len())).collect(),
        triggers: document
            .triggers
            .iter()
            .map(|trigger| {
                let holder = document.hypotheses[trigger.belief.id().index()].holder.id();
                trigger.bind(holder, margin, number("delegate_slope"), tick)
            })
            .collect(),
        terms: document.terms.iter().map(|term| term.bind(&document.seats)).collect(),
        doctrines: document
            .doctrines
            .iter()
            .map(|doctrine| {
                let seat = doctrine.seat.id();
                let aims: Vec<&str> =
                    document.seats[seat.index()].aims.iter().map(|aim| aim.name.as_str()).collect();
                (seat, doctrine.bind(&aims, document.actions.len()))
            })
            .collect(),
        endings: document.endings.iter().map(EndingDoc::bind).collect(),
        windows: document.calendar.iter().map(CalendarDoc::bind).collect(),
        record: document.record.iter().map(RecordDoc::bind).collect(),
        tables: document.tables.iter().map(|table| table.values.clone()).collect(),
        climate: gamma_quantiles(number("climate_size")),
        campaign: document
            .campaign
            .first()
            .map(|campaign| campaign.bind(document.seats.len(), document.actions.len())),
        excitation_kept: Chance::from_share(libm::exp(
            -f64::from(tick) / f64::from(model.excite_days.max(1)),
        )),
        hypotheses,
        seats,
        model,
    };
    Ok(Arc::new(bound))
}

/// The names of the sides, in the order in which seats first mention them.
fn sides(document: &super::document::Document) -> Vec<String> {
    let mut sides: Vec<String> = Vec::new();
    for seat in &document.seats {
        if !sides.contains(&seat.side) {
            sides.push(seat.side.clone());
        }
    }
    sides
}

fn bind_hypotheses(document: &super::document::Document, seats: &[Seat]) -> Vec<Hypothesis> {
    let mut offset = 0;
    document
        .hypotheses
        .iter()
        .map(|doc| {
            let (subject, prior) = match &doc.about {
                HypothesisKind::Disposition(seat) => {
                    let own: Vec<u32> =
                        seats[seat.id().index()].dispositions.iter().map(|d| d.prior).collect();
                    (seat.id(), if doc.prior.len() == own.len() { doc.prior.clone() } else { own })
                }
                HypothesisKind::Commitment(seat)
                | HypothesisKind::Unconsulted(seat)
                | HypothesisKind::Imminence(seat, _) => (seat.id(), doc.prior.clone()),
            };
            let types = prior.len().max(1);
            let total: u64 = prior.iter().map(|w| u64::from(*w)).sum::<u64>().max(1);
            let mut shares: Vec<u32> =
                prior.iter().map(|w| (u64::from(*w) * 1_000_000 / total) as u32).collect();
            shares.resize(types, 1_000_000);
            shares[0] += 1_000_000 - shares.iter().sum::<u32>();
            let likelihood = doc.tables().map(|(_, rows)| {
                let rows = if rows.is_empty() { &doc.likelihood } else { rows };
                rows.iter().map(|row| row.map(|p| p * 1000)).collect()
            });
            let bound = Hypothesis {
                holder: doc.holder.id(),
                subject,
                about: doc.about.clone(),
                offset,
                types,
                prior: shares,
                raised_by: doc.raised_by.iter().map(|(a, f)| (a.id(), (f * 1000.0 + 0.5) as u32)).collect(),
                likelihood,
            };
            offset += types;
            bound
        })
        .collect()
}

/// The table of perceived readings for a noise of `sd` readings.
pub fn noise(sd: f64) -> Noise {
    let shares = |centre: f64| -> [f64; READINGS] {
        std::array::from_fn(|r| {
            if sd <= 0.0 {
                return f64::from(u8::from((centre + 0.5) as usize == r));
            }
            let edge = |x: f64| normal_cdf((x - centre) / sd);
            let low = if r == 0 { 0.0 } else { edge(r as f64 - 0.5) };
            let high = if r == READINGS - 1 { 1.0 } else { edge(r as f64 + 0.5) };
            high - low
        })
    };
    let cumulative = |step: usize| {
        let mut sum = 0.0;
        let mut row = shares(step as f64 / STEPS as f64).map(|share| {
            sum += share;
            Chance::from_share(sum).parts()
        });
        row[READINGS - 1] = Chance::CERTAIN.parts();
        row
    };
    Noise { perceived: (0..=(READINGS - 1) * STEPS).map(cumulative).collect() }
}

/// The chance 1 - exp(-rate * minutes) of at least one event.
pub fn hazard(per_minute: f64, minutes: Minute) -> Chance {
    Chance::from_share(-libm::expm1(-per_minute * f64::from(minutes)))
}

/// Whole numbers at evenly spaced quantiles of a lognormal distribution, held between two bounds.
pub fn lognormal(median: f64, sigma: f64, low: i32, high: i32) -> Vec<i32> {
    NORMAL
        .iter()
        .map(|z| {
            let x = median * libm::exp(sigma * z);
            (x.min(f64::from(high)) + 0.5) as i32
        })
        .map(|x| x.clamp(low, high))
        .collect()
}

/// Parts per thousand at evenly spaced quantiles of a gamma distribution with mean 1 and this shape
/// (Wilson and Hilferty's cube-root approximation, floored at zero).
fn gamma_quantiles(shape: f64) -> Vec<i32> {
    let shape = shape.max(0.05);
    let c = 1.0 / (9.0 * shape);
    NORMAL
        .iter()
        .map(|z| {
            let root = 1.0 - c + z * libm::sqrt(c);
            (root.max(0.0) * root.max(0.0) * root.max(0.0) * 1000.0 + 0.5) as i32
        })
        .collect()
}

/// The standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Evenly spaced quantiles of the standard normal distribution; the same for every table, and dear to work out.
static NORMAL: LazyLock<[f64; QUANTILES]> =
    LazyLock::new(|| std::array::from_fn(|k| normal_quantile((k as f64 + 0.5) / QUANTILES as f64)));

/// The quantile of the standard normal distribution, by bisection on [`normal_cdf`].
fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-8.0, 8.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal_cdf(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// The ids behind a list of references.
pub fn ids<I: Id>(refs: &[Ref<I>]) -> Vec<I> {
    refs.iter().map(Ref::id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lognormal_table_has_its_median_in_the_middle() {
        let table = lognormal(45.0, 0.7, 1, 10_000);
        assert!((44..=46).contains(&table[QUANTILES / 2]), "{}", table[QUANTILES / 2]);
        assert!(table.windows(2).all(|w| w[0] <= w[1]));
    }

    #[test]
    fn the_climate_has_mean_one() {
        let table = gamma_quantiles(1.0);
        let mean = table.iter().sum::<i32>() / QUANTILES as i32;
        assert!((930..=1070).contains(&mean), "{mean}");
    }

    #[test]
    fn without_noise_and_bias_a_reading_is_perceived_as_it_was_meant() {
        let table = noise(0.0);
        for s in 0..READINGS {
            assert!(table.honest(s, s) > 0.999_999);
            let row = &table.perceived[s * STEPS];
            assert_eq!(row.iter().position(|edge| *edge > u64::from(u32::MAX / 2)), Some(s));
        }
    }

    #[test]
    fn half_the_noise_is_half_the_spread() {
        let spread = |sd: f64| {
            let table = noise(sd);
            (0..READINGS).map(|r| table.honest(3, r) * (r as f64 - 3.0) * (r as f64 - 3.0)).sum::<f64>()
        };
        // A reading is a whole number: rounding adds a twelfth to the variance.
        assert!((spread(0.8) - 0.64 - 1.0 / 12.0).abs() < 0.02, "{}", spread(0.8));
        assert!((spread(0.4) - 0.16 - 1.0 / 12.0).abs() < 0.04, "{}", spread(0.4));
    }
}
