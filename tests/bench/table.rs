//! Times, and the table they are printed as.

use std::time::{Duration, Instant};

/// Times of one thing done many times.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does it once and notes how long it took.
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.0.push(began.elapsed());
        done
    }

    /// The time that `share` of a hundred do not exceed.
    #[must_use]
    pub fn percentile(&mut self, share: usize) -> Duration {
        self.0.sort_unstable();
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * share / 100).copied().unwrap_or_default()
    }
}

/// One measured figure.
pub struct Row {
    what: String,
    measured: String,
    reference: String,
    ratio: String,
    target: String,
}

/// The table.
#[derive(Default)]
pub struct Table(Vec<Row>);

/// A time as people read it.
#[must_use]
pub fn shown(time: Duration) -> String {
    let micros = time.as_micros();
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..100_000 => format!("{}.{:02} ms", micros / 1_000, micros % 1_000 / 10),
        100_000..10_000_000 => format!("{} ms", micros / 1_000),
        _ => format!("{} s", micros / 1_000_000),
    }
}

/// `time` divided by `reference`, to two places.
#[must_use]
pub fn ratio(time: Duration, reference: Duration) -> String {
    let hundredths = time.as_nanos() * 100 / reference.as_nanos().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

impl Table {
    /// A time against the time of a reference in the same run.
    pub fn against(
        &mut self,
        what: &str,
        time: Duration,
        name: &str,
        other: Duration,
        target: &str,
    ) {
        let row = Row {
            what: what.into(),
            measured: shown(time),
            reference: format!("{name}: {}", shown(other)),
            ratio: ratio(time, other),
            target: target.into(),
        };
        self.push(row);
    }

    /// A time or rate with a target of its own.
    pub fn plain(&mut self, what: &str, measured: String, target: &str) {
        let row = Row {
            what: what.into(),
            measured,
            reference: String::new(),
            ratio: String::new(),
            target: target.into(),
        };
        self.push(row);
    }

    fn push(&mut self, row: Row) {
        eprintln_row(&row);
        self.0.push(row);
    }

    /// The whole as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::from(
            "| what | measured | reference | ratio | target |\n| --- | --- | --- | --- | --- |\n",
        );
        for row in &self.0 {
            let cells = [
                &row.what,
                &row.measured,
                &row.reference,
                &row.ratio,
                &row.target,
            ];
            text.push_str(&format!("| {} |\n", cells.map(String::as_str).join(" | ")));
        }
        text
    }
}

#[expect(clippy::print_stderr, reason = "progress of a long measurement")]
fn eprintln_row(row: &Row) {
    eprintln!(
        "{}: {} {} {}",
        row.what, row.measured, row.reference, row.ratio
    );
}
