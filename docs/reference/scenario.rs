// The types of a scenario file, for editors that complete RON by Rust's types; see docs/howto/editor.md.
// Written from the source by `OFFRAMP_BLESS=1 cargo test --test docs generated`; not part of the program.

/// The name of an entry of `seats`.
pub type SeatName = String;

/// The name of an entry of `tracks`.
pub type TrackName = String;

/// The name of an entry of `channels`.
pub type ChannelName = String;

/// The name of an entry of `bodies`.
pub type BodyName = String;

/// The name of an entry of `accords`.
pub type AccordName = String;

/// The name of an entry of `actions`.
pub type ActionName = String;

/// The name of an entry of `incidents`.
pub type IncidentName = String;

/// The name of an entry of `injects`.
pub type InjectName = String;

/// The name of an entry of `terms`.
pub type TermName = String;

/// The name of an entry of `doctrines`.
pub type DoctrineName = String;

/// The name of an entry of `parameters`.
pub type ParamName = String;

/// The name of an entry of `hypotheses`.
pub type HypothesisName = String;

/// The name of an entry of `tables`.
pub type TableName = String;

/// The name of an entry of `sites`.
pub type SiteName = String;

/// The name of an entry of `paths`.
pub type PathName = String;

/// The name of an entry of `losses`.
pub type LossName = String;

/// The name of an entry of `calendar`.
pub type WindowName = String;

/// A scenario file.
#[derive(Default)]
pub struct Document {
    /// The format's version: 1.
    #[serde(default)]
    pub format: u32,
    /// The scenario's name: lower case, digits and dashes.
    #[serde(default)]
    pub name: String,
    /// Title on the screen.
    #[serde(default)]
    pub title: String,
    /// What the crisis is about, for everyone.
    #[serde(default)]
    pub summary: String,
    /// What a class learns from it.
    #[serde(default)]
    pub teaching_aim: String,
    /// Date and time of minute 0, local, as `2015-08-04 07:35`.
    #[serde(default)]
    pub start: String,
    /// Where the scenario comes from.
    #[serde(default)]
    pub source: String,
    /// The side whose deaths the course class counts; every side if left out.
    #[serde(default)]
    pub own_side: String,
    /// The sitting that it is made for; an evening if left out.
    #[serde(default)]
    pub sitting: Option<Sitting>,
    /// Whether participants are told what the white cell does; they are not if left out.
    #[serde(default)]
    pub white_cell: Option<Hand>,
    /// The parent file: a library name, or a relative path.
    #[serde(default)]
    pub base: Option<String>,
    /// The mechanics in use; a child's list, if not empty, counts instead of its parent's.
    #[serde(default)]
    pub mechanics: Vec<Mechanic>,
    /// The acts that can be ordered, by name; all if left out. In a file with a base what it writes itself, under `actions` or `replace`, need not be named.
    #[serde(default)]
    pub offered: Option<Vec<ActionName>>,
    /// The escalation ladder: each rung from 0 to 13 exactly once. The order in the file does not matter.
    #[serde(default)]
    pub ladder: Vec<RungDoc>,
    /// Seats, who give orders, and actors, who act by rules alone. At most 8 together. The first of `rivals` is the one that the seat's acts are directed at.
    #[serde(default)]
    pub seats: Vec<SeatDoc>,
    /// Levels that the game counts. They stay within `min` and `max`.
    #[serde(default)]
    pub tracks: Vec<TrackDoc>,
    /// Classes of place where forces meet.
    #[serde(default)]
    pub sites: Vec<SiteDoc>,
    /// Ways in which signals reach an observer.
    #[serde(default)]
    pub paths: Vec<PathDoc>,
    /// What an act may cost in lives: a chance of any death, then a lognormal number.
    #[serde(default)]
    pub losses: Vec<LossDoc>,
    /// How long a reply takes: lognormal, one for each class.
    #[serde(default)]
    pub latencies: Vec<LatencyDoc>,
    /// What each side did in the record when something was done to it: weights of the seven cells of reply.
    #[serde(default)]
    pub kernels: Vec<KernelDoc>,
    /// Lines between seats.
    #[serde(default)]
    pub channels: Vec<ChannelDoc>,
    /// Consultation bodies, which release acts.
    #[serde(default)]
    pub bodies: Vec<BodyDoc>,
    /// What was agreed before.
    #[serde(default)]
    pub accords: Vec<AccordDoc>,
    /// What seats can order. `needs` may read only what every seat that can take the action can see.
    #[serde(default)]
    pub actions: Vec<ActionDoc>,
    /// What happens at the line without a leader's order.
    #[serde(default)]
    pub incidents: Vec<IncidentDoc>,
    /// Events that the scenario, or control, puts into the game. What is due at one time comes in the order of the file, the base's first.
    #[serde(default)]
    pub injects: Vec<InjectDoc>,
    /// Questions that seats hold beliefs about.
    #[serde(default)]
    pub hypotheses: Vec<HypothesisDoc>,
    /// Conditions on a belief, and what each sets off.
    #[serde(default)]
    pub triggers: Vec<TriggerDoc>,
    /// What a proposal may contain. At most 64.
    #[serde(default)]
    pub terms: Vec<TermDoc>,
    /// Ways to play a seat without a person.
    #[serde(default)]
    pub doctrines: Vec<DoctrineDoc>,
    /// When the game is over. The first whose condition holds counts, so order matters. At least one.
    #[serde(default)]
    pub endings: Vec<EndingDoc>,
    /// What participants are asked in the debrief, in this order. Not read in play.
    #[serde(default)]
    pub questions: Vec<QuestionDoc>,
    /// Numbers that an expert would argue about. If `mechanics` is not empty, all that the engine reads must be there, each in its unit; the shipped base has them all.
    #[serde(default)]
    pub parameters: Vec<ParameterDoc>,
    /// Known windows of time, such as exercises.
    #[serde(default)]
    pub calendar: Vec<CalendarDoc>,
    /// The dated steps of the real crisis, which the policy `record` repeats. A step has at most one `act`, one `stop` and one `word`.
    #[serde(default)]
    pub record: Vec<RecordDoc>,
    /// Statements that run in one step of every tick, or once a period of a campaign. Rules of one step run in the order of the file.
    #[serde(default)]
    pub rules: Vec<RuleDoc>,
    /// Whole numbers by index, for `Lookup`.
    #[serde(default)]
    pub tables: Vec<TableDoc>,
    /// Long turns while it is calm: one entry at most.
    #[serde(default)]
    pub campaign: Vec<CampaignDoc>,
    /// Whole entries that take the place of the parent's.
    #[serde(default)]
    pub replace: Sections,
    /// Names that are dropped from the parent.
    #[serde(default)]
    pub remove: Removals,
    /// Single values that are changed.
    #[serde(default)]
    pub settings: Vec<SettingDoc>,
}

