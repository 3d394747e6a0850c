//! What a path demands of who asks.

/// What a path demands of who asks. [`super::Visitor::meets`] says who meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: signing in, the style of the pages, whether the server is well.
    Nothing,
    /// An account, whatever it is for: what is about the visitor.
    Account,
    /// Reading one's own province or all of them. What the address names is held against the wall, and what a list shows is
    /// for the page to choose by [`super::Visitor::province`].
    Province,
    /// Reading the whole nation.
    Nation,
    /// Sending and correcting files of one's own province or of all of them, with the same wall.
    Sending,
    /// Handing in a file: who sends, and scripts with a token for uploads.
    Upload,
    /// Acting for the ministry: issuing forecasts and packs.
    Ministry,
    /// Making accounts.
    Administration,
}
