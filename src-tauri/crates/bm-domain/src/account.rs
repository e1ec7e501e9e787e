//! What an office lays down for passwords, wrong tries and sessions.
//!
//! The texts on customs say nothing of passwords; the office regulates them, with NIST SP 800-63B as
//! a guide (sec. 5.1.1.2 of its third revision: a least length and a check against what is guessed
//! first, no classes of characters, no periodic change; 5.2.2: few wrong tries).

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::{BusinessDay, Validity};
use crate::text::fold;
use crate::violation::{Violation, ViolationCode as Code};

/// A name shorter than this is no help in guessing a password that holds it, in characters.
const NAME_LEAST: usize = 3;

/// What the office has laid down for accounts, as dated data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRule {
    /// The shortest password taken, in characters.
    pub least_length: u32,
    /// Words that are guessed first, without marks.
    pub weak_words: Vec<String>,
    /// How many different characters a password has besides the names of its account and such words.
    pub own_characters: u32,
    /// How many of the passwords an account had may not return.
    pub remembered: u32,
    /// Wrong tries in a row after which an account is locked.
    pub wrong_tries: u32,
    /// For how long, in minutes.
    pub locked_minutes: u32,
    /// Days after which a new password is asked for; never when 0.
    pub change_days: u32,
    /// Minutes without a command after which a session locks itself.
    pub idle_minutes: u32,
    /// Days on which it holds.
    pub validity: Validity,
    /// The text it comes from.
    pub basis: String,
}

impl AccountRule {
    /// What held before an office could lay it down.
    #[must_use]
    pub const fn before_any(day: BusinessDay) -> Self {
        Self {
            least_length: 8,
            weak_words: Vec::new(),
            own_characters: 0,
            remembered: 0,
            wrong_tries: u32::MAX,
            locked_minutes: 0,
            change_days: 0,
            idle_minutes: 10,
            validity: Validity::since(day),
            basis: String::new(),
        }
    }

    /// What stands against a password of an account with these names (to sign in with, to show); the
    /// violations name the field `field`.
    #[must_use]
    pub fn weaknesses(&self, password: &str, names: [&str; 2], field: &str) -> Vec<Violation> {
        let mut problems = Vec::new();
        let length = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
        if length < self.least_length {
            let short = Violation::new(Code::PasswordTooShort, field);
            problems.push(short.with("limit", self.least_length));
        } else if self.own(password, names) < self.own_characters {
            let weak = Violation::new(Code::PasswordWeak, field);
            problems.push(weak.with("limit", self.own_characters));
        }
        problems
    }

    /// How many different characters are left of a password when names and weak words are taken out.
    fn own(&self, password: &str, names: [&str; 2]) -> u32 {
        let mut rest = fold(password).replace(char::is_whitespace, "");
        let names = names.map(fold);
        let parts = names.iter().flat_map(|name| name.split_whitespace());
        let mut known: Vec<&str> = parts
            .filter(|part| part.chars().count() >= NAME_LEAST)
            .chain(self.weak_words.iter().map(String::as_str))
            .collect();
        // The longest first: of "password1" and "password" the shorter would leave a rest.
        known.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in known.into_iter().filter(|word| !word.is_empty()) {
            rest = rest.replace(word, "");
        }
        let different: BTreeSet<char> = rest.chars().filter(|c| !c.is_whitespace()).collect();
        u32::try_from(different.len()).unwrap_or(u32::MAX)
    }

    /// Whether a password set then is to be changed now.
    #[must_use]
    pub fn is_due(&self, set: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.change_days > 0 && now - set >= TimeDelta::days(i64::from(self.change_days))
    }

    /// How long a session may stand without a command.
    #[must_use]
    pub fn idle(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.idle_minutes))
    }
}

/// The wrong tries to sign in under one name since the last right one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInTries {
    /// Made from the name, so that a name nobody has is counted without being kept: people type
    /// passwords there by mistake.
    pub id: Uuid,
    /// The account; empty where there is none of that name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub account: String,
    /// How many in a row.
    pub wrong: u32,
    /// The last one.
    pub last: DateTime<Utc>,
    /// Until when no password is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<DateTime<Utc>>,
}

