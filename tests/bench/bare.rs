//! The reference of registering: one transaction that inserts the same rows, and nothing else.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};

use crate::world::{Failure, connect};

/// The rows a form touches, by table: which are read back after registering.
const TOUCHED: [(&str, &str); 6] = [
    // With the form's own, those of what a rule opened on it.
    (
        "record",
        "SELECT * FROM record WHERE id >= (SELECT MAX(id) FROM declaration) ORDER BY id",
    ),
    ("declaration", "SELECT * FROM declaration ORDER BY id DESC LIMIT 1"),
    (
        "day_total",
        "SELECT t.* FROM day_total t JOIN declaration d USING (gate, day, direction)
         WHERE d.id = (SELECT MAX(id) FROM declaration)",
    ),
    (
        "quota_use",
        "SELECT q.* FROM quota_use q JOIN declaration d USING (person, day)
         WHERE d.id = (SELECT MAX(id) FROM declaration)",
    ),
    (
        "price_point",
        "SELECT p.* FROM price_point p
         JOIN (SELECT json_extract(r.payload, '$.data.draft.lines') AS lines, d.gate, d.direction
               FROM declaration d JOIN record r ON r.id = d.id ORDER BY d.id DESC LIMIT 1) f
         JOIN json_each(f.lines) l
         ON p.gate = f.gate AND p.direction = f.direction
         AND p.hs = CAST(json_extract(l.value, '$.hs') AS INTEGER)
         AND p.unit = json_extract(l.value, '$.unit')
         GROUP BY l.key",
    ),
    (
        "number_series",
        "SELECT n.* FROM number_series n, declaration d
         WHERE d.id = (SELECT MAX(id) FROM declaration)
         AND n.series = substr(d.number, 1, length(n.series)) AND length(d.number) = length(n.series) + 7",
    ),
];

/// Rows of one table.
type Rows = Vec<Vec<Value>>;

/// A twin of a database, to which rows are written without any rule.
pub struct Twin {
    from: Connection,
    to: Connection,
    inserts: Vec<String>,
}

impl Twin {
    /// Copies the database in `folder` to `copy` and connects to both.
    ///
    /// # Errors
    /// When the files cannot be copied or opened.
    pub fn of(folder: &Path, copy: &Path) -> Result<Self, Failure> {
        let from = connect(folder)?;
        from.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        if copy.exists() {
            std::fs::remove_dir_all(copy)?;
        }
        std::fs::create_dir_all(copy)?;
        for file in ["bienmau.db", "bienmau.key"] {
            std::fs::copy(folder.join(file), copy.join(file))?;
        }
        let to = connect(copy)?;
        let mut inserts = Vec::new();
        for (table, _) in TOUCHED {
            let query = format!("SELECT COUNT(*) FROM pragma_table_info('{table}')");
            let columns: u32 = to.query_row(&query, [], |row| row.get(0))?;
            let marks = vec!["?"; columns as usize].join(", ");
            let verb = if matches!(table, "record" | "declaration") {
                "INSERT"
            } else {
                "REPLACE"
            };
            inserts.push(format!("{verb} INTO {table} VALUES ({marks})"));
        }
        Ok(Self { from, to, inserts })
    }

    /// The rows of the form registered last.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn last_form(&self) -> Result<Vec<Rows>, Failure> {
        let mut all = Vec::with_capacity(TOUCHED.len());
        for (_, query) in TOUCHED {
            let mut statement = self.from.prepare_cached(query)?;
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| (0..columns).map(|i| row.get(i)).collect())?;
            all.push(rows.collect::<Result<Rows, _>>()?);
        }
        Ok(all)
    }

    /// Writes rows to the twin in one durable transaction.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn insert(&mut self, all: &[Rows]) -> Result<(), Failure> {
        let tx = self
            .to
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (insert, rows) in self.inserts.iter().zip(all) {
            let mut statement = tx.prepare_cached(insert)?;
            for row in rows {
                statement.execute(params_from_iter(row))?;
            }
        }
        Ok(tx.commit()?)
    }
}
