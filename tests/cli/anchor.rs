//! A log that somebody who has the key wrote anew, and how it is found: by the anchors alone.

use bm_host::Office as Opened;
use ed25519_dalek::{Signature, VerifyingKey};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::office::{Office, Trade};

/// A database with some trade, its anchor, and where that lies.
fn anchored() -> (Office, String) {
    let trade = Trade::of(20);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..trade.trades.len()));
    office.run(["declare", &forms]);
    let file = office.beside("anchor.json");
    office.run(["anchor", "--out", &file]).ended(0);
    (office, file)
}

/// The hash of a record, as README and ARCHITECTURE tell it.
fn hash(previous: &[u8], series: &[u8], index: i64, id: &[u8], payload: &str) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(previous);
    for part in [series, &index.to_be_bytes(), id, payload.as_bytes()] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// Changes a record so that no table follows from it, then writes every hash after it anew.
fn rewrite(database: &Connection, index: i64) {
    let query = "SELECT r.id, s.uuid, r.idx, r.uuid, r.payload FROM record r
        JOIN series s ON s.id = r.series ORDER BY r.id";
    let mut statement = database.prepare(query).expect("prepared");
    let rows = statement.query_map([], |r| {
        Ok((
            r.get::<_, i64>(0)?,
            r.get::<_, Vec<u8>>(1)?,
            r.get::<_, i64>(2)?,
            r.get::<_, Vec<u8>>(3)?,
            r.get::<_, String>(4)?,
        ))
    });
    let rows: Vec<_> = rows.expect("rows").map(|row| row.expect("a row")).collect();
    let mut previous = [0; 32];
    for (row, series, at, id, mut payload) in rows {
        if at == index {
            let mut record: Value = serde_json::from_str(&payload).expect("JSON");
            record["by"] = json!("someone-else");
            payload = record.to_string();
        }
        previous = hash(&previous, &series, at, &id, &payload);
        let update = "UPDATE record SET payload = ?2, hash = ?3 WHERE id = ?1";
        database
            .execute(update, (row, &payload, previous))
            .expect("changed");
    }
    database
        .execute("UPDATE series SET last_hash = ?1", [previous])
        .expect("changed");
}

#[test]
fn a_chain_written_anew_is_found_by_its_anchors_and_by_nothing_else() {
    let (office, file) = anchored();
    office.run(["verify", "--anchor", &file]).ended(0);
    rewrite(&office.database(), 7);
    let verified = Opened::verify(&office.data(), &[], &mut |_, _| ()).expect("read");
    assert_eq!(verified.found.differences, [""; 0], "every hash fits again");
    assert_eq!(verified.found.first_altered, None);
    assert!(
        !verified.is_clean(),
        "the anchor that is kept in the database"
    );
    let ran = office
        .run(["--lang", "en", "verify", "--anchor", &file])
        .ended(1);
    let first: Vec<_> = ran.out.lines().collect();
    assert_eq!(first.len(), 2, "the kept one and the one given: {first:?}");
    for line in first {
        assert!(line.contains("is not the one that was signed"), "{line}");
        assert!(line.contains("lies between 1 and"), "{line}");
    }
    // Who has the key takes the kept one out as well: the neighbour's copy is left.
    let database = office.database();
    let forget = "PRAGMA foreign_keys = OFF;
        DELETE FROM trail WHERE record >= (SELECT MAX(id) - 1 FROM record);
        DELETE FROM record WHERE id >= (SELECT MAX(id) - 1 FROM record);
        DELETE FROM book_reference WHERE entry IN
            (SELECT id FROM book_entry WHERE book LIKE 'anchor%');
        DELETE FROM book_entry WHERE book LIKE 'anchor%';
        UPDATE series SET (last_idx, last_hash) =
            (SELECT idx, hash FROM record ORDER BY id DESC LIMIT 1)";
    database.execute_batch(forget).expect("taken out");
    drop(database);
    office.is_clean();
    let ran = office
        .run(["--lang", "en", "verify", "--anchor", &file])
        .ended(1);
    // The record of its key is gone with it, and that is said.
    assert!(ran.out.contains("anchor.json: "), "{}", ran.out);
    assert!(
        ran.out.contains("the record of the key was lost"),
        "{}",
        ran.out
    );
}

