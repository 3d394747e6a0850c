//! The closed lists of the reconciliation ledger: the word in files and databases, and the names shown to people.

use super::super::Text;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $key:literal, $vi:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every member, in the order of the list.
            pub const ALL: [Self; [$(Self::$variant),+].len()] = [$(Self::$variant),+];

            /// The word in files, databases and JSON.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The member of a word; `None` for any other word.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }

            /// The name shown to people.
            #[must_use]
            pub fn name(self) -> Text {
                match self { $(Self::$variant => Text::new($vi, $en),)+ }
            }
        }
    };
}

words! {
    /// What comparing one subject gave. The six outcomes partition the subjects of a batch.
    Outcome {
        /// All compared fields are equal.
        Same = "same", "khớp", "same";
        /// The same person; only spelling variants or missing values.
        SameVariant = "same_variant", "khớp, khác cách viết", "same, variant spelling";
        /// The same person with at least one contradiction.
        Differs = "differs", "sai lệch", "differs";
        /// A weak candidate or several.
        Unsure = "unsure", "chưa chắc", "unsure";
        /// No candidate.
        NotFound = "not_found", "không tìm thấy", "not found";
        /// Too little information, or outside the scope of the population database.
        NotCompared = "not_compared", "chưa đối chiếu", "not compared";
    }
}

words! {
    /// When in a record's way it was compared.
    ReconciliationStage {
        /// Before the registry office approved the record.
        BeforeApproval = "before_approval", "trước phê duyệt", "before approval";
        /// After the record was transferred to the national database.
        AfterTransfer = "after_transfer", "sau chuyển", "after transfer";
    }
}

words! {
    /// How pairs were found and compared.
    Method {
        /// The population database was asked by personal number.
        IdLookup = "id_lookup", "tra theo số định danh", "looked up by number";
        /// The other side returned a file of results.
        PoliceOutput = "police_output", "kết quả công an trả về", "result file of the police";
        /// By hand.
        Manual = "manual", "thủ công", "by hand";
        /// By a program, over records already paired.
        ToolCheck = "tool_check", "bằng công cụ", "by a tool";
    }
}

words! {
    /// What of a record is compared. Parents are fields of the child's record.
    Field {
        /// Full name.
        Name = "name", "họ tên", "name";
        /// Date of birth.
        BirthDate = "birth_date", "ngày sinh", "date of birth";
        /// Sex.
        Sex = "sex", "giới tính", "sex";
        /// Personal number.
        PersonalNumber = "personal_number", "số định danh", "personal number";
        /// Place of birth.
        BirthPlace = "birth_place", "nơi sinh", "place of birth";
        /// Place of registration.
        RegistrationPlace = "registration_place", "nơi đăng ký", "place of registration";
        /// Nationality.
        Nationality = "nationality", "quốc tịch", "nationality";
        /// Ethnicity.
        Ethnicity = "ethnicity", "dân tộc", "ethnicity";
        /// The father's name.
        Father = "father", "tên cha", "father's name";
        /// The mother's name.
        Mother = "mother", "tên mẹ", "mother's name";
        /// The spouse's name.
        Spouse = "spouse", "tên vợ hoặc chồng", "spouse's name";
        /// The date of the event.
        EventDate = "event_date", "ngày sự kiện", "date of the event";
    }
}

words! {
    /// How the two values of a field compare. The classes partition the paired subjects.
    FieldClass {
        /// Equal.
        Equal = "equal", "bằng nhau", "equal";
        /// Another way of writing the same.
        Variant = "variant", "khác cách viết", "variant";
        /// Both sides have a value, and they differ.
        Contradiction = "contradiction", "trái nhau", "contradiction";
        /// Only the civil-status record has a value.
        OnlyRegistry = "only_hotich", "chỉ hộ tịch có", "only civil status";
        /// Only the population database has a value.
        OnlyPopulation = "only_dancu", "chỉ dân cư có", "only population";
        /// No side has a value.
        Neither = "none", "cả hai trống", "neither";
    }
}

words! {
    /// Duplicates are flags beside the outcomes, not among them.
    DuplicateKind {
        /// One event is recorded twice.
        SameEventTwice = "same_event_twice", "một việc ghi hai lần", "same event twice";
        /// Two records are of one person.
        TwoRecordsOnePerson = "two_records_one_person", "hai dữ liệu một người", "two records, one person";
        /// One personal number stands for two people.
        OneNumberTwoPeople = "one_number_two_people", "một số hai người", "one number, two people";
        /// One person has two personal numbers.
        TwoNumbersOnePerson = "two_numbers_one_person", "hai số một người", "two numbers, one person";
    }
}

