//! The one table of keys: it feeds the input, the footer, the help and the tests.

/// A key, as far as this program tells keys apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// A character with the control key.
    Ctrl(char),
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Tab with shift.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
}

/// Where a key counts: a screen, or an overlay on top of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Choice of scenario and seat.
    Start,
    /// The handbook.
    Briefing,
    /// What stands where.
    Situation,
    /// Calls and requests.
    Contact,
    /// Incoming calls.
    Calls,
    /// The four slots.
    Orders,
    /// One order under fire.
    Flash,
    /// What happened.
    Report,
    /// All that happened.
    Timeline,
    /// After the end.
    Debrief,
    /// What was said and heard.
    Talk,
    /// A form on top.
    Form,
    /// A question on top.
    Confirm,
    /// The help on top.
    Help,
    /// The search line.
    Search,
    /// The command palette on top.
    Palette,
    /// A form that takes text.
    Entry,
    /// Between two people at one terminal.
    Handover,
    /// Control's board.
    ControlBoard,
    /// Control's list of injects.
    ControlInjects,
    /// Control's list of seats.
    ControlSeats,
    /// Control's lists of what was said and of what happened.
    ControlReading,
    /// Control's list of turns.
    ControlTurns,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Shows the help.
    Help,
    /// Asks whether to leave.
    Quit,
    /// Leaves on the second press.
    Force,
    /// Stops the program until the shell goes on with it.
    Suspend,
    /// Draws everything anew.
    Redraw,
    /// One step back; never leaves the program.
    Back,
    /// To the next screen.
    NextScreen,
    /// To the screen before.
    PreviousScreen,
    /// To the handbook.
    ToBriefing,
    /// To the situation.
    ToSituation,
    /// To what is asked.
    ToDecision,
    /// To the report.
    ToReport,
    /// To the timeline.
    ToTimeline,
    /// To the debrief.
    ToDebrief,
    /// To what was said and heard.
    ToTalk,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// The choice before.
    Less,
    /// The next choice.
    More,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first line.
    First,
    /// To the last line.
    Last,
    /// Takes what the cursor is on.
    Take,
    /// Opens the form for a call or request.
    Contact,
    /// Opens the form for a word.
    Word,
    /// Opens the form for a stance.
    Stance,
    /// Opens the form for the estimate.
    Estimate,
    /// Shows all about the act with the cursor.
    About,
    /// Acts although an ally asked not to, or not.
    Defy,
    /// Takes the last change back.
    Undo,
    /// Empties the draft.
    Clear,
    /// Asks whether to seal.
    Seal,
    /// Opens the search line.
    Search,
    /// To the next match.
    NextMatch,
    /// To the match before.
    PreviousMatch,
    /// To the next section of the page.
    NextSection,
    /// To the section before.
    PreviousSection,
    /// Shows another kind of news.
    Filter,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Removes the last letter.
    Erase,
    /// Opens the command palette.
    Palette,
    /// Shows other colours.
    Theme,
    /// Works out what would have come but for this or that, or gives it up.
    ButFor,
    /// Opens the form for something to say.
    Say,
    /// Lets somebody else sit down at the terminal.
    HandOver,
    /// Opens the form for a ruling.
    Rule,
    /// Opens the form for a note.
    Note,
    /// Opens the form for the turn clock.
    Clock,
    /// Opens the form that ends the game.
    EndGame,
    /// Pauses the game, or lets it go on.
    Pause,
    /// Fires an inject.
    Fire,
    /// Holds an inject, or releases it.
    Hold,
    /// Skips an inject.
    Skip,
    /// Opens the form for other words.
    Reword,
    /// Opens the form for who plays a seat.
    Reseat,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The keys.
    pub keys: &'static [Key],
    /// Where they count.
    pub scopes: &'static [Scope],
    /// What they do.
    pub action: Action,
    /// The keys as the footer shows them.
    pub show: &'static str,
    /// What they do, in words.
    pub words: &'static str,
    /// Whether the footer names them.
    pub hint: bool,
}

use Scope::{
    Briefing, Calls, Confirm, Contact, ControlBoard, ControlInjects, ControlReading, ControlSeats,
    ControlTurns, Debrief, Entry, Flash, Form, Handover, Help, Orders, Palette, Report, Search, Situation,
    Start, Talk, Timeline,
};

const DECISIONS: &[Scope] = &[Contact, Calls, Orders, Flash];
const DRAFTS: &[Scope] = DECISIONS;
const GAME: &[Scope] = &[Briefing, Situation, Contact, Calls, Orders, Flash, Report, Timeline, Debrief, Talk];
const SCREENS: &[Scope] =
    &[Start, Briefing, Situation, Contact, Calls, Orders, Flash, Report, Timeline, Debrief, Talk];
