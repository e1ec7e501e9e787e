//! The anchor of a day: where each series of records stood, signed. Whoever holds it can tell later
//! whether the log still is what it was, also when somebody who has the key of the database wrote
//! all hashes anew. Neighbouring offices keep each other's.

mod check;

use std::fmt::Write as _;

use bm_domain::process::Mark;
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::ChainEnd;
use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::close::ClosedDay;
use crate::error::{AppError, StoreError};
use crate::people::check_reason;
use crate::ports::{Reader, Signer, Writer};
use crate::{Actor, App};

pub use check::{AnchorAnswer, AnchorCheck, Checker};

/// First line of what is signed; the number is that of the format.
pub const FORMAT: &str = "bienmau-anchor-1";
/// The longest text of an anchor that is taken in, in bytes.
pub const TEXT_MAX: usize = 100_000;

/// Where a series of records stood at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Workstation whose series it is.
    pub series: Uuid,
    /// Index of the last record.
    pub index: i64,
    /// Hash of the last record, in hexadecimal.
    pub hash: String,
    /// Records of the day.
    pub records: i64,
}

/// A gate's day that was closed on the day of an anchor, with the digest it was closed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedRoot {
    /// Code of the gate.
    pub gate: String,
    /// The day that was closed.
    pub day: BusinessDay,
    /// The digest over its records, in hexadecimal.
    pub digest: String,
}

/// A signed anchor, as it is handed to another office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Which format it is of.
    pub format: String,
    /// The day.
    pub day: BusinessDay,
    /// When it was made; on the day itself it holds what stood then.
    pub made: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Which office.
    pub office: String,
    /// Each series of records.
    pub roots: Vec<Root>,
    /// Days that were closed on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<ClosedRoot>,
    /// Public key it is signed with: 32 bytes in hexadecimal.
    pub key: String,
    /// Ed25519 signature of [`Anchor::sworn`]: 64 bytes in hexadecimal.
    pub signature: String,
}

impl Anchor {
    /// The text that is signed: one fact a line, so that it can be put together with any tool.
    ///
    /// ```text
    /// bienmau-anchor-1
    /// day 2026-11-24
    /// made 2026-11-24T10:00:00Z
    /// by lan
    /// office Móng Cái
    /// series 00000000-0000-0000-0000-000000007e57 index 120 records 14 hash 9f…
    /// closed MONGCAI 2026-11-23 digest 41…
    /// key 3b…
    /// ```
    #[must_use]
    pub fn sworn(&self) -> String {
        let made = self.made.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let mut text = format!(
            "{}\nday {}\nmade {made}\nby {}\noffice {}\n",
            self.format, self.day, self.by, self.office
        );
        for root in &self.roots {
            // Writing to a text does not fail.
            let _ = writeln!(
                text,
                "series {} index {} records {} hash {}",
                root.series, root.index, root.records, root.hash
            );
        }
        for closed in &self.closed {
            let ClosedRoot { gate, day, digest } = closed;
            let _ = writeln!(text, "closed {gate} {day} digest {digest}");
        }
        text.push_str("key ");
        text.push_str(&self.key);
        text.push('\n');
        text
    }
}

/// An anchor that is kept: our own, or a neighbour's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnchor {
    /// Its id.
    pub id: Uuid,
    /// Whether this office made it.
    pub ours: bool,
    /// Who made it or took it in, and when.
    pub kept: Mark,
    /// The anchor.
    pub anchor: Anchor,
}

impl Keep for KeptAnchor {
    const BOOK: Book = Book::KeptAnchor;

    fn heading(&self) -> Heading<'_> {
        let roots = self.anchor.roots.iter();
        Heading {
            id: self.id,
            gate: "",
            day: self.anchor.day,
            open: false,
            references: roots.map(|root| root.series.to_string()).collect(),
            number: None,
        }
    }
}

/// A key this office signs with, from when on and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnchorKey {
    /// Its id.
    pub id: Uuid,
    /// The public key, in hexadecimal.
    pub public: String,
    /// Since when, and who made it.
    pub since: Mark,
    /// Why it took the place of the one before; empty for the first.
    pub reason: String,
}

impl Keep for AnchorKey {
    const BOOK: Book = Book::AnchorKey;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: "",
            day: BusinessDay::of(self.since.at),
            open: false,
            references: vec![self.public.clone()],
            number: None,
        }
    }
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// How far back a day lies that may be closed now.
const CLOSED_BACK: u32 = 62;

/// Days that were closed on a day.
fn closed_on(reader: &dyn Reader, day: BusinessDay) -> Result<Vec<ClosedRoot>, StoreError> {
    let filter = EntryFilter {
        days: Some((day.before(CLOSED_BACK), day)),
        ..EntryFilter::default()
    };
    let mut closed: Vec<ClosedDay> = book::list(reader, &filter)?;
    closed.sort_by(|a, b| (a.day, &a.gate).cmp(&(b.day, &b.gate)));
    let made = closed
        .into_iter()
        .filter(|one| BusinessDay::of(one.closed.at) == day);
    let roots = made.filter_map(|one| {
        Some(ClosedRoot {
            digest: one.digest?,
            gate: one.gate,
            day: one.day,
        })
    });
    Ok(roots.collect())
}

fn refused(code: Code, field: &str) -> Violation {
    Violation::new(code, field)
}

impl App {
    /// Sets what signs anchors.
    pub fn set_signer(&self, signer: std::sync::Arc<dyn Signer>) {
        // A second one changes nothing: all of them hold the same key.
        let _ = self.signer.set(signer);
    }

