//! Backups and putting them back.

use std::io::{BufRead, Write};

use serde_json::json;

use crate::office::{Office, Trade, id};

fn kept(office: &Office) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(office.data()).expect("listed");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut kept: Vec<_> = paths
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            name.starts_with("bienmau-")
        })
        .collect();
    kept.sort();
    kept
}

#[test]
fn a_backup_taken_while_others_write_is_whole() {
    let trade = Trade::of(2_000);
    let office = Office::of(&trade);
    let (mut child, mut to, from) = office.declaring();
    let jsonl = trade.jsonl(0..trade.trades.len());
    std::thread::scope(|threads| {
        threads.spawn(move || {
            let _ = to.write_all(jsonl.as_bytes());
        });
        for (count, answer) in from.lines().enumerate() {
            answer.expect("an answer");
            if [50, 400, 900].contains(&count) {
                let file = office.beside(&format!("{count}.db"));
                let ran = office.run(["backup", &file]).ended(0);
                let ran = ran.said(&["Đã sao lưu", &format!("{count}.db")]);
                assert_eq!(ran.value()["differences"], 0);
            }
        }
    });
    child.wait().expect("ended");
    // Each copy is a database of its own, with at least what was acknowledged before it.
    for count in [50, 400, 900] {
        let other = Office::empty();
        std::fs::create_dir(other.data()).expect("made");
        std::fs::copy(
            office.data().join("bienmau.key"),
            other.data().join("bienmau.key"),
        )
        .expect("copied");
        let file = office.beside(&format!("{count}.db"));
        let ran = other
            .run(["restore", &file])
            .ended(0)
            .said(&["Đã khôi phục"]);
        assert_eq!(ran.value()["kept"], json!(null));
        other.is_clean();
        other.run(["show", &id(count - 1)]).ended(0);
    }
}

#[test]
fn a_backup_replaces_nothing_and_leaves_nothing_half() {
    let office = Office::bare();
    let file = office.file("there.db", "something");
    office
        .run(["backup", &file])
        .ended(2)
        .said(&["đã có", "there.db"]);
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "something");
    let nowhere = office.beside("no/such/folder.db");
    office
        .run(["backup", &nowhere])
        .ended(2)
        .said(&["Không ghi được"]);
    let good = office.beside("good.db");
    office.run(["backup", &good]).ended(0);
    let bytes = std::fs::read(&good).expect("read");
    assert!(
        !bytes.starts_with(b"SQLite format"),
        "a copy is encrypted too"
    );
    let names = std::fs::read_dir(office.data().parent().expect("a home")).expect("listed");
    let names: Vec<_> = names.map(|e| e.expect("an entry").file_name()).collect();
    assert!(
        !names
            .iter()
            .any(|name| name.to_string_lossy().contains("part")),
        "{names:?}"
    );
}

#[test]
fn a_copy_that_lacks_records_is_put_back_only_on_purpose() {
    let trade = Trade::of(200);
    let office = Office::of(&trade);
    office.feed(["declare", "-"], trade.jsonl(0..20));
    let copy = office.beside("copy.db");
    office.run(["backup", &copy]).ended(0);
    let same = office.run(["restore", &copy]).ended(0);
    assert_eq!(same.value()["lost"], 0);
    assert_eq!(kept(&office).len(), 1, "the database before it is kept");

    let before = office.records();
    office.feed(["declare", "-"], trade.jsonl(20..50));
    let newer = office.records();
    let lost = newer - before;
    let ran = office.run(["restore", &copy]).ended(1);
    ran.said(&[&lost.to_string(), "--force", "Chưa thay đổi gì"]);
    assert_eq!(office.records(), newer, "nothing was changed");
    assert_eq!(kept(&office).len(), 1);

    let ran = office.run(["restore", "--force", &copy]).ended(0);
    let ran = ran.said(&["được giữ ở", &format!("Mất {lost} bản ghi")]);
    assert_eq!(ran.value()["lost"], lost);
    assert_eq!(office.records(), before);
    office.is_clean();
    // Work goes on in it, and the one before it can be put back.
    office.feed(["declare", "-"], trade.jsonl(20..30));
    office.is_clean();
    let newest = kept(&office).pop().expect("kept").display().to_string();
    office.run(["restore", "--force", &newest]).ended(0);
    assert_eq!(office.records(), newer);
    office.is_clean();
}

