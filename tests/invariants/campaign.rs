//! A campaign: calm turns by the calendar, a drop into a crisis and the way back, and luck that the tempo does not touch.

use super::games::{Chooser, composed, digests, play, rules, short_campaign};
use offramp::engine::{Asked, Change, Fact, Game, Legality, Recorder, Roll, Rules, Season};
use offramp::vocabulary::Minute;
use std::sync::Arc;

/// What a campaign tells of its tempo.
#[derive(Default)]
struct Tempo {
    now: Minute,
    /// When play dropped into a crisis or came back.
    turns: Vec<(Minute, Season)>,
    /// Draws of the climate.
    climates: Vec<Minute>,
}

impl Recorder for Tempo {
    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        if let Fact::Season { now } = fact {
            self.turns.push((self.now, *now));
        }
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Clock(minute) => self.now = *minute,
            Change::Climate(_) => self.climates.push(self.now),
            _ => {}
        }
    }
}

fn game(rules: &Arc<Rules>, seed: u64) -> (Game, Chooser) {
    let game = Game::new(Arc::clone(rules), seed, 0);
    let chooser = Chooser::new(&game, seed);
    (game, chooser)
}

#[test]
fn calm_turns_end_by_the_calendar_or_with_a_drop_and_a_crisis_comes_back() {
    let rules = rules(composed(&short_campaign()));
    let campaign = rules.bound.campaign.as_ref().expect("it is a campaign");
    let mut dropped = 0;
    for seed in 0..4 {
        let (mut game, chooser) = game(&rules, seed);
        let mut tempo = Tempo::default();
        let mut begun: Vec<(Minute, Season)> = Vec::new();
        play(&mut game, &chooser, &mut tempo, |game| {
            let seen = game.observation(rules.scenario().players().next().expect("there are seats"));
            if seen.asked == Asked::Orders {
                begun.push((seen.minute, seen.season));
                let calm = seen.season == Season::Calm;
                for item in seen.menu.iter().filter(|item| item.legality == Legality::Legal) {
                    assert_eq!(
                        rules.bound.agenda_item(item.action).is_some(),
                        calm,
                        "what a tempo has on its menu"
                    );
                }
                assert!(!calm || seen.turn_minutes == campaign.left(seen.minute));
            }
        });
        for (before, after) in begun.iter().zip(&begun[1..]).filter(|(turn, _)| turn.1 == Season::Calm) {
            let ends = before.0 + campaign.left(before.0);
            assert!(after.0 == ends || (after.0 < ends && after.1 == Season::Crisis), "{before:?} {after:?}");
        }
        let alternate = tempo.turns.iter().zip([Season::Crisis, Season::Calm].into_iter().cycle());
        assert!(alternate.clone().all(|(turn, expected)| turn.1 == expected), "{:?}", tempo.turns);
        dropped += tempo.turns.len();
    }
    assert!(dropped > 1, "some game drops into a crisis and comes back");
}

#[test]
fn a_campaign_has_the_same_course_twice_and_its_climate_is_drawn_by_the_clock() {
    let mut document = short_campaign();
    document.campaign[0].climate = Some(offramp::vocabulary::Duration::Days(20));
    let rules = rules(composed(&document));
    let (mut first, chooser) = game(&rules, 5);
    let course = digests(&mut first, &chooser);
    let (mut second, chooser) = game(&rules, 5);
    assert_eq!(digests(&mut second, &chooser), course);
    let (mut third, chooser) = game(&rules, 5);
    let mut tempo = Tempo::default();
    play(&mut third, &chooser, &mut tempo, |_| {});
    let days: Vec<Minute> = tempo.climates.iter().map(|minute| minute / 1440).collect();
    let drawn: Vec<Minute> = (1..=third.minute() / 28_800).map(|nth| nth * 20).collect();
    assert_eq!(days, drawn, "every twenty days, in both tempos");
}
