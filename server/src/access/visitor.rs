//! Who is asking.

use std::collections::BTreeSet;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use store::domain::{Login, Role, Token, TokenScope, UnitId, Units};

use super::Demand;
use crate::error::ServerError;

/// Who is asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visitor {
    /// Nobody who is known.
    #[default]
    Nobody,
    /// A person who is signed in.
    Person {
        /// As whom.
        login: Login,
        /// What the account is for.
        role: Role,
    },
    /// A script that shows a token.
    Script {
        /// What the token is good for.
        scope: TokenScope,
        /// For which unit; `None` is the whole nation.
        unit: Option<UnitId>,
    },
}

impl Visitor {
    /// Whether the visitor has what a path demands.
    #[must_use]
    pub const fn meets(self, demand: Demand) -> bool {
        let (role, scope) = match self {
            Self::Nobody => (None, None),
            Self::Person { role, .. } => (Some(role), None),
            Self::Script { scope, .. } => (None, Some(scope)),
        };
        let reads = role.is_some() || matches!(scope, Some(TokenScope::Read));
        let sends = matches!(
            role,
            Some(Role::Administrator | Role::Monitor | Role::Uploader(_))
        );
        match demand {
            Demand::Nothing => true,
            Demand::Account => role.is_some(),
            Demand::Province => reads,
            Demand::Nation => reads && self.province().is_none(),
            Demand::Sending => sends,
            Demand::Upload => sends || matches!(scope, Some(TokenScope::Upload)),
            Demand::Ministry => matches!(role, Some(Role::Administrator | Role::Monitor)),
            Demand::Administration => matches!(role, Some(Role::Administrator)),
        }
    }

    /// The only province the visitor reaches; `None` where that is every province.
    #[must_use]
    pub const fn province(self) -> Option<UnitId> {
        match self {
            Self::Nobody => None,
            Self::Person { role, .. } => role.province(),
            Self::Script { unit, .. } => unit,
        }
    }

    /// Whether some units are all the visitor's own: of the province, or of those it was formed from.
    #[must_use]
    pub fn reaches(self, units: &Units, wanted: &BTreeSet<UnitId>) -> bool {
        self.province()
            .is_none_or(|province| wanted.is_subset(&units.family(province)))
    }

    /// The name under which the visitor is recorded; empty for a script, whose token has one.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Person { login, .. } => login.to_string(),
            Self::Nobody | Self::Script { .. } => String::new(),
        }
    }

    /// Who sent a request, as the guard found.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        request
            .extensions()
            .get::<Self>()
            .copied()
            .unwrap_or_default()
    }
}

impl FromRequest for Visitor {
    type Error = ServerError;
    type Future = Ready<Result<Self, ServerError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// The token that a script shows.
#[derive(Clone, Debug)]
pub struct ShownToken(pub Token);

impl FromRequest for ShownToken {
    type Error = ServerError;
    type Future = Ready<Result<Self, ServerError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let shown = request.extensions().get::<Self>().cloned();
        ready(shown.ok_or(ServerError::NoToken))
    }
}
