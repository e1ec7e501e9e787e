//! The printing system of the workstation, stood in for by scripts that do what `lpstat` and `lp` do.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use bm_app::ports::{PrinterFault, Printers};
use bm_host::SystemPrinters;
use tempfile::TempDir;

/// A script that is a program.
fn program(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).expect("a program");
    path
}

/// Two printers of which the second is the usual one, and what `lp` does.
fn system(lp: &str) -> (TempDir, SystemPrinters) {
    let folder = tempfile::tempdir().expect("a folder");
    let lpstat = "case $1 in -e) echo Kho; echo Quay-1;; \
        -d) echo 'system default destination: Quay-1';; esac";
    let (list, send) = (
        program(folder.path(), "lpstat", lpstat),
        program(folder.path(), "lp", lp),
    );
    (folder, SystemPrinters::by(list, send))
}

#[test]
fn the_usual_printer_comes_first() {
    let (_folder, printers) = system("true");
    assert_eq!(printers.list().expect("printers"), ["Quay-1", "Kho"]);
}

#[test]
fn a_sheet_goes_whole_and_unscaled_to_the_printer_named() {
    let (folder, printers) = system("cd \"$(dirname \"$0\")\" && cat > got && echo \"$@\" > asked");
    let pdf: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let title = "MONGCAI-2026 \"x\" $(id).pdf";
    printers.send("Kho", title, &pdf).expect("printed");
    assert!(std::fs::read(folder.path().join("got")).expect("a file") == pdf);
    let asked = std::fs::read_to_string(folder.path().join("asked")).expect("words");
    assert_eq!(
        asked.trim(),
        format!("-s -o print-scaling=none -t {title} -d Kho -")
    );
}

#[test]
fn what_keeps_a_sheet_from_the_printer_is_told() {
    let (_folder, printers) =
        system("cat > /dev/null; echo 'lp: The printer is not accepting jobs' >&2; exit 1");
    let refused = printers.send("Kho", "x", b"%PDF");
    let said = "lp: The printer is not accepting jobs".to_owned();
    assert_eq!(refused, Err(PrinterFault::NotTaken(said)));
    assert_eq!(printers.send("Cũ", "x", b"%PDF"), Err(PrinterFault::Gone));
    let nothing = SystemPrinters::by("/nowhere/lpstat".into(), "/nowhere/lp".into());
    assert_eq!(nothing.list(), Err(PrinterFault::NoSystem));
    assert_eq!(
        nothing.send("Kho", "x", b"%PDF"),
        Err(PrinterFault::NoSystem)
    );
}
