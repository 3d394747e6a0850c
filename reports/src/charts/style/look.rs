//! Colours, the scale of shares, and lines.
//!
//! Colours come from the palette for colour-blind readers by Okabe and Ito (2008), darkened or lightened so that the
//! main lines also differ in lightness; where two could still be confused, the dash or the marker differs too.

use plotters::style::RGBColor;

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
