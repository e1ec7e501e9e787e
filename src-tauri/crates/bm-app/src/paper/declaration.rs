//! A form as it stands on paper (LAW notes 2.2: the fields of HQ2019/TKNKBG and HQ2019/TKXKBG).

use std::collections::BTreeMap;

use bm_domain::law::LawBook;
use bm_domain::process::{Finding, Mark, PaymentMethod};
use bm_domain::resident::{Resident, Sex};
use bm_domain::tax::Taxes;
use bm_domain::{LawOfDay, Vnd, declaration::DraftLine};
use serde::Serialize;

use super::{Moment, Office};
use crate::AppError;
use crate::ports::{Reader, Status, StoredDeclaration};

/// A form on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeclarationPaper {
    /// `import` or `export`.
    pub direction: String,
    /// Its number.
    pub number: String,
    /// Where it was registered.
    pub office: Office,
    /// When and by whom it was registered (art. 6(2): top right corner).
    pub registered: SignedMark,
    /// Who declared it; absent where the person is not held.
    pub resident: Option<ResidentPaper>,
    /// Number of the other leg of an exchange; empty where there is none.
    pub exchange: String,
    /// The goods.
    pub lines: Vec<LinePaper>,
    /// Customs value.
    pub value: Vnd,
    /// Within the quota.
    pub exempt: Vnd,
    /// Above it.
    pub excess: Vnd,
    /// Taxes on the excess.
    pub taxes: Taxes,
    /// Fee.
    pub fee: Vnd,
    /// Taxes and fee.
    pub due: Vnd,
    /// Trips of the period, this one included.
    pub trips: u32,
    /// Whether the goods must be inspected.
    pub must_inspect: bool,
    /// Tax confirmed.
    pub taxed: Option<SignedMark>,
    /// Paid.
    pub paid: Option<PaymentMark>,
    /// Inspected.
    pub inspected: Option<InspectionMark>,
    /// Released from the supervised area.
    pub released: Option<SignedMark>,
    /// How often it was amended.
    pub revision: u32,
    /// `registered`, `refused` or `cancelled`.
    pub status: Status,
    /// Why it no longer stands; empty while it does.
    pub end_reason: String,
}

/// Who signs, and when the mark was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedMark {
    /// Name of the officer.
    pub name: String,
    /// When.
    pub at: Moment,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaymentMark {
    /// Who and when.
    #[serde(flatten)]
    pub mark: SignedMark,
    /// How.
    pub method: PaymentMethod,
    /// Number of the receipt or payment slip.
    pub document: String,
}

/// An inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InspectionMark {
    /// Who and when.
    #[serde(flatten)]
    pub mark: SignedMark,
    /// What was found.
    pub finding: Finding,
    /// In words.
    pub remark: String,
}

/// The declarant on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResidentPaper {
    /// Full name.
    pub name: String,
    /// `24/11/1985`.
    pub born: String,
    /// `male` or `female`; absent where the paper does not say.
    pub sex: Option<Sex>,
    /// Address as on the paper.
    pub address: String,
    /// Name of the present commune, else its code.
    pub commune: String,
    /// Kind of the first paper; empty where none is held.
    pub paper_kind: String,
    /// Its number.
    pub paper_number: String,
    /// Day of issue; empty where not known.
    pub paper_issued: String,
    /// Number of the border pass, where another paper is the first; empty otherwise.
    pub border_pass: String,
}

impl ResidentPaper {
    fn new(book: &LawBook, stored: &StoredDeclaration, person: &Resident) -> Self {
        let first = person.papers.first();
        let issued = first.and_then(|paper| paper.issued);
        let mut others = person.papers.iter().skip(1);
        let pass = others.find(|paper| paper.kind.word() == "border_pass");
        let commune = book
            .on(stored.declaration.day())
            .commune(&person.commune)
            .map_or(&person.commune, |commune| &commune.name);
        Self {
            name: person.name.clone(),
            born: Moment::day(person.born).date,
            sex: person.sex,
            address: person.address.clone(),
            commune: commune.clone(),
            paper_kind: first.map_or("", |paper| paper.kind.word()).to_owned(),
            paper_number: first.map(|paper| paper.number.clone()).unwrap_or_default(),
            paper_issued: issued.map(|day| Moment::day(day).date).unwrap_or_default(),
            border_pass: pass.map(|paper| paper.number.clone()).unwrap_or_default(),
        }
    }
}

/// A line on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinePaper {
    /// Commodity code.
    pub hs: String,
    /// Description.
    pub name: String,
    /// Country of origin or destination.
    pub origin: String,
    /// Whether the goods are used.
    pub used: bool,
    /// Quantity.
    pub quantity: String,
    /// Unit.
    pub unit: String,
    /// Gross weight in kilograms; empty where not known.
    pub weight: String,
    /// Price of one unit.
    pub price: String,
    /// Currency of the price.
    pub currency: String,
    /// VND for one unit of the currency; empty for the dong.
    pub rate: String,
    /// Customs value.
    pub value: Vnd,
    /// Within the quota.
    pub exempt: Vnd,
    /// Above it: the taxable value.
    pub excess: Vnd,
    /// Rate of duty in percent.
    pub duty_percent: String,
    /// Rate of value added tax in percent.
    pub vat_percent: String,
    /// Taxes on the excess.
    pub taxes: Taxes,
    /// Certificate of a specialised agency; empty where none is held.
    pub certificate: String,
}