/// Whole entries that take the place of the base's.
#[derive(Default)]
pub struct Sections {
    /// The escalation ladder: each rung from 0 to 13 exactly once. The order in the file does not matter.
    #[serde(default)]
    pub ladder: Vec<RungDoc>,
    /// Seats, who give orders, and actors, who act by rules alone. At most 8 together. The first of `rivals` is the one that the seat's acts are directed at.
    #[serde(default)]
    pub seats: Vec<SeatDoc>,
    /// Levels that the game counts. They stay within `min` and `max`.
    #[serde(default)]
    pub tracks: Vec<TrackDoc>,
    /// Classes of place where forces meet.
    #[serde(default)]
    pub sites: Vec<SiteDoc>,
    /// Ways in which signals reach an observer.
    #[serde(default)]
    pub paths: Vec<PathDoc>,
    /// What an act may cost in lives: a chance of any death, then a lognormal number.
    #[serde(default)]
    pub losses: Vec<LossDoc>,
    /// How long a reply takes: lognormal, one for each class.
    #[serde(default)]
    pub latencies: Vec<LatencyDoc>,
    /// What each side did in the record when something was done to it: weights of the seven cells of reply.
    #[serde(default)]
    pub kernels: Vec<KernelDoc>,
    /// Lines between seats.
    #[serde(default)]
    pub channels: Vec<ChannelDoc>,
    /// Consultation bodies, which release acts.
    #[serde(default)]
    pub bodies: Vec<BodyDoc>,
    /// What was agreed before.
    #[serde(default)]
    pub accords: Vec<AccordDoc>,
    /// What seats can order. `needs` may read only what every seat that can take the action can see.
    #[serde(default)]
    pub actions: Vec<ActionDoc>,
    /// What happens at the line without a leader's order.
    #[serde(default)]
    pub incidents: Vec<IncidentDoc>,
    /// Events that the scenario, or control, puts into the game. What is due at one time comes in the order of the file, the base's first.
    #[serde(default)]
    pub injects: Vec<InjectDoc>,
    /// Questions that seats hold beliefs about.
    #[serde(default)]
    pub hypotheses: Vec<HypothesisDoc>,
    /// Conditions on a belief, and what each sets off.
    #[serde(default)]
    pub triggers: Vec<TriggerDoc>,
    /// What a proposal may contain. At most 64.
    #[serde(default)]
    pub terms: Vec<TermDoc>,
    /// Ways to play a seat without a person.
    #[serde(default)]
    pub doctrines: Vec<DoctrineDoc>,
    /// When the game is over. The first whose condition holds counts, so order matters. At least one.
    #[serde(default)]
    pub endings: Vec<EndingDoc>,
    /// What participants are asked in the debrief, in this order. Not read in play.
    #[serde(default)]
    pub questions: Vec<QuestionDoc>,
    /// Numbers that an expert would argue about. If `mechanics` is not empty, all that the engine reads must be there, each in its unit; the shipped base has them all.
    #[serde(default)]
    pub parameters: Vec<ParameterDoc>,
    /// Known windows of time, such as exercises.
    #[serde(default)]
    pub calendar: Vec<CalendarDoc>,
    /// The dated steps of the real crisis, which the policy `record` repeats. A step has at most one `act`, one `stop` and one `word`.
    #[serde(default)]
    pub record: Vec<RecordDoc>,
    /// Statements that run in one step of every tick, or once a period of a campaign. Rules of one step run in the order of the file.
    #[serde(default)]
    pub rules: Vec<RuleDoc>,
    /// Whole numbers by index, for `Lookup`.
    #[serde(default)]
    pub tables: Vec<TableDoc>,
    /// Long turns while it is calm: one entry at most.
    #[serde(default)]
    pub campaign: Vec<CampaignDoc>,
}

/// Names that are dropped from the base.
#[derive(Default)]
pub struct Removals {
    /// The escalation ladder: each rung from 0 to 13 exactly once. The order in the file does not matter.
    #[serde(default)]
    pub ladder: Vec<String>,
    /// Seats, who give orders, and actors, who act by rules alone. At most 8 together. The first of `rivals` is the one that the seat's acts are directed at.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Levels that the game counts. They stay within `min` and `max`.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// Classes of place where forces meet.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Ways in which signals reach an observer.
    #[serde(default)]
    pub paths: Vec<String>,
    /// What an act may cost in lives: a chance of any death, then a lognormal number.
    #[serde(default)]
    pub losses: Vec<String>,
    /// How long a reply takes: lognormal, one for each class.
    #[serde(default)]
    pub latencies: Vec<String>,
    /// What each side did in the record when something was done to it: weights of the seven cells of reply.
    #[serde(default)]
    pub kernels: Vec<String>,
    /// Lines between seats.
    #[serde(default)]
    pub channels: Vec<String>,
    /// Consultation bodies, which release acts.
    #[serde(default)]
    pub bodies: Vec<String>,
    /// What was agreed before.
    #[serde(default)]
    pub accords: Vec<String>,
    /// What seats can order. `needs` may read only what every seat that can take the action can see.
    #[serde(default)]
    pub actions: Vec<String>,
    /// What happens at the line without a leader's order.
    #[serde(default)]
    pub incidents: Vec<String>,
    /// Events that the scenario, or control, puts into the game. What is due at one time comes in the order of the file, the base's first.
    #[serde(default)]
    pub injects: Vec<String>,
    /// Questions that seats hold beliefs about.
    #[serde(default)]
    pub hypotheses: Vec<String>,
    /// Conditions on a belief, and what each sets off.
    #[serde(default)]
    pub triggers: Vec<String>,
    /// What a proposal may contain. At most 64.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Ways to play a seat without a person.
    #[serde(default)]
    pub doctrines: Vec<String>,
    /// When the game is over. The first whose condition holds counts, so order matters. At least one.
    #[serde(default)]
    pub endings: Vec<String>,
    /// What participants are asked in the debrief, in this order. Not read in play.
    #[serde(default)]
    pub questions: Vec<String>,
    /// Numbers that an expert would argue about. If `mechanics` is not empty, all that the engine reads must be there, each in its unit; the shipped base has them all.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// Known windows of time, such as exercises.
    #[serde(default)]
    pub calendar: Vec<String>,
    /// The dated steps of the real crisis, which the policy `record` repeats. A step has at most one `act`, one `stop` and one `word`.
    #[serde(default)]
    pub record: Vec<String>,
    /// Statements that run in one step of every tick, or once a period of a campaign. Rules of one step run in the order of the file.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Whole numbers by index, for `Lookup`.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Long turns while it is calm: one entry at most.
    #[serde(default)]
    pub campaign: Vec<String>,
}

