//! The desktop window. It owns no rules: the page's envelopes go to the router and back.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod host;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use tauri::{Manager, State};

use crate::host::Host;

/// What may be said when the program is started from a terminal or a shortcut.
#[derive(Parser)]
#[command(name = "bienmau-desktop", version, about = "Biên Mậu")]
struct Arguments {
    /// Folder of the database; the user's own data folder when absent.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Fill a new database with the invented Quảng Ninh example.
    #[arg(long)]
    demo: bool,
}

/// Answers one envelope. Runs on a thread for blocking work, so the window stays alive meanwhile.
#[tauri::command]
async fn rpc(host: State<'_, Arc<Host>>, envelope: String) -> Result<String, String> {
    let host = Arc::clone(&host);
    tauri::async_runtime::spawn_blocking(move || host.answer(&envelope))
        .await
        .map_err(|error| error.to_string())
}

fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { data, demo } = Arguments::parse();
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![rpc])
        .setup(move |app| {
            let folder = match data {
                Some(folder) => folder,
                None => app.path().app_data_dir()?,
            };
            let host = Arc::new(Host::new(folder, demo));
            host.meet_hub()?;
            app.manage(host);
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
