//! A hub killed at any moment.

use std::sync::mpsc::channel;

use bm_app::sync::Hub;
use bm_hub::admin;
use bm_hub::testing::Cluster;

use crate::world::World;

/// As many as a large office has.
const COUNTERS: u128 = 40;

#[test]
fn killed_under_load_it_has_all_it_said_it_took() {
    let mut cluster = Cluster::start_durable();
    // What an administrator may set for speed must not cost a record.
    cluster.configure("synchronous_commit = off\n");
    let mut world = World::on(cluster);
    let mut members: Vec<_> = (1..=COUNTERS)
        .map(|number| world.workstation(number))
        .collect();
    for round in 1..=3 {
        let (tell, heard) = channel();
        let mut taken: Vec<_> = members.iter().map(|(_, series)| series.clone()).collect();
        std::thread::scope(|scope| {
            for (place, (hub, series)) in members.iter().enumerate() {
                let (tell, mut series) = (tell.clone(), series.clone());
                scope.spawn(move || {
                    // Until the hub is gone.
                    while hub.push(&series.records(20)).is_ok() {
                        tell.send((place, series.clone())).expect("heard");
                    }
                });
            }
            drop(tell);
            let mut killed = false;
            for (count, (place, series)) in heard.iter().enumerate() {
                taken[place] = series;
                if count >= 100 * round && !killed {
                    killed = true;
                    world.cluster.kill();
                }
            }
            assert!(killed, "the load ended by itself");
        });
        world.cluster.start_again();
        for ((hub, series), taken) in members.iter_mut().zip(taken) {
            *series = taken;
            let found = hub.greet(&series.beacon()).expect("greeted");
            // The last batch may have been taken without its answer.
            let unheard = found.held - series.last;
            assert!(
                unheard == 0 || unheard == 20,
                "{} of {}",
                found.held,
                series.last
            );
            hub.push(&series.records(20)).expect("sent again");
        }
        let found = admin::check(&world.admin, &mut |_, _| ()).expect("checked");
        assert!(found.is_whole(), "{found:?}");
    }
}
