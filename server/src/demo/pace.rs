//! How fast a province works in each week, as weights: only their proportions matter, the counts come from the anchors.

use store::domain::{Calendar, Unit};

use super::random::Draw;
use super::scenario::{Plan, WEEKS, week};

/// The weights of each week for typing and for transferring.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    pub(super) entered: Vec<i64>,
    pub(super) transferred: Vec<i64>,
}

/// The weight of an ordinary week.
const USUAL: i64 = 1000;

/// How much a week without any weekday still brings: somebody always types at home.
const FESTIVE: i64 = 20;

impl Pace {
    /// Draws the pace of a province.
    pub(super) fn of(unit: &Unit, plan: &Plan, calendar: &Calendar, draw: &mut Draw) -> Self {
        let efforts = efforts(unit, calendar, draw);
        let tempo = tempo(plan, draw);
        let drive: Vec<i64> = (0..WEEKS)
            .map(|number| {
                let noise = draw.between(600, 1400);
                [noise, efforts[number], ramp(plan, number)]
                    .into_iter()
                    .fold(tempo, |weight, factor| weight * factor / USUAL)
            })
            .collect();
        let lag = usize::try_from(draw.between(2, 6)).unwrap_or(2);
        let (batch, offset) = (draw.pick([1, 1, 1, 2, 4]), draw.place(4));
        let rounds = i64::try_from(batch).unwrap_or(1);
        let work = |number: usize| working_share(calendar, number) * national_push(number) / USUAL;
        let entered_until = plan.done.map(|done| done - 3);
        let entered = |number: usize| {
            let open = entered_until.is_none_or(|last| number <= last);
            if open {
                drive[number] * work(number) / USUAL
            } else {
                0
            }
        };
        let transferred = |number: usize, noise: i64| {
            if plan.done.is_some_and(|done| number > done) {
                return 0;
            }
            // Records go over some weeks after they were typed, in some provinces only every second or fourth week.
            let share = if (number + offset).is_multiple_of(batch) {
                noise * rounds
            } else {
                noise / 20
            };
            drive[number.saturating_sub(lag)] * share / USUAL * work(number) / USUAL
        };
        Self {
            entered: (0..WEEKS).map(entered).collect(),
            transferred: (0..WEEKS)
                .map(|number| transferred(number, draw.between(500, 1500)))
                .collect(),
        }
    }
}

/// Early finishers work hard, those that lag behind do not; who starts late has more people at it from the first day.
fn tempo(plan: &Plan, draw: &mut Draw) -> i64 {
    let drawn = draw.between(700, 1200);
    let tempo = match (plan.done, plan.ceilings) {
        (Some(..=117), _) => drawn * 2,
        (Some(_), _) => drawn * 3 / 2,
        (None, Some(_)) => drawn * 7 / 10,
        (None, None) => drawn,
    };
    if plan.start > 50 {
        tempo * 5 / 2
    } else {
        tempo
    }
}

/// What the whole country felt: a pull toward the legal deadline, a slump after it, the prime minister's conference of
/// 11 February 2025 and the weariness after.
const fn national_push(number: usize) -> i64 {
    match number {
        0..=24 => 800,
        25..=77 => 1000,
        78..=85 => 600,
        86..=95 => 1000,
        96..=116 => 1200,
        117..=125 => 1250,
        126..=129 => 1500,
        130..=135 => 600,
        136..=146 => 1400,
        _ => 950,
    }
}

/// Campaigns: those of the calendar that are the province's own, and one or two made-up ones.
fn efforts(unit: &Unit, calendar: &Calendar, draw: &mut Draw) -> Vec<i64> {
    let mut efforts = vec![USUAL; WEEKS];
    for _ in 0..draw.between(1, 2) {
        let (first, length) = (draw.place(130) + 20, draw.place(4) + 3);
        let factor = draw.between(2000, 4000);
        for effort in efforts.iter_mut().skip(first).take(length) {
            *effort = factor;
        }
    }
    for (number, effort) in efforts.iter_mut().enumerate() {
        let mut campaigns = calendar.campaigns_in(week(number), Some(unit.id));
        if campaigns.any(|campaign| campaign.unit.is_some()) {
            *effort = 3 * USUAL;
        }
    }
    efforts
}

/// Nothing before the start and during a stall, and ten weeks until everybody knows the work.
fn ramp(plan: &Plan, number: usize) -> i64 {
    let since = i64::try_from(number).unwrap_or(0) - plan.start;
    if since < 0 || plan.stalls_in(number) {
        0
    } else {
        (200 + 80 * since).min(USUAL)
    }
}

/// How much of a week is worked: public holidays are off, and around Tết half of the rest is.
fn working_share(calendar: &Calendar, number: usize) -> i64 {
    let (off, tet) = calendar.weekdays_off(week(number));
    let near = [-1, 1]
        .into_iter()
        .any(|step| calendar.weekdays_off(week(number).plus(step)).1);
    let worked = (5 - i64::from(off.min(5))) * 200;
    if tet || near {
        (worked / 2).max(FESTIVE)
    } else {
        worked
    }
}

#[cfg(test)]
mod tests {
    use store::domain::{Reference, UnitId};

    use super::super::random::Stream;
    use super::*;

    fn pace(id: &str) -> Pace {
        let reference = Reference::embedded();
        let unit = reference.units.find(UnitId::parse(id).unwrap()).unwrap();
        let mut draw = Draw::new(Stream::Pace, 1);
        Pace::of(unit, &Plan::of(id), &reference.calendar, &mut draw)
    }

    #[test]
    fn nobody_works_before_the_start_during_a_stall_or_after_the_end() {
        assert!(pace("p34").entered[..60].iter().all(|weight| *weight == 0));
        assert!(pace("p34").entered[60] > 0);
        assert!(pace("p17").entered[139..].iter().all(|weight| *weight == 0));
        assert!(
            pace("p42").transferred[106..]
                .iter()
                .all(|weight| *weight == 0)
        );
    }

    #[test]
    fn tet_stops_nearly_everything() {
        let calendar = &Reference::embedded().calendar;
        // Tết 2025: 25 January to 2 February, weeks 133 (Monday 20 January) and 134.
        assert_eq!(working_share(calendar, 134), FESTIVE);
        assert_eq!(working_share(calendar, 133), 500);
        assert_eq!(working_share(calendar, 135), 500);
        assert_eq!(working_share(calendar, 140), 1000);
        // Reunification Day 2025: Wednesday to Friday off.
        assert_eq!(working_share(calendar, 147), 400);
    }
}