/// The sitting that a scenario is made for. Not read in play: it tells readers, and holds tests to it.
pub enum Sitting {
    /// An evening, or two hours of a class.
    Evening,
    /// A lesson of fifty minutes.
    Lesson,
}

/// Whether participants are told what the white cell does.
pub enum Hand {
    /// What it says reads like any news, and its rulings show only in what follows from them.
    Hidden,
    /// Its messages say that they are its own, and every seat reads the dice of its rulings.
    Shown,
}

/// The mechanics that a scenario may use; the engine runs only those that are named.
pub enum Mechanic {
    /// Incidents without orders, clustered in time.
    Incidents,
    /// Percepts, beliefs and triggers.
    Beliefs,
    /// Channels that fail and are cut.
    Channels,
    /// Proposals, ultimatums, talks, fading.
    Bargaining,
    /// Restraint, release, consultation.
    Alliance,
    /// Exchanges of fire.
    Exchanges,
}

/// A setting: `section.name.field` and its value.
#[derive(Default)]
pub struct SettingDoc {
    /// `section.name.field`.
    pub name: String,
    /// The value.
    pub value: SettingValue,
}

/// A rung as authored.
#[derive(Default)]
pub struct RungDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Position on the ladder, 0 to 13; a ladder names each rung from 0 up exactly once.
    pub rung: u8,
    /// What kind of act stands on this rung.
    pub definition: String,
    /// Time without acts after which the standing rung falls by one.
    pub cooldown: Duration,
    /// Cost in nats of climbing onto this rung from below: above 0 it is a firebreak.
    #[serde(default)]
    pub crossing_cost: f64,
    /// Chance that an incident at this rung reaches the news. Not read in play.
    pub publicised: AuthoredChance,
    /// Where the numbers come from.
    pub source: String,
}

/// A seat, or an actor that plays by rules alone, as authored.
#[derive(Default)]
pub struct SeatDoc {
    /// Name in the file and on the command line.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// The side that it stands on; seats of one side read replies from the same kernels.
    pub side: String,
    /// Whether it gives orders (true) or acts by rules alone.
    pub plays: bool,
    /// One line on who this is.
    pub summary: String,
    /// The briefing that only this seat reads.
    #[serde(default)]
    pub briefing: String,
    /// What it wants, and what each is worth.
    #[serde(default)]
    pub aims: Vec<AimDoc>,
    /// Which kinds of player it may secretly be.
    #[serde(default)]
    pub dispositions: Vec<DispositionDoc>,
    /// Its allies.
    #[serde(default)]
    pub allies: Vec<SeatName>,
    /// Its rivals.
    #[serde(default)]
    pub rivals: Vec<SeatName>,
    /// Standing rules of engagement, one a site class at most.
    #[serde(default)]
    pub standing: Vec<EngagementRule>,
    /// Whether it answers the telephone unless told otherwise.
    #[serde(default)]
    pub answers: bool,
    /// The doctrine that plays it unless told otherwise.
    #[serde(default)]
    pub doctrine: Option<DoctrineName>,
    /// Where the numbers come from.
    pub source: String,
}

/// A track as authored.
#[derive(Default)]
pub struct TrackDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What one point means.
    #[serde(default)]
    pub unit: String,
    /// Lowest level.
    pub min: i32,
    /// Highest level.
    pub max: i32,
    /// Level at the start, from `min` to `max`.
    pub start: i32,
    /// Level that it returns to, from `min` to `max`; the start if left out.
    #[serde(default)]
    pub baseline: Option<i32>,
    /// Time in which half of the distance to the baseline is lost; never if left out.
    #[serde(default)]
    pub half_life: Option<Duration>,
    /// Who sees it.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Whether the crisis is about it: it stands first among the levels that a seat reads, and the debrief tells its course. If left out, so do the tracks that a file adds to its base.
    #[serde(default)]
    pub focus: Option<bool>,
    /// Where the numbers come from.
    pub source: String,
}

/// A class of site at which forces meet, as authored.
#[derive(Default)]
pub struct SiteDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Where it lies.
    pub domain: Domain,
    /// How fast a reply to unaimed or unclear fire here comes; direct fire is always fast.
    pub latency: LatencyClass,
    /// What the forces here do when their line is crossed; nothing if left out.
    #[serde(default)]
    pub contact: Option<ContactDoc>,
    /// Where the classification comes from.
    pub source: String,
}

/// A path that signals take to an observer, as authored.
#[derive(Default)]
pub struct PathDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What takes this path unless an act names another.
    #[serde(default)]
    pub carries: Carries,
    /// Standard deviation of what is perceived, in readings.
    pub sd: f64,
    /// Where the number comes from.
    pub source: String,
}

/// A kind of loss as authored: a chance of any death, then a discrete lognormal.
#[derive(Default)]
pub struct LossDoc {
    /// Name in the file.
    pub name: String,
    /// Chance of any death.
    pub any: AuthoredChance,
    /// Median number of dead, given any.
    pub median: f64,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
    /// Most dead.
    pub cap: u32,
    /// Who is hit.
    pub victims: Victims,
    /// Where the numbers come from.
    pub source: String,
}

/// A reply latency as authored: lognormal.
#[derive(Default)]
pub struct LatencyDoc {
    /// Name in the file.
    pub name: String,
    /// Which stimuli it is for.
    pub class: LatencyClass,
    /// Median.
    pub median: Duration,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
    /// Where the numbers come from.
    pub source: String,
}

/// How one side replies to a class of stimulus, as authored.
#[derive(Default)]
pub struct KernelDoc {
    /// Name in the file.
    pub name: String,
    /// The side that replies.
    pub side: String,
    /// Lowest and highest rung of the stimulus.
    pub rungs: (u8, u8),
    /// Weights of nothing, protest, non-military, symbolic fire, in kind, one up, two or more up.
    pub weights: [u32; 7],
    /// Where the numbers come from.
    pub source: String,
}