    /// What signs anchors.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] in a program that has none.
    pub fn signer(&self) -> Result<&dyn Signer, AppError> {
        let held = self.signer.get().map(AsRef::as_ref);
        held.ok_or_else(|| AppError::BadRequest("signer".into()))
    }

    /// Makes the anchor of a day that has begun, and keeps it. A key that was not recorded yet is
    /// recorded first.
    ///
    /// # Errors
    /// [`AppError::Refused`] for a day to come or one before the first record.
    pub fn make_anchor(
        &self,
        actor: &Actor,
        day: BusinessDay,
        office: &str,
    ) -> Result<KeptAnchor, AppError> {
        let signer = self.signer()?;
        let key = signer.public()?;
        let now = self.clock().now();
        if day > BusinessDay::of(now) {
            let early = refused(Code::AnchorDayToCome, "day").with("day", day);
            return Err(AppError::Refused(vec![early]));
        }
        self.write(|writer| {
            self.record_key(writer, actor, &key, "")?;
            let until = Some(day.after(1).start()).filter(|end| *end <= now);
            let before = writer.chain_ends(Some(day.start()))?;
            let ends = writer.chain_ends(until)?;
            if ends.is_empty() {
                let nothing = refused(Code::AnchorOfNothing, "day").with("day", day);
                return Err(AppError::Refused(vec![nothing]));
            }
            let root = |end: ChainEnd| {
                let held = before.iter().find(|one| one.series == end.series);
                Root {
                    series: end.series,
                    index: end.index,
                    hash: hex(&end.hash),
                    records: end.index - held.map_or(0, |one| one.index),
                }
            };
            let mut anchor = Anchor {
                format: FORMAT.to_owned(),
                day,
                made: now,
                by: actor.user.clone(),
                office: office.to_owned(),
                roots: ends.into_iter().map(root).collect(),
                closed: closed_on(writer, day)?,
                key: key.clone(),
                signature: String::new(),
            };
            anchor.signature = signer.sign(&anchor.sworn())?;
            let kept = self.kept_by(actor, anchor, true);
            self.keep(writer, actor, "made", kept.clone())?;
            Ok(kept)
        })
    }

    fn kept_by(&self, actor: &Actor, anchor: Anchor, ours: bool) -> KeptAnchor {
        KeptAnchor {
            id: self.ids().next(),
            ours,
            kept: self.mark(actor),
            anchor,
        }
    }

    /// Records the key that is signed with, unless it is the one recorded last.
    fn record_key(
        &self,
        writer: &mut dyn Writer,
        actor: &Actor,
        key: &str,
        reason: &str,
    ) -> Result<(), AppError> {
        let known: Vec<AnchorKey> = book::list(writer, &EntryFilter::default())?;
        // A book lists its newest entry first.
        if known.first().is_some_and(|newest| newest.public == key) {
            return Ok(());
        }
        let entry = AnchorKey {
            id: self.ids().next(),
            public: key.to_owned(),
            since: self.mark(actor),
            reason: reason.trim().to_owned(),
        };
        Ok(self.keep(writer, actor, "made", entry)?)
    }

    /// Takes another key from now on, and records why. Anchors made before it still hold.
    ///
    /// # Errors
    /// [`AppError::Refused`] without a reason.
    pub fn renew_anchor_key(&self, actor: &Actor, reason: &str) -> Result<String, AppError> {
        if let Some(problem) = check_reason(reason) {
            return Err(AppError::Refused(vec![problem]));
        }
        let key = self.signer()?.renew()?;
        self.write(|writer| self.record_key(writer, actor, &key, reason))?;
        Ok(key)
    }

    /// Keeps an anchor that another office handed in. One that contradicts what is kept is kept too:
    /// it is the proof.
    ///
    /// # Errors
    /// [`AppError::Refused`] for one that is forged, of the future, or our own.
    pub fn keep_anchor(
        &self,
        actor: &Actor,
        anchor: &Anchor,
    ) -> Result<(KeptAnchor, AnchorCheck), AppError> {
        let signer = self.signer()?;
        let now = self.clock().now();
        self.write(|writer| {
            let (check, known) = {
                let checker = Checker::new(writer, signer, now)?;
                let known = checker.kept.iter().find(|one| one.anchor == *anchor);
                (checker.check(anchor, false)?, known.cloned())
            };
            let code = match check.answer {
                AnchorAnswer::Forged => Some(Code::AnchorForged),
                AnchorAnswer::Future => Some(Code::AnchorOfFuture),
                AnchorAnswer::OtherOffice | AnchorAnswer::Neighbour | AnchorAnswer::Contradicts => {
                    None
                }
                AnchorAnswer::Holds
                | AnchorAnswer::OtherKey
                | AnchorAnswer::Missing
                | AnchorAnswer::Differs => Some(Code::AnchorOfOurs),
            };
            if let Some(code) = code {
                return Err(AppError::Refused(vec![refused(code, "text")]));
            }
            if let Some(known) = known {
                return Ok((known, check));
            }
            let kept = self.kept_by(actor, anchor.clone(), false);
            self.keep(writer, actor, "kept", kept.clone())?;
            let check = Checker::new(writer, signer, now)?.check(anchor, false)?;
            Ok((kept, check))
        })
    }

    /// Checks every anchor that is kept.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn check_anchors(&self) -> Result<Vec<(KeptAnchor, AnchorCheck)>, AppError> {
        let signer = self.signer()?;
        self.read(|reader| {
            let checker = Checker::new(reader, signer, self.clock().now())?;
            let checks = checker.kept()?;
            let found = checker.kept.into_iter().zip(checks);
            Ok(found.map(|(kept, (_, check))| (kept, check)).collect())
        })
    }
}