const PLACES: &[Scope] =
    &[Start, Briefing, Situation, Contact, Calls, Orders, Flash, Report, Timeline, Debrief, Talk, Form, Help];
const READING: &[Scope] = &[Briefing, Situation, Report, Timeline, Debrief, Talk];
/// Pages of many sections.
const SECTIONS: &[Scope] = &[Briefing, Situation, Debrief];
/// Where control's keys count.
pub const CONTROL: &[Scope] = &[ControlBoard, ControlInjects, ControlSeats, ControlReading, ControlTurns];
const LISTS: &[Scope] = &[ControlBoard, ControlInjects, ControlSeats, ControlReading, ControlTurns, Handover];
const EVERYWHERE: &[Scope] = &[
    Start,
    Briefing,
    Situation,
    Contact,
    Calls,
    Orders,
    Flash,
    Report,
    Timeline,
    Debrief,
    Talk,
    Form,
    Confirm,
    Help,
    Search,
    Palette,
    Entry,
    Handover,
    ControlBoard,
    ControlInjects,
    ControlSeats,
    ControlReading,
    ControlTurns,
];

const fn row(
    keys: &'static [Key],
    scopes: &'static [Scope],
    action: Action,
    show: &'static str,
    words: &'static str,
) -> Binding {
    Binding { keys, scopes, action, show, words, hint: true }
}

const fn quiet(
    keys: &'static [Key],
    scopes: &'static [Scope],
    action: Action,
    show: &'static str,
    words: &'static str,
) -> Binding {
    Binding { keys, scopes, action, show, words, hint: false }
}