/// A channel as authored.
#[derive(Default)]
pub struct ChannelDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Whom it connects.
    pub members: Vec<SeatName>,
    /// At what level.
    pub level: ChannelLevel,
    /// The seat that decides whether it is answered or cut; nobody if left out.
    #[serde(default)]
    pub owner: Option<SeatName>,
    /// How long a message takes. In a crisis a line that takes as long as a tick cannot be used.
    pub latency: Duration,
    /// Chance that a message says what its sender meant.
    pub fidelity: AuthoredChance,
    /// Chance that a call fails for technical reasons.
    pub fault: AuthoredChance,
    /// How long a fault lasts on average.
    pub repair: Duration,
    /// Political state at the start.
    pub politics: Politics,
    /// Rate at which an automated owner (or, without an owner, chance) cuts it.
    pub cut: Rate,
    /// Factors on the rate of cutting, in parts per thousand, while an act goes on or stands unanswered before the owner; the strongest counts.
    #[serde(default)]
    pub stirred: Vec<(ActionName, i32)>,
    /// Rate at which it is restored.
    pub restore: Rate,
    /// Chance that a private call becomes known to the caller's allies.
    #[serde(default)]
    pub leak: AuthoredChance,
    /// Where the numbers come from.
    pub source: String,
}

/// A body as authored.
#[derive(Default)]
pub struct BodyDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Who sits in it.
    pub members: Vec<SeatName>,
    /// How long a request takes with no maturity at all.
    pub lead: Duration,
    /// Maturity at the start, 0 to 100; it shortens the lead by exp(-speed times maturity / 100).
    pub maturity: u8,
    /// How strongly maturity shortens the lead.
    pub speed: f64,
    /// Maturity spent by a request.
    #[serde(default)]
    pub spend: u8,
    /// Actions that it can release.
    pub grants: Vec<ActionName>,
    /// Chance that a quorum meets.
    pub quorum: AuthoredChance,
    /// What holds if it does not.
    pub default: BodyDefault,
    /// Where the numbers come from.
    pub source: String,
}

/// An accord as authored.
#[derive(Default)]
pub struct AccordDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Who agreed.
    pub parties: Vec<SeatName>,
    /// How it stands at the start.
    pub status: AccordStatus,
    /// Factors on incident rates while in force, in parts per thousand.
    #[serde(default)]
    pub contact: Vec<(IncidentName, i32)>,
    /// Warning steps that come before fire while in force, in place of the site's own.
    #[serde(default)]
    pub procedure: Vec<ProcedureDoc>,
    /// What changes when a party suspends it.
    #[serde(default)]
    pub on_break: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

/// An action as authored.
#[derive(Default)]
pub struct ActionDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// One sentence on what it is.
    pub about: String,
    /// Who can order it.
    pub seats: Vec<SeatName>,
    /// The rung that the act stands on.
    pub rung: u8,
    /// Where it takes place.
    pub domain: Domain,
    /// Whether it is over once done.
    #[serde(default)]
    pub tempo: Tempo,
    /// The site at which it opens fire, if it does.
    #[serde(default)]
    pub fires_at: Option<SiteName>,
    /// The site whose line it crosses, so that its forces meet it. Whether it turns back there decides on shots, and not on whether a continuing act goes on: what is to end it says `Stop`.
    #[serde(default)]
    pub crosses: Option<SiteName>,
    /// Time between order and act. What falls into one tick is told at the tick's beginning.
    #[serde(default)]
    pub lead: Duration,
    /// What it means.
    pub reading: Reading,
    /// What it costs as a signal.
    pub cost: Cost,
    /// How others learn of it.
    pub path: PathName,
    /// Who learns of it.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Set if the act hides its author. Not with `fires_at` or `crosses`: who is met at the line is seen.
    #[serde(default)]
    pub covert: Option<CovertDoc>,
    /// What it may cost in lives.
    #[serde(default)]
    pub losses: Option<LossName>,
    /// Who has to agree.
    #[serde(default)]
    pub release: Vec<Release>,
    /// When it may be ordered: what the seat can know. Participants are not told it: say it in `about`.
    #[serde(default)]
    pub needs: Option<Condition>,
    /// When it fails although ordered: the truth.
    #[serde(default)]
    pub fails_if: Option<Condition>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// What changes when it ends, for a continuing act.
    #[serde(default)]
    pub on_stop: Vec<Statement>,
    /// Rate at which an automated seat takes it unprovoked. A written rate of nothing says that only people are to take it.
    #[serde(default)]
    pub initiative: Rate,
    /// Whether it can be taken back.
    #[serde(default)]
    pub reversible: bool,
    /// Where the numbers come from.
    pub source: String,
}

/// A kind of incident as authored.
#[derive(Default)]
pub struct IncidentDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Whose forces do it.
    pub by: SeatName,
    /// Against whom.
    pub against: SeatName,
    /// The rung that it stands on.
    pub rung: u8,
    /// Where.
    pub domain: Domain,
    /// The class of site.
    pub site: SiteName,
    /// Whether fire is opened, so that an exchange may follow.
    #[serde(default)]
    pub fires: bool,
    /// Whether the line is crossed, so that the forces at the site meet it.
    #[serde(default)]
    pub crosses: bool,
    /// Base rate of publicised incidents.
    pub rate: Rate,
    /// Factors on the rate while a calendar window is open, in parts per thousand of the parameter `window_factor`.
    #[serde(default)]
    pub windows: Vec<(WindowName, i32)>,
    /// Chance that it was meant by someone in the chain of command below the leader.
    pub deliberate: AuthoredChance,
    /// What it means to those who see it.
    pub reading: Reading,
    /// How others learn of it.
    pub path: PathName,
    /// How sure observers are of the author at once.
    pub suspicion: AuthoredChance,
    /// Weights of evidence on the same day, after a week, after two months, never.
    #[serde(default)]
    pub lag: (u32, u32, u32, u32),
    /// What it may cost in lives.
    #[serde(default)]
    pub losses: Option<LossName>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

/// An inject as authored.
#[derive(Default)]
pub struct InjectDoc {
    /// Name in the file.
    pub name: String,
    /// Headline.
    pub label: String,
    /// What those who see it read.
    pub text: String,
    /// When.
    pub when: Schedule,
    /// Who reads it.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Whether it ends a turn, so that seats can decide: at the end of the tick in which it comes.
    #[serde(default)]
    pub wakes: bool,
    /// The act that it is, if it is one: the acting seat and the action, done whatever the seat would order.
    #[serde(default)]
    pub act: Option<(SeatName, ActionName)>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// Where it comes from.
    pub source: String,
}

