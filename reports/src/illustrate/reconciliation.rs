//! The reconciliation with the population database: the steps, the fields, and what is open.

use store::domain::{Count, Language, Text};

use super::gallery::Material;
use super::{Setting, caption};
use crate::charts::style::real;
use crate::charts::{
    AgeingChart, AgeingRow, Caption, Comparison, ComparisonStep, FieldPanel, FieldPoint, FieldRates,
};
use crate::reconciliation::{Cell, Clearance, FamilyRates, FieldRate, publish};
use crate::words::in_both;

fn national(material: &Material<'_>, setting: &Setting<'_>) -> Caption {
    let nation = Text::new("Cả nước", "The nation");
    Caption {
        source: Text::new(
            "số đếm đối chiếu của các tỉnh",
            "reconciliation counts of the provinces",
        ),
        ..caption(material.report, nation, setting)
    }
}

/// A count where it may be published.
fn shown(count: Count) -> Option<Count> {
    match publish(&[count]).first() {
        Some(Cell::Shown(count)) => Some(*count),
        _ => None,
    }
}

pub(super) fn comparison(material: &Material<'_>, setting: &Setting<'_>) -> Comparison {
    let step = |vi, en, count: Option<Count>, people| ComparisonStep {
        name: Text::new(vi, en),
        count: count.and_then(shown),
        people,
    };
    let steps = material.reconciliation.map_or_else(Vec::new, |report| {
        let funnel = &report.funnel;
        let done = funnel.done;
        vec![
            step("Đã nhập", "Entered", done.entered, false),
            step("Đã kiểm tra", "Checked", done.checked, false),
            step("Đã phê duyệt", "Approved", done.approved, false),
            step("Đã chuyển vào CSDL", "Transferred", done.transferred, false),
            step(
                "Đối chiếu lần đầu",
                "Compared first time",
                Some(funnel.compared),
                true,
            ),
            step(
                "Sạch: khớp hoặc đã giải quyết",
                "Clean: same or resolved",
                funnel.clean,
                true,
            ),
            step("Đã liên kết bên dân cư", "Linked", funnel.linked, false),
        ]
    });
    Comparison {
        caption: national(material, setting),
        size: setting.size,
        steps,
    }
}

pub(super) fn ageing(material: &Material<'_>, setting: &Setting<'_>) -> AgeingChart {
    let rows = material.reconciliation.map_or_else(Vec::new, |report| {
        let row = |stock: &crate::reconciliation::OwnerStock| AgeingRow {
            name: stock.owner.name(),
            open: shown(stock.open),
            old: shown(stock.old),
            clearance: clearance(stock.clearance),
        };
        report.ageing.owners.iter().map(row).collect()
    });
    AgeingChart {
        caption: national(material, setting),
        size: setting.size,
        rows,
    }
}

fn clearance(clearance: Clearance) -> Text {
    in_both(|language: Language| match clearance {
        Clearance::Nothing => language.pick("không còn", "none open").to_owned(),
        Clearance::Never => language.pick("không bao giờ", "never").to_owned(),
        Clearance::Weeks(weeks) => {
            let unit = language.pick("tuần", "weeks");
            format!("{} {unit}", real(language, weeks, 0))
        }
    })
}

pub(super) fn field_rates(material: &Material<'_>, setting: &Setting<'_>) -> FieldRates {
    // Rates under rule sets that do not compare are never put beside each other: the one with the most pairs is shown.
    let pairs = |family: &&FamilyRates| family.all.iter().map(|rate| rate.paired).sum::<Count>();
    let families = material.reconciliation.map(|report| report.fields.iter());
    let family = families.and_then(|families| families.max_by_key(pairs));
    let panel = |family: &FamilyRates, all: &FieldRate| FieldPanel {
        name: all.field.name(),
        contradictions: all.contradictions,
        paired: all.paired,
        points: points(material, setting, (family, all)),
    };
    FieldRates {
        caption: national(material, setting),
        size: setting.size,
        family: family.map_or_else(|| "–".to_owned(), |family| family.family.clone()),
        panels: family.map_or_else(Vec::new, |family| {
            let all = family.all.iter();
            all.map(|rate| panel(family, rate)).collect()
        }),
    }
}

fn points(
    material: &Material<'_>,
    setting: &Setting<'_>,
    (family, all): (&FamilyRates, &FieldRate),
) -> Vec<FieldPoint> {
    let day = material.report.week.last_day();
    let units = family.units.iter();
    units
        .filter_map(|(unit, rates)| {
            let rate = rates.iter().find(|rate| rate.field == all.field)?;
            Some(FieldPoint {
                name: setting.reference.units.name_on(*unit, day),
                contradictions: rate.contradictions,
                paired: rate.paired,
            })
        })
        .collect()
}
