//! One sign-in at the provider: begun with an address to go to, ended with the account that the provider names.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims,
    CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndUserEmail,
    EndUserUsername, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    SubjectIdentifier, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use store::domain::Login;
use ureq::Agent;

use super::fetch::{agent, fetch};
use super::{Claim, OpenIdError, OpenIdSettings};

/// How long what the provider says of itself, its keys included, is believed without asking again.
const DESCRIBED_FOR: TimeDelta = TimeDelta::minutes(10);

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The provider of this server.
pub(crate) struct Provider {
    settings: OpenIdSettings,
    agent: Agent,
    described: Mutex<Option<(DateTime<Utc>, CoreProviderMetadata)>>,
}

/// What the browser that began a sign-in remembers until it comes back.
#[derive(Serialize, Deserialize)]
pub(crate) struct Begun {
    /// Proves that the answer belongs to it.
    state: String,
    /// Proves that the token was made for it.
    nonce: String,
    /// Proves to the provider who began.
    verifier: String,
    /// The page to go on to.
    pub(crate) to: String,
    /// The language to go on in.
    pub(crate) lang: String,
}

/// What the provider sends the browser back with.
#[derive(Deserialize)]
pub struct Answered {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
}

impl Provider {
    pub(crate) fn new(settings: OpenIdSettings) -> Self {
        Self {
            settings,
            agent: agent(),
            described: Mutex::default(),
        }
    }

    /// What people know it as.
    pub(crate) fn name(&self) -> String {
        self.settings.shown_name()
    }

