//! What a count is split by: the kind of event, the route of the work and the unit counted in.
//!
//! Each list is closed. The numbers are the codes both databases keep; they never change their meaning.

use serde::{Deserialize, Serialize};

macro_rules! closed_list {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal, $key:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every member, in the order of the list.
            pub const EVERY: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in files, addresses and JSON.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The number kept in the databases.
            #[must_use]
            pub const fn code(self) -> i16 {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The member of a word; `None` for any other word.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }

            /// The member of a database number; `None` for any other number.
            #[must_use]
            pub const fn from_code(code: i16) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

closed_list! {
    /// The kind of registered event, from the Law on Civil Status 60/2014/QH13 art. 3 and the lists provinces really use.
    RecordType {
        /// All kinds together (Tổng hợp): the figure is not split.
        All = 0, "all";
        /// Khai sinh.
        Birth = 1, "birth";
        /// Kết hôn.
        Marriage = 2, "marriage";
        /// Khai tử.
        Death = 3, "death";
        /// Nhận cha, mẹ, con.
        ParentChild = 4, "parent_child";
        /// Nuôi con nuôi.
        Adoption = 5, "adoption";
        /// Giám hộ.
        Guardianship = 6, "guardianship";
        /// Chấm dứt giám hộ.
        GuardianshipEnd = 7, "guardianship_end";
        /// Xác nhận tình trạng hôn nhân.
        MaritalStatus = 8, "marital_status";
        /// Thay đổi, cải chính, bổ sung hộ tịch, xác định lại dân tộc.
        Change = 9, "change";
        /// Ghi chú ly hôn, hủy kết hôn.
        Divorce = 10, "divorce";
        /// Việc hộ tịch khác.
        Other = 11, "other";
    }
}

closed_list! {
    /// The way by which a record reaches the national database.
    Route {
        /// Both ways together: the figure is not split.
        All = 0, "all";
        /// Decree 87/2020: scan, type, check and transfer from the books.
        Books = 1, "books";
        /// Procedure 1292: typed on top of the population database, returned by its owner, then transferred.
        PopulationDb = 2, "population_db";
    }
}

closed_list! {
    /// What is counted. Never converted into one another: the measured ratios differ by a factor of eight.
    CountUnit {
        /// Sổ.
        Book = 0, "book";
        /// Trang.
        Page = 1, "page";
        /// Trường hợp, dữ liệu.
        Record = 2, "record";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_are_one_to_one() {
        for kind in RecordType::EVERY {
            assert_eq!(RecordType::from_key(kind.key()), Some(*kind));
            assert_eq!(RecordType::from_code(kind.code()), Some(*kind));
        }
        for route in Route::EVERY {
            assert_eq!(Route::from_code(route.code()), Some(*route));
        }
        for unit in CountUnit::EVERY {
            assert_eq!(CountUnit::from_code(unit.code()), Some(*unit));
        }
        assert_eq!(RecordType::from_code(99), None);
    }
}
