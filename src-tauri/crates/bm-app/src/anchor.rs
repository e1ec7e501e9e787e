//! The anchor of a day: where each series of records stood, signed. Whoever holds it can tell later
//! whether the log still is what it was, also when somebody who has the key of the database wrote
//! all hashes anew. Neighbouring offices keep each other's.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bm_domain::process::Mark;
use bm_domain::{BusinessDay, Violation, ViolationCode as Code};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::ChainEnd;
use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::error::{AppError, StoreError};
use crate::people::check_reason;
use crate::ports::{Reader, Signer, Writer};
use crate::{Actor, App};

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

// One line an answer: its name and the word of its message.
macro_rules! answers {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)+) => {
        /// What an anchor says of this database.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum AnchorAnswer { $($(#[$doc])* $name),+ }

        impl AnchorAnswer {
            /// Every answer, for tests that demand words for each.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in files and in the names of messages.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

answers! {
    /// Every record it swears to is there, unchanged.
    Holds = "holds";
    /// It is a neighbour's and whole: its records are not held here.
    Neighbour = "neighbour";
    /// Its signature is not that of its contents.
    Forged = "forged";
    /// None of its series is held here: it swears to another office's records.
    OtherOffice = "other_office";
    /// It swears to our records by a key that is not ours.
    OtherKey = "other_key";
    /// Its day, or the time it was made, has not come yet.
    Future = "future";
    /// Records it swears to are not there.
    Missing = "missing";
    /// The record it swears to is another one.
    Differs = "differs";
    /// It says something else than another anchor of that office.
    Contradicts = "contradicts";
}

impl AnchorAnswer {
    /// Whether nothing speaks against the log.
    #[must_use]
    pub const fn is_fine(self) -> bool {
        matches!(self, Self::Holds | Self::Neighbour)
    }
}

/// What came of checking an anchor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnchorCheck {
    /// What it says.
    pub answer: AnchorAnswer,
    /// Its day.
    pub day: BusinessDay,
    /// Its office.
    pub office: String,
    /// Whether this office keeps it as its own.
    pub ours: bool,
    /// What the sentence names besides.
    pub params: BTreeMap<&'static str, String>,
}

impl AnchorCheck {
    fn new(anchor: &Anchor, ours: bool, answer: AnchorAnswer) -> Self {
        Self {
            answer,
            day: anchor.day,
            office: anchor.office.clone(),
            ours,
            params: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.insert(name, value.to_string());
        self
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

/// What is known here when anchors are checked.
pub struct Checker<'a> {
    reader: &'a dyn Reader,
    signer: &'a dyn Signer,
    now: DateTime<Utc>,
    keys: Vec<String>,
    kept: Vec<KeptAnchor>,
    ends: BTreeMap<Uuid, ChainEnd>,
}

impl<'a> Checker<'a> {
    /// Reads which anchors and keys are kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn new(
        reader: &'a dyn Reader,
        signer: &'a dyn Signer,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let all = EntryFilter::default();
        let keys: Vec<AnchorKey> = book::list(reader, &all)?;
        let mut kept: Vec<KeptAnchor> = book::list(reader, &all)?;
        kept.sort_by_key(|one| one.anchor.made);
        let ends = reader.chain_ends(None)?.into_iter();
        Ok(Self {
            reader,
            signer,
            now,
            keys: keys.into_iter().map(|key| key.public).collect(),
            kept,
            ends: ends.map(|end| (end.series, end)).collect(),
        })
    }

    /// Checks every anchor that is kept, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn kept(&self) -> Result<Vec<(Uuid, AnchorCheck)>, StoreError> {
        let check = |one: &KeptAnchor| Ok((one.id, self.check(&one.anchor, one.ours)?));
        self.kept.iter().map(check).collect()
    }

    /// Checks an anchor; `ours` tells that it is kept as this office's own.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn check(&self, anchor: &Anchor, ours: bool) -> Result<AnchorCheck, StoreError> {
        let say = |answer| AnchorCheck::new(anchor, ours, answer);
        let sworn = anchor.sworn();
        // A line break in a name could make two anchors of one text.
        let is_plain = !format!("{}{}", anchor.by, anchor.office).contains(char::is_control);
        let is_signed = anchor.format == FORMAT
            && is_plain
            && self.signer.holds(&anchor.key, &sworn, &anchor.signature);
        if !is_signed {
            return Ok(say(AnchorAnswer::Forged));
        }
        if anchor.made > self.now || anchor.day > BusinessDay::of(self.now) {
            return Ok(say(AnchorAnswer::Future).with("made", anchor.made.to_rfc3339()));
        }
        let here = |root: &&Root| self.ends.contains_key(&root.series);
        let mut held = anchor.roots.iter().filter(here).peekable();
        if held.peek().is_none() {
            return Ok(self.as_neighbour(anchor, ours));
        }
        if !self.keys.contains(&anchor.key) {
            return Ok(say(AnchorAnswer::OtherKey).with("key", &anchor.key));
        }
        for root in held {
            if let Some(fault) = self.against(anchor, ours, root)? {
                return Ok(fault);
            }
        }
        Ok(say(AnchorAnswer::Holds))
    }

    /// What speaks against a root of ours.
    fn against(
        &self,
        anchor: &Anchor,
        ours: bool,
        root: &Root,
    ) -> Result<Option<AnchorCheck>, StoreError> {
        let say = |answer| {
            AnchorCheck::new(anchor, ours, answer)
                .with("workstation", root.series)
                .with("index", root.index)
        };
        let last = self.ends.get(&root.series).map_or(0, |end| end.index);
        if root.index > last {
            return Ok(Some(say(AnchorAnswer::Missing).with("first", last + 1)));
        }
        let held = self.reader.chain_hash(root.series, root.index)?;
        match held {
            None => Ok(Some(say(AnchorAnswer::Missing).with("first", root.index))),
            Some(hash) if hex(&hash) == root.hash => Ok(None),
            Some(_) => {
                let first = self.last_that_holds(root)? + 1;
                Ok(Some(say(AnchorAnswer::Differs).with("first", first)))
            }
        }
    }

    /// The greatest index before a root that another anchor of ours swears to and that still holds.
    fn last_that_holds(&self, root: &Root) -> Result<i64, StoreError> {
        let ours = self.kept.iter().filter(|one| one.ours);
        let earlier = ours
            .flat_map(|one| &one.anchor.roots)
            .filter(|other| other.series == root.series && other.index < root.index);
        let mut last = 0;
        for other in earlier {
            let held = self.reader.chain_hash(other.series, other.index)?;
            if other.index > last && held.is_some_and(|hash| hex(&hash) == other.hash) {
                last = other.index;
            }
        }
        Ok(last)
    }

    /// An anchor whose records are not held here: kept for its office, it must agree with the others
    /// kept for it.
    fn as_neighbour(&self, anchor: &Anchor, ours: bool) -> AnchorCheck {
        let say = |answer| AnchorCheck::new(anchor, ours, answer).with("key", &anchor.key);
        let is_kept = self.kept.iter().any(|one| one.anchor == *anchor);
        let contradicted = self.kept.iter().find(|one| contradict(&one.anchor, anchor));
        match contradicted {
            Some(other) => say(AnchorAnswer::Contradicts)
                .with("day", anchor.day)
                .with("other", other.anchor.day),
            None if is_kept && !ours => say(AnchorAnswer::Neighbour),
            None => say(AnchorAnswer::OtherOffice),
        }
    }
}

/// Whether two anchors can't both be true of one log: it only grows.
fn contradict(a: &Anchor, b: &Anchor) -> bool {
    let (first, second) = if a.made <= b.made { (a, b) } else { (b, a) };
    second.roots.iter().any(|later| {
        let mut same = first
            .roots
            .iter()
            .filter(|root| root.series == later.series);
        same.any(|earlier| {
            let shrank = first.day <= second.day && later.index < earlier.index;
            shrank || (later.index == earlier.index && later.hash != earlier.hash)
        })
    })
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
