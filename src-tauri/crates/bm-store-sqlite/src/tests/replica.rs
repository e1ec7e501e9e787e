//! Copies that follow a hub: all become equal, whatever happened apart.

mod life;

use life::{Chance, Hub, Station, difference, dump, verified};

/// Lives apart and meets at random; at the end all know all.
fn live_together(seed: u64, stations: u128, rounds: u32, closing: bool) -> (Hub, Vec<Station>) {
    let mut chance = Chance::of(seed);
    let mut hub = Hub::default();
    let mut all: Vec<_> = (1..=stations).map(Station::joined).collect();
    for _ in 0..rounds {
        let at = chance.below(stations as u64) as usize;
        let station = &mut all[at];
        match chance.below(8) {
            0 | 1 => station.push(&mut hub, chance.below(6) as u32 + 1),
            2 => {
                station.pull(&hub, chance.below(12) as usize + 1);
            }
            3 if closing && chance.one_in(6) => station.close_a_day(&mut chance),
            _ => station.live(&mut chance),
        }
    }
    for station in &all {
        station.push(&mut hub, 10_000);
    }
    for station in &all {
        station.pull(&hub, 10_000);
    }
    (hub, all)
}

#[test]
fn copies_that_lived_apart_become_equal() {
    for seed in 0..40 {
        let (hub, all) = live_together(seed, 3, 150, true);
        let replayed = Station::joined(99);
        replayed.pull(&hub, 10_000);
        for station in &all {
            let odd = difference(&station.store, &replayed.store);
            assert_eq!(odd, None, "seed {seed}, station {}", station.pen.number);
            assert_eq!(verified(&station.store), [""; 0], "seed {seed}");
        }
        assert!(dump(&replayed.store).len() > 200, "too little happened");
    }
}
