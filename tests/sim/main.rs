//! Workstations and a hub in one process, with lines that fail, disks that fill, programs that are
//! killed and clocks that are wrong, all from a seed. What one ledger that saw everything says is what
//! each of them must say in the end.
//!
//! `make sim SEEDS=10000` runs more of them; a seed that fails prints the shortest story that does.

mod disk;
mod hub;
mod world;

use disk::Fault;
use hub::{Mishap, Planted};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use world::{Act, Failure, PEOPLE, WORKSTATIONS_MAX, World};

/// Seeds of a plain test run.
const SEEDS: u64 = 1_000;

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// What a seed tells: how many workstations, and what happens.
fn story(seed: u64) -> (usize, Vec<Act>) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let workstations = random.random_range(2..=WORKSTATIONS_MAX.min(3));
    let length = random.random_range(5..30);
    let calm = random.random_bool(0.3);
    let acts = (0..length).map(|_| act(&mut random, calm)).collect();
    (workstations, acts)
}

fn act(random: &mut ChaCha8Rng, calm: bool) -> Act {
    let at = random.random_range(0..WORKSTATIONS_MAX * 3);
    match random.random_range(0..if calm { 60 } else { 100 }) {
        0..30 => Act::Buy {
            at,
            person: random.random_range(0..PEOPLE),
            vnd: random.random_range(1..=30) * 100_000,
        },
        30..33 => Act::Cancel {
            at,
            nth: random.random_range(0..20),
        },
        33..36 => Act::Amend {
            at,
            nth: random.random_range(0..20),
            vnd: random.random_range(1..=30) * 100_000,
        },
        36..39 => Act::Release {
            at,
            nth: random.random_range(0..20),
        },
        39..41 => Act::Close {
            at,
            days: random.random_range(0..3),
        },
        41..50 => Act::Sync { at },
        50..60 => Act::Pass {
            minutes: random.random_range(1..1_500),
        },
        60..68 => Act::Line {
            at,
            cut: random.random_bool(0.6),
        },
        68..78 => Act::Word {
            at,
            mishap: [Mishap::Lost, Mishap::AnswerLost, Mishap::Repeated][random.random_range(0..3)],
        },
        78..80 => Act::Late { at },
        80..90 => Act::Disk {
            at,
            fault: [Fault::Full, Fault::KilledBefore, Fault::KilledAfter]
                [random.random_range(0..3)],
            writes: random.random_range(0..6),
        },
        90..93 => Act::Restart { at },
        93..95 => Act::Backup { at },
        95..97 => Act::Restore { at },
        _ => Act::Skew {
            at,
            minutes: random.random_range(-1_500..1_500),
        },
    }
}

fn run(workstations: usize, acts: &[Act], planted: Option<Planted>) -> Result<(), Failure> {
    let mut world = World::new(workstations, planted);
    for act in acts {
        world
            .take(*act)
            .map_err(|failure| format!("{act:?}: {failure}"))?;
    }
    world.end()
}

/// The shortest story that still fails, made by leaving out one act after another.
fn shortest(workstations: usize, acts: &[Act], planted: Option<Planted>) -> (Vec<Act>, Failure) {
    let mut acts = acts.to_vec();
    let mut failure = run(workstations, &acts, planted).expect_err("a story that fails");
    let mut at = 0;
    while at < acts.len() {
        let mut shorter = acts.clone();
        shorter.remove(at);
        match run(workstations, &shorter, planted) {
            Err(other) => {
                acts = shorter;
                failure = other;
            }
            Ok(()) => at += 1,
        }
    }
    (acts, failure)
}

fn tell(seed: u64, planted: Option<Planted>) -> Option<String> {
    let (workstations, acts) = story(seed);
    run(workstations, &acts, planted).err()?;
    let (acts, failure) = shortest(workstations, &acts, planted);
    let lines: Vec<String> = acts.iter().map(|act| format!("  {act:?}")).collect();
    Some(format!(
        "seed {seed}, {workstations} workstations:\n{}\n{failure}",
        lines.join("\n")
    ))
}

#[test]
fn every_story_ends_as_one_ledger_would_have_it() {
    let first = variable("SEED").unwrap_or(0);
    let seeds = variable("SEEDS").unwrap_or(SEEDS);
    let next = std::sync::atomic::AtomicU64::new(first);
    let failed = std::sync::Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if seed >= first + seeds {
                        return;
                    }
                    if let Some(told) = tell(seed, None) {
                        failed.lock().expect("a list").push(told);
                        return;
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("a list");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn bugs_planted_on_purpose_are_found() {
    for planted in [Planted::DeafLock, Planted::LateRecord, Planted::LostTail] {
        let found = (0..300).find_map(|seed| tell(seed, Some(planted)));
        assert!(found.is_some(), "{planted:?} was not found");
    }
}
