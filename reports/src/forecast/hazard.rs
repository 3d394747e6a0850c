//! How soon a unit that stands still begins again, learnt from the standstills of the panel.

use super::method::{DONE_SHARE, START_HAZARD};
use super::number::real;
use super::reporter::STANDSTILL;
use super::track::Track;

/// The weeks of standstill that the prior counts for: five beginnings at [`START_HAZARD`].
const PRIOR_WEEKS: f64 = 100.0;

/// The chance of beginning in a week: the beginnings after a standstill among the working weeks that units stood still,
/// blended with the prior. A unit that is done stands still for good and is not looked at.
pub(crate) fn start_hazard(tracks: &[Track]) -> f64 {
    let (mut begun, mut stood) = (0.0, 0.0);
    for track in tracks {
        let mut marks = track.marks.iter().flatten();
        let Some(mut last) = marks.next() else {
            continue;
        };
        let mut still = 0.0;
        for mark in marks.take_while(|mark| mark.share < DONE_SHARE) {
            let worked = mark.clock - last.clock;
            if still >= STANDSTILL {
                stood += worked;
                begun += if mark.share > last.share { 1.0 } else { 0.0 };
            }
            still = if mark.share > last.share {
                0.0
            } else {
                still + worked
            };
            last = mark;
        }
    }
    (begun + START_HAZARD * PRIOR_WEEKS) / (stood + PRIOR_WEEKS)
}

/// The weeks before a beginning that the prior counts for, at [`BEGIN_HAZARD`].
const BEGIN_WEEKS: f64 = 16.0;
/// The chance of a first report of work in a week before any unit of the panel began: a wait of eight weeks in the mean.
const BEGIN_HAZARD: f64 = 0.125;

/// The chance of beginning in a week of a unit that has done nothing yet: the first rises of the panel's units among the weeks
/// that they waited since the panel's first, blended with the prior. Those who still wait have waited to the origin.
pub(crate) fn begin_hazard(tracks: &[Track]) -> f64 {
    let (mut begun, mut waited) = (0.0, 0.0);
    for track in tracks {
        let first = track
            .marks
            .iter()
            .position(|mark| mark.is_some_and(|mark| mark.share > 0.0));
        begun += if first.is_some() { 1.0 } else { 0.0 };
        waited += real(first.unwrap_or(track.marks.len()));
    }
    (begun + BEGIN_HAZARD * BEGIN_WEEKS) / (waited + begun + BEGIN_WEEKS)
}

#[cfg(test)]
mod tests {
    use super::super::track::Mark;
    use super::*;

    fn track(shares: &[f64]) -> Track {
        let marks = (0_u32..).zip(shares).map(|(week, share)| {
            Some(Mark {
                share: *share,
                clock: week.into(),
            })
        });
        Track {
            marks: marks.collect(),
        }
    }

    #[test]
    fn standstills_that_end_raise_the_chance_and_endless_ones_lower_it() {
        let near = |hazard: f64, expected: f64| {
            assert!((hazard - expected).abs() < 1e-12, "{hazard} {expected}");
        };
        near(start_hazard(&[]), START_HAZARD);
        near(start_hazard(&[track(&[0.1, 0.2, 0.3])]), START_HAZARD);
        // Six weeks make the standstill; of the weeks after it one more is idle and the next begins.
        let ended = track(&[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2]);
        near(start_hazard(std::slice::from_ref(&ended)), 6.0 / 102.0);
        let endless = track(&[0.1; 107]);
        near(start_hazard(&[endless, ended]), 6.0 / 202.0);
        // What is done has not stopped.
        near(start_hazard(&[track(&[1.0; 50])]), START_HAZARD);
    }

    #[test]
    fn the_chance_of_beginning_is_that_of_those_who_began() {
        let near = |hazard: f64, expected: f64| {
            assert!((hazard - expected).abs() < 1e-12, "{hazard} {expected}");
        };
        near(begin_hazard(&[]), BEGIN_HAZARD);
        // One began after three weeks, one at once, one has waited for ten.
        let tracks = [
            track(&[0.0, 0.0, 0.0, 0.1]),
            track(&[0.2]),
            track(&[0.0; 10]),
        ];
        near(begin_hazard(&tracks), (2.0 + 2.0) / (13.0 + 2.0 + 16.0));
    }
}
