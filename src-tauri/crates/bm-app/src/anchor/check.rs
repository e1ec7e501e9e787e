//! What an anchor says of a database, now that time has passed.

use std::collections::BTreeMap;

use bm_domain::BusinessDay;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Anchor, AnchorKey, FORMAT, KeptAnchor, Root, hex};
use crate::audit::ChainEnd;
use crate::book::{self, EntryFilter};
use crate::error::StoreError;
use crate::ports::{Reader, Signer};

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

/// What is known here when anchors are checked.
pub struct Checker<'a> {
    reader: &'a dyn Reader,
    signer: &'a dyn Signer,
    now: DateTime<Utc>,
    keys: Vec<String>,
    pub(super) kept: Vec<KeptAnchor>,
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
        let gates = anchor.closed.iter().map(|one| one.gate.as_str());
        let digests = anchor.closed.iter().map(|one| one.digest.as_str());
        let is_plain = [anchor.by.as_str(), anchor.office.as_str()]
            .into_iter()
            .chain(gates)
            .chain(digests)
            .all(|text| !text.contains(char::is_control));
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
