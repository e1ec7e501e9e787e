//! The money: tax computed is paid or unpaid, receipts run without a gap, cash counted is cash recorded
//! and is handed over in time.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    Difference, DifferenceKind as Kind, Facts, FormFact, MoneySums, SeriesSum, SessionFact, Side,
    Standing, Unit,
};
use crate::calendar::BusinessDay;
use crate::cash::Receipt;
use crate::money::Vnd;
use crate::process::PaymentMethod;

/// The sums of the day's money; what does not agree is a difference.
pub(super) fn sums(facts: &Facts<'_>, differences: &mut Vec<Difference>) -> MoneySums {
    let mut sums = MoneySums::default();
    for form in &facts.forms {
        sums.add_form(form, differences);
    }
    sums.add_receipts(facts, differences);
    for session in &facts.sessions {
        sums.add_session(session, facts, differences);
    }
    sums
}

impl MoneySums {
    fn add_form(&mut self, form: &FormFact, differences: &mut Vec<Difference>) {
        self.computed += form.due;
        self.refunded += form.given_back;
        if form.balance.is_positive() {
            self.unpaid += form.balance;
        } else {
            self.to_refund += Vnd::ZERO - form.balance;
        }
        for paid in &form.payments {
            if paid.method == PaymentMethod::Bank {
                self.paid_bank += paid.amount;
                continue;
            }
            self.paid_cash += paid.amount;
            if !paid.receipt {
                let about = format!("{} {}", form.id, paid.document);
                let mut differs = Difference::new(Kind::MissingReceipt, about)
                    .of_form(form)
                    .says(Side::Forms, Unit::Vnd, paid.amount.dong())
                    .says(Side::Money, Unit::Vnd, 0);
                differs.receipts.push(paid.document.clone());
                differences.push(differs);
            }
        }
        let received = form.due - form.balance;
        let differs = |kind| {
            Difference::new(kind, form.id.to_string())
                .of_form(form)
                .says(Side::Forms, Unit::Vnd, form.due.dong())
                .says(Side::Money, Unit::Vnd, received.dong())
        };
        if form.balance < Vnd::ZERO {
            differences.push(differs(Kind::TaxOverpaid));
        } else if form.balance.is_positive() && form.standing == Standing::Released {
            differences.push(differs(Kind::TaxUnpaid));
        }
    }

    fn add_receipts(&mut self, facts: &Facts<'_>, differences: &mut Vec<Difference>) {
        for receipt in &facts.receipts {
            self.receipts += 1;
            self.preprinted += u32::from(receipt.preprinted);
            self.cancelled += u32::from(receipt.is_cancelled());
            if !receipt.is_cancelled() {
                self.standing += receipt.amount;
            }
            if facts.unmatched.contains(&receipt.id) {
                let mut differs = Difference::new(Kind::UnmatchedReceipt, &receipt.number)
                    .says(Side::Forms, Unit::Vnd, 0)
                    .says(Side::Money, Unit::Vnd, receipt.amount.dong());
                differs.receipts.push(receipt.number.clone());
                differs.makers.insert(receipt.cashier.clone());
                differences.push(differs);
            }
        }
        for run in runs(&facts.receipts, facts.rule.book_leaves) {
            for serial in &run.sum.missing {
                let number = run.number(*serial);
                let around = [run.before(*serial), run.after(*serial)];
                let mut differs = Difference::new(Kind::MissingReceipt, &number)
                    .says(Side::Money, Unit::Receipts, i64::from(run.expected()))
                    .says(Side::Money, Unit::Receipts, i64::from(run.sum.receipts));
                differs.receipts.push(number);
                differs.receipts.extend(around.into_iter().flatten());
                differs.makers.extend(run.cashiers.clone());
                differences.push(differs);
            }
            if !run.preprinted {
                self.series.push(run.sum);
            }
        }
    }

