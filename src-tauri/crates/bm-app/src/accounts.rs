//! Accounts, passwords, and dated data entered by those who may.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

use crate::error::{AppError, StoreError};
use crate::event::{Account, Event};
use crate::law::LawRow;
use crate::permission::Role;
use crate::{Actor, App};

/// Rows of dated data in one record: keeps a record below a megabyte.
const ROWS_A_RECORD: usize = 500;

/// The shortest password taken, in characters.
pub const PASSWORD_MIN: usize = 8;

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

    /// Enters or changes an account.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] when the password is too short.
    pub fn save_account(
        &self,
        actor: &Actor,
        name: &str,
        display_name: &str,
        role: Role,
        password: &str,
    ) -> Result<(), AppError> {
        if password.chars().count() < PASSWORD_MIN {
            return Err(AppError::BadRequest(format!("password: {PASSWORD_MIN}+")));
        }
        let account = Account {
            name: name.trim().to_owned(),
            display_name: display_name.to_owned(),
            role,
            password_hash: hash(password)?,
            active: true,
        };
        self.write(|writer| {
            let event = Event::AccountSaved(account.clone());
            Ok(writer.append(&self.record(actor, event))?)
        })
    }

    /// Enters rows of dated data, all in one transaction.
    ///
    /// # Errors
    /// [`AppError::Store`]; [`AppError::Refused`] for a template that does not compile.
    pub fn save_law(&self, actor: &Actor, rows: &[LawRow], source: &str) -> Result<(), AppError> {
        self.check_templates(rows)?;
        self.write(|writer| {
            for part in rows.chunks(ROWS_A_RECORD) {
                let event = Event::LawSaved {
                    rows: part.to_vec(),
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
