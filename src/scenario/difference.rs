//! What differs between two scenarios: entries and fields with their values, read from what was composed.
//!
//! Both texts come from the same writer, so that values are equal where their texts are.

use super::Scenario;
use super::outline::{Outline, Shape};
use super::source::{Source, Sources};
use super::tokens::{Kind, Tokens};
use serde::Serialize;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The section; empty for the header.
    pub section: String,
    /// The entry of the section; empty for the header and for a section as a whole.
    pub entry: String,
    /// The field of the entry or the header, step by step with dots; empty for an entry as a whole.
    pub field: String,
    /// How it differs.
    pub how: How,
}

/// How something differs, with its values in the words of the format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum How {
    /// Only the second has it; what it is.
    New(String),
    /// Only the first has it; what it is.
    Gone(String),
    /// Both have it, with other values.
    Changed {
        /// The value of the first.
        was: String,
        /// The value of the second.
        is: String,
    },
    /// Both have the same, in another order.
    Reordered,
}

/// What differs between two scenarios, in the order of the format.
pub fn differences(first: &Scenario, second: &Scenario) -> Vec<Difference> {
    let mut sources = Sources::default();
    let files = [first, second].map(|scenario| sources.add(Source::new("", scenario.text.as_str())));
    let [old, new] = files.map(|file| View { text: &sources.get(file).text, outline: sources.outline(file) });
    let mut comparing =
        Comparing { old, new, section: String::new(), entry: String::new(), found: Vec::new() };
    for (name, sides) in both(&old.fields(old.outline.root()), &new.fields(new.outline.root())) {
        comparing.section(name, sides);
    }
    comparing.found
}

/// A text and the values in it.
#[derive(Clone, Copy)]
struct View<'a> {
    text: &'a str,
    outline: &'a Outline,
}

impl<'a> View<'a> {
    /// The values directly inside one, each with its field name; none inside nothing.
    fn fields(self, at: Option<usize>) -> Vec<(String, usize)> {
        let inside = at.into_iter().flat_map(|at| self.outline.children(at));
        inside.map(|child| (self.outline.field_name(self.text, child).to_owned(), child)).collect()
    }

    fn shape(self, at: usize) -> Shape {
        self.outline.node(at).shape
    }

    /// The value without the `Some` around it.
    fn inner(self, at: usize) -> usize {
        self.outline.unwrapped(self.text, at)
    }

    fn written(self, at: usize) -> &'a str {
        &self.text[self.outline.node(at).span.range()]
    }

    /// A field that is a text.
    fn text_of(self, at: usize, field: &str) -> Option<String> {
        let found = self.fields(Some(at)).into_iter().find(|(name, _)| name == field)?;
        ron::from_str(self.written(found.1)).ok()
    }

    /// The entries of a list by the name that each gives itself; `None` if they give themselves none.
    fn entries(self, at: usize) -> Option<Vec<(String, usize)>> {
        if self.shape(at) != Shape::List {
            return None;
        }
        self.outline.children(at).map(|item| Some((self.text_of(item, "name")?, item))).collect()
    }

    /// What an entry is, for people.
    fn label(self, at: usize) -> String {
        ["label", "about", "source"].iter().find_map(|field| self.text_of(at, field)).unwrap_or_default()
    }

    /// A value on one line; a text as people read it.
    fn flat(self, at: usize) -> String {
        let text = self.written(self.inner(at));
        if let Ok(plain) = ron::from_str::<String>(text) {
            return format!("\"{}\"", plain.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let mut tokens = Tokens::new(text);
        let mut flat = String::new();
        loop {
            let token = tokens.next();
            match token.kind {
                Kind::End => return flat,
                Kind::Comma if matches!(tokens.peek().kind, Kind::Close(_)) => {}
                Kind::Comma => flat += ", ",
                Kind::Colon => flat += ": ",
                _ => flat += &text[token.span.range()],
            }
        }
    }
}

/// Where something stands on either side, if it does.
type Sides = (Option<usize>, Option<usize>);

/// What either side has, by name: in the order of the first, then what only the second has.
fn both<'a>(old: &'a [(String, usize)], new: &'a [(String, usize)]) -> Vec<(&'a str, Sides)> {
    let find = |side: &[(String, usize)], name: &str| side.iter().find(|(n, _)| n == name).map(|(_, at)| *at);
    let only = new.iter().filter(|(name, _)| find(old, name).is_none());
    old.iter().chain(only).map(|(name, _)| (name.as_str(), (find(old, name), find(new, name)))).collect()
}

