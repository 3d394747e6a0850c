//! What a reconciliation document may say: the allow-list of its keys. A sheet uses the same keys, or the names, as headers.

use store::domain::{
    Direction, DuplicateKind, Explained, Field, FieldClass, Language, Move, Outcome, Owner,
    Resolution, Text, Week,
};

use crate::column::Column;

/// Something a document says that the short form of a sheet does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Item {
    Version,
    PeriodFrom,
    PeriodTo,
    Method,
    Tool,
    Cutoff,
    RegistryAsOf,
    First,
    Again,
    NumbersBefore,
    NumbersAdded,
    NumbersChanged,
    NumbersRemoved,
    NumbersInconsistent,
    WorklistSha256,
    WorklistRows,
    Field(Field, FieldClass),
    Groups(DuplicateKind),
    Grouped(DuplicateKind),
    Flow(Owner, Move, Option<Resolution>),
    Open(Owner, Week),
    RegistryTotal,
    PopulationLinked,
    Explained(Explained),
    Unexplained,
    Message(Direction, MessageState),
}

/// What became of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum MessageState {
    Sent,
    Acknowledged,
    Refused,
    Pending,
}

/// The three kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Batch,
    Cases,
    Statement,
}

/// The keys without a list in them, with the names that stand over the columns of a sheet.
#[rustfmt::skip]
const PLAIN: [(Column, &str, &str, &str); 27] = [
    (Column::Item(Item::Version), "v", "", ""),
    (Column::ProvinceCode, "batch.province", "", ""),
    (Column::RecordType, "batch.type", "", ""),
    (Column::Week, "batch.week", "", ""),
    (Column::Item(Item::PeriodFrom), "batch.period.0", "Sổ từ năm", "Books from"),
    (Column::Item(Item::PeriodTo), "batch.period.1", "Sổ đến năm", "Books to"),
    (Column::ComparedStage, "batch.stage", "", ""),
    (Column::Item(Item::Method), "batch.method", "Cách đối chiếu", "Method"),
    (Column::RuleSet, "batch.rule_set", "", ""),
    (Column::Item(Item::Tool), "batch.tool", "Công cụ", "Tool"),
    (Column::Item(Item::Cutoff), "batch.cutoff", "Ngưỡng (phần nghìn)", "Cut-off per mille"),
    (Column::Item(Item::RegistryAsOf), "batch.hotich_as_of", "Ngày dữ liệu hộ tịch", "Civil-status data as of"),
    (Column::PopulationAsOf, "batch.dancu_as_of", "", ""),
    (Column::Records, "batch.records", "", ""),
    (Column::Subjects, "batch.subjects", "", ""),
    (Column::Item(Item::First), "batch.first", "Đối chiếu lần đầu", "First time"),
    (Column::Item(Item::Again), "batch.again", "Đối chiếu lại", "Again"),
    (Column::Item(Item::NumbersBefore), "batch.id.before", "Có số định danh trước", "Numbers before"),
    (Column::Item(Item::NumbersAdded), "batch.id.added", "Gán thêm số định danh", "Numbers added"),
    (Column::Item(Item::NumbersChanged), "batch.id.changed", "Đổi số định danh", "Numbers changed"),
    (Column::Item(Item::NumbersRemoved), "batch.id.removed", "Bỏ số định danh", "Numbers removed"),
    (Column::Item(Item::NumbersInconsistent), "batch.id.inconsistent", "Số định danh mâu thuẫn", "Numbers inconsistent"),
    (Column::Item(Item::WorklistSha256), "batch.worklist.sha256", "Mã băm danh sách cần xử lý", "Worklist SHA-256"),
    (Column::Item(Item::WorklistRows), "batch.worklist.rows", "Số dòng danh sách cần xử lý", "Worklist rows"),
    (Column::Note, "batch.note", "", ""),
    (Column::Item(Item::RegistryTotal), "sync.hotich_total", "", ""),
    (Column::Item(Item::PopulationLinked), "sync.dancu_linked", "", ""),
];

/// The keys of the heads of the other two kinds of document, which speak of the same things.
const HEADS: [(Column, &str); 8] = [
    // Where there is none a document may say `null`.
    (Column::Item(Item::PeriodFrom), "batch.period"),
    (Column::Item(Item::WorklistSha256), "batch.worklist"),
    (Column::ProvinceCode, "cases.province"),
    (Column::RecordType, "cases.type"),
    (Column::Week, "cases.week"),
    (Column::ProvinceCode, "statement.province"),
    (Column::RecordType, "statement.type"),
    (Column::AsOf, "statement.as_of"),
];

