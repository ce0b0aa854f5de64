//! The master events list: out and back without loss, and every wrong row at its line.

use crate::load::load;
use offramp::scenario::Scenario;
use offramp::scenario::events::{Column, on_top, read, write};
use offramp::scenario::section::{InjectDoc, Schedule, Visibility};
use offramp::scenario::source::Source;
use offramp::storage;
use offramp::vocabulary::Duration;

fn august() -> Scenario {
    let shipped = storage::shipped("august-2015").expect("the library has it");
    load(shipped.text).0.expect("it is sound")
}

/// What a list on top of August 2015 is told, a line a finding.
fn told(list: &str) -> String {
    read(Source::new("list.csv", list), &august()).1.to_lines()
}

#[track_caller]
fn injects(list: &str, onto: &Scenario) -> Vec<InjectDoc> {
    let (injects, findings) = read(Source::new("list.csv", list), onto);
    injects.unwrap_or_else(|| panic!("{}", findings.to_text(false)))
}

/// By name, since a list is sorted by time; as written, since what one inject says of another by its place moves with it.
fn sorted(mut injects: Vec<InjectDoc>) -> Vec<serde_json::Value> {
    injects.sort_by(|a, b| a.name.cmp(&b.name));
    injects.iter().map(|inject| serde_json::to_value(inject).expect("it can be written")).collect()
}

const HEAD: &str = "name,when,after,condition,label,text,effects,source";

#[test]
fn every_shipped_scenarios_list_comes_back_without_loss() {
    let mut all = 0;
    for shipped in storage::all() {
        let scenario = load(shipped.text).0.expect("it is sound");
        let back = injects(&write(&scenario.document), &scenario);
        all += back.len();
        assert_eq!(sorted(back), sorted(scenario.document.injects.clone()), "{}", shipped.name);
    }
    assert!(all > 200, "{all}");
}

#[test]
fn what_a_spreadsheet_does_to_a_list_does_not_hurt_it() {
    let mut august = august();
    august.document.injects[0].text = "=SUM(A1)\nsecond line; \"quoted\", and a comma".to_owned();
    august.document.injects[0].seen_by = Visibility::Nobody;
    let list = write(&august.document);
    assert!(!list.contains(",=") && !list.contains(",\"="), "no cell is a formula");
    // Saved by a spreadsheet: marked as UTF-8, lines ended as on Windows, and empty rows below.
    let saved = format!("\u{feff}{}{}", list.replace('\n', "\r\n"), ",,,,,,,,,,,,\r\n".repeat(3));
    assert_eq!(sorted(injects(&saved, &august)), sorted(august.document.injects.clone()));
}

#[test]
fn lists_with_semicolons_and_columns_of_their_own_in_any_order_are_read() {
    let list = "Source;Remark;NAME;when;label;text;date\nmade up;ask Kim;visit;at;A visit;Somebody comes;2015-08-05 07:35\n";
    let (read, findings) = read(Source::new("list.csv", list), &august());
    let visit = &read.expect("nothing is wrong")[0];
    assert_eq!((visit.name.as_str(), &visit.when), ("visit", &Schedule::At(Duration::Minutes(1440))));
    assert!(
        findings.to_lines().contains("warning[E0301]")
            && findings.to_lines().contains("`Remark` is passed over")
    );
}

#[test]
fn a_changed_list_becomes_a_scenario_on_top() {
    let august = august();
    let mut list = august.document.injects.clone();
    list.retain(|inject| inject.name != "storm_passes");
    let changed = list.iter_mut().find(|inject| inject.name == "markets_open").expect("it is there");
    changed.when = Schedule::At(Duration::Days(3));
    changed.text = "Said otherwise:\n\"so\".".to_owned();
    list.push(InjectDoc { name: "visit".to_owned(), act: None, ..list[0].clone() });
    let text = on_top(&august.document, &list, "august-2015", "mine");
    assert!(text.starts_with(
        "// The injects of a master events list on top of `august-2015`: 1 new, 1 changed, 1 gone."
    ));
    let (composed, findings) = load(&text);
    let composed = composed.unwrap_or_else(|| panic!("{}", findings.to_text(false)));
    assert_eq!(sorted(composed.document.injects), sorted(injects_resolved(list, &august)));
    assert_eq!(composed.document.tracks, august.document.tracks);
}

/// The list with every name found, as reading leaves it.
fn injects_resolved(list: Vec<InjectDoc>, onto: &Scenario) -> Vec<InjectDoc> {
    let mut with = onto.document.clone();
    with.injects = list;
    injects(&write(&with), onto)
}

