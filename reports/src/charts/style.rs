//! The one place of sizes, fonts, colours, and of the way numbers and dates are written on charts.
//!
//! Colours come from the palette for colour-blind readers by Okabe and Ito (2008), darkened or lightened so that the
//! main lines also differ in lightness; where two could still be confused, the dash or the marker differs too.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};
use plotters::style::RGBColor;
use store::domain::{Count, CountUnit, Language};

/// The size of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartSize {
    /// 1200 pixels wide: a page, a slide, a projector.
    #[default]
    Full,
    /// 640 pixels wide: one of several on a page, or a telephone.
    Compact,
}

impl ChartSize {
    /// The width in pixels.
    #[must_use]
    pub const fn width_px(self) -> u32 {
        match self {
            Self::Full => 1200,
            Self::Compact => 640,
        }
    }

    /// The height in pixels of charts that do not grow with their rows.
    #[must_use]
    pub const fn height_px(self) -> u32 {
        match self {
            Self::Full => 640,
            Self::Compact => 460,
        }
    }

    /// The empty edge around everything.
    pub(crate) const fn margin(self) -> f64 {
        match self {
            Self::Full => 36.0,
            Self::Compact => 20.0,
        }
    }

    pub(crate) const fn title(self) -> Face {
        match self {
            Self::Full => Face::bold(23.0),
            Self::Compact => Face::bold(17.0),
        }
    }

    pub(crate) const fn headline(self) -> Face {
        match self {
            Self::Full => Face::regular(16.0),
            Self::Compact => Face::regular(13.0),
        }
    }

    pub(crate) const fn definition(self) -> Face {
        match self {
            Self::Full => Face::regular(13.0),
            Self::Compact => Face::regular(12.0),
        }
    }

    /// How many steps the value axis should have, about.
    pub(crate) const fn value_steps(self) -> f64 {
        match self {
            Self::Full => 6.0,
            Self::Compact => 4.0,
        }
    }
}

/// The widest picture that is drawn: an A0 poster at 300 dots per inch is 14,043 pixels wide.
pub(crate) const WIDEST_PX: u32 = 14_043;

/// The font of every chart; it has all letters of Vietnamese.
pub(crate) const FONT_FAMILY: &str = "Noto Sans";

/// Room kept around measured text for readers whose browser has another sans-serif font, as a factor of its width.
pub(crate) const TEXT_SLACK: f64 = 1.03;

/// The distance between two lines of text as a factor of its size.
pub(crate) const LINE_HEIGHT: f64 = 1.42;

/// The height above the base line that capital letters with two marks, such as Ấ, reach, as a factor of the size.
pub(crate) const ASCENT: f64 = 1.07;

/// The depth below the base line that letters with a dot below, such as ạ, reach, as a factor of the size.
pub(crate) const DESCENT: f64 = 0.30;

/// Half the height of a capital letter, as a factor of the size: what centres a line of text on a place.
pub(crate) const HALF_CAPITAL: f64 = 0.357;

/// How thick letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
    Italic,
}

/// A size and weight of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Face {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
}

impl Face {
    pub(crate) const fn regular(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
        }
    }

    pub(crate) const fn bold(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Bold,
        }
    }

    pub(crate) const fn italic(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Italic,
        }
    }

    /// The distance between two lines of this text.
    pub(crate) const fn line(self) -> f64 {
        self.size * LINE_HEIGHT
    }
}

pub(crate) const AXIS_FACE: Face = Face::regular(12.5);
pub(crate) const LEGEND_FACE: Face = Face::regular(13.0);
pub(crate) const VALUE_FACE: Face = Face::bold(13.0);
pub(crate) const NAME_FACE: Face = Face::regular(13.0);
pub(crate) const ABSENT_FACE: Face = Face::italic(12.0);
pub(crate) const MARK_FACE: Face = Face::regular(11.5);
pub(crate) const FOOT_FACE: Face = Face::regular(11.5);
pub(crate) const BADGE_FACE: Face = Face::bold(12.0);
pub(crate) const EMPTY_FACE: Face = Face::regular(16.0);

/// A step of a scale from light to dark, with ink that is read on it.
pub(crate) struct Shade {
    /// The share it reaches up to, exclusive.
    pub(crate) below: f64,
    pub(crate) fill: RGBColor,
    pub(crate) ink: RGBColor,
    pub(crate) words: (&'static str, &'static str),
}

