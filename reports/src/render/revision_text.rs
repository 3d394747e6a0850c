//! Why the date moved between two issued forecasts, as text.

use store::domain::Language;

use super::table::{Align, aligned};
use crate::issued::Issued;
use crate::revision::{Moved, Part, Revision};
use crate::words::{
    chance_moved_words, most_moved_words, moved_words, or_dash, part_meaning, part_name,
    said_words, signed_days,
};

/// Writes the parts of the national date, then of every row that moved; ends with a line break.
#[must_use]
pub fn revision_text(
    revision: &Revision,
    documents: (&Issued, &Issued),
    language: Language,
) -> String {
    let nation = &revision.nation;
    let mut lines = vec![
        moved_words(nation, documents)
            .in_language(language)
            .to_owned(),
    ];
    let most = revision.most.as_ref().and_then(most_moved_words);
    let chance = nation.chance.as_ref().map(chance_moved_words);
    let more = [most, chance].into_iter().flatten();
    lines.extend(more.map(|words| words.in_language(language).to_owned()));
    lines.push(String::new());
    lines.push(parts(revision, language));
    lines.push(String::new());
    lines.push(rows(revision, language));
    lines.push(String::new());
    lines.join("\n")
}

fn days(days: Option<i64>, language: Language) -> String {
    or_dash(days.map(|days| signed_days(days, language)))
}

fn parts(revision: &Revision, language: Language) -> String {
    let heading = [
        ("Phần", "Part"),
        ("Đơn vị cuối cùng", "Last unit"),
        ("95% tổng số", "95% of the total"),
        ("Nghĩa là", "Meaning"),
    ]
    .map(|(vi, en)| language.pick(vi, en));
    let (nation, most) = (&revision.nation, revision.most.as_ref());
    let words = |text: store::domain::Text| text.in_language(language).to_owned();
    let row = |(part, moved): &(Part, Option<i64>)| {
        vec![
            words(part_name(*part)),
            days(*moved, language),
            days(most.and_then(|most| most.days_of(*part)), language),
            words(part_meaning(*part)),
        ]
    };
    let mut rows: Vec<Vec<String>> = nation.parts.iter().map(row).collect();
    rows.push(vec![
        language.pick("Cộng", "Sum").to_owned(),
        days(nation.days, language),
        days(most.and_then(|most| most.days), language),
        String::new(),
    ]);
    let align = [Align::Left, Align::Right, Align::Right, Align::Left];
    aligned(&heading, &align, &rows)
}

fn rows(revision: &Revision, language: Language) -> String {
    let names: Vec<String> = revision
        .nation
        .parts
        .iter()
        .map(|(part, _)| part_name(*part).in_language(language).to_owned())
        .collect();
    let fixed = [
        ("Đơn vị", "Unit"),
        ("Trước", "Then"),
        ("Nay", "Now"),
        ("Đổi", "Moved"),
    ]
    .map(|(vi, en)| language.pick(vi, en));
    let heading: Vec<&str> = fixed
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    let mut align = vec![Align::Left; 3];
    align.resize(heading.len(), Align::Right);
    let cells = |moved: &Moved| {
        let parts = moved
            .parts
            .iter()
            .map(|(_, moved)| or_dash(moved.map(|days| language.whole(days))));
        let fixed = [
            moved.name.in_language(language).to_owned(),
            said_words(&moved.from, language),
            said_words(&moved.to, language),
            or_dash(moved.days.map(|days| language.whole(days))),
        ];
        fixed.into_iter().chain(parts).collect::<Vec<String>>()
    };
    let moved = revision.units.iter().filter(|moved| moved.from != moved.to);
    aligned(&heading, &align, &moved.map(cells).collect::<Vec<_>>())
}
