//! One person under two papers: the quota is the person's, whatever paper is shown (Decree
//! 134/2016/ND-CP art. 9).

use super::{BreachKind, Found, Gravity};
use crate::calendar::BusinessDay;
use crate::ids::DeclarationId;
use crate::resident::{Paper, Resident, masked};

/// Someone tried to enter a paper that is another person's; it was refused.
#[must_use]
pub fn paper_of_another(
    gate: &str,
    day: BusinessDay,
    paper: &Paper,
    holder: &Resident,
    entered: &Resident,
) -> Found {
    Found::new(BreachKind::TwoPapers, Gravity::Attempt, gate, day)
        .of(Some(holder.id))
        .about(format!(
            "{}/{}",
            holder.id,
            crate::text::fold(&entered.name)
        ))
        .with("paper_kind", paper.kind.word())
        .with("paper", masked(&paper.number))
        .with("name", &holder.name)
        .with("other_name", &entered.name)
        .with("born", holder.born)
        .with("other_born", entered.born)
}

/// Someone was entered whose name and birth are those of a known person.
#[must_use]
pub fn same_name_and_birth(
    gate: &str,
    day: BusinessDay,
    known: &Resident,
    newcomer: &Resident,
    form: Option<DeclarationId>,
) -> Found {
    let shown = |person: &Resident| {
        let papers = person.papers.iter().map(|paper| masked(&paper.number));
        papers.collect::<Vec<_>>().join(", ")
    };
    let mut ids = [known.id, newcomer.id];
    ids.sort();
    Found::new(BreachKind::TwoPapers, Gravity::Notice, gate, day)
        .of(Some(newcomer.id))
        .of(Some(known.id))
        .behind(form)
        .about(format!("{}/{}", ids[0], ids[1]))
        .with("name", &newcomer.name)
        .with("born", newcomer.born)
        .with("paper", shown(newcomer))
        .with("other_paper", shown(known))
        .with("address", &newcomer.address)
        .with("other_address", &known.address)
}
