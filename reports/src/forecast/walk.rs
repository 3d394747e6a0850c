//! The simulated future of one unit on the paths that all units share.
//!
//! On the scale of its law a unit's position is a sum of rates, so a path is one running sum; a block of weeks in which
//! nothing is asked and no goal lies is added at once.

use super::law::{Law, laws};
use super::number::{real, single, whole};
use super::shocks::{BLOCK, Futures};
use super::stream::{Stream, unit_key};

/// What is simulated of one unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Workload {
    /// Tells the unit's random numbers from the others'.
    pub(crate) purpose: u64,
    /// The last reported count.
    pub(crate) start: f64,
    /// The total; above 0.
    pub(crate) total: f64,
    /// The counts whose first passage is asked for, in rising order.
    pub(crate) goals: Vec<f64>,
    /// The first step on which it works: 0 is the week after its last credited report.
    pub(crate) first_step: usize,
    /// The level by expert, in positions a full working week.
    pub(crate) levels: Vec<f64>,
    /// The chance of beginning in each week, where it stands still or has not begun; `None` where it is at work.
    pub(crate) hazard: Option<f64>,
    /// What each step's rate is multiplied by; a step beyond the list keeps its rate.
    pub(crate) pace: Vec<f64>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Walked {
    /// By goal and path, the steps from step 0 to the passage; infinite where it does not happen.
    pub(crate) passages: Vec<Vec<f32>>,
    /// By kept step and path, the count at its end.
    pub(crate) counts: Vec<Vec<f32>>,
}

/// The steps at whose beginnings counts are kept, and on how many paths.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept<'a> {
    /// The steps, in rising order.
    pub(crate) steps: &'a [usize],
    /// The first paths on which they are kept.
    pub(crate) paths: usize,
}

/// A law with where the unit stands under it.
struct Stand<'a> {
    law: &'a Law,
    from: f64,
    needs: Vec<f64>,
}

/// One path of the unit.
struct Course<'a> {
    stand: &'a Stand<'a>,
    level: f64,
    /// The step on which work begins.
    begins: usize,
    /// The common rates by step.
    rates: &'a [f32],
    /// The own factors by block.
    own: &'a [f32],
}

impl Workload {
    /// Walks every path.
    pub(crate) fn walk(&self, futures: &Futures, seed: u64, kept: Kept<'_>) -> Walked {
        let mut walked = Walked {
            passages: vec![Vec::with_capacity(futures.len()); self.goals.len()],
            counts: vec![Vec::with_capacity(kept.paths.min(futures.len())); kept.steps.len()],
        };
        let stands: Vec<Stand<'_>> = laws().iter().map(|law| self.stand(law)).collect();
        let per_law = (self.levels.len() / stands.len().max(1)).max(1);
        for (path, rates, own) in futures.paths(unit_key(seed, self.purpose)) {
            let Some(stand) = stands.get(path.expert / per_law) else {
                continue;
            };
            let course = Course {
                stand,
                level: self.levels.get(path.expert).copied().unwrap_or(0.0),
                begins: self.begins(seed, path.number, futures.steps()),
                rates,
                own,
            };
            let watched = usize::try_from(path.number).is_ok_and(|number| number < kept.paths);
            let steps = if watched { kept.steps } else { &[] };
            self.walk_path(&course, steps, &mut walked);
        }
        walked
    }

