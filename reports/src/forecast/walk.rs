//! The simulated future of one unit on the paths that all units share.
//!
//! On the scale of its law a unit's position is a sum of rates, so a path is one running sum, a block of weeks at a time; the
//! weeks of a block are looked at only where a goal lies in it.

use super::fading::{Level, left_after};
use super::law::{Law, laws};
use super::method::CREDIT;
use super::number::{real, single, whole};
use super::scope::{GROWTHS, Growth};
use super::shocks::{BLOCK, CommonPath, Futures};
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
    /// The counts whose first passage is asked for, in rising order. Where the total grows, they grow with it.
    pub(crate) goals: Vec<f64>,
    /// The first step on which it works: 0 is the week after its last credited report.
    pub(crate) first_step: usize,
    /// The level by expert.
    pub(crate) levels: Vec<Level>,
    /// The sum of the weights of each expert and those before it; the last is 1.
    pub(crate) ends: Vec<f64>,
    /// How the total grows.
    pub(crate) growth: Growth,
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
    /// By block and path, the count at its end.
    pub(crate) counts: Vec<Vec<f32>>,
}

/// Where a unit stands under a law while its total grows: one entry for now and one for the end of each block.
struct Stand<'a> {
    law: &'a Law,
    /// The share of today's total that the total has become.
    scope: Vec<f64>,
    /// The position of what is done now, measured by the total of then.
    from: Vec<f64>,
    /// By goal, what has to be moved by then to have reached it.
    needs: Vec<Vec<f64>>,
}

/// One path of the unit.
struct Course<'a> {
    stand: &'a Stand<'a>,
    /// The level by block.
    level: &'a [f32],
    /// The step on which work begins.
    begins: usize,
    /// The common factors by block.
    common: &'a [f32],
    /// The own factors by block.
    own: &'a [f32],
}

impl Workload {
    /// Walks every path. Counts are kept on the first `watched` paths.
    pub(crate) fn walk(&self, futures: &Futures, seed: u64, watched: usize) -> Walked {
        let paths = futures.paths();
        let blocks: Vec<[f64; BLOCK]> = self.blocks(futures.working());
        let sums: Vec<f64> = blocks.iter().map(|weeks| weeks.iter().sum()).collect();
        let kept = if watched == 0 { 0 } else { blocks.len() };
        let mut walked = Walked {
            passages: vec![Vec::with_capacity(paths.len()); self.goals.len()],
            counts: vec![Vec::with_capacity(watched.min(paths.len())); kept],
        };
        let stands = self.stands(blocks.len());
        let per_law = stands.len() / laws().len().max(1);
        let levels = self.levels_by_block(blocks.len());
        let key = unit_key(seed, self.purpose);
        for path in paths {
            let expert = self.ends.partition_point(|end| *end <= path.expert);
            let expert = expert.min(self.ends.len().saturating_sub(1));
            let (law, spread) = futures.expert(expert);
            let growth = whole(path.growth * real(per_law)).min(per_law.saturating_sub(1));
            let Some(stand) = stands.get(law * per_law + growth) else {
                continue;
            };
            let (common, own) = futures.factors(path, spread, key);
            let course = Course {
                stand,
                level: levels.get(expert).map_or(&[], Vec::as_slice),
                begins: self.begins(seed, path, futures.working().len()),
                common,
                own,
            };
            let watched = path.number < watched;
            self.walk_path(&course, (&blocks, &sums), watched, &mut walked);
        }
        walked
    }

    /// The working time of every step, by block.
    fn blocks(&self, working: &[f64]) -> Vec<[f64; BLOCK]> {
        let pace = |step: usize| self.pace.get(step).copied().unwrap_or(1.0);
        let mut blocks = vec![[0.0; BLOCK]; working.len().div_ceil(BLOCK)];
        let weeks = blocks.iter_mut().flatten().zip(working);
        for (step, (week, weight)) in weeks.enumerate().skip(self.first_step) {
            *week = weight * pace(step);
        }
        blocks
    }

