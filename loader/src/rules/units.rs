//! Rules about the reporting unit: code, name and date must speak of one unit.
//!
//! Seven codes were given to another place on 1 July 2025 and many names cover more land since, so neither a code nor a
//! name is looked up without the date of the figures.

use chrono::NaiveDate;
use store::domain::{Language, Text, Unit, UnitId, Units};

use crate::finding::{Finding, Findings, shortened};
use crate::rule::Rule;
use crate::sheet::Cell;
use crate::unit_names::{Found, find_by_code, own_code, own_day};
use crate::vocabulary::Vocabulary;

/// The unit of a row's code and name on the date of its figures; at least one of the two cells is given.
pub(crate) fn check_unit(
    (code, name): (Option<Cell<'_>>, Option<Cell<'_>>),
    day: NaiveDate,
    vocabulary: &Vocabulary<'_>,
    findings: &mut Findings,
) -> Option<UnitId> {
    let units = &vocabulary.reference.units;
    let story = Story { units, day };
    let by_code = code.map(|cell| (cell, find_by_code(units, cell.trimmed(), day)));
    let by_name = name.map(|cell| {
        let found = vocabulary.unit_names.find(units, cell.trimmed(), day);
        (cell, found)
    });
    match (by_code, by_name) {
        (Some((_, Found::Unit(unit))), None) | (None, Some((_, Found::Unit(unit)))) => {
            return Some(unit.id);
        }
        (Some((code, Found::Unit(of_code))), Some((name, Found::Unit(of_name)))) => {
            if of_code.id == of_name.id {
                return Some(of_code.id);
            }
            findings.push(story.two_units(code.trimmed(), of_code, of_name).at(name));
        }
        (Some((code, Found::Unit(of_code))), Some((name, Found::OtherDate(former)))) => {
            findings.push(
                story
                    .name_of_other_date(code.trimmed(), of_code, former)
                    .at(name),
            );
        }
        (Some((code, Found::OtherDate(former))), Some((_, Found::Unit(of_name)))) => {
            findings.push(
                story
                    .code_of_other_date(code.trimmed(), former, Some(of_name))
                    .at(code),
            );
        }
        (by_code, by_name) => {
            if let Some((cell, found)) = by_code {
                story.code_alone(cell, found, findings);
            }
            if let Some((cell, found)) = by_name {
                story.name_alone(cell, found, vocabulary, findings);
            }
        }
    }
    None
}

/// The units on the date of the figures, for wording.
struct Story<'r> {
    units: &'r Units,
    day: NaiveDate,
}

