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

impl Default for Theme {
    fn default() -> Self {
        Theme::colour()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mono_theme_sets_no_colour_and_shows_the_selection() {
        let Theme { plain, strong, selected, good, bad, warn, faint } = Theme::mono();
        for style in [plain, strong, selected, good, bad, warn, faint] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert!(selected.add_modifier.contains(Modifier::REVERSED));
    }
}