    /// The level by expert and block: the one now fades into the one of the whole history.
    fn levels_by_block(&self, blocks: usize) -> Vec<Vec<f32>> {
        let now = real(usize::from(CREDIT));
        let middle = |block: usize| real(block * BLOCK + BLOCK / 2);
        let left: Vec<f64> = (0..blocks)
            .map(|block| left_after((middle(block) - now).max(0.0)))
            .collect();
        let by_block = |level: &Level| {
            let (end, gap) = (level.end(), level.gap());
            let at = |left: &f64| single(end * libm::exp(gap * left));
            left.iter().map(at).collect()
        };
        self.levels.iter().map(by_block).collect()
    }

    /// Where the unit stands under every law and every growth of its total, growths within laws.
    fn stands(&self, blocks: usize) -> Vec<Stand<'static>> {
        let growths = if self.growth.is_none() {
            1
        } else {
            GROWTHS.len()
        };
        let scopes: Vec<Vec<f64>> = GROWTHS
            .into_iter()
            .take(growths)
            .map(|draw| {
                let scope = |block: usize| self.growth.scope(draw, real(block * BLOCK));
                (0..=blocks).map(scope).collect()
            })
            .collect();
        let stand = |law: &'static Law, scope: &Vec<f64>| {
            let from: Vec<f64> = scope
                .iter()
                .map(|scope| law.position(self.start / (self.total * scope)))
                .collect();
            let need = |goal: &f64| {
                let goal = law.position(goal / self.total);
                let steps = scope.iter().zip(&from);
                steps
                    .map(|(scope, from)| scope * (goal - from).max(0.0))
                    .collect()
            };
            Stand {
                law,
                needs: self.goals.iter().map(need).collect(),
                scope: scope.clone(),
                from,
            }
        };
        laws()
            .iter()
            .flat_map(|law| scopes.iter().map(move |scope| stand(law, scope)))
            .collect()
    }

    /// The step on which the unit begins on a path.
    fn begins(&self, seed: u64, path: &CommonPath, steps: usize) -> usize {
        self.hazard.map_or(0, |hazard| {
            let number = u64::try_from(path.number).unwrap_or(u64::MAX);
            let waits = Stream::new(seed, self.purpose, number).waiting(hazard);
            self.first_step + whole(waits.min(real(steps)))
        })
    }

    fn walk_path(
        &self,
        course: &Course<'_>,
        (blocks, sums): (&[[f64; BLOCK]], &[f64]),
        watched: bool,
        walked: &mut Walked,
    ) {
        let stand = course.stand;
        let mut goals = stand.needs.iter().zip(&mut walked.passages);
        let mut goal = goals.next();
        let mut moved = 0.0;
        let factors = course.common.iter().zip(course.own).zip(course.level);
        for (block, (sum, ((common, own), level))) in sums.iter().zip(factors).enumerate() {
            let factor = f64::from(level * common * own);
            let work = if course.begins <= block * BLOCK {
                factor * sum
            } else {
                let weeks = blocks.get(block).copied().unwrap_or_default();
                factor * late(weeks, block, course.begins).iter().sum::<f64>()
            };
            while let Some((needs, passages)) = &mut goal {
                let Some([before, after]) = needs.get(block..block + 2) else {
                    break;
                };
                if moved + work < *after {
                    break;
                }
                let weeks = blocks.get(block).copied().unwrap_or_default();
                let weeks = late(weeks, block, course.begins);
                passages.push(
                    passage(&weeks, factor, moved, [*before, *after]) + single(real(block * BLOCK)),
                );
                goal = goals.next();
            }
            moved += work;
            if !watched {
                if goal.is_none() {
                    return;
                }
                continue;
            }
            let count = match goal {
                Some(_) => self.count(stand, block + 1, moved),
                // All that was asked for is done, and so is the rest.
                None => self.whole(stand, block + 1),
            };
            if let Some(counts) = walked.counts.get_mut(block) {
                counts.push(count);
            }
        }
        while let Some((_, passages)) = goal {
            passages.push(f32::INFINITY);
            goal = goals.next();
        }
    }

    /// The count at a block's beginning, where so much was moved.
    fn count(&self, stand: &Stand<'_>, block: usize, moved: f64) -> f32 {
        let scope = stand.scope.get(block).copied().unwrap_or(1.0);
        let from = stand.from.get(block).copied().unwrap_or(0.0);
        let share = stand.law.share(from + moved / scope);
        single((share * scope * self.total).max(self.start))
    }

    /// The total at a block's beginning.
    fn whole(&self, stand: &Stand<'_>, block: usize) -> f32 {
        let scope = stand.scope.get(block).copied().unwrap_or(1.0);
        single((scope * self.total).max(self.start))
    }
}

