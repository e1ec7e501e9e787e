//! Faults of the database and its disk, each a real one: a clear message, and nothing lost.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::office::{Chance, Office, PROGRAM, Ran, Trade, folder, open_database};

/// Runs the program on a folder, from a shell script that has it as `$PROGRAM` and `$DATA`.
fn shell(data: &Path, script: &str) -> Ran {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script]);
    command.env("PROGRAM", PROGRAM).env("DATA", data);
    command.output().expect("started").into()
}

/// Whether this machine lets us mount file systems of our own.
fn may_mount(test: &str) -> bool {
    let tried = Command::new("unshare")
        .args([
            "--mount",
            "--map-root-user",
            "mount",
            "-t",
            "tmpfs",
            "none",
            "/mnt",
        ])
        .stderr(Stdio::null())
        .status();
    let may = tried.is_ok_and(|status| status.success());
    if !may {
        skipped(test, "mounting is not permitted here");
    }
    may
}

#[expect(
    clippy::print_stderr,
    reason = "a skipped check is told with its reason"
)]
fn skipped(test: &str, why: &str) {
    eprintln!("skipped: {test}: {why}");
}

#[test]
fn a_locked_database_is_waited_for_and_then_told() {
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let before = office.records();
    let database = office.database();
    database.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let id = crate::office::id(0);
    let ran = office.run(["cancel", &id, "--reason", "x"]).ended(3);
    ran.said(&["chương trình khác", "Chưa ghi gì", "thử lại"]);
    // Reading goes on.
    office.is_clean();
    database.execute_batch("ROLLBACK").expect("let go");
    assert_eq!(office.records(), before);
}

#[test]
fn a_folder_that_may_not_be_written_says_so() {
    if !may_mount("a_folder_that_may_not_be_written_says_so") {
        return;
    }
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..5));
    let script = format!(
        "mount --bind \"$DATA\" \"$DATA\" && mount -o remount,ro,bind \"$DATA\" &&
        exec \"$PROGRAM\" --data \"$DATA\" declare {forms}"
    );
    let ran = shell(&office.data(), &script).ended(3);
    let ran = ran.said(&["Không được ghi"]);
    assert_eq!(ran.out, "");
    let script = "mount --bind \"$DATA\" \"$DATA\" && mount -o remount,ro,bind \"$DATA\" &&
        exec \"$PROGRAM\" --data \"$DATA/new\" init";
    shell(&office.data(), script)
        .ended(3)
        .said(&["Không được ghi"]);
    office.is_clean();
}

#[test]
fn a_database_file_that_may_not_be_written_says_so() {
    if !may_mount("a_database_file_that_may_not_be_written_says_so") {
        return;
    }
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..5));
    let script = format!(
        "mount --bind \"$DATA/bienmau.db\" \"$DATA/bienmau.db\" &&
        mount -o remount,ro,bind \"$DATA/bienmau.db\" &&
        exec \"$PROGRAM\" --data \"$DATA\" declare {forms}"
    );
    shell(&office.data(), &script)
        .ended(3)
        .said(&["Không được ghi"]);
    office.is_clean();
}

#[test]
fn on_a_full_disk_nothing_acknowledged_is_lost() {
    if !may_mount("on_a_full_disk_nothing_acknowledged_is_lost") {
        return;
    }
    let trade = Trade::of(3_000);
    let office = Office::of(&trade);
    let count = trade.trades.len();
    let forms = office.file("forms.jsonl", trade.jsonl(0..count));
    let answers = office.beside("answers.jsonl");
    let after = office.beside("after");
    // The database is copied to a small disk, filled there, and brought back as it was left.
    let script = format!(
        "mkdir /tmp/small-$$ && trap 'rmdir /tmp/small-$$' EXIT &&
        mount -t tmpfs -o size=7m none /tmp/small-$$ && cp \"$DATA\"/* /tmp/small-$$ &&
        \"$PROGRAM\" --data /tmp/small-$$ declare {forms} > {answers}; status=$?
        \"$PROGRAM\" --data /tmp/small-$$ import residents {residents}
        mkdir {after} && cp /tmp/small-$$/bienmau.* {after}
        umount /tmp/small-$$; exit $status",
        residents = office.beside("residents.csv"),
    );
    let ran = shell(&office.data(), &script).ended(3);
    assert_eq!(ran.err.matches("Ổ đĩa đã đầy").count(), 2, "{ran:?}");
    let told = std::fs::read_to_string(&answers).expect("answers");
    let told: Vec<&str> = told.lines().collect();
    assert!(
        !told.is_empty() && told.len() < count,
        "{} answers",
        told.len()
    );
    // On a disk with room it opens, is clean, and gives the same answers again.
    std::fs::rename(office.data(), office.beside("before")).expect("moved");
    std::fs::rename(&after, office.data()).expect("moved");
    office.is_clean();
    let again = office.run(["declare", &forms]);
    let again: Vec<&str> = again.out.lines().collect();
    assert_eq!(again.len(), count);
    assert!(
        again[..told.len()] == told[..],
        "what was acknowledged is as it was"
    );
    office.is_clean();
}

#[test]
fn a_file_that_may_not_grow_is_told_and_stays_whole() {
    let trade = Trade::of(600);
    let office = Office::of(&trade);
    let before = office.records();
    let forms = office.file("forms.jsonl", trade.jsonl(0..500));
    let script = "trap '' XFSZ; ulimit -f 600; exec \"$@\"";
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "sh", PROGRAM, "--data"])
        .arg(office.data());
    let ran: Ran = command
        .args(["declare", &forms])
        .output()
        .expect("started")
        .into();
    let ran = ran.ended(3).said(&["Ổ đĩa đã đầy"]);
    assert_eq!(ran.out, "", "the group was never acknowledged");
    assert_eq!(office.records(), before);
    office.is_clean();
}

