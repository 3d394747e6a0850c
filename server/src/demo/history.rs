//! The truth of the demonstration: what every province holds, has typed and has transferred at the end of every week.
//!
//! Between two anchors each province grows by its pace, and the growth of all adds up to that of the nation.

use store::domain::{Reference, Scheme, Unit};

use super::allocation::{Slot, interpolate, share_out};
use super::pace::Pace;
use super::random::{Draw, Stream};
use super::scenario::{ANCHORS, Knot, Levels, OVERCOUNTS, Plan, WEEKS};

/// One province with its way through the demonstration.
#[derive(Debug)]
pub(super) struct Province<'a> {
    /// Its number from 0, in order of ids.
    pub(super) number: usize,
    /// The unit.
    pub(super) unit: &'a Unit,
    /// Its part in the story.
    pub(super) plan: Plan,
    /// Its counts at the end of each week.
    pub(super) levels: Vec<Levels>,
}

/// A province whose way is not settled yet.
struct Draft<'a> {
    unit: &'a Unit,
    plan: Plan,
    pace: Pace,
    draw: Draw,
    /// The most it types of its total and transfers of what it typed, in per mille.
    ceilings: (i64, i64),
    final_total: i64,
    /// What must hold in which week.
    knots: Vec<Knot>,
}

/// Writes the history of all 63 provinces, in order of their ids.
pub(super) fn provinces(reference: &Reference) -> Vec<Province<'_>> {
    let units = reference.units.of_scheme(Scheme::Old63);
    let mut drafts: Vec<Draft<'_>> = units
        .zip(0..)
        .map(|(unit, owner)| Draft::new(unit, owner, reference))
        .collect();
    settle_final_totals(&mut drafts);
    for place in 0..ANCHORS.len() {
        settle_anchor(&mut drafts, place);
    }
    drafts
        .into_iter()
        .enumerate()
        .map(|(number, draft)| draft.into_province(number))
        .collect()
}

impl<'a> Draft<'a> {
    fn new(unit: &'a Unit, owner: u64, reference: &Reference) -> Self {
        let plan = Plan::of(&unit.id.to_string());
        let mut paces = Draw::new(Stream::Pace, owner);
        let pace = Pace::of(unit, &plan, &reference.calendar, &mut paces);
        let usual = (paces.between(955, 998), paces.between(880, 985));
        let ceilings = if plan.done.is_some() {
            (1000, 1000)
        } else {
            usual
        };
        Self {
            unit,
            plan,
            pace,
            draw: Draw::new(Stream::Totals, owner),
            ceilings: plan.ceilings.unwrap_or(ceilings),
            final_total: 0,
            knots: plan.knots.to_vec(),
        }
    }

    /// Whether the province follows figures of its own instead of sharing in the national ones.
    fn goes_its_own_way(&self) -> bool {
        !self.plan.knots.is_empty()
    }

    fn last(&self) -> Option<Levels> {
        self.knots.last().map(|knot| knot.levels)
    }

    /// The weights of a stage between the last anchor and the next.
    fn work(weights: &[i64], place: usize) -> i64 {
        let Some(before) = place.checked_sub(1) else {
            return weights.first().copied().unwrap_or(0);
        };
        let weeks = ANCHORS[before].week + 1..=ANCHORS[place].week;
        weights.get(weeks).unwrap_or_default().iter().sum()
    }

    /// The total at an anchor. It stops growing one anchor before everything is done.
    fn total_slot(&mut self, place: usize) -> Slot {
        let growth = if self.draw.happens(100) {
            0
        } else {
            self.draw.between(500, 1500)
        };
        let next = ANCHORS.get(place + 1).map_or(WEEKS, |anchor| anchor.week);
        if place + 1 == ANCHORS.len() || self.plan.done.is_some_and(|done| done <= next) {
            return Slot::fixed(self.final_total);
        }
        if ANCHORS[place].week < self.plan.first_report {
            return Slot::fixed(self.final_total * 93 / 100);
        }
        Slot {
            floor: self
                .last()
                .map_or(self.final_total * 7 / 10, |last| last.total),
            weight: self.final_total / 1000 * growth.max(if place == 0 { 700 } else { 0 }),
            cap: self.final_total,
        }
    }

