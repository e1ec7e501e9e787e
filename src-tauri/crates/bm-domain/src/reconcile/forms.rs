//! The forms: those received are released, refused, cancelled or pending, and the day's totals say so.

use super::{
    DIRECTIONS, Difference, DifferenceKind as Kind, Facts, FormFact, FormSums, Side, Standing,
    Unit, place,
};
use crate::calendar::BusinessDay;

/// Forms by where they stand, counted from the forms; a total that says otherwise is a difference.
pub(super) fn sums(facts: &Facts<'_>, differences: &mut Vec<Difference>) -> [FormSums; 2] {
    let mut counted = [FormSums::default(); 2];
    for form in &facts.forms {
        let sums = &mut counted[place(form.direction)];
        sums.registered += 1;
        match form.standing {
            Standing::Pending => sums.pending += 1,
            Standing::Released => sums.released += 1,
            Standing::Refused => sums.refused += 1,
            Standing::Cancelled | Standing::Returned => sums.cancelled += 1,
        }
        if matches!(form.standing, Standing::Pending | Standing::Released) {
            sums.due += form.due.dong();
        }
    }
    for direction in DIRECTIONS {
        let of = |sums: &FormSums| {
            [
                ("registered", Unit::Forms, sums.registered),
                ("released", Unit::Forms, sums.released),
                ("refused", Unit::Forms, sums.refused),
                ("cancelled", Unit::Forms, sums.cancelled),
                ("pending", Unit::Forms, sums.pending),
                ("due", Unit::Vnd, sums.due),
            ]
        };
        let at = place(direction);
        for ((name, unit, here), (.., total)) in of(&counted[at]).iter().zip(of(&facts.totals[at]))
        {
            if *here != total {
                let mut differs = Difference::new(Kind::TotalsDiffer, *name)
                    .says(Side::Forms, *unit, *here)
                    .says(Side::Forms, *unit, total);
                differs.direction = Some(direction);
                differences.push(differs);
            }
        }
    }
    counted
}

/// Forms that were confirmed or released on a later day only: they stand in the cumulative column
/// only (Circular 52/2020/TT-BTC).
pub(super) fn late(facts: &Facts<'_>, differences: &mut Vec<Difference>) {
    let later = |form: &FormFact| {
        let confirmed = form.confirmed;
        confirmed.filter(|at| BusinessDay::of(*at) > facts.day)
    };
    for form in &facts.forms {
        let stands = matches!(form.standing, Standing::Released | Standing::Returned);
        if let (true, Some(at)) = (stands, later(form)) {
            let mut differs = Difference::new(Kind::LateForm, form.id.to_string())
                .of_form(form)
                .says(Side::Forms, Unit::Forms, 1);
            differs.at = Some(at);
            differences.push(differs);
        }
    }
}