#[test]
fn records_that_were_cut_off_are_named_by_the_anchor() {
    let (office, file) = anchored();
    let copy = office.beside("copy.db");
    office.run(["backup", &copy]).ended(0);
    let forms = Trade::of(20);
    let form = forms.declaration(0)["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    office.run(["show", &form]).ended(0);
    office
        .run(["anchor", "--out", &office.beside("later.json")])
        .ended(0);
    office.run(["restore", &copy, "--force"]).ended(0);
    office.run(["verify", "--anchor", &file]).ended(0);
    let later = office.beside("later.json");
    let ran = office
        .run(["--lang", "en", "verify", "--anchor", &later])
        .ended(1);
    let anchor: Value =
        serde_json::from_str(&std::fs::read_to_string(&later).expect("a file")).expect("JSON");
    let index = &anchor["roots"][0]["index"];
    assert!(
        ran.out
            .contains(&format!("records up to {index} of series")),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains(&format!("missing from {index} on")),
        "{}",
        ran.out
    );
}

#[test]
fn each_wrong_anchor_has_a_sentence_of_its_own() {
    let (office, file) = anchored();
    let (neighbour, theirs) = anchored();
    let text = std::fs::read_to_string(&file).expect("a file");
    let forged = office.file(
        "forged.json",
        text.replace("\"records\": ", "\"records\": 1"),
    );
    let ran = office
        .run(["--lang", "en", "verify", "--anchor", &forged])
        .ended(1);
    assert!(ran.out.contains("is forged or was altered"), "{}", ran.out);
    let ran = office
        .run(["--lang", "en", "verify", "--anchor", &theirs])
        .ended(1);
    assert!(
        ran.out.contains("none of its series is held here"),
        "{}",
        ran.out
    );
    let nothing = office.file("nothing.json", "{\"day\": 1}");
    let ran = office
        .run(["--lang", "en", "verify", "--anchor", &nothing])
        .ended(2);
    ran.said(&["is no anchor of a log"]);
    office
        .run(["verify", "--anchor", &office.beside("none.json")])
        .ended(2);
    // Our own records, sworn to by a key that is not ours.
    let key = bm_host::SIGNING_FILE;
    let from = neighbour.data().join(key);
    std::fs::copy(from, office.data().join(key)).expect("copied");
    let stolen = office.beside("stolen.json");
    office.run(["anchor", "--out", &stolen]).ended(0);
    let database = office.database();
    database
        .execute_batch("DELETE FROM book_reference; DELETE FROM book_entry")
        .expect("forgotten");
    drop(database);
    let ran = office
        .run(["--lang", "en", "verify", "--anchor", &stolen])
        .ended(1);
    assert!(
        ran.out.contains("a key that the log here does not know"),
        "{}",
        ran.out
    );
}

#[test]
fn a_neighbours_anchor_is_kept_and_handed_back_and_checked_each_time() {
    let (office, file) = anchored();
    let (neighbour, theirs) = anchored();
    let ran = office.run(["--json", "anchor", "--keep", &theirs]).ended(0);
    let kept = ran.value();
    assert_eq!(
        (&kept["ours"], &kept["answer"]),
        (&json!(false), &json!("neighbour"))
    );
    let back = office.beside("back.json");
    let id = kept["id"].as_str().expect("an id");
    office
        .run(["anchor", "--kept", id, "--out", &back])
        .ended(0);
    let read = |path: &str| std::fs::read_to_string(path).expect("a file");
    assert_eq!(read(&back), read(&theirs));
    neighbour.run(["verify", "--anchor", &back]).ended(0);
    let checked = office
        .run(["--json", "verify", "--anchor", &file])
        .ended(0)
        .value();
    let answers = checked["anchors"].as_array().expect("anchors").iter();
    let answers: Vec<_> = answers.map(|one| one["answer"].as_str()).collect();
    assert_eq!(answers, [Some("holds"), Some("neighbour")]);
    assert_eq!(checked["given"][0]["answer"], "holds");
    let listed = office.run(["anchor"]).ended(0);
    assert_eq!(listed.out.lines().count(), 2);
}

/// What stands in a file of the chain and of an anchor, checked with nothing of the program: the lines
/// of [`hash`] above, SHA-256 and Ed25519.
#[test]
fn the_chain_and_its_anchor_are_checked_without_the_program() {
    let (office, file) = anchored();
    let chain = office.run(["audit", "--chain"]).ended(0);
    let anchor: Value =
        serde_json::from_str(&std::fs::read_to_string(&file).expect("a file")).expect("JSON");
    let root = &anchor["roots"][0];
    let uuid = |text: &Value| {
        let text = text.as_str().expect("a text");
        text.parse::<uuid::Uuid>().expect("a UUID").into_bytes()
    };
    let mut previous = [0; 32];
    let mut sworn = None;
    for (expected, link) in (1_i64..).zip(chain.lines()) {
        assert_eq!(link["index"], json!(expected));
        let payload = link["payload"].as_str().expect("a text");
        previous = hash(
            &previous,
            &uuid(&link["series"]),
            expected,
            &uuid(&link["id"]),
            payload,
        );
        assert_eq!(link["hash"], json!(hex(&previous)));
        if link["index"] == root["index"] {
            sworn = Some(hex(&previous));
        }
    }
    assert_eq!(sworn.as_deref(), root["hash"].as_str());
    let text = |name: &str| anchor[name].as_str().expect("a text");
    let signed = format!(
        "bienmau-anchor-1\nday {}\nmade {}\nby {}\noffice {}\nseries {} index {} records {} hash {}\nkey {}\n",
        text("day"),
        text("made"),
        text("by"),
        text("office"),
        root["series"].as_str().expect("a series"),
        root["index"],
        root["records"],
        root["hash"].as_str().expect("a hash"),
        text("key")
    );
    let key = VerifyingKey::from_bytes(&bytes(text("key"))).expect("a key");
    let signature = Signature::from_bytes(&bytes(text("signature")));
    assert!(key.verify_strict(signed.as_bytes(), &signature).is_ok());
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    let pairs = (0..N).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("digits"));
    pairs.collect::<Vec<_>>().try_into().expect("so many")
}
