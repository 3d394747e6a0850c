//! Everything a cell's words are matched against, folded once and used for every file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use store::domain::{
    CountUnit, Language, Method, ReconciliationStage, RecordType, Reference, Route, Text,
};

use crate::fold::fold;
use crate::nearest::nearest;
use crate::unit_names::UnitNames;

/// The reference data with their names prepared for matching. Preparing takes a millisecond, so one serves many files.
#[derive(Debug)]
pub struct Vocabulary<'r> {
    pub(crate) reference: &'r Reference,
    pub(crate) unit_names: UnitNames,
    pub(crate) record_types: Words<RecordType>,
    pub(crate) routes: Words<Route>,
    pub(crate) count_units: Words<CountUnit>,
    pub(crate) compared_stages: Words<ReconciliationStage>,
    pub(crate) methods: Words<Method>,
}

impl<'r> Vocabulary<'r> {
    /// Prepares some reference data.
    #[must_use]
    pub fn new(reference: &'r Reference) -> Self {
        Self {
            reference,
            unit_names: UnitNames::new(&reference.units),
            record_types: record_types(reference),
            routes: Words::new(&ROUTES),
            count_units: Words::new(&COUNT_UNITS),
            compared_stages: Words::new(&COMPARED_STAGES),
            methods: Words::new(&METHODS),
        }
    }

    /// The reference data built into the program, prepared once.
    #[must_use]
    pub fn embedded() -> &'static Vocabulary<'static> {
        static VOCABULARY: LazyLock<Vocabulary<'static>> =
            LazyLock::new(|| Vocabulary::new(Reference::embedded()));
        &VOCABULARY
    }
}

/// The words of a closed list; the first word of a member is the one shown, the second its English.
#[derive(Debug)]
pub(crate) struct Words<T> {
    by_key: BTreeMap<String, T>,
    shown: Vec<(T, Text)>,
}

impl<T: Copy + Ord> Words<T> {
    fn new(list: &[(T, &[&str])]) -> Self {
        let mut words = Self::empty();
        for (member, wordings) in list {
            words.add(*member, wordings);
        }
        words
    }

    const fn empty() -> Self {
        Self {
            by_key: BTreeMap::new(),
            shown: Vec::new(),
        }
    }

    fn add(&mut self, member: T, wordings: &[&str]) {
        if let [vi, en, ..] = wordings {
            self.shown.push((member, Text::new(*vi, *en)));
        }
        for wording in wordings {
            self.by_key.entry(fold(wording)).or_insert(member);
        }
    }

    /// The member of a word, without regard to case, marks and signs; `None` where the list does not have it.
    pub(crate) fn find(&self, word: &str) -> Option<T> {
        self.by_key.get(&fold(word)).copied()
    }

    /// The words shown for the members near a mistyped word; empty where none is near.
    pub(crate) fn near(&self, word: &str) -> Vec<&str> {
        let known = self.by_key.iter();
        let near = nearest(
            &fold(word),
            known.map(|(key, member)| (key.as_str(), *member)),
        );
        near.into_iter().map(|member| self.shown(member)).collect()
    }

    /// The words shown for every member.
    pub(crate) fn all(&self) -> Vec<&str> {
        self.shown
            .iter()
            .map(|(_, word)| word.vi.as_str())
            .collect()
    }

    /// The word shown for a member.
    pub(crate) fn shown(&self, member: T) -> &str {
        let mut shown = self.shown.iter();
        shown
            .find(|(each, _)| *each == member)
            .map_or("", |(_, word)| &word.vi)
    }

    /// The word for a member in a language, as forms to fill in have it.
    pub(crate) fn word(&self, member: T, language: Language) -> String {
        let mut shown = self.shown.iter();
        let word = shown.find(|(each, _)| *each == member);
        word.map_or_else(String::new, |(_, word)| {
            word.in_language(language).to_owned()
        })
    }

    /// The words for every member in a language.
    pub(crate) fn words(&self, language: Language) -> Vec<String> {
        let shown = self.shown.iter();
        shown
            .map(|(_, word)| word.in_language(language).to_owned())
            .collect()
    }
}

fn record_types(reference: &Reference) -> Words<RecordType> {
    let mut words = Words::empty();
    for names in &reference.record_types {
        let mut wordings = vec![&*names.name.vi, &*names.name.en, names.record_type.key()];
        wordings.extend(names.aliases.iter().map(String::as_str));
        words.add(names.record_type, &wordings);
    }
    words
}

#[rustfmt::skip]
const ROUTES: [(Route, &[&str]); 3] = [
    (Route::Books, &["NĐ 87", "books", "Nghị định 87", "87", "Nghị định 87/2020", "NĐ 87/2020/NĐ-CP", "Phần mềm 158", "PM 158", "Decree 87"]),
    (Route::PopulationDb, &["QT 1292", "population_db", "Quy trình 1292", "1292", "CSDL dân cư", "CSDLQGVDC", "Procedure 1292", "Population database"]),
    (Route::All, &["Tổng hợp", "all", "Cả hai", "Chung", "Both"]),
];

#[rustfmt::skip]
const COUNT_UNITS: [(CountUnit, &[&str]); 3] = [
    (CountUnit::Record, &["Trường hợp", "record", "Dữ liệu", "Hồ sơ", "Bản ghi", "Records"]),
    (CountUnit::Book, &["Sổ", "book", "Quyển", "Quyển sổ", "Books"]),
    (CountUnit::Page, &["Trang", "page", "Pages"]),
];

#[rustfmt::skip]
const COMPARED_STAGES: [(ReconciliationStage, &[&str]); 2] = [
    (ReconciliationStage::BeforeApproval, &["Trước phê duyệt", "before_approval", "Trước khi phê \
     duyệt"]),
    (ReconciliationStage::AfterTransfer, &["Sau chuyển", "after_transfer", "Sau khi chuyển"]),
];

#[rustfmt::skip]
const METHODS: [(Method, &[&str]); 4] = [
    (Method::IdLookup, &["Tra theo số định danh", "id_lookup", "Looked up by number"]),
    (Method::PoliceOutput, &["Kết quả công an trả về", "police_output", "Result file of the police"]),
    (Method::Manual, &["Thủ công", "manual", "By hand"]),
    (Method::ToolCheck, &["Bằng công cụ", "tool_check", "By a tool"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_reference_lists_is_found() {
        let words = &Vocabulary::embedded().record_types;
        for names in &Reference::embedded().record_types {
            for alias in &names.aliases {
                assert_eq!(words.find(alias), Some(names.record_type), "{alias}");
            }
            assert_eq!(words.find(names.record_type.key()), Some(names.record_type));
        }
        assert_eq!(words.find("Thay đổi/cải chính"), Some(RecordType::Change));
        assert_eq!(words.find("KHAI SINH"), Some(RecordType::Birth));
        assert_eq!(words.find("khai thuế"), None);
        assert_eq!(words.near("khai tủ sổ"), ["Khai tử"]);
        assert!(words.near("zzzzzzzzzzzz").is_empty());
        assert_eq!(words.all().len(), RecordType::EVERY.len());
    }

    #[test]
    fn routes_and_count_units_are_found() {
        let vocabulary = Vocabulary::embedded();
        assert_eq!(vocabulary.routes.find("NĐ87"), Some(Route::Books));
        assert_eq!(
            vocabulary.routes.find("population_db"),
            Some(Route::PopulationDb)
        );
        assert_eq!(vocabulary.count_units.find("sổ"), Some(CountUnit::Book));
        assert_eq!(
            vocabulary.count_units.shown(CountUnit::Record),
            "Trường hợp"
        );
    }
}
