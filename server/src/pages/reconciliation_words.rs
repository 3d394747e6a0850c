//! The figures of the reconciliation pages in the language of the page. Small counts are not shown.

use chrono::NaiveDate;
use reports::reconciliation::{
    Ageing, Cell, Clearance, FamilyRates, Funnel, Interval, Outside, Series, SeriesPoint,
    StatementLine, publish,
};
use store::domain::{
    Count, Language, Outcome, PersonalNumbers, ReconciliationLedger, RecordType, Reference, Share,
    Text, UnitId,
};

use super::figures::Meter;

/// What words are made with.
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) reference: &'static Reference,
    pub(super) day: NaiveDate,
}

/// A step of the funnel.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) count: String,
    pub(super) of: String,
    pub(super) share: Option<Meter>,
}

/// Weeks whose rates compare.
pub(super) struct Stretch {
    pub(super) name: String,
    pub(super) rows: Vec<WeekRow>,
}

pub(super) struct WeekRow {
    pub(super) week: String,
    pub(super) rule_sets: String,
    pub(super) people: String,
    pub(super) clean: String,
    pub(super) not_found: String,
    pub(super) outcomes: Vec<String>,
}

/// The rates of fields under one family of rule sets.
pub(super) struct FieldTable {
    pub(super) family: String,
    pub(super) rows: Vec<FieldRow>,
}

pub(super) struct FieldRow {
    pub(super) field: String,
    pub(super) contradictions: String,
    pub(super) paired: String,
    pub(super) rate: String,
    pub(super) above: String,
    pub(super) below: String,
}