    fn add_session(
        &mut self,
        of: &SessionFact,
        facts: &Facts<'_>,
        differences: &mut Vec<Difference>,
    ) {
        let session = &of.session;
        let recorded = session.float + of.taken;
        self.recorded += recorded;
        self.taken += of.taken;
        let about = |kind, recorded: Vnd, counted: Vnd| {
            let mut differs = Difference::new(kind, session.id.to_string())
                .says(Side::Forms, Unit::Vnd, recorded.dong())
                .says(Side::Money, Unit::Vnd, counted.dong());
            differs.session = Some((session.id, session.cashier.clone()));
            differs.makers.insert(session.cashier.clone());
            differs
        };
        match &session.closing {
            None => differences.push(about(Kind::CashUncounted, recorded, Vnd::ZERO)),
            Some(closing) => {
                let counted = closing.count.total().unwrap_or_default();
                self.counted += counted;
                if counted != recorded {
                    let kind = if counted < recorded {
                        Kind::CashShort
                    } else {
                        Kind::CashOver
                    };
                    let mut differs = about(kind, recorded, counted);
                    differs.makers.insert(closing.mark.by.clone());
                    differs.seen.clone_from(&closing.acknowledged);
                    differences.push(differs);
                }
            }
        }
        let slip = session.handed_over.as_ref();
        let handed = slip.map(|slip| slip.amount).unwrap_or_default();
        self.handed_over += handed;
        // A slip of a day after the last one allowed was late, however soon it was entered.
        let owed = session.closing.is_none() || of.taken.is_positive();
        let late = of.until.is_some_and(|until| match slip {
            Some(slip) => slip.day > BusinessDay::of(until),
            None => owed && until < facts.now,
        });
        if late {
            let mut differs = about(Kind::HandOverLate, of.taken, handed);
            differs.at = slip.map(|slip| slip.day.start());
            differences.push(differs);
        }
    }
}

/// A receipt with its serial.
type Serial<'a> = (u32, &'a Receipt);

/// Receipts whose serials follow each other.
struct Run {
    sum: SeriesSum,
    preprinted: bool,
    /// Number and serial of each, in the order of serials.
    held: Vec<(u32, String)>,
    cashiers: Vec<String>,
}

impl Run {
    const fn expected(&self) -> u32 {
        self.sum.last - self.sum.first + 1
    }

    fn before(&self, serial: u32) -> Option<String> {
        let mut held = self.held.iter().rev();
        held.find(|one| one.0 < serial).map(|one| one.1.clone())
    }

    fn after(&self, serial: u32) -> Option<String> {
        let mut held = self.held.iter();
        held.find(|one| one.0 > serial).map(|one| one.1.clone())
    }

    /// The number a receipt of that serial would have.
    fn number(&self, serial: u32) -> String {
        let Some((_, first)) = self.held.first() else {
            return String::new();
        };
        let (head, digits) = split(first);
        format!("{head}{serial:0width$}", width = digits.len())
    }
}

/// A number as what stands before its last digits, and those digits.
fn split(number: &str) -> (&str, &str) {
    let rest = number.trim_end_matches(|c: char| c.is_ascii_digit());
    number.split_at(rest.len())
}

/// The day's receipts by series; leaves of pre-printed books by drawer and book.
fn runs(receipts: &[Receipt], book_leaves: u32) -> Vec<Run> {
    // The numbers of a counter belong to no drawer; a book lies at one.
    let mut groups: BTreeMap<(String, Option<Uuid>), Vec<Serial<'_>>> = BTreeMap::new();
    for receipt in receipts {
        let (head, digits) = split(receipt.number.trim());
        if let Ok(serial) = digits.parse() {
            let head = head.trim_end_matches('-').to_owned();
            let drawer = receipt.preprinted.then_some(receipt.session);
            groups
                .entry((head, drawer))
                .or_default()
                .push((serial, receipt));
        }
    }
    let mut found = Vec::new();
    for ((series, drawer), mut held) in groups {
        held.sort_by_key(|(serial, _)| *serial);
        let mut part: Vec<Serial<'_>> = Vec::new();
        for one in held {
            let next_book = part
                .last()
                .is_some_and(|last| drawer.is_some() && one.0 - last.0 > book_leaves);
            if next_book {
                found.push(run(&series, drawer.is_some(), &part));
                part.clear();
            }
            part.push(one);
        }
        found.push(run(&series, drawer.is_some(), &part));
    }
    found
}

fn run(series: &str, preprinted: bool, held: &[Serial<'_>]) -> Run {
    let serial = |one: Option<&Serial<'_>>| one.map_or(0, |one| one.0);
    let (first, last) = (serial(held.first()), serial(held.last()));
    let is_held = |serial: &u32| held.binary_search_by_key(serial, |one| one.0).is_ok();
    let mut cashiers: Vec<String> = held.iter().map(|one| one.1.cashier.clone()).collect();
    cashiers.sort();
    cashiers.dedup();
    Run {
        sum: SeriesSum {
            series: series.to_owned(),
            first,
            last,
            receipts: u32::try_from(held.len()).unwrap_or(u32::MAX),
            missing: (first..=last).filter(|serial| !is_held(serial)).collect(),
        },
        preprinted,
        held: held
            .iter()
            .map(|one| (one.0, one.1.number.clone()))
            .collect(),
        cashiers,
    }
}