    /// What is typed at an anchor, given the total then.
    fn entered_slot(&mut self, place: usize, total: i64) -> Slot {
        if self
            .plan
            .done
            .is_some_and(|done| done <= ANCHORS[place].week)
        {
            return Slot::fixed(total);
        }
        let spread = if place == 0 {
            self.draw.between(200, 1800)
        } else {
            1000
        };
        Slot {
            floor: self.last().map_or(0, |last| last.entered),
            weight: self.final_total / 1000 * Self::work(&self.pace.entered, place) * spread / 1000,
            cap: total / 1000 * self.ceilings.0.min(if place == 0 { 600 } else { 990 }),
        }
    }

    /// What is transferred at an anchor, given what is typed then.
    fn transferred_slot(&mut self, place: usize, entered: i64) -> Slot {
        if self
            .plan
            .done
            .is_some_and(|done| done <= ANCHORS[place].week)
        {
            return Slot::fixed(entered);
        }
        Slot {
            floor: self.last().map_or(0, |last| last.transferred),
            weight: self.final_total / 1000 * Self::work(&self.pace.transferred, place),
            cap: entered / 1000 * self.ceilings.1.min(985),
        }
    }

    fn into_province(mut self, number: usize) -> Province<'a> {
        let totals = self.totals();
        let of = |stage: fn(&Levels) -> i64| -> Vec<(usize, i64)> {
            self.knots
                .iter()
                .map(|knot| (knot.week, stage(&knot.levels)))
                .collect()
        };
        let entered = interpolate(&of(|levels| levels.entered), &self.pace.entered);
        let transferred = interpolate(&of(|levels| levels.transferred), &self.pace.transferred);
        let counted = totals.iter().zip(entered).zip(transferred);
        let mut levels: Vec<Levels> = counted
            .map(|((&total, entered), transferred)| {
                let entered = entered.min(total);
                Levels {
                    total,
                    entered,
                    transferred: transferred.min(entered),
                }
            })
            .collect();
        let id = self.unit.id.to_string();
        for (_, first, length, permille) in OVERCOUNTS.iter().filter(|over| over.0 == id) {
            for level in levels.iter_mut().skip(*first).take(*length) {
                level.total += level.total * permille / 1000;
            }
        }
        Province {
            number,
            unit: self.unit,
            plan: self.plan,
            levels,
        }
    }

    /// Totals rise in one or two steps between two knots, as surveys bring new figures.
    fn totals(&mut self) -> Vec<i64> {
        let first = self.knots.first().map_or(0, |knot| knot.levels.total);
        let mut totals = vec![first; WEEKS];
        for pair in self.knots.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let (low, high) = (before.levels.total, after.levels.total);
            let room = after.week.saturating_sub(before.week + 2);
            let mut steps = [self.draw.place(room), self.draw.place(room)];
            steps.sort_unstable();
            if high - low < low / 30 {
                steps[0] = steps[1];
            }
            let step_weeks = steps.map(|step| before.week + 1 + step);
            for (number, total) in totals.iter_mut().enumerate().skip(before.week + 1) {
                *total = match number {
                    _ if number < step_weeks[0] => low,
                    _ if number < step_weeks[1] => low + (high - low) * 6 / 10,
                    _ => high,
                };
            }
        }
        totals
    }
}

