//! What is wrong with a scenario: collected, never thrown, so that one run shows all of it.

use super::locate::Trail;
use super::source::{FileId, Source, Sources, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be played.
    Error,
    /// It can be played, but its author should know.
    Warning,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($name:ident $text:literal $meaning:literal;)*) => {
        /// The kind of a finding: short, stable, listed in the reference.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// Every code, in the order of the reference.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as printed, such as `E0101`.
            pub fn text(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// One line on what it means.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    TooLarge "E0101" "The file is larger than the limit.";
    Empty "E0102" "The file holds nothing to read.";
    OddCharacter "E0103" "The file holds a control character.";
    TooDeep "E0104" "Brackets are nested deeper than the limit.";
    WrongFormat "E0105" "The file is of another format version.";
    Extension "E0106" "The file asks for a language extension that scenarios do not have.";
    ByteOrderMark "W0107" "The file begins with a byte-order mark.";
    TooMany "E0108" "A list or a section has more entries than the limit.";
    LongText "E0109" "A text is longer than the limit.";
    UnclosedText "E0201" "A text has no closing quotation mark.";
    UnclosedBracket "E0202" "A bracket is never closed.";
    WrongBracket "E0203" "A closing bracket does not fit the opening one.";
    MissingComma "E0204" "Two values stand side by side without a comma.";
    Unexpected "E0205" "Something stands where it cannot stand.";
    UnclosedComment "E0206" "A comment is never closed.";
    Trailing "E0207" "Something follows after the end of the document.";
    BadLiteral "E0208" "A number, a text or an escape is not written as the format asks.";
    NotFinite "E0209" "A number is not finite.";
    DuplicateField "E0210" "A field is given twice.";
    DuplicateKey "E0211" "A key of a map is given twice.";
    BraceForParenthesis "E0212" "`{ }` stands where `( )` is meant.";
    UnknownField "E0301" "No field of this name exists here.";
    UnknownVariant "E0302" "No choice of this name exists here.";
    MissingField "E0303" "A field that must be given is missing.";
    WrongType "E0304" "A value is of another kind than the one asked for.";
    OutOfRange "E0305" "A number lies outside the permitted range.";
    WrongLength "E0306" "There are too many or too few values.";
    BadValue "E0307" "A value breaks a rule of its kind.";
    MoreErrors "W0308" "Reading stopped early; there may be more errors.";
    BaseMissing "E0401" "The base cannot be found or read.";
    BaseCycle "E0402" "A scenario is, in the end, its own base.";
    BaseDepth "E0403" "The chain of bases is longer than the limit.";
    AlreadyInBase "E0404" "A new entry has a name that the base already has.";
    DuplicateName "E0405" "Two entries of one list have the same name.";
    NothingToReplace "E0406" "`replace` names an entry that the base does not have.";
    NothingToRemove "E0407" "`remove` names an entry that the base does not have.";
    ReplacedAndRemoved "E0408" "One entry is both replaced and removed.";
    UnknownName "E0501" "A name refers to nothing.";
    Unsound "E0502" "A value does not make sense where it stands.";
    RemovedName "E0503" "A name refers to an entry that was removed.";
    EndingUnreachable "L0601" "An ending can never come.";
    InjectUnreachable "L0602" "An inject can never fire.";
    NeverHolds "L0603" "A condition can never hold.";
    AlwaysHolds "L0604" "A condition always holds.";
    NobodyActs "L0605" "No seat can ever take an action.";
    Unused "L0606" "Nothing reads it.";
    NoSource "L0607" "Nobody can look up where it comes from.";
    LadderGap "L0608" "The ladder has a gap.";
    NobodyMeets "L0609" "Too few who play are on a channel or in a body.";
    WideText "L0610" "A text does not fit on a screen of 80 columns.";
    NeverFires "L0701" "An inject fired in no game.";
    NeverTaken "L0702" "An action was taken in no game.";
    Dominates "L0703" "One action is nearly every choice of a seat.";
    EndingAbsent "L0704" "An ending came in no game.";
    EndingCertain "L0705" "One ending came in nearly every game.";
    NothingToDo "L0706" "A seat often has no act that it can order.";
    Overlong "L0707" "Games go on long past the horizon.";
    RunsAway "L0708" "Most games end at the top of the ladder.";
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its kind.
    pub code: Code,
    /// The file that it is about.
    pub file: FileId,
    /// Where; `None` if it is about the whole file.
    pub span: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: Box<str>,
    /// What would be right.
    pub expected: Option<String>,
    /// The nearest name that exists.
    pub nearest: Option<Box<str>>,
    /// Second places, each with what stands there.
    pub also: Vec<(FileId, Span, String)>,
    /// A command that shows it, for what is found by playing.
    pub shown_by: Option<Box<str>>,
}

impl Diagnostic {
    /// An error about a whole file.
    pub fn error(code: Code, file: FileId, message: impl Into<String>) -> Self {
        let message = message.into().into_boxed_str();
        let severity = Severity::Error;
        Diagnostic {
            severity,
            code,
            file,
            span: None,
            message,
            expected: None,
            nearest: None,
            also: Vec::new(),
            shown_by: None,
        }
    }

    /// A warning about a whole file.
    pub fn warning(code: Code, file: FileId, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, file, message) }
    }

    /// An error about a name that refers to nothing; `kind` is the word for what it should name.
    pub fn unknown_name<'a>(
        file: FileId,
        kind: &str,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Diagnostic::error(Code::UnknownName, file, format!("no {kind} is called {}", quote(name)))
            .nearest(nearest(name, candidates))
    }

    /// Says where.
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Says what would be right.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says which existing name is nearest, if one is near.
    pub fn nearest(mut self, nearest: Option<String>) -> Self {
        self.nearest = nearest.map(String::into_boxed_str);
        self
    }

    /// Says which command shows it.
    pub fn shown_by(mut self, command: impl Into<String>) -> Self {
        self.shown_by = Some(command.into().into_boxed_str());
        self
    }

    /// Shows a second place.
    pub fn also(mut self, file: FileId, span: Option<Span>, label: impl Into<String>) -> Self {
        self.also.extend(span.map(|span| (file, span, label.into())));
        self
    }
}

