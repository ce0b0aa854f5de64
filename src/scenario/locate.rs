//! Paths into a document, and the exact stretch of text at the end of one.
//!
//! A validator works on typed values that have long lost their place; it names a value by its trail, and the
//! place is looked up in the outline of the text only when there is something to say about it.

use super::outline::{Node, Outline, Shape};
use super::source::Span;
use std::fmt;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a field of a struct, to the value of a key of a map, or into what a variant carries. If a variant
    /// carries one value, the step arrives at it.
    Name(String),
    /// Into a list, a tuple or the values that a variant carries.
    Index(usize),
}

/// The way from the top of a document to a value, such as `actions[3].needs.All[0].Compare[0]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    steps: Vec<Step>,
}

impl Trail {
    /// The whole document.
    pub fn root() -> Self {
        Trail::default()
    }

    /// The same trail and one step more.
    pub fn step(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Trail { steps }
    }

    /// On into a field, a key of a map or a variant.
    pub fn name(&self, name: &str) -> Self {
        self.step(Step::Name(name.to_owned()))
    }

    /// On to an item.
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// On along steps written with dots, such as `needs.All.0.Compare.2`; a step of digits is an index.
    pub fn dotted(&self, steps: &str) -> Self {
        steps.split('.').filter(|step| !step.is_empty()).fold(self.clone(), |trail, step| {
            match step.parse() {
                Ok(index) => trail.index(index),
                Err(_) => trail.name(step),
            }
        })
    }

    /// Whether this is the whole document.
    pub fn is_root(&self) -> bool {
        self.steps.is_empty()
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl From<&serde_path_to_error::Path> for Trail {
    /// The trail up to the first step that the deserialiser could not name.
    fn from(path: &serde_path_to_error::Path) -> Self {
        use serde_path_to_error::Segment;
        let steps = path.iter().map_while(|segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Name(key.clone())),
            Segment::Enum { variant } => Some(Step::Name(variant.clone())),
            Segment::Unknown => None,
        });
        Trail { steps: steps.collect() }
    }
}

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Name(name) if position == 0 => f.write_str(name)?,
                Step::Name(name) => write!(f, ".{name}")?,
            }
        }
        Ok(())
    }
}

impl Outline {
    /// Where the value at a trail's end stands, or else the head of the nearest enclosing value.
    pub(super) fn locate(&self, text: &str, trail: &Trail) -> Option<Span> {
        let (node, arrived) = self.resolve(text, trail)?;
        Some(if arrived { self.node(self.unwrapped(text, node)).span } else { self.head(text, node) })
    }

    /// The innermost value that a trail leads to, and whether all of it was walked.
    pub(super) fn resolve(&self, text: &str, trail: &Trail) -> Option<(usize, bool)> {
        let mut at = self.root()?;
        for step in &trail.steps {
            match self.enter(text, at, step) {
                Some(next) => at = next,
                None => return Some((at, false)),
            }
        }
        Some((at, true))
    }

    /// One step from a node.
    fn enter(&self, text: &str, at: usize, step: &Step) -> Option<usize> {
        let at = self.unwrapped(text, at);
        let node = self.node(at);
        let found = match step {
            Step::Index(index) if matches!(node.shape, Shape::List | Shape::Tuple) => {
                self.children(at).nth(*index)
            }
            Step::Index(_) => None,
            Step::Name(wanted) => self.children(at).find(|child| self.label(text, *child) == wanted),
        };
        if found.is_some() {
            return found;
        }
        if let Step::Name(wanted) = step {
            let variant = if node.shape == Shape::Word { node.span } else { node.name };
            if &text[variant.range()] == wanted {
                return Some(self.only_child(at).unwrap_or(at));
            }
        }
        // A newtype such as `Name((a: 1))`, has no step of its own in a trail.
        self.enter(text, self.only_child(at)?, step)
    }

    /// What stands inside `Some(…)`, or the value itself.
    pub(super) fn unwrapped(&self, text: &str, at: usize) -> usize {
        let is_some = &text[self.node(at).name.range()] == "Some";
        self.only_child(at).filter(|_| is_some).unwrap_or(at)
    }

    /// The one value in a tuple, if it is one.
    fn only_child(&self, at: usize) -> Option<usize> {
        let mut children = self.children(at).filter(|_| self.node(at).shape == Shape::Tuple);
        let only = children.next()?;
        children.next().is_none().then_some(only)
    }

    /// The name of a field or the text of a map's key.
    fn label<'t>(&self, text: &'t str, item: usize) -> &'t str {
        self.field_name(text, item).trim_matches('"')
    }

    /// The name of a field without the mark of a raw identifier.
    pub(super) fn field_name<'t>(&self, text: &'t str, field: usize) -> &'t str {
        let name = &text[self.node(field).label.range()];
        name.strip_prefix("r#").unwrap_or(name)
    }

    /// The first word or bracket of a value: enough to point at something long.
    pub(super) fn head(&self, text: &str, at: usize) -> Span {
        let Node { span, name, shape, .. } = *self.node(at);
        if !name.is_empty() {
            name
        } else if matches!(shape, Shape::Struct | Shape::Tuple | Shape::List | Shape::Map) {
            let first = text[span.range()].chars().next().map_or(0, char::len_utf8);
            Span::new(span.start as usize, span.start as usize + first)
        } else {
            span
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::{Source, Sources};

    const TEXT: &str = r#"Scenario(
    actions: [
        (name: "a", needs: Compare(Level("tension"), Gt, Const(1))),
        (name: "b", needs: All([Compare(Level("tensoin"), Gt, Const(3)), Not(On("b"))]), cost: Some(4)),
    ],
    parties: { "dprk": 1, "rok": Some((x: 7)) },
    place: Point((x: 1, y: 2)),
)"#;

    fn at(trail: &Trail) -> &'static str {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("x.ron", TEXT));
        let span = sources.locate(file, trail).expect("the text has a root");
        &TEXT[span.range()]
    }

    #[test]
    fn a_path_through_variants_arrives_at_the_exact_value() {
        let compare = Trail::root().name("actions").index(1).name("needs").name("All").index(0);
        assert_eq!(compare.to_string(), "actions[1].needs.All[0]");
        assert_eq!(at(&compare.name("Compare").index(0).name("Level")), r#""tensoin""#);
        assert_eq!(at(&compare.name("Compare").index(1)), "Gt");
        assert_eq!(at(&compare.name("Compare").index(2)), "Const(3)");
    }

    #[test]
    fn options_newtypes_and_maps_are_entered() {
        assert_eq!(at(&Trail::root().name("parties").name("rok").name("x")), "7");
        assert_eq!(at(&Trail::root().name("place").name("y")), "2");
        assert_eq!(at(&Trail::root().name("place").name("Point").name("y")), "2");
        assert_eq!(at(&Trail::root().name("actions").index(1).name("cost")), "4");
    }

    #[test]
    fn a_field_left_out_falls_back_to_the_head_of_what_should_hold_it() {
        assert_eq!(at(&Trail::root().name("actions").index(0).name("cost")), "(");
        assert_eq!(at(&Trail::root().dotted("actions.1.needs.All.1.Nowhere")), "Not");
        assert_eq!(at(&Trail::root().name("nothing").index(2)), "Scenario");
        assert_eq!(at(&Trail::root().name("actions").index(9)), "[");
    }
}
