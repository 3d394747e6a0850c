//! Which reports a province sends and when: some weeks are missing, some files late, some figures wrong and corrected.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use store::domain::{Calendar, Stage};

use super::annotate::annotate;
use super::history::Province;
use super::random::{Draw, Stream};
use super::scenario::{Levels, OVERCOUNTS, QUANG_NAM_PUBLISHED, WEEKS, day, week};
use super::sheet::Grouping;
use super::split::QUANG_TRI_DISTRICTS_FROM;

/// Why a report is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The report of the week.
    Weekly,
    /// One of the daily reports of a campaign.
    Daily,
    /// A later file for an earlier week.
    Correction,
}

/// One file on its way.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) kind: Kind,
    /// The number of the week.
    pub(super) week: usize,
    /// The day the counts are true for.
    pub(super) as_of: NaiveDate,
    /// The moment it arrives.
    pub(super) received_at: DateTime<Utc>,
    /// What it says, which is not always the truth.
    pub(super) levels: Levels,
    /// Stages that are left out this time.
    pub(super) blank: Vec<Stage>,
    /// The officer's note.
    pub(super) note: Option<String>,
    /// A difficulty.
    pub(super) difficulty: Option<&'static str>,
    /// What the officer answers where the intake asks.
    pub(super) reasons: Vec<String>,
}

/// The last day on which files arrive, so that all are there when the demonstration is opened.
const LAST_DAY: (i32, u32, u32) = (2025, 6, 30);

/// Nghệ An reports in this week on the Wednesday of its campaign plan, the day of the published figures.
const NGHE_AN_WEEK: usize = 137;

/// Quảng Nam reports daily from 20 February to 11 March 2025; the Sunday stands for the week.
const QUANG_NAM_WEEKS: std::ops::RangeInclusive<usize> = 137..=140;

/// Six weeks in which Gia Lai sends nothing.
const SILENCE: (&str, std::ops::RangeInclusive<usize>) = ("p64", 117..=122);

/// Difficulties as provinces name them in published reports.
const DIFFICULTIES: [&str; 7] = [
    "Chưa được bố trí kinh phí cho giai đoạn tiếp theo",
    "Phần mềm 158 bị lỗi, đang chờ khắc phục",
    "Dữ liệu nhận lại phải tách theo từng cơ quan đăng ký và hiệu chỉnh",
    "Máy tính cũ, thiếu máy quét, đường truyền yếu",
    "Công chức kiêm nhiệm, thiếu người nhập liệu",
    "Sổ cũ bị rách nát, mối mọt, chữ mờ khó đọc",
    "Nhiều trường hợp thiếu thông tin, sai cấu trúc phải rà soát lại",
];

/// All reports of a province in the order of their arrival.
pub(super) fn reports(province: &Province<'_>, owner: u64, calendar: &Calendar) -> Vec<Report> {
    let mut sender = Sender::new(province, owner, calendar);
    let mut reports = Vec::new();
    let mut number = province.plan.first_report;
    while number < WEEKS {
        let mistake = sender.mistake(number);
        match mistake {
            Some(mistake) => {
                let first = sender.weekly(number, true, Some(&mistake));
                let correction = sender.correction(&first, &mistake);
                reports.extend([first, correction]);
                // The week after must come, and in time: it is the one that shows the fall.
                number += 1;
                reports.push(sender.weekly(number, true, None));
            }
            None if sender.sends_daily(number) => reports.extend(sender.daily(number)),
            None if sender.is_missing(number) => {}
            None => reports.push(sender.weekly(number, sender.is_expected(number), None)),
        }
        number += 1;
    }
    reports.sort_by_key(|report| report.received_at);
    annotate(&mut reports);
    reports
}

/// A wrong figure that is corrected some days later.
struct Mistake {
    wrong: Levels,
    note: String,
}

/// The officer of one province.
struct Sender<'a> {
    province: &'a Province<'a>,
    id: String,
    calendar: &'a Calendar,
    draw: Draw,
    /// Days from Monday to the day the counts are true for.
    closes_after: u64,
}

impl<'a> Sender<'a> {
    fn new(province: &'a Province<'a>, owner: u64, calendar: &'a Calendar) -> Self {
        let mut draw = Draw::new(Stream::Schedule, owner);
        let closes_after = draw.pick([3, 4, 4, 4, 4, 4, 4, 6, 6, 6]);
        let id = province.unit.id.to_string();
        Self {
            province,
            id,
            calendar,
            draw,
            closes_after,
        }
    }

