//! Records whose text was replaced: exactly those that a later record lists, with exactly that text.

use std::collections::{BTreeMap, HashMap};

use bm_app::StoreError;
use bm_app::event::RedactedRecord;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Fresh;
use crate::codec::{self, sql};
use crate::redact::hex;

/// As digits: the digest of a text, the first bytes of that of the text before, the record's hash.
type Digests = (String, String, String);

/// What the table holds, what the records say.
#[derive(Default)]
pub(super) struct Redactions {
    /// Of the table, by row of the record.
    held: HashMap<i64, Digests>,
    /// Of the table, by where the record stands.
    found: BTreeMap<(Uuid, i64), Digests>,
    /// Of the records.
    told: BTreeMap<(Uuid, i64), Digests>,
}

impl Redactions {
    /// What the table holds.
    pub(super) fn held(db: &Connection) -> Result<Self, StoreError> {
        let query = "SELECT record, text, was, hash FROM redaction";
        let mut statement = db.prepare(query).map_err(sql)?;
        let rows = statement.query_map([], |r| {
            let (text, was): ([u8; 32], [u8; 8]) = (r.get(1)?, r.get(2)?);
            let hash: [u8; 32] = r.get(3)?;
            Ok((r.get(0)?, (hex(&text), hex(&was), hex(&hash))))
        });
        Ok(Self {
            held: rows.and_then(Iterator::collect).map_err(sql)?,
            ..Self::default()
        })
    }

    /// The digests of the text a record must have and of the record itself, if its text was replaced.
    pub(super) fn of(&mut self, row: i64, place: (Uuid, i64)) -> Option<(&str, &str)> {
        let digests = self.held.remove(&row)?;
        let kept = self.found.entry(place).or_insert(digests);
        Some((&kept.0, &kept.2))
    }

    /// What a record tells of others. One may be replaced again when another person in it follows.
    pub(super) fn take(&mut self, records: Vec<RedactedRecord>) {
        for one in records {
            let place = (one.series, one.index);
            let told = self.told.entry(place);
            let told = told.or_insert((String::new(), one.was, one.hash));
            told.0 = one.text;
        }
    }
}

/// Whether a text is the one with that digest, and says of which record it is; the record's hash is
/// the one it had.
pub(super) fn fits(
    (digest, chained): (&str, &str),
    text: &str,
    (id, stored): (&[u8; 16], &[u8; 32]),
) -> bool {
    let own = codec::record(text).is_ok_and(|record| record.id.as_bytes() == id);
    let hash: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    own && hex(&hash) == digest && hex(stored) == chained
}

impl Fresh {
    pub(super) fn compare_redactions(&mut self) {
        let Redactions { held, found, told } = std::mem::take(&mut self.redactions);
        for row in held.into_keys() {
            self.differ(format!("redaction of row {row}: there is no such record"));
        }
        for ((series, index), digests) in &found {
            if told.get(&(*series, *index)) != Some(digests) {
                self.differ(format!(
                    "record {series}/{index}: no record tells that its text was replaced so"
                ));
            }
        }
        for (series, index) in told.into_keys() {
            if !found.contains_key(&(series, index)) {
                self.differ(format!(
                    "record {series}/{index}: its text was replaced and is there again"
                ));
            }
        }
    }
}
