//! How this workstation stands with the hub, and all workstations of the office.

use bm_app::AppError;
use bm_app::sync::exchange::SyncError;

use super::Call;
use crate::request::Nothing;
use crate::view::{HubView, MemberView};

/// How this workstation stands with the hub.
///
/// # Errors
/// [`AppError::Store`].
pub fn hub_status(call: &Call<'_>, _: Nothing) -> Result<HubView, AppError> {
    let Some(hub) = call.app.hub() else {
        return Ok(HubView::default());
    };
    Ok(HubView::new(call.language, &hub.state()?))
}

/// Exchanges everything with the hub now, and tells how it stands after that.
///
/// # Errors
/// [`AppError::Store`]; that the hub is out of reach is an answer, not an error.
pub fn hub_sync(call: &Call<'_>, asked: Nothing) -> Result<HubView, AppError> {
    match call.app.sync(&call.actor, &mut |_, _| ()) {
        Err(SyncError::Store(error)) => Err(error.into()),
        Err(SyncError::App(error)) => Err(error),
        // What else went wrong is told with how it stands.
        Ok(_) | Err(SyncError::Hub(_) | SyncError::Take(_)) => hub_status(call, asked),
    }
}

/// The workstations that the hub knows; none where this one stands alone.
///
/// # Errors
/// [`AppError::Unreached`] with what the hub or the network said.
pub fn hub_members(call: &Call<'_>, _: Nothing) -> Result<Vec<MemberView>, AppError> {
    let Some(hub) = call.app.hub() else {
        return Ok(Vec::new());
    };
    let own = hub.standing()?.own;
    let members = hub.members().map_err(AppError::Unreached)?;
    Ok(members
        .into_iter()
        .map(|member| MemberView::new(member, own))
        .collect())
}