/// A hypothesis as authored.
#[derive(Default)]
pub struct HypothesisDoc {
    /// Name in the file.
    pub name: String,
    /// The question in a participant's words.
    pub label: String,
    /// Who asks it.
    pub holder: SeatName,
    /// What it is about.
    pub about: HypothesisKind,
    /// Prior weight of each type, in order; a rival's own priors if left out.
    #[serde(default)]
    pub prior: Vec<u32>,
    /// Likelihood of each reading (conceding to hostile) by type, in parts per thousand. For a disposition it is derived from how it would act if left out.
    #[serde(default)]
    pub likelihood: Vec<[u32; 7]>,
    /// The same where the sender has a demand with a deadline before it; as `likelihood` if left out.
    #[serde(default)]
    pub after_demand: Vec<[u32; 7]>,
    /// The same where the sender has been fired at; as `likelihood` if left out.
    #[serde(default)]
    pub after_fire: Vec<[u32; 7]>,
    /// For an imminence: acts whose going on raises its prior, with the factor on the odds. So a posture that threatens what could be lost makes a first strike look nearer.
    #[serde(default)]
    pub raised_by: Vec<(ActionName, f64)>,
    /// Where the numbers come from.
    pub source: String,
}

/// A trigger on a belief, as authored.
#[derive(Default)]
pub struct TriggerDoc {
    /// Name in the file.
    pub name: String,
    /// The condition in a participant's words.
    pub label: String,
    /// The hypothesis that it watches; its first type is the one that counts.
    pub belief: HypothesisName,
    /// The belief in percent from which it counts.
    pub at_least: u8,
    /// For how many ticks in a row.
    pub for_ticks: u8,
    /// What it does.
    pub mode: TriggerMode,
    /// Where it comes from.
    pub source: String,
}

/// A term as authored.
#[derive(Default)]
pub struct TermDoc {
    /// Name in the file.
    pub name: String,
    /// What is promised, in a participant's words.
    pub label: String,
    /// Who has to do it.
    pub giver: SeatName,
    /// When it can be offered.
    #[serde(default)]
    pub needs: Option<Condition>,
    /// What it is worth to each seat, in points as those of its aims; 0 where left out.
    pub worth: Vec<(SeatName, f64)>,
    /// What it is worth to a seat of one disposition, in points, where that differs.
    #[serde(default)]
    pub held: Vec<(SeatName, String, f64)>,
    /// What it costs the giver in face when said in public and plainly, in points.
    #[serde(default)]
    pub face_cost: f64,
    /// Set if agreeing on it settles the crisis.
    #[serde(default)]
    pub settles: bool,
    /// The rung at which a settlement caps the standing rung.
    #[serde(default)]
    pub caps_at: Option<u8>,
    /// What it changes when agreed.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

/// A doctrine as authored.
#[derive(Default)]
pub struct DoctrineDoc {
    /// Name in the file and on the command line.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What it stands for, in a sentence or two.
    pub about: String,
    /// Which seat it can play.
    pub seat: SeatName,
    /// How sharply it prefers what is better: 0 follows the record's base rates alone.
    pub sharpness: f64,
    /// Factors on the seat's aims, in parts per thousand; 1000 where left out.
    #[serde(default)]
    pub aims: Vec<(String, i32)>,
    /// Nats a rung above the stimulus that it gains (or loses, if negative).
    #[serde(default)]
    pub hardness: f64,
    /// Nats of attraction or aversion to single actions.
    #[serde(default)]
    pub leanings: Vec<(ActionName, f64)>,
    /// Acts that it never takes.
    #[serde(default)]
    pub never: Vec<ActionName>,
    /// When it proposes a way out, and what it accepts.
    pub bargaining: BargainingDoc,
    /// Calls and public statements.
    pub talking: TalkingDoc,
    /// What it orders in the middle of an exchange of fire, and after losses.
    pub under_fire: UnderFireDoc,
    /// Its estimate of fire within two days where no belief says more: pairs of a standing rung and the parts per thousand from that rung on.
    pub fire_soon: Vec<(u8, i32)>,
    /// Chance in parts per thousand, each quiet decision, that it withdraws a posture which nothing answers any more.
    pub wind_down: i32,
    /// Nats by which it restrains an ally more (or less).
    #[serde(default)]
    pub restrain: f64,
    /// Nats by which it complies with an ally's restraint more (or less).
    #[serde(default)]
    pub comply: f64,
    /// Where the numbers come from.
    pub source: String,
}

/// An ending as authored.
#[derive(Default)]
pub struct EndingDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What those at the table read.
    pub text: String,
    /// When it comes.
    pub when: Condition,
    /// What kind of end it is.
    pub class: EndingClass,
    /// Whether the record makes it improbable.
    #[serde(default)]
    pub rare: bool,
}

/// A question that participants are asked after the end.
#[derive(Default)]
pub struct QuestionDoc {
    /// Name in the file.
    pub name: String,
    /// What is asked.
    pub text: String,
}

/// A parameter as authored.
#[derive(Default)]
pub struct ParameterDoc {
    /// Name in the file and in settings.
    pub name: String,
    /// What it does, in one sentence.
    pub about: String,
    /// What it counts.
    pub unit: Unit,
    /// Its value unless a setting says otherwise.
    pub default: f64,
    /// Plausible range, lowest and highest.
    pub range: (f64, f64),
    /// Where the number comes from.
    pub source: String,
    /// How well it is known.
    pub confidence: Confidence,
}

/// A window of the calendar as authored.
#[derive(Default)]
pub struct CalendarDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// When it opens.
    pub from: Duration,
    /// When it closes.
    pub until: Duration,
    /// Who knows of it beforehand.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Where it comes from.
    pub source: String,
}

/// A step of the record as authored.
#[derive(Default)]
pub struct RecordDoc {
    /// Name in the file.
    pub name: String,
    /// When, since the start.
    pub at: Duration,
    /// Who.
    pub seat: SeatName,
    /// What it did, in plain words.
    pub label: String,
    /// The act, if the scenario has one for it.
    #[serde(default)]
    pub act: Option<ActionName>,
    /// The continuing act that it ended.
    #[serde(default)]
    pub stop: Option<ActionName>,
    /// What it said.
    #[serde(default)]
    pub word: Option<RecordedWord>,
    /// The rung of the step.
    pub rung: u8,
    /// Where it is recorded.
    pub source: String,
}

/// A rule as authored. Rules of one step run in the order in which they are written.
#[derive(Default)]
pub struct RuleDoc {
    /// Name in the file; its rolls are addressed by it.
    pub name: String,
    /// When it runs.
    pub step: Step,
    /// The actor whose rule it is, if one.
    #[serde(default)]
    pub actor: Option<SeatName>,
    /// What it does.
    pub does: Vec<Statement>,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
}

/// A lookup table as authored.
#[derive(Default)]
pub struct TableDoc {
    /// Name in the file.
    pub name: String,
    /// Its values, from index 0.
    pub values: Vec<i32>,
    /// Where the numbers come from.
    #[serde(default)]
    pub source: String,
}