#[test]
fn a_bad_copy_changes_nothing() {
    let trade = Trade::of(200);
    let office = Office::of(&trade);
    office.feed(["declare", "-"], trade.jsonl(0..60));
    let before = office.records();
    let copy = office.beside("copy.db");
    office.run(["backup", &copy]).ended(0);
    let whole = std::fs::read(&copy).expect("read");
    let refused = |name: &str, bytes: &[u8], status: i32, words: &[&str]| {
        let file = office.file(name, bytes);
        office.run(["restore", &file]).ended(status).said(words);
        assert_eq!(office.records(), before, "{name}");
        assert_eq!(kept(&office).len(), 0, "{name}");
        assert!(!office.data().join("restore.tmp").exists(), "{name}");
    };
    let mut middle = whole.clone();
    let at = middle.len() / 2;
    middle[at..at + 64].fill(0xa5);
    refused("middle.db", &middle, 2, &["bị hỏng", "giữ nguyên"]);
    let mut head = whole.clone();
    head[..64].fill(0x5a);
    refused(
        "head.db",
        &head,
        2,
        &["không mở được bản sao", "giữ nguyên"],
    );
    refused("half.db", &whole[..whole.len() / 2 + 100], 2, &["bị hỏng"]);
    refused("text.db", b"SQLite format 3\0 no database", 2, &["bản sao"]);
    refused("empty.db", b"", 2, &["bản sao"]);
    let foreign = Office::bare();
    let other = foreign.beside("foreign.db");
    foreign.run(["backup", &other]).ended(0);
    let bytes = std::fs::read(other).expect("read");
    refused(
        "foreign.db",
        &bytes,
        2,
        &["không mở được bản sao", "nơi khác"],
    );
    office
        .run(["restore", &office.beside("none.db")])
        .ended(2)
        .said(&["Không có tệp"]);
    // One changed with the key opens, and is refused for what it says.
    let tampered = office.file("tampered.db", &whole);
    let key = std::fs::read_to_string(office.data().join("bienmau.key")).expect("a key");
    let database = rusqlite::Connection::open(&tampered).expect("opened");
    database
        .pragma_update(None, "key", format!("x'{key}'"))
        .expect("taken");
    let edit = "UPDATE day_total SET value = value + 1";
    database.execute(edit, []).expect("changed");
    drop(database);
    office
        .run(["restore", &tampered])
        .ended(1)
        .said(&["sai lệch", "--force"]);
    assert_eq!(office.records(), before);
    office.is_clean();
}

#[test]
fn a_damaged_database_is_restored_and_kept_aside() {
    let trade = Trade::of(200);
    let office = Office::of(&trade);
    office.feed(["declare", "-"], trade.jsonl(0..60));
    let before = office.records();
    let copy = office.beside("copy.db");
    office.run(["backup", &copy]).ended(0);
    let file = office.data().join("bienmau.db");
    for damage in [0, 40_000] {
        let mut bytes = std::fs::read(&file).expect("read");
        bytes[damage..damage + 64].fill(0xa5);
        std::fs::write(&file, &bytes).expect("damaged");
        office
            .run(["restore", &copy])
            .ended(0)
            .said(&["được giữ ở"]);
        let held = kept(&office).pop().expect("kept");
        assert_eq!(std::fs::read(held).expect("read").len(), bytes.len());
        assert_eq!(office.records(), before);
        office.is_clean();
    }
    assert_eq!(kept(&office).len(), 2);
}

#[test]
fn a_database_in_use_is_not_replaced() {
    let trade = Trade::of(60);
    let office = Office::of(&trade);
    let copy = office.beside("copy.db");
    office.run(["backup", &copy]).ended(0);
    let (mut child, mut to, from) = office.declaring();
    let mut from = from.lines();
    to.write_all(trade.jsonl(0..1).as_bytes()).expect("taken");
    from.next().expect("an answer").expect("read");
    // It is open now, and between two forms.
    let ran = office.run(["restore", "--force", &copy]).ended(3);
    ran.said(&["chương trình khác"]);
    to.write_all(trade.jsonl(1..2).as_bytes()).expect("taken");
    from.next().expect("an answer").expect("read");
    drop(to);
    child.wait().expect("ended");
    office.run(["show", &id(1)]).ended(0);
    office.run(["restore", "--force", &copy]).ended(0);
}
