//! Accounts, passwords, and dated data entered by those who may.

use std::collections::BTreeSet;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

use bm_domain::{Violation, ViolationCode as Code};

use crate::error::{AppError, StoreError};
use crate::event::{Account, Event};
use crate::law::{LawRow, ROWS_A_RECORD};
use crate::permission::{Duty, Role};
use crate::{Actor, App};

/// The shortest password taken, in characters.
pub const PASSWORD_MIN: usize = 8;

/// The longest name of an account, in characters.
const NAME_MAX: usize = 60;

/// An account as it is to be from now on.
#[derive(Clone, Debug)]
pub struct AccountChange {
    /// Name to sign in with.
    pub name: String,
    /// Name to show.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in.
    pub active: bool,
    /// The parts of the work it is assigned to; all of them when none is named.
    pub duties: BTreeSet<Duty>,
    /// A new password; the old one stays when absent.
    pub password: Option<String>,
}

fn check(change: &AccountChange, is_new: bool) -> Vec<Violation> {
    let mut problems = Vec::new();
    for (field, text) in [
        ("name", &change.name),
        ("display_name", &change.display_name),
    ] {
        let length = text.trim().chars().count();
        if length == 0 {
            problems.push(Violation::new(Code::FieldRequired, field));
        } else if length > NAME_MAX {
            problems.push(Violation::new(Code::TextTooLong, field).with("limit", NAME_MAX));
        }
    }
    match &change.password {
        None if is_new => problems.push(Violation::new(Code::FieldRequired, "password")),
        Some(password) if password.chars().count() < PASSWORD_MIN => {
            let short = Violation::new(Code::PasswordTooShort, "password");
            problems.push(short.with("limit", PASSWORD_MIN));
        }
        _ => {}
    }
    problems
}

impl App {
    /// The account, if the password is its own and it is active. Takes as long for an unknown
    /// account as for a wrong password.
    ///
    /// # Errors
    /// [`AppError::WrongCredentials`].
    pub fn sign_in(&self, name: &str, password: &str) -> Result<Account, AppError> {
        let account = self.read(|reader| Ok(reader.account(name.trim())?))?;
        let hash = account
            .as_ref()
            .map_or_else(|| hash(password), |a| Ok(a.password_hash.clone()))?;
        let parsed = PasswordHash::new(&hash).map_err(|_| AppError::WrongCredentials)?;
        let right = Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok();
        account
            .filter(|a| right && a.active)
            .ok_or(AppError::WrongCredentials)
    }

    /// The account as it is now, if it may still do what its session was opened for.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`] when it was closed or given another role since.
    pub fn check_account(&self, actor: &Actor) -> Result<(), AppError> {
        let account = self.read(|reader| Ok(reader.account(&actor.user)?))?;
        let stands = account.is_some_and(|account| account.active && account.role == actor.role);
        if stands {
            Ok(())
        } else {
            Err(AppError::NotSignedIn)
        }
    }

    /// Every account, by name.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn accounts(&self) -> Result<Vec<Account>, AppError> {
        self.read(|reader| Ok(reader.accounts()?))
    }

    /// Enters an account that may do its role's whole work.
    ///
    /// # Errors
    /// As for [`Self::save_account`].
    pub fn enter_account(
        &self,
        actor: &Actor,
        name: &str,
        display_name: &str,
        role: Role,
        password: &str,
    ) -> Result<(), AppError> {
        self.save_account(
            actor,
            &AccountChange {
                name: name.to_owned(),
                display_name: display_name.to_owned(),
                role,
                active: true,
                duties: BTreeSet::new(),
                password: Some(password.to_owned()),
            },
        )
    }

    /// Enters or changes an account.
    ///
    /// # Errors
    /// [`AppError::Refused`] when a field is empty or too long, the password too short or missing for
    /// a new account, or when no administrator could sign in any more.
    pub fn save_account(&self, actor: &Actor, change: &AccountChange) -> Result<(), AppError> {
        let hash = change.password.as_deref().map(hash).transpose()?;
        self.write(|writer| {
            let name = change.name.trim();
            let before = writer.account(name)?;
            let mut problems = check(change, before.is_none());
            let others = writer.accounts()?;
            let may_administer = |a: &Account| a.active && a.role == Role::Administrator;
            let stays = change.active && change.role == Role::Administrator;
            let lost = before.as_ref().is_some_and(may_administer) && !stays;
            if lost && !others.iter().any(|a| a.name != name && may_administer(a)) {
                problems.push(Violation::new(Code::LastAdministrator, "role"));
            }
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let held = before.map(|account| account.password_hash);
            let account = Account {
                name: name.to_owned(),
                display_name: change.display_name.trim().to_owned(),
                role: change.role,
                password_hash: hash.clone().or(held).unwrap_or_default(),
                active: change.active,
                duties: change.duties.clone(),
            };
            Ok(writer.append(&self.record(actor, Event::AccountSaved(account)))?)
        })
    }

    /// Enters the first administrator of a database that has no account yet.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`] when there is one; as for [`Self::save_account`].
    pub fn enter_first_account(
        &self,
        actor: &Actor,
        name: &str,
        display_name: &str,
        password: &str,
    ) -> Result<(), AppError> {
        if !self.accounts()?.is_empty() {
            return Err(AppError::NotPermitted);
        }
        self.enter_account(actor, name, display_name, Role::Administrator, password)
    }

    /// Changes one's own password.
    ///
    /// # Errors
    /// [`AppError::WrongCredentials`] when the old one is wrong; as for [`Self::save_account`].
    pub fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), AppError> {
        let account = self.sign_in(&actor.user, old)?;
        self.save_account(
            actor,
            &AccountChange {
                name: account.name,
                display_name: account.display_name,
                role: account.role,
                active: account.active,
                duties: account.duties,
                password: Some(new.to_owned()),
            },
        )
    }

    /// Enters rows of dated data, all in one transaction.
    ///
    /// # Errors
    /// [`AppError::Store`]; [`AppError::Refused`] for a template that does not compile.
    pub fn save_law(&self, actor: &Actor, rows: &[LawRow], source: &str) -> Result<(), AppError> {
        let faulty = self.check_templates(rows);
        if !faulty.is_empty() {
            return Err(AppError::Refused(faulty));
        }
        self.write(|writer| {
            for part in rows.chunks(ROWS_A_RECORD) {
                let event = Event::LawSaved {
                    rows: part.to_vec(),
                    removed: Vec::new(),
                    source: source.to_owned(),
                };
                writer.append(&self.record(actor, event))?;
            }
            Ok(())
        })
    }
}

fn hash(password: &str) -> Result<String, AppError> {
    let failed = |error: argon2::password_hash::Error| {
        AppError::Store(StoreError::Broken(format!("password hash: {error}")))
    };
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(failed)?;
    Ok(hash.to_string())
}
