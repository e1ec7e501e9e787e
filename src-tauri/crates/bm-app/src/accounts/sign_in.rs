//! Signing in, and the wrong tries before it.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use bm_domain::BusinessDay;
use bm_domain::account::{AccountRule, SignInTries};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::book::{Book, Heading, Keep, get};
use crate::error::AppError;
use crate::event::Account;
use crate::permission::Role;
use crate::ports::Reader;
use crate::{Actor, App};

/// What an account without a name of its own is written as.
const NOBODY: &str = "?";

/// The hash looked at for a name nobody has, which must cost as much time as one with an account.
static NO_PASSWORD: LazyLock<Result<String, AppError>> = LazyLock::new(|| super::hash(""));

impl Keep for SignInTries {
    const BOOK: Book = Book::SignInTries;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: "",
            day: BusinessDay::of(self.last),
            open: self.wrong > 0,
            references: Some(self.account.clone())
                .filter(|name| !name.is_empty())
                .into_iter()
                .collect(),
            number: None,
        }
    }
}

/// The entry that counts the tries under a name.
fn entry_of(name: &str) -> Uuid {
    let digest = Sha256::digest(format!("sign-in/{name}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The tries under a name as they stand.
///
/// # Errors
/// [`AppError::Store`].
pub fn tries_of(reader: &dyn Reader, name: &str) -> Result<Option<SignInTries>, AppError> {
    Ok(get(reader, entry_of(name))?)
}

impl App {
    /// The rules for accounts of today.
    pub(crate) fn account_rule(&self, reader: &dyn Reader) -> Result<AccountRule, AppError> {
        let book = self.law_book(reader)?;
        let today = BusinessDay::of(self.clock().now());
        let held = book.1.on(today).account_rule().cloned();
        Ok(held.unwrap_or_else(|| AccountRule::before_any(today)))
    }

    /// Who signs in is not known yet: the record bears the name of the account, where there is one.
    fn someone(name: &str, workstation: &str) -> Actor {
        Actor {
            user: if name.is_empty() { NOBODY } else { name }.to_owned(),
            role: Role::Officer,
            gate: String::new(),
            workstation: workstation.to_owned(),
        }
    }

    /// The account, if the password is its own and it is active. A wrong try is recorded, and as many
    /// as the office allows lock the name for a time. A name nobody has takes as long, is counted and
    /// is locked alike, so that nobody finds out which names there are.
    ///
    /// # Errors
    /// [`AppError::WrongCredentials`], [`AppError::AccountLocked`].
    pub fn sign_in(
        &self,
        name: &str,
        password: &str,
        workstation: &str,
    ) -> Result<Account, AppError> {
        let name = name.trim();
        let now = self.clock().now();
        let (account, tries) =
            self.read(|reader| Ok((reader.account(name)?, tries_of(reader, name)?)))?;
        if let Some(until) = tries.as_ref().and_then(|tries| tries.locked(now)) {
            return Err(AppError::AccountLocked(until));
        }
        let right = is_right(password, account.as_ref())?;
        match account.filter(|account| right && account.active) {
            Some(account) if tries.is_none_or(|tries| tries.wrong == 0) => Ok(account),
            Some(account) => {
                self.clear_tries(&Self::someone(name, workstation), name, "signed_in")?;
                Ok(account)
            }
            None => Err(self.count_wrong(name, workstation)?),
        }
    }

    fn count_wrong(&self, name: &str, workstation: &str) -> Result<AppError, AppError> {
        let now = self.clock().now();
        self.write(|writer| {
            let known = writer.account(name)?.map(|account| account.name);
            let known = known.unwrap_or_default();
            let actor = Self::someone(&known, workstation);
            let held = tries_of(writer, name)?;
            let held = held.unwrap_or_else(|| SignInTries::none(entry_of(name), known, now));
            let tries = held.after_wrong(&self.account_rule(writer)?, now);
            let locked = tries.locked(now);
            let change = if locked.is_some() {
                "locked"
            } else {
                "wrong_password"
            };
            self.keep(writer, &actor, change, tries)?;
            Ok(locked.map_or(AppError::WrongCredentials, AppError::AccountLocked))
        })
    }

    /// Takes the wrong tries under a name away; `change` says why. A lock that came meanwhile stays
    /// unless an administrator takes it away.
    fn clear_tries(&self, actor: &Actor, name: &str, change: &str) -> Result<(), AppError> {
        let now = self.clock().now();
        self.write(|writer| {
            let Some(tries) = tries_of(writer, name)?.filter(|tries| tries.wrong > 0) else {
                return Ok(());
            };
            if let (Some(until), "signed_in") = (tries.locked(now), change) {
                return Err(AppError::AccountLocked(until));
            }
            Ok(self.keep(writer, actor, change, tries.cleared(now))?)
        })
    }

    /// Lets a locked account sign in again at once.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where there is no such account.
    pub fn unlock_account(&self, actor: &Actor, name: &str) -> Result<(), AppError> {
        let name = name.trim();
        let known = self.read(|reader| Ok(reader.account(name)?))?;
        known.ok_or(AppError::NotFound)?;
        self.clear_tries(actor, name, "unlocked")
    }
}

/// Whether the password is the account's; takes as long without an account.
fn is_right(password: &str, account: Option<&Account>) -> Result<bool, AppError> {
    let hash = match account {
        Some(account) => account.password_hash.clone(),
        None => NO_PASSWORD.clone()?,
    };
    Ok(fits(password, &hash) && account.is_some())
}

/// Whether a password is the one a hash was made from.
pub(super) fn fits(password: &str, hash: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed.is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}
