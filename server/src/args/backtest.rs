//! Options of `sohoa backtest`.

use std::path::PathBuf;

use clap::Args;
use reports::backtest::OriginRange;

use super::{Format, Lang};

/// `sohoa backtest`.
#[derive(Debug, Args)]
pub struct Backtest {
    /// CSV files with the columns `unit`, `week_ending`, `cumulative` and `total`. A file may be followed by its own origins
    /// and thresholds, as in us.csv@6:48:2 or fed.csv@40:140:4@0.25,0.5.
    #[arg(long, value_name = "FILE[@ORIGINS[@SHARES]]", value_parser = parse_series, num_args = 1.., required = true)]
    pub series: Vec<Series>,
    /// Shares of the total whose dates are forecast; 0.5,0.6,0.7,0.8,0.9 where none are given.
    #[arg(long, value_name = "SHARES", value_delimiter = ',')]
    pub thresholds: Vec<f64>,
    /// Weeks in which forecasts are made, from:to:step, counted from the first date of the file; every fourth week from the
    /// sixth to three before the end where none are given.
    #[arg(long, value_name = "FROM:TO:STEP", value_parser = parse_origins)]
    pub origins: Option<OriginRange>,
    /// How the scores are written: text, json or csv.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// The language of the table.
    #[command(flatten)]
    pub lang: Lang,
}

/// A file with what is asked of it alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The file.
    pub file: PathBuf,
    /// Its origins; `None` are those of all.
    pub origins: Option<OriginRange>,
    /// Its thresholds; empty are those of all.
    pub thresholds: Vec<f64>,
}

fn parse_series(text: &str) -> Result<Series, String> {
    let mut parts = text.split('@');
    let file = parts.next().unwrap_or_default();
    let origins = parts.next().map(parse_origins).transpose()?;
    let shares = parts
        .next()
        .map(|shares| shares.split(',').map(str::parse).collect());
    let thresholds: Result<Vec<f64>, _> = shares.unwrap_or_else(|| Ok(Vec::new()));
    match (thresholds, parts.next()) {
        (Ok(thresholds), None) if !file.is_empty() => Ok(Series {
            file: PathBuf::from(file),
            origins,
            thresholds,
        }),
        _ => Err("a file, its origins and its thresholds as fed.csv@40:140:4@0.25,0.5".to_owned()),
    }
}

fn parse_origins(text: &str) -> Result<OriginRange, String> {
    let weeks: Vec<u16> = text
        .split(':')
        .filter_map(|week| week.parse().ok())
        .collect();
    match weeks.as_slice() {
        [from, to, step] if *step > 0 && from <= to && text.split(':').count() == 3 => {
            Ok(OriginRange {
                from: *from,
                to: *to,
                step: *step,
            })
        }
        _ => Err("three week numbers as from:to:step, such as 6:48:2".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_carry_its_own_origins_and_thresholds() {
        let (from, to, step) = (40, 140, 4);
        let full = parse_series("a/fed.csv@40:140:4@0.25,0.5").unwrap();
        assert_eq!(full.file, PathBuf::from("a/fed.csv"));
        assert_eq!(full.origins, Some(OriginRange { from, to, step }));
        assert_eq!(full.thresholds, [0.25, 0.5]);
        let plain = parse_series("us.csv").unwrap();
        assert_eq!((plain.origins, plain.thresholds.len()), (None, 0));
        for wrong in [
            "",
            "@6:48:2",
            "us.csv@6",
            "us.csv@6:48:2@x",
            "us.csv@6:48:2@0.5@1",
        ] {
            assert!(parse_series(wrong).is_err(), "{wrong}");
        }
    }
}