/// A campaign as authored. A scenario has one at most.
#[derive(Default)]
pub struct CampaignDoc {
    /// Name in the file.
    pub name: String,
    /// What a calm turn is called on the screen.
    pub label: String,
    /// How long a calm turn lasts.
    pub turn: Duration,
    /// The standing rung from which play drops into crisis turns.
    pub drop_rung: u8,
    /// When a crisis is over, so that calm turns go on.
    pub until: Condition,
    /// How often the hidden climate is drawn anew; never if left out.
    #[serde(default)]
    pub climate: Option<Duration>,
    /// The track that scales the rates of all incidents, in parts per thousand; as in the record if left out.
    #[serde(default)]
    pub incident_rate: Option<TrackName>,
    /// The track that holds each seat's political capital. The seat must see it.
    #[serde(default)]
    pub capital: Vec<(SeatName, TrackName)>,
    /// What can be ordered in calm turns, and only then, in groups.
    pub agenda: Vec<AgendaDoc>,
    /// What changes when play drops into a crisis.
    #[serde(default)]
    pub on_drop: Vec<Statement>,
    /// What changes when a crisis is over: what it leaves behind.
    #[serde(default)]
    pub on_return: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

/// A value that a setting gives.
pub enum SettingValue {
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// One of some names.
    Choice(String),
}

/// A span of time as an author writes it.
pub enum Duration {
    /// Minutes.
    Minutes(i32),
    /// Hours of 60 minutes.
    Hours(i32),
    /// Days of 24 hours.
    Days(i32),
    /// Quarters of 91 days.
    Quarters(i32),
}

/// A chance as an author writes it.
pub enum AuthoredChance {
    /// Parts per thousand, 0 to 1000.
    PerMille(f64),
    /// Parts per hundred, 0 to 100.
    Percent(f64),
}

/// An aim as authored.
#[derive(Default)]
pub struct AimDoc {
    /// Name in the file.
    pub name: String,
    /// The aim in a participant's words.
    pub label: String,
    /// How it is measured.
    pub measure: AimMeasure,
    /// Points: for a track, for each level above its start; for a condition, once if it holds at the end.
    pub points: f64,
    /// Whether losing this cannot be offset by other aims.
    #[serde(default)]
    pub floor: bool,
}

/// A hidden disposition as authored.
#[derive(Default)]
pub struct DispositionDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Weight in the prior.
    pub prior: u32,
    /// Factors on the seat's aims, in parts per thousand; 1000 where left out.
    #[serde(default)]
    pub aims: Vec<(String, i32)>,
    /// Factor on its rates of initiative, in parts per thousand.
    #[serde(default)]
    pub initiative: i32,
    /// Nats a rung above the stimulus that it gains (or loses, if negative) by a harder reply.
    #[serde(default)]
    pub hardness: f64,
}

/// A standing rule of engagement for a class of site.
#[derive(Default)]
pub struct EngagementRule {
    /// The class of site.
    pub site: SiteName,
    /// What the local commander does under fire.
    pub reply: ReplyRule,
    /// Rounds fired for each hundred received. Each hundred has the act's chance of deaths of its own; much or little fire reads harder or softer.
    #[serde(default)]
    pub volume: u16,
    /// The highest rung that a local commander may reach alone; one who deviates from orders may go beyond.
    pub delegated_rung: u8,
}

/// Who may see something.
pub enum Visibility {
    /// Everyone.
    All,
    /// Nobody but control.
    Nobody,
    /// These seats.
    Seats(Vec<SeatName>),
}

/// Where an act takes place.
pub enum Domain {
    /// On land.
    Land,
    /// At sea.
    Sea,
    /// In the air.
    Air,
    /// With strategic or nuclear weapons.
    Strategic,
    /// By information: broadcasts, leaflets, cyber.
    Information,
    /// By economic means.
    Economic,
    /// By political means and words.
    Political,
}

/// How clear a stimulus is, which decides how fast it is answered.
pub enum LatencyClass {
    /// Under direct fire.
    Direct,
    /// Unaimed fire, or fire of unclear origin.
    Ambiguous,
    /// Political or symbolic.
    Political,
}

/// The engagement procedure at a site as authored: steps before aimed fire, and what intruders do at each.
#[derive(Default)]
pub struct ContactDoc {
    /// Hails before warning shots; an accord in force between the two sides prescribes its own number.
    pub hails: u8,
    /// Warning shots before aimed fire, likewise.
    pub shots: u8,
    /// Chance that an intruder turns back at a hail.
    pub heeds_hail: AuthoredChance,
    /// Chance that an intruder answers warning shots with aimed fire.
    pub fires_back: AuthoredChance,
    /// Chance that one who does not turns back at them.
    pub heeds_shot: AuthoredChance,
    /// Where the numbers come from.
    pub source: String,
}

/// What takes a path by default.
pub enum Carries {
    /// Acts that name it.
    Acts,
    /// Public statements too.
    Statements,
    /// Messages over channels too.
    Messages,
}

/// Who is hit.
pub enum Victims {
    /// The forces of the seat acted against.
    Target,
    /// The acting seat's own forces.
    Own,
    /// Civilians of the seat acted against.
    Civilians,
}

/// At what level a channel connects.
pub enum ChannelLevel {
    /// Liaison officers.
    Liaison,
    /// Military lines.
    Military,
    /// A third command that keeps an armistice.
    Command,
    /// Leaders.
    Leader,
    /// A go-between.
    ThirdParty,
    /// Allies among themselves.
    Allied,
}

/// A channel's political state, decided by its owner.
pub enum Politics {
    /// Calls are answered.
    Open,
    /// The line is up and nobody answers.
    Silent,
    /// The line is cut.
    Cut,
}

/// A hazard rate as an author writes it.
pub enum Rate {
    /// Events an hour.
    PerHour(f64),
    /// Events a day.
    PerDay(f64),
    /// Events a year of 365.25 days.
    PerYear(f64),
}

/// What holds if a body has no quorum by its deadline.
pub enum BodyDefault {
    /// The request counts as granted.
    Granted,
    /// The request counts as refused.
    Refused,
}

/// How an accord stands.
pub enum AccordStatus {
    /// Not (yet) agreed.
    Absent,
    /// In force.
    InForce,
    /// Suspended by a party.
    Suspended,
    /// Ended.
    Scrapped,
}

/// The steps that an accord prescribes before fire in one domain.
#[derive(Default)]
pub struct ProcedureDoc {
    /// Where it applies.
    pub domain: Domain,
    /// Warning broadcasts before warning shots.
    pub broadcasts: u8,
    /// Warning shots before aimed fire.
    pub shots: u8,
}

