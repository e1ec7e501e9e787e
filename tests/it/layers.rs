//! The shape of the workspace: which crate may see which, how long a file may be, and that nothing
//! lies about unused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What a crate may use of this workspace; ARCHITECTURE.md draws it.
const OWN: [(&str, &[&str]); 12] = [
    ("bm-domain", &[]),
    ("bm-app", &["bm-domain"]),
    ("bm-store-sqlite", &["bm-app", "bm-domain"]),
    ("bm-hub", &["bm-app"]),
    ("bm-files", &["bm-app", "bm-domain"]),
    ("bm-print", &["bm-app", "bm-domain"]),
    ("bm-seed", &["bm-domain"]),
    ("bm-api", &["bm-app", "bm-domain"]),
    (
        "bm-host",
        &[
            "bm-api",
            "bm-app",
            "bm-domain",
            "bm-files",
            "bm-hub",
            "bm-seed",
            "bm-store-sqlite",
        ],
    ),
    (
        "bm-cli",
        &[
            "bm-api",
            "bm-app",
            "bm-domain",
            "bm-files",
            "bm-host",
            "bm-print",
        ],
    ),
    (
        "bienmau-desktop",
        &["bm-api", "bm-app", "bm-host", "bm-print"],
    ),
    (
        "bm-tests",
        &[
            "bm-api",
            "bm-app",
            "bm-domain",
            "bm-files",
            "bm-host",
            "bm-print",
            "bm-seed",
            "bm-store-sqlite",
        ],
    ),
];

/// The whole of what the inner crates may use from outside. `ts-rs` only behind a feature.
const FOREIGN: [(&str, &[&str]); 3] = [
    (
        "bm-domain",
        &[
            "chrono",
            "encoding_rs",
            "mrz",
            "rust_decimal",
            "serde",
            "sha2",
            "thiserror",
            "ts-rs",
            "unicode-normalization",
            "uuid",
        ],
    ),
    (
        "bm-app",
        &[
            "argon2",
            "chrono",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "ts-rs",
            "uuid",
        ],
    ),
    (
        "bm-api",
        &[
            "base64",
            "chrono",
            "rust_decimal",
            "serde",
            "serde_json",
            "ts-rs",
            "uuid",
        ],
    ),
];

/// Packages that only one crate may use: the databases, the window, the spreadsheet.
const ALONE: [(&str, &[&str]); 6] = [
    ("rusqlite", &["bm-store-sqlite", "bm-tests"]),
    ("tokio-postgres", &["bm-hub"]),
    ("tauri", &["bienmau-desktop"]),
    ("typst", &["bm-print"]),
    ("rust_xlsxwriter", &["bm-files", "bm-tests"]),
    ("clap", &["bienmau-desktop", "bm-cli", "bm-tests"]),
];

fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the workspace").to_owned()
}

struct Dependency {
    name: String,
    optional: bool,
}

/// What each crate of the workspace is built with, its tests left out.
fn crates() -> BTreeMap<String, Vec<Dependency>> {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo tells of the workspace");
    let metadata: Value = serde_json::from_slice(&cargo.stdout).expect("metadata in JSON");
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    packages
        .map(|package| {
            let all = package["dependencies"].as_array().expect("dependencies");
            let built_in = all.iter().filter(|d| d["kind"].is_null());
            let used = built_in.map(|dependency| Dependency {
                name: text(&dependency["name"]),
                optional: dependency["optional"] == true,
            });
            (text(&package["name"]), used.collect())
        })
        .collect()
}

#[test]
fn a_crate_sees_only_the_crates_below_it() {
    let own: BTreeMap<_, _> = OWN.into_iter().collect();
    let crates = crates();
    let known: BTreeSet<_> = own.keys().map(ToString::to_string).collect();
    let found: BTreeSet<_> = crates.keys().cloned().collect();
    assert_eq!(found, known, "crates of the workspace");
    for (name, used) in &crates {
        let allowed = own[name.as_str()];
        for dependency in used.iter().filter(|d| found.contains(&d.name)) {
            let fine = allowed.contains(&dependency.name.as_str());
            assert!(fine, "{name} must not use {}", dependency.name);
        }
    }
}