/// Everything found so far, and the files that it was found in.
#[derive(Debug, Default)]
pub struct Diagnostics {
    sources: Sources,
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Nothing found yet.
    pub fn new() -> Self {
        Diagnostics::default()
    }

    /// Takes a file in, so that findings can point into it.
    pub fn add_source(&mut self, source: Source) -> FileId {
        self.sources.add(source)
    }

    /// The files.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Where the value at a trail's end of a file stands; see [`Sources::locate`].
    pub fn locate(&self, file: FileId, trail: &Trail) -> Option<Span> {
        self.sources.locate(file, trail)
    }

    /// Notes a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Whether anything found is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The number of errors and of warnings.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        (errors, self.found.len() - errors)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The findings by file and place.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.found.iter().collect();
        sorted.sort_by_key(|diagnostic| (diagnostic.file, diagnostic.span, diagnostic.code));
        sorted
    }
}

/// The candidate nearest to a name, if it is near enough to be meant: at most a third of the name's letters
/// (but always one, and two from four letters on) are different.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let letters = name.chars().count();
    if letters > 200 {
        return None;
    }
    let limit = (letters / 3).max(if letters < 4 { 1 } else { 2 });
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(letters) <= limit)
        .map(|candidate| (strsim::osa_distance(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}

/// A name as messages show it: between backticks, and cut if it is very long.
pub fn quote(name: &str) -> String {
    format!("`{}`", clip(name))
}

/// A text as messages show it: cut if it is very long.
pub fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_an_author_meant() {
        let names = ["green", "grey", "tension", "DPRK"];
        assert_eq!(nearest("grene", names), Some("green".to_owned()));
        assert_eq!(nearest("tnesion", names), Some("tension".to_owned()));
        assert_eq!(nearest("dprk", names), Some("DPRK".to_owned()));
        assert_eq!(nearest("artillery", names), None);
        assert_eq!(nearest("x", ["y"]), None);
    }

    #[test]
    fn codes_are_unique_and_rise() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].text()[1..] < pair[1].text()[1..]));
    }
}