impl Words {
    pub(super) fn text(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    pub(super) fn unit(&self, unit: UnitId) -> String {
        let found = self.reference.units.find(unit);
        found.map_or_else(
            || unit.to_string(),
            |unit| self.text(unit.name_on(self.day)),
        )
    }

    fn record_type(&self, record_type: RecordType) -> String {
        let mut names = self.reference.record_types.iter();
        let own = names.find(|names| names.record_type == record_type);
        own.map_or_else(
            || record_type.key().to_owned(),
            |names| self.text(&names.name),
        )
    }

    /// A share with one decimal, such as `6,9%`.
    fn percent(&self, share: f64) -> String {
        let tenths = Count::from_f64(share * 1000.0).map_or(0, Count::to_i64);
        let point = self.language.pick(",", ".");
        format!("{}{point}{}%", tenths / 10, tenths % 10)
    }

    fn interval(&self, interval: Interval) -> String {
        format!(
            "{} ({}–{})",
            self.percent(interval.point),
            self.percent(interval.lower),
            self.percent(interval.upper)
        )
    }

    fn cells(&self, parts: &[Count]) -> Vec<String> {
        let cells = publish(parts).into_iter().zip(parts);
        cells
            .map(|(cell, count)| match cell {
                Cell::Shown(count) => self.language.count(count),
                Cell::Hidden if count.to_i64() <= reports::reconciliation::LARGEST_SMALL_CELL => {
                    "‹5".to_owned()
                }
                Cell::Hidden => "…".to_owned(),
            })
            .collect()
    }

    /// A count that stands alone.
    fn cell(&self, count: Count) -> String {
        self.cells(&[count]).pop().unwrap_or_default()
    }
}

pub(super) fn funnel_steps(funnel: &Funnel, words: &Words) -> Vec<Step> {
    let entered = funnel.done.entered;
    let step = |vi: &str, en: &str, count: Option<Count>, people: bool| Step {
        name: words.language.pick(vi, en).to_owned(),
        count: count.map_or_else(
            || {
                words
                    .language
                    .pick("chưa báo cáo", "not reported")
                    .to_owned()
            },
            |count| words.cell(count),
        ),
        of: if people {
            words.language.pick("người", "people").to_owned()
        } else {
            words.language.pick("trường hợp", "records").to_owned()
        },
        // People are no share of records, and what is linked is told for some provinces and types only.
        share: count
            .zip(entered)
            .filter(|_| !people && en != "Linked in the population database")
            .and_then(|(count, entered)| Share::of(count, entered))
            .map(|share| Meter::new(share, words.language)),
    };
    vec![
        step("Đã nhập", "Entered", entered, false),
        step("Đã kiểm tra", "Checked", funnel.done.checked, false),
        step(
            "Đối chiếu lần đầu",
            "Compared for the first time",
            Some(funnel.compared),
            true,
        ),
        step(
            "Sạch: khớp hoặc đã giải quyết",
            "Clean: same or resolved",
            Some(funnel.clean),
            true,
        ),
        step("Đã phê duyệt", "Approved", funnel.done.approved, false),
        step(
            "Đã chuyển vào CSDL",
            "Transferred",
            funnel.done.transferred,
            false,
        ),
        step(
            "Đã liên kết bên dân cư",
            "Linked in the population database",
            funnel.linked,
            false,
        ),
    ]
}

pub(super) fn stretches(series: &[Series], words: &Words) -> Vec<Stretch> {
    let stretch = |series: &Series| Stretch {
        name: series.family.clone(),
        rows: series
            .points
            .iter()
            .rev()
            .map(|point| week_row(point, words))
            .collect(),
    };
    series.iter().map(stretch).collect()
}

fn week_row(point: &SeriesPoint, words: &Words) -> WeekRow {
    let counts: Vec<Count> = point.outcomes.iter().map(|(_, count)| count).collect();
    let none = || "–".to_owned();
    WeekRow {
        week: point.week.to_string(),
        rule_sets: point.rule_sets.join(", "),
        people: words.cell(point.outcomes.sum()),
        clean: point.clean.map_or_else(none, |clean| words.interval(clean)),
        not_found: point.not_found.map_or_else(none, |(lower, upper)| {
            format!("{}–{}", words.percent(lower), words.percent(upper))
        }),
        outcomes: words.cells(&counts),
    }
}

/// What later batches replaced: why "same" fell, in the sender's own words.
pub(super) fn replaced_lines(ledger: &ReconciliationLedger, words: &Words) -> Vec<String> {
    let replaced = ledger.batches.iter().filter_map(|old| {
        let by = old.replaced_by?;
        let new = ledger
            .batches
            .iter()
            .find(|new| new.submission == by && new.entry.key() == old.entry.key())?;
        let clean = |outcomes: &store::domain::Outcomes| {
            let same = outcomes.get(Outcome::Same) + outcomes.get(Outcome::SameVariant);
            words.cell(same)
        };
        let reason = new.entry.note.as_deref();
        Some(format!(
            "{} · {} · {}: {} {} → {}{}",
            words.unit(old.entry.unit),
            old.entry.week,
            words.record_type(old.entry.record_type),
            words.language.pick("khớp", "same"),
            clean(&old.entry.outcomes),
            clean(&new.entry.outcomes),
            reason.map_or_else(String::new, |reason| format!(" – {reason}")),
        ))
    });
    replaced.collect()
}

pub(super) fn field_tables(fields: &[FamilyRates], words: &Words) -> Vec<FieldTable> {
    let table = |rates: &FamilyRates| {
        let rows = rates.all.iter().map(|rate| {
            let outside = |wanted: Outside| {
                let named = rates.units.iter().filter(|(_, own)| {
                    let own = own.iter().find(|own| own.field == rate.field);
                    own.is_some_and(|own| own.against(rate.interval.point) == wanted)
                });
                let names: Vec<String> = named.map(|(unit, _)| words.unit(*unit)).collect();
                if names.is_empty() {
                    "–".to_owned()
                } else {
                    names.join(", ")
                }
            };
            FieldRow {
                field: words.text(&rate.field.name()),
                contradictions: words.cell(rate.contradictions),
                paired: words.cell(rate.paired),
                rate: words.interval(rate.interval),
                above: outside(Outside::Above),
                below: outside(Outside::Below),
            }
        });
        FieldTable {
            family: rates.family.clone(),
            rows: rows.collect(),
        }
    };
    fields.iter().map(table).collect()
}

pub(super) fn owner_rows(ageing: &Ageing, words: &Words) -> Vec<Vec<String>> {
    let row = |stock: &reports::reconciliation::OwnerStock| {
        let clear = match stock.clearance {
            Clearance::Nothing => "0".to_owned(),
            Clearance::Never => words.language.pick("không bao giờ", "never").to_owned(),
            Clearance::Weeks(weeks) => Count::from_f64(weeks.ceil())
                .map_or_else(|| "–".to_owned(), |weeks| words.language.count(weeks)),
        };
        vec![
            words.text(&stock.owner.name()),
            words.cell(stock.open),
            words.cell(stock.old),
            words.cell(stock.came),
            words.cell(stock.resolved),
            clear,
        ]
    };
    ageing.owners.iter().map(row).collect()
}

pub(super) fn ageing_words(ageing: &Ageing, words: &Words) -> String {
    let Some(week) = ageing.week else {
        return String::new();
    };
    let open: Count = ageing.owners.iter().map(|stock| stock.open).sum();
    let (open, resolved) = (words.cell(open), words.cell(ageing.resolved));
    let (returned, reopened) = (words.cell(ageing.returned), words.cell(ageing.reopened));
    match words.language {
        Language::Vi => format!(
            "Đến tuần {week} còn mở {open}; đã giải quyết {resolved}, trả lại {returned}, mở lại {reopened}."
        ),
        Language::En => format!(
            "Up to week {week} {open} are open; {resolved} were resolved, {returned} sent back, {reopened} reopened."
        ),
    }
}

pub(super) fn resolution_lines(ageing: &Ageing, words: &Words) -> Vec<String> {
    let total = ageing.resolved;
    let line = |share: &reports::reconciliation::ResolutionShare| {
        let percent = Share::of(share.count, total).map(|share| words.language.percent(share));
        format!(
            "{}: {} ({})",
            words.text(&share.resolution.name()),
            words.cell(share.count),
            percent.unwrap_or_default()
        )
    };
    ageing.resolutions.iter().map(line).collect()
}

pub(super) fn triangle_rows(ageing: &Ageing, words: &Words) -> Vec<Vec<String>> {
    let row = |run_off: &reports::reconciliation::RunOff| {
        let mut cells = vec![run_off.opened_in.to_string(), words.cell(run_off.opened)];
        cells.extend(
            run_off
                .still_open
                .map(|share| share.map_or_else(String::new, |share| words.percent(share))),
        );
        cells
    };
    ageing.triangle.iter().map(row).collect()
}

pub(super) fn statement_rows(statements: &[StatementLine], words: &Words) -> Vec<Vec<String>> {
    let row = |line: &StatementLine| {
        let statement = &line.statement;
        let explained: Count = statement.explained.into_iter().sum();
        let permille = line
            .permille_thousandths
            .map_or_else(String::new, |permille| {
                let point = words.language.pick(",", ".");
                let sign = if permille < 0 { "−" } else { "" };
                let hundredths = permille.abs() / 10;
                format!("{sign}{}{point}{:02}", hundredths / 100, hundredths % 100)
            });
        vec![
            format!(
                "{} · {} · {}",
                words.unit(statement.unit),
                words.record_type(statement.record_type),
                words.language.date(statement.as_of)
            ),
            words.cell(statement.registry_total),
            words.cell(statement.population_linked),
            words.cell(explained),
            words.language.whole(statement.unexplained),
            permille,
        ]
    };
    statements.iter().map(row).collect()
}

pub(super) fn number_lines(
    numbers: Option<(PersonalNumbers, Count)>,
    words: &Words,
) -> Vec<String> {
    let Some((numbers, subjects)) = numbers else {
        return Vec::new();
    };
    let line = |vi: &str, en: &str, count: Count| {
        let share = Share::of(count, subjects).map(|share| words.language.percent(share));
        format!(
            "{}: {} ({})",
            words.language.pick(vi, en),
            words.cell(count),
            share.unwrap_or_default()
        )
    };
    vec![
        line(
            "Có số trước khi đối chiếu",
            "With a number before",
            numbers.before,
        ),
        line(
            "Có số sau khi đối chiếu",
            "With a number after",
            numbers.after(),
        ),
        line("Số bị đổi", "Changed", numbers.changed),
        line("Số bị bỏ", "Removed", numbers.removed),
        line(
            "Mâu thuẫn với giới tính hoặc năm sinh",
            "Contradicts sex or year of birth",
            numbers.inconsistent,
        ),
    ]
}
