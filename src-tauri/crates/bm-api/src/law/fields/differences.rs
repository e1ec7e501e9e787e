//! Words of the differences a rule may name.

/// Differences of a gate's day, by their words.
pub(super) const DIFFERENCES: &[&str] = &[
    "totals_differ",
    "unreleased_form",
    "doubled_form",
    "cancelled_counted",
    "wrong_gate",
    "late_form",
    "count_missing",
    "uncounted_person",
    "uncounted_form",
    "passage_without_form",
    "count_differs",
    "missing_receipt",
    "unmatched_receipt",
    "cash_short",
    "cash_over",
    "cash_uncounted",
    "hand_over_late",
    "tax_unpaid",
    "tax_overpaid",
];
