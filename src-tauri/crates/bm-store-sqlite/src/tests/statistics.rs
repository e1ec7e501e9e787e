//! What released forms count for in the statistics.

use bm_app::event::{Corrected, Correction};
use bm_app::verification::Difference;
use bm_domain::decide::LineDecision;
use bm_domain::process::Step;
use bm_domain::statistics::Measure;
use bm_domain::{Currency, DraftLine};

use super::*;

/// A form with a kilogram of garlic at so many VND.
fn garlic(number: u128, value: i64) -> Declaration {
    let mut form = form();
    form.draft.id = DeclarationId(Uuid::from_u128(number));
    form.number = format!("HOANHMO/2026/NK/QUAY-01-{:06}", number - 20);
    form.draft.lines.push(DraftLine {
        hs: "07032090".parse().expect("a code"),
        name: "Tỏi".into(),
        quantity: "1".parse().expect("a quantity"),
        unit: "kg".into(),
        weight: None,
        unit_price: "1".parse().expect("a price"),
        currency: Currency::VND,
        origin: "CN".into(),
        condition: Default::default(),
        certificate: None,
    });
    form.decision.value = Vnd::new(value);
    form.decision.lines.push(LineDecision {
        value: Vnd::new(value),
        exempt: Vnd::ZERO,
        excess: Vnd::ZERO,
        duty_percent: 0.into(),
        vat_percent: 0.into(),
        taxes: Taxes::default(),
        rate: None,
        weight: None,
    });
    form
}

/// Appends an event that was recorded so many days after the forms were registered.
fn append(store: &SqliteStore, number: u128, days: i64, event: &Event) {
    store
        .write(&mut |writer| {
            if matches!(event, Event::Registered(_)) {
                writer.next_number("HOANHMO/2026/NK/QUAY-01")?;
            }
            let mut record = record(number, event.clone());
            record.at = form().draft.at + chrono::TimeDelta::days(days);
            Ok(writer.append(&record)?)
        })
        .expect("appended");
}

fn release(number: u128) -> Event {
    Event::StepTaken {
        id: DeclarationId(Uuid::from_u128(number)),
        step: Step::Release,
    }
}

fn correct(number: u128, correction: Correction) -> Event {
    Event::Corrected(Box::new(Corrected {
        id: DeclarationId(Uuid::from_u128(number)),
        correction,
        reason: "found later".into(),
        proposed: None,
    }))
}

fn lives_in(commune: &str) -> Event {
    let mut person = resident();
    person.commune = commune.into();
    Event::PersonSaved {
        person: Box::new(person),
        reason: "moved".into(),
    }
}

/// Three forms: one never released, one amended before and after its release, one returned after
/// its resident had moved.
fn lived(store: &SqliteStore) {
    append(store, 1, 0, &lives_in("06841"));
    for number in [21, 22, 23] {
        let form = Event::Registered(Box::new(garlic(number, 1_000)));
        append(store, number, 0, &form);
    }
    let amended = |value| Correction::Amend(Box::new(garlic(22, value)));
    append(store, 31, 0, &correct(22, amended(1_500)));
    append(store, 32, 0, &release(22));
    append(store, 33, 2, &release(23));
    append(store, 34, 3, &lives_in("06712"));
    append(store, 35, 4, &correct(22, amended(900)));
    append(store, 36, 5, &correct(23, Correction::Return));
}

/// Day of counting after registration, commune, forms and value.
type Counted = Vec<(i32, String, i64, i64)>;

fn counted(store: &SqliteStore) -> Counted {
    let mut found = Counted::new();
    store
        .read(&mut |reader| {
            reader.statistics((day(), day().after(9)), &mut |fact| {
                let late = fact.entered.number() - day().number();
                let figures = [Measure::Forms, Measure::Value].map(|one| fact.amounts.of(one));
                assert_eq!(fact.registered, day());
                found.push((late, fact.commune, figures[0], figures[1]));
            })?;
            Ok(())
        })
        .expect("read");
    found
}

fn expected() -> Counted {
    let row = |late, forms, value| (late, "06841".to_owned(), forms, value);
    vec![
        row(0, 1, 0),
        row(0, 0, 1_500),
        row(2, 1, 0),
        row(2, 0, 1_000),
        // The difference stands on the day of the correction.
        row(4, 0, 0),
        row(4, 0, -600),
        row(5, -1, 0),
        row(5, 0, -1_000),
    ]
}

fn differences(store: &SqliteStore) -> Vec<Difference> {
    store.verify(&mut |_, _| ()).expect("verified").differences
}

#[test]
fn a_form_counts_from_its_release_on_and_its_corrections_on_their_day() {
    let (_folder, store) = new_store();
    lived(&store);
    assert_eq!(counted(&store), expected());
    assert_eq!(differences(&store), [""; 0]);
    for damage in [
        "UPDATE statistic SET value = value + 1",
        "UPDATE statistic SET commune = 'x' WHERE hs = 0",
        "UPDATE statistic SET entered = 2147483647 WHERE entered = (SELECT MAX(entered) FROM statistic)",
        "DELETE FROM statistic",
        "INSERT INTO statistic VALUES (1, 'X', 'import', 1, 0, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
        "UPDATE declaration SET commune = '06712' WHERE commune IS NOT NULL",
        "UPDATE declaration SET commune = NULL",
        "UPDATE declaration SET commune = '06841'",
    ] {
        let connection = lock(&store.writer).expect("free");
        let spoil = format!("SAVEPOINT whole; {damage}");
        connection.execute_batch(&spoil).expect("damaged");
        let found = crate::verify::verify(&connection, &mut |_, _| ()).expect("verified");
        assert!(!found.differences.is_empty(), "{damage}");
        connection
            .execute_batch("ROLLBACK TO whole; RELEASE whole")
            .expect("mended");
    }
}

#[test]
fn a_database_of_before_gets_its_statistics_from_its_records() {
    let (_folder, store) = new_store();
    lived(&store);
    {
        let connection = lock(&store.writer).expect("free");
        let undo = "DROP TABLE statistic; ALTER TABLE declaration DROP COLUMN commune";
        connection.execute_batch(undo).expect("as it was");
        let step = crate::table::statistic::MIGRATION;
        crate::migration::take(&connection, step).expect("taken");
    }
    assert_eq!(counted(&store), expected());
    assert_eq!(differences(&store), [""; 0]);
}
