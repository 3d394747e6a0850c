//! The line of packs asked for on pages: one worker, so that ten people who ask for packs do not starve the pages.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reports::pack::PackOrder;

use super::make::{make, record};
use crate::error::{Chain, ServerError};
use crate::mailing::mail_pack;
use crate::state::State;

/// How many packs may wait.
const MOST_WAITING: usize = 10;

/// How many that ended are still shown.
const ENDED_SHOWN: usize = 10;

/// How far a pack is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Others come first.
    Waiting,
    /// It is being made: the step and its name.
    Running(usize, &'static str),
    /// It is in the archive, under this number.
    Issued(i64),
    /// It was cancelled; nothing was recorded.
    Cancelled,
    /// It could not be made, and why; nothing was recorded.
    Failed(String),
}

/// A pack that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) number: u64,
    pub(crate) order: PackOrder,
    /// Who asked for it.
    pub(crate) by: String,
    /// The numbers of the contacts it is mailed to once it is issued.
    pub(crate) contacts: Vec<i64>,
    pub(crate) progress: Progress,
    cancelled: bool,
}

/// The packs asked for since the server started.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    line: Mutex<Line>,
    /// Told when nobody works any more.
    idle: Condvar,
}

#[derive(Debug, Default)]
struct Line {
    jobs: VecDeque<Job>,
    last: u64,
    working: bool,
}

impl Job {
    /// Whether it waits or is being made.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.progress, Progress::Waiting | Progress::Running(..))
    }
}

impl Queue {
    /// Every pack asked for, oldest first.
    pub(crate) fn jobs(&self) -> Vec<Job> {
        self.line().jobs.iter().cloned().collect()
    }

    /// Puts a pack at the end of the line, and somebody to work where nobody does; its number in the line.
    ///
    /// # Errors
    /// [`ServerError::Busy`] where too many wait.
    pub(crate) fn ask(
        state: &State,
        order: PackOrder,
        (by, contacts): (String, Vec<i64>),
    ) -> Result<u64, ServerError> {
        let mut line = state.packs.line();
        if line.jobs.iter().filter(|job| job.is_open()).count() >= MOST_WAITING {
            return Err(ServerError::Busy);
        }
        line.last += 1;
        let number = line.last;
        line.jobs.push_back(Job {
            number,
            order,
            by,
            contacts,
            progress: Progress::Waiting,
            cancelled: false,
        });
        if !line.working {
            line.working = true;
            let state = state.clone();
            std::thread::spawn(move || state.packs.work(&state));
        }
        Ok(number)
    }

    /// Cancels a pack that waits or is being made; one that has ended stays as it is.
    pub(crate) fn cancel(&self, number: u64) {
        let mut line = self.line();
        if let Some(job) = line.find(number).filter(|job| job.is_open()) {
            job.cancelled = true;
            if job.progress == Progress::Waiting {
                job.progress = Progress::Cancelled;
            }
        }
    }

    /// Takes no pack any more from the line, and waits until the one that is being made is recorded or the time is over.
    pub(crate) fn finish(&self, at_most: Duration) {
        let mut line = self.line();
        for job in &mut line.jobs {
            if job.progress == Progress::Waiting {
                job.progress = Progress::Cancelled;
            }
        }
        let waited = self
            .idle
            .wait_timeout_while(line, at_most, |line| line.working);
        drop(waited);
    }

    /// Makes the packs in line until none waits.
    fn work(&self, state: &State) {
        while let Some(Job {
            number,
            order,
            by,
            contacts,
            ..
        }) = self.next()
        {
            let go_on = |step, name| self.advance(number, Progress::Running(step, name));
            let made = make(state, &order, &by, &go_on).and_then(|made| {
                // The last moment to cancel: what is recorded stays.
                let wanted = self.line().find(number).is_some_and(|job| !job.cancelled);
                if wanted {
                    let issued = record(state, &made)?;
                    if !contacts.is_empty() {
                        mail_pack(state, issued.number, (&contacts, &by))?;
                    }
                    Ok(issued)
                } else {
                    Err(ServerError::Cancelled)
                }
            });
            let ended = match made {
                Ok(issued) => Progress::Issued(issued.number),
                Err(ServerError::Cancelled) => Progress::Cancelled,
                Err(error) => {
                    tracing::error!(error = %Chain(&error), "a pack could not be made");
                    Progress::Failed(Chain(&error).to_string())
                }
            };
            self.advance(number, ended);
        }
    }

    /// The pack that waits longest; nobody works any more where none waits.
    fn next(&self) -> Option<Job> {
        let mut line = self.line();
        let next = line
            .jobs
            .iter()
            .find(|job| job.progress == Progress::Waiting);
        let next = next.cloned();
        line.working = next.is_some();
        if !line.working {
            self.idle.notify_all();
        }
        next
    }

    /// Notes how far a pack is and says whether to go on.
    fn advance(&self, number: u64, progress: Progress) -> bool {
        let mut line = self.line();
        let wanted = line.find(number).is_some_and(|job| {
            job.progress = progress;
            !job.cancelled
        });
        while line.jobs.iter().filter(|job| !job.is_open()).count() > ENDED_SHOWN {
            let oldest = line.jobs.iter().position(|job| !job.is_open());
            oldest.map(|place| line.jobs.remove(place));
        }
        wanted
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    fn find(&mut self, number: u64) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.number == number)
    }
}
