//! Writes one report as the province's counts form.

use store::domain::{Count, CountRow, CountUnit, RecordType, Reference, Route, Stage, StageCounts};

use super::habit::{Column, Habit, HeaderStyle};
use super::history::Province;
use super::parts::Shape;
use super::random::{Draw, Stream};
use super::scenario::WEEKS;
use super::schedule::{Kind, Report};
use super::spelling::{capitals, is_often_misspelt, spell};

/// Said in every file: the figures are made up.
const SYNTHETIC: &str = "Số liệu giả lập";

/// The provinces whose list of parts is not closed by a total.
const WITHOUT_TOTAL: [&str; 2] = ["p42", "p66"];

/// How the office of one province makes its files.
pub(super) struct Office<'a> {
    province: &'a Province<'a>,
    reference: &'a Reference,
    owner: u64,
    shape: Shape,
    /// The habit of the first officer and that of the second.
    habits: [Habit; 2],
    /// The week in which the second takes over.
    handover: usize,
    closes_with_total: bool,
    draw: Draw,
}

impl<'a> Office<'a> {
    /// Draws what the province reports and how its files look.
    pub(super) fn new(province: &'a Province<'a>, owner: u64, reference: &'a Reference) -> Self {
        let id = province.unit.id.to_string();
        let size = province.levels.last().map_or(0, |levels| levels.total);
        let shape = Shape::of(&id, size, &mut Draw::new(Stream::Shape, owner));
        let closes_with_total =
            shape.is_one_list_of_parts() && !WITHOUT_TOTAL.contains(&id.as_str());
        let mut draw = Draw::new(Stream::Habit, owner);
        let writes_name = closes_with_total || is_often_misspelt(&id);
        let habits = [(); 2].map(|()| Habit::of(&mut draw, writes_name));
        let handover = if draw.happens(200) {
            60 + draw.place(60)
        } else {
            WEEKS
        };
        Self {
            province,
            reference,
            owner,
            shape,
            habits,
            handover,
            closes_with_total,
            draw,
        }
    }

    fn habit(&self, week: usize) -> &Habit {
        let [first, second] = &self.habits;
        if week < self.handover { first } else { second }
    }

    /// The bytes of one report.
    pub(super) fn file(&mut self, report: &Report) -> Vec<u8> {
        let other_spelling = self.draw.happens(40);
        let rows = self.rows(report);
        let habit = self.habit(report.week);
        let needed = |column| self.needs(column, &rows);
        let columns = habit.columns(needed);
        let second = u64::from(report.week >= self.handover);
        let owner = if other_spelling {
            self.owner + 200
        } else {
            self.owner
        } + 1000
            + 1000 * second;
        let name = spell(
            self.province.unit,
            report.as_of,
            &mut Draw::new(Stream::Habit, owner),
        );
        let mut lines = self.title(report, habit);
        lines.push(
            columns
                .iter()
                .map(|column| habit.header(*column).to_owned())
                .collect(),
        );
        for (row, number) in rows.iter().zip(1..) {
            let cell = |column: &Column| match column {
                Column::RowNumber => format!("{number}"),
                Column::Province => name.clone(),
                _ => self.cell(*column, row, habit),
            };
            lines.push(columns.iter().map(cell).collect());
        }
        if self.closes_with_total {
            lines.push(total_line(&columns, &rows, habit));
        }
        habit.saving.save(&lines)
    }

    fn rows(&self, report: &Report) -> Vec<CountRow> {
        let habit = self.habit(report.week);
        let mut blank = report.blank.clone();
        if report.levels.entered == 0 && !habit.zero_before_start {
            blank.extend(
                Stage::ALL
                    .into_iter()
                    .filter(|stage| *stage != Stage::Total),
            );
        }
        let row = CountRow {
            line: 0,
            unit: self.province.unit.id,
            sub_unit: None,
            as_of: report.as_of,
            record_type: RecordType::All,
            route: Route::All,
            count_unit: CountUnit::Record,
            counts: StageCounts::default(),
            note: report.note.as_deref().map(Into::into),
            difficulty: None,
        };
        let mut rows = self.shape.rows(&row, report.levels, report.week, &blank);
        if let Some(first) = rows.first_mut() {
            first.difficulty = report.difficulty.map(Into::into);
            if habit.title_lines == 0 {
                let note = first.note.take();
                first.note = Some(note.map_or_else(
                    || SYNTHETIC.into(),
                    |note| format!("{note} ({SYNTHETIC})").into(),
                ));
            }
        }
        rows
    }

    /// Whether a column is needed to say what the rows say.
    fn needs(&self, column: Column, rows: &[CountRow]) -> bool {
        let any = |says: fn(&CountRow) -> bool| rows.iter().any(says);
        match column {
            Column::SubUnit => any(|row| row.sub_unit.is_some()),
            Column::RecordType => any(|row| row.record_type != RecordType::All),
            Column::Route => any(|row| row.route != Route::All),
            Column::CountUnit => any(|row| row.count_unit != CountUnit::Record),
            Column::Stage(stage) => self.shape.stages().any(|each| each == stage),
            Column::Note => any(|row| row.note.is_some()),
            Column::Difficulty => any(|row| row.difficulty.is_some()),
            _ => false,
        }
    }

