//! Lists of gathered goods: a form whose goods can be taken, a list in a list, a list whole with
//! its tax.

use std::collections::{BTreeMap, BTreeSet};

use bm_app::ports::{Reader, StoredDeclaration};
use bm_app::reveal::Numbers;
use bm_app::{AppError, gathering};
use bm_domain::gathering::{
    Assessed, Gathering, GatheringStage, ImportForm, Taken, Trader, term_of,
};
use bm_domain::law::LawBook;
use bm_domain::resident::Resident;
use bm_domain::tax::Taxes;
use bm_domain::{BusinessDay, DeclarationId, HsCode, LawOfDay, Violation, Vnd};
use serde::Serialize;
use uuid::Uuid;

use super::form::name_of;
use super::{MarkView, PaymentView};
use crate::answer::{self, ViolationView};
use crate::words::Language;

/// Who gathers.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TraderView {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Tax code.
    pub tax_code: String,
}

impl From<&Trader> for TraderView {
    fn from(trader: &Trader) -> Self {
        Self {
            name: trader.name.clone(),
            address: trader.address.clone(),
            tax_code: trader.tax_code.to_string(),
        }
    }
}

/// A line of a form with what is left of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatherableLine {
    /// Line, from 0.
    pub line: u32,
    /// Commodity code.
    pub hs: HsCode,
    /// Description.
    pub name: String,
    /// Unit of the quantities.
    pub unit: String,
    /// Imported.
    pub quantity: String,
    /// Not gathered yet.
    pub left: String,
}

/// A form whose goods a trader may have gathered.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatherableForm {
    /// Its id.
    pub id: DeclarationId,
    /// Its number.
    pub number: String,
    /// Code of the gate.
    pub gate: String,
    /// The day it was registered.
    pub day: BusinessDay,
    /// Who declared it.
    pub person_name: String,
    /// Its lines.
    pub lines: Vec<GatherableLine>,
    /// Why nothing of it can be taken, or what has to be looked at.
    pub problems: Vec<ViolationView>,
}

impl GatherableForm {
    /// A form for a list of `gate`.
    #[must_use]
    pub fn new(
        language: Language,
        law: LawOfDay<'_>,
        stored: &StoredDeclaration,
        form: &ImportForm,
        gate: &str,
        person_name: String,
    ) -> Self {
        let line = |(line, at): (&bm_domain::gathering::ImportLine, u32)| GatherableLine {
            line: at,
            hs: line.declared.hs,
            name: name_of(law, &line.declared).to_owned(),
            unit: line.declared.unit.clone(),
            quantity: line.declared.quantity.to_string(),
            left: line.left().normalize().to_string(),
        };
        Self {
            id: stored.declaration.draft.id,
            number: form.number.clone(),
            gate: form.gate.clone(),
            day: form.day,
            person_name,
            lines: form.lines.iter().zip(0..).map(line).collect(),
            problems: answer::violations(language, &form.check(gate, "form")),
        }
    }
}

/// What a line owes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AssessedView {
    /// VND for one unit of the currency.
    pub rate: String,
    /// Customs value.
    pub value_vnd: Vnd,
    /// Rate of duty.
    pub duty_percent: String,
    /// Rate of excise.
    pub excise_percent: String,
    /// Environment tax for one unit.
    pub environment_unit_vnd: String,
    /// Rate of value added tax.
    pub vat_percent: String,
    /// Duty.
    pub duty_vnd: Vnd,
    /// Excise.
    pub excise_vnd: Vnd,
    /// Environment tax.
    pub environment_vnd: Vnd,
    /// Value added tax.
    pub vat_vnd: Vnd,
    /// All taxes.
    pub total_vnd: Vnd,
    /// What the resident paid on the same share; nothing is set off against it.
    pub paid_by_resident_vnd: Vnd,
}

impl From<&Assessed> for AssessedView {
    fn from(line: &Assessed) -> Self {
        Self {
            rate: line.rate.to_string(),
            value_vnd: line.value,
            duty_percent: line.duty_percent.to_string(),
            excise_percent: line.excise_percent.to_string(),
            environment_unit_vnd: line.environment_vnd.to_string(),
            vat_percent: line.vat_percent.to_string(),
            duty_vnd: line.taxes.duty,
            excise_vnd: line.taxes.excise,
            environment_vnd: line.taxes.environment,
            vat_vnd: line.taxes.vat,
            total_vnd: line.taxes.total(),
            paid_by_resident_vnd: line.paid_by_resident,
        }
    }
}