/// Gives each province its total at the end: published, or between 0.8 and 1.3 records an inhabitant.
fn settle_final_totals(drafts: &mut [Draft<'_>]) {
    let slots: Vec<Slot> = drafts
        .iter_mut()
        .map(|draft| {
            let own = draft.last().map(|last| last.total);
            if let Some(total) = own.or(draft.plan.final_total) {
                return Slot::fixed(total);
            }
            let inhabitants = i64::try_from(draft.unit.population_2019).unwrap_or(0);
            Slot {
                floor: inhabitants * draft.draw.between(800, 1150) / 1000,
                weight: inhabitants * draft.draw.between(500, 1500) / 1000,
                cap: inhabitants * 1310 / 1000,
            }
        })
        .collect();
    let nation = ANCHORS.last().map_or(0, |anchor| anchor.levels.total);
    for (draft, total) in drafts.iter_mut().zip(share_out(&slots, nation)) {
        draft.final_total = total;
    }
}

/// Shares the national figures of one anchor out: totals first, then what is typed of them, then what is transferred.
fn settle_anchor(drafts: &mut [Draft<'_>], place: usize) {
    let anchor = ANCHORS[place];
    let own = |draft: &Draft<'_>| draft.plan_at(anchor.week);
    let (mut totals, mut entered, mut transferred) = (Vec::new(), Vec::new(), Vec::new());
    // The total of a province that sends nothing yet is in no national figure.
    let mut silent = 0;
    for draft in drafts.iter_mut() {
        let slot = own(draft).map_or_else(
            || draft.total_slot(place),
            |levels| Slot::fixed(levels.total),
        );
        if anchor.week < draft.plan.first_report {
            silent += slot.floor;
        }
        totals.push(slot);
    }
    let totals = share_out(&totals, anchor.levels.total + silent);
    for (draft, total) in drafts.iter_mut().zip(&totals) {
        let slot = own(draft).map(|levels| Slot::fixed(levels.entered));
        entered.push(slot.unwrap_or_else(|| draft.entered_slot(place, *total)));
    }
    let entered = share_out(&entered, anchor.levels.entered);
    for (draft, entered) in drafts.iter_mut().zip(&entered) {
        let slot = own(draft).map(|levels| Slot::fixed(levels.transferred));
        transferred.push(slot.unwrap_or_else(|| draft.transferred_slot(place, *entered)));
    }
    let transferred = share_out(&transferred, anchor.levels.transferred);
    let parts = totals.into_iter().zip(entered).zip(transferred);
    for (draft, ((total, entered), transferred)) in drafts.iter_mut().zip(parts) {
        if !draft.goes_its_own_way() {
            let levels = Levels {
                total,
                entered,
                transferred,
            };
            draft.knots.push(Knot {
                week: anchor.week,
                levels,
            });
        }
    }
}

impl Draft<'_> {
    /// The figures of its own that a province has in a week; `None` where it shares in the national ones.
    fn plan_at(&self, week: usize) -> Option<Levels> {
        let of = |stage: fn(&Levels) -> i64, weights: &[i64]| {
            let knots = self.plan.knots.iter();
            let knots: Vec<(usize, i64)> =
                knots.map(|knot| (knot.week, stage(&knot.levels))).collect();
            interpolate(&knots, weights).get(week).copied()
        };
        if !self.goes_its_own_way() {
            return None;
        }
        let totals = self.plan.knots.iter().rfind(|knot| knot.week <= week);
        let total = totals.or(self.plan.knots.first())?.levels.total;
        Some(Levels {
            total,
            entered: of(|levels| levels.entered, &self.pace.entered)?,
            transferred: of(|levels| levels.transferred, &self.pace.transferred)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_rise_in_the_order_of_the_stages_and_stay_near_the_population() {
        for province in provinces(Reference::embedded()) {
            let id = province.unit.id.to_string();
            assert_eq!(province.levels.len(), WEEKS);
            for pair in province.levels.windows(2) {
                assert!(pair[1].entered >= pair[0].entered, "{id} {pair:?}");
                assert!(pair[1].transferred >= pair[0].transferred, "{id} {pair:?}");
            }
            for levels in &province.levels {
                assert!(levels.total >= levels.entered, "{id} {levels:?}");
                assert!(levels.entered >= levels.transferred, "{id} {levels:?}");
            }
            let people = i64::try_from(province.unit.population_2019).unwrap();
            let ratio = province.levels[WEEKS - 1].total * 100 / people;
            assert!((58..=133).contains(&ratio), "{id} {ratio}");
        }
    }
}
