//! Several series side by side, and their mean.

use super::measure::MethodScores;
use super::run::Backtest;

/// The backtests of several series, in the order in which they were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Panels {
    /// Each series by its name.
    pub panels: Vec<(String, Backtest)>,
}

impl Panels {
    /// The scores of every method over all series, each series weighing the same however many units it has: errors of the
    /// units of one programme are nearly one event.
    #[must_use]
    pub fn mean(&self) -> Vec<MethodScores> {
        let Some((_, first)) = self.panels.first() else {
            return Vec::new();
        };
        let of_method = |place: usize| {
            let panels = self.panels.iter();
            let scores: Vec<&MethodScores> = panels
                .filter_map(|(_, backtest)| backtest.methods.get(place))
                .collect();
            MethodScores::mean(&scores)
        };
        (0..first.methods.len()).filter_map(of_method).collect()
    }
}
