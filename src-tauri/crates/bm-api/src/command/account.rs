//! Accounts: who may sign in, with which part of the work.

use bm_app::AppError;
use bm_app::accounts::{AccountChange, tries_of};

use super::Call;
use crate::request::{AccountName, AccountSave, FirstAccount, Nothing, PasswordChange};
use crate::router::Door;
use crate::session::operator;
use crate::view::AccountView;

/// Every account, by name.
///
/// # Errors
/// [`AppError::Store`].
pub fn account_list(call: &Call<'_>, _: Nothing) -> Result<Vec<AccountView>, AppError> {
    let now = call.app.clock().now();
    call.app.read(|reader| {
        let accounts = reader.accounts()?.into_iter();
        accounts
            .map(|account| {
                let tries = tries_of(reader, &account.name)?;
                Ok(AccountView::new(account, tries.as_ref(), now))
            })
            .collect()
    })
}

/// Lets an account that was locked after wrong tries sign in again; answers all of them.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn account_unlock(call: &Call<'_>, ask: AccountName) -> Result<Vec<AccountView>, AppError> {
    call.app.unlock_account(&call.actor, &ask.name)?;
    account_list(call, Nothing {})
}

/// Enters or changes an account; answers all of them.
///
/// # Errors
/// [`AppError::Refused`].
pub fn account_save(call: &Call<'_>, ask: AccountSave) -> Result<Vec<AccountView>, AppError> {
    let change = AccountChange {
        name: ask.name,
        display_name: ask.display_name,
        role: ask.role,
        active: ask.active,
        duties: ask.duties.into_iter().collect(),
        password: ask.password.filter(|password| !password.is_empty()),
    };
    call.app.save_account(&call.actor, &change)?;
    account_list(call, Nothing {})
}

/// Enters the first administrator of a database without accounts.
///
/// # Errors
/// [`AppError::NotPermitted`] when there is an account already; [`AppError::Refused`].
pub fn account_first(door: &Door<'_>, ask: FirstAccount) -> Result<(), AppError> {
    let actor = operator("setup");
    let app = door.app;
    app.enter_first_account(&actor, &ask.name, &ask.display_name, &ask.password)
}

/// Changes one's own password.
///
/// # Errors
/// [`AppError::WrongCredentials`]; [`AppError::Refused`].
pub fn password_change(call: &Call<'_>, ask: PasswordChange) -> Result<(), AppError> {
    call.app.change_password(&call.actor, &ask.old, &ask.new)
}
