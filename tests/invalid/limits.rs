//! Files that are too large, too deep or too long: refused at once, with the limit in the message.

use crate::load::load;
use offramp::storage::{SCENARIO_LIMIT, read_text};

/// Asserts the one-line form of everything found, over the shipped base.
#[track_caller]
fn finds(body: &str, expected: &[&str]) {
    let (scenario, diagnostics) = load(&format!("(format: 1, name: \"x\", base: \"korea\",\n{body})"));
    assert!(scenario.is_none());
    assert_eq!(diagnostics.to_lines().lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_unread() {
    let found = load(&" ".repeat(50_000_000)).1.to_lines();
    let expected = "x.ron: error[E0101]: the file has 50000000 bytes; the limit is 5000000 bytes (5 MB)\n";
    assert_eq!(found, expected);
}

#[test]
fn ten_thousand_nested_brackets_are_refused_at_the_limit() {
    let deep = format!("injects: {}", "[".repeat(10_000));
    finds(&deep, &["x.ron:2:73: error[E0104]: brackets are nested more than 64 deep here"]);
    let text = format!("rules: [(name: \"a\", step: Situation, does: [{}", "When(that: Not(".repeat(5_000));
    let found = load(&format!("(format: 1, {text}")).1.to_lines();
    assert!(found.contains("error[E0104]: brackets are nested more than 64 deep here"), "{found}");
}

#[test]
fn a_section_with_too_many_entries_is_refused_before_it_is_looked_through() {
    let entries: String = (0..100_000).map(|n| format!("(name:\"t{n}\",values:[1]),")).collect();
    let expected = "x.ron:2:9: error[E0108]: there are 100000 values in this bracket; expected at most 1000";
    finds(&format!("tables: [{entries}]"), &[expected]);
}

#[test]
fn a_section_that_only_a_chain_of_files_fills_is_refused_too() {
    use offramp::scenario::{compile, source::Source};
    let file = |name: &str, base: &str| {
        let entries: String = (0..600).map(|n| format!("(name: \"{name}{n}\", values: [1]),")).collect();
        Source::new(name, format!("(format: 1, {base} tables: [{entries}])"))
    };
    let (scenario, diagnostics) = compile(file("child", "base: \"b\","), &|_, _| Ok(file("b", "")));
    assert!(scenario.is_none());
    let expected = "child: error[E0108]: with its bases the scenario has 1200 entries in `tables`; \
                    expected at most 1000\n";
    assert_eq!(diagnostics.to_lines(), expected);
}

#[test]
fn a_text_that_nobody_would_read_is_refused() {
    let text = "한".repeat(4_001);
    let expected = "x.ron:2:8: error[E0109]: this text has 4001 characters; expected at most 4000 characters";
    finds(&format!("title: \"{text}\""), &[expected]);
    let fits = "한".repeat(4_000);
    let (scenario, _) = load(&format!("(format: 1, name: \"x\", base: \"korea\", title: \"{fits}\")"));
    assert!(scenario.is_some());
}

#[test]
fn a_list_of_statements_has_a_limit_in_words() {
    let when = |inner: &str| format!("When(that: All([]), then: [{inner}]),");
    let shifts = "Shift(\"tension\", Const(1)),".repeat(900);
    let body = format!("rules: [(name: \"r\", step: Situation, does: [{}])]", when(&shifts).repeat(6));
    let (scenario, diagnostics) = load(&format!("(format: 1, name: \"x\", base: \"korea\", {body})"));
    assert!(scenario.is_none());
    let found = diagnostics.to_lines();
    assert_eq!(found.lines().count(), 1, "{found}");
    assert!(found.contains(
        "error[E0502]: the list has more than 10000 words up to here; \
         expected at most 10000 statements, conditions and values"
    ));
}

#[test]
fn after_two_hundred_wrong_names_the_rest_is_not_listed() {
    let names = "\"nobody\", ".repeat(300);
    let (_, diagnostics) = load(&format!(
        "(format: 1, name: \"x\", base: \"korea\", calendar: [(name: \"w\", label: \"W\", from: Days(1), \
         until: Days(2), seen_by: Seats([{names}]), source: \"\")])"
    ));
    assert_eq!(diagnostics.counts(), (200, 1));
    assert!(diagnostics.to_lines().contains("warning[W0308]: reading stopped here"));
}

#[test]
fn a_long_name_is_cut_in_the_message() {
    let name = "n".repeat(3_000);
    let shown = format!("{}…", "n".repeat(60));
    let expected = format!("x.ron:2:19: error[E0407]: the base has no `{shown}` in `tables`");
    finds(&format!("remove: (tables: [\"{name}\"])"), &[&expected]);
}

#[test]
fn a_file_that_is_no_text_is_refused_by_storage_with_its_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |name: &str| {
        let error = read_text(&folder.path().join(name), SCENARIO_LIMIT).expect_err("refused");
        error.to_string().replace(&folder.path().display().to_string(), "folder")
    };
    std::fs::write(folder.path().join("latin.ron"), b"(title: \"caf\xe9\")").expect("written");
    let large = std::fs::File::create(folder.path().join("large.ron")).expect("created");
    large.set_len(50_000_000).expect("a file of 50 MB");
    let found = [refused("none.ron"), refused(""), refused("latin.ron"), refused("large.ron")];
    let expected = [
        "cannot read 'folder/none.ron': there is no such file",
        "cannot read 'folder/': it is a folder, not a file",
        "cannot read 'folder/latin.ron': it is not UTF-8 text; the first wrong byte is at offset 12",
        "cannot read 'folder/large.ron': it is larger than the limit of 5000000 bytes",
    ];
    assert_eq!(found, expected);
}