impl SignInTries {
    /// None yet under a name.
    #[must_use]
    pub const fn none(id: Uuid, account: String, now: DateTime<Utc>) -> Self {
        Self {
            id,
            account,
            wrong: 0,
            last: now,
            locked_until: None,
        }
    }

    /// Until when it is locked; `None` when it is not.
    #[must_use]
    pub fn locked(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.locked_until.filter(|until| now < *until)
    }

    /// One more wrong try. After a lock that is over the count begins anew.
    #[must_use]
    pub fn after_wrong(self, rule: &AccountRule, now: DateTime<Utc>) -> Self {
        let wrong = if self.locked_until.is_some() {
            1
        } else {
            self.wrong.saturating_add(1)
        };
        let locks = wrong >= rule.wrong_tries;
        let until = now + TimeDelta::minutes(i64::from(rule.locked_minutes));
        Self {
            wrong,
            last: now,
            locked_until: locks.then_some(until),
            ..self
        }
    }

    /// The right password was given, or an administrator unlocked the account.
    #[must_use]
    pub fn cleared(self, now: DateTime<Utc>) -> Self {
        Self::none(self.id, self.account, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> AccountRule {
        AccountRule {
            least_length: 8,
            weak_words: ["matkhau", "password", "123456", "123456789", "qwerty"]
                .map(str::to_owned)
                .to_vec(),
            own_characters: 4,
            remembered: 5,
            wrong_tries: 3,
            locked_minutes: 15,
            change_days: 0,
            idle_minutes: 10,
            validity: Validity::since(BusinessDay::of(DateTime::UNIX_EPOCH)),
            basis: String::new(),
        }
    }

    #[test]
    fn what_is_guessed_first_is_no_password() {
        let code = |password: &str| {
            let problems = rule().weaknesses(password, ["lan", "Trần Thị Mai Lan"], "password");
            problems.first().map(|problem| problem.code)
        };
        for (password, expected) in [
            ("ngắn", Some(Code::PasswordTooShort)),
            ("1234567", Some(Code::PasswordTooShort)),
            ("aaaaaaaaaaaa", Some(Code::PasswordWeak)),
            ("123456789", Some(Code::PasswordWeak)),
            ("Password123456", Some(Code::PasswordWeak)),
            ("mật khẩu 1", Some(Code::PasswordWeak)),
            ("lanlan2026", Some(Code::PasswordWeak)),
            ("TranMaiLan1", Some(Code::PasswordWeak)),
            ("lan-biển xanh", None),
            ("đò chiều qua sông", None),
            ("aaaabbbbccccdddd", None),
        ] {
            assert_eq!(code(password), expected, "{password}");
        }
    }

    #[test]
    fn an_account_is_locked_for_its_time_and_counts_anew_after_it() {
        let begun: DateTime<Utc> = "2026-11-24T01:00:00Z".parse().expect("a time");
        let at = |minute| begun + TimeDelta::minutes(minute);
        let mut tries = SignInTries::none(Uuid::nil(), "lan".into(), begun);
        for minute in 0..3 {
            assert_eq!(tries.locked(at(minute)), None);
            tries = tries.after_wrong(&rule(), at(minute));
        }
        assert_eq!(tries.locked(at(2)), Some(at(17)));
        assert_eq!(tries.locked(at(17)), None);
        let again = tries.clone().after_wrong(&rule(), at(18));
        assert_eq!((again.wrong, again.locked(at(18))), (1, None));
        let cleared = tries.cleared(at(3));
        assert_eq!((cleared.wrong, cleared.locked(at(3))), (0, None));
    }

    #[test]
    fn a_password_is_asked_for_again_only_where_the_office_says_so() {
        let set: DateTime<Utc> = "2026-11-24T01:00:00Z".parse().expect("a time");
        let later = set + TimeDelta::days(90);
        assert!(!rule().is_due(set, later));
        let yearly = AccountRule {
            change_days: 90,
            ..rule()
        };
        assert!(yearly.is_due(set, later));
        assert!(!yearly.is_due(set, later - TimeDelta::seconds(1)));
    }
}
