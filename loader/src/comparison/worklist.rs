//! The worklist that stays at the province: where to look and what kind of difference is there, never what is written.

use std::io::{self, Write};

use super::class::{Class, Field};
use super::row::Judged;

/// The header row.
pub(super) const HEADER: &str = "pointer,line,kind,differences\n";

/// Writes one row.
pub(super) fn write_row(
    into: &mut impl Write,
    (pointer, line): (&str, u64),
    kind: &str,
    differences: &str,
) -> io::Result<()> {
    // A pointer begins with a letter or a digit and has no control characters: quoting is all it needs.
    writeln!(
        into,
        "\"{}\",{line},{kind},{differences}",
        pointer.replace('"', "\"\"")
    )
}

/// The fields that are not equal, such as `name=marks;birth_date=precision`.
pub(super) fn differences(judged: &Judged) -> String {
    let fields = Field::ALL.into_iter().zip(judged.differences);
    let open = fields.filter_map(|(field, difference)| {
        let difference = difference?;
        let silent = matches!(difference.class(), Class::Equal | Class::None);
        (!silent).then(|| format!("{}={}", field.key(), difference.key()))
    });
    let contradiction = judged
        .inconsistent
        .then(|| "number_contradicts_sex_or_year".to_owned());
    open.chain(contradiction).collect::<Vec<_>>().join(";")
}
