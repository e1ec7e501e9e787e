//! Accounts, passwords, and dated data entered by those who may.

use std::collections::BTreeSet;

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use bm_domain::account::AccountRule;
use bm_domain::{Violation, ViolationCode as Code};
use chrono::{DateTime, TimeDelta, Utc};

use crate::error::{AppError, StoreError};
use crate::event::{Account, Event};
use crate::law::{LawRow, ROWS_A_RECORD};
use crate::permission::{Duty, Role};
use crate::{Actor, App};

mod sign_in;

pub use sign_in::tries_of;

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

fn check(change: &AccountChange, before: Option<&Account>, rule: &AccountRule) -> Vec<Violation> {
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
        None if before.is_none() => {
            problems.push(Violation::new(Code::FieldRequired, "password"));
        }
        None => {}
        Some(password) => {
            let names = [change.name.trim(), change.display_name.trim()];
            problems.extend(rule.weaknesses(password, names, "password"));
            let returns = before.is_some_and(|account| had(account, password, rule));
            if problems.is_empty() && returns {
                let used = Violation::new(Code::PasswordUsed, "password");
                problems.push(used.with("times", rule.remembered));
            }
        }
    }
    problems
}

/// Whether a password is one of the last that an account had.
fn had(account: &Account, password: &str, rule: &AccountRule) -> bool {
    let former = account.former.iter().take(rule.remembered as usize);
    let mut all = std::iter::once(&account.password_hash).chain(former);
    all.any(|hash| sign_in::fits(password, hash))
}

impl App {
    /// Whether the account of a session may still do what it was opened for, and whether it has to
    /// change its password first.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`] when it was closed or given another role since.
    pub fn check_account(&self, actor: &Actor) -> Result<bool, AppError> {
        let account = self.read(|reader| Ok(reader.account(&actor.user)?))?;
        let account = account.filter(|account| account.active && account.role == actor.role);
        self.must_change(&account.ok_or(AppError::NotSignedIn)?)
    }

    /// Whether an account has to change its password before it does anything else: an administrator
    /// has set it, or it is older than the office lets it be.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn must_change(&self, account: &Account) -> Result<bool, AppError> {
        let rule = self.read(|reader| self.account_rule(reader))?;
        let now = self.clock().now();
        let due = account
            .password_set
            .is_some_and(|set| rule.is_due(set, now));
        Ok(account.must_change || due)
    }

    /// How long a session may stand without a command before it locks itself.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn idle_limit(&self) -> Result<TimeDelta, AppError> {
        Ok(self.read(|reader| self.account_rule(reader))?.idle())
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
    /// [`AppError::Refused`] when a field is empty or too long, the password too weak, one that the
    /// account had, or missing for a new account, when no administrator could sign in any more, or when
    /// somebody gives themselves another role.
    pub fn save_account(&self, actor: &Actor, change: &AccountChange) -> Result<(), AppError> {
        let name = change.name.trim();
        // Hashing takes long by design: nobody waits for it with the database in hand.
        let (rule, held) =
            self.read(|reader| Ok((self.account_rule(reader)?, reader.account(name)?)))?;
        let problems = check(change, held.as_ref(), &rule);
        let hash = match &change.password {
            Some(password) if problems.is_empty() => Some(hash(password)?),
            _ => None,
        };
        self.write(|writer| {
            let before = writer.account(name)?;
            if before != held {
                return Err(AppError::Stale);
            }
            let mut problems = problems.clone();
            let others = writer.accounts()?;
            let own = name == actor.user;
            if own && before.as_ref().is_some_and(|a| a.role != change.role) {
                problems.push(Violation::new(Code::SecondPersonNeeded, "role"));
            }
            let may_administer = |a: &Account| a.active && a.role == Role::Administrator;
            let stays = change.active && change.role == Role::Administrator;
            let lost = before.as_ref().is_some_and(may_administer) && !stays;
            if lost && !others.iter().any(|a| a.name != name && may_administer(a)) {
                problems.push(Violation::new(Code::LastAdministrator, "role"));
            }
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let mut account = Account {
                display_name: change.display_name.trim().to_owned(),
                role: change.role,
                active: change.active,
                duties: change.duties.clone(),
                ..before.unwrap_or_else(|| Account::named(name))
            };
            if let Some(hash) = &hash {
                let by_other = !own && actor.role == Role::Administrator;
                account.set_password(hash, self.clock().now(), by_other, &rule);
            }
            writer.append(&self.record(actor, Event::AccountSaved(account)))?;
            Ok(())
        })?;
        if hash.is_some() {
            self.unlock_account(actor, name)?;
        }
        Ok(())
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
    /// [`AppError::WrongCredentials`] when the old one is wrong, which counts as a wrong try; as for
    /// [`Self::save_account`].
    pub fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), AppError> {
        let account = self.sign_in(&actor.user, old, &actor.workstation)?;
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

impl Account {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            display_name: String::new(),
            role: Role::Officer,
            password_hash: String::new(),
            active: true,
            duties: BTreeSet::new(),
            must_change: false,
            password_set: None,
            former: Vec::new(),
        }
    }

    /// Puts a password in place of the one it had, which is remembered as long as the rule says.
    fn set_password(&mut self, hash: &str, now: DateTime<Utc>, by_other: bool, rule: &AccountRule) {
        let old = std::mem::replace(&mut self.password_hash, hash.to_owned());
        if !old.is_empty() {
            self.former.insert(0, old);
        }
        self.former.truncate(rule.remembered as usize);
        self.password_set = Some(now);
        self.must_change = by_other;
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