#[test]
fn the_inner_crates_use_nothing_unexpected() {
    let crates = crates();
    for (name, allowed) in FOREIGN {
        for dependency in &crates[name] {
            let used = dependency.name.as_str();
            let fine = used.starts_with("bm-") || allowed.contains(&used);
            assert!(fine, "{name} must not use {used}");
            assert!(
                used != "ts-rs" || dependency.optional,
                "{name} is built with ts-rs"
            );
        }
    }
}

#[test]
fn what_touches_the_world_stays_in_its_crate() {
    for (name, used) in crates() {
        for (package, users) in ALONE {
            let uses = used.iter().any(|d| d.name == package);
            assert!(
                !uses || users.contains(&name.as_str()),
                "{name} must not use {package}"
            );
        }
    }
}

/// Every Rust file of the workspace with its text.
fn rust_files() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src-tauri"), root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|suffix| suffix == "rs") {
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push((path, text));
            }
        }
    }
    found
}

#[test]
fn a_rust_file_can_be_read_in_one_sitting() {
    for (path, text) in rust_files() {
        let shown = path.display().to_string();
        let is_test = shown.contains("/tests/") || shown.ends_with("/tests.rs");
        let limit = if is_test { 1_000 } else { 600 };
        let lines = text.lines().count();
        assert!(lines <= limit, "{shown} has {lines} lines, over {limit}");
    }
}

#[test]
fn a_lint_is_expected_with_a_reason_and_never_allowed() {
    let allow = concat!("#[", "allow");
    let whole = concat!("#![", "allow");
    for (path, text) in rust_files() {
        let none = !text.contains(allow) && !text.contains(whole);
        assert!(none, "{} allows a lint", path.display());
    }
}

/// The words of one language as a map.
fn words(file: &str) -> BTreeMap<String, Value> {
    let path = root().join("src-tauri/crates/bm-api/messages").join(file);
    let text = std::fs::read_to_string(path).expect("messages");
    serde_json::from_str(&text).expect("messages in JSON")
}

#[test]
fn every_word_of_the_program_is_used() {
    let mut made = BTreeSet::new();
    for code in bm_domain::ViolationCode::ALL {
        made.insert(format!("violation.{}", bm_api::words::code(code)));
    }
    for code in bm_api::ErrorCode::ALL {
        made.insert(format!("error.{}", bm_api::words::code(code)));
    }
    made.extend(law_words());
    let differences = bm_app::verification::DifferenceCode::ALL.iter();
    made.extend(differences.map(|code| format!("verify.{}", code.word())));
    let answers = bm_app::anchor::AnchorAnswer::ALL.iter();
    made.extend(answers.map(|answer| format!("anchor.{}", answer.word())));
    let events = bm_api::command::EVENTS.iter();
    made.extend(events.map(|event| format!("audit.kind.{event}")));
    let books = bm_app::book::Book::ALL.iter();
    made.extend(books.map(|book| format!("audit.kind.entered/{}", book.word())));
    made.extend(report_words());
    let sources: String = rust_files()
        .into_iter()
        .filter(|(path, _)| !path.display().to_string().contains("/tests/it/"))
        .map(|(_, text)| text)
        .collect();
    for key in words("vi.json").keys() {
        let (kind, code) = key.split_once('.').expect("a key of two parts");
        let used = match kind {
            "violation" | "law" => made.contains(key),
            // Said by its name, or one of a choice.
            "report" => made.contains(key) || sources.contains(&format!("\"{code}\"")),
            // An error's key stands in the code where its message is chosen.
            "error" => made.contains(key) || sources.contains(&format!("\"{key}\"")),
            // A part, then words of kinds, states and figures as the code has them.
            "breach" => code
                .split('.')
                .skip(1)
                .all(|word| sources.contains(&format!("\"{word}\""))),
            // A problem or field of a reading is a variant of an enum, written in capitals.
            "problem" | "paper_field" | "duty" => sources.contains(&variant(code)),
            "verify" | "anchor" => made.contains(key),
            "hub" => sources.contains(&format!("\"{code}\"")),
            "record" => sources.contains(&format!("\"{key}\"")),
            "audit" => made.contains(key) || is_in_records(code, &sources),
            // Those of a day's match are variants too, or a word of a heading.
            "difference" | "way" => sources.contains(&format!("{} = \"{code}\"", variant(code))),
            "reconcile" => {
                let last = code.rsplit('.').next().unwrap_or_default();
                sources.contains(&variant(last)) || sources.contains(&format!("\"{key}\""))
            }
            _ => false,
        };
        assert!(used, "{key} is in messages/vi.json and nowhere else");
    }
}

