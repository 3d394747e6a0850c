//! Plain types of the domain and their rules. Nothing here reads a file, a clock or a database.

mod account;
mod calendar;
mod cell_change;
mod contact;
mod count;
mod count_row;
mod deadline;
mod difficulty;
mod digest;
mod dimension;
mod exemption;
mod figure;
mod issued_forecast;
mod language;
mod ledger;
mod letters;
mod message;
mod pack;
mod panel;
mod published;
mod question;
mod reconciliation;
mod reference;
mod spreadsheet;
mod stage;
mod sub_units;
mod submission;
mod token;
mod unit;
mod webhook;
mod week;

pub use account::{Account, AccountChange, AccountDeed, Credential, Login, Role, Session};
pub use calendar::{Calendar, Campaign, Holiday};
pub use cell_change::{CellChange, CellKey, ChangeDeed};
pub use contact::{Contact, NewContact};
pub use count::{Count, Share};
pub use count_row::{CountRow, Reported, StageCounts};
pub use deadline::{Deadline, DeadlineKind, deadline_in_force};
pub use difficulty::{
    Difficulty, DifficultyCase, DifficultyMove, DifficultyOwner, DifficultyState, RecordedMove,
};
pub use digest::{Digest, DigestWriter};
pub use dimension::{CountUnit, RecordType, Route};
pub use exemption::{Exemption, LONGEST_EXEMPTION, RecordedExemption, exemption_in_force};
pub use figure::{Figure, PartKey, Parts};
pub use issued_forecast::{IssuedForecast, NewForecast};
pub use language::{Language, Text};
pub use ledger::Ledger;
pub use letters::{IssuedLetters, KeptTemplate, NewLetters, NewTemplate};
pub use message::{
    Attempt, Dispatched, MailContent, Message, MessageCounts, MessageState, NewMail,
    OutboxStanding, Recipient,
};
pub use pack::{IssuedPack, PackIssue};
pub use panel::{Panel, SeriesPoint, Standing, UnitSeries};
pub use published::{Approximation, PublishedFigure};
pub use question::{ANSWER_WEEKS, Answer, GivenAnswer, Question, QuestionId};
pub use reconciliation::{
    AuditBasis, AuditDecision, AuditLot, AuditPlan, AuditResult, AuditSeed, Breach, CaseAccount,
    CaseMove, CasesBefore, Comparability, Direction, DuplicateKind, Duplicates, Exchange,
    Explained, Field, FieldClass, FieldCounts, FrozenLot, Kept, LedgerBefore, LedgerFilter, Method,
    Move, Outcome, Outcomes, Owner, PersonalNumbers, ReconciliationBatch, ReconciliationEntry,
    ReconciliationLedger, ReconciliationStage, Resolution, RuleSet, Run, RunKey, SyncStatement,
    Weight, WorkDone, Worklist, check_audit, check_batch, check_cases, check_in_ledger,
    check_snapshots, check_statement, subjects_per_record, sum_outcomes,
};
pub use reference::{Measure, RecordTypeNames, Reference, ReferenceError};
pub use spreadsheet::spreadsheet_safe;
pub use stage::Stage;
pub use sub_units::SubUnitProgress;
pub use submission::{Content, NewSubmission, Receipt, Submission, SubmissionId, SubmissionState};
pub use token::{Token, TokenScope};
pub use unit::{DaysHeld, Scheme, Unit, UnitId, UnitView, Units};
pub use webhook::{ForecastMoved, Webhook, WebhookBody, WebhookDeed, WebhookTest, WeekComplete};
pub use week::Week;
