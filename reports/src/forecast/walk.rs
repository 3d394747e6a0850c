//! The simulated future of one unit on the paths that all units share.

use super::law::{Law, laws};
use super::number::{real, single};
use super::shocks::{COMMON_SHARE, CommonPath, Futures, PERSISTENCE, Stream};

/// The weeks for which a unit's own error of the rate stays the same; the common one moves every week.
const BLOCK: usize = 4;
/// The weekly variances that a walk gains over a block, less what it forgets on the way.
const BLOCK_VARIANCE: f64 = 3.6;

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

impl Workload {
    /// Walks every path.
    pub(crate) fn walk(&self, futures: &Futures, seed: u64, kept: Kept<'_>) -> Walked {
        let mut walked = Walked {
            passages: vec![Vec::with_capacity(futures.len()); self.goals.len()],
            counts: vec![Vec::new(); kept.steps.len()],
        };
        let stands: Vec<Stand<'_>> = laws().iter().map(|law| self.stand(law)).collect();
        let per_law = self.levels.len() / stands.len().max(1);
        for (path, rates) in futures.paths() {
            let level = self.levels.get(path.expert).copied().unwrap_or(0.0);
            let Some(stand) = stands.get(path.expert / per_law.max(1)) else {
                continue;
            };
            let mut course = Course {
                pace: self.paced(path, futures, seed),
                rates,
                stand,
                level,
            };
            let watched = usize::try_from(path.number).is_ok_and(|number| number < kept.paths);
            let steps = if watched { kept.steps } else { &[] };
            self.walk_path(&mut course, steps, &mut walked);
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

    /// The unit's own part of a path's rates.
    fn paced(&self, path: CommonPath, futures: &Futures, seed: u64) -> Pace {
        let mut stream = Stream::new(seed, self.purpose, path.number);
        let own = path.scale * (1.0 - COMMON_SHARE).sqrt();
        let lasting = own * futures.variance.lasting.sqrt() * stream.normal();
        let wait = self.hazard.map_or(0.0, |hazard| stream.waiting(hazard));
        Pace {
            stride: own * (futures.variance.weekly * BLOCK_VARIANCE).sqrt(),
            keep: PERSISTENCE * PERSISTENCE * PERSISTENCE * PERSISTENCE,
            walk: 0.0,
            lasting,
            wait,
            stream,
        }
    }

    fn walk_path(&self, course: &mut Course<'_>, kept: &[usize], walked: &mut Walked) {
        let mut needs = course
            .stand
            .needs
            .iter()
            .zip(&mut walked.passages)
            .peekable();
        let mut kept = kept.iter().zip(&mut walked.counts).peekable();
        let count = |moved: f64| {
            let share = course.stand.law.share(course.stand.from + moved);
            single((share * self.total).max(self.start))
        };
        let (mut moved, mut after) = (0.0, single(real(self.first_step)));
        let mut factor = 0.0;
        for (step, rate) in course.rates.iter().enumerate().skip(self.first_step) {
            while let Some((_, slot)) = kept.next_if(|(at, _)| **at <= step) {
                slot.push(count(moved));
            }
            let Some((need, _)) = needs.peek() else { break };
            let mut need = **need;
            if (step - self.first_step).is_multiple_of(BLOCK) {
                factor = course.level * course.pace.next_block();
            }
            let pace = self.pace.get(step).copied().unwrap_or(1.0);
            let work = if course.pace.waits() {
                0.0
            } else {
                factor * f64::from(*rate) * pace
            };
            while moved + work >= need {
                let part = if work > 0.0 {
                    ((need - moved) / work).max(0.0)
                } else {
                    0.0
                };
                if let Some((_, passages)) = needs.next() {
                    passages.push(after + single(part));
                }
                let Some((next, _)) = needs.peek() else { break };
                need = **next;
            }
            moved += work;
            after += 1.0;
        }
        needs.for_each(|(_, passages)| passages.push(f32::INFINITY));
        kept.for_each(|(_, slot)| slot.push(count(moved)));
    }
}

struct Course<'a> {
    pace: Pace,
    rates: &'a [f32],
    stand: &'a Stand<'a>,
    level: f64,
}

/// The unit's own error of the rate on one path.
struct Pace {
    stream: Stream,
    lasting: f64,
    walk: f64,
    stride: f64,
    keep: f64,
    wait: f64,
}

impl Pace {
    /// The factor on the rate in the next block of weeks.
    fn next_block(&mut self) -> f64 {
        self.walk = self.keep * self.walk + self.stride * self.stream.step();
        libm::exp(self.lasting + self.walk)
    }

    /// Whether the unit still waits in this week.
    fn waits(&mut self) -> bool {
        let waits = self.wait >= 1.0;
        self.wait -= 1.0;
        waits
    }
}
