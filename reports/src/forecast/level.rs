//! The level of the rate: how far a unit moves along its law in a full working week, learnt from its own reports and from
//! the panel, for every week of the past at once.

use super::expert::Memory;
use super::fading::Level;
use super::law::Law;
use super::number::real;
use super::track::Track;

/// A step above this many times the level is a bulk upload: it counts in full in the count, capped in the level.
const BULK: f64 = 6.0;
/// What a report still weighs in the line through the whole history after one more report: half of it after a year.
const KEPT: f64 = 0.987;
/// A unit that has not reported for so many weeks says nothing of how fast the others are.
const SILENT: f64 = 26.0;
/// A unit at this share has next to nothing left, and its level says nothing of the others'.
const NEARLY_DONE: f64 = 0.99;

/// The own level of a unit as it was known at the end of a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OwnLevel {
    /// The level.
    pub(crate) level: Level,
    /// The full working weeks it was learnt from.
    pub(crate) weeks: f64,
}

/// The levels of a panel under one law and memory.
pub(crate) struct Levels {
    /// By unit and week; `None` before the second report.
    pub(crate) own: Vec<Vec<Option<OwnLevel>>>,
    /// The mean level of all units at work, by week; 0 while there is none.
    pub(crate) panel: Vec<Level>,
    /// The positions of the marks under the law, by unit and week.
    pub(crate) positions: Vec<Vec<Option<f64>>>,
    memory: Memory,
}

/// What is kept of a unit from one report to the next.
#[derive(Clone, Copy, Default)]
struct Running {
    last: Option<(f64, f64)>,
    own: Option<OwnLevel>,
    share: f64,
    /// The week of its last report.
    reported: f64,
    line: [f64; 5],
}

impl Levels {
    /// Walks through the weeks of all tracks once.
    pub(crate) fn of(tracks: &[Track], law: &Law, memory: Memory) -> Self {
        let weeks = tracks.first().map_or(0, |track| track.marks.len());
        let place = |track: &Track| -> Vec<Option<f64>> {
            let marks = track.marks.iter();
            marks
                .map(|mark| Some(law.position((*mark)?.share)))
                .collect()
        };
        let mut levels = Self {
            own: vec![Vec::with_capacity(weeks); tracks.len()],
            panel: Vec::with_capacity(weeks),
            positions: tracks.iter().map(place).collect(),
            memory,
        };
        let mut running = vec![Running::default(); tracks.len()];
        let mut usual = Level::default();
        for week in 0..weeks {
            for ((unit, track), positions) in running.iter_mut().zip(tracks).zip(&levels.positions)
            {
                let position = positions.get(week).copied().flatten();
                if let Some((mark, position)) = track.at(week).zip(position) {
                    unit.share = mark.share;
                    unit.reported = real(week);
                    let slope = law.factor(mark.share);
                    unit.draw(real(week), position, slope * slope);
                    unit.step(mark.clock, position, memory, usual.now);
                }
            }
            usual = panel_level(&running, real(week));
            levels.panel.push(usual);
            for (own, unit) in levels.own.iter_mut().zip(&running) {
                own.push(unit.own);
            }
        }
        levels
    }

    /// The level of a unit at the end of a week with so many weeks of the panel's mixed in.
    ///
    /// A unit with few reports leans on the others, and one that has just stalled or started is not taken at its word. 0
    /// where neither it nor any other has a level.
    pub(crate) fn pooled(&self, unit: usize, week: usize, pooled_weeks: f64) -> Level {
        let panel = self.panel.get(week).copied().unwrap_or_default();
        let own = self
            .own
            .get(unit)
            .and_then(|own| own.get(week).copied().flatten());
        let Some(own) = own else { return panel };
        let mixed = |memory: Memory, level: f64, panel: f64| {
            let weeks = own.weeks.min(memory.own_weeks());
            (weeks * level + pooled_weeks * panel) / (weeks + pooled_weeks)
        };
        Level {
            now: mixed(self.memory, own.level.now, panel.now),
            lasting: mixed(Memory::Whole, own.level.lasting, panel.lasting),
        }
    }
}

