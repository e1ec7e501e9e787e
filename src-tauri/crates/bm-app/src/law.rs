//! Dated data: the book the rules read, and the changes of it that an office makes.

mod change;
mod effect;
mod table;

use std::sync::Arc;

use bm_domain::law::LawBook;
use bm_domain::{HsCode, text};

use crate::{App, AppError, StoreError};

pub use bm_domain::law::LawRow;
pub(crate) use change::ROWS_A_RECORD;
pub use change::{Decided, LawChange, Proposal, State};
pub use effect::{Effect, Replay, ReplayedForm, Sums};
pub use table::Sorted;

/// The names of all goods of a book, folded: a search at every keystroke folds none of them.
#[derive(Debug, Default)]
pub struct GoodsNames(Vec<(HsCode, String)>);

impl GoodsNames {
    fn of(book: &LawBook) -> Self {
        let latest = book.goods.values().filter_map(|dated| dated.last());
        let folded = latest.map(|goods| {
            let names = format!("{} {} {}", goods.name_vi, goods.name_en, goods.name_zh);
            (goods.hs, text::fold(&names))
        });
        Self(folded.collect())
    }

    /// Codes of the goods whose names hold each of the folded words.
    pub fn with_words<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = HsCode> + 'a {
        let fits = |name: &str| words.iter().all(|word| name.contains(word));
        let named = self.0.iter().filter(move |(_, name)| fits(name));
        named.map(|(hs, _)| *hs)
    }
}

impl App {
    /// The folded names of a book's goods, made once for each version of the book.
    ///
    /// # Errors
    /// When another thread failed while it held them.
    pub fn goods_names(&self, held: &(u64, LawBook)) -> Result<Arc<GoodsNames>, AppError> {
        let broken = |_| StoreError::Broken("names of goods poisoned".into());
        {
            let names = self.goods_names.read().map_err(|_| broken(()))?;
            if names.0 == held.0 {
                return Ok(Arc::clone(&names.1));
            }
        }
        let fresh = Arc::new(GoodsNames::of(&held.1));
        *self.goods_names.write().map_err(|_| broken(()))? = (held.0, Arc::clone(&fresh));
        Ok(fresh)
    }
}
