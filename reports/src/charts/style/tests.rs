use chrono::NaiveDate;
use plotters::style::RGBColor;
use store::domain::Language;

use super::{
    DEADLINE, ENTERED, ENTERED_BAR, INK, MUTED, PAPER, PUBLISHED, SYNTHETIC, TRANSFERRED, moment,
    month, quarter, real,
};

#[test]
fn real_numbers_follow_the_language() {
    assert_eq!(real(Language::Vi, 1234.5, 1), "1.234,5");
    assert_eq!(real(Language::En, 1234.5, 1), "1,234.5");
    assert_eq!(real(Language::Vi, 2.5, 0), "2");
    assert_eq!(real(Language::En, -0.25, 2), "−0.25");
    assert_eq!(real(Language::En, 1e30, 0).len(), 31);
}

#[test]
fn moments_are_those_of_viet_nam() {
    let midnight = "2025-05-20T18:30:00Z".parse().unwrap();
    assert_eq!(moment(Language::Vi, midnight), "21/05/2025 01:30");
    assert_eq!(moment(Language::En, midnight), "21 May 2025 01:30");
}

#[test]
fn months_and_quarters_have_short_names() {
    let day = NaiveDate::from_ymd_opt(2025, 11, 3).unwrap();
    assert_eq!(month(Language::Vi, day), "Th11");
    assert_eq!(month(Language::En, day), "Nov");
    assert_eq!(quarter(Language::Vi, day), "Quý IV");
    assert_eq!(quarter(Language::En, day), "Q4");
}

/// Relative luminance on a scale of 0 to 100, by the formula of WCAG 2.2.
fn luminance(colour: RGBColor) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    100.0 * (0.2126 * channel(colour.0) + 0.7152 * channel(colour.1) + 0.0722 * channel(colour.2))
}

fn contrast(one: RGBColor, two: RGBColor) -> f64 {
    let (one, two) = (luminance(one) + 5.0, luminance(two) + 5.0);
    one.max(two) / one.min(two)
}

#[test]
fn text_stands_out_from_the_paper() {
    for colour in [INK, MUTED, DEADLINE, PUBLISHED, SYNTHETIC, TRANSFERRED] {
        assert!(contrast(colour, PAPER) >= 4.5, "{colour:?}");
    }
}

#[test]
fn main_lines_and_bars_differ_in_greyscale() {
    for (one, two) in [
        (INK, ENTERED),
        (TRANSFERRED, ENTERED),
        (TRANSFERRED, ENTERED_BAR),
    ] {
        assert!(contrast(one, two) >= 3.0, "{one:?} {two:?}");
    }
    assert!(contrast(ENTERED_BAR, PAPER) >= 1.6);
}
