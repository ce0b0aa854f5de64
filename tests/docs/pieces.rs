//! Pieces of a scenario that grows over a page: each put into the file as its first line tells the reader to.

use std::ops::Range;

/// What a piece's first line tells the reader to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Each field takes the place of the file's field of that name.
    Instead,
    /// Each field's entries go to the end of the file's list of that name.
    Added,
    /// As `Added`, to see what `offramp check` says of it; the file stays as it was.
    Slip,
}

/// A fenced block that begins with `// FILE.ron, instead`, `added` or `a slip`.
pub struct Piece<'a> {
    /// The file that it belongs to.
    pub file: &'a str,
    /// What to do with it.
    pub deed: Deed,
    fields: &'a str,
}

impl<'a> Piece<'a> {
    /// The piece that a block is, if it is one.
    pub fn read(block: &'a str) -> Option<Self> {
        let (first, fields) = block.split_once('\n')?;
        let (file, deed) = first.strip_prefix("// ")?.split_once(", ")?;
        let deed = match deed {
            "instead" => Deed::Instead,
            "added" => Deed::Added,
            "a slip" => Deed::Slip,
            _ => return None,
        };
        file.ends_with(".ron").then_some(Piece { file, deed, fields })
    }

    /// The text of its file with the piece in it.
    pub fn put_into(&self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        let piece: Vec<&str> = self.fields.lines().collect();
        for (name, new) in fields(&piece) {
            let new = &piece[new];
            let there = fields(&lines).into_iter().find(|(field, _)| *field == name).map(|(_, place)| place);
            match there {
                None => {
                    let last =
                        lines.iter().rposition(|line| line.starts_with(')')).expect("the file is closed");
                    lines.splice(last..last, new.iter().copied());
                }
                Some(place) if self.deed == Deed::Instead => {
                    lines.splice(place, new.iter().copied());
                }
                Some(place) => {
                    let close = place.end - 1;
                    lines.splice(close..close, new[1..new.len() - 1].iter().copied());
                }
            }
        }
        lines.join("\n") + "\n"
    }
}

/// The fields of a file, or of a piece of one, each with its lines. A field begins four blanks in, and runs up to the
/// next one, or to a comment there, a blank line or the last bracket.
fn fields<'a>(lines: &[&'a str]) -> Vec<(&'a str, Range<usize>)> {
    let begins = |line: &'a str| {
        let name = line.strip_prefix("    ")?.split_once(": ")?.0;
        name.chars().all(|c| c.is_ascii_lowercase() || c == '_').then_some(name)
    };
    let ends = |line: &str| line.is_empty() || line.starts_with(')') || line.starts_with("    //");
    let mut fields = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    for (number, line) in lines.iter().enumerate() {
        let next = begins(line);
        if next.is_some() || ends(line) {
            fields.extend(open.take().map(|(name, start)| (name, start..number)));
        }
        open = next.map(|name| (name, number)).or(open);
    }
    fields.extend(open.map(|(name, start)| (name, start..lines.len())));
    fields
}

#[cfg(test)]
mod tests {
    use super::{Deed, Piece};

    const FILE: &str = "(\n    format: 1,\n    // What it is called.\n    title: \"old\",\n\n    injects: [\n        \
                        (name: \"a\"),\n    ],\n)\n";

    fn put(piece: &str) -> String {
        Piece::read(piece).expect("it is a piece").put_into(FILE)
    }

    #[test]
    fn instead_takes_the_place_of_the_field_and_of_nothing_else() {
        let expected = FILE.replace("    title: \"old\",\n", "    title: \"new\\\n        er\",\n");
        assert_eq!(put("// a.ron, instead\n    title: \"new\\\n        er\",\n"), expected);
    }

    #[test]
    fn added_entries_go_to_the_end_of_their_list_and_a_new_list_to_the_end_of_the_file() {
        let expected =
            FILE.replace("        (name: \"a\"),\n", "        (name: \"a\"),\n        (name: \"b\"),\n");
        assert_eq!(put("// a.ron, added\n    injects: [\n        (name: \"b\"),\n    ],\n"), expected);
        let expected = FILE.replace("\n)\n", "\n    tracks: [\n    ],\n)\n");
        assert_eq!(put("// a.ron, added\n    tracks: [\n    ],\n"), expected);
    }

    #[test]
    fn a_block_without_a_files_name_in_its_first_line_is_no_piece() {
        for block in
            ["(format: 1)\n", "// a comment\n    injects: [],\n", "// a, b\n", "// a.ron, later\n    x: 1,\n"]
        {
            assert!(Piece::read(block).is_none(), "{block}");
        }
        assert_eq!(Piece::read("// a.ron, a slip\n    x: 1,\n").map(|piece| piece.deed), Some(Deed::Slip));
    }
}
