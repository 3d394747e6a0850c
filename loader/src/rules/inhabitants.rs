//! Totals against the inhabitants of a unit.

use store::domain::{
    Count, CountRow, CountUnit, Language, RecordType, Reference, Reported, Route, Stage, Text,
};

use crate::column::Column;
use crate::finding::{Finding, Findings};
use crate::forms::ReadRow;
use crate::history::History;
use crate::rule::Rule;
use crate::sheet::Sheet;

/// The tenths of a record to be digitized for each inhabitant of the census of 1 April 2019 between which nobody is asked.
///
/// Published totals of eight provinces lie between 0.58 (the project's own list of figures) and 1.33 (Hồ Chí Minh City); the
/// phase of Quảng Trị that was published alone has 0.32.
const TENTHS: (u64, u64) = (3, 16);

/// Compares the total of all a unit's records with its inhabitants.
///
/// Only where the row is about all kinds of events, both routes and the whole unit. A total that stood so in the report
/// before was asked about then, and is not asked about again.
pub(crate) fn check_inhabitants(
    sheet: Sheet<'_>,
    rows: &[ReadRow<CountRow>],
    (history, reference): (Option<&History>, &Reference),
    findings: &mut Findings,
) {
    for row in rows.iter().filter(|row| is_whole(&row.value)) {
        let known = history.and_then(|history| history.of(&row.value));
        let before = known.and_then(|days| days.range(..row.value.as_of).next_back());
        let previous = before.and_then(|(_, row)| row.counts.get(Stage::Total));
        check_row(sheet, row, (previous, reference), findings);
    }
}

fn is_whole(row: &CountRow) -> bool {
    row.record_type == RecordType::All
        && row.route == Route::All
        && row.count_unit == CountUnit::Record
        && row.sub_unit.is_none()
}

fn check_row(
    sheet: Sheet<'_>,
    row: &ReadRow<CountRow>,
    (previous, reference): (Option<Reported>, &Reference),
    findings: &mut Findings,
) {
    let of = &row.value;
    let unit = reference.units.find(of.unit);
    let (Some(total), Some(unit)) = (of.counts.get(Stage::Total), unit) else {
        return;
    };
    let tenths = total.count.to_i64().unsigned_abs().saturating_mul(10);
    let people = unit.population_2019;
    let fits = (people * TENTHS.0..=people * TENTHS.1).contains(&tenths);
    if fits || previous == Some(total) {
        return;
    }
    let name = unit.name_on(of.as_of);
    let people = Count::from_u64(people).unwrap_or_default();
    let message = |language: Language| {
        (
            language.count(total.count),
            name.in_language(language).to_owned(),
            language.count(people),
        )
    };
    let (count, place, inhabitants) = message(Language::Vi);
    let vi = format!(
        "tổng số {count} so với {inhabitants} người dân của {place} (điều tra 2019): ngoài khoảng \
         0,3 đến 1,6 trường hợp một người"
    );
    let (count, place, inhabitants) = message(Language::En);
    let en = format!(
        "a total of {count} for the {inhabitants} inhabitants of {place} (census of 2019): not \
         between 0.3 and 1.6 records each"
    );
    let fix = Text::new(
        "kiểm tra đơn vị tính (sổ, trang, nghìn trường hợp?) và số chữ số; nếu đúng, giải trình \
         phạm vi, ví dụ chỉ một giai đoạn",
        "check the count unit (books, pages, thousands?) and the number of digits; if it is \
         right, explain what it covers, such as one phase only",
    );
    let finding = Finding::query(Rule::Inhabitants, Text::new(vi, en), fix);
    sheet.push_at(finding, (row.place, Column::Stage(Stage::Total)), findings);
}
