//! The page's types are those of the command list.

use std::path::Path;

#[test]
fn the_page_knows_the_types_of_the_command_list() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/api/bindings.ts");
    let written = bm_api::bindings::typescript();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(&file, &written).expect("bindings.ts can be written");
    }
    let held = std::fs::read_to_string(&file).expect("bindings.ts can be read");
    let differs = written
        .lines()
        .zip(held.lines())
        .find(|(new, old)| new != old);
    assert!(
        written == held,
        "ui/src/api/bindings.ts is not what the command list says; run the test with \
         UPDATE_BINDINGS=1 and commit the file. First difference (new, old): {differs:?}"
    );
}