#[test]
fn a_damaged_file_is_told_and_never_taken_for_whole() {
    let trade = Trade::of(300);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..200));
    office.run(["declare", &forms]);
    let file = office.data().join("bienmau.db");
    let whole = std::fs::read(&file).expect("read");
    let mut chance = Chance::new(6);
    for case in 0..12 {
        let at = if case == 0 {
            5_000
        } else {
            4_096 + chance.below(whole.len() - 8_192)
        };
        let mut opened = std::fs::File::options()
            .write(true)
            .open(&file)
            .expect("opened");
        opened.seek(SeekFrom::Start(at as u64)).expect("there");
        opened.write_all(&[0xa5; 64]).expect("damaged");
        drop(opened);
        office
            .run(["verify"])
            .ended(3)
            .said(&["hỏng", "bản sao lưu"]);
        let declared = office.run(["declare", &forms]);
        if declared.status == Some(3) {
            declared.said(&["hỏng"]);
        }
        std::fs::write(&file, &whole).expect("mended");
        for side in ["bienmau.db-wal", "bienmau.db-shm"] {
            let _ = std::fs::remove_file(office.data().join(side));
        }
    }
    office.is_clean();
    let mut opened = std::fs::File::options()
        .write(true)
        .open(&file)
        .expect("opened");
    opened.write_all(&[0x5a; 64]).expect("damaged");
    office
        .run(["verify"])
        .ended(3)
        .said(&["Khóa", "phần đầu tệp bị hỏng", "bienmau restore"]);
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("cut");
    office.run(["verify"]).ended(3).said(&["hỏng"]);
    std::fs::write(&file, b"").expect("emptied");
    let ran = office.run(["declare", &forms]);
    assert!(
        matches!(ran.status, Some(2 | 3)),
        "an empty file is no database: {ran:?}"
    );
}

#[test]
fn a_wrong_or_missing_key_is_told() {
    let office = Office::bare();
    let other = Office::bare();
    let key = office.data().join("bienmau.key");
    let own = std::fs::read(&key).expect("read");
    std::fs::copy(other.data().join("bienmau.key"), &key).expect("swapped");
    office
        .run(["verify"])
        .ended(3)
        .said(&["không mở được cơ sở dữ liệu"]);
    std::fs::write(&key, "not a key").expect("written");
    office
        .run(["verify"])
        .ended(3)
        .said(&["không mở được cơ sở dữ liệu"]);
    std::fs::remove_file(&key).expect("removed");
    let ran = office.run(["verify"]).ended(3);
    ran.said(&["Không có tệp khóa", "bienmau.key", "BIENMAU_PASSPHRASE"]);
    let mut command = office.command(["verify"]);
    command.env("BIENMAU_PASSPHRASE", "a passphrase of somebody else");
    Ran::from(command.output().expect("started"))
        .ended(3)
        .said(&["không mở được cơ sở dữ liệu"]);
    std::fs::write(&key, own).expect("put back");
    office.is_clean();
}

#[test]
fn a_passphrase_takes_the_place_of_the_key_file() {
    let home = folder();
    let run = |passphrase: &str, arguments: &[&str]| -> Ran {
        let mut command = Command::new(PROGRAM);
        command
            .arg("--data")
            .arg(home.path().join("data"))
            .args(arguments);
        command
            .env("BIENMAU_PASSPHRASE", passphrase)
            .output()
            .expect("started")
            .into()
    };
    run("một câu dài 'có' dấu", &["init"]).ended(0);
    assert!(!home.path().join("data/bienmau.key").exists());
    run("một câu dài 'có' dấu", &["verify"]).ended(0);
    run("một câu khác", &["verify"])
        .ended(3)
        .said(&["không mở được cơ sở dữ liệu"]);
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    let office = Office::bare();
    let database = office.database();
    database
        .pragma_update(None, "user_version", 9_999)
        .expect("set");
    drop(database);
    office
        .run(["verify"])
        .ended(3)
        .said(&["phiên bản mới hơn", "9999"]);
    office
        .run(["--lang", "en", "verify"])
        .ended(3)
        .said(&["newer version"]);
    let version: u32 = open_database(&office.data())
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("read");
    assert_eq!(version, 9_999, "it was not touched");
}

#[test]
fn two_programs_on_one_database_both_finish() {
    let trade = Trade::of(2_000);
    let office = Office::of(&trade);
    let half = trade.trades.len() / 2;
    let feed = |range| {
        std::thread::scope(|threads| {
            let ran = threads.spawn(|| office.feed(["declare", "-"], trade.jsonl(range)));
            ran.join().expect("ran")
        })
    };
    let (one, two) = std::thread::scope(|threads| {
        let one = threads.spawn(|| feed(0..half));
        let two = threads.spawn(|| feed(half / 2..trade.trades.len()));
        (one.join().expect("ran"), two.join().expect("ran"))
    });
    let (one, two) = (one.lines(), two.lines());
    assert_eq!(
        (one.len(), two.len()),
        (half, trade.trades.len() - half / 2)
    );
    assert_eq!(
        one[half / 2..],
        two[..half - half / 2],
        "an id has one answer"
    );
    let numbers = one[..half / 2].iter().chain(&two);
    let numbers: Vec<_> = numbers
        .filter_map(|answer| answer["number"].as_str())
        .collect();
    let unique: std::collections::BTreeSet<_> = numbers.iter().collect();
    assert_eq!(unique.len(), numbers.len(), "numbers are given once");
    office.is_clean();
}
