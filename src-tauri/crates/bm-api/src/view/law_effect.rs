//! What a change of the law touches, and what a table of rows would change.

use bm_app::law::{Effect, Sums};
use bm_domain::{BusinessDay, DeclarationId, Vnd};
use serde::Serialize;

use crate::answer::ViolationView;
use crate::law::BadTableRow;

/// Sums over forms.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawSums {
    /// Forms that stand.
    pub forms: u32,
    /// Customs value.
    pub value_vnd: Vnd,
    /// Within the quota.
    pub exempt_vnd: Vnd,
    /// Above it.
    pub excess_vnd: Vnd,
    /// Taxes and fees.
    pub due_vnd: Vnd,
}

impl From<Sums> for LawSums {
    fn from(sums: Sums) -> Self {
        Self {
            forms: sums.forms,
            value_vnd: sums.value,
            exempt_vnd: sums.exempt,
            excess_vnd: sums.excess,
            due_vnd: sums.due,
        }
    }
}

/// A form that would be decided otherwise; without amounts where it is refused.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawReplayedForm {
    /// Its id.
    pub id: DeclarationId,
    /// Its number; empty when it was refused.
    pub number: String,
    /// Its day.
    pub day: BusinessDay,
    /// Code of its gate.
    pub gate: String,
    /// Exempt as decided.
    pub old_exempt_vnd: Option<Vnd>,
    /// Due as decided.
    pub old_due_vnd: Option<Vnd>,
    /// Exempt under the draft.
    pub new_exempt_vnd: Option<Vnd>,
    /// Due under the draft.
    pub new_due_vnd: Option<Vnd>,
}

/// The last month decided once more.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawReplay {
    /// First day.
    pub from: Option<BusinessDay>,
    /// Last day.
    pub to: Option<BusinessDay>,
    /// Whether there were more forms than could be looked at.
    pub bounded: bool,
    /// Forms decided again.
    pub forms: u32,
    /// Forms that would be decided otherwise.
    pub affected_forms: u32,
    /// Persons who declared them.
    pub affected_persons: u32,
    /// Forms that stood and would be refused.
    pub refused: u32,
    /// Forms that were refused and would stand.
    pub accepted: u32,
    /// As decided.
    pub old: LawSums,
    /// Under the draft.
    pub new: LawSums,
    /// The first that differ.
    pub first: Vec<LawReplayedForm>,
}

/// What a change touches.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawEffectView {
    /// First past day with forms whose law becomes another.
    pub past_from: Option<BusinessDay>,
    /// Last such day.
    pub past_to: Option<BusinessDay>,
    /// Forms that stand on those days.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub past_forms: u64,
    /// Forms that stand today.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub today_forms: u64,
    /// Forms registered and not released.
    pub open_forms: u32,
    /// Those of them it touches.
    pub open_touched: u32,
    /// The last month decided again; absent where it decides no form.
    pub replay: Option<LawReplay>,
}

impl From<Effect> for LawEffectView {
    fn from(effect: Effect) -> Self {
        let replay = effect.replay.map(|replay| LawReplay {
            from: replay.from,
            to: replay.to,
            bounded: replay.bounded,
            forms: replay.forms,
            affected_forms: replay.affected_forms,
            affected_persons: replay.affected_persons,
            refused: replay.refused,
            accepted: replay.accepted,
            old: replay.old.into(),
            new: replay.new.into(),
            first: (replay.first.into_iter())
                .map(|form| LawReplayedForm {
                    id: form.id,
                    number: form.number,
                    day: form.day,
                    gate: form.gate,
                    old_exempt_vnd: form.old.map(|(exempt, _)| exempt),
                    old_due_vnd: form.old.map(|(_, due)| due),
                    new_exempt_vnd: form.new.map(|(exempt, _)| exempt),
                    new_due_vnd: form.new.map(|(_, due)| due),
                })
                .collect(),
        });
        Self {
            past_from: effect.past_days.map(|days| days.from),
            past_to: effect.past_days.and_then(|days| days.to),
            past_forms: effect.past_forms,
            today_forms: effect.today_forms,
            open_forms: effect.open_forms,
            open_touched: effect.open_touched,
            replay,
        }
    }
}

/// A row of a table and what it does.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawTableRow {
    /// What it is called.
    pub title: String,
    /// What is held; empty where it is new.
    pub old: String,
    /// What it says; empty where it ends.
    pub new: String,
    /// Whether it names goods as excluded.
    pub excluded: bool,
}

/// What a table would change.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LawTableView {
    /// How many rows are new.
    pub new: u32,
    /// How many change what is held.
    pub changed: u32,
    /// How many are held just so.
    pub unchanged: u32,
    /// How many rows held would end.
    pub ended: u32,
    /// How many name goods as excluded.
    pub excluded: u32,
    /// How many can't be taken.
    pub bad: u32,
    /// The first new ones.
    pub new_rows: Vec<LawTableRow>,
    /// The first changed ones.
    pub changed_rows: Vec<LawTableRow>,
    /// The first that end.
    pub ended_rows: Vec<LawTableRow>,
    /// The first excluded ones.
    pub excluded_rows: Vec<LawTableRow>,
    /// The first bad ones.
    pub bad_rows: Vec<BadTableRow>,
    /// Columns that are there and not used.
    pub unused: Vec<String>,
    /// What speaks against taking it.
    pub problems: Vec<ViolationView>,
    /// Whether a second person has to approve it.
    pub second_person: bool,
}