const MESSAGE_STATES: [(MessageState, &str); 4] = [
    (MessageState::Sent, "sent"),
    (MessageState::Acknowledged, "acked"),
    (MessageState::Refused, "refused"),
    (MessageState::Pending, "pending"),
];

/// What a key says; `None` for a key that no document has.
pub(crate) fn column_of_key(key: &str) -> Option<Column> {
    let plain = PLAIN.iter().map(|(column, path, ..)| (*column, *path));
    let mut known = plain.chain(HEADS);
    if let Some((column, _)) = known.find(|(_, path)| *path == key) {
        return Some(column);
    }
    let parts: Vec<&str> = key.split('.').collect();
    let item = match parts[..] {
        ["outcome", outcome] => return Outcome::from_key(outcome).map(Column::Outcome),
        ["field", field, class] => {
            Item::Field(Field::from_key(field)?, FieldClass::from_key(class)?)
        }
        ["dup", kind, "groups"] => Item::Groups(DuplicateKind::from_key(kind)?),
        ["dup", kind, "records"] => Item::Grouped(DuplicateKind::from_key(kind)?),
        ["flow", owner, kind] => Item::Flow(Owner::from_key(owner)?, Move::from_key(kind)?, None),
        ["flow", owner, kind, resolution] => Item::Flow(
            Owner::from_key(owner)?,
            Move::from_key(kind)?,
            Some(Resolution::from_key(resolution)?),
        ),
        ["open", owner, week] => Item::Open(Owner::from_key(owner)?, Week::parse(week)?),
        ["sync", "unexplained"] => Item::Unexplained,
        ["sync", line] => Item::Explained(Explained::from_key(line)?),
        ["exchange", direction, state] => {
            let mut states = MESSAGE_STATES.iter();
            let (state, _) = states.find(|(_, word)| *word == state)?;
            Item::Message(Direction::from_key(direction)?, *state)
        }
        _ => return None,
    };
    Some(Column::Item(item))
}

/// The kind of document that a key belongs to; `None` for the version, which all have.
pub(crate) fn kind_of_key(key: &str) -> Option<Kind> {
    match key.split('.').next()? {
        "batch" | "outcome" | "field" | "dup" => Some(Kind::Batch),
        "cases" | "flow" | "open" => Some(Kind::Cases),
        "statement" | "sync" | "exchange" => Some(Kind::Statement),
        _ => None,
    }
}

/// The header of a column of the reconciliation form; empty for one that stands in documents alone.
pub(crate) fn header_of(column: Column, language: Language) -> String {
    if !matches!(column, Column::Item(_)) {
        return column.header(language).to_owned();
    }
    let own = headers().into_iter().find(|(item, ..)| *item == column);
    own.map_or_else(String::new, |(_, _, name)| {
        name.in_language(language).to_owned()
    })
}

/// The headers under which a sheet may have an item: its key and its names in both languages.
pub(crate) fn headers() -> Vec<(Column, String, Text)> {
    let mut headers: Vec<(Column, String, Text)> = PLAIN
        .iter()
        .filter(|(column, _, vi, _)| matches!(column, Column::Item(_)) && !vi.is_empty())
        .map(|(column, path, vi, en)| (*column, (*path).to_owned(), Text::new(*vi, *en)))
        .collect();
    for field in Field::ALL {
        for class in FieldClass::ALL {
            let key = format!("field.{}.{}", field.key(), class.key());
            let name = joined(&field.name(), &class.name());
            headers.push((Column::Item(Item::Field(field, class)), key, name));
        }
    }
    for kind in DuplicateKind::ALL {
        let parts = [
            (Item::Groups(kind), "groups", Text::new("số nhóm", "groups")),
            (
                Item::Grouped(kind),
                "records",
                Text::new("số trường hợp trùng", "records in groups"),
            ),
        ];
        for (item, word, name) in parts {
            let key = format!("dup.{}.{word}", kind.key());
            headers.push((Column::Item(item), key, joined(&kind.name(), &name)));
        }
    }
    headers
}

/// `họ tên – trái nhau`
fn joined(one: &Text, other: &Text) -> Text {
    Text::new(
        format!("{} – {}", one.vi, other.vi),
        format!("{} – {}", one.en, other.en),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_is_also_a_key() {
        for (column, key, _) in headers() {
            assert_eq!(column_of_key(&key), Some(column), "{key}");
        }
        assert_eq!(column_of_key("batch.full_name"), None);
        assert_eq!(column_of_key("outcome.same.name"), None);
        assert_eq!(
            column_of_key("flow.police.resolved.wrong_pair"),
            Some(Column::Item(Item::Flow(
                Owner::Police,
                Move::Resolved,
                Some(Resolution::WrongPair)
            )))
        );
    }
}
