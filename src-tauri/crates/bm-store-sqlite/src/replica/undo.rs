//! Undoing own records that the hub has not placed yet.
//!
//! Once a hub is joined, triggers note what each row of a derived table was before the records of a
//! transaction changed it, once a row and transaction. Undoing puts the rows back. The triggers belong
//! to the connection and are made from the tables as they are, so that none is forgotten.

use bm_app::StoreError;
use rusqlite::{Connection, Statement, params};

use crate::codec::sql;

/// Tables no record is undone in: the records and where they end, numbers, which are never given
/// twice, how often the law changed, and what the exchange itself keeps.
pub const UNTRACKED: [&str; 7] = [
    "record",
    "series",
    "number_series",
    "meta",
    "hub",
    "met",
    "undo",
];

/// The index of names, which is not a table of rows; it follows from the persons.
const NAMES: &str = "person_name";

/// A column of a derived table.
struct Column {
    name: String,
    /// Bytes stand as digits in what is noted.
    bytes: bool,
    key: bool,
}

impl Column {
    /// The value as it is noted.
    fn noted(&self, row: &str) -> String {
        let name = &self.name;
        if self.bytes {
            format!("CASE WHEN {row}.{name} IS NOT NULL THEN hex({row}.{name}) END")
        } else {
            format!("{row}.{name}")
        }
    }

    /// The value that was noted at a place.
    fn read(&self, at: usize) -> String {
        if self.bytes {
            format!("unhex(json_extract(?1, '$[{at}]'))")
        } else {
            format!("json_extract(?1, '$[{at}]')")
        }
    }
}

/// A derived table.
struct Table {
    name: String,
    columns: Vec<Column>,
}

impl Table {
    fn keys(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.key)
    }

    fn noted<'a>(columns: impl Iterator<Item = &'a Column>, row: &str) -> String {
        let values: Vec<_> = columns.map(|column| column.noted(row)).collect();
        format!("json_array({})", values.join(", "))
    }

    /// Notes each row before it is changed first. No clause `OR IGNORE`: the statement that fires a
    /// trigger would overrule it.
    fn triggers(&self) -> String {
        let name = &self.name;
        let trigger = |what: &str, row: &str, old: &str| {
            let key = Self::noted(self.keys(), row);
            format!(
                "CREATE TEMP TRIGGER undo_{name}_{what} AFTER {what} ON main.{name} BEGIN
                    INSERT INTO undo (at, tab, key, old)
                    SELECT n.at, '{name}', {key}, {old} FROM undo_now n WHERE NOT EXISTS
                    (SELECT 1 FROM undo u WHERE u.at = n.at AND u.tab = '{name}' AND u.key = {key});
                END;"
            )
        };
        let old = Self::noted(self.columns.iter(), "old");
        [
            trigger("INSERT", "new", "NULL"),
            trigger("UPDATE", "old", &old),
            trigger("DELETE", "old", &old),
        ]
        .concat()
    }

    fn delete(&self) -> String {
        let parts = self.keys().enumerate();
        let parts: Vec<_> = parts
            .map(|(at, column)| format!("{} = {}", column.name, column.read(at)))
            .collect();
        format!("DELETE FROM {} WHERE {}", self.name, parts.join(" AND "))
    }

    fn insert(&self) -> String {
        let columns = self.columns.iter();
        let (names, values): (Vec<_>, Vec<_>) = columns
            .enumerate()
            .map(|(at, column)| (column.name.as_str(), column.read(at)))
            .unzip();
        let (names, values) = (names.join(", "), values.join(", "));
        format!("INSERT INTO {} ({names}) SELECT {values}", self.name)
    }
}

/// Every derived table.
fn tables(db: &Connection) -> Result<Vec<Table>, StoreError> {
    let query = "SELECT t.name, c.name, c.type = 'BLOB', c.pk > 0
        FROM main.sqlite_schema t JOIN pragma_table_info(t.name, 'main') c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE ?1 || '%'
        ORDER BY t.name, c.cid";
    let mut statement = db.prepare(query).map_err(sql)?;
    let mut rows = statement.query([NAMES]).map_err(sql)?;
    let mut tables: Vec<Table> = Vec::new();
    while let Some(row) = rows.next().map_err(sql)? {
        let name: String = row.get(0).map_err(sql)?;
        if UNTRACKED.contains(&name.as_str()) {
            continue;
        }
        let column = Column {
            name: row.get(1).map_err(sql)?,
            bytes: row.get(2).map_err(sql)?,
            key: row.get(3).map_err(sql)?,
        };
        match tables.last_mut().filter(|last| last.name == name) {
            Some(table) => table.columns.push(column),
            None => tables.push(Table {
                name,
                columns: vec![column],
            }),
        }
    }
    Ok(tables)
}

/// Notes from here on what rows were before the own records after an index.
pub fn note_from(db: &Connection, at: i64) -> Result<(), StoreError> {
    stop(db)?;
    let insert = "INSERT INTO temp.undo_now (at) VALUES (?1)";
    db.prepare_cached(insert)
        .and_then(|mut s| s.execute([at]))
        .map(|_| ())
        .map_err(sql)
}

