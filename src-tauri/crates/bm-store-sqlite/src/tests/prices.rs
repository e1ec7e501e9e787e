//! How prices spread, counted form by form.

use bm_app::ports::PriceQuery;
use bm_app::verification::Difference;
use bm_domain::decide::LineDecision;
use bm_domain::price::{class_of, month_of};
use bm_domain::{Currency, DraftLine};

use super::*;

/// A form of two lines of garlic, one twice as dear as the other, and one line that was a gift.
fn garlic(number: u128) -> Declaration {
    let mut form = form();
    form.draft.id = DeclarationId(Uuid::from_u128(number));
    form.number = format!("HOANHMO/2026/NK/QUAY-01-{:06}", number - 20);
    for value in [32_000, 64_000, 0] {
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
    }
    form
}

fn registered(store: &SqliteStore, numbers: &[u128]) {
    let append = |number, event: Event| {
        store.write(&mut |writer| {
            if matches!(event, Event::Registered(_)) {
                writer.next_number("HOANHMO/2026/NK/QUAY-01")?;
            }
            Ok(writer.append(&record(number, event.clone()))?)
        })
    };
    let person = Event::PersonSaved {
        person: Box::new(resident()),
        reason: "first seen".into(),
    };
    append(1, person).expect("a person");
    for number in numbers {
        append(*number, Event::Registered(Box::new(garlic(*number)))).expect("a form");
    }
}

/// A form of the dearer garlic alone.
fn registered_more(store: &SqliteStore) {
    let mut form = garlic(23);
    form.draft.lines.remove(0);
    form.decision.lines.remove(0);
    store
        .write(&mut |writer| {
            writer.next_number("HOANHMO/2026/NK/QUAY-01")?;
            Ok(writer.append(&record(23, Event::Registered(Box::new(form.clone()))))?)
        })
        .expect("a form");
}

fn cancel(store: &SqliteStore, number: u128) {
    let cancelled = Event::Cancelled {
        id: garlic(number).draft.id,
        reason: "declared twice".into(),
    };
    store
        .write(&mut |writer| Ok(writer.append(&record(90 + number, cancelled.clone()))?))
        .expect("cancelled");
}

/// Lines at 32,000 and at 64,000 VND.
fn counts(store: &SqliteStore, gate: &str, direction: Direction) -> [u64; 2] {
    let mut found = [0; 2];
    let month = month_of(day());
    store
        .read(&mut |reader| {
            let counts = reader.price_counts(&PriceQuery {
                gate,
                hs: "07032090".parse().expect("a code"),
                unit: "kg",
                direction,
                months: (month, month),
            })?;
            found = [32_000, 64_000].map(|vnd| {
                let one = "1".parse().expect("a quantity");
                let class = class_of(Vnd::new(vnd), one).expect("a class");
                counts.get(&class).copied().unwrap_or_default()
            });
            Ok(())
        })
        .expect("read");
    found
}

fn differences(store: &SqliteStore) -> Vec<Difference> {
    store.verify(&mut |_, _| ()).expect("verified").differences
}

#[test]
fn prices_are_counted_while_their_form_stands() {
    let (_folder, store) = new_store();
    registered(&store, &[21, 22, 23]);
    assert_eq!(counts(&store, "HOANHMO", Direction::Import), [3, 3]);
    assert_eq!(counts(&store, "MONGCAI", Direction::Import), [0, 0]);
    assert_eq!(counts(&store, "HOANHMO", Direction::Export), [0, 0]);
    cancel(&store, 22);
    assert_eq!(counts(&store, "HOANHMO", Direction::Import), [2, 2]);
    assert_eq!(differences(&store), [""; 0]);
    for damage in [
        "UPDATE price_point SET lines = lines + 1",
        "UPDATE price_point SET class = class + 1",
        "UPDATE price_point SET gate = 'MONGCAI'",
        "DELETE FROM price_point",
        "INSERT INTO price_point VALUES ('HOANHMO', 'import', 1, 1, 'kg', 1, 0)",
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
fn a_database_of_before_gets_its_prices_from_its_records() {
    let (_folder, store) = new_store();
    registered(&store, &[21, 22]);
    cancel(&store, 21);
    cancel(&store, 22);
    registered_more(&store);
    {
        let connection = lock(&store.writer).expect("free");
        let undo = "DROP TABLE price_point";
        connection.execute_batch(undo).expect("as it was");
        let step = crate::table::price_point::MIGRATION;
        crate::migration::take(&connection, step).expect("taken");
    }
    assert_eq!(counts(&store, "HOANHMO", Direction::Import), [0, 1]);
    assert_eq!(differences(&store), [""; 0]);
}
