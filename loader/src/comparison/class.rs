//! The fields that are compared, and what a comparison can give.

/// A field of a record that both sides hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Full name of the person.
    Name,
    /// Date of birth, whole or in part.
    BirthDate,
    /// Sex.
    Sex,
    /// The personal number of twelve digits.
    PersonalNumber,
    /// Place of birth.
    BirthPlace,
    /// Place of registration; often confused with the place of birth, never compared with it.
    RegistrationPlace,
    /// Full name of the father.
    Father,
    /// Full name of the mother.
    Mother,
}

impl Field {
    /// The eight fields, in the order of the counts document.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::BirthDate,
        Self::Sex,
        Self::PersonalNumber,
        Self::BirthPlace,
        Self::RegistrationPlace,
        Self::Father,
        Self::Mother,
    ];

    /// The word in the counts document, the worklist and the conformance file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BirthDate => "birth_date",
            Self::Sex => "sex",
            Self::PersonalNumber => "personal_number",
            Self::BirthPlace => "birth_place",
            Self::RegistrationPlace => "registration_place",
            Self::Father => "father",
            Self::Mother => "mother",
        }
    }

    /// Its place in [`Field::ALL`].
    pub(super) const fn place(self) -> usize {
        self as usize
    }
}

/// What comparing one field of one pair gave, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Equal.
    Equal,
    /// Written differently, or less precisely, without contradicting each other.
    Variant,
    /// Both cannot be right.
    Contradiction,
    /// Only the civil-status record has a value.
    OnlyHotich,
    /// Only the population database has a value.
    OnlyDancu,
    /// Neither side has a value.
    None,
}

impl Class {
    /// The six classes, in the order of the counts document.
    pub const ALL: [Self; 6] = [
        Self::Equal,
        Self::Variant,
        Self::Contradiction,
        Self::OnlyHotich,
        Self::OnlyDancu,
        Self::None,
    ];

    /// The word in the counts document and the conformance file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Variant => "variant",
            Self::Contradiction => "contradiction",
            Self::OnlyHotich => "only_hotich",
            Self::OnlyDancu => "only_dancu",
            Self::None => "none",
        }
    }
}

macro_rules! differences {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $class:ident;)+) => {
        /// How two values of a field differ: the finer word of the worklist. Each belongs to one class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Difference { $($(#[$doc])* $name,)+ }

        impl Difference {
            /// Every difference.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word in the worklist and the conformance file.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }

            /// The class it is counted in.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(Self::$name => Class::$class,)+ }
            }
        }
    };
}

differences! {
    /// None, once Unicode form, case and blanks are set aside.
    Equal = "equal", Equal;
    /// Neither side has a value.
    Absent = "none", None;
    /// Only the civil-status record has a value.
    OnlyHotich = "only_hotich", OnlyHotich;
    /// Only the population database has a value.
    OnlyDancu = "only_dancu", OnlyDancu;

    /// Names: the tone on another vowel of the syllable (hoà, hòa).
    TonePlacement = "tone_placement", Variant;
    /// Names: final i for y in an open syllable (Lí, Lý).
    IForY = "i_for_y", Variant;
    /// Names: apostrophes, hyphens or blanks inside a name (H'Băng, H Băng).
    Signs = "signs", Variant;
    /// Names: a syllable shortened (Ng. Văn An).
    Abbreviation = "abbreviation", Variant;
    /// Names: one side has no marks at all, the letters are equal.
    NoMarks = "no_marks", Variant;
    /// Names: equal letters, other marks: other given names, often of brothers and sisters.
    Marks = "marks", Contradiction;
    /// Names: a syllable is missing on one side.
    MissingSyllable = "missing_syllable", Contradiction;
    /// Names: the same syllables in another order.
    Order = "order", Contradiction;
    /// Names: pairs that are heard alike (s and x, ch and tr, d, gi and r, l and n, final n and ng, c and t).
    HeardAlike = "heard_alike", Contradiction;
    /// Names: one letter of one syllable inserted, dropped, replaced or exchanged with its neighbour.
    OneLetter = "one_letter", Contradiction;
    /// Names: surname and given name are equal, the middle is not.
    Middle = "middle", Contradiction;
    /// Anything else; both sides can be read and share too little.
    Different = "different", Contradiction;

    /// Dates and places: one side is less precise, the rest is equal.
    Precision = "precision", Variant;
    /// Dates: 1 January of the same year, a default more often than a birthday.
    FirstOfJanuary = "first_of_january", Variant;
    /// Dates: the lunar day of the other side's solar day.
    Lunar = "lunar", Variant;
    /// Dates: a year of the sixty-year cycle that fits the other side's year.
    CyclicYear = "cyclic_year", Variant;
    /// Dates: day and month exchanged.
    DayMonthSwapped = "day_month_swapped", Contradiction;
    /// Dates: the next or the previous day.
    DayOffByOne = "day_off_by_one", Contradiction;
    /// Dates: the next or the previous year, as when age is counted from conception.
    YearOffByOne = "year_off_by_one", Contradiction;
    /// Dates and personal numbers: one digit is another.
    OneDigit = "one_digit", Contradiction;

    /// Places: written with other unit words, signs or spelling.
    Spelling = "spelling", Variant;
    /// Places: old and new name of a province, or one side with and one without the district level of before July 2025.
    Merger = "merger", Variant;
    /// Places: another commune or district of the same province.
    Commune = "commune", Contradiction;
    /// Places: another province, whatever the mergers.
    Province = "province", Contradiction;

    /// Personal numbers: zeros in front were lost, as spreadsheets do.
    LostZeros = "lost_zeros", Variant;
    /// A value is there that cannot be read as what it should be.
    Unreadable = "unreadable", Contradiction;
}
