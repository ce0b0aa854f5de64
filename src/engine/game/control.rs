//! What control does to a game: by the same steps, facts and changes as everything else.

use super::Game;
use crate::engine::control::{
    Checked, Consequence, ControlAct, ControlError, Effect, InjectDeed, Ruling, Words,
};
use crate::engine::dice::RootKey;
use crate::engine::event::{Change, Fact, Purpose, Recorder, Roll};
use crate::engine::mechanics::control;
use crate::engine::mechanics::{channels, escalation, injects};
use crate::engine::observation::Ended;
use crate::engine::state::{Exchange, InjectStatus, Ongoing, Phase, Scheduled};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{ChannelId, Id, InjectId, Rung, SeatId};
use std::sync::Arc;

/// What control has written in a game. Words change nothing but what is read, so they stand beside the state.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Written {
    /// Messages that the scenario does not have, with who reads them.
    messages: Vec<(Message, Vec<SeatId>)>,
    /// Injects that say something else.
    reworded: Vec<(InjectId, Message)>,
    /// The dice of rulings.
    luck: RootKey,
}

/// A headline and a text, as news share them.
pub(in crate::engine) type Message = (Arc<str>, Arc<str>);

impl Written {
    /// Nothing yet.
    pub fn nothing(luck: RootKey) -> Written {
        Written { messages: Vec::new(), reworded: Vec::new(), luck }
    }

    /// The same with the dice of a fork.
    pub fn fork(&mut self, salt: u64) {
        self.luck = self.luck.fork(salt);
    }

    /// A message by its number, for those who may read it.
    pub fn message(&self, number: u16, seat: SeatId) -> Option<&Message> {
        let (message, audience) = self.messages.get(usize::from(number))?;
        audience.contains(&seat).then_some(message)
    }

    /// What an inject says instead of the scenario's words.
    pub fn instead(&self, inject: InjectId) -> Option<&Message> {
        self.reworded.iter().find(|(known, _)| *known == inject).map(|(_, message)| message)
    }
}

fn message(words: &Words) -> Message {
    (words.headline.as_str().into(), words.text.as_str().into())
}

impl Game {
    /// Whether an act of control can be done now.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check_control(&self, act: &ControlAct) -> Result<(), ControlError> {
        if self.phase == Phase::Over {
            return Err(ControlError::Over);
        }
        Checked { rules: &self.rules, injects: &self.state.injects }.act(act)
    }

    /// Does an act of control, in whatever phase the game is; what is asked of the seats stays asked. An act that
    /// cannot be done ([`Game::check_control`]) does nothing.
    pub fn control(&mut self, act: &ControlAct, record: &mut impl Recorder) {
        if self.check_control(act).is_err() {
            return;
        }
        match act {
            ControlAct::Inject { inject, deed } => self.inject(*inject, deed, record),
            ControlAct::Write(consequence) => self.follow(consequence, record),
            ControlAct::Correct { effect, why: _ } => self.bring_about(effect, record),
            ControlAct::Rule(ruling) => self.rule(ruling, record),
            ControlAct::End { why: _ } => {
                self.step(record, |step| escalation::over(step, Ended::Control));
                self.phase = Phase::Over;
            }
        }
        self.observe();
    }

    /// Whether words get through a channel now: it works, and its owner lets it.
    pub fn carries(&self, channel: ChannelId) -> bool {
        channels::carries(&self.rules, &self.state, channel)
    }

    fn inject(&mut self, inject: InjectId, deed: &InjectDeed, record: &mut impl Recorder) {
        let status = match deed {
            InjectDeed::Fire => {
                self.step(record, |step| injects::fire(step, inject));
                return self.chain(record);
            }
            InjectDeed::Reword(words) => {
                self.written.reworded.retain(|(known, _)| *known != inject);
                self.written.reworded.push((inject, message(words)));
                return;
            }
            InjectDeed::Hold => InjectStatus::Held,
            InjectDeed::Release => InjectStatus::Pending,
            InjectDeed::Skip => InjectStatus::Skipped,
        };
        self.step(record, |step| step.change(Change::Inject(inject, status)));
    }

    fn rule(&mut self, ruling: &Ruling, record: &mut impl Recorder) {
        let dice = self.written.luck.at(self.run, self.state.minute);
        let faces = ruling.throw(&dice);
        let needed = ruling.needed() as u8;
        let came = faces[0] + faces[1] >= needed;
        for (index, face) in faces.into_iter().enumerate() {
            let site = ruling.site();
            let (index, result) = (index as u32, i32::from(face));
            record.roll(&Roll { purpose: Purpose::Ruling, site, index, chance: 0, result });
        }
        self.step(record, |step| step.fact(Fact::Ruled { faces, needed, came }));
        self.follow(if came { &ruling.success } else { &ruling.failure }, record);
    }

    /// Tells and brings about what follows.
    fn follow(&mut self, consequence: &Consequence, record: &mut impl Recorder) {
        if let Some(words) = &consequence.words {
            let number = self.written.messages.len() as u16;
            self.written.messages.push((message(words), consequence.audience.clone()));
            self.step(record, |step| step.fact(Fact::Message { number }));
        }
        for effect in &consequence.effects {
            self.bring_about(effect, record);
        }
    }

    fn bring_about(&mut self, effect: &Effect, record: &mut impl Recorder) {
        self.step(record, |step| control::bring_about(step, effect));
        self.chain(record);
    }

    /// Levels of all tracks, in truth: for control.
    pub fn levels(&self) -> &[i32] {
        &self.state.levels
    }

    /// Least and greatest level of each track.
    pub fn level_ranges(&self) -> impl Iterator<Item = (i32, i32)> + '_ {
        self.rules.bound.tracks.iter().map(|track| (track.min, track.max))
    }

    /// The headline and the text that an inject has now: for control.
    pub fn inject_words(&self, inject: InjectId) -> (&str, &str) {
        let (headline, text) = self.written.instead(inject).unwrap_or(&self.rules.messages[inject.index()]);
        (headline, text)
    }

    /// Where each inject stands: for control.
    pub fn injects(&self) -> &[InjectStatus] {
        &self.state.injects
    }

    /// Acts that are due later: for control.
    pub fn scheduled(&self) -> &[Scheduled] {
        &self.state.scheduled
    }

    /// Continuing acts: for control.
    pub fn continuing(&self) -> &[Ongoing] {
        &self.state.ongoing
    }

    /// How each accord stands: for control.
    pub fn accords(&self) -> &[AccordStatus] {
        &self.state.accords
    }

    /// The exchange of fire under way: for control.
    pub fn exchange(&self) -> Option<&Exchange> {
        self.state.exchange.as_ref()
    }

    /// Highest act rung so far: for control.
    pub fn peak(&self) -> Rung {
        self.state.peak
    }

    /// A channel's political state, and whether it works: for control.
    pub fn line(&self, channel: ChannelId) -> (Politics, bool) {
        let line = &self.state.lines[channel.index()];
        (line.politics, line.working)
    }
}
