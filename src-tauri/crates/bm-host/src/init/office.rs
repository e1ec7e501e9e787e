//! What an office lays down for its accounts and for the data of persons; entered also into an older
//! database, which has no such rows.

use bm_app::AppError;
use bm_app::law::LawRow;
use bm_domain::Validity;
use bm_domain::account::AccountRule;
use bm_domain::retention::RetentionRule;

use super::read;

/// Words guessed first, here and anywhere.
const WEAK_WORDS: [&str; 14] = [
    "matkhau",
    "password",
    "haiquan",
    "vietnam",
    "bienmau",
    "iloveyou",
    "qwerty",
    "asdfgh",
    "admin",
    "abc",
    "123456789",
    "123456",
    "12345",
    "123",
];

/// When the rules begin to hold: before any form.
const SINCE: &str = "2020-01-01";

/// Passwords, wrong tries and sessions, as a new office begins.
///
/// # Errors
/// As [`rules`].
pub fn account_rule() -> Result<AccountRule, AppError> {
    Ok(AccountRule {
        least_length: 8,
        weak_words: WEAK_WORDS.map(str::to_owned).to_vec(),
        own_characters: 4,
        remembered: 5,
        wrong_tries: 5,
        locked_minutes: 15,
        change_days: 0,
        idle_minutes: 10,
        validity: Validity::since(read(SINCE)?),
        basis: "quy chế đơn vị, theo NIST SP 800-63B".into(),
    })
}

/// The rows a new office begins with.
///
/// # Errors
/// [`AppError::Store`] when they can't be read, which is a fault of the program.
pub fn rules() -> Result<Vec<LawRow>, AppError> {
    Ok(vec![
        LawRow::Account(account_rule()?),
        LawRow::Retention(RetentionRule {
            customs_years: 5,
            accounting_years: 10,
            needs_second: true,
            validity: Validity::since(read(SINCE)?),
            basis: "Law 91/2025/QH15, thời hạn giả định, đơn vị xác nhận".into(),
        }),
    ])
}
