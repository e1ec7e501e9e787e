//! Reading the log: records by time or by what they were done to.

use bm_app::StoreError;
use bm_app::anchor::hex;
use bm_app::audit::{ChainEnd, ChainLink, LogEntry, LogPage, LogQuery, Subject, concerns};
use bm_app::event::Event;
use bm_domain::text;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;
use uuid::Uuid;

use crate::codec::{self, sql};
use crate::table::{log_block, record, trail};

/// Most records that one call looks at.
const LOOKED_AT_MAX: usize = 20_000;
/// Records of a subject that are fetched at once.
const BATCH: u32 = 500;
/// Fields in which a person says why.
const SAID: [&str; 6] = ["reason", "why", "remark", "decided_why", "note", "basis"];

const COLUMNS: &str = "SELECT r.id, s.uuid, r.idx, r.hash, r.payload,
    (SELECT hash FROM record WHERE series = r.series AND idx = r.idx - 1)
    FROM record r JOIN series s ON s.id = r.series ";

/// A row of the log, not read yet.
struct Held {
    row: i64,
    series: [u8; 16],
    index: i64,
    hash: [u8; 32],
    payload: String,
    previous: Option<[u8; 32]>,
}

impl Held {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get(0)?,
            series: row.get(1)?,
            index: row.get(2)?,
            hash: row.get(3)?,
            payload: row.get(4)?,
            previous: row.get(5)?,
        })
    }

    fn entry(self) -> Result<LogEntry, StoreError> {
        let read = codec::record(&self.payload);
        let record =
            read.map_err(|error| StoreError::Damaged(format!("record {}: {error}", self.index)))?;
        let head = codec::Head::of(&self.payload);
        Ok(LogEntry {
            row: self.row,
            series: Uuid::from_bytes(self.series),
            index: self.index,
            hash: self.hash,
            previous: self.previous.unwrap_or(record::GENESIS),
            kind: head
                .map(|head| kind(&head, &record.event))
                .unwrap_or_default(),
            record,
        })
    }
}

fn kind(head: &codec::Head<'_>, event: &Event) -> String {
    match event {
        Event::Entered { entry, .. } => format!("{}/{}", head.event, entry.book().word()),
        _ => head.event.to_owned(),
    }
}

/// Whether a record answers what is asked besides its time and subject.
fn fits(query: &LogQuery, head: &codec::Head<'_>) -> bool {
    let place = query.place.as_ref().is_none_or(|place| {
        let rest = head.place.strip_prefix(place.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let kinds = query.kinds.is_empty()
        || query.kinds.iter().any(|kind| match kind.split_once('/') {
            None => kind == head.event,
            Some((event, book)) => event == head.event && head.book().as_deref() == Some(book),
        });
    let within = |at| query.from.is_none_or(|from| at >= from) && query.to.is_none_or(|to| at < to);
    place
        && kinds
        && query.by.as_ref().is_none_or(|by| *by == head.by)
        && within(head.at)
        && query.text.as_ref().is_none_or(|words| says(words, head))
}

/// Whether a reason or remark in a record holds these folded words.
fn says(words: &str, head: &codec::Head<'_>) -> bool {
    let data = head.data.get();
    if head.is_form() || !SAID.iter().any(|name| data.contains(name)) {
        return false;
    }
    serde_json::from_str(data).is_ok_and(|data| says_in(words, &data))
}

fn says_in(words: &str, value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| match value {
            Value::String(said) => {
                SAID.contains(&name.as_str()) && text::fold(said).contains(words)
            }
            other => says_in(words, other),
        }),
        Value::Array(all) => all.iter().any(|value| says_in(words, value)),
        _ => false,
    }
}

/// One more than the newest row.
fn end(db: &Connection) -> Result<i64, StoreError> {
    db.prepare_cached("SELECT COALESCE(MAX(id), 0) + 1 FROM record")
        .and_then(|mut s| s.query_row([], |r| r.get(0)))
        .map_err(sql)
}

/// Records that answer a query, the newest first.
pub fn search(db: &Connection, query: &LogQuery) -> Result<LogPage, StoreError> {
    let newest = end(db)?;
    let mut walk = Walk {
        query,
        page: LogPage::default(),
        looked: 0,
        last: query.before.map_or(newest, |before| before.min(newest)),
    };
    match &query.subject {
        Some(subject) => walk.subject(db, subject)?,
        None => walk.blocks(db)?,
    }
    Ok(walk.page)
}

/// A search on its way through the log.
struct Walk<'a> {
    query: &'a LogQuery,
    page: LogPage,
    looked: usize,
    /// The row looked at last.
    last: i64,
}

