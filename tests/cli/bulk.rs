//! Ten thousand declarations in one file.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::office::{Office, Trade, id};

/// The money that an answer, a line of it and a report all tell.
const MONEY: [&str; 8] = [
    "value_vnd",
    "exempt_vnd",
    "excess_vnd",
    "duty_vnd",
    "excise_vnd",
    "environment_vnd",
    "vat_vnd",
    "fee_vnd",
];

fn dong(value: &Value) -> i128 {
    let text = value.as_str().expect("money is a string");
    text.parse().expect("money is a whole number")
}

/// What the answers add up to at one gate on one day in one direction.
#[derive(Default)]
struct Sum {
    money: [i128; 8],
    forms: u64,
    refused: u64,
    residents: BTreeSet<usize>,
}

#[test]
fn ten_thousand_declarations_add_up() {
    let trade = Trade::of(10_000);
    let count = trade.trades.len();
    assert!(count >= 9_900, "{count} trades");
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..count));
    let first = office.run(["declare", &forms]);
    let answers = first.lines();
    assert_eq!(answers.len(), count);

    let mut sums: BTreeMap<(&str, String, &str), Sum> = BTreeMap::new();
    for (index, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], id(index), "in the order asked");
        let (gate, day) = trade.place(index);
        let key = (gate, day, trade.trades[index].direction);
        let sum = sums.entry(key).or_default();
        if answer["status"] == "refused" {
            sum.refused += 1;
            continue;
        }
        sum.forms += 1;
        sum.residents.insert(trade.trades[index].resident);
        for (total, name) in sum.money.iter_mut().zip(MONEY) {
            *total += dong(&answer[name]);
        }
        // An answer is the sum of its lines; the fee alone is of the whole form.
        for name in &MONEY[..7] {
            let lines = answer["lines"].as_array().expect("lines").iter();
            let lines: i128 = lines.map(|line| dong(&line[*name])).sum();
            assert_eq!(lines, dong(&answer[*name]), "{name} of {answer}");
        }
        let due: i128 = MONEY[3..].iter().map(|name| dong(&answer[*name])).sum();
        assert_eq!(due, dong(&answer["total_due_vnd"]), "{answer}");
        let split = dong(&answer["exempt_vnd"]) + dong(&answer["excess_vnd"]);
        assert_eq!(split, dong(&answer["value_vnd"]), "{answer}");
    }

    let mut reports: BTreeMap<(&str, &str), Value> = BTreeMap::new();
    for (gate, day, direction) in sums.keys() {
        let report = reports.entry((*gate, day.as_str())).or_insert_with(|| {
            let report = ["report", "daily", "--gate", gate, "--date", day];
            office.run(report).ended(0).value()
        });
        let told = &report["directions"][*direction];
        let sum = &sums[&(*gate, day.clone(), *direction)];
        for (total, name) in sum.money.iter().zip(MONEY) {
            assert_eq!(*total, dong(&told[name]), "{name} {gate} {day} {direction}");
        }
        assert_eq!(told["forms"], sum.forms, "{gate} {day} {direction}");
        assert_eq!(told["refused"], sum.refused, "{gate} {day} {direction}");
        assert_eq!(
            told["residents"],
            sum.residents.len(),
            "{gate} {day} {direction}"
        );
    }

    let again = office.run(["declare", &forms]);
    assert!(again.out == first.out, "a second run gives the same bytes");
    assert_eq!(again.status, first.status);
    office.is_clean();
}
