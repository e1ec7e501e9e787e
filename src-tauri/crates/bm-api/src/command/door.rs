//! What can be asked before anyone has signed in, and the session itself.

use bm_app::permission::{Permission, Role, allows};
use bm_app::{Actor, AppError};
use bm_domain::{BusinessDay, Violation, ViolationCode};

use crate::catalog::COMMANDS;
use crate::input::check_workstation;
use crate::request::{Nothing, SignIn, Unlock};
use crate::router::{DEMO_ACCOUNTS, Door};
use crate::view::{DemoAccount, GateView, SessionView, SystemStatus};

/// Version, business day and gates; the demo accounts where the data are invented.
///
/// # Errors
/// [`AppError::Store`].
pub fn system_status(door: &Door<'_>, _: Nothing) -> Result<SystemStatus, AppError> {
    let today = BusinessDay::of(door.app.clock().now());
    Ok(SystemStatus {
        version: env!("CARGO_PKG_VERSION"),
        demo_accounts: if door.demo {
            demo_accounts()
        } else {
            Vec::new()
        },
        is_new: door.app.accounts()?.is_empty(),
        today,
        gates: open_gates(door, today)?,
    })
}

fn demo_accounts() -> Vec<DemoAccount> {
    let role = |word| Role::ALL.into_iter().find(|role| role.word() == word);
    let known = DEMO_ACCOUNTS.into_iter();
    known
        .filter_map(|(user, password, word)| {
            let role = role(word)?;
            Some(DemoAccount {
                user,
                password,
                role,
            })
        })
        .collect()
}

fn open_gates(door: &Door<'_>, today: BusinessDay) -> Result<Vec<GateView>, AppError> {
    door.app.read(|reader| {
        let book = door.app.law_book(reader)?;
        let law = book.1.on(today);
        let open = book.1.gates.keys().filter_map(|code| law.gate(code));
        Ok(open.map(GateView::from).collect())
    })
}

fn open_gate(door: &Door<'_>, today: BusinessDay, code: &str) -> Result<GateView, AppError> {
    let mut gates = open_gates(door, today)?.into_iter();
    gates.find(|gate| gate.code == code).ok_or_else(|| {
        let unknown = Violation::new(ViolationCode::GateUnknown, "gate");
        AppError::Refused(vec![unknown.with("gate", code)])
    })
}

/// Opens a session at a counter.
///
/// # Errors
/// [`AppError::WrongCredentials`]; [`AppError::Refused`] for a counter that can't be a part of a
/// form's number, or for a gate that is not open.
pub fn session_sign_in(door: &Door<'_>, sign_in: SignIn) -> Result<SessionView, AppError> {
    let workstation = sign_in.workstation.trim().to_owned();
    check_workstation(&workstation).map_err(|odd| AppError::Refused(vec![odd]))?;
    let app = door.app;
    let account = app.sign_in(&sign_in.user, &sign_in.password, &workstation)?;
    let must_change_password = app.must_change(&account)?;
    let idle = app.idle_limit()?;
    let now = door.app.clock().now();
    let gate = match sign_in.gate.trim() {
        // Away from the counters work those who register nothing; one of them enters the first gate.
        "" if !allows(account.role, Permission::Trade) => None,
        code => Some(open_gate(door, BusinessDay::of(now), code)?),
    };
    let (gate, gate_name) = gate.map(|gate| (gate.code, gate.name)).unwrap_or_default();
    let actor = Actor {
        user: account.name,
        role: account.role,
        gate,
        workstation,
    };
    // A random id: a time-ordered one could be guessed.
    let token = door.app.ids().secret();
    door.sessions.open(token.clone(), actor.clone(), now)?;
    let allowed = COMMANDS
        .iter()
        .filter(|command| allows(actor.role, command.permission));
    Ok(SessionView {
        token,
        user: actor.user,
        display_name: account.display_name,
        role: actor.role,
        gate: actor.gate,
        gate_name,
        workstation: actor.workstation,
        idle_lock_seconds: u32::try_from(idle.num_seconds()).unwrap_or(u32::MAX),
        must_change_password,
        commands: allowed.map(|command| command.name).collect(),
    })
}

/// Ends the session.
///
/// # Errors
/// When another thread failed while it held the sessions.
pub fn session_sign_out(door: &Door<'_>, _: Nothing) -> Result<(), AppError> {
    door.sessions.close(door.token.unwrap_or_default())
}

/// Locks the session.
///
/// # Errors
/// As for [`session_sign_out`].
pub fn session_lock(door: &Door<'_>, _: Nothing) -> Result<(), AppError> {
    let now = door.app.clock().now();
    let token = door.token.unwrap_or_default();
    door.sessions.set_locked(token, true, now)
}

/// Unlocks the session with its account's password.
///
/// # Errors
/// [`AppError::NotSignedIn`], [`AppError::WrongCredentials`].
pub fn session_unlock(door: &Door<'_>, unlock: Unlock) -> Result<(), AppError> {
    let session = door.sessions.get(door.token)?;
    let actor = &session.actor;
    let app = door.app;
    app.sign_in(&actor.user, &unlock.password, &actor.workstation)?;
    let now = door.app.clock().now();
    let token = door.token.unwrap_or_default();
    door.sessions.set_locked(token, false, now)
}