/// The mean level of the units that are at work.
fn panel_level(running: &[Running], week: f64) -> Level {
    let at_work = running
        .iter()
        .filter(|unit| unit.share < NEARLY_DONE && week - unit.reported <= SILENT);
    let levels = at_work.filter_map(|unit| Some(unit.own?.level));
    let none = (Level::default(), 0.0_f64);
    let (sum, count) = levels.fold(none, |(sum, count), level| {
        let sum = Level {
            now: sum.now + level.now,
            lasting: sum.lasting + level.lasting,
        };
        (sum, count + 1.0)
    });
    sum.times(1.0 / count.max(1.0))
}

impl Running {
    /// Adds a point to the weighted line through the history.
    fn draw(&mut self, week: f64, position: f64, weight: f64) {
        self.line = self.line.map(|sum| KEPT * sum);
        let terms = [1.0, week, position, week * week, week * position];
        for (sum, term) in self.line.iter_mut().zip(terms) {
            *sum += weight * term;
        }
    }

    /// The slope of that line; `None` where it has one point only.
    fn slope(&self) -> Option<f64> {
        let [weight, week, position, week_week, week_position] = self.line;
        let spread = weight * week_week - week * week;
        let known = spread > 1e-12 * weight * week_week;
        known.then(|| ((weight * week_position - week * position) / spread).max(0.0))
    }

    fn step(&mut self, clock: f64, position: f64, memory: Memory, usual: f64) {
        let Some((before, from)) = self.last.replace((clock, position)) else {
            return;
        };
        let worked = clock - before;
        if worked <= 0.0 {
            return;
        }
        let rate = (position - from) / worked;
        let weeks = self.own.map_or(0.0, |own| own.weeks) + worked;
        let lasting = self.slope().unwrap_or(rate);
        let now = match memory {
            Memory::Whole => lasting,
            Memory::Recent(newest) => {
                let level = self.own.map_or(usual, |own| own.level.now);
                let most = BULK * level.max(usual);
                let rate = if most > 0.0 { rate.min(most) } else { rate };
                let kept = 1.0 - newest;
                let is_ordinary = worked.to_bits() == 1.0_f64.to_bits();
                let kept = if is_ordinary {
                    kept
                } else {
                    libm::pow(kept, worked)
                };
                let weight = (1.0 - kept).max(worked / weeks);
                level + weight * (rate - level)
            }
        };
        let level = Level { now, lasting };
        self.own = Some(OwnLevel { level, weeks });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::law::laws;
    use crate::forecast::track::{Report, Subject};
    use crate::forecast::working::WorkingWeeks;

    fn track(counts: &[f64]) -> Track {
        let weeks = i64::try_from(counts.len()).unwrap();
        let reports = (1 - weeks..=0).zip(counts);
        let subject = Subject {
            purpose: 0,
            reports: reports
                .map(|(week, done)| Report { week, done: *done })
                .collect(),
            totals: Vec::new(),
            total: 1000.0,
        };
        Track::of(&subject, counts.len(), &WorkingWeeks::ordinary())
    }

    #[test]
    fn a_steady_rate_is_its_own_level_under_every_memory() {
        let counts: Vec<f64> = (0..10).map(|week| 50.0 * f64::from(week)).collect();
        for memory in [Memory::Recent(0.3), Memory::Whole] {
            let levels = Levels::of(&[track(&counts)], &laws()[0], memory);
            let level = levels.pooled(0, 9, 20.0);
            for level in [level.now, level.lasting] {
                assert!((level - 0.05).abs() < 1e-9, "{memory:?} {level}");
            }
        }
    }

    #[test]
    fn the_panels_level_is_mixed_in_by_weeks() {
        let tracks = [
            track(&[0.0, 60.0, 120.0, 180.0]),
            track(&[0.0, 20.0, 40.0, 60.0]),
        ];
        let levels = Levels::of(&tracks, &laws()[0], Memory::Whole);
        // Three own weeks at 0.06 and six of the panel's 0.04.
        assert!((levels.pooled(0, 3, 6.0).now - 0.42 / 9.0).abs() < 1e-9);
    }

    #[test]
    fn a_bulk_upload_is_capped_in_the_level() {
        let mut counts: Vec<f64> = (0..10).map(f64::from).collect();
        counts.push(900.0);
        let levels = Levels::of(&[track(&counts)], &laws()[0], Memory::Recent(0.3));
        // Six times the usual 0.001, weighing 0.3: 0.001 + 0.3 · 0.005.
        let level = levels.own[0][10].unwrap().level.now;
        assert!((level - 0.0025).abs() < 1e-9, "{level}");
    }
}
