//! The type file: what an editor reads that understands RON by Rust's types.

use crate::authored::{Member, Type, header, ids, sections, types};

/// The whole file.
pub fn text() -> String {
    let mut types = types();
    types.splice(0..0, [document(), replacements(), removals()]);
    let mut text = String::from(
        "// The types of a scenario file, for editors that complete RON by Rust's types; see docs/howto/editor.md.\n\
         // Written from the source by `OFFRAMP_BLESS=1 cargo test --test docs generated`; not part of the program.\n",
    );
    let used = format!("{types:?}");
    for (id, section) in ids().iter().filter(|(id, _)| used.contains(&format!("Ref<{id}>"))) {
        text += &format!("\n/// The name of an entry of `{section}`.\npub type {} = String;\n", name_of(id));
    }
    text + &types.iter().map(declaration).collect::<String>()
}

/// A file: its header, its sections, and what it changes of its base.
fn document() -> Type {
    let mut members = header();
    let place = members.iter().position(|m| m.name == "replace").expect("it stands behind the sections");
    members.splice(place..place, entries());
    // What the header leaves empty is the base's.
    members.iter_mut().for_each(|member| member.optional = true);
    structure("Document", "A scenario file.", members)
}

fn replacements() -> Type {
    structure("Sections", "Whole entries that take the place of the base's.", entries())
}

fn removals() -> Type {
    let names = entries().into_iter().map(|section| Member { value: "Vec<String>".into(), ..section });
    structure("Removals", "Names that are dropped from the base.", names.collect())
}

/// The sections as fields.
fn entries() -> Vec<Member> {
    let list =
        |section: Member| Member { value: format!("Vec<{}>", section.value), optional: true, ..section };
    sections().into_iter().map(list).collect()
}

fn structure(name: &str, about: &str, members: Vec<Member>) -> Type {
    Type { name: name.into(), about: about.into(), members, is_struct: true }
}

fn declaration(ty: &Type) -> String {
    let (derived, kind) = if ty.is_struct { ("#[derive(Default)]\n", "struct") } else { ("", "enum") };
    let members: String = ty.members.iter().map(|member| described(member, ty.is_struct)).collect();
    format!("\n/// {}\n{derived}pub {kind} {} {{\n{members}}}\n", ty.about, ty.name)
}

fn described(member: &Member, is_field: bool) -> String {
    let default = if member.optional { "    #[serde(default)]\n" } else { "" };
    let (name, value) = (&member.name, written(&member.value));
    let line = if is_field {
        format!("pub {name}: {value},")
    } else if !member.inside.is_empty() {
        let inside = member.inside.iter().map(|m| format!("{}: {}", m.name, written(&m.value)));
        format!("{name} {{ {} }},", inside.collect::<Vec<_>>().join(", "))
    } else if value.is_empty() {
        format!("{name},")
    } else {
        format!("{name}({value}),")
    };
    format!("    /// {}\n{default}    {line}\n", member.about)
}

/// A type as the file writes it: a reference is a name, and lengths are numbers.
fn written(value: &str) -> String {
    let mut value = value.replace("CELLS", "7").replace("READINGS", "7");
    for (id, _) in ids() {
        value = value.replace(&format!("Ref<{id}>"), &name_of(&id));
    }
    value
}

/// What a reference by this id is called.
fn name_of(id: &str) -> String {
    format!("{}Name", id.trim_end_matches("Id"))
}