    fn cell(&self, column: Column, row: &CountRow, habit: &Habit) -> String {
        let done = count(row, Stage::Transferred).zip(count(row, Stage::Total));
        match column {
            Column::RowNumber | Column::Province => String::new(),
            Column::Code => self
                .province
                .unit
                .code_on(row.as_of)
                .unwrap_or_default()
                .to_owned(),
            Column::SubUnit => row.sub_unit.as_deref().unwrap_or_default().to_owned(),
            Column::AsOf => habit.dates.date(row.as_of),
            Column::RecordType => self.record_type(row.record_type, habit),
            Column::Route => match row.route {
                Route::All => String::new(),
                Route::Books => "NĐ 87".to_owned(),
                Route::PopulationDb => "QT 1292".to_owned(),
            },
            Column::CountUnit => match row.count_unit {
                CountUnit::Book => "Sổ".to_owned(),
                CountUnit::Page => "Trang".to_owned(),
                CountUnit::Record => "Trường hợp".to_owned(),
            },
            Column::Stage(Stage::Returned) if row.route != Route::PopulationDb => String::new(),
            Column::Stage(stage) => count(row, stage).map_or_else(
                || habit.absent.to_owned(),
                |count| habit.grouping.number(count),
            ),
            Column::Remaining => done
                .map(|(done, total)| habit.grouping.number(total - done))
                .unwrap_or_default(),
            Column::Percent => done
                .map(|(done, total)| percent(habit, done, total))
                .unwrap_or_default(),
            Column::Note => row.note.clone().unwrap_or_default().into(),
            Column::Difficulty => row.difficulty.clone().unwrap_or_default().into(),
        }
    }

    fn record_type(&self, record_type: RecordType, habit: &Habit) -> String {
        let short = match record_type {
            RecordType::Birth => "KS",
            RecordType::Marriage => "KH",
            RecordType::Death => "KT",
            RecordType::MaritalStatus => "XNTTHN",
            RecordType::ParentChild => "CMC",
            _ => "",
        };
        if habit.short_types && !short.is_empty() {
            return short.to_owned();
        }
        let listed = self
            .reference
            .record_types
            .iter()
            .find(|names| names.record_type == record_type);
        listed
            .map(|names| names.name.vi.clone())
            .unwrap_or_default()
    }

    /// The lines above the header: the body, the title that says the figures are made up, the day, and a blank line.
    fn title(&self, report: &Report, habit: &Habit) -> Vec<Vec<String>> {
        let body = format!("UBND {}", capitals(self.province.unit, report.as_of));
        let subject = match report.kind {
            Kind::Daily => "BÁO CÁO NGÀY TIẾN ĐỘ SỐ HÓA SỔ HỘ TỊCH",
            Kind::Weekly | Kind::Correction => "BÁO CÁO TIẾN ĐỘ SỐ HÓA SỔ HỘ TỊCH",
        };
        let title = format!("{subject} ({})", SYNTHETIC.to_uppercase());
        let until = format!(
            "(Tính đến ngày {})",
            habit.dates.date(report.as_of).replace("ngày ", "")
        );
        let lines: &[&str] = match (habit.title_lines, habit.headers) {
            (0, _) | (_, HeaderStyle::Keys) => &[],
            (2, _) => &[&body, &title],
            (3, _) => &[&body, "SỞ TƯ PHÁP", &title],
            _ => &[&body, "SỞ TƯ PHÁP", &title, &until, ""],
        };
        lines.iter().map(|line| vec![(*line).to_owned()]).collect()
    }
}

fn count(row: &CountRow, stage: Stage) -> Option<i64> {
    row.counts
        .get(stage)
        .map(|reported| reported.count.to_i64())
}

fn percent(habit: &Habit, done: i64, total: i64) -> String {
    let number = habit.grouping.percent(done, total).unwrap_or_default();
    if habit.percent_sign && !number.is_empty() {
        format!("{number}%")
    } else {
        number
    }
}

/// The line "Tổng cộng": the sums of what the rows give.
fn total_line(columns: &[Column], rows: &[CountRow], habit: &Habit) -> Vec<String> {
    let sum = |stage: Stage| -> Option<i64> {
        let given = rows.iter().filter_map(|row| row.counts.get(stage));
        given
            .map(|reported| reported.count)
            .reduce(|sum, count| sum + count)
            .map(Count::to_i64)
    };
    let done = sum(Stage::Transferred).zip(sum(Stage::Total));
    let cell = |column: &Column| match column {
        Column::Province => "Tổng cộng".to_owned(),
        Column::Stage(stage) => {
            sum(*stage).map_or_else(|| habit.absent.to_owned(), |sum| habit.grouping.number(sum))
        }
        Column::Remaining => done
            .map(|(done, total)| habit.grouping.number(total - done))
            .unwrap_or_default(),
        Column::Percent => done
            .map(|(done, total)| percent(habit, done, total))
            .unwrap_or_default(),
        _ => String::new(),
    };
    columns.iter().map(cell).collect()
}
