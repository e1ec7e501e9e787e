//! Embeds the window's configuration and lets the page call `rpc` and nothing else.

use std::error::Error;

use tauri_build::{AppManifest, Attributes};

fn main() -> Result<(), Box<dyn Error>> {
    let commands = AppManifest::new().commands(&["rpc"]);
    tauri_build::try_build(Attributes::new().app_manifest(commands))?;
    Ok(())
}