/// A step of a rule or an effect.
pub enum Statement {
    /// Names a value for later statements of the same list.
    Let(String, Expr),
    /// Sets a level, held inside the track's range.
    Set(TrackName, Expr),
    /// Adds to a level, held inside the track's range.
    Shift(TrackName, Expr),
    /// Does one thing or the other.
    When { that: Condition, then: Vec<Statement>, otherwise: Vec<Statement> },
    /// Rolls a chance in parts per thousand; the name is 1 if it came, else 0.
    Roll(String, Expr),
    /// Picks among options by whole-number weights (negative counts as zero); the name is the option's position. If every weight is zero the first option is taken.
    Pick(String, Vec<Expr>),
    /// Changes an accord's standing.
    Accord(AccordName, AccordStatus),
    /// Changes a channel's political state.
    Channel(ChannelName, Politics),
    /// Ends a continuing act.
    Stop(ActionName),
    /// Puts open cases under investigation, so that evidence on their author comes sooner.
    Investigate,
    /// Denies what findings say of the acting seat.
    Contest,
    /// Makes an incident happen now.
    Incident(IncidentName),
    /// Adds to a consultation body's maturity, held inside 0 to 100.
    Mature(BodyName, i32),
}

/// Whether an act is over once done.
pub enum Tempo {
    /// Done at once.
    Once,
    /// Done at once, and by each seat only one time in a game.
    OnceOnly,
    /// Goes on until stopped.
    Continuing,
    /// Goes on for a time.
    For(Duration),
}

/// What a signal means, or is perceived to mean, from conciliatory to hostile.
pub enum Reading {
    /// A concession.
    Conceding,
    /// A conciliatory gesture.
    Conciliatory,
    /// Reassuring in tone.
    Soft,
    /// Neither.
    Neutral,
    /// Firm.
    Firm,
    /// A threat.
    Threatening,
    /// Open hostility.
    Hostile,
}

/// What a signal costs its sender (Fearon 1997): it decides the weight that receivers give it.
pub enum Cost {
    /// Words alone.
    Cheap,
    /// Costly whatever follows.
    Sunk,
    /// Costly if the sender backs down.
    TiedHands,
}

/// How an act that hides its author comes to light.
#[derive(Default)]
pub struct CovertDoc {
    /// Weight of evidence on the same day.
    pub same_day: u32,
    /// Weight of evidence after about a week.
    pub week: u32,
    /// Weight of evidence after about two months.
    pub months: u32,
    /// Weight of no evidence ever.
    pub never: u32,
    /// How sure observers are of the author at once.
    pub suspicion: AuthoredChance,
}

/// Who has to agree before an act happens.
pub enum Release {
    /// An ally of the acting seat that holds the means.
    Ally(SeatName),
    /// The seat whose soil is used.
    Host(SeatName),
    /// A consultation body.
    Body(BodyName),
}

/// Something that holds or does not.
pub enum Condition {
    /// A comparison of two values.
    Compare(Expr, Op, Expr),
    /// All of these (true when empty).
    All(Vec<Condition>),
    /// Any of these (false when empty).
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// The accord is in force.
    InForce(AccordName),
    /// The continuing act is on.
    On(ActionName),
    /// The inject has fired.
    Fired(InjectName),
    /// The channel's owner keeps it open.
    Open(ChannelName),
}

/// When an inject fires.
pub enum Schedule {
    /// At a time.
    At(Duration),
    /// As soon as a condition holds, from a time on.
    Once(Duration, Condition),
    /// Only when control fires it.
    OnCall,
}

/// What a hypothesis is about.
pub enum HypothesisKind {
    /// Which disposition a rival has; one type a disposition.
    Disposition(SeatName),
    /// Whether an ally comes (assurance); types: comes, does not.
    Commitment(SeatName),
    /// Whether an ally acts unconsulted (entrapment); types: does, does not.
    Unconsulted(SeatName),
    /// Whether a rival is about to do one of these; types: is, is not.
    Imminence(SeatName, Vec<ActionName>),
}

/// What a trigger does.
pub enum TriggerMode {
    /// Unlocks an action.
    Permit(ActionName),
    /// Adds nats to an automated seat's utility of an action; a person is told that staff judge it met.
    Press(ActionName, f64),
    /// Fires an action with a hazard, if the seat pre-delegated it and the standing rung is 9 or more.
    Delegate(ActionName, Rate),
}

/// How a doctrine bargains, as authored.
#[derive(Default)]
pub struct BargainingDoc {
    /// The standing rung from which it proposes; below it only while a deadline is open or talks are held.
    pub from_rung: u8,
    /// Chance in parts per thousand of proposing a way out, each such decision.
    pub propose: i32,
    /// The least time between two packages of its own accord; an answer to an offer is none.
    pub again: Duration,
    /// Chance in parts per thousand of a proposal, each decision while talks are held, and of a counter-proposal where an offer would be put off or refused.
    pub counter: i32,
    /// Points that a package may fall short of going on and still be as good.
    pub patience: f64,
    /// Points that going on costs for each rung that the crisis stands on.
    pub rung_cost: f64,
    /// What the rungs to which a threatened act would take the crisis count for, in parts per thousand: it may be carried out or not.
    pub threat_counts: i32,
    /// Nats against yes to a package that is exactly as good as going on. Each round of talks leaves the share `round_face` of it.
    pub reluctance: f64,
    /// Nats that a package may fall further short and still open talks.
    pub talk_within: f64,
    /// Nats that a package may fall further short and still be stalled, not rejected.
    pub stall_within: f64,
    /// Chance in parts per thousand that a proposal is an ultimatum, after a stimulus at `ultimatum_rung` or above.
    pub ultimatum: i32,
    /// The lowest rung of a stimulus that an ultimatum answers.
    pub ultimatum_rung: u8,
    /// The time that an ultimatum gives.
    pub ultimatum_time: Duration,
    /// The further time that it gives while talks are held.
    pub extension: Duration,
}

/// How a doctrine talks, as authored. Chances are in parts per thousand.
#[derive(Default)]
pub struct TalkingDoc {
    /// Chance of calling a rival, each decision in a crisis.
    pub call: i32,
    /// Chance of a request to an ally or a body, each decision in a crisis.
    pub consult: i32,
    /// The least time between two requests to an ally to hold back.
    pub ask_again: Duration,
    /// Chance that a call is taken over a line that own staff answer.
    pub take_call: i32,
    /// Chance of a public statement that explains an own act.
    pub explain: i32,
    /// Chance of a public statement in a crisis without an own act.
    pub state: i32,
    /// Which line is called.
    pub lines: LineWeights,
    /// What calls say.
    pub messages: MessageWeights,
}

