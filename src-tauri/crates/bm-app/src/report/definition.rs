//! Definitions of reports: those every office has, and those a branch keeps.

use bm_domain::process::Mark;
use bm_domain::statistics::{Basis, Dimension, Filter, Measure, PeriodKind, ReportPlan, Sorting};
use bm_domain::{BusinessDay, Violation, ViolationCode as Code, text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::book::{self, Book, EntryFilter, Heading, Keep};
use crate::error::AppError;
use crate::permission::{Permission, allows};
use crate::ports::Reader;
use crate::{Actor, App};

/// The longest name, in characters.
const NAME_MAX: usize = 80;

/// A report a branch keeps under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDefinition {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it asks for.
    pub plan: ReportPlan,
    /// Who kept it last, and when.
    pub kept: Mark,
    /// Who withdrew it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Mark>,
}

impl Keep for ReportDefinition {
    const BOOK: Book = Book::ReportDefinition;

    fn heading(&self) -> Heading<'_> {
        Heading {
            id: self.id,
            gate: "",
            day: BusinessDay::of(self.kept.at),
            open: self.withdrawn.is_none(),
            references: vec![text::fold(&self.name)],
            number: None,
        }
    }
}

macro_rules! ready {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)+) => {
        /// A report that every office has.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Ready { $($(#[$doc])* $name),+ }

        impl Ready {
            /// Every one, in the order they are listed.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

ready! {
    /// Totals of gates and directions (LAW notes 8.2, set 2).
    Totals = "totals";
    /// Gate, direction, group of commodities and code (Circular 52/2020/TT-BTC).
    Goods = "goods";
    /// By group of commodities (set 3).
    Groups = "groups";
    /// By partner country.
    Countries = "countries";
    /// By commune (set 3).
    Communes = "communes";
    /// By resident (set 3).
    Residents = "residents";
    /// Day by day.
    Days = "days";
    /// Table of border-resident trade that a province is given (group II).
    Provincial = "provincial";
}

impl Ready {
    /// What it asks for, of a period of that kind.
    #[must_use]
    pub fn plan(self, period: PeriodKind) -> ReportPlan {
        use Dimension as D;
        use Measure as M;
        let day_book = [
            M::Received,
            M::Released,
            M::Refused,
            M::Cancelled,
            M::Pending,
            M::Forms,
            M::Weight,
            M::Value,
            M::Exempt,
            M::Excess,
            M::Duty,
            M::Excise,
            M::Environment,
            M::Vat,
            M::Fee,
        ];
        let goods = [M::Mass, M::Value, M::ValueUsd];
        let quota = [M::Exempt, M::Excess, M::Taxes];
        let (basis, grouping, sections, columns): (_, &[D], u8, Vec<M>) = match self {
            Self::Totals => (Basis::DayBook, &[D::Gate, D::Direction], 0, day_book.into()),
            Self::Days => (Basis::DayBook, &[D::Day, D::Direction], 0, day_book.into()),
            Self::Goods => (
                Basis::Statistical,
                &[D::Gate, D::Direction, D::Group, D::Hs, D::Unit],
                2,
                [&[M::Quantity][..], &goods, &[M::Taxes]].concat(),
            ),
            Self::Groups => (
                Basis::Statistical,
                &[D::Direction, D::Group],
                1,
                [&goods[..], &quota].concat(),
            ),
            Self::Countries => (
                Basis::Statistical,
                &[D::Direction, D::Country],
                1,
                [&goods[..], &quota].concat(),
            ),
            Self::Communes => (
                Basis::Statistical,
                &[D::Commune, D::Direction],
                0,
                [&[M::Forms, M::Mass, M::Value][..], &quota].concat(),
            ),
            Self::Residents => (
                Basis::Standing,
                &[D::Resident, D::Commune],
                0,
                [&[M::Forms, M::Value][..], &quota].concat(),
            ),
            Self::Provincial => (
                Basis::Statistical,
                &[D::Gate, D::Direction, D::Hs, D::Unit],
                2,
                [&[M::Quantity][..], &goods].concat(),
            ),
        };
        let by_value = Sorting {
            by: M::Value,
            descending: true,
        };
        ReportPlan {
            basis,
            period,
            grouping: grouping.to_vec(),
            sections,
            filter: Filter::default(),
            columns,
            cumulative: basis == Basis::Statistical && self != Self::Provincial,
            sort: (self == Self::Residents).then_some(by_value),
        }
    }
}

/// Definitions that are not withdrawn, by name.
///
/// # Errors
/// [`StoreError`](crate::StoreError).
pub fn definitions(reader: &dyn Reader) -> Result<Vec<ReportDefinition>, AppError> {
    let filter = EntryFilter {
        open: Some(true),
        ..EntryFilter::default()
    };
    let mut found: Vec<ReportDefinition> = book::list(reader, &filter)?;
    found.sort_by_key(|one| text::fold(&one.name));
    Ok(found)
}

impl App {
    /// Keeps a report under a name: a new one, or that of `id` changed.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`] for an unknown id; [`AppError::Refused`] when
    /// the name is missing or taken, or when the plan can't be answered.
    pub fn keep_definition(
        &self,
        actor: &Actor,
        id: Option<Uuid>,
        name: &str,
        plan: &ReportPlan,
    ) -> Result<ReportDefinition, AppError> {
        if !allows(actor.role, Permission::KeepReports) {
            return Err(AppError::NotPermitted);
        }
        let name = name.trim();
        let mut odd = plan.check();
        if name.is_empty() {
            odd.push(Violation::new(Code::FieldRequired, "name"));
        } else if name.chars().count() > NAME_MAX {
            odd.push(Violation::new(Code::TextTooLong, "name").with("limit", NAME_MAX));
        }
        self.write(|writer| {
            let mut problems = odd.clone();
            let held = definitions(writer)?;
            if id.is_some_and(|id| held.iter().all(|one| one.id != id)) {
                return Err(AppError::NotFound);
            }
            let mut others = held.iter().filter(|one| Some(one.id) != id);
            let folded = text::fold(name);
            let ready = Ready::ALL.iter().any(|one| one.word() == folded);
            if ready || others.any(|one| text::fold(&one.name) == folded) {
                problems.push(Violation::new(Code::ReportNameTaken, "name").with("name", name));
            }
            if !problems.is_empty() {
                return Err(AppError::Refused(problems));
            }
            let kept = ReportDefinition {
                id: id.unwrap_or_else(|| self.ids().next()),
                name: name.to_owned(),
                plan: plan.clone(),
                kept: self.mark_of(actor),
                withdrawn: None,
            };
            self.keep(writer, actor, "kept", kept.clone())?;
            Ok(kept)
        })
    }

    /// Withdraws a definition; what it was stays in the records.
    ///
    /// # Errors
    /// [`AppError::NotPermitted`]; [`AppError::NotFound`] for an unknown id.
    pub fn withdraw_definition(&self, actor: &Actor, id: Uuid) -> Result<(), AppError> {
        if !allows(actor.role, Permission::KeepReports) {
            return Err(AppError::NotPermitted);
        }
        self.write(|writer| {
            let held = book::get::<ReportDefinition>(writer, id)?;
            let held = held.filter(|one| one.withdrawn.is_none());
            let withdrawn = ReportDefinition {
                withdrawn: Some(self.mark_of(actor)),
                ..held.ok_or(AppError::NotFound)?
            };
            Ok(self.keep(writer, actor, "withdrawn", withdrawn)?)
        })
    }
}