/// The scale of shares: one hue that darkens evenly, so that it stays in order in greyscale.
pub(crate) const SHADES: [Shade; 5] = [
    Shade {
        below: 0.5,
        fill: RGBColor(0xE3, 0xEE, 0xF7),
        ink: INK,
        words: ("dưới 50%", "below 50%"),
    },
    Shade {
        below: 0.75,
        fill: RGBColor(0xB4, 0xD3, 0xEA),
        ink: INK,
        words: ("50 – 75%", "50 – 75%"),
    },
    Shade {
        below: 0.9,
        fill: RGBColor(0x74, 0xAE, 0xD6),
        ink: INK,
        words: ("75 – 90%", "75 – 90%"),
    },
    Shade {
        below: 0.995,
        fill: RGBColor(0x1F, 0x6C, 0xA8),
        ink: PAPER,
        words: ("90 – 99,5%", "90 – 99.5%"),
    },
    Shade {
        below: f64::INFINITY,
        fill: RGBColor(0x04, 0x2F, 0x54),
        ink: PAPER,
        words: ("hoàn thành (từ 99,5%)", "done (99.5% or more)"),
    },
];

pub(crate) const PAPER: RGBColor = RGBColor(255, 255, 255);
pub(crate) const INK: RGBColor = RGBColor(0x1B, 0x1F, 0x24);
pub(crate) const MUTED: RGBColor = RGBColor(0x56, 0x60, 0x6B);
pub(crate) const GRID: RGBColor = RGBColor(0xE4, 0xE8, 0xEC);
pub(crate) const AXIS: RGBColor = RGBColor(0x8A, 0x95, 0xA1);
pub(crate) const TRANSFERRED: RGBColor = RGBColor(0x00, 0x4F, 0x86);
pub(crate) const ENTERED: RGBColor = RGBColor(0xE0, 0x8A, 0x00);
pub(crate) const ENTERED_BAR: RGBColor = RGBColor(0x9F, 0xCB, 0xEA);
pub(crate) const ZEBRA: RGBColor = RGBColor(0xF3, 0xF5, 0xF8);
pub(crate) const HATCH: RGBColor = RGBColor(0xC3, 0xCA, 0xD2);
pub(crate) const DEADLINE: RGBColor = RGBColor(0xB3, 0x26, 0x1E);
pub(crate) const PUBLISHED: RGBColor = RGBColor(0x7B, 0x2D, 0x8E);
pub(crate) const CAMPAIGN: RGBColor = RGBColor(0x1E, 0x7D, 0x5A);
pub(crate) const CAMPAIGN_BAND: RGBColor = RGBColor(0xE3, 0xF2, 0xEA);
pub(crate) const TET_BAND: RGBColor = RGBColor(0xF6, 0xEA, 0xDC);
pub(crate) const SYNTHETIC: RGBColor = RGBColor(0xA3, 0x1D, 0x16);

/// How much of the paper the forecast fan covers.
pub(crate) const FAN_OPACITY: f64 = 0.18;

/// A line: its colour, width in pixels and dashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) colour: RGBColor,
    pub(crate) width: f64,
    /// Lengths of dash and gap in pixels, as SVG writes them; empty is a whole line.
    pub(crate) dash: &'static str,
}

impl Stroke {
    const fn new(colour: RGBColor, width: f64, dash: &'static str) -> Self {
        Self {
            colour,
            width,
            dash,
        }
    }
}

pub(crate) const GRID_LINE: Stroke = Stroke::new(GRID, 1.0, "");
pub(crate) const AXIS_LINE: Stroke = Stroke::new(AXIS, 1.0, "");
pub(crate) const TOTAL_LINE: Stroke = Stroke::new(INK, 2.0, "");
pub(crate) const TOTAL_AHEAD_LINE: Stroke = Stroke::new(INK, 1.2, "2 4");
pub(crate) const ENTERED_LINE: Stroke = Stroke::new(ENTERED, 2.2, "");
pub(crate) const TRANSFERRED_LINE: Stroke = Stroke::new(TRANSFERRED, 3.2, "");
pub(crate) const ESTIMATE_LINE: Stroke = Stroke::new(TRANSFERRED, 2.2, "8 4");
pub(crate) const MEDIAN_LINE: Stroke = Stroke::new(TRANSFERRED, 2.4, "2.4 3.6");
pub(crate) const ENTERED_GAP_LINE: Stroke = Stroke::new(ENTERED, 1.2, "2 4");
pub(crate) const TRANSFERRED_GAP_LINE: Stroke = Stroke::new(TRANSFERRED, 1.2, "2 4");
pub(crate) const GAP_LINE: Stroke = Stroke::new(MUTED, 1.2, "2 4");
pub(crate) const LEADER_LINE: Stroke = Stroke::new(AXIS, 1.0, "1 3");
pub(crate) const AS_OF_LINE: Stroke = Stroke::new(MUTED, 1.0, "");
pub(crate) const DEADLINE_LINE: Stroke = Stroke::new(DEADLINE, 1.8, "7 4");
pub(crate) const PUBLISHED_LINE: Stroke = Stroke::new(PUBLISHED, 1.8, "");
pub(crate) const REFERENCE_LINE: Stroke = Stroke::new(DEADLINE, 1.4, "5 3");
pub(crate) const CARRIED_LINE: Stroke = Stroke::new(TRANSFERRED, 1.2, "3 2");
pub(crate) const CARRIED_STRIPE: Stroke = Stroke::new(TRANSFERRED, 1.2, "");
pub(crate) const CARRIED_MARK: Stroke = Stroke::new(MUTED, 1.4, "2.2 1.7");
pub(crate) const DONE_MARK: Stroke = Stroke::new(CAMPAIGN, 2.2, "");
pub(crate) const CORRECTED_MARK: Stroke = Stroke::new(DEADLINE, 1.6, "");
pub(crate) const MISSING_MARK: Stroke = Stroke::new(DEADLINE, 2.0, "");
pub(crate) const LATE_MARK: Stroke = Stroke::new(AXIS, 1.0, "");
pub(crate) const HATCH_LINE: Stroke = Stroke::new(HATCH, 1.0, "");
pub(crate) const BADGE_LINE: Stroke = Stroke::new(SYNTHETIC, 1.4, "");

