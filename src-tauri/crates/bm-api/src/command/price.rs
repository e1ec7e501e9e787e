//! Prices of goods: what is held against them and how they spread.

use bm_app::AppError;
use bm_app::ports::PriceQuery as Asked;
use bm_domain::HsCode;
use bm_domain::price::{month_of, spread};

use super::Call;
use crate::request::PriceQuery;
use crate::view::{PriceView, ReferenceView, SpreadView};

/// Most months that are looked back on.
const MONTHS_MAX: u32 = 120;

/// Reference and spread of the prices of goods at a gate. Fewer lines than the rule of the day asks
/// for are not shown: one could tell who declared them.
///
/// # Errors
/// [`AppError::NotFound`] for what is no commodity code.
pub fn price_view(call: &Call<'_>, of: PriceQuery) -> Result<PriceView, AppError> {
    let hs: HsCode = of.hs.parse().map_err(|_| AppError::NotFound)?;
    let gate = of.gate.as_deref().unwrap_or(&call.actor.gate);
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(today);
        let reference = law.reference_price(hs, &of.unit, gate);
        let mut view = PriceView {
            hs,
            unit: of.unit.clone(),
            reference: reference.map(ReferenceView::from),
            months: 0,
            least: 0,
            times: String::new(),
            spread: None,
        };
        let Some(watch) = law.price_watch() else {
            return Ok(view);
        };
        let month = month_of(today);
        // Each month is looked up by itself: a rule that names ages would make the counter wait.
        let back = i32::try_from(watch.months.clamp(1, MONTHS_MAX) - 1).unwrap_or_default();
        let counts = reader.price_counts(&Asked {
            gate,
            hs,
            unit: &of.unit,
            direction: of.direction,
            months: (month.saturating_sub(back), month),
        })?;
        let found = spread(&counts).filter(|spread| spread.lines >= u64::from(watch.least));
        view.spread = found.map(SpreadView::from);
        view.months = watch.months;
        view.least = watch.least;
        view.times = watch.times.normalize().to_string();
        Ok(view)
    })
}
