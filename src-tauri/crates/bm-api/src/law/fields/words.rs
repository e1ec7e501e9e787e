//! Words that fields of rules choose from.

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

pub(super) const DIRECTIONS: &[&str] = &["import", "export"];

pub(super) const GATE_KINDS: &[&str] = &[
    "international",
    "main",
    "sub",
    "opening",
    "clearance_passage",
];

/// What time limits outside working hours are for, with their units.
pub(super) const TERMS: &[&str] = &[
    "gathering",
    "truck_away",
    "boat_away",
    "away_extension",
    "inspection_extension",
];

/// Corrections of forms, by their words.
pub(super) const CORRECTIONS: &[&str] = &["amend", "refuse", "return", "cancel"];

/// Forms on paper, by their words.
pub(super) const FORMS: &[&str] = &[
    "import_form",
    "export_form",
    "overlay",
    "gathering_list",
    "tracking_book",
    "vehicle_book",
    "receipt",
    "anchor_sheet",
    "alignment_page",
    "report",
];