impl Walk<'_> {
    fn is_done(&self) -> bool {
        let limit = usize::try_from(self.query.limit).unwrap_or(usize::MAX);
        self.page.entries.len() >= limit || self.looked >= LOOKED_AT_MAX
    }

    /// Looks at a record; one that can't be read is left to `verify`.
    fn look(&mut self, held: Held) -> Result<(), StoreError> {
        self.looked += 1;
        self.last = held.row;
        let Some(head) = codec::Head::of(&held.payload) else {
            return Ok(());
        };
        self.page.read_to = Some(head.at);
        if fits(self.query, &head) {
            let entry = held.entry()?;
            let subject = self.query.subject.as_ref();
            if subject.is_none_or(|subject| concerns(&entry.record.event, subject)) {
                self.page.entries.push(entry);
            }
        }
        Ok(())
    }

    /// Block by block; those written at other times are left out unread.
    fn blocks(&mut self, db: &Connection) -> Result<(), StoreError> {
        let query = format!("{COLUMNS} WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id DESC");
        let mut statement = db.prepare_cached(&query).map_err(sql)?;
        let from = self.query.from.map_or(i64::MIN, |from| from.timestamp());
        // Within its second a record may be earlier than the end that is asked for.
        let to = self.query.to.map_or(i64::MAX, |to| to.timestamp() + 1);
        while self.last > 1 {
            let Some(block) = log_block::before(db, log_block::of(self.last - 1), from, to)? else {
                return Ok(());
            };
            let low = log_block::first_row(block);
            let high = self.last.min(log_block::first_row(block + 1));
            let mut rows = statement.query([low, high]).map_err(sql)?;
            while let Some(row) = rows.next().map_err(sql)? {
                if self.is_done() {
                    self.page.next = Some(self.last);
                    return Ok(());
                }
                self.look(Held::of(row).map_err(sql)?)?;
            }
            self.last = low;
        }
        Ok(())
    }

    fn subject(&mut self, db: &Connection, subject: &Subject) -> Result<(), StoreError> {
        loop {
            let rows = trail::rows(db, subject, self.last, BATCH)?;
            let fetched = rows.len();
            for row in rows {
                if self.is_done() {
                    self.page.next = Some(self.last);
                    return Ok(());
                }
                match by_row(db, row)? {
                    Some(held) => self.look(held)?,
                    None => self.last = row,
                }
            }
            if fetched < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                return Ok(());
            }
        }
    }
}

fn by_row(db: &Connection, row: i64) -> Result<Option<Held>, StoreError> {
    let query = format!("{COLUMNS} WHERE r.id = ?1");
    db.prepare_cached(&query)
        .and_then(|mut s| s.query_row([row], Held::of).optional())
        .map_err(sql)
}

/// A record by its place in a series.
pub fn by_index(db: &Connection, series: Uuid, index: i64) -> Result<Option<LogEntry>, StoreError> {
    let query = format!("{COLUMNS} WHERE s.uuid = ?1 AND r.idx = ?2");
    let held = db
        .prepare_cached(&query)
        .and_then(|mut s| {
            s.query_row(params![series.as_bytes(), index], Held::of)
                .optional()
        })
        .map_err(sql)?;
    held.map(Held::entry).transpose()
}

/// The hash of a record.
pub fn hash_of(db: &Connection, series: Uuid, index: i64) -> Result<Option<[u8; 32]>, StoreError> {
    let query = "SELECT r.hash FROM record r JOIN series s ON s.id = r.series
        WHERE s.uuid = ?1 AND r.idx = ?2";
    db.prepare_cached(query)
        .and_then(|mut s| {
            s.query_row(params![series.as_bytes(), index], |r| r.get(0))
                .optional()
        })
        .map_err(sql)
}

/// Where each series stood at an instant, or now.
pub fn ends(db: &Connection, at: Option<DateTime<Utc>>) -> Result<Vec<ChainEnd>, StoreError> {
    let newest = end(db)?;
    let before = match at {
        None => newest,
        Some(at) => {
            let last = log_block::last_before(db, newest, at.timestamp())?;
            last.map_or(1, |row| row + 1)
        }
    };
    let query = "SELECT id, uuid FROM series WHERE id > 0 ORDER BY id";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let series = statement
        .query_map([], |r| Ok((r.get(0)?, Uuid::from_bytes(r.get(1)?))))
        .and_then(Iterator::collect::<Result<Vec<(i64, Uuid)>, _>>)
        .map_err(sql)?;
    let ends = series.into_iter().map(|(id, series)| {
        let found = end_before(db, id, before)?;
        Ok(found.map(|(index, hash)| ChainEnd {
            series,
            index,
            hash,
        }))
    });
    ends.filter_map(Result::transpose).collect()
}

/// The last record of a series before a row. Its records stand in rows in the order of their indexes, so
/// that halving finds it, also where the series has long been quiet.
fn end_before(
    db: &Connection,
    series: i64,
    row: i64,
) -> Result<Option<(i64, [u8; 32])>, StoreError> {
    let query = "SELECT id, idx, hash FROM record WHERE series = ?1 AND idx <= ?2
        ORDER BY idx DESC LIMIT 1";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let mut up_to = |index: i64| {
        let row = |r: &rusqlite::Row<'_>| Ok((r.get::<_, i64>(0)?, (r.get(1)?, r.get(2)?)));
        let found = statement.query_row([series, index], row).optional();
        found.map_err(sql)
    };
    let Some((last, end)) = up_to(i64::MAX)? else {
        return Ok(None);
    };
    if last < row {
        return Ok(Some(end));
    }
    // Those up to `low` stand before the row, those from `high` on do not.
    let (mut low, mut high) = (0, end.0);
    let mut found = None;
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match up_to(middle)? {
            Some((at, _)) if at >= row => high = middle,
            before => {
                found = before.map(|(_, end)| end);
                low = middle;
            }
        }
    }
    Ok(found)
}

/// Records after a row as they were written.
pub fn links(db: &Connection, after: i64, limit: u32) -> Result<Vec<ChainLink>, StoreError> {
    let query = "SELECT r.id, s.uuid, r.idx, r.uuid, r.payload, r.hash,
            EXISTS (SELECT 1 FROM redaction WHERE record = r.id)
        FROM record r JOIN series s ON s.id = r.series WHERE r.id > ?1 ORDER BY r.id LIMIT ?2";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let rows = statement
        .query_map(params![after, limit], |r| {
            Ok(ChainLink {
                row: r.get(0)?,
                series: Uuid::from_bytes(r.get(1)?),
                index: r.get(2)?,
                id: Uuid::from_bytes(r.get(3)?),
                payload: r.get(4)?,
                hash: hex(&r.get::<_, [u8; 32]>(5)?),
                replaced: r.get(6)?,
            })
        })
        .map_err(sql)?;
    rows.collect::<Result<_, _>>().map_err(sql)
}