/// The zone in which moments are shown: `Asia/Ho_Chi_Minh` has been seven hours ahead, without summer time, since 1975.
const SECONDS_EAST: i32 = 7 * 3600;

/// A moment to the minute in Viet Nam: `18/02/2025 08:30` in Vietnamese, `18 Feb 2025 08:30` in English.
pub(crate) fn moment(language: Language, moment: DateTime<Utc>) -> String {
    let local = FixedOffset::east_opt(SECONDS_EAST).map_or_else(
        || moment.naive_utc(),
        |zone| moment.with_timezone(&zone).naive_local(),
    );
    format!("{} {}", language.date(local.date()), local.format("%H:%M"))
}

/// A month without its year: `Th2` in Vietnamese, `Feb` in English.
pub(crate) fn month(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Vi => format!("Th{}", day.month()),
        Language::En => {
            let date = language.date(day);
            date.split(' ').nth(1).unwrap_or_default().to_owned()
        }
    }
}

/// A month with its year, short: `02/2025` in Vietnamese, `Feb 2025` in English.
pub(crate) fn month_and_year(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Vi => day.format("%m/%Y").to_string(),
        Language::En => format!("{} {}", month(language, day), day.year()),
    }
}

/// A quarter without its year: `Quý I` in Vietnamese, `Q1` in English.
pub(crate) fn quarter(language: Language, day: NaiveDate) -> String {
    let (roman, arabic) = match day.month0() / 3 {
        0 => ("Quý I", "Q1"),
        1 => ("Quý II", "Q2"),
        2 => ("Quý III", "Q3"),
        _ => ("Quý IV", "Q4"),
    };
    language.pick(roman, arabic).to_owned()
}

/// A real number with a fixed number of decimals, written as the language does.
pub(crate) fn real(language: Language, value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    // A whole part too long to group is longer than any count; it is shown ungrouped rather than not at all.
    let whole = whole
        .parse()
        .map_or_else(|_| whole.to_owned(), |number| language.whole(number));
    let sign = if value < 0.0 { "−" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{}{fraction}", language.pick(",", "."))
    }
}

/// A count that a forecast gives as a real number, rounded to the nearest whole one; empty where it is not a number.
pub(crate) fn forecast_count(language: Language, value: f64) -> String {
    Count::from_f64(value).map_or_else(String::new, |count| language.count(count))
}

/// What an axis counts in, so that its numbers stay short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Magnitude {
    One,
    Thousand,
    Million,
    Billion,
}

impl Magnitude {
    /// The magnitude that suits an axis reaching up to `most`.
    pub(crate) fn of(most: f64) -> Self {
        match most {
            most if most >= 2e9 => Self::Billion,
            most if most >= 2e6 => Self::Million,
            most if most >= 1e4 => Self::Thousand,
            _ => Self::One,
        }
    }

    /// What one step of the magnitude stands for.
    pub(crate) const fn divisor(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Thousand => 1e3,
            Self::Million => 1e6,
            Self::Billion => 1e9,
        }
    }

    /// The magnitude and the thing counted, as the axis is headed: "triệu trường hợp", "million records".
    pub(crate) fn heading(self, language: Language, count_unit: CountUnit) -> String {
        let word = match self {
            Self::One => "",
            Self::Thousand => language.pick("nghìn ", "thousand "),
            Self::Million => language.pick("triệu ", "million "),
            Self::Billion => language.pick("tỷ ", "billion "),
        };
        format!("{word}{}", things(language, count_unit))
    }
}

/// The word for what is counted, in the plural.
pub(crate) const fn things(language: Language, count_unit: CountUnit) -> &'static str {
    match count_unit {
        CountUnit::Book => language.pick("sổ", "books"),
        CountUnit::Page => language.pick("trang", "pages"),
        CountUnit::Record => language.pick("trường hợp", "records"),
    }
}
