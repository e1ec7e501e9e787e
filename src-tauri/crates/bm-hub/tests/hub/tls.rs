//! Proof of who the hub is, and of who the client is.

use bm_app::sync::{Hub, HubError, Member};
use bm_hub::testing::{Cluster, PASSWORD, certificate};
use bm_hub::{HubConfig, PgHub};

use crate::world::World;

/// Asks a hub with these parameters in the address.
fn ask(cluster: &Cluster, host: &str, parameters: &str) -> Result<Vec<Member>, HubError> {
    hub(cluster, host, parameters).members()
}

fn hub(cluster: &Cluster, host: &str, parameters: &str) -> PgHub {
    let url = format!(
        "postgresql://postgres:{PASSWORD}@{host}:{}/bm?hostaddr=127.0.0.1&{parameters}",
        cluster.port()
    );
    PgHub::new(HubConfig::parse(&url).expect("an address")).in_background()
}

/// Asserts that the server was not believed, with a word of why.
fn assert_not_believed(answer: &Result<Vec<Member>, HubError>) {
    let Err(HubError::OutOfReach(text)) = answer else {
        panic!("{answer:?}");
    };
    assert!(text.contains("certificate"), "{text}");
}

#[test]
fn a_hub_proves_who_it_is() {
    let mut world = World::new();
    world.cluster.secure("scram-sha-256");
    let folder = world.cluster.folder().display().to_string();
    let cluster = &world.cluster;
    let known = format!("sslrootcert={folder}/ca.crt");
    assert_eq!(ask(cluster, "localhost", &known), Ok(Vec::new()));

    assert_not_believed(&ask(cluster, "localhost", ""));
    assert_not_believed(&ask(cluster, "localhost", "sslrootcert=system"));
    let other = world.cluster.folder().join("other");
    std::fs::create_dir(&other).expect("a folder");
    certificate(&other, "unused", "localhost");
    let shown = other.display();
    let stranger = format!("sslrootcert={shown}/ca.crt");
    let answer = ask(cluster, "localhost", &stranger);
    let answer_ca = ask(
        cluster,
        "localhost",
        &format!("{stranger}&sslmode=verify-ca"),
    );
    assert_not_believed(&answer);
    assert_not_believed(&answer_ca);

    // The certificate names another host.
    assert_not_believed(&ask(cluster, "hub.example", &known));
    let any = format!("{known}&sslmode=verify-ca");
    assert_eq!(ask(cluster, "hub.example", &any), Ok(Vec::new()));
    assert_eq!(
        ask(cluster, "hub.example", "sslmode=require"),
        Ok(Vec::new())
    );

    let open = ask(cluster, "localhost", "sslmode=disable");
    assert!(matches!(open, Err(HubError::NotAdmitted(_))), "{open:?}");
}

#[test]
fn a_client_proves_who_it_is() {
    let mut world = World::new();
    world.cluster.secure("scram-sha-256 clientcert=verify-full");
    let folder = world.cluster.folder();
    certificate(folder, "admin", "postgres");
    certificate(folder, "other", "somebody");
    let shown = folder.display();
    let with = |name: &str| {
        format!("sslrootcert={shown}/ca.crt&sslcert={shown}/{name}.crt&sslkey={shown}/{name}.key")
    };
    assert_eq!(
        ask(&world.cluster, "localhost", &with("admin")),
        Ok(Vec::new())
    );
    let other = ask(&world.cluster, "localhost", &with("other"));
    assert!(matches!(other, Err(HubError::NotAdmitted(_))), "{other:?}");
    let none = ask(
        &world.cluster,
        "localhost",
        &format!("sslrootcert={shown}/ca.crt"),
    );
    assert!(matches!(none, Err(HubError::NotAdmitted(_))), "{none:?}");
}
