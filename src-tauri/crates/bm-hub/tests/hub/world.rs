//! A hub, its workstations and their records.

use std::time::Duration;

use bm_app::sync::{Beacon, Cursor, Hub, Link, Outgoing, PaperKey};
use bm_hub::admin::{self, Admission};
use bm_hub::testing::Cluster;
use bm_hub::{HubConfig, PgHub};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A server with a hub in its database `bm`.
pub struct World {
    pub cluster: Cluster,
    pub admin: HubConfig,
}

impl World {
    pub fn new() -> Self {
        Self::on(Cluster::start())
    }

    pub fn on(cluster: Cluster) -> Self {
        let admin = HubConfig::parse(&cluster.database("bm")).expect("an address");
        admin::init(&admin, "Móng Cái").expect("a hub");
        Self { cluster, admin }
    }

    /// Lets a workstation in; its hub, which waits as long as it takes, and its series.
    pub fn workstation(&self, number: u128) -> (PgHub, Series) {
        let (hub, _, series) = self.counter(number);
        (hub, series)
    }

    /// The same, and its hub as one who hardly waits sees it.
    pub fn counter(&self, number: u128) -> (PgHub, PgHub, Series) {
        let name = format!("Counter {number}");
        let admitted = admin::admit(&self.admin, &name, Admission::Workstation).expect("admitted");
        let (hub, series) = (patient(&admitted.url), Series::new(number));
        let found = hub.greet(&series.beacon()).expect("greeted");
        assert_eq!(found.held, 0);
        (hub, hasty(&admitted.url), series)
    }

    /// What the superuser reads in the hub.
    pub fn sql(&self, sql: &str) -> String {
        self.cluster.sql("bm", sql)
    }
}

/// The hub at that address for one who waits as long as it takes on a busy machine.
pub fn patient(url: &str) -> PgHub {
    let mut config = HubConfig::parse(url).expect("an address");
    config.budget = config.background;
    PgHub::new(config)
}

/// The hub at that address for one who hardly waits.
pub fn hasty(url: &str) -> PgHub {
    let mut config = HubConfig::parse(url).expect("an address");
    config.budget = Duration::from_millis(400);
    PgHub::new(config)
}

/// A workstation's chain.
#[derive(Clone)]
pub struct Series {
    pub id: Uuid,
    pub last: i64,
    pub hash: [u8; 32],
}

impl Series {
    pub fn new(number: u128) -> Self {
        Self {
            id: Uuid::from_u128(number),
            last: 0,
            hash: [0; 32],
        }
    }

    pub fn beacon(&self) -> Beacon {
        Beacon {
            series: self.id,
            name: format!("Counter {}", self.id.as_u128()),
            version: "1.2.3".to_owned(),
            clock_ms: 0,
            unsent: 3,
            cursor: Cursor::default(),
        }
    }

    /// The next record.
    pub fn record(&mut self, payload: &str, papers: &[PaperKey]) -> Outgoing {
        self.last += 1;
        let id = Uuid::from_u128(self.id.as_u128() << 64 | u128::try_from(self.last).expect("one"));
        let mut digest = Sha256::new();
        digest.update(self.hash);
        let index = self.last.to_be_bytes();
        for part in [
            &self.id.as_bytes()[..],
            &index,
            id.as_bytes(),
            payload.as_bytes(),
        ] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        self.hash = digest.finalize().into();
        Outgoing {
            link: Link {
                series: self.id,
                index: self.last,
                id,
                payload: payload.to_owned(),
                hash: self.hash,
            },
            papers: papers.to_vec(),
        }
    }

    /// So many records about nobody.
    pub fn records(&mut self, count: i64) -> Vec<Outgoing> {
        let records = (0..count).map(|number| {
            let text = format!("{{\"giấy\":\"{} {number}\"}}", self.id);
            self.record(&text, &[])
        });
        records.collect()
    }
}