struct Comparing<'a> {
    old: View<'a>,
    new: View<'a>,
    section: String,
    entry: String,
    found: Vec<Difference>,
}

impl Comparing<'_> {
    fn find(&mut self, field: &str, how: How) {
        let (section, entry) = (self.section.clone(), self.entry.clone());
        self.found.push(Difference { section, entry, field: field.to_owned(), how });
    }

    /// A section, or a field of the header.
    fn section(&mut self, name: &str, sides: Sides) {
        let entries = |view: View<'_>, at: Option<usize>| at.map_or(Some(Vec::new()), |at| view.entries(at));
        let (old, new) = (entries(self.old, sides.0), entries(self.new, sides.1));
        let (Some(old), Some(new)) = (old, new) else { return self.value(name, sides) };
        name.clone_into(&mut self.section);
        for (entry, sides) in both(&old, &new) {
            entry.clone_into(&mut self.entry);
            match sides {
                (Some(old), None) => self.find("", How::Gone(self.old.label(old))),
                (None, Some(new)) => self.find("", How::New(self.new.label(new))),
                sides => self.value("", sides),
            }
        }
        self.entry.clear();
        self.order(&old, &new, "");
        self.section.clear();
    }

    /// Tells if what both have stands in another order.
    fn order(&mut self, old: &[(String, usize)], new: &[(String, usize)], field: &str) {
        let kept = |side: &[(String, usize)], other: &[(String, usize)]| -> Vec<String> {
            let names = side.iter().map(|(name, _)| name);
            names.filter(|name| other.iter().any(|(known, _)| known == *name)).cloned().collect()
        };
        if kept(old, new) != kept(new, old) {
            self.find(field, How::Reordered);
        }
    }

    /// A value under the steps that lead to it.
    fn value(&mut self, path: &str, sides: Sides) {
        let (old, new) = match sides {
            (Some(old), Some(new)) => (self.old.inner(old), self.new.inner(new)),
            (Some(old), None) => return self.find(path, How::Gone(self.old.flat(old))),
            (None, Some(new)) => return self.find(path, How::New(self.new.flat(new))),
            (None, None) => return,
        };
        let (was, is) = (self.old.flat(old), self.new.flat(new));
        if was == is {
            return;
        }
        let step = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        if let (Some(old), Some(new)) = (self.old.entries(old), self.new.entries(new)) {
            both(&old, &new).into_iter().for_each(|(name, sides)| self.value(&step(name), sides));
            return self.order(&old, &new, path);
        }
        match (self.old.shape(old), self.new.shape(new)) {
            (Shape::Struct, Shape::Struct) => {
                let (old, new) = (self.old.fields(Some(old)), self.new.fields(Some(new)));
                both(&old, &new).into_iter().for_each(|(name, sides)| self.value(&step(name), sides));
            }
            (Shape::List, Shape::List) => self.items(path, old, new),
            _ => self.find(path, How::Changed { was, is }),
        }
    }

    /// Items without names: those that only one list has.
    fn items(&mut self, path: &str, old: usize, new: usize) {
        let flat =
            |view: View<'_>, at: usize| view.outline.children(at).map(|item| view.flat(item)).collect();
        let (old, mut only_new): (Vec<String>, Vec<String>) = (flat(self.old, old), flat(self.new, new));
        let mut only_old = Vec::new();
        for item in old {
            match only_new.iter().position(|other| *other == item) {
                Some(same) => drop(only_new.remove(same)),
                None => only_old.push(item),
            }
        }
        match (&mut only_old[..], &mut only_new[..]) {
            ([], []) => self.find(path, How::Reordered),
            ([was], [is]) => {
                let (was, is) = (std::mem::take(was), std::mem::take(is));
                self.find(path, How::Changed { was, is });
            }
            _ => {
                only_old.into_iter().for_each(|item| self.find(path, How::Gone(item)));
                only_new.into_iter().for_each(|item| self.find(path, How::New(item)));
            }
        }
    }
}