/// Sums of a list.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatheringSums {
    /// Customs value.
    pub value_vnd: Vnd,
    /// Duty.
    pub duty_vnd: Vnd,
    /// Excise.
    pub excise_vnd: Vnd,
    /// Environment tax.
    pub environment_vnd: Vnd,
    /// Value added tax.
    pub vat_vnd: Vnd,
    /// All taxes.
    pub total_vnd: Vnd,
    /// What the residents paid on the same goods.
    pub paid_by_resident_vnd: Vnd,
}

impl GatheringSums {
    fn of(sheet: &[Assessed]) -> Self {
        let taxes: Taxes = sheet.iter().map(|line| line.taxes).sum();
        Self {
            value_vnd: sheet.iter().map(|line| line.value).sum(),
            duty_vnd: taxes.duty,
            excise_vnd: taxes.excise,
            environment_vnd: taxes.environment,
            vat_vnd: taxes.vat,
            total_vnd: taxes.total(),
            paid_by_resident_vnd: sheet.iter().map(|line| line.paid_by_resident).sum(),
        }
    }
}

/// A line of a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatheredLineView {
    /// The form.
    pub form: DeclarationId,
    /// Its number.
    pub number: String,
    /// The day it was registered.
    pub form_day: BusinessDay,
    /// Who declared it.
    pub person_name: String,
    /// A paper of that person, masked unless its number was asked for with a reason.
    pub person_paper: String,
    /// Line of the form, from 0.
    pub line: u32,
    /// Commodity code.
    pub hs: HsCode,
    /// Description.
    pub name: String,
    /// Country of origin.
    pub origin: String,
    /// How much.
    pub quantity: String,
    /// In which unit.
    pub unit: String,
    /// What other lists have left of the form's line.
    pub available: String,
    /// Price of one unit.
    pub unit_price: String,
    /// Currency of the price.
    pub currency: String,
    /// Day of gathering.
    pub day: BusinessDay,
    /// What it owes; `None` while that can't be computed.
    pub assessed: Option<AssessedView>,
}

impl GatheredLineView {
    /// What a list took of a form, before it is known what it owes; `None` when the form has no such
    /// line.
    fn new(
        book: &LawBook,
        taken: &Taken,
        form: &ImportForm,
        person: Option<&Resident>,
        numbers: Numbers<'_>,
    ) -> Option<Self> {
        let line = form.lines.get(taken.line)?;
        let declared = &line.declared;
        Some(Self {
            form: taken.form,
            number: form.number.clone(),
            form_day: form.day,
            person_name: person.map(|person| person.name.clone()).unwrap_or_default(),
            person_paper: numbers.first_of(person),
            line: u32::try_from(taken.line).unwrap_or(u32::MAX),
            hs: declared.hs,
            name: name_of(book.on(form.day), declared).to_owned(),
            origin: declared.origin.clone(),
            quantity: taken.quantity.to_string(),
            unit: declared.unit.clone(),
            available: line.left().normalize().to_string(),
            unit_price: declared.unit_price.to_string(),
            currency: declared.currency.to_string(),
            day: taken.day,
            assessed: None,
        })
    }
}

/// A list in a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatheringRow {
    /// Its id.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Code of the gate.
    pub gate: String,
    /// Who gathers.
    pub trader: TraderView,
    /// Where.
    pub place: String,
    /// How far it has come.
    pub stage: GatheringStage,
    /// The oldest day of gathering.
    pub day: BusinessDay,
    /// The last day for filing; `None` where no limit is held.
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub last_day: Option<BusinessDay>,
    /// Days until then for a list that is not filed; below zero when it is late.
    pub days_left: Option<i32>,
    /// How many lines.
    pub lines: u32,
    /// How many forms.
    pub forms: u32,
    /// All taxes, once filed.
    pub total_vnd: Option<Vnd>,
}

impl GatheringRow {
    /// A list as it stands on `today`.
    #[must_use]
    pub fn new(book: &LawBook, list: &Gathering, today: BusinessDay) -> Self {
        let last_day = term_of(list, book).and_then(|term| list.last_day(term));
        let forms: BTreeSet<_> = list.lines.iter().map(|line| line.form).collect();
        let stage = list.stage();
        let waits = stage == GatheringStage::Draft;
        Self {
            id: list.id,
            number: list.number.clone(),
            gate: list.gate.clone(),
            trader: (&list.trader).into(),
            place: list.place.clone(),
            stage,
            day: list.oldest_day().unwrap_or(today),
            last_day,
            days_left: last_day
                .filter(|_| waits)
                .map(|last| last.number() - today.number()),
            lines: u32::try_from(list.lines.len()).unwrap_or(u32::MAX),
            forms: u32::try_from(forms.len()).unwrap_or(u32::MAX),
            total_vnd: list.filed.as_ref().map(|filing| filing.taxes().total()),
        }
    }
}

