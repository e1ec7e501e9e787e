//! Roles and what each may do.

use serde::{Deserialize, Serialize};

/// Who works with the program (LAW notes 2.3; one account has one role).
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Identifies, registers, collects at the counter.
    Officer,
    /// Does what an officer does and decides where a second person is asked for.
    Supervisor,
    /// Reports for all gates, catalogue, rates, gates.
    Branch,
    /// Sees overviews.
    Leader,
    /// Keeps accounts, dated data and the database; sees no trade by being administrator.
    Administrator,
    /// Reads everything, the log too, and changes nothing.
    Auditor,
    /// The operating-system account that owns the database folder: nightly jobs on the command line.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Officer,
        Self::Supervisor,
        Self::Branch,
        Self::Leader,
        Self::Administrator,
        Self::Auditor,
        Self::Operator,
    ];

    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
            Self::Branch => "branch",
            Self::Leader => "leader",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
        }
    }
}

/// A part of the work on a form, which an office may give to some of its officers only. Circular
/// 80/2019/TT-BTC knows four marks of officers on a form (art. 6(2), 7(3), 7(4)); who receives
/// money (art. 6(5)) is often another one.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Accepts and registers forms (art. 6(2)).
    Registration,
    /// Inspects goods, takes in certificates (art. 6(6), 7(3)).
    Inspection,
    /// Computes and confirms the tax (art. 6(2) to (4)).
    Tax,
    /// Receives the money (art. 6(5)).
    Cashier,
    /// Supervises the exit and releases (art. 7(4)).
    Supervision,
}

impl Duty {
    /// The word used in files and on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Inspection => "inspection",
            Self::Tax => "tax",
            Self::Cashier => "cashier",
            Self::Supervision => "supervision",
        }
    }
}

/// What a command asks the actor to be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Nothing: before anyone has signed in.
    Anyone,
    /// Being signed in.
    SignedIn,
    /// Being signed in, even with a password that has to be changed first.
    OwnAccount,
    /// Looking persons up and reading forms.
    ReadTrade,
    /// Registering and cancelling forms, saving persons.
    Trade,
    /// Deciding where the head of the office is asked: inspection by order, goods without a
    /// certificate.
    Decide,
    /// Reading and exporting reports.
    Report,
    /// Keeping definitions of reports.
    KeepReports,
    /// Reading the book of breaches, which tells of persons who may have broken the law.
    ReadBreaches,
    /// Reading the log of all that was done.
    Audit,
    /// Making anchors of the log and keeping those of neighbours.
    Anchor,
    /// Having numbers of papers in full in lists and files, each time with a reason.
    Reveal,
    /// Importing dated data and catalogue.
    KeepLaw,
    /// Importing residents in bulk.
    ImportResidents,
    /// Seeing the workstations of the office.
    ReadStations,
    /// Seeing who may sign in, with which role.
    ReadAccounts,
    /// Keeping accounts.
    KeepAccounts,
    /// Checking, saving and restoring the database.
    KeepDatabase,
}

/// Whether a role holds a permission.
#[must_use]
pub const fn allows(role: Role, permission: Permission) -> bool {
    use Permission as P;
    match permission {
        P::Anyone | P::SignedIn | P::OwnAccount => true,
        P::ReadTrade => !matches!(role, Role::Leader | Role::Administrator),
        P::Trade => matches!(role, Role::Officer | Role::Supervisor | Role::Operator),
        P::Decide => matches!(role, Role::Supervisor | Role::Operator),
        P::Report => !matches!(role, Role::Administrator),
        P::KeepReports => matches!(role, Role::Branch | Role::Operator),
        P::ReadBreaches => matches!(
            role,
            Role::Supervisor | Role::Branch | Role::Auditor | Role::Operator
        ),
        P::Audit => matches!(role, Role::Branch | Role::Auditor | Role::Operator),
        P::Anchor | P::Reveal => matches!(
            role,
            Role::Supervisor | Role::Branch | Role::Auditor | Role::Operator
        ),
        P::KeepLaw => matches!(role, Role::Branch | Role::Administrator | Role::Operator),
        P::ImportResidents => matches!(role, Role::Supervisor | Role::Branch | Role::Operator),
        P::ReadStations => !matches!(role, Role::Officer),
        P::ReadAccounts => matches!(role, Role::Administrator | Role::Auditor | Role::Operator),
        P::KeepAccounts => matches!(role, Role::Administrator | Role::Operator),
        P::KeepDatabase => matches!(role, Role::Branch | Role::Administrator | Role::Operator),
    }
}
