//! The shape of a document: its values, fields and items, each with its place, without their meaning.

use super::source::Span;

/// How deep brackets may be nested.
pub(super) const DEPTH_LIMIT: usize = 64;

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A character.
    Char,
    /// A bare name: a variant that carries nothing, `true`, `None`.
    Word,
    /// `(name: value, …)`, with or without a name in front.
    Struct,
    /// `(value, …)`, with or without a name in front.
    Tuple,
    /// `[value, …]`
    List,
    /// `{key: value, …}`
    Map,
}

/// A value. Nodes stand in the order of the text, so that the values inside one follow it directly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// What it looks like.
    pub shape: Shape,
    /// From the label, if there is one, to the comma that follows, if there is one.
    pub item: Span,
    /// The field name or map key in front of the value; empty in lists and tuples.
    pub label: Span,
    /// The name in front of the bracket; empty without one.
    pub name: Span,
    /// The value itself, its name included.
    pub span: Span,
    /// The node after everything inside this one.
    pub next: u32,
}

/// All values of a document.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// In the order of the text; the first is the document.
    pub nodes: Vec<Node>,
    /// Whether the text was read to its end without a fault of syntax.
    pub complete: bool,
    /// The deepest nesting of brackets.
    pub depth: usize,
}

impl Outline {
    /// The whole document.
    pub fn root(&self) -> Option<usize> {
        (!self.nodes.is_empty()).then_some(0)
    }

    /// A value.
    pub fn node(&self, at: usize) -> &Node {
        &self.nodes[at]
    }

    /// The values directly inside one.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[at].next as usize;
        let first = Some(at + 1).filter(|first| *first < end);
        std::iter::successors(first, move |child| {
            Some(self.nodes[*child].next as usize).filter(|next| *next < end)
        })
    }

    /// The value directly around one; `None` for the document.
    pub fn parent(&self, at: usize) -> Option<usize> {
        let mut around = None;
        let mut node = self.root()?;
        while node != at {
            around = Some(node);
            node = self.children(node).find(|child| *child <= at && at < self.nodes[*child].next as usize)?;
        }
        around
    }

    /// The innermost value whose item (label and comma included) holds a place.
    pub fn innermost(&self, offset: u32) -> Option<usize> {
        let holds = |at: &usize| (self.nodes[*at].item.start..self.nodes[*at].item.end).contains(&offset);
        let mut at = self.root().filter(holds)?;
        while let Some(inner) = self.children(at).find(holds) {
            at = inner;
        }
        Some(at)
    }

    /// A field of the document itself.
    pub fn top_field(&self, text: &str, name: &str) -> Option<usize> {
        let root = self.root().filter(|root| self.nodes[*root].shape == Shape::Struct)?;
        self.children(root).find(|field| self.field_name(text, *field) == name)
    }
}
