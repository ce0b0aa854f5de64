//! Settings from the command line: what a user reads when one is wrong.

use crate::load::load;
use offramp::engine;
use offramp::scenario::document::SettingValue;
use offramp::scenario::{Settings, offered};
use offramp::storage;
use std::sync::Arc;

/// What binding the default scenario with a setting says.
fn bind(setting: &str) -> Result<(), Vec<String>> {
    let scenario = load(storage::all()[0].text).0.expect("the default scenario is sound");
    let mut settings = Settings::default();
    settings.push_text(setting).map_err(|problem| vec![problem])?;
    engine::bind(&Arc::new(scenario), &settings).map(|_| ())
}

#[track_caller]
fn refuses(setting: &str, expected: &str) {
    assert_eq!(bind(setting), Err(vec![expected.to_owned()]));
}

#[test]
fn a_misspelt_setting_names_the_nearest() {
    let expected = "expected a name that `offramp check --settings` lists";
    refuses(
        "tracks.tensoin.start=3",
        &format!(
            "no setting is called `tracks.tensoin.start`; {expected}; did you mean `tracks.tension.start`?"
        ),
    );
    refuses(
        "parameter.excite_n.value=0.3",
        &format!(
            "no setting is called `parameter.excite_n.value`; {expected}; did you mean `parameters.excite_n.value`?"
        ),
    );
    refuses("excite_n=0.3", &format!("no setting is called `excite_n`; {expected}"));
    refuses("....=0.3", &format!("no setting is called `....`; {expected}"));
}

#[test]
fn a_value_outside_its_range_is_told_the_range() {
    let expected = "which is out of range; expected a whole number from 0 to 100";
    refuses("tracks.tension.start=101", &format!("`tracks.tension.start` cannot be `101`, {expected}"));
    let huge = i64::MAX;
    refuses(
        &format!("tracks.tension.start={huge}"),
        &format!("`tracks.tension.start` cannot be `{huge}`, {expected}"),
    );
    for number in ["0.61", "-0.1", "NaN", "inf", "-inf"] {
        refuses(
            &format!("parameters.excite_n.value={number}"),
            &format!(
                "`parameters.excite_n.value` cannot be `{number}`, which is out of range; expected a number from 0 to 0.6"
            ),
        );
    }
}

#[test]
fn a_value_of_another_kind_is_told_what_is_asked() {
    refuses(
        "tracks.tension.start=high",
        "`tracks.tension.start` cannot be `high`; expected a whole number from 0 to 100",
    );
    refuses(
        "tracks.tension.start=1.5",
        "`tracks.tension.start` cannot be `1.5`; expected a whole number from 0 to 100",
    );
    refuses(
        "channels.mil_west.regime=forcedcut",
        "`channels.mil_west.regime` cannot be `forcedcut`; expected AsRecorded, ForcedOpen or ForcedCut; \
         did you mean `ForcedCut`?",
    );
    refuses(
        "accords.cma_2018.status=true",
        "`accords.cma_2018.status` cannot be `true`; expected Absent, InForce, Suspended or Scrapped",
    );
}

#[test]
fn what_is_no_setting_at_all_is_told_the_form() {
    for text in ["tracks.tension.start", "=3", "tracks.tension.start=", ""] {
        refuses(text, &format!("`{text}` is no setting; expected section.name.field=value"));
    }
}

#[test]
fn a_value_is_read_as_the_narrowest_kind_that_it_can_be() {
    let mut settings = Settings::default();
    for text in ["a=3", " a = -3.5 ", "a=true", "a=Cut", "a=b=c"] {
        settings.push_text(text).expect("a setting");
    }
    let choice = |word: &str| SettingValue::Choice(word.to_owned());
    let expected = [
        SettingValue::Whole(3),
        SettingValue::Number(-3.5),
        SettingValue::Flag(true),
        choice("Cut"),
        choice("b=c"),
    ];
    assert!(settings.0.iter().map(|(_, value)| value).eq(&expected));
    assert!(settings.0.iter().all(|(name, _)| name == "a"));
}

#[test]
fn every_setting_takes_its_own_default() {
    let scenario = Arc::new(load(storage::all()[0].text).0.expect("sound"));
    let mut settings = Settings::default();
    for setting in offered(&scenario) {
        settings.push_text(&format!("{}={}", setting.name, setting.default)).expect("a setting");
    }
    assert!(settings.0.len() > 50);
    assert_eq!(engine::bind(&scenario, &settings).err(), None);
}

#[test]
fn all_wrong_settings_are_told_at_once() {
    let scenario = Arc::new(load(storage::all()[0].text).0.expect("sound"));
    let mut settings = Settings::default();
    settings.push_text("nothing=1").expect("read");
    settings.push_text("tracks.tension.start=-1").expect("read");
    assert_eq!(engine::bind(&scenario, &settings).err().map(|problems| problems.len()), Some(2));
}
