//! Themes: what stands out, never by colour alone.

use ratatui::style::{Color, Modifier, Style};

/// The styles of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Text.
    pub plain: Style,
    /// Titles and what is asked.
    pub strong: Style,
    /// What the cursor is on.
    pub selected: Style,
    /// What is open or better; a sign or word says so too.
    pub good: Style,
    /// What is barred, worse or lethal; a sign or word says so too.
    pub bad: Style,
    /// What wants attention; a sign or word says so too.
    pub warn: Style,
    /// Frames and what does not matter now.
    pub faint: Style,
}

impl Theme {
    /// Colours of the terminal's own palette.
    pub fn colour() -> Self {
        let plain = Style::new();
        Theme {
            plain,
            strong: plain.add_modifier(Modifier::BOLD),
            selected: plain.add_modifier(Modifier::REVERSED),
            good: plain.fg(Color::Green),
            bad: plain.fg(Color::Red),
            warn: plain.fg(Color::Yellow).add_modifier(Modifier::BOLD),
            faint: plain.fg(Color::DarkGray),
        }
    }

    /// Colours that people tell apart whatever colours they see: blue for what is open or better, orange for what is
    /// worse (Okabe and Ito 2008), from the 256 that terminals share.
    pub fn safe() -> Self {
        let plain = Style::new();
        Theme {
            good: plain.fg(Color::Indexed(75)),
            bad: plain.fg(Color::Indexed(208)),
            warn: plain.fg(Color::Indexed(220)).add_modifier(Modifier::BOLD),
            faint: plain.fg(Color::Indexed(245)),
            ..Theme::colour()
        }
    }

    /// The theme of a name; nothing if there is none.
    pub fn named(name: &str) -> Option<Theme> {
        THEMES.iter().find(|(known, _)| *known == name).map(|(_, theme)| theme())
    }

    /// The theme after this one, and its name.
    pub fn next(self) -> (Theme, &'static str) {
        let at = THEMES.iter().position(|(_, theme)| theme() == self).unwrap_or(0);
        let (name, theme) = THEMES[(at + 1) % THEMES.len()];
        (theme(), name)
    }

    /// No colour at all: some terminals drop every attribute of a cell whose colour they ignore.
    pub fn mono() -> Self {
        let plain = Style::new();
        let strong = plain.add_modifier(Modifier::BOLD);
        Theme {
            plain,
            strong,
            selected: plain.add_modifier(Modifier::REVERSED),
            good: plain,
            bad: strong,
            warn: strong,
            faint: plain,
        }
    }
}

/// What makes a theme.
type Make = fn() -> Theme;

/// All themes by name, in the order in which they follow each other.
const THEMES: [(&str, Make); 3] = [("colour", Theme::colour), ("safe", Theme::safe), ("mono", Theme::mono)];

impl Default for Theme {
    fn default() -> Self {
        Theme::colour()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_follow_each_other_and_are_found_by_name() {
        let mut theme = Theme::colour();
        for name in ["safe", "mono", "colour"] {
            let (next, known) = theme.next();
            assert_eq!((known, Theme::named(name)), (name, Some(next)));
            theme = next;
        }
        assert_eq!(Theme::named("pink"), None);
    }

    #[test]
    fn good_bad_and_warn_are_told_apart_in_the_safe_theme() {
        let Theme { good, bad, warn, .. } = Theme::safe();
        assert!(good.fg != bad.fg && bad.fg != warn.fg && good.fg != warn.fg);
    }

    #[test]
    fn the_mono_theme_sets_no_colour_and_shows_the_selection() {
        let Theme { plain, strong, selected, good, bad, warn, faint } = Theme::mono();
        for style in [plain, strong, selected, good, bad, warn, faint] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert!(selected.add_modifier.contains(Modifier::REVERSED));
    }
}