    fn levels(&self, number: usize) -> Levels {
        self.province
            .levels
            .get(number)
            .copied()
            .unwrap_or_default()
    }

    fn sends_daily(&self, number: usize) -> bool {
        self.id == "p49" && QUANG_NAM_WEEKS.contains(&number)
    }

    /// Whether the story needs the report of a week, in time and without a mistake.
    fn is_expected(&self, number: usize) -> bool {
        let after_survey = OVERCOUNTS.iter().any(|(id, first, length, _)| {
            *id == self.id && (first + length..=first + length + 1).contains(&number)
        });
        number == self.province.plan.first_report
            || number + 2 >= WEEKS
            || after_survey
            || (self.id == "p40" && number.abs_diff(NGHE_AN_WEEK) <= 1)
            || (self.id == "p45" && number.abs_diff(QUANG_TRI_DISTRICTS_FROM) <= 1)
            || (self.id == "p49" && (135..=141).contains(&number))
    }

    fn is_missing(&mut self, number: usize) -> bool {
        let (_, tet) = self.calendar.weekdays_off(week(number));
        let missing = self.draw.happens(if tet { 120 } else { 28 });
        let silent = self.id == SILENCE.0 && SILENCE.1.contains(&number);
        (missing || silent) && !self.is_expected(number)
    }

    /// Counted twice, or not yet added up: about one report in a hundred.
    fn mistake(&mut self, number: usize) -> Option<Mistake> {
        if !self.draw.happens(15)
            || number < self.province.plan.first_report + 4
            || number + 6 > WEEKS
        {
            return None;
        }
        let true_levels = self.levels(number);
        let before = self.levels(number - 1);
        let mut wrong = true_levels;
        let name = week(number);
        let share = self.draw.between(8, 30);
        let size = if self.draw.happens(500) {
            let size = (true_levels.entered * share / 1000)
                .min((true_levels.total - true_levels.entered) / 2);
            wrong.entered += size;
            size
        } else {
            let size = (true_levels.transferred - before.transferred) * share / 40;
            wrong.transferred -= size;
            size
        };
        let amount = Grouping::Dots.number(size);
        let note = if wrong.entered > true_levels.entered {
            format!("Đính chính số liệu tuần {name}: loại {amount} trường hợp nhập trùng")
        } else {
            format!(
                "Đính chính số liệu tuần {name}: bổ sung {amount} trường hợp đã chuyển nhưng chưa cộng"
            )
        };
        let usual = !self.is_expected(number) && !self.is_expected(number + 1);
        (size >= 100 && usual).then_some(Mistake { wrong, note })
    }

    fn weekly(&mut self, number: usize, in_time: bool, mistake: Option<&Mistake>) -> Report {
        let monday = week(number).first_day();
        let special = self.id == "p40" && number == NGHE_AN_WEEK;
        let as_of = if special {
            day(2025, 2, 19)
        } else {
            later(monday, self.closes_after)
        };
        let levels = mistake.map_or_else(|| self.levels(number), |mistake| mistake.wrong);
        let mut reasons = Vec::new();
        let mut weeks_late = 0;
        if self.draw.happens(42) && !in_time {
            weeks_late = self.draw.between(1, 3).unsigned_abs();
            reasons.push(format!(
                "Gửi muộn {weeks_late} tuần do chờ số liệu của các xã"
            ));
        }
        if self.id == "p45" && number == QUANG_TRI_DISTRICTS_FROM {
            reasons.push(
                "Tổng số toàn tỉnh chênh 44 trường hợp so với cộng 9 đơn vị, đang rà soát"
                    .to_owned(),
            );
        }
        let received_at = self.received(later(as_of, 7 * weeks_late), as_of.weekday());
        let blank = if self.draw.happens(46) && !in_time {
            vec![self.draw.pick([
                Stage::Scanned,
                Stage::Checked,
                Stage::Approved,
                Stage::Approved,
                Stage::Entered,
            ])]
        } else {
            Vec::new()
        };
        Report {
            kind: Kind::Weekly,
            week: number,
            as_of,
            received_at,
            levels,
            blank,
            note: None,
            difficulty: self.difficulty(number),
            reasons,
        }
    }

