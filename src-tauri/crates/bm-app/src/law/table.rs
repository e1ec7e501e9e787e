//! A whole table of rows against the book: what is new, what changes, what stays, what ends.

use std::collections::BTreeSet;

use bm_domain::BusinessDay;
use bm_domain::goods::{ListRule, ListVerdict};
use bm_domain::law::change::{Change, End};
use bm_domain::law::{LawBook, LawKind};

use super::LawRow;

/// The rows of a table, told apart by what they do to the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Rows of series that have none on their first day.
    pub new: Vec<LawRow>,
    /// Rows that say something else than the one held on their first day, with that one.
    pub changed: Vec<(LawRow, LawRow)>,
    /// How many are held just so.
    pub unchanged: usize,
    /// Rows held that a whole table does not name any more.
    pub ended: Vec<LawRow>,
    /// Rows, changed or not, whose goods the list excludes.
    pub excluded: Vec<LawRow>,
    /// The day before which those that end do.
    ends_on: Option<BusinessDay>,
}

impl Sorted {
    /// Sorts rows of a table that holds from a day on. A `whole` one is all there is from then on:
    /// what it does not name ends the day before.
    #[must_use]
    pub fn of(
        book: &LawBook,
        kind: LawKind,
        rows: Vec<LawRow>,
        day: BusinessDay,
        whole: bool,
    ) -> Self {
        let mut sorted = Self {
            ends_on: whole.then_some(day),
            ..Self::default()
        };
        let mut named = BTreeSet::new();
        for row in rows {
            let series = row.series();
            let from = row.validity().from;
            if is_excluded(book, &row, day) {
                sorted.excluded.push(row.clone());
            }
            let mut held = book.series(&series).into_iter();
            match held.find(|held| held.validity().holds_on(from)) {
                Some(held) if stays(&held, &row) => sorted.unchanged += 1,
                Some(held) => sorted.changed.push((held, row)),
                None => sorted.new.push(row),
            }
            named.insert(series);
        }
        if whole {
            let gone =
                |row: &LawRow| row.validity().holds_on(day) && !named.contains(&row.series());
            sorted.ended = book.rows(kind).into_iter().filter(gone).collect();
        }
        sorted
    }

    /// All of it as one change.
    #[must_use]
    pub fn change(&self) -> Change {
        let changed = self.changed.iter().map(|(_, row)| row);
        let end = |row: &LawRow| End {
            key: row.key(),
            last: self.ends_on.map(|day| day.before(1)),
        };
        Change {
            rows: self.new.iter().chain(changed).cloned().collect(),
            ends: self.ended.iter().map(end).collect(),
            make_room: true,
        }
    }

    /// Whether nothing of it changes the book.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.ended.is_empty()
    }
}

/// An entry of the list that excludes, or a code that the list of the day excludes.
fn is_excluded(book: &LawBook, row: &LawRow, today: BusinessDay) -> bool {
    match row {
        LawRow::List(entry) => entry.rule == ListRule::Exclude,
        LawRow::Goods(goods) => {
            let day = goods.validity.from.max(today);
            matches!(book.on(day).list(goods.hs), ListVerdict::Excluded(_))
        }
        _ => false,
    }
}

/// A row without a basis of its own does not ask for another than the one held.
fn stays(held: &LawRow, row: &LawRow) -> bool {
    let same_basis = row.basis().is_empty() || row.basis() == held.basis();
    same_basis && held.says_the_same(row) && held.validity().covers(&row.validity())
}