/// Notes nothing from here on.
pub fn stop(db: &Connection) -> Result<(), StoreError> {
    let made = "SELECT 1 FROM temp.sqlite_schema WHERE name = 'undo_now'";
    let made = db.prepare_cached(made).and_then(|mut s| s.exists([]));
    if made.map_err(sql)? {
        let delete = db.prepare_cached("DELETE FROM temp.undo_now");
        return delete
            .and_then(|mut s| s.execute([]))
            .map(|_| ())
            .map_err(sql);
    }
    let triggers: String = tables(db)?.iter().map(Table::triggers).collect();
    let make = format!("CREATE TEMP TABLE undo_now (at INTEGER NOT NULL); {triggers}");
    db.execute_batch(&make).map_err(sql)
}

/// The index of the own record after which a transaction began that can be undone to, at or before
/// this one.
pub fn start(db: &Connection, index: i64) -> Result<i64, StoreError> {
    let query = "SELECT MAX(at) FROM undo WHERE at <= ?1";
    let found: Option<i64> = db
        .prepare_cached(query)
        .and_then(|mut s| s.query_row([index], |r| r.get(0)))
        .map_err(sql)?;
    Ok(found.unwrap_or(index))
}

/// Forgets what rows were before transactions that began before this index.
pub fn forget_before(db: &Connection, index: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM undo WHERE at < ?1")
        .and_then(|mut s| s.execute([index]))
        .map(|_| ())
        .map_err(sql)
}

/// Rows that were changed since, each with what it was.
fn changed(
    db: &Connection,
    since: i64,
    table: &Table,
    mut each: impl FnMut(&str, Option<&str>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    // The value of a bare column is that of the row with the least.
    let query = "SELECT key, old, MIN(at) FROM undo WHERE at >= ?1 AND tab = ?2 GROUP BY key";
    let mut statement = db.prepare_cached(query).map_err(sql)?;
    let mut rows = statement.query(params![since, table.name]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        let text = |at: usize| row.get_ref(at).map_err(sql);
        let damaged = |_| StoreError::Damaged(format!("undo of {}", table.name));
        let key = text(0)?.as_str().map_err(damaged)?;
        each(key, text(1)?.as_str_or_null().map_err(damaged)?)?;
    }
    Ok(())
}

fn run(statement: &mut Statement<'_>, of: &Table, text: &str) -> Result<usize, StoreError> {
    let done = statement.execute([text]);
    done.map_err(|error| StoreError::Damaged(format!("undo of {}: {error}", of.name)))
}

/// Puts every row back to what it was before the own records after an index, where a transaction
/// began. The records themselves are left to the caller.
///
/// # Errors
/// [`StoreError::Damaged`] when a row is not what the records made of it.
pub fn undo(db: &Connection, since: i64) -> Result<(), StoreError> {
    stop(db)?;
    let persons = "SELECT json_extract(key, '$[0]') FROM undo WHERE at >= ?1 AND tab = 'person'";
    let forget = format!("DELETE FROM {NAMES} WHERE rowid IN ({persons})");
    db.execute(&forget, [since]).map_err(sql)?;
    let tables = tables(db)?;
    // First what must go, in every table, then what was there: no two rows meet under one key.
    for table in &tables {
        let mut delete = db.prepare(&table.delete()).map_err(sql)?;
        changed(db, since, table, |key, _| {
            run(&mut delete, table, key).map(|_| ())
        })?;
    }
    for table in &tables {
        let mut insert = db.prepare(&table.insert()).map_err(sql)?;
        changed(db, since, table, |_, old| match old {
            Some(old) => run(&mut insert, table, old).map(|_| ()),
            None => Ok(()),
        })?;
    }
    let name = format!(
        "INSERT INTO {NAMES} (rowid, folded) SELECT id, folded FROM person WHERE id IN ({persons})"
    );
    db.execute(&name, [since]).map_err(sql)?;
    let done = "DELETE FROM undo WHERE at >= ?1";
    db.execute(done, [since]).map(|_| ()).map_err(sql)
}

/// Empties every derived table.
pub fn empty(db: &Connection) -> Result<(), StoreError> {
    stop(db)?;
    for table in tables(db)? {
        db.execute(&format!("DELETE FROM {}", table.name), [])
            .map_err(sql)?;
    }
    let forget = format!("INSERT INTO {NAMES} ({NAMES}) VALUES ('delete-all')");
    db.execute(&forget, []).map_err(sql)?;
    db.execute("DELETE FROM undo", []).map(|_| ()).map_err(sql)
}

/// What deletes a row of each table, for looking at how it is found.
#[cfg(test)]
pub fn deletes(db: &Connection) -> Vec<String> {
    let tables = tables(db).expect("tables");
    tables.iter().map(Table::delete).collect()
}

/// Tables whose rows nothing tells apart.
#[cfg(test)]
pub fn tables_without_key(db: &Connection) -> Vec<String> {
    let tables = tables(db).expect("tables");
    let odd = tables.iter().filter(|table| table.keys().next().is_none());
    odd.map(|table| table.name.clone()).collect()
}
