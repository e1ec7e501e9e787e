//! The anchor of a day on paper: short enough to be read aloud over the telephone.

use bm_domain::template::FormKind;
use serde::Serialize;

use super::{Content, Moment, Office, Sheet};
use crate::anchor::KeptAnchor;
use crate::error::AppError;
use crate::printing::Printed;
use crate::{Actor, App};

/// The longest text a QR code is drawn of, in bytes; longer ones stand in the file alone.
const QR_MAX: usize = 1_500;

/// The anchor of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnchorPaper {
    /// Office that made it.
    pub office: Office,
    /// What it calls itself.
    pub name: String,
    /// The day.
    pub day: Moment,
    /// When it was made.
    pub made: Moment,
    /// Account of who made it.
    pub by: String,
    /// Whether this office made it, or keeps it for a neighbour.
    pub ours: bool,
    /// Where each series of records stood.
    pub roots: Vec<RootPaper>,
    /// Days that were closed on it.
    pub closed: Vec<ClosedPaper>,
    /// The public key, in groups of four.
    pub key: Vec<String>,
    /// The signature, in groups of four.
    pub signature: Vec<String>,
}

/// Where a series of records stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RootPaper {
    /// Workstation whose series it is.
    pub series: String,
    /// Index of the last record.
    pub index: String,
    /// Records of the day.
    pub records: String,
    /// Hash of the last record, in groups of four.
    pub hash: Vec<String>,
}

/// A closed day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClosedPaper {
    /// Code of the gate.
    pub gate: String,
    /// The day, `24/11/2026`.
    pub date: String,
    /// Its digest, in groups of four.
    pub digest: Vec<String>,
}

fn groups(digits: &str) -> Vec<String> {
    let letters: Vec<char> = digits.chars().collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect()
}

impl App {
    /// An anchor that is kept on paper, with the template of its day.
    ///
    /// # Errors
    /// [`AppError::Refused`] where no template is held or it does not fit.
    pub fn print_anchor(
        &self,
        actor: &Actor,
        kept: &KeptAnchor,
        pictures: bool,
    ) -> Result<Printed, AppError> {
        let anchor = &kept.anchor;
        let root = |root: &crate::anchor::Root| RootPaper {
            series: root.series.to_string(),
            index: root.index.to_string(),
            records: root.records.to_string(),
            hash: groups(&root.hash),
        };
        let closed = |one: &crate::anchor::ClosedRoot| ClosedPaper {
            gate: one.gate.clone(),
            date: Moment::day(one.day.date()).date,
            digest: groups(&one.digest),
        };
        let (run, template, office) = self.read(|reader| {
            let template = self.template(reader, FormKind::AnchorSheet, anchor.day)?;
            let run = self.run(reader, actor, template.paper, self.clock().now())?;
            let law = self.law_book(reader)?;
            Ok((
                run,
                template,
                Office::of(law.1.on(anchor.day), &actor.gate, ""),
            ))
        })?;
        let code = format!("{}signature {}\n", anchor.sworn(), anchor.signature);
        let run = super::Run {
            copies: template.copies,
            qr: Some(code).filter(|code| code.len() <= QR_MAX),
            ..run
        };
        let paper = AnchorPaper {
            office,
            name: anchor.office.clone(),
            day: Moment::day(anchor.day.date()),
            made: Moment::of(anchor.made),
            by: anchor.by.clone(),
            ours: kept.ours,
            roots: anchor.roots.iter().map(root).collect(),
            closed: anchor.closed.iter().map(closed).collect(),
            key: groups(&anchor.key),
            signature: groups(&anchor.signature),
        };
        let sheet = Sheet {
            run,
            data: Content::Anchor(Box::new(paper)),
            at: self.clock().now(),
        };
        let name = format!("anchor-{}.pdf", anchor.day);
        self.set(&template.source, &sheet, name, pictures)
    }
}
