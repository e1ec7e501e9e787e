//! Corrected forms, exchanges and closed days: what is derived, what of it is found when damaged,
//! and what older databases did not have.

use bm_app::close::ClosedDay;
use bm_app::event::{Corrected, Correction};
use bm_app::ports::DayTotals;
use bm_domain::process::{Mark, PaymentMethod};

use super::*;

/// A second form of that many; a sale where it is even.
fn other(n: u128) -> Declaration {
    let mut form = form();
    form.draft.id = DeclarationId(Uuid::from_u128(n));
    let even = n.is_multiple_of(2);
    if even {
        form.draft.direction = Direction::Export;
    }
    let letters = form.draft.direction.letters();
    form.number = format!("HOANHMO/2026/{letters}/QUAY-0{n}-000001");
    form.decision.counts_as_trip = false;
    form.decision.exempt = Vnd::ZERO;
    form.decision.taxes.duty = Vnd::new(40_000);
    form
}

fn corrected(of: &Declaration, correction: Correction) -> Event {
    Event::Corrected(Box::new(Corrected {
        id: of.draft.id,
        correction,
        reason: "counted again".into(),
        proposed: None,
    }))
}

/// Four forms: one amended, one returned after its payment, an exchange with a leg cancelled, one of a
/// closed day amended afterwards.
fn lived_in() -> (TempDir, SqliteStore) {
    let (folder, store) = new_store();
    let first = form();
    let mut amended = first.clone();
    amended.revision = 1;
    amended.decision.exempt = Vnd::new(900_000);
    amended.decision.value = Vnd::new(900_000);
    let (paid, out) = (other(3), other(4));
    let mut back = other(5);
    back.draft.exchange_of = Some(out.draft.id);
    let id = |form: &Declaration| form.draft.id;
    let step = |of: &Declaration, step| Event::StepTaken { id: id(of), step };
    let pay = Step::Pay {
        method: PaymentMethod::Bank,
        document: "GNT-1".into(),
        amount: None,
    };
    let cancelled = Event::Cancelled {
        id: id(&back),
        reason: "not exchanged".into(),
    };
    let person = Event::PersonSaved {
        person: Box::new(resident()),
        reason: "first seen".into(),
    };
    let mut late = first.clone();
    late.revision = 2;
    late.decision.value = Vnd::new(950_000);
    let registered = |form: &Declaration| Event::Registered(Box::new(form.clone()));
    store
        .write(&mut |writer| {
            let mut number = 0;
            let mut append = |writer: &mut dyn Writer, event: Event| {
                number += 1;
                if let Event::Registered(form) = &event {
                    let (series, _) = form.number.rsplit_once('-').expect("a number");
                    writer.next_number(series)?;
                }
                writer.append(&record(number, event))
            };
            for event in [
                person.clone(),
                registered(&first),
                registered(&paid),
                registered(&out),
                registered(&back),
                corrected(&first, Correction::Amend(Box::new(amended.clone()))),
                step(&first, Step::Release),
                step(&paid, Step::ConfirmTax),
                step(&paid, pay.clone()),
                corrected(&paid, Correction::Return),
                cancelled.clone(),
                corrected(&out, Correction::Refuse),
            ] {
                append(writer, event)?;
            }
            let totals = |direction| writer.day_totals("HOANHMO", day(), direction);
            let closed = ClosedDay {
                id: Uuid::from_u128(77),
                gate: "HOANHMO".into(),
                day: day(),
                closed: Mark {
                    at: day().start(),
                    by: "supervisor".into(),
                },
                import: totals(Direction::Import)?,
                export: totals(Direction::Export)?,
                proposed: None,
                figures: None,
                digest: None,
            };
            let closing = Event::Entered {
                change: "closed".into(),
                entry: closed.into(),
            };
            append(writer, closing)?;
            let late = Correction::Amend(Box::new(late.clone()));
            Ok(append(writer, corrected(&first, late))?)
        })
        .expect("a day");
    (folder, store)
}

fn differences(connection: &Connection) -> Vec<String> {
    let found = verify::verify(connection, &mut |_, _| ());
    found.expect("verified").differences
}

