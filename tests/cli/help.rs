//! What a person learns from `--help`.

use std::process::Command;

use crate::office::PROGRAM;

#[test]
fn help_teaches_each_command() {
    let mut commands = vec![vec![]];
    let names = [
        "init", "import", "declare", "quota", "cancel", "show", "print", "template", "gather",
        "overdue", "breaches", "scan", "report", "verify", "backup", "restore",
    ];
    commands.extend(names.map(|name| vec![name]));
    let mut pages = String::new();
    for command in commands {
        let mut run = Command::new(PROGRAM);
        run.args(&command).arg("--help").env("COLUMNS", "100");
        let output = run.output().expect("started");
        assert!(output.status.success());
        let page = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(page.contains("Example"), "{command:?} has no example");
        pages.push_str(&format!("=== bienmau {}\n{page}\n", command.join(" ")));
    }
    insta::assert_snapshot!("help", pages);
}