/// Whether a word of the log names a field of something that is recorded, or a choice in it.
fn is_in_records(code: &str, sources: &str) -> bool {
    let (kind, name) = code.split_once('.').unwrap_or((code, ""));
    let quoted = sources.contains(&format!("\"{name}\""));
    match kind {
        "field" => quoted || sources.contains(&format!("pub {name}: ")),
        "word" => quoted || sources.contains(&variant(name)),
        "count" => quoted,
        _ => false,
    }
}

/// What the descriptions of the kinds of rule need words for.
fn law_words() -> Vec<String> {
    use bm_api::law::fields::{self, Holds};
    let named = [
        "department",
        "region",
        "head",
        "report_maker",
        "min",
        "true",
        "false",
        "*",
    ];
    let mut words: Vec<String> = named.map(|word| format!("law.word.{word}")).into();
    words.extend((1..=7).map(|day| format!("law.word.weekday_{day}")));
    for &kind in bm_domain::law::LawKind::ALL {
        words.push(format!("law.kind.{}", kind.word()));
        for field in fields::of(kind) {
            words.push(format!("law.field.{}", field.called.replace('.', "_")));
            if let Holds::Choice(options) | Holds::Choices(options) = field.holds {
                words.extend(options.iter().map(|word| format!("law.word.{word}")));
            }
        }
    }
    words
}

/// What reports can be made of, and what a column or a fact of one is called.
fn report_words() -> Vec<String> {
    use bm_app::report::definition::Ready;
    use bm_domain::statistics::{Basis, Dimension, Measure, PeriodKind};
    let choices = [
        ("basis", Basis::ALL.iter().map(|one| one.word()).collect()),
        (
            "dimension",
            Dimension::ALL.iter().map(|one| one.word()).collect(),
        ),
        (
            "measure",
            Measure::ALL.iter().map(|one| one.word()).collect(),
        ),
        (
            "period",
            PeriodKind::ALL.iter().map(|one| one.word()).collect(),
        ),
        ("ready", Ready::ALL.iter().map(|one| one.word()).collect()),
        ("direction", vec!["import", "export"]),
        ("span", vec!["period", "cumulative"]),
        (
            "column",
            vec![
                "name",
                "goods",
                "number",
                "form",
                "registered",
                "counted",
                "movement",
                "status",
                "line",
            ],
        ),
        (
            "about",
            vec![
                "gates",
                "days",
                "basis",
                "grouping",
                "filter",
                "cumulative",
                "rate",
                "made_at",
                "made_by",
            ],
        ),
    ];
    let words = choices.into_iter().flat_map(|(kind, words): (_, Vec<_>)| {
        let keys = words.into_iter();
        keys.map(move |word| format!("report.{kind}.{word}"))
    });
    words.collect()
}

/// `two_words` as the variant `TwoWords` of an enum.
fn variant(code: &str) -> String {
    let capital = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    code.split('_').map(capital).collect()
}