/// What a doctrine orders under fire, as authored. Weights are before hardness.
#[derive(Default)]
pub struct UnderFireDoc {
    /// Weight of holding fire.
    pub hold: u32,
    /// Weight of the standing order.
    pub standing: u32,
    /// Weight of answering one rung up.
    pub rise: u32,
    /// Weight of saying nothing while an ally is under fire.
    pub ally_silent: u32,
    /// Weight of releasing an ally under fire.
    pub ally_release: u32,
    /// Percent of the volume of fire in standing orders once own losses have loosened them.
    pub volume_after_losses: u16,
}

/// The kinds of ending that course classes are made of.
pub enum EndingClass {
    /// Nothing more happened.
    Faded,
    /// The parties agreed.
    Settled,
    /// One side imposed its terms.
    Imposed,
    /// Time ran out with the crisis open.
    Frozen,
    /// General war or worse.
    War,
}

/// What a parameter counts.
pub enum Unit {
    /// Minutes of game time.
    Minutes,
    /// Days of game time.
    Days,
    /// A share or chance, 0 to 1.
    Share,
    /// Events a day.
    PerDay,
    /// Natural-log units of odds.
    Nats,
    /// Nats a point of an aim.
    NatsPerPoint,
    /// A rung of the ladder.
    Rung,
    /// Points of an aim.
    Points,
    /// A pure number.
    Count,
}

/// How well a number is known.
pub enum Confidence {
    /// Computed from the record, or read in a source.
    Read,
    /// General knowledge.
    Known,
    /// Judgement.
    Judgement,
}

/// What a seat did beside acting.
pub enum RecordedWord {
    /// It proposed these terms to this seat, over this channel or in public, with a deadline if it was an ultimatum. `over`, `deadline` and `threat` may be left out.
    Proposed { to: SeatName, over: Option<ChannelName>, terms: Vec<TermName>, deadline: Option<Duration>, threat: Option<ActionName> },
    /// It accepted what lay on the table.
    Accepted,
    /// It agreed to talks about what lay on the table.
    Talks,
    /// It rejected what lay on the table.
    Rejected,
}

/// The step of a turn that a rule belongs to.
pub enum Step {
    /// Step 1, each tick: for the first time before anybody has decided anything.
    Situation,
    /// Step 5, each tick.
    Adjudication,
    /// Step 8, each tick.
    Escalation,
    /// Step 1 of the first tick of each calm turn of a campaign but the first, in a crisis too.
    Period,
}

/// A group of acts on the agenda.
#[derive(Default)]
pub struct AgendaDoc {
    /// Name on the screen.
    pub label: String,
    /// Its acts, each with the capital that it costs.
    pub acts: Vec<(ActionName, i32)>,
}

/// How an aim is measured.
pub enum AimMeasure {
    /// By a track's distance from its start.
    Track(TrackName),
    /// By whether a condition holds at the end.
    Holds(Condition),
}

/// What a local commander does under fire.
pub enum ReplyRule {
    /// Hold fire.
    Hold,
    /// Warn.
    Warn,
    /// Fire that is meant to hit nothing.
    Symbolic,
    /// The rung of the fire received.
    InKind,
    /// One rung above it.
    InKindPlusOne,
}

/// A value: always a whole number. Intermediate results saturate at 64 bits, never wrap.
pub enum Expr {
    /// A number.
    Const(i32),
    /// A track's level, as earlier rules of the same list left it.
    Level(TrackName),
    /// A track's level at the start of the step.
    Before(TrackName),
    /// The result of an earlier `Let`, `Roll` or `Pick` of the same list.
    Local(String),
    /// A parameter, rounded to a whole number in its own unit.
    Param(ParamName),
    /// Something that the engine counts.
    Gauge(Gauge),
    /// The sum.
    Add(Vec<Expr>),
    /// The first less the second.
    Sub(Box<Expr>, Box<Expr>),
    /// The product.
    Mul(Vec<Expr>),
    /// The first divided by the second, rounded down; division by zero gives zero.
    DivFloor(Box<Expr>, Box<Expr>),
    /// The smallest.
    Min(Vec<Expr>),
    /// The largest.
    Max(Vec<Expr>),
    /// The first, held between the second and the third.
    Clamp(Box<Expr>, Box<Expr>, Box<Expr>),
    /// The entry of a table at an index, held inside the table.
    Lookup(TableName, Box<Expr>),
}

/// A comparison.
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Less.
    Lt,
    /// At most.
    Le,
    /// More.
    Gt,
    /// At least.
    Ge,
}

/// Weights of the lines to a rival by what the caller knows of them. A line that is known to be cut is not called.
#[derive(Default)]
pub struct LineWeights {
    /// A line whose last call was answered.
    pub answered: u32,
    /// A line that is open as far as anybody knows.
    pub presumed: u32,
    /// A line that rang out.
    pub no_answer: u32,
}

/// Weights of what a call says, before hardness moves them between warning and reassurance.
#[derive(Default)]
pub struct MessageWeights {
    /// Only trying the line.
    pub test: u32,
    /// Only trying a line that rang out before.
    pub test_after_silence: u32,
    /// Asking who did it, while that is open.
    pub query: u32,
    /// Giving notice of a continuing own act.
    pub notice: u32,
    /// Warning.
    pub warn: u32,
    /// Reassuring.
    pub reassure: u32,
}

/// Something that the engine counts and a scenario may read.
pub enum Gauge {
    /// Whole days passed since the start: 0 on what the screen calls Day 1, up to 24 hours after the start.
    Day,
    /// Whole hours passed since the start; not the hour of the day.
    Hour,
    /// Minutes since the start.
    Minute,
    /// Turns completed.
    Turn,
    /// The standing rung.
    StandingRung,
    /// The highest act rung so far.
    PeakRung,
    /// Deaths in a seat's forces.
    DeathsOf(SeatName),
    /// Deaths among civilians.
    CivilianDeaths,
    /// Hours since the last stimulus above the fading rung.
    QuietHours,
    /// 1 once the crisis has faded, else 0.
    Faded,
    /// 1 while a settlement stands, else 0.
    Settled,
    /// Ultimatums and deadlines still open.
    OpenDeadlines,
    /// Rounds of talks held so far; 0 without talks.
    TalksRounds,
    /// Acts at or above a rung so far; in a campaign, since the last crisis.
    ActsAtLeast(u8),
    /// A consultation body's maturity.
    MaturityOf(BodyName),
}