    /// Begins a sign-in: the address at the provider, and what the browser remembers.
    ///
    /// # Errors
    /// [`OpenIdError::Unusable`] where the provider does not answer.
    pub(crate) fn begin(
        &self,
        (to, lang): (&str, &str),
        now: DateTime<Utc>,
    ) -> Result<(String, Begun), OpenIdError> {
        let client = self.client(now)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scope = match self.settings.claim {
            Claim::PreferredUsername => Some("profile"),
            Claim::Email => Some("email"),
            Claim::Sub => None,
        };
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(scope.map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        let begun = Begun {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            to: to.to_owned(),
            lang: lang.to_owned(),
        };
        Ok((address.into(), begun))
    }

    /// Ends a sign-in: the name that the provider confirms.
    ///
    /// # Errors
    /// [`OpenIdError`] where it confirms none.
    pub(crate) fn end(
        &self,
        begun: Begun,
        answered: Answered,
        now: DateTime<Utc>,
    ) -> Result<Login, OpenIdError> {
        let refused = |reason: &str| OpenIdError::Refused(reason.to_owned());
        if answered.state.as_deref() != Some(begun.state.as_str()) {
            return Err(refused("another sign-in was begun"));
        }
        if let Some(error) = answered.error {
            return Err(refused(&error));
        }
        let code = answered.code.ok_or_else(|| refused("no code"))?;
        let client = self.client(now)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OpenIdError::unusable(&error))?
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier))
            .request(&|request| fetch(&self.agent, request))
            .map_err(|error| OpenIdError::refused(&error))?;
        let nonce = Nonce::new(begun.nonce);
        let claims = confirmed(&client, &tokens, &nonce, now).inspect_err(|_| self.forget())?;
        let named = match self.settings.claim.of(&Person::from(&claims)) {
            Some(named) => Some(named),
            None => self.told_of(&client, &tokens, &claims)?,
        };
        let named = named.ok_or_else(|| refused("the account is not named"))?;
        let login = Login::parse(&named).filter(|login| login.to_string() == named);
        login.ok_or(OpenIdError::Unknown(named))
    }

    /// What the provider tells of a person beyond the token, for those that keep it short.
    fn told_of(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<String>, OpenIdError> {
        let subject = Some(claims.subject().clone());
        let Ok(asked) = client.user_info(tokens.access_token().clone(), subject) else {
            return Ok(None);
        };
        let told: CoreUserInfoClaims = asked
            .request(&|request| fetch(&self.agent, request))
            .map_err(|error| OpenIdError::unusable(&error))?;
        Ok(self.settings.claim.of(&Person::from(&told)))
    }

    /// What is asked of the provider, after it has described itself.
    fn client(&self, now: DateTime<Utc>) -> Result<Client, OpenIdError> {
        let settings = &self.settings;
        let unusable = |error: openidconnect::url::ParseError| OpenIdError::unusable(&error);
        let callback = RedirectUrl::new(settings.callback()).map_err(unusable)?;
        let described = self.description(now)?;
        let ways = described.token_endpoint_auth_methods_supported();
        // Where nothing is said it is Basic (OpenID Connect Discovery 1.0, section 3).
        let takes_basic =
            ways.is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let client = CoreClient::from_provider_metadata(
            described,
            ClientId::new(settings.client_id.clone()),
            Some(ClientSecret::new(settings.client_secret.reveal())),
        );
        let way = if takes_basic {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        };
        Ok(client.set_redirect_uri(callback).set_auth_type(way))
    }

    /// How the provider describes itself, kept for a while.
    fn description(&self, now: DateTime<Utc>) -> Result<CoreProviderMetadata, OpenIdError> {
        let kept = self.lock().clone();
        if let Some((since, described)) = kept
            && (since..since + DESCRIBED_FOR).contains(&now)
        {
            return Ok(described);
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone());
        let issuer = issuer.map_err(|error| OpenIdError::unusable(&error))?;
        let described =
            CoreProviderMetadata::discover(&issuer, &|request| fetch(&self.agent, request));
        let described = described.map_err(|error| OpenIdError::unusable(&error))?;
        *self.lock() = Some((now, described.clone()));
        Ok(described)
    }

    /// Forgets how the provider describes itself: where a token was not confirmed, its keys may be other ones by now.
    fn forget(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(DateTime<Utc>, CoreProviderMetadata)>> {
        self.described
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What a token says that the provider signed for this server, this sign-in and this moment.
fn confirmed(
    client: &Client,
    tokens: &CoreTokenResponse,
    nonce: &Nonce,
    now: DateTime<Utc>,
) -> Result<CoreIdTokenClaims, OpenIdError> {
    let token = tokens.id_token();
    let token = token.ok_or_else(|| OpenIdError::Unusable("no ID token".to_owned()))?;
    let verifier = client.id_token_verifier().set_time_fn(move || now);
    let claims = token.claims(&verifier, nonce);
    let claims = claims.map_err(|error| OpenIdError::refused(&error))?;
    if let Some(expected) = claims.access_token_hash() {
        let way = token.signing_alg();
        let way = way.map_err(|error| OpenIdError::refused(&error))?;
        let key = token.signing_key(&verifier);
        let key = key.map_err(|error| OpenIdError::refused(&error))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), way, key);
        if actual.map_err(|error| OpenIdError::refused(&error))? != *expected {
            return Err(OpenIdError::Refused("another access token".to_owned()));
        }
    }
    Ok(claims.clone())
}

impl Claim {
    /// The value in what a token, or the provider beyond it, says of a person; `None` where it is left out, and for an address of
    /// mail that is not verified.
    fn of(self, person: &Person<'_>) -> Option<String> {
        match self {
            Self::Sub => Some(person.subject.to_string()),
            Self::PreferredUsername => person.username.map(|name| name.to_string()),
            Self::Email => {
                let mail = person.mail.filter(|_| person.mail_is_verified);
                mail.map(|mail| mail.to_ascii_lowercase())
            }
        }
    }
}

/// What is said of a person, as far as it is asked for.
struct Person<'a> {
    subject: &'a SubjectIdentifier,
    username: Option<&'a EndUserUsername>,
    mail: Option<&'a EndUserEmail>,
    mail_is_verified: bool,
}

impl<'a> From<&'a CoreIdTokenClaims> for Person<'a> {
    fn from(claims: &'a CoreIdTokenClaims) -> Self {
        Self {
            subject: claims.subject(),
            username: claims.preferred_username(),
            mail: claims.email(),
            mail_is_verified: claims.email_verified() == Some(true),
        }
    }
}

impl<'a> From<&'a CoreUserInfoClaims> for Person<'a> {
    fn from(claims: &'a CoreUserInfoClaims) -> Self {
        Self {
            subject: claims.subject(),
            username: claims.preferred_username(),
            mail: claims.email(),
            mail_is_verified: claims.email_verified() == Some(true),
        }
    }
}
