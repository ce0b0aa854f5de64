//! Writing the list.

use super::{Column, flat, guarded, listed, span};
use crate::scenario::document::Document;
use crate::scenario::section::{InjectDoc, Schedule, Visibility};
use crate::vocabulary::{Date, Duration};

/// The injects of a scenario as CSV, by the time at which they can come first; those on call last.
pub fn write(document: &Document) -> String {
    let mut injects: Vec<&InjectDoc> = document.injects.iter().collect();
    injects.sort_by_key(|inject| time(inject).map_or(i32::MAX, Duration::minutes));
    let start = Date::read(&document.start);
    let terminator = csv::Terminator::Any(b'\n');
    let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    writer.write_record(Column::ALL.iter().map(|column| column.head())).expect("memory takes everything");
    for inject in injects {
        let row = Column::ALL.iter().map(|column| guarded(&cell(inject, *column, start)));
        writer.write_record(row).expect("memory takes everything");
    }
    let bytes = writer.into_inner().expect("memory takes everything");
    String::from_utf8(bytes).expect("text was written")
}

/// When an inject can come first; `None` on call.
fn time(inject: &InjectDoc) -> Option<Duration> {
    match inject.when {
        Schedule::At(time) | Schedule::Once(time, _) => Some(time),
        Schedule::OnCall => None,
    }
}

fn cell(inject: &InjectDoc, column: Column, start: Option<Date>) -> String {
    match column {
        Column::Name => inject.name.clone(),
        Column::When => match inject.when {
            Schedule::At(_) => "at".to_owned(),
            Schedule::Once(..) => "once".to_owned(),
            Schedule::OnCall => "on call".to_owned(),
        },
        Column::Date => {
            let date = start.zip(time(inject)).map(|(start, time)| start.after(time.minutes()));
            date.map_or_else(String::new, |date| date.to_string())
        }
        Column::After => time(inject).map_or_else(String::new, span),
        Column::Condition => match &inject.when {
            Schedule::Once(_, condition) => flat(condition),
            Schedule::At(_) | Schedule::OnCall => String::new(),
        },
        Column::SeenBy => match &inject.seen_by {
            Visibility::All => "all".to_owned(),
            Visibility::Nobody => "nobody".to_owned(),
            Visibility::Seats(seats) if seats.is_empty() => "nobody".to_owned(),
            Visibility::Seats(seats) => listed(seats),
        },
        Column::Label => inject.label.clone(),
        Column::Text => inject.text.clone(),
        Column::Wakes => if inject.wakes { "yes" } else { "no" }.to_owned(),
        Column::Seat => inject.act.as_ref().map_or_else(String::new, |(seat, _)| seat.name().to_owned()),
        Column::Action => inject.act.as_ref().map_or_else(String::new, |(_, act)| act.name().to_owned()),
        Column::Effects if inject.effects.is_empty() => String::new(),
        Column::Effects => flat(&inject.effects),
        Column::Source => inject.source.clone(),
    }
}
