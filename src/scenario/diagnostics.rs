//! placeholder
/// nearest
pub fn nearest<'a>(_name: &str, _known: impl Iterator<Item = &'a str>) -> Option<String> {
    None
}
