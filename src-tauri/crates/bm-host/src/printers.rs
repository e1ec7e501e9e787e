//! The printers of this workstation.
//!
//! Where CUPS is (Linux, macOS): `lpstat -e` names them, `lpstat -d` the usual one, `lp` takes a file
//! from its standard input. On Windows: PowerShell lists them (`Get-Printer`) and the program
//! registered for PDF prints (`Start-Process -Verb PrintTo`); that way is written as documented and
//! has not been tried on a machine.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use bm_app::ports::{PrinterFault, Printers};

/// The printers the system knows.
pub struct SystemPrinters {
    /// The program that lists them.
    list: PathBuf,
    /// The program that prints; on Windows the same.
    send: PathBuf,
}

impl Default for SystemPrinters {
    fn default() -> Self {
        let (list, send) = system::PROGRAMS;
        Self::by(list.into(), send.into())
    }
}

impl SystemPrinters {
    /// Printers that are listed and printed on by these programs.
    #[must_use]
    pub const fn by(list: PathBuf, send: PathBuf) -> Self {
        Self { list, send }
    }
}

/// Runs a program to its end with something to read.
fn run(command: &mut Command, input: &[u8]) -> Result<Output, PrinterFault> {
    let mut child = command
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|_| PrinterFault::NoSystem)?;
    if let Some(mut pipe) = child.stdin.take() {
        // A program that does not read its input says why when it ends.
        let _ = pipe.write_all(input);
    }
    let failed = |error: std::io::Error| PrinterFault::NotTaken(error.to_string());
    child.wait_with_output().map_err(failed)
}

fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let names = text.lines().map(|line| line.trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

fn taken(output: &Output) -> Result<(), PrinterFault> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(PrinterFault::NotTaken(said.trim().to_owned()))
}

impl Printers for SystemPrinters {
    fn list(&self) -> Result<Vec<String>, PrinterFault> {
        system::list(&self.list)
    }

    fn send(&self, printer: &str, title: &str, pdf: &[u8]) -> Result<(), PrinterFault> {
        // A printer that was unplugged would keep the sheet until it comes back, unseen.
        if !system::list(&self.list)?.iter().any(|name| name == printer) {
            return Err(PrinterFault::Gone);
        }
        system::send(&self.send, printer, title, pdf)
    }
}

#[cfg(not(windows))]
mod system {
    use std::path::Path;

    use super::{Command, PrinterFault, lines, run, taken};

    pub const PROGRAMS: (&str, &str) = ("lpstat", "lp");

    pub fn list(program: &Path) -> Result<Vec<String>, PrinterFault> {
        let mut names = lines(&run(Command::new(program).arg("-e"), b"")?);
        let usual = lines(&run(Command::new(program).arg("-d"), b"")?);
        let usual = usual.iter().find_map(|line| line.rsplit_once(": "));
        names.sort_by_key(|name| usual.is_none_or(|(_, usual)| usual != name));
        Ok(names)
    }

    pub fn send(
        program: &Path,
        printer: &str,
        title: &str,
        pdf: &[u8],
    ) -> Result<(), PrinterFault> {
        // The sheet has its own size and margins: nothing may be scaled to the paper.
        let options = ["-s", "-o", "print-scaling=none", "-t", title, "-d", printer];
        taken(&run(Command::new(program).args(options).arg("-"), pdf)?)
    }
}

#[cfg(windows)]
mod system {
    use std::path::Path;

    use super::{Command, PrinterFault, lines, run, taken};

    pub const PROGRAMS: (&str, &str) = ("powershell", "powershell");

    /// Runs PowerShell; what is foreign comes as a variable of the environment, never as a command.
    fn shell(program: &Path, script: &str, printer: &str, file: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .args(["-NoProfile", "-NonInteractive", "-Command", script])
            .env("BIENMAU_PRINTER", printer)
            .env("BIENMAU_FILE", file);
        command
    }

    pub fn list(program: &Path) -> Result<Vec<String>, PrinterFault> {
        let script = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; \
            Get-CimInstance Win32_Printer | Sort-Object -Property Default -Descending | \
            ForEach-Object { $_.Name }";
        Ok(lines(&run(
            &mut shell(program, script, "", "".as_ref()),
            b"",
        )?))
    }

    pub fn send(
        program: &Path,
        printer: &str,
        title: &str,
        pdf: &[u8],
    ) -> Result<(), PrinterFault> {
        let failed = |error: std::io::Error| PrinterFault::NotTaken(error.to_string());
        // The program that prints reads the file after we have gone on, so that it stays in the
        // temporary folder until the next one of its name.
        let folder = std::env::temp_dir().join("bienmau");
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let file = folder.join(title);
        std::fs::write(&file, pdf).map_err(failed)?;
        let script = "$ErrorActionPreference = 'Stop'; Start-Process -FilePath $env:BIENMAU_FILE \
            -Verb PrintTo -ArgumentList ('\"' + $env:BIENMAU_PRINTER + '\"') -WindowStyle Hidden";
        taken(&run(&mut shell(program, script, printer, &file), b"")?)
    }
}