#[test]
fn a_list_that_was_not_touched_changes_nothing() {
    let august = august();
    let list = injects(&write(&august.document), &august);
    let text = on_top(&august.document, &list, "august-2015", "august-2015");
    let composed = load(&text).0.expect("it is sound");
    assert_eq!(composed.fingerprint, august.fingerprint);
}

#[test]
fn every_wrong_row_is_told_with_its_line_and_column() {
    let list = format!(
        "{HEAD}\n\
         one,at,3 weeks,,A,a,,x\n\
         \n\
         two,onse,3 days,,A,\"a text\nof two lines\",,x\n\
         three,at,3 days,,A,\"a text\nof two lines\",\"[Shift(\"\"tensoin\"\", Const(2))]\",x\n\
         four,once,3 days,\"Compare(Level(\"\"tension\"\"), Gt Const(2))\",A,a,[Shft],x\n\
         five,at,3 days,\"On(\"\"rok_alert\"\")\",A,a,,x\n\
         five,on call,,,A,a,,x\n\
         six,once,3 days,,A,a,,x\n\
         seven,at,,,A,a,,x\n\
         ,at,3 days,,A,a,,x\n\
         eight,at,3 days,,A,a, with, a comma,x\n"
    );
    let told = told(&list);
    for expected in [
        "list.csv [after]:2:1: error[E0307]: `3 weeks` is no span of time",
        "list.csv [when]:4:1: error[E0302]: `onse` cannot stand under `when`; expected `at` or `once` or `on call`; did you mean `once`?",
        "list.csv [effects]:7:8: error[E0501]: no track is called `tensoin`; did you mean `tension`?",
        "list.csv [condition]:8:29: error[E0204]: a comma is missing after this value",
        "list.csv [effects]:8:2: error[E0302]: `Shft` is not known here",
        "list.csv [condition]:9:1: error[E0502]: `condition` says something although the inject comes `at`",
        "list.csv [when]:11:1: error[E0303]: `once` has no condition",
        "list.csv [when]:12:1: error[E0303]: the row has no time",
        "list.csv [when]:13:1: error[E0303]: the row has no `name`",
        "list.csv [column 9]:14:1: error[E0306]: the row has 9 cells; expected 8",
    ] {
        assert!(told.contains(expected), "{expected}\n\n{told}");
    }
    assert_eq!(told.lines().count(), 10, "{told}");
}

#[test]
fn two_rows_of_one_name_and_what_refers_to_a_row_that_is_gone_are_told() {
    let twice = told(&format!("{HEAD}\na,on call,,,A,a,,x\na,on call,,,A,a,,x\n"));
    assert!(twice.contains("list.csv [name]:3:1: error[E0405]: `a` stands twice in the list"), "{twice}");
    let gone = told(&format!("{HEAD}\na,once,1 day,\"Fired(\"\"fragments\"\")\",A,a,,x\n"));
    assert!(
        gone.contains("list.csv [condition]:2:7: error[E0503]: the inject `fragments` was removed"),
        "{gone}"
    );
}

#[test]
fn a_date_and_a_span_that_do_not_agree_are_told() {
    let list = |date: &str, after: &str| {
        told(&format!("name,when,date,after,label,text,source\na,at,{date},{after},A,a,x\n"))
    };
    assert_eq!(list("2015-08-05 07:35", "1 day"), "");
    assert_eq!(list("2015-08-05 07:35", ""), "");
    let apart = list("2015-08-05 07:36", "1 day");
    assert!(apart.contains("list.csv [date]:2:1: error[E0502]"), "{apart}");
    assert!(apart.contains("expected `2015-08-05 07:35`, or one of the two cells empty"), "{apart}");
    let before = list("2015-08-03 00:00", "");
    assert!(before.contains("expected a time at or after `2015-08-04 07:35`"), "{before}");
    let shown = list("8/5/2015 7:35", "");
    assert!(shown.contains("`8/5/2015 7:35` is no date with a time"), "{shown}");
}

#[test]
fn a_head_that_lacks_a_column_is_told_what_the_columns_are() {
    let told = told("name,wen,label,text\na,at,A,a\n");
    assert!(
        told.contains("the column `wen` is passed over: no inject has it; did you mean `when`?"),
        "{told}"
    );
    for lacking in ["when", "source"] {
        assert!(told.contains(&format!("no column is called `{lacking}`")), "{told}");
    }
    assert!(told.contains(Column::ALL[12].head()), "{told}");
    assert!(self::told("").contains("no column is called `name`"));
}
