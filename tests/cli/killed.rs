//! The program is killed while it registers: nothing acknowledged is lost, nothing is kept half.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Write};
use std::process::ChildStdin;

use serde_json::Value;

use crate::office::{Chance, Office, Trade, id};

/// How often the program is killed.
const KILLS: usize = 200;
/// How often everything is derived again meanwhile.
const VERIFY_EVERY: usize = 20;

/// When the program is killed.
enum Moment {
    /// When so many answers have been read.
    Answered(usize),
    /// When so many lines have been handed over, whatever has been answered.
    Given(usize),
}

/// Feeds lines from `from` on and kills the program at the moment; gives its whole answers.
fn killed(office: &Office, lines: &[String], moment: &Moment) -> Vec<String> {
    let (mut child, pipe, mut output) = office.declaring();
    let mut answers = Vec::new();
    let mut read = |answers: &mut Vec<String>| {
        let mut line = String::new();
        let read = output.read_line(&mut line).expect("UTF-8");
        // What was cut off in the middle was never an answer.
        if read > 0 && line.ends_with('\n') {
            answers.push(line);
        }
        read > 0
    };
    match *moment {
        Moment::Given(count) => {
            // Near the end of the month's trade fewer are left.
            give(pipe, &lines[..count.min(lines.len())]);
            child.kill().expect("killed");
        }
        Moment::Answered(count) => std::thread::scope(|threads| {
            threads.spawn(|| give(pipe, lines));
            while answers.len() < count && read(&mut answers) {}
            child.kill().expect("killed");
        }),
    }
    while read(&mut answers) {}
    child.wait().expect("ended");
    answers
}

fn give(mut pipe: ChildStdin, lines: &[String]) {
    for line in lines {
        // The program may be dead already.
        if pipe.write_all(line.as_bytes()).is_err() {
            return;
        }
    }
}

#[test]
fn killed_two_hundred_times_it_loses_nothing_acknowledged() {
    let trade = Trade::of(3_200);
    let count = trade.trades.len();
    let office = Office::of(&trade);
    let lines: Vec<String> = (0..count).map(|i| trade.jsonl(i..i + 1)).collect();
    let mut chance = Chance::new(200);
    let mut acknowledged: Vec<String> = Vec::new();
    for kill in 0..KILLS {
        // Some of what was acknowledged is asked again, then it goes on where the answers ended.
        let from = acknowledged.len().saturating_sub(chance.below(3));
        let moment = if chance.below(3) > 0 {
            Moment::Answered(chance.below(16))
        } else {
            Moment::Given(chance.below(24))
        };
        let window = &lines[from..(from + 40).min(count)];
        for (at, answer) in killed(&office, window, &moment).into_iter().enumerate() {
            match acknowledged.get(from + at) {
                Some(known) => assert_eq!(&answer, known, "asked again"),
                None => acknowledged.push(answer),
            }
        }
        if kill % VERIFY_EVERY == VERIFY_EVERY - 1 {
            office.is_clean();
        }
    }
    assert!(
        acknowledged.len() > KILLS,
        "{} were acknowledged",
        acknowledged.len()
    );
    office.is_clean();

    let asked = lines[..acknowledged.len()].concat();
    let held = office.feed(["declare", "-"], &asked);
    assert!(
        held.out == acknowledged.concat(),
        "each has the answer it had"
    );
    // What was never answered may be there, then whole; declared again, it has its one answer.
    let rest = office.feed(["declare", "-"], lines.concat());
    assert_eq!(rest.lines().len(), count);
    let mut serials: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut seen = HashMap::new();
    for (index, answer) in rest.lines().iter().enumerate() {
        assert_eq!(answer["id"], Value::from(id(index)));
        if let Some(number) = answer["number"].as_str() {
            let (series, serial) = number.rsplit_once('-').expect("a number");
            let serial = serial.parse().expect("a serial");
            serials.entry(series.to_owned()).or_default().push(serial);
            assert_eq!(
                seen.insert(number.to_owned(), index),
                None,
                "{number} twice"
            );
        }
    }
    for (series, serials) in serials {
        let without_a_gap: Vec<u32> = (1..).take(serials.len()).collect();
        assert_eq!(serials, without_a_gap, "{series}");
    }
    office.is_clean();
}
