//! Keeping the hub: made, workstations let in or declared lost, looked at, checked.

use bm_app::AppError;
use bm_hub::admin;
pub use bm_hub::admin::{Admission, Admitted, Checked, Lost, Made, Status};
use uuid::Uuid;

use super::config;
use crate::Progress;
use crate::words::HostError;

/// Makes the hub of an office in the database of an address, or brings an older one up to date.
///
/// # Errors
/// [`HostError::Wrong`] for an address that can't be read; what the server says.
pub fn init(url: &str, office: &str) -> Result<Made, HostError> {
    Ok(admin::init(&config(url)?, office).map_err(AppError::Unreached)?)
}

/// Lets a workstation or a reader in; its password is told this once.
///
/// # Errors
/// As for [`init`].
pub fn admit(url: &str, name: &str, what: Admission) -> Result<Admitted, HostError> {
    Ok(admin::admit(&config(url)?, name, what).map_err(AppError::Unreached)?)
}

/// Takes nothing more from a workstation; who declared it lost and why is kept.
///
/// # Errors
/// As for [`init`].
pub fn declare_lost(url: &str, series: Uuid, by: &str, reason: &str) -> Result<Lost, HostError> {
    let config = config(url)?;
    Ok(admin::declare_lost(&config, series, by, reason).map_err(AppError::Unreached)?)
}

/// The hub as a whole.
///
/// # Errors
/// As for [`init`].
pub fn status(url: &str) -> Result<Status, HostError> {
    Ok(admin::status(&config(url)?).map_err(AppError::Unreached)?)
}

/// Follows every chain of the hub from its first record.
///
/// # Errors
/// As for [`init`].
pub fn check(url: &str, progress: Progress<'_>) -> Result<Checked, HostError> {
    let mut follow = |done: i64, of: i64| {
        progress(
            u64::try_from(done).unwrap_or_default(),
            u64::try_from(of).unwrap_or_default(),
        );
    };
    Ok(admin::check(&config(url)?, &mut follow).map_err(AppError::Unreached)?)
}