    fn correction(&mut self, first: &Report, mistake: &Mistake) -> Report {
        let days = self.draw.between(3, 12).unsigned_abs();
        Report {
            kind: Kind::Correction,
            received_at: self.received(later(first.received_at.date_naive(), days), Weekday::Mon),
            levels: self.levels(first.week),
            note: Some(mistake.note.clone()),
            difficulty: None,
            reasons: vec![mistake.note.clone()],
            ..first.clone()
        }
    }

    /// The reports of a week of the campaign: each working evening, Saturday and Sunday included.
    fn daily(&mut self, number: usize) -> Vec<Report> {
        let monday = week(number).first_day();
        let (before, after) = (self.levels(number - 1), self.levels(number));
        let mut reports = Vec::new();
        for step in 0..7 {
            let as_of = later(monday, step);
            let part = i64::try_from(step).unwrap_or(0) + 1;
            // The first days before the campaign are the published ones; on its last two days it ends.
            let levels = match number {
                137 if as_of < day(2025, 2, 18) || as_of == day(2025, 2, 19) => continue,
                137 if as_of == day(2025, 2, 18) => QUANG_NAM_PUBLISHED,
                137 => mix(QUANG_NAM_PUBLISHED, after, part - 3, 4),
                140 if part == 5 => after,
                140 if part > 2 => continue,
                140 => mix(before, after, part * 3, 10),
                _ => mix(before, after, part, 7),
            };
            let evening = self.draw.between(0, 1800);
            reports.push(Report {
                kind: if as_of == day(2025, 3, 14) {
                    Kind::Weekly
                } else {
                    Kind::Daily
                },
                week: number,
                as_of,
                received_at: instant(as_of, 10 * 3600 + evening),
                levels,
                blank: Vec::new(),
                note: None,
                difficulty: None,
                reasons: Vec::new(),
            });
        }
        reports
    }

    fn difficulty(&mut self, number: usize) -> Option<&'static str> {
        let drawn = self.draw.pick(DIFFICULTIES);
        let now_and_then = self.draw.happens(12);
        if self.province.plan.stalls_in(number) {
            let lasting = DIFFICULTIES
                .get(self.province.number % DIFFICULTIES.len())
                .copied();
            return lasting.filter(|_| number.is_multiple_of(4));
        }
        now_and_then.then_some(drawn)
    }

    /// The moment a file arrives that is sent on a day or on the next working day. Counts that close on a Sunday are sent
    /// on Monday morning, others mostly between three and half past five in the afternoon.
    fn received(&mut self, on: NaiveDate, closed_on: Weekday) -> DateTime<Utc> {
        let end = day(LAST_DAY.0, LAST_DAY.1, LAST_DAY.2);
        let mut sent_on = on;
        while is_day_off(sent_on, self.calendar) && sent_on < end {
            sent_on = later(sent_on, 1);
        }
        let afternoon = (8 * 3600, 10 * 3600 + 1800);
        let morning = (2700, 3 * 3600 + 1800);
        let usual = if closed_on == Weekday::Sun {
            morning
        } else {
            afternoon
        };
        let (first, last) = if self.draw.happens(850) {
            usual
        } else {
            (6 * 3600 + 1800, 10 * 3600)
        };
        instant(sent_on.min(end), self.draw.between(first, last))
    }
}

fn is_day_off(on: NaiveDate, calendar: &Calendar) -> bool {
    matches!(on.weekday(), Weekday::Sat | Weekday::Sun) || calendar.holiday_on(on).is_some()
}

fn later(from: NaiveDate, days: u64) -> NaiveDate {
    from.checked_add_days(Days::new(days)).unwrap_or(from)
}

/// A moment by its seconds from midnight UTC, which is seven in the morning in Viet Nam.
fn instant(on: NaiveDate, seconds: i64) -> DateTime<Utc> {
    on.and_time(NaiveTime::MIN).and_utc() + TimeDelta::seconds(seconds)
}

/// The counts `part` of `whole` steps on the way from one level to another.
const fn mix(from: Levels, to: Levels, part: i64, whole: i64) -> Levels {
    Levels {
        total: from.total + (to.total - from.total) * part / whole,
        entered: from.entered + (to.entered - from.entered) * part / whole,
        transferred: from.transferred + (to.transferred - from.transferred) * part / whole,
    }
}