/// All keys, the most telling first: a narrow footer drops hints from the end.
pub const KEYMAP: &[Binding] = &[
    row(&[Key::Enter], &[Start], Action::Take, "Enter", "choose"),
    row(&[Key::Enter], &[Orders, Flash], Action::Take, "Enter", "choose this"),
    row(&[Key::Enter], &[Contact], Action::Take, "Enter", "call or ask"),
    row(&[Key::Enter], READING, Action::Take, "Enter", "go to what is asked"),
    row(&[Key::Enter], &[Calls], Action::Take, "Enter", "next answer"),
    row(&[Key::Enter], &[Form], Action::Take, "Enter", "put into the orders"),
    row(&[Key::Char('s')], &[Contact], Action::Seal, "s", "seal and go on to the orders"),
    row(&[Key::Char('s')], &[Calls], Action::Seal, "s", "seal the answers"),
    row(&[Key::Char('s')], &[Orders, Flash], Action::Seal, "s", "seal the orders"),
    quiet(
        &[Key::Char('s')],
        &[Briefing, Situation, Report, Timeline, Talk],
        Action::Seal,
        "s",
        "go to what can be sealed",
    ),
    quiet(&[Key::Char('c')], &[Contact], Action::Contact, "c", "call or request"),
    row(&[Key::Char('w')], &[Orders], Action::Word, "w", "word"),
    row(&[Key::Char('t')], &[Orders], Action::Stance, "t", "stance"),
    row(&[Key::Char('e')], &[Orders], Action::Estimate, "e", "estimate"),
    row(&[Key::Left, Key::Char('h')], &[Calls], Action::Less, "Left", "answer before"),
    row(&[Key::Right, Key::Char('l')], &[Calls], Action::More, "Right", "next answer"),
    row(&[Key::Left, Key::Char('h')], &[Form], Action::Less, "Left", "choice before"),
    row(&[Key::Right, Key::Char('l'), Key::Char(' ')], &[Form], Action::More, "Right", "next choice"),
    quiet(
        &[Key::Left, Key::Char('h')],
        &[Orders],
        Action::Less,
        "Left",
        "let the act start earlier in the turn",
    ),
    quiet(
        &[Key::Right, Key::Char('l')],
        &[Orders],
        Action::More,
        "Right",
        "let the act start later in the turn",
    ),
    row(&[Key::Char('i')], &[Orders, Flash], Action::About, "i", "all about it"),
    row(&[Key::Char('d')], &[Orders], Action::Defy, "d", "defy an ally's request"),
    row(&[Key::Char('u')], DRAFTS, Action::Undo, "u", "undo"),
    quiet(&[Key::Char('x'), Key::Delete], DRAFTS, Action::Clear, "x", "empty the draft"),
    row(&[Key::Char('b')], &[Debrief], Action::ButFor, "b", "but for this"),
    row(&[Key::Char('n')], SECTIONS, Action::NextSection, "n", "section"),
    quiet(&[Key::Char('N')], SECTIONS, Action::PreviousSection, "N", "section before"),
    row(&[Key::Char('/')], &[Timeline], Action::Search, "/", "search"),
    row(&[Key::Char('n')], &[Timeline], Action::NextMatch, "n", "next match"),
    quiet(&[Key::Char('N')], &[Timeline], Action::PreviousMatch, "N", "match before"),
    row(&[Key::Char('f')], &[Timeline], Action::Filter, "f", "filter"),
    row(&[Key::Char('y')], &[Confirm], Action::Yes, "y", "yes"),
    row(&[Key::Char('n'), Key::Esc, Key::Char('q')], &[Confirm], Action::No, "n", "no"),
    row(&[Key::Enter], &[Confirm], Action::Take, "Enter", "the answer in brackets"),
    row(&[Key::Enter], &[Search], Action::Take, "Enter", "search"),
    row(&[Key::Enter], &[Palette], Action::Take, "Enter", "do it"),
    row(&[Key::Esc], &[Search, Palette], Action::Back, "Esc", "give up"),
    row(&[Key::Backspace], &[Search, Palette], Action::Erase, "Backspace", "remove a letter"),
    quiet(&[Key::Up], &[Palette], Action::Up, "Up", "up"),
    quiet(&[Key::Down], &[Palette], Action::Down, "Down", "down"),
    quiet(&[Key::Char('m')], GAME, Action::Say, "m", "say something to a seat or to control"),
    quiet(&[Key::Char('p')], GAME, Action::HandOver, "p", "pass the keyboard to another seat"),
    row(&[Key::Enter], &[Entry], Action::Take, "Enter", "send"),
    row(&[Key::Esc], &[Entry], Action::Back, "Esc", "give up"),
    quiet(&[Key::Up, Key::BackTab], &[Entry], Action::Up, "Up", "line above"),
    quiet(&[Key::Down, Key::Tab], &[Entry], Action::Down, "Down", "line below"),
    quiet(&[Key::Left], &[Entry], Action::Less, "Left", "choice before"),
    quiet(&[Key::Right], &[Entry], Action::More, "Right", "next choice"),
    quiet(&[Key::Backspace], &[Entry], Action::Erase, "Backspace", "remove a letter"),
    row(&[Key::Enter], &[Handover], Action::Take, "Enter", "sit down"),
    row(&[Key::Enter], &[ControlBoard], Action::Take, "Enter", "change this"),
    row(&[Key::Enter], &[ControlTurns], Action::Take, "Enter", "go back to this turn"),
    row(
        &[Key::Enter],
        &[ControlInjects, ControlSeats, ControlReading],
        Action::Take,
        "Enter",
        "show all of it",
    ),
    row(&[Key::Char('f')], &[ControlInjects], Action::Fire, "f", "fire"),
    row(&[Key::Char('h')], &[ControlInjects], Action::Hold, "h", "hold or release"),
    row(&[Key::Char('x')], &[ControlInjects], Action::Skip, "x", "skip"),
    row(&[Key::Char('e')], &[ControlInjects], Action::Reword, "e", "reword"),
    row(&[Key::Char('o')], &[ControlSeats], Action::Reseat, "o", "change who plays"),
    row(&[Key::Char('w')], CONTROL, Action::Word, "w", "write an inject"),
    row(&[Key::Char('r')], CONTROL, Action::Rule, "r", "rule"),
    row(&[Key::Char('m')], CONTROL, Action::Say, "m", "say"),
    row(&[Key::Char('n')], CONTROL, Action::Note, "n", "note"),
    row(&[Key::Char('p')], CONTROL, Action::Pause, "p", "pause"),
    row(&[Key::Char('c')], CONTROL, Action::Clock, "c", "clock"),
    row(&[Key::Char('E')], CONTROL, Action::EndGame, "E", "end the game"),
    quiet(&[Key::Up, Key::Char('k')], LISTS, Action::Up, "Up", "up"),
    quiet(&[Key::Down, Key::Char('j')], LISTS, Action::Down, "Down", "down"),
    quiet(&[Key::PageUp], LISTS, Action::PageUp, "PgUp", "a page up"),
    quiet(&[Key::PageDown], LISTS, Action::PageDown, "PgDn", "a page down"),
    quiet(&[Key::Home, Key::Char('g')], LISTS, Action::First, "Home", "to the top"),
    quiet(&[Key::End, Key::Char('G')], LISTS, Action::Last, "End", "to the end"),
    row(&[Key::Tab], CONTROL, Action::NextScreen, "Tab", "next page"),
    quiet(&[Key::BackTab], CONTROL, Action::PreviousScreen, "Shift-Tab", "page before"),
    quiet(&[Key::Char('1')], CONTROL, Action::ToBriefing, "1", "board"),
    quiet(&[Key::Char('2')], CONTROL, Action::ToSituation, "2", "injects"),
    quiet(&[Key::Char('3')], CONTROL, Action::ToDecision, "3", "seats"),
    quiet(&[Key::Char('4')], CONTROL, Action::ToReport, "4", "talk"),
    quiet(&[Key::Char('5')], CONTROL, Action::ToTimeline, "5", "story"),
    quiet(&[Key::Char('6')], CONTROL, Action::ToDebrief, "6", "turns"),
    quiet(&[Key::Char('7')], CONTROL, Action::ToTalk, "7", "debrief, after the end"),
    quiet(&[Key::Char(':')], CONTROL, Action::Palette, ":", "every key by its words"),
    row(&[Key::Char('q')], CONTROL, Action::Quit, "q", "leave the desk"),
    row(&[Key::Char('q')], &[Handover], Action::Quit, "q", "leave the game"),
    quiet(&[Key::Char('?')], CONTROL, Action::Help, "?", "help"),
    quiet(&[Key::Up, Key::Char('k')], PLACES, Action::Up, "Up", "up"),
    quiet(&[Key::Down, Key::Char('j')], PLACES, Action::Down, "Down", "down"),
    row(&[Key::Tab], GAME, Action::NextScreen, "Tab", "next screen"),
    quiet(&[Key::BackTab], GAME, Action::PreviousScreen, "Shift-Tab", "screen before"),
    quiet(
        &[Key::PageUp, Key::Ctrl('b')],
        PLACES,
        Action::PageUp,
        "PgUp",
        "a page up; in a form ten choices back",
    ),
    quiet(
        &[Key::PageDown, Key::Ctrl('f')],
        PLACES,
        Action::PageDown,
        "PgDn",
        "a page down; in a form ten choices on",
    ),
    quiet(&[Key::Home, Key::Char('g')], PLACES, Action::First, "Home", "to the top"),
    quiet(&[Key::End, Key::Char('G')], PLACES, Action::Last, "End", "to the end"),
    quiet(&[Key::Char('1')], GAME, Action::ToBriefing, "1", "briefing"),
    quiet(&[Key::Char('2')], GAME, Action::ToSituation, "2", "situation"),
    quiet(&[Key::Char('3')], GAME, Action::ToDecision, "3", "what is asked of you"),
    quiet(&[Key::Char('4')], GAME, Action::ToReport, "4", "report"),
    quiet(&[Key::Char('5')], GAME, Action::ToTimeline, "5", "timeline"),
    quiet(&[Key::Char('6')], GAME, Action::ToDebrief, "6", "debrief, after the end"),
    quiet(&[Key::Char('7')], GAME, Action::ToTalk, "7", "talk"),
    row(&[Key::Esc], SCREENS, Action::Back, "Esc", "back"),
    row(&[Key::Esc], &[Form], Action::Back, "Esc", "back"),
    row(&[Key::Esc, Key::Char('?'), Key::Char('q'), Key::Enter], &[Help], Action::Back, "Esc", "close this"),
    row(&[Key::Char('q')], SCREENS, Action::Quit, "q", "leave"),
    quiet(&[Key::Char('q')], &[Form], Action::Back, "q", "back"),
    quiet(&[Key::Char(':')], GAME, Action::Palette, ":", "every key by its words"),
    quiet(&[Key::Char('v')], GAME, Action::Theme, "v", "other colours"),
    quiet(&[Key::Char('?')], SCREENS, Action::Help, "?", "help"),
    quiet(&[Key::Char('?')], &[Form, Confirm], Action::Help, "?", "help"),
    quiet(&[Key::Ctrl('l')], EVERYWHERE, Action::Redraw, "Ctrl-L", "draw anew"),
    quiet(&[Key::Ctrl('z')], EVERYWHERE, Action::Suspend, "Ctrl-Z", "stop for a while"),
    quiet(&[Key::Ctrl('c')], EVERYWHERE, Action::Force, "Ctrl-C", "twice: leave at once"),
];

/// What a key does in a place.
pub fn find(scope: Scope, key: Key) -> Option<Action> {
    KEYMAP.iter().find(|b| b.scopes.contains(&scope) && b.keys.contains(&key)).map(|b| b.action)
}

/// The rows that count in a place.
pub fn of(scope: Scope) -> impl Iterator<Item = &'static Binding> {
    KEYMAP.iter().filter(move |b| b.scopes.contains(&scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for scope in EVERYWHERE {
            let keys: Vec<Key> = of(*scope).flat_map(|b| b.keys).copied().collect();
            for (i, key) in keys.iter().enumerate() {
                assert!(!keys[..i].contains(key), "{key:?} is bound twice in {scope:?}");
            }
        }
    }

    #[test]
    fn one_can_always_leave_and_escape_never_does() {
        for scope in EVERYWHERE {
            assert_eq!(find(*scope, Key::Ctrl('c')), Some(Action::Force));
            assert_ne!(find(*scope, Key::Esc), Some(Action::Quit));
        }
        assert!(SCREENS.iter().all(|s| find(*s, Key::Char('q')) == Some(Action::Quit)));
    }
}
