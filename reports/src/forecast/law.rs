//! How the rate of work depends on the share already done, and the scale on which work is even.

use std::sync::OnceLock;

use super::number::{real, whole};

/// The ramps δ that are kept alive: a steady start, one that gathers pace, and one that grows from what is there.
pub(crate) const RAMPS: [f64; 3] = [0.0, 0.5, 1.0];
/// The slowdowns γ that are kept alive: none, and four that arrive ever more slowly.
pub(crate) const SLOWDOWNS: [f64; 5] = [0.0, 0.5, 1.0, 1.5, 2.0];

/// The cells of a law's table from share 0 to share 1.
const CELLS: usize = 1024;
/// The parts in which a cell is added up, by the midpoint rule.
const PARTS: usize = 8;
/// The even steps of position that know in which cell they begin.
const SIGNPOSTS: usize = 4096;
/// Below this share a ramp would stand still for ever.
const LEAST_DONE: f64 = 0.003;
/// Below this remaining share a slowdown slows no further: it would never arrive, and of its course there no programme tells.
const LEAST_LEFT: f64 = 0.05;

/// A rate law `f^δ · (1−f)^γ` of the share done, with its integral as a table.
///
/// On the scale `G(f) = ∫ df / (f^δ (1−f)^γ)`, its *position*, a unit moves evenly: at level `l` it goes from share `f` to
/// share `g` in `(G(g) − G(f)) / l` full working weeks. For δ = γ = 1 the position is the log odds, and work along it is the
/// logistic curve whose ceiling is the total.
pub(crate) struct Law {
    ramp: f64,
    slowdown: f64,
    positions: Vec<f64>,
    /// The cell in which each even step of position begins.
    signposts: Vec<usize>,
}

/// All laws, slowdowns within ramps.
pub(crate) fn laws() -> &'static [Law] {
    static TABLES: OnceLock<Vec<Law>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let pairs = RAMPS
            .into_iter()
            .flat_map(|ramp| SLOWDOWNS.map(|slowdown| (ramp, slowdown)));
        pairs
            .map(|(ramp, slowdown)| Law::new(ramp, slowdown))
            .collect()
    })
}

impl Law {
    fn new(ramp: f64, slowdown: f64) -> Self {
        let mut law = Self {
            ramp,
            slowdown,
            positions: vec![0.0],
            signposts: Vec::new(),
        };
        let mut position = 0.0;
        for part in 0..CELLS * PARTS {
            let share = (real(part) + 0.5) / real(CELLS * PARTS);
            position += 1.0 / law.factor(share) / real(CELLS * PARTS);
            if part % PARTS == PARTS - 1 {
                law.positions.push(position);
            }
        }
        let cell_at = |position: f64| law.positions.partition_point(|at| *at <= position);
        let signposts =
            (0..=SIGNPOSTS).map(|step| cell_at(position * real(step) / real(SIGNPOSTS)));
        law.signposts = signposts.collect();
        law
    }

    /// The factor that the law puts on the level at a share done; above 0 and at most 1.
    pub(crate) fn factor(&self, share: f64) -> f64 {
        let done = libm::pow(share.max(LEAST_DONE), self.ramp);
        done * libm::pow((1.0 - share).max(LEAST_LEFT), self.slowdown)
    }

    /// The position of a share from 0 to 1; shares outside count as the nearest end.
    pub(crate) fn position(&self, share: f64) -> f64 {
        let place = share.clamp(0.0, 1.0) * real(CELLS);
        let cell = whole(place).min(CELLS - 1);
        let (low, high) = self.cell(cell);
        low + (place - real(cell)) * (high - low)
    }

    /// The share at a position; positions outside the table count as its nearest end.
    pub(crate) fn share(&self, position: f64) -> f64 {
        let end = self.positions.last().copied().unwrap_or(1.0);
        let step = whole(position / end * real(SIGNPOSTS)).min(SIGNPOSTS);
        // One step back: rounding may have led past a post.
        let post = self
            .signposts
            .get(step.saturating_sub(1))
            .copied()
            .unwrap_or(0);
        let rest = self.positions.get(post..).unwrap_or_default();
        let above = post + rest.iter().take_while(|at| **at <= position).count();
        let cell = above.clamp(1, CELLS) - 1;
        let (low, high) = self.cell(cell);
        ((real(cell) + (position - low) / (high - low)) / real(CELLS)).clamp(0.0, 1.0)
    }

    fn cell(&self, cell: usize) -> (f64, f64) {
        match self.positions.get(cell..=cell + 1) {
            Some([low, high]) => (*low, *high),
            _ => (0.0, 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_the_closed_forms_of_the_integrals() {
        let law = |ramp, slowdown| Law::new(ramp, slowdown);
        let span = |law: &Law| law.position(0.8) - law.position(0.2);
        let odds = |share: f64| (share / (1.0 - share)).ln();
        let cases = [
            (law(0.0, 0.0), 0.6),
            (law(1.0, 0.0), 4.0_f64.ln()),
            (law(1.0, 1.0), odds(0.8) - odds(0.2)),
            (
                law(0.5, 0.5),
                2.0 * (0.8_f64.sqrt().asin() - 0.2_f64.sqrt().asin()),
            ),
            (law(0.0, 2.0), 5.0 - 1.25),
        ];
        for (place, (law, expected)) in cases.iter().enumerate() {
            assert!(
                (span(law) - expected).abs() < 1e-3,
                "{place}: {} {expected}",
                span(law)
            );
        }
    }

    #[test]
    fn share_is_the_inverse_of_position() {
        for law in laws() {
            for share in [0.0, 0.001, 0.3, 0.777, 0.995, 1.0] {
                assert!(
                    (law.share(law.position(share)) - share).abs() < 1e-9,
                    "{share}"
                );
            }
            assert!((law.share(1e9) - 1.0).abs() < 1e-12);
        }
    }
}
