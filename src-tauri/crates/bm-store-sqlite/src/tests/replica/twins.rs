//! Persons whom two workstations entered apart.

use super::*;

/// One of each station, with a paper in common, and what both used that day.
fn apart() -> (Hub, Station, Station) {
    let mut hub = Hub::default();
    let (mut one, mut two) = (Station::joined(1), Station::joined(2));
    for (station, n) in [(&mut one, 11), (&mut two, 12)] {
        station.write(&mut |pen, writer| {
            let who = person(n, 5);
            pen.save(writer, who.clone())?;
            let form = (Uuid::from_u128(40 + n), who.id);
            pen.register(writer, form, day(), (200_000, 0)).map(|_| ())
        });
    }
    one.push(&mut hub, 10_000);
    two.meet(&mut hub);
    one.meet(&mut hub);
    (hub, one, two)
}

fn of(n: u128) -> PersonId {
    person(n, 5).id
}

fn twins(station: &Station, n: u128) -> Vec<PersonId> {
    let mut found = Vec::new();
    let read = station.store.read(&mut |reader| {
        found = reader.twins(of(n))?;
        Ok(())
    });
    read.expect("read");
    found
}

#[test]
fn a_paper_stays_with_the_first_and_the_quota_counts_for_both() {
    let (mut hub, mut one, two) = apart();
    for station in [&one, &two] {
        assert_eq!(twins(station, 11), [of(12)]);
        assert_eq!(twins(station, 12), [of(11)]);
        let read = station.store.read(&mut |reader| {
            let found = reader.people_by_number(None, "022185000005")?;
            assert_eq!(found.iter().map(|p| p.id).collect::<Vec<_>>(), [of(11)]);
            let month = (day().month_start(), day().month_end());
            for n in [11, 12] {
                let usage = reader.quota_usage(of(n), day(), month)?;
                assert_eq!((usage.trips_today, usage.trips_in_period), (2, 2));
                assert_eq!(usage.exempt_today, Vnd::new(200_000));
                let days = reader.quota_days(of(n), month)?;
                assert_eq!(days, [(day(), Vnd::new(200_000), 2)]);
            }
            Ok(())
        });
        read.expect("read");
        assert_eq!(verified(&station.store), [""; 0]);
    }
    // Either is known by a paper, although it stands under the first only.
    let read = one.store.read(&mut |reader| {
        assert_eq!(reader.quiet_persons(day().after(1))?, [of(11), of(12)]);
        Ok(())
    });
    read.expect("read");
    // A third one, by another paper of the second: a twin of both.
    one.write(&mut |pen, writer| {
        let mut second = person(12, 5);
        second
            .papers
            .push(Paper::new(PaperKind::Passport, "C1234567"));
        pen.save(writer, second)?;
        let mut third = person(13, 6);
        third.papers = vec![Paper::new(PaperKind::Passport, "C1234567")];
        pen.save(writer, third)
    });
    assert_eq!(twins(&one, 11), [of(12), of(13)]);
    assert_eq!(twins(&one, 13), [of(11), of(12)]);
    // A number that was mistyped is put right: they are two, and the paper is found under its person.
    one.write(&mut |pen, writer| pen.save(writer, person(11, 7)));
    assert_eq!(twins(&one, 11), []);
    assert_eq!(twins(&one, 13), [of(12)]);
    let read = one.store.read(&mut |reader| {
        let found = reader.people_by_number(None, "022185000005")?;
        assert_eq!(found.iter().map(|p| p.id).collect::<Vec<_>>(), [of(12)]);
        Ok(())
    });
    read.expect("read");
    one.meet(&mut hub);
    two.meet(&mut hub);
    assert_eq!(difference(&one.store, &two.store), None);
    assert_eq!(verified(&two.store), [""; 0]);
}

#[test]
fn verify_finds_twins_that_are_noted_otherwise() {
    let (_hub, one, _two) = apart();
    let connection = lock(&one.store.writer).expect("free");
    for damage in [
        "DELETE FROM twin",
        "DELETE FROM twin WHERE person < other",
        "INSERT INTO person SELECT 9, randomblob(16), folded, born, body FROM person WHERE id = 1;
            INSERT INTO twin VALUES (9, 1)",
        "UPDATE paper SET person = (SELECT MAX(id) FROM person)",
    ] {
        let spoil = format!("PRAGMA foreign_keys = OFF; SAVEPOINT whole; {damage}");
        connection.execute_batch(&spoil).expect("damaged");
        let found = verify::verify(&connection, &mut |_, _| ()).expect("verified");
        let twins = found.differences.iter().filter(|one| one.table == "twin");
        assert!(twins.count() > 0, "{damage}");
        connection
            .execute_batch("ROLLBACK TO whole; RELEASE whole")
            .expect("mended");
    }
}

/// In an older database the paper stood under the person who was saved last.
#[test]
fn an_older_database_learns_of_twins() {
    let (_hub, one, _two) = apart();
    let before = dump(&one.store);
    let connection = lock(&one.store.writer).expect("free");
    let older = "DELETE FROM twin; UPDATE paper SET person = (SELECT MAX(id) FROM person)";
    connection.execute_batch(older).expect("as it was");
    crate::table::twin::fill(&connection).expect("filled");
    drop(connection);
    assert_eq!(dump(&one.store), before);
    assert!(before.iter().any(|line| line.starts_with("twin")));
}

/// A file that two workstations read, which had entered its person apart: the form is the first one's,
/// and each amendment counts for the person it names.
#[test]
fn an_amendment_may_name_the_twin() {
    let mut hub = Hub::default();
    let (mut one, mut two) = (Station::joined(1), Station::joined(2));
    let id = Uuid::from_u128(70);
    for (station, n) in [(&mut one, 11), (&mut two, 12)] {
        station.write(&mut |pen, writer| {
            pen.save(writer, person(n, 5))?;
            let form = pen.register(writer, (id, of(n)), day(), (200_000, 0))?;
            let Some(held) = writer.declaration(form)? else {
                return Ok(());
            };
            let mut again = held.declaration;
            again.decision.exempt = Vnd::new(70_000);
            let amended = bm_app::event::Corrected {
                id: form,
                correction: bm_app::event::Correction::Amend(Box::new(again)),
                reason: "counted again".into(),
                proposed: None,
            };
            pen.append(writer, Event::Corrected(Box::new(amended)))
        });
        station.push(&mut hub, 10_000);
    }
    for station in [&one, &two] {
        station.pull(&hub, 10_000);
        let read = station.store.read(&mut |reader| {
            let month = (day().month_start(), day().month_end());
            let usage = reader.quota_usage(of(11), day(), month)?;
            assert_eq!((usage.trips_today, usage.exempt_today.dong()), (1, 70_000));
            Ok(())
        });
        read.expect("read");
        let used = "quota_use WHERE exempt > 0 AND person = (SELECT MAX(id) FROM person)";
        assert_eq!(rows(&station.store, used), 1);
        assert_eq!(verified(&station.store), [""; 0]);
    }
}
