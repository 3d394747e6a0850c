//! How a pack is made: the report, every renderer, the digests. It can be watched and stopped between two steps.

use reports::pack::{Pack, PackFile, PackInput, PackOrder, RENDERERS, archive, checksums};
use store::domain::{Digest, IssuedPack, PackIssue};

use crate::error::ServerError;
use crate::meetings::{Meeting, Since};
use crate::pages::charts;
use crate::snapshots::Snapshot;
use crate::state::State;

/// How many steps the making of a pack has: the report, every renderer, the archive.
pub const STEPS: usize = RENDERERS.len() + 2;

/// A pack with all its files, not recorded yet.
#[derive(Debug)]
pub struct MadePack {
    /// The files, the list of their digests last.
    pub files: Vec<PackFile>,
    /// How many units reported, in the language of the pack.
    pub coverage: String,
    /// What is recorded of it.
    pub issue: PackIssue,
    archive: Vec<u8>,
}

/// Makes a pack. `go_on` is told the number and the name of each step before it begins, and says whether to go on.
///
/// # Errors
/// [`ServerError::Cancelled`] where it is not to go on, [`ServerError::Pack`] where a renderer fails, and where the archive
/// does not answer. Nothing is written in any case.
pub fn make(
    state: &State,
    order: &PackOrder,
    by: &str,
    go_on: &dyn Fn(usize, &'static str) -> bool,
) -> Result<MadePack, ServerError> {
    let step = |number, name| {
        go_on(number, name)
            .then_some(())
            .ok_or(ServerError::Cancelled)
    };
    step(0, "dự báo / forecast")?;
    let version = env!("CARGO_PKG_VERSION");
    let pack = pack(state, order, version)?;
    let mut files = Vec::new();
    for (number, (name, render)) in (1..).zip(RENDERERS) {
        step(number, name)?;
        files.extend(render(&pack)?);
    }
    step(STEPS - 1, "ZIP")?;
    let sums = checksums(&files);
    let sha256 = Digest::of(&sums.bytes);
    files.push(sums);
    Ok(MadePack {
        archive: archive(&files)?,
        files,
        coverage: pack.coverage(),
        issue: PackIssue {
            cutoff: order.cutoff.to_string(),
            known_on: order.known_on,
            view: order.view,
            language: order.language,
            least_percent: order.least_percent,
            issuer: order.issuer.clone(),
            version: version.to_owned(),
            complete: pack.is_complete(),
            sha256,
            issued_by: by.to_owned(),
        },
    })
}

/// Records a pack with its files.
///
/// # Errors
/// [`ServerError::Store`] where the archive does not take it; nothing is written then.
pub fn record(state: &State, made: &MadePack) -> Result<IssuedPack, ServerError> {
    let now = (state.clock)();
    Ok(state.store.record_pack(&made.issue, &made.archive, now)?)
}

fn pack(state: &State, order: &PackOrder, version: &str) -> Result<Pack, ServerError> {
    let asked = (order.cutoff.week(), order.known_on);
    let snapshot = Snapshot::of_week(state, asked, order.view)?;
    let first = order.cutoff.before().week().plus(1).first_day();
    let until = order.cutoff.week().last_day();
    let difficulties = state
        .store
        .list_difficulties((first, until), order.known_on)?;
    let input = snapshot.input();
    let otherwise = order.cutoff.before().week();
    let until = input.week.plus(-1);
    let earlier = Meeting::last(state, (until, order.known_on), otherwise)?;
    let since = Since::of(state, &input, earlier)?;
    let receipts = state
        .store
        .list_receipts(input.count_unit, order.known_on)?;
    let reconciliation = charts::reconciliation(state, &snapshot)?;
    Ok(Pack::new(&PackInput {
        order,
        report: input,
        national: &snapshot.report,
        difficulties: &difficulties,
        receipts: &receipts,
        meeting: Some(since.for_pack()),
        reconciliation: reconciliation.as_ref(),
        synthetic: snapshot.synthetic,
        version,
    })?)
}