/// The working time of a block before whose step `begins` nothing is done.
fn late(mut weeks: [f64; BLOCK], block: usize, begins: usize) -> [f64; BLOCK] {
    let idle = begins.saturating_sub(block * BLOCK);
    weeks.iter_mut().take(idle).for_each(|week| *week = 0.0);
    weeks
}

/// The steps into a block on which a need is met that goes evenly from its value before to its value after it.
fn passage(weeks: &[f64; BLOCK], factor: f64, moved: f64, [before, after]: [f64; 2]) -> f32 {
    let mut at = moved;
    for (week, weight) in weeks.iter().enumerate() {
        let work = factor * weight;
        let need = before + (after - before) * real(week + 1) / real(BLOCK);
        if at + work >= need {
            let part = if work > 0.0 {
                ((need - at) / work).clamp(0.0, 1.0)
            } else {
                0.0
            };
            return single(real(week) + part);
        }
        at += work;
    }
    single(real(BLOCK))
}

#[cfg(test)]
mod tests {
    use super::super::expert::experts;
    use super::super::scope::Growth;
    use super::super::variance::Variance;
    use super::*;

    const STEPS: usize = 104;

    fn futures(lasting: f64) -> Futures {
        let variance = Variance {
            lasting,
            weekly: lasting / 6.0,
            common: 0.4,
        };
        // The steady law alone.
        let expert = experts().into_iter().take(1).collect::<Vec<_>>();
        Futures::draw(7, 600, &[1.0; STEPS], &expert, variance)
    }

    /// A quarter of 1,000 is done; 2 % of the total a week.
    fn workload() -> Workload {
        Workload {
            purpose: 3,
            start: 250.0,
            total: 1000.0,
            goals: vec![500.0, 900.0],
            first_step: 1,
            levels: vec![Level::even(0.02)],
            ends: vec![1.0],
            growth: Growth::default(),
            hazard: None,
            pace: Vec::new(),
        }
    }

    fn passages(workload: &Workload, futures: &Futures) -> Vec<Vec<f32>> {
        workload.walk(futures, 7, 0).passages
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
            levels: vec![Level::even(0.0)],
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
        let watched = workload.walk(&futures, 7, 600);
        assert_eq!(watched.passages, passages(&workload, &futures));
        assert_eq!(watched.counts.len(), STEPS / BLOCK);
        for (path, passage) in watched.passages[0].iter().enumerate() {
            let counts = || watched.counts.iter().map(|counts| counts[path]);
            assert!(counts().is_sorted());
            let first = counts().position(|count| count >= 500.0);
            // Counts are kept at the ends of blocks of four steps.
            let passed = passage
                .is_finite()
                .then(|| whole((passage / 4.0).ceil().into()) - 1);
            assert_eq!(first, passed, "{passage}");
        }
    }

    #[test]
    fn a_growing_total_is_the_closed_form_of_a_goal_that_runs_away() {
        let growing = Workload {
            growth: Growth { weekly: 0.004 },
            ..workload()
        };
        let steady = passages(&workload(), &futures(0.0));
        let grown = passages(&growing, &futures(0.0));
        for (path, (before, after)) in steady[1].iter().zip(&grown[1]).enumerate() {
            // One step of silence, then 20 a week against 900 records of today's measure times the growth by then.
            let draw = GROWTHS.into_iter().find(|draw| {
                let goal = 900.0 * growing.growth.scope(*draw, f64::from(*after));
                ((goal - 250.0) / 20.0 + 1.0 - f64::from(*after)).abs() < 0.05
            });
            assert!(draw.is_some() && after > before, "{path}: {before} {after}");
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
