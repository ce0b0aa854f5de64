//! The scenario library, shipped inside the binary: what `scenarios/` held when it was built.

/// A scenario file of the library.
#[derive(Debug, PartialEq, Eq)]
pub struct Shipped {
    /// The name to type, and to write after `base:`.
    pub name: &'static str,
    /// Where the file is in the source tree, for diagnostics.
    pub file: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Whether it is a crisis to play; otherwise it is a base that others build on.
    pub playable: bool,
}

/// One row: the embedded file and its entry cannot name different paths.
macro_rules! row {
    ($name:literal, $file:literal, $playable:literal) => {
        Shipped {
            name: $name,
            file: $file,
            text: include_str!(concat!("../../", $file)),
            playable: $playable,
        }
    };
}

/// The library: the default first, then by name, then the bases.
static LIBRARY: &[Shipped] = &[
    row!("august-2015", "scenarios/august-2015.ron", true),
    row!("balloons-2024", "scenarios/balloons-2024.ron", true),
    row!("cheonan-2010", "scenarios/cheonan-2010.ron", true),
    row!("coercion", "scenarios/coercion.ron", true),
    row!("drill", "scenarios/drill.ron", true),
    row!("drones-2022", "scenarios/drones-2022.ron", true),
    row!("first-watch", "scenarios/first-watch.ron", true),
    row!("guard-post", "scenarios/guard-post.ron", true),
    row!("han-estuary", "scenarios/han-estuary.ron", true),
    row!("imia-kardak-1996", "scenarios/imia-kardak-1996.ron", true),
    row!("korea-2021", "scenarios/korea-2021.ron", true),
    row!("liaison-office-2020", "scenarios/liaison-office-2020.ron", true),
    row!("october-2014", "scenarios/october-2014.ron", true),
    row!("panmunjom-1976", "scenarios/panmunjom-1976.ron", true),
    row!("sinking", "scenarios/sinking.ron", true),
    row!("yeonpyeong-2002", "scenarios/yeonpyeong-2002.ron", true),
    row!("aegean", "scenarios/base/aegean.ron", false),
    row!("campaign", "scenarios/base/campaign.ron", false),
    row!("channels-alone", "scenarios/base/channels-alone.ron", false),
    row!("incidents-alone", "scenarios/base/incidents-alone.ron", false),
    row!("korea", "scenarios/base/korea.ron", false),
    row!("lines-alone", "scenarios/base/lines-alone.ron", false),
];

/// The whole library: what can be played first, and of that the default first.
pub fn all() -> &'static [Shipped] {
    LIBRARY
}

/// The scenario of this name, if the library has one.
pub fn shipped(name: &str) -> Option<&'static Shipped> {
    LIBRARY.iter().find(|scenario| scenario.name == name)
}

/// What the record says, for validation.
pub fn record() -> &'static str {
    include_str!("../../scenarios/record/korea.ron")
}

/// What an author begins with: a crisis on the Korean base, with `NAME`, `TITLE` and `START` to be filled in.
pub fn template() -> &'static str {
    include_str!("../../scenarios/template/crisis.ron")
}

/// What stands for the policy paper's instruments, and its recommendations.
pub fn instruments() -> Shipped {
    row!("instruments", "scenarios/paper/instruments.ron", false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_scenario_file_is_in_the_library() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = BTreeSet::new();
        for folder in ["scenarios", "scenarios/base"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                if name.ends_with(".ron") {
                    found.insert(format!("{folder}/{name}"));
                }
            }
        }
        let listed: BTreeSet<String> = all().iter().map(|scenario| scenario.file.to_string()).collect();
        assert_eq!(listed, found);
    }

    #[test]
    fn a_name_is_its_files_and_finds_it() {
        for scenario in all() {
            assert_eq!(Path::new(scenario.file).file_stem().unwrap(), scenario.name);
            assert_eq!(scenario.playable, !scenario.file.contains("/base/"));
            assert_eq!(shipped(scenario.name), Some(scenario));
        }
        assert_eq!(shipped("no-such-scenario"), None);
    }

    #[test]
    fn the_default_scenario_comes_first() {
        assert_eq!(all()[0].name, "august-2015");
    }
}