    fn stand<'a>(&self, law: &'a Law) -> Stand<'a> {
        let from = law.position(self.start / self.total);
        let need = |goal: &f64| (law.position(goal / self.total) - from).max(0.0);
        Stand {
            law,
            from,
            needs: self.goals.iter().map(need).collect(),
        }
    }

    /// The step on which the unit begins on a path.
    fn begins(&self, seed: u64, path: u64, steps: usize) -> usize {
        let waits = self.hazard.map_or(0.0, |hazard| {
            Stream::new(seed, self.purpose, path).waiting(hazard)
        });
        self.first_step + whole(waits.min(real(steps)))
    }

    fn walk_path(&self, course: &Course<'_>, kept: &[usize], walked: &mut Walked) {
        let stand = course.stand;
        let mut needs = stand.needs.iter().zip(&mut walked.passages).peekable();
        let mut kept = kept.iter().zip(&mut walked.counts).peekable();
        let count = |moved: f64| {
            let share = stand.law.share(stand.from + moved);
            single((share * self.total).max(self.start))
        };
        let mut moved = 0.0;
        let blocks = course.rates.chunks(BLOCK).zip(course.own);
        for (first, (rates, own)) in (0..).step_by(BLOCK).zip(blocks) {
            let Some((need, _)) = needs.peek() else { break };
            let factor = course.level * f64::from(*own);
            let plain = self.pace.is_empty() && first >= course.begins;
            if plain && kept.peek().is_none_or(|(at, _)| **at >= first + BLOCK) {
                let work = factor * f64::from(rates.iter().sum::<f32>());
                if moved + work < **need {
                    moved += work;
                    continue;
                }
            }
            for (step, rate) in (first..).zip(rates) {
                while let Some((_, slot)) = kept.next_if(|(at, _)| **at <= step) {
                    slot.push(count(moved));
                }
                if step < course.begins {
                    continue;
                }
                let pace = self.pace.get(step).copied().unwrap_or(1.0);
                let work = factor * f64::from(*rate) * pace;
                while let Some((need, passages)) = needs.next_if(|(need, _)| moved + work >= **need)
                {
                    let part = if work > 0.0 {
                        ((need - moved) / work).clamp(0.0, 1.0)
                    } else {
                        0.0
                    };
                    passages.push(single(real(step) + part));
                }
                moved += work;
            }
        }
        needs.for_each(|(_, passages)| passages.push(f32::INFINITY));
        kept.for_each(|(_, slot)| slot.push(count(moved)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::expert::experts;
    use super::super::learning::Variance;
    use super::*;

    const STEPS: usize = 104;

    fn futures(lasting: f64) -> Futures {
        let variance = Variance {
            lasting,
            weekly: lasting / 6.0,
        };
        // The steady law alone.
        let expert = experts().into_iter().take(1).collect::<Vec<_>>();
        Futures::draw(7, 600, &[1.0; STEPS], (&expert, &[1.0]), variance)
    }

    /// A quarter of 1,000 is done; 2 % of the total a week.
    fn workload() -> Workload {
        Workload {
            purpose: 3,
            start: 250.0,
            total: 1000.0,
            goals: vec![500.0, 900.0],
            first_step: 1,
            levels: vec![0.02],
            hazard: None,
            pace: Vec::new(),
        }
    }

    fn passages(workload: &Workload, futures: &Futures) -> Vec<Vec<f32>> {
        let kept = Kept {
            steps: &[],
            paths: 0,
        };
        workload.walk(futures, 7, kept).passages
    }

    #[test]
    fn without_errors_every_path_is_the_closed_form() {
        let steady = passages(&workload(), &futures(0.0));
        // One step of silence, then what is left at 20 a week.
        for (goal, expected) in steady.iter().zip([1.0 + 12.5, 1.0 + 32.5]) {
            assert_eq!(goal.len(), 600);
            assert!(
                goal.iter().all(|steps| (steps - expected).abs() < 1e-3),
                "{expected}"
            );
        }
        let halved = Workload {
            pace: [vec![1.0; 11], vec![0.5; STEPS]].concat(),
            ..workload()
        };
        // Ten weeks at 20, then 50 and 450 at 10.
        for (goal, expected) in passages(&halved, &futures(0.0)).iter().zip([16.0, 56.0]) {
            assert!(
                goal.iter().all(|steps| (steps - expected).abs() < 1e-3),
                "{expected}"
            );
        }
        let never = Workload {
            levels: vec![0.0],
            ..workload()
        };
        assert!(
            passages(&never, &futures(0.0))
                .iter()
                .flatten()
                .all(|steps| steps.is_infinite())
        );
    }

    #[test]
    fn counts_on_the_way_change_no_passage_and_agree_with_it() {
        let (workload, futures) = (workload(), futures(0.3));
        let steps: Vec<usize> = (0..=STEPS).collect();
        let kept = Kept {
            steps: &steps,
            paths: 600,
        };
        let watched = workload.walk(&futures, 7, kept);
        for (seen, plain) in watched
            .passages
            .iter()
            .flatten()
            .zip(passages(&workload, &futures).iter().flatten())
        {
            assert!(
                seen.is_infinite() == plain.is_infinite() || *seen > 103.0,
                "{seen} {plain}"
            );
            assert!(
                seen.is_infinite() || plain.is_infinite() || (seen - plain).abs() < 1e-3,
                "{seen} {plain}"
            );
        }
        for (path, passage) in watched.passages[0].iter().enumerate() {
            let counts = || watched.counts.iter().map(|counts| counts[path]);
            assert!(counts().is_sorted());
            let first = counts().position(|count| count >= 500.0);
            let passed = passage.is_finite().then(|| whole(passage.ceil().into()));
            assert_eq!(first, passed, "{passage}");
        }
    }

    #[test]
    fn a_start_that_nobody_knows_waits_by_its_chance() {
        let waiting = Workload {
            hazard: Some(0.1),
            ..workload()
        };
        let futures = futures(0.0);
        let steps = passages(&waiting, &futures);
        let waited: Vec<f32> = steps[0].iter().map(|steps| steps - 13.5).collect();
        assert!(waited.iter().all(|weeks| *weeks > -1e-3));
        let begun = waited.iter().filter(|weeks| **weeks < 0.5).count();
        // One path in ten begins at once: 60 of 600, three standard errors either way.
        assert!((38..=82).contains(&begun), "{begun}");
    }
}
