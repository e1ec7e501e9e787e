//! How long records take into the hub, against COPY of the same rows. Run by
//! `cargo nextest run --release -p bm-hub --run-ignored only --no-capture`.

use std::io::Write;
use std::time::{Duration, Instant};

use bm_app::sync::{Cursor, Hub, Outgoing};
use bm_hub::testing::Cluster;

use crate::world::{Series, World};

/// Records to move: the offline forms of a long time.
const RECORDS: i64 = 100_000;

/// Records of one call of `push`.
const BATCH: usize = 1_000;

/// Records like those of forms: 2 kB of words and figures, two papers.
fn forms(series: &mut Series) -> Vec<Outgoing> {
    let form = |number: i64| {
        let mut text = String::from("{\"event\":\"registered\",\"data\":{\"lines\":[");
        let mut figure = number.wrapping_mul(6_364_136_223_846_793_005);
        while text.len() < 1_950 {
            figure = figure
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text.push_str(&format!(
                "{{\"hs\":\"{:08}\",\"name\":\"Thanh long ruột đỏ\",\"value\":\"{}\"}},",
                figure.rem_euclid(99_999_999),
                figure.rem_euclid(1_999_999)
            ));
        }
        text.push_str("]}}");
        series.record(&text, &[number % 2_000, number % 1_999])
    };
    (0..RECORDS).map(form).collect()
}

#[test]
#[ignore = "measures; takes a minute"]
fn a_hundred_thousand_records_against_copy() {
    let world = World::on(Cluster::start_durable());
    let (hub, mut series) = world.workstation(1);
    let records = forms(&mut series);
    let bytes: usize = records.iter().map(|record| record.link.payload.len()).sum();
    let file = world.cluster.folder().join("rows");
    let mut ratios = Vec::new();
    for _ in 0..3 {
        let pushed = push(&world, &hub, &records);
        let file = file.display();
        let _out = world.sql(&format!("\\copy bienmau.record TO '{file}'\n"));
        let _made = world.sql(
            "DROP TABLE IF EXISTS copied; CREATE TABLE copied (LIKE bienmau.record INCLUDING ALL);
             CHECKPOINT",
        );
        let began = Instant::now();
        let _in = world.sql(&format!("\\copy copied FROM '{file}'\n"));
        let copied = began.elapsed();
        ratios.push(pushed.as_secs_f64() / copied.as_secs_f64());
        let line = format!(
            "{RECORDS} records, {bytes} bytes: pushed in {pushed:.2?}, copied in {copied:.2?}\n"
        );
        std::io::stdout().write_all(line.as_bytes()).expect("told");
    }
    let began = Instant::now();
    let mut cursor = Cursor::default();
    loop {
        let read = hub
            .pull(cursor, (Series::new(9).id, 0), 1_000)
            .expect("read");
        let Some(last) = read.last() else { break };
        cursor = Cursor {
            position: last.position,
            hash: last.hash,
        };
    }
    let line = format!("{} read in {:.2?}\n", cursor.position, began.elapsed());
    std::io::stdout().write_all(line.as_bytes()).expect("told");
    ratios.sort_by(f64::total_cmp);
    assert!(ratios[1] <= 3.0, "{ratios:?} times COPY");
}

/// Time to add them to an empty hub.
fn push(world: &World, hub: &bm_hub::PgHub, records: &[Outgoing]) -> Duration {
    let _emptied = world.sql(
        "ALTER TABLE bienmau.record DISABLE TRIGGER record_stays;
         TRUNCATE bienmau.record, bienmau.paper;
         ALTER TABLE bienmau.record ENABLE ALWAYS TRIGGER record_stays;
         UPDATE bienmau.series SET held = 0, last_hash = decode(repeat('00', 32), 'hex');
         CHECKPOINT",
    );
    let began = Instant::now();
    for batch in records.chunks(BATCH) {
        hub.push(batch).expect("added");
    }
    began.elapsed()
}