impl Story<'_> {
    /// The name on the day, or of the time when the unit exists.
    fn name<'u>(&self, unit: &'u Unit) -> &'u Text {
        let own = own_day(self.units, unit).unwrap_or(self.day);
        let existing = unit.exists_on(self.day);
        unit.name_on(if existing { self.day } else { own })
    }

    /// "Lào Cai (mã 15)", with the code of the time when the unit exists.
    fn named(&self, unit: &Unit) -> Text {
        let name = self.name(unit);
        let code = own_code(self.units, unit).unwrap_or_default();
        Text::new(
            format!("{} (mã {code})", name.vi),
            format!("{} (code {code})", name.en),
        )
    }

    /// "từ 01/07/2025" or "đến hết 30/06/2025": when a unit exists.
    fn time(&self, unit: &Unit) -> Text {
        match (unit.first_day(), own_day(self.units, unit)) {
            (Some(first), _) => Text::new(
                format!("từ {}", Language::Vi.date(first)),
                format!("from {}", Language::En.date(first)),
            ),
            (None, Some(last)) => Text::new(
                format!("đến hết {}", Language::Vi.date(last)),
                format!("until {}", Language::En.date(last)),
            ),
            (None, None) => Text::EMPTY,
        }
    }

    /// What a unit of another time is on the day: "nay thuộc Lào Cai (mã 15)", or what was there before it.
    fn on_the_day(&self, other: &Unit) -> Text {
        let successor = other.successor.and_then(|id| self.units.find(id));
        if let Some(successor) = successor.filter(|unit| unit.exists_on(self.day)) {
            let (named, time) = (self.named(successor), self.time(successor));
            return Text::new(
                format!("{} thuộc {}", time.vi, named.vi),
                format!("{} part of {}", time.en, named.en),
            );
        }
        let members = self.units.members(other.id);
        let members = members.iter().filter_map(|id| self.units.find(*id));
        let named: Vec<Text> = members.map(|unit| self.named(unit)).collect();
        let joined = |texts: Vec<&str>| texts.join(", ");
        Text::new(
            format!(
                "trước đó là {}",
                joined(named.iter().map(|text| &*text.vi).collect())
            ),
            format!(
                "before that {}",
                joined(named.iter().map(|text| &*text.en).collect())
            ),
        )
    }

    /// Code and name are both of the day, but of two units.
    fn two_units(&self, code: &str, of_code: &Unit, of_name: &Unit) -> Finding {
        let (bare, a, b) = (self.name(of_code), self.named(of_code), self.named(of_name));
        let (day_vi, day_en) = (Language::Vi.date(self.day), Language::En.date(self.day));
        Finding::error(
            Rule::UnitMismatch,
            Text::new(
                format!(
                    "vào ngày {day_vi}, mã {code} là {}, không phải {}",
                    bare.vi, b.vi
                ),
                format!("on {day_en} code {code} is {}, not {}", bare.en, b.en),
            ),
            Text::new(
                format!(
                    "ghi mã và tên của cùng một tỉnh, thành phố: {} hoặc {}",
                    a.vi, b.vi
                ),
                format!("write code and name of one province: {} or {}", a.en, b.en),
            ),
        )
    }

    /// The code is of the day, the name of another time, as in `15, Yên Bái` after the merger.
    fn name_of_other_date(&self, code: &str, of_code: &Unit, other: &Unit) -> Finding {
        let (a, b, time) = (self.name(of_code), self.name(other), self.time(of_code));
        let now = self.on_the_day(other);
        Finding::error(
            Rule::UnitMismatch,
            Text::new(
                format!("mã {code} {} là {}; {} {}", time.vi, a.vi, b.vi, now.vi),
                format!(
                    "code {code} {} is {}; {} is {}",
                    time.en, a.en, b.en, now.en
                ),
            ),
            self.choose(of_code, other),
        )
    }

    /// The code is of another time.
    fn code_of_other_date(&self, code: &str, other: &Unit, of_name: Option<&Unit>) -> Finding {
        let (named, time, now) = (self.name(other), self.time(other), self.on_the_day(other));
        let message = Text::new(
            format!(
                "mã {code} chỉ dùng {} cho {}, {}",
                time.vi, named.vi, now.vi
            ),
            format!(
                "code {code} is used only {} for {}; {}",
                time.en, named.en, now.en
            ),
        );
        let fix = match of_name.map(|unit| self.named(unit)) {
            Some(named) => Text::new(
                format!("ghi {}, hoặc sửa ngày của số liệu", named.vi),
                format!("write {}, or correct the date of the figures", named.en),
            ),
            None => self.correct_or_change_date(other),
        };
        Finding::error(Rule::UnitOtherDate, message, fix)
    }

    fn code_alone(&self, cell: Cell<'_>, found: Found<'_>, findings: &mut Findings) {
        let code = cell.trimmed();
        match found {
            Found::Unit(_) => {}
            Found::OtherDate(other) => {
                findings.push(self.code_of_other_date(code, other, None).at(cell));
            }
            Found::Nothing => {
                let code = shortened(code);
                let message = Text::new(
                    format!("không có tỉnh, thành phố nào mang mã “{code}”"),
                    format!("no province has the code “{code}”"),
                );
                let fix = Text::new(
                    "ghi mã tỉnh hai chữ số, ví dụ 01 cho Hà Nội, hoặc chỉ ghi tên",
                    "write the two-digit code, such as 01 for Hà Nội, or the name alone",
                );
                findings.push(Finding::error(Rule::UnitUnknown, message, fix).at(cell));
            }
        }
    }

    fn name_alone(
        &self,
        cell: Cell<'_>,
        found: Found<'_>,
        vocabulary: &Vocabulary<'_>,
        findings: &mut Findings,
    ) {
        match found {
            Found::Unit(_) => {}
            Found::OtherDate(other) => {
                let (named, time, now) =
                    (self.name(other), self.time(other), self.on_the_day(other));
                let message = Text::new(
                    format!("{} chỉ tồn tại {}; {}", named.vi, time.vi, now.vi),
                    format!("{} exists only {}; {}", named.en, time.en, now.en),
                );
                let fix = self.correct_or_change_date(other);
                findings.push(Finding::error(Rule::UnitOtherDate, message, fix).at(cell));
            }
            Found::Nothing => {
                let near = vocabulary
                    .unit_names
                    .nearest_on(self.units, cell.trimmed(), self.day);
                findings.push(self.unknown_name(cell.trimmed(), &near).at(cell));
            }
        }
    }

    fn unknown_name(&self, name: &str, near: &[UnitId]) -> Finding {
        let name = shortened(name);
        let message = Text::new(
            format!("không có tỉnh, thành phố nào tên “{name}”"),
            format!("there is no province named “{name}”"),
        );
        let near = near.iter().filter_map(|id| self.units.find(*id));
        let named: Vec<Text> = near.map(|unit| self.named(unit)).collect();
        let joined = |texts: Vec<&str>| texts.join(", ");
        let fix = if named.is_empty() {
            Text::new(
                "ghi tên hoặc mã của tỉnh, thành phố theo danh mục vào ngày của số liệu",
                "write the name or code of a province of the list on the date of the figures",
            )
        } else {
            Text::new(
                format!(
                    "có phải là: {}?",
                    joined(named.iter().map(|text| &*text.vi).collect())
                ),
                format!(
                    "is it: {}?",
                    joined(named.iter().map(|text| &*text.en).collect())
                ),
            )
        };
        Finding::error(Rule::UnitUnknown, message, fix)
    }

    /// The two ways out where a unit of another time was named: the unit of the day, or a day of the unit.
    fn correct_or_change_date(&self, other: &Unit) -> Text {
        let successor = other.successor.and_then(|id| self.units.find(id));
        match successor.filter(|unit| unit.exists_on(self.day)) {
            Some(successor) => self.choose(successor, other),
            None => Text::new(
                "ghi tỉnh, thành phố có vào ngày này, hoặc sửa ngày của số liệu",
                "write a province that exists on this date, or correct the date of the figures",
            ),
        }
    }

    fn choose(&self, of_day: &Unit, other: &Unit) -> Text {
        let (a, b, time) = (self.named(of_day), self.name(other), self.time(other));
        Text::new(
            format!(
                "ghi {} nếu là số liệu của cả đơn vị này; số liệu riêng của {} chỉ gửi được với \
                 ngày chốt {}",
                a.vi, b.vi, time.vi
            ),
            format!(
                "write {} if the figures are for all of it; figures of {} alone can only have a \
                 date {}",
                a.en, b.en, time.en
            ),
        )
    }
}
