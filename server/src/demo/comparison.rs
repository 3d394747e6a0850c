//! One comparison of the demonstration with everything a full report tells, as a row of a sheet or as a document.

use chrono::NaiveDate;
use store::domain::{Digest, ReconciliationStage, RecordType, Week};

use super::random::Draw;
use super::sheet::{DateStyle, Grouping};

/// What a comparison is about.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) code: String,
    pub(super) province: String,
    pub(super) week: Week,
    pub(super) kind: RecordType,
    pub(super) kind_name: &'static str,
    pub(super) stage: ReconciliationStage,
    pub(super) rule_set: &'static str,
    pub(super) period: (u16, u16),
    pub(super) snapshot: NaiveDate,
}

/// A comparison with its counts, which obey every invariant.
#[derive(Clone)]
pub(super) struct Comparison {
    pub(super) head: Head,
    records: i64,
    outcomes: [i64; 6],
    /// Personal numbers before, added, changed, removed and inconsistent.
    numbers: [i64; 5],
    /// Equal, variant, contradiction and only in civil status, for each field compared.
    fields: [(&'static str, [i64; 4]); 4],
    /// Groups of the same event twice and of two records of one person.
    groups: [i64; 2],
    note: &'static str,
}

/// The words of the classes that fields have here, in the order they are kept.
const CLASSES: [(&str, &str); 4] = [
    ("equal", "bằng nhau"),
    ("variant", "khác cách viết"),
    ("contradiction", "trái nhau"),
    ("only_hotich", "chỉ hộ tịch có"),
];

const FIELDS: [(&str, &str); 4] = [
    ("name", "họ tên"),
    ("birth_date", "ngày sinh"),
    ("father", "tên cha"),
    ("mother", "tên mẹ"),
];

const GROUPS: [(&str, &str); 2] = [
    ("same_event_twice", "một việc ghi hai lần"),
    ("two_records_one_person", "hai dữ liệu một người"),
];

impl Comparison {
    pub(super) fn new(head: Head, records: i64, outcomes: [i64; 6], draw: &mut Draw) -> Self {
        let subjects: i64 = outcomes.iter().sum();
        let before = subjects * draw.between(90, 130) / 1000;
        let added = subjects * draw.between(600, 740) / 1000;
        let numbers = [
            before,
            added,
            before / 40,
            before / 300,
            (before + added) / 160,
        ];
        Self {
            records,
            outcomes,
            numbers,
            fields: fields(outcomes, head.period, draw),
            groups: [subjects / 270, subjects / 900],
            head,
            note: "số liệu giả lập",
        }
    }

    /// The same run counted again: some that were the same turn out to differ.
    pub(super) fn counted_again(&self) -> Self {
        let moved = self.outcomes[0] / 8;
        let mut again = self.clone();
        again.outcomes[0] -= moved;
        again.outcomes[2] += moved;
        let name = &mut again.fields[0].1;
        name[0] -= moved;
        name[2] += moved;
        again.note = "đối chiếu lại: bản trước bỏ qua khác dấu ở họ tên (số liệu giả lập)";
        again
    }

    /// How many differences it opens.
    pub(super) fn opens(&self) -> i64 {
        self.outcomes[2] + self.outcomes[3] + self.groups.iter().sum::<i64>()
    }

    fn subjects(&self) -> i64 {
        self.outcomes.iter().sum()
    }

    fn worklist(&self) -> (Digest, i64) {
        let rows = self.outcomes[2] + self.outcomes[3] + 2 * self.groups.iter().sum::<i64>();
        let Head {
            code,
            week,
            kind,
            stage,
            ..
        } = &self.head;
        let name = format!("{code} {week} {} {} {rows}", kind.key(), stage.key());
        (Digest::of(name.as_bytes()), rows)
    }

    /// The header of the sheet with a row a batch.
    pub(super) fn headers() -> Vec<String> {
        const PLAIN: [&str; 28] = [
            "Mã tỉnh",
            "Tỉnh/Thành phố",
            "Tuần",
            "Loại việc",
            "Sổ từ năm",
            "Sổ đến năm",
            "Giai đoạn đối chiếu",
            "Cách đối chiếu",
            "Bộ quy tắc",
            "Ngày dữ liệu hộ tịch",
            "Ngày dữ liệu dân cư",
            "Số trường hợp",
            "Số người",
            "Đối chiếu lần đầu",
            "Đối chiếu lại",
            "Khớp",
            "Khớp, khác cách viết",
            "Sai lệch",
            "Chưa chắc",
            "Không tìm thấy",
            "Chưa đối chiếu",
            "Có số định danh trước",
            "Gán thêm số định danh",
            "Đổi số định danh",
            "Bỏ số định danh",
            "Số định danh mâu thuẫn",
            "Mã băm danh sách cần xử lý",
            "Số dòng danh sách cần xử lý",
        ];
        let mut headers: Vec<String> = PLAIN.map(str::to_owned).into();
        for (_, field) in FIELDS {
            headers.extend(CLASSES.map(|(_, class)| format!("{field} – {class}")));
        }
        for (_, kind) in GROUPS {
            headers.push(format!("{kind} – số nhóm"));
            headers.push(format!("{kind} – số trường hợp trùng"));
        }
        headers.push("Ghi chú".to_owned());
        headers
    }

    /// Its row in that sheet.
    pub(super) fn row(&self, grouping: Grouping) -> Vec<String> {
        let head = &self.head;
        let stage = match head.stage {
            ReconciliationStage::BeforeApproval => "trước phê duyệt",
            ReconciliationStage::AfterTransfer => "sau chuyển",
        };
        let snapshot = DateStyle::Slashes.date(head.snapshot);
        let mut row = vec![
            head.code.clone(),
            head.province.clone(),
            head.week.to_string(),
            head.kind_name.to_owned(),
            head.period.0.to_string(),
            head.period.1.to_string(),
            stage.to_owned(),
            "bằng công cụ".to_owned(),
            head.rule_set.to_owned(),
            snapshot.clone(),
            snapshot,
        ];
        let (sha256, rows) = self.worklist();
        let counts = [self.records, self.subjects(), self.subjects(), 0];
        let counts = counts.into_iter().chain(self.outcomes).chain(self.numbers);
        row.extend(counts.map(|count| grouping.number(count)));
        row.push(sha256.to_string());
        row.push(grouping.number(rows));
        let fields = self.fields.iter().flat_map(|(_, counts)| *counts);
        let groups = self.groups.iter().flat_map(|groups| [*groups, 2 * groups]);
        row.extend(fields.chain(groups).map(|count| grouping.number(count)));
        row.push(self.note.to_owned());
        row
    }

    /// It as a document, on one line.
    pub(super) fn document(&self) -> String {
        let head = &self.head;
        let [same, variant, differs, unsure, not_found, not_compared] = self.outcomes;
        let [before, added, changed, removed, inconsistent] = self.numbers;
        let (sha256, rows) = self.worklist();
        let snapshot = head.snapshot;
        let (from, to) = head.period;
        let note = self.note;
        let fields = self.fields.map(|(field, counts)| {
            let counts = CLASSES.iter().zip(counts);
            let counts = counts.map(|((class, _), count)| format!("\"{class}\":{count}"));
            format!("\"{field}\":{{{}}}", counts.collect::<Vec<_>>().join(","))
        });
        let groups = GROUPS.iter().zip(self.groups).map(|((kind, _), groups)| {
            let records = 2 * groups;
            format!("\"{kind}\":{{\"groups\":{groups},\"records\":{records}}}")
        });
        format!(
            "{{\"v\":1,\"batch\":{{\"province\":\"{}\",\"type\":\"{}\",\"week\":\"{}\",\"period\":[{from},{to}],\
             \"stage\":\"{}\",\"method\":\"tool_check\",\"rule_set\":\"{}\",\"tool\":\"demo\",\"cutoff\":null,\"note\":\"{note}\",\
             \"hotich_as_of\":\"{snapshot}T00:00:00+07:00\",\"dancu_as_of\":\"{snapshot}T00:00:00+07:00\",\
             \"records\":{},\"subjects\":{},\"first\":{},\"again\":0,\
             \"id\":{{\"before\":{before},\"added\":{added},\"changed\":{changed},\"removed\":{removed},\
             \"inconsistent\":{inconsistent}}},\"worklist\":{{\"sha256\":\"{sha256}\",\"rows\":{rows}}}}},\
             \"outcome\":{{\"same\":{same},\"same_variant\":{variant},\"differs\":{differs},\"unsure\":{unsure},\
             \"not_found\":{not_found},\"not_compared\":{not_compared}}},\
             \"field\":{{{}}},\"dup\":{{{}}}}}",
            head.code,
            head.kind.key(),
            head.week,
            head.stage.key(),
            head.rule_set,
            self.records,
            self.subjects(),
            self.subjects(),
            fields.join(","),
            groups.collect::<Vec<_>>().join(","),
        )
    }
}

/// How the fields compare: whoever differs does so in the name, or in the day of birth as well; the names of parents are
/// often missing on the other side for old books.
fn fields(
    [same, variant, differs, ..]: [i64; 6],
    (from, _): (u16, u16),
    draw: &mut Draw,
) -> [(&'static str, [i64; 4]); 4] {
    let paired = same + variant + differs;
    let missing = if from < 1999 { 60 } else { 8 };
    let mut other = |variants: i64, contradictions: i64, missing: i64| {
        let part = |whole: i64, permille: i64| whole * permille / 1000;
        let varied = part(paired, variants) * draw.between(80, 120) / 100;
        let wrong = part(differs, contradictions) * draw.between(80, 120) / 100;
        let alone = part(paired, missing);
        [paired - varied - wrong - alone, varied, wrong, alone]
    };
    [
        (FIELDS[0].0, [same, variant, differs, 0]),
        (FIELDS[1].0, other(31, 330, missing / 3)),
        (FIELDS[2].0, other(45, 210, missing)),
        (FIELDS[3].0, other(42, 240, missing / 2)),
    ]
}