impl DeclarationPaper {
    /// A form as it stands now.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn of(
        reader: &dyn Reader,
        book: &LawBook,
        stored: &StoredDeclaration,
    ) -> Result<Self, AppError> {
        let form = &stored.declaration;
        let (draft, decision) = (&form.draft, &form.decision);
        let law = book.on(form.day());
        let person = reader.person(form.person)?;
        let other = stored.other_leg.map(|id| reader.declaration(id));
        let other = other.transpose()?.flatten();
        let signed = |mark: &Mark| signed(reader, mark);
        let progress = &stored.progress;
        let paid = match &progress.paid {
            None => None,
            Some((mark, method, document)) => Some(PaymentMark {
                mark: signed(mark)?,
                method: *method,
                document: document.clone(),
            }),
        };
        let inspected = match &progress.inspected {
            None => None,
            Some((mark, finding, remark)) => Some(InspectionMark {
                mark: signed(mark)?,
                finding: *finding,
                remark: remark.clone(),
            }),
        };
        let registration = Mark {
            at: draft.at,
            by: stored.officer.clone(),
        };
        Ok(Self {
            direction: draft.direction.word().to_owned(),
            number: form.number.clone(),
            office: Office::of(law, &draft.gate, &draft.workstation),
            registered: signed(&registration)?,
            resident: person.map(|person| ResidentPaper::new(book, stored, &person)),
            exchange: other.map(|leg| leg.declaration.number).unwrap_or_default(),
            lines: lines(book, stored),
            value: decision.value,
            exempt: decision.exempt,
            excess: decision.excess,
            taxes: decision.taxes,
            fee: decision.fee,
            due: decision.total_due(),
            trips: decision.trips_used,
            must_inspect: progress.needs_inspection(&stored.requirements()),
            taxed: progress.taxed.as_ref().map(signed).transpose()?,
            paid,
            inspected,
            released: progress.released.as_ref().map(signed).transpose()?,
            revision: form.revision,
            status: stored.status,
            end_reason: stored.cancel_reason.clone().unwrap_or_default(),
        })
    }
}

pub(super) fn signed(reader: &dyn Reader, mark: &Mark) -> Result<SignedMark, AppError> {
    let account = reader.account(&mark.by)?;
    Ok(SignedMark {
        name: account.map_or_else(|| mark.by.clone(), |account| account.display_name),
        at: Moment::of(mark.at),
    })
}

impl Office {
    /// The office of a gate under the titles of a day; what is not held is empty.
    #[must_use]
    pub fn of(law: LawOfDay<'_>, gate: &str, workstation: &str) -> Self {
        let name = law.gate(gate).map(|gate| gate.name.clone());
        let name = name.unwrap_or_default();
        Self {
            gate: gate.to_owned(),
            region: law.title("region").unwrap_or_default().to_owned(),
            title: law
                .office_title(gate)
                .map_or(&*name, |title| title)
                .to_owned(),
            gate_name: name,
            workstation: workstation.to_owned(),
        }
    }
}

/// The description as declared; the catalogue's name when there is none.
#[must_use]
pub fn line_name<'a>(law: LawOfDay<'a>, line: &'a DraftLine) -> &'a str {
    match law.goods(line.hs) {
        Some(goods) if line.name.is_empty() => &goods.name_vi,
        _ => &line.name,
    }
}

fn lines(book: &LawBook, stored: &StoredDeclaration) -> Vec<LinePaper> {
    let form = &stored.declaration;
    let law = book.on(form.day());
    let certified: &BTreeMap<_, _> = &stored.progress.certificates;
    let both = form.draft.lines.iter().zip(&form.decision.lines);
    both.enumerate()
        .map(|(i, (line, decided))| LinePaper {
            hs: line.hs.to_string(),
            name: line_name(law, line).to_owned(),
            origin: line.origin.clone(),
            used: !line.condition.is_new(),
            quantity: line.quantity.to_string(),
            unit: line.unit.clone(),
            weight: decided.weight.map(|w| w.to_string()).unwrap_or_default(),
            price: line.unit_price.to_string(),
            currency: line.currency.to_string(),
            rate: (decided
                .rate
                .filter(|_| line.currency != bm_domain::Currency::VND))
            .map(|rate| rate.to_string())
            .unwrap_or_default(),
            value: decided.value,
            exempt: decided.exempt,
            excess: decided.excess,
            duty_percent: decided.duty_percent.to_string(),
            vat_percent: decided.vat_percent.to_string(),
            taxes: decided.taxes,
            certificate: (line.certificate.clone())
                .or_else(|| certified.get(&i).map(|(_, text)| text.clone()))
                .unwrap_or_default(),
        })
        .collect()
}