#[test]
fn a_closed_day_keeps_its_totals_and_the_next_one_shows_the_difference() {
    let (_folder, store) = lived_in();
    let read = store.read(&mut |reader| {
        let totals = reader.day_totals("HOANHMO", day(), Direction::Import)?;
        let counts = (totals.forms, totals.cancelled, totals.returned);
        assert_eq!(
            (counts, totals.amended, totals.value),
            ((1, 2, 1), 1, 900_000)
        );
        let sold = reader.day_totals("HOANHMO", day(), Direction::Export)?;
        assert_eq!((sold.forms, sold.refused), (0, 1));
        let next = day().after(1);
        let moved = reader.correction_totals("HOANHMO", next, Direction::Import)?;
        let only = DayTotals {
            amended: 1,
            value: 50_000,
            exempt: 600_000,
            ..DayTotals::default()
        };
        assert_eq!(moved, only);
        let unsettled = reader.unsettled_forms("HOANHMO", 9)?;
        assert_eq!(unsettled.len(), 1);
        assert_eq!(unsettled[0].status, Status::Returned);
        let legs = [4, 5].map(|n| DeclarationId(Uuid::from_u128(n)));
        for (leg, linked) in [(legs[0], legs[1]), (legs[1], legs[0])] {
            let held = reader.declaration(leg)?.expect("a leg");
            assert_eq!(held.other_leg, Some(linked), "seen from either leg");
        }
        Ok(())
    });
    read.expect("read");
}

#[test]
fn verify_finds_damage_to_what_corrections_left() {
    let (_folder, store) = lived_in();
    let connection = lock(&store.writer).expect("free");
    assert_eq!(differences(&connection), [""; 0]);
    for damage in [
        "UPDATE declaration SET revised = NULL",
        "UPDATE declaration SET returned = 1 - returned WHERE status = 'cancelled'",
        "UPDATE declaration SET unsettled = 0",
        "UPDATE declaration SET other_leg = NULL",
        "UPDATE declaration SET cancel_reason = 'other' WHERE status = 'refused'",
        "UPDATE declaration SET status = 'registered', cancel_reason = NULL",
        "DELETE FROM correction",
        "UPDATE correction SET declaration = (SELECT MAX(id) FROM declaration)",
        "INSERT INTO correction SELECT 1, MIN(id) FROM declaration",
        "UPDATE correction_total SET value = value + 1",
        "DELETE FROM correction_total",
        "UPDATE correction_total SET amended = 2",
        "UPDATE day_total SET returned = 0, cancelled = cancelled - returned",
        "UPDATE day_total SET value = value + 50000 WHERE direction = 'import'",
        "DELETE FROM book_entry WHERE book = 'closed_day'",
    ] {
        connection
            .execute_batch(&format!("SAVEPOINT before; {damage}"))
            .expect("damaged");
        let found = differences(&connection);
        connection
            .execute_batch("ROLLBACK TO before; RELEASE before")
            .expect("put back");
        assert!(!found.is_empty(), "{damage}");
    }
}

/// What an older program cancelled and exchanged is filled in when its database is brought up to date.
#[test]
fn an_older_database_gets_what_it_did_not_hold() {
    let (_folder, store) = new_store();
    let out = other(4);
    let mut back = other(5);
    back.draft.exchange_of = Some(out.draft.id);
    let paid = [
        Step::ConfirmTax,
        Step::Pay {
            method: PaymentMethod::Cash,
            document: "BL-1".into(),
            amount: None,
        },
    ];
    let id = back.draft.id;
    let steps = paid.map(|step| Event::StepTaken { id, step });
    let cancelled = Event::Cancelled {
        id,
        reason: "typed twice".into(),
    };
    let person = Event::PersonSaved {
        person: Box::new(resident()),
        reason: "first seen".into(),
    };
    store
        .write(&mut |writer| {
            writer.append(&record(1, person.clone()))?;
            for (n, form) in [(2, &out), (3, &back)] {
                let (series, _) = form.number.rsplit_once('-').expect("a number");
                writer.next_number(series)?;
                writer.append(&record(n, Event::Registered(Box::new(form.clone()))))?;
            }
            for (n, event) in (4..).zip(&steps) {
                writer.append(&record(n, event.clone()))?;
            }
            Ok(writer.append(&record(6, cancelled.clone()))?)
        })
        .expect("a day");
    let connection = lock(&store.writer).expect("free");
    let older = "UPDATE declaration SET unsettled = 0, other_leg = NULL; DELETE FROM correction";
    connection.execute_batch(older).expect("as it was");
    assert_eq!(differences(&connection).len(), 3);
    let (_, filling) = MIGRATIONS[4]
        .split_once("-- What was cancelled")
        .expect("the part that fills in");
    connection
        .execute_batch(&format!("-- {filling}"))
        .expect("filled in");
    assert_eq!(differences(&connection), [""; 0]);
}
