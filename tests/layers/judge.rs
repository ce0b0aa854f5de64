//! Holds sources to the rules; each violation is a line `file:line: what: why`.

use crate::rules::{GRANTS, LAYERS, PARTS, Part, Place, WORDS};
use crate::source::{Named, Token, module_of, paths, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// File path relative to the crate, to its text.
pub type Sources = BTreeMap<String, String>;

/// Imports that the table of layers does not allow.
pub fn imports(sources: &Sources) -> Vec<String> {
    let mut violations = Vec::new();
    for (file, text) in below_src(sources) {
        let module = layer_of(file);
        if module == "lib" {
            continue;
        }
        let Some(layer) = LAYERS.iter().find(|layer| layer.module == module) else {
            violations.push(format!("{file}:1: module `{module}` is not in the table of layers"));
            continue;
        };
        let granted = GRANTS.iter().filter(|(path, _)| *path == file).flat_map(|(_, more)| *more);
        let allowed: BTreeSet<&str> = layer.may_import.iter().chain(granted).copied().collect();
        for Named { segments, line } in paths(&tokens(text), &module_of(&file["src/".len()..])) {
            if segments.len() == 1 && segments[0] == "crate" {
                violations
                    .push(format!("{file}:{line}: `crate` under another name would hide what is imported"));
            }
            let [root, target, rest @ ..] = segments.as_slice() else { continue };
            if root != "crate" || target == module {
                continue;
            }
            let path = segments.join("::");
            if !allowed.contains(target.as_str()) {
                violations.push(format!("{file}:{line}: `{path}`: `{module}` may not import `{target}`"));
            } else if let Some(part) = part_of(module, target)
                && !rest.iter().any(|name| is_open(part, name, sources))
            {
                violations.push(format!(
                    "{file}:{line}: `{path}`: this part of `{target}` is closed to `{module}`"
                ));
            }
        }
    }
    violations
}

/// Words outside the places they are bound to.
pub fn words(sources: &Sources) -> Vec<String> {
    let mut violations = Vec::new();
    for (file, text) in below_src(sources) {
        let place = &file["src/".len()..];
        let tokens = tokens(text);
        let paths = paths(&tokens, &module_of(place));
        for rule in WORDS.iter().filter(|rule| is_banned(place, &rule.place)) {
            for word in rule.words {
                for line in lines_naming(word, &tokens, &paths) {
                    violations.push(format!("{file}:{line}: `{word}`: {}", rule.why));
                }
            }
        }
    }
    violations
}

/// Files that no `mod` item and no convention of cargo reaches.
pub fn forgotten(sources: &Sources) -> Vec<String> {
    let mut violations = Vec::new();
    for file in sources.keys().filter(|file| !is_root(file)) {
        let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
        let (folder, name) = stem.rsplit_once('/').expect("a file is in a folder");
        let inside = ["mod", "lib", "main"].map(|parent| format!("{folder}/{parent}.rs"));
        let beside = Some(format!("{folder}.rs")).filter(|parent| !is_root(parent));
        let roots = sources.keys().filter(|other| is_root(other) && folder_of(other) == folder).cloned();
        let reached = inside
            .into_iter()
            .chain(beside)
            .chain(roots)
            .filter_map(|parent| sources.get(&parent))
            .any(|text| declares(&tokens(text), name));
        if !reached {
            violations.push(format!("{file}:1: no parent says `mod {name};`, so it is not compiled"));
        }
    }
    violations
}

fn below_src(sources: &Sources) -> impl Iterator<Item = (&str, &str)> {
    sources
        .iter()
        .filter(|(file, _)| file.starts_with("src/"))
        .map(|(file, text)| (file.as_str(), text.as_str()))
}

/// The module of the table that a file below `src/` belongs to.
fn layer_of(file: &str) -> &str {
    let below = &file["src/".len()..];
    below.split_once('/').map_or(below.trim_end_matches(".rs"), |(folder, _)| folder)
}

fn part_of(importer: &str, of: &str) -> Option<&'static Part> {
    PARTS.iter().find(|part| part.importer == importer && part.of == of)
}

fn is_open(part: &Part, name: &str, sources: &Sources) -> bool {
    let items = part.items_of.iter().filter_map(|file| sources.get(*file));
    part.names.contains(&name) || items.into_iter().any(|text| offers(&tokens(text), name))
}

/// Whether a file declares a public item of this name.
fn offers(tokens: &[Token], name: &str) -> bool {
    const KINDS: [&str; 6] = ["struct", "enum", "trait", "type", "const", "fn"];
    tokens.windows(3).any(|three| {
        three[0].text == "pub" && KINDS.contains(&three[1].text.as_str()) && three[2].text == name
    })
}

fn is_banned(place: &str, rule: &Place) -> bool {
    let within =
        |places: &[&str]| places.iter().any(|&p| p == place || (p.ends_with('/') && place.starts_with(p)));
    match rule {
        Place::OnlyIn(places) => !within(places),
        Place::NotIn { places, except } => within(places) && !within(except),
    }
}

/// The lines that name a word of [`crate::rules::Words`].
fn lines_naming(word: &str, tokens: &[Token], paths: &[Named]) -> Vec<usize> {
    let follows = |index: usize, sign: &str| tokens.get(index + 1).is_some_and(|next| next.text == sign);
    let precedes = |index: usize, sign: &str| index > 0 && tokens[index - 1].text == sign;
    if word.contains("::") {
        let whole =
            |path: &&Named| format!("{}::", path.segments.join("::")).starts_with(&format!("{word}::"));
        return paths.iter().filter(whole).map(|path| path.line).collect();
    }
    let matches = |index: usize, text: &str| match (word.strip_prefix('.'), word.strip_suffix('!')) {
        (Some(method), _) => text == method && precedes(index, ".") && follows(index, "("),
        (_, Some(name)) => text == name && follows(index, "!"),
        _ => text == word,
    };
    let found = tokens.iter().enumerate().filter(|(index, token)| matches(*index, &token.text));
    found.map(|(_, token)| token.line).collect()
}

/// Whether cargo compiles a file without being told.
fn is_root(file: &str) -> bool {
    match file.split('/').collect::<Vec<_>>().as_slice() {
        ["src", name] => matches!(*name, "lib.rs" | "main.rs"),
        ["src", "bin", _] | ["tests" | "benches" | "examples", _] => true,
        ["tests" | "benches" | "examples", _, "main.rs"] => true,
        _ => false,
    }
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn declares(tokens: &[Token], name: &str) -> bool {
    tokens.windows(3).any(|three| three[0].text == "mod" && three[1].text == name && three[2].text == ";")
}