words! {
    /// Whose move it is.
    Owner {
        /// The commune's registry office.
        JusticeCommune = "justice_commune", "tư pháp xã", "commune registry";
        /// The provincial department of justice.
        JusticeProvince = "justice_province", "Sở Tư pháp", "province's justice department";
        /// The police, who keep the population database.
        Police = "police", "công an", "police";
        /// The citizen, who has to bring a paper.
        Citizen = "citizen", "người dân", "citizen";
        /// The contractor who typed the books.
        Vendor = "vendor", "nhà thầu", "contractor";
        /// A court, or the procedure of rectification.
        Court = "court_or_rectification", "tòa án hoặc thủ tục cải chính", "court or rectification";
    }
}

words! {
    /// What became of open differences in a week.
    Move {
        /// Found.
        Opened = "opened", "mới phát sinh", "opened";
        /// Handed to another owner.
        PassedOut = "passed_out", "chuyển đi", "passed on";
        /// Taken over from another owner.
        PassedIn = "passed_in", "nhận chuyển đến", "taken over";
        /// Sent back to the owner before.
        ReturnedOut = "returned_out", "trả lại", "sent back";
        /// Come back.
        ReturnedIn = "returned_in", "bị trả về", "come back";
        /// Settled.
        Resolved = "resolved", "đã giải quyết", "resolved";
        /// Open again after it was settled.
        Reopened = "reopened", "mở lại", "reopened";
        /// Given up, for instance because the book cannot be read.
        Closed = "closed", "không giải quyết được", "closed unresolvable";
    }
}

words! {
    /// What a settled difference says is to be repaired.
    Resolution {
        /// A typing error was corrected.
        TypingError = "typing_error_fixed", "sửa lỗi nhập", "typing error fixed";
        /// The paper book is wrong.
        BookWrong = "book_itself_wrong", "sổ gốc sai", "the book itself is wrong";
        /// The population side was corrected.
        PopulationFixed = "population_fixed", "sửa phía dân cư", "population side fixed";
        /// Both are right: a lawful change of name, a marriage, an adoption.
        BothRight = "both_right_explained", "cả hai đúng, có lý do", "both right, explained";
        /// A personal number was assigned.
        NumberAssigned = "number_assigned", "đã gán số định danh", "number assigned";
        /// A duplicate was merged.
        DuplicateMerged = "duplicate_merged", "đã gộp trùng", "duplicate merged";
        /// Rectified by the legal procedure.
        Rectified = "rectified_by_procedure", "cải chính theo thủ tục", "rectified by procedure";
        /// The two were never the same person.
        WrongPair = "wrong_pair", "ghép nhầm người", "wrong pair";
    }
}

words! {
    /// Why the civil-status database has records that the population database has not linked.
    Explained {
        /// Sent and not answered yet.
        InTransit = "in_transit", "đang gửi", "in transit";
        /// Refused by the other side.
        Rejected = "rejected", "bị từ chối", "rejected";
        /// The person has no personal number yet.
        NoNumberYet = "no_number_yet", "chưa có số định danh", "no number yet";
        /// Died before the population database, or left the country.
        DiedOrLeft = "died_or_left", "đã mất hoặc ra nước ngoài", "died or left";
        /// Registered in another province.
        RegisteredElsewhere = "registered_elsewhere", "đăng ký nơi khác", "registered elsewhere";
        /// The civil-status database has the event twice.
        DuplicateInRegistry = "duplicate_in_hotich", "trùng phía hộ tịch", "duplicate in civil status";
        /// Another reason that is known.
        Other = "other_explained", "lý do khác đã rõ", "other, explained";
    }
}

words! {
    /// The way of a message between the two databases.
    Direction {
        /// From civil status to population.
        RegistryToPopulation = "ht_dc", "hộ tịch → dân cư", "civil status → population";
        /// From population to civil status.
        PopulationToRegistry = "dc_ht", "dân cư → hộ tịch", "population → civil status";
    }
}

words! {
    /// What the entries of an audited lot are compared with.
    AuditBasis {
        /// The paper book.
        PaperBook = "paper_book", "sổ giấy", "the paper book";
        /// The scanned page.
        Image = "image", "ảnh quét", "the scanned page";
        /// The national population database.
        Population = "population", "CSDL dân cư", "the population database";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_member() {
        for field in Field::ALL {
            assert_eq!(Field::from_key(field.key()), Some(field));
        }
        for owner in Owner::ALL {
            assert_eq!(Owner::from_key(owner.key()), Some(owner));
        }
        assert_eq!(Outcome::from_key("sane"), None);
        assert_eq!(Field::Father.name().vi, "tên cha");
    }
}