/// A list whole.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct GatheringView {
    /// What a list of lists says of it.
    #[serde(flatten)]
    pub row: GatheringRow,
    /// Name of the gate.
    pub gate_name: String,
    /// The goods, each with what it owes.
    #[serde(rename = "goods")]
    pub lines: Vec<GatheredLineView>,
    /// Sums.
    pub sums: GatheringSums,
    /// The day whose law and rates the tax is computed by: that of filing, today before.
    pub assessed_on: BusinessDay,
    /// What has to be looked at while it is a draft.
    pub violations: Vec<ViolationView>,
    /// Filed.
    pub filed: Option<MarkView>,
    /// Number of the trader's commercial import declaration.
    pub declaration: String,
    /// Why it was taken late.
    pub late_reason: String,
    /// Tax confirmed.
    pub taxed: Option<MarkView>,
    /// Paid.
    pub paid: Option<PaymentView>,
    /// Released.
    pub released: Option<MarkView>,
    /// Cancelled.
    pub cancelled: Option<MarkView>,
    /// Why.
    pub cancel_reason: String,
}

/// A list together with the persons whose goods are on it.
pub struct Opened {
    /// The list.
    pub view: GatheringView,
    /// The persons it names.
    pub people: Vec<Resident>,
}

impl GatheringView {
    /// A list in the words of a language. `found` is what stands against it, `sheet` what each line
    /// owes where that can be computed.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn open(
        reader: &dyn Reader,
        language: Language,
        (book, list): (&LawBook, &Gathering),
        (found, sheet): (&[Violation], &[Assessed]),
        (today, numbers): (BusinessDay, Numbers<'_>),
    ) -> Result<Opened, AppError> {
        let mut people = BTreeMap::new();
        for taken in &list.lines {
            if !people.contains_key(&taken.form)
                && let Some(stored) = reader.declaration(taken.form)?
            {
                people.insert(taken.form, reader.person(stored.declaration.person)?);
            }
        }
        let forms = gathering::forms_of(reader, list)?;
        let filed = list.filed.as_ref();
        let assessed_on = filed.map_or(today, |filing| BusinessDay::of(filing.mark.at));
        let line = |(at, taken): (usize, &Taken)| {
            let form = forms.get(&taken.form)?;
            let person = people.get(&taken.form).and_then(Option::as_ref);
            let view = GatheredLineView::new(book, taken, form, person, numbers)?;
            Some(GatheredLineView {
                assessed: sheet.get(at).map(Into::into),
                ..view
            })
        };
        let lines = list.lines.iter().enumerate().filter_map(line).collect();
        let paid = match &list.paid {
            None => None,
            Some((mark, method, document)) => Some(PaymentView {
                mark: MarkView::new(reader, mark)?,
                method: *method,
                document: document.clone(),
            }),
        };
        let cancelled = list.cancelled.as_ref();
        let view = Self {
            row: GatheringRow::new(book, list, today),
            gate_name: book.gate_name(&list.gate).unwrap_or_default().to_owned(),
            lines,
            sums: GatheringSums::of(sheet),
            assessed_on,
            violations: answer::violations(language, found),
            filed: MarkView::of(reader, filed.map(|filing| &filing.mark))?,
            declaration: filed
                .map(|filing| filing.declaration.clone())
                .unwrap_or_default(),
            late_reason: filed
                .map(|filing| filing.late_reason.clone())
                .unwrap_or_default(),
            taxed: MarkView::of(reader, list.taxed.as_ref())?,
            paid,
            released: MarkView::of(reader, list.released.as_ref())?,
            cancelled: MarkView::of(reader, cancelled.map(|(mark, _)| mark))?,
            cancel_reason: cancelled
                .map(|(_, reason)| reason.clone())
                .unwrap_or_default(),
        };
        let mut shown: Vec<Resident> = people.into_values().flatten().collect();
        shown.sort_by_key(|person| person.id);
        shown.dedup_by_key(|person| person.id);
        Ok(Opened {
            view,
            people: shown,
        })
    }
}
