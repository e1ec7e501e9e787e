//! The rules of border residents' trade: quota, customs value, tax, identification.
//!
//! Pure by construction: no input or output, no clock, no made-up ids, no floating point. Every
//! fact a rule needs is passed in, and a broken rule comes back as a [`Violation`] with its legal
//! basis, never as an error. What happens around the rules (loading, writing, wording) is the
//! business of the crates above.

pub mod account;
pub mod allocation;
pub mod breach;
pub mod calendar;
pub mod cash;
pub mod correction;
pub mod decide;
pub mod declaration;
pub mod gathering;
pub mod goods;
pub mod hs;
pub mod identify;
pub mod ids;
pub mod in_words;
pub mod law;
pub mod money;
pub mod price;
pub mod process;
pub mod quantity;
pub mod quota;
pub mod reconcile;
pub mod resident;
pub mod retention;
pub mod statistics;
pub mod tax;
pub mod tax_code;
pub mod template;
pub mod text;
pub mod vehicle;
pub mod violation;
pub mod worktime;

pub use calendar::{BusinessDay, Validity};
pub use decide::{Decision, Facts, decide};
pub use declaration::{Direction, Draft, DraftLine};
pub use hs::{HsCode, HsPrefix};
pub use ids::{DeclarationId, PersonId};
pub use law::LawOfDay;
pub use money::{Currency, UnitPrice, Vnd};
pub use quantity::{Quantity, Weight};
pub use violation::{Severity, Violation, ViolationCode};
