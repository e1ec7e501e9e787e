//! Who may do what on the command line: wrong passwords, roles, persons' data.

use bm_api::session::operator;
use bm_app::permission::Role;
use serde_json::{Value, json};

use crate::office::{KEEPER, Office, Ran, Trade, id, in_year, somebody};

/// Makes an account; its password is its name with `-of-the-gate`.
fn account(office: &Office, name: &str, role: Role) -> String {
    let held = bm_host::Office::open(&office.data()).expect("opens");
    let password = format!("{name}-of-the-gate");
    held.app()
        .enter_account(&operator("test"), name, name, role, &password)
        .expect("an account");
    password
}

#[test]
fn wrong_passwords_lock_an_account_on_the_command_line_too_and_the_operator_unlocks_it() {
    let office = Office::bare();
    let verify = |password: &str| office.run_as(KEEPER.0, password, ["verify"]);
    for _ in 0..4 {
        verify("guessed")
            .ended(1)
            .said(&["Sai tài khoản hoặc mật khẩu"]);
    }
    verify("guessed").ended(1).said(&["tạm khóa đến"]);
    verify(KEEPER.1)
        .ended(1)
        .said(&["tạm khóa đến", "quản trị viên"]);
    office.run(["account", "unlock", "nobody"]).ended(1);
    office.run(["account", "unlock", KEEPER.0]).ended(0);
    verify(KEEPER.1).ended(0);
    office.is_clean();
}

#[test]
fn a_password_is_changed_on_the_command_line_when_it_must_be() {
    let office = Office::bare();
    {
        let held = bm_host::Office::open(&office.data()).expect("opens");
        let admin = bm_app::Actor {
            role: Role::Administrator,
            ..operator("test")
        };
        let entered = held
            .app()
            .enter_account(&admin, "thu", "Thu", Role::Branch, "first-of-many");
        entered.expect("an account");
    }
    office
        .run_as("thu", "first-of-many", ["verify"])
        .ended(1)
        .said(&["đổi mật khẩu"]);
    let change = |new: &str| -> Ran {
        let mut command = office.command(["--as", "thu", "account", "password"]);
        command.env("BIENMAU_PASSWORD", "first-of-many");
        command.env("BIENMAU_NEW_PASSWORD", new);
        command.output().expect("started").into()
    };
    change("").ended(2).said(&["BIENMAU_NEW_PASSWORD"]);
    change("thu123456").ended(1).said(&["dễ đoán"]);
    change("sông Ka Long").ended(0);
    office.run_as("thu", "sông Ka Long", ["verify"]).ended(0);
}

#[test]
fn an_administrator_sees_no_trade_by_any_command() {
    let trade = Trade::of(6);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..3));
    office.run(["declare", &forms]);
    let number = &trade.residents[0].cccd;
    let (gate, day) = trade.place(0);
    let out = office.beside("out.json");
    let commands: [&[&str]; 9] = [
        &["quota", number],
        &["show", &id(0)],
        &["cancel", &id(0), "--reason", "x"],
        &["declare", &forms],
        &["gather"],
        &["overdue"],
        &["report", "daily", "--gate", gate, "--date", &day],
        &["report", "tracking-book", "--gate", gate, "--date", &day],
        &["person", "export", number, "--out", &out, "--reason", "x"],
    ];
    for command in commands {
        let mut run = office.command(["--as", KEEPER.0].iter().chain(command));
        let ran: Ran = run
            .env("BIENMAU_PASSWORD", KEEPER.1)
            .output()
            .expect("started")
            .into();
        let name = &trade.residents[0].name;
        assert!(
            !ran.out.contains(name) && !ran.out.contains(number),
            "{command:?}"
        );
        ran.ended(1).said(&["không được phép"]);
    }
    // A leader sees figures, not persons; an auditor reads and changes nothing.
    let leader = account(&office, "leader", Role::Leader);
    let auditor = account(&office, "auditor", Role::Auditor);
    let book = ["report", "tracking-book", "--gate", gate, "--date", &day];
    office
        .run_as("leader", &leader, book)
        .ended(1)
        .said(&["không được phép"]);
    office.run_as("auditor", &auditor, book).ended(0);
    office
        .run_as("auditor", &auditor, ["quota", number])
        .ended(0);
    office
        .run_as("auditor", &auditor, ["cancel", &id(0), "--reason", "x"])
        .ended(1);
    office.is_clean();
}

#[test]
fn the_tracking_book_masks_numbers_unless_a_reason_is_given() {
    let trade = Trade::of(6);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..1));
    office.run(["declare", &forms]);
    let (gate, day) = trade.place(0);
    let book = ["report", "tracking-book", "--gate", gate, "--date", &day];
    let identities = |ran: &Ran| -> Vec<String> {
        let rows = ran.value()["rows"].clone();
        let rows = rows.as_array().expect("rows").iter();
        rows.map(|row| row["identity"].as_str().expect("a number").to_owned())
            .collect()
    };
    let masked = identities(&office.run(book).ended(0));
    assert!(
        !masked.is_empty() && masked.iter().all(|one| one.starts_with("••••")),
        "{masked:?}"
    );
    let csv = office
        .run(book.iter().chain(&["--format", "csv"]))
        .ended(0)
        .out;
    assert!(csv.contains(&masked[0]), "{csv}");

    let reveal = |reason: &str| {
        book.map(str::to_owned)
            .into_iter()
            .chain(["--reveal".into(), reason.to_owned()])
    };
    let full = identities(&office.run(reveal("thanh tra thuế")).ended(0));
    assert!(
        full.iter()
            .all(|one| one.chars().all(char::is_alphanumeric)),
        "{full:?}"
    );
    office.run(reveal(" ")).ended(1).said(&["reason"]);
    let officer = account(&office, "officer", Role::Officer);
    let mut run = office.command(
        ["--as".to_owned(), "officer".to_owned()]
            .into_iter()
            .chain(reveal("tò mò")),
    );
    let ran: Ran = run
        .env("BIENMAU_PASSWORD", officer)
        .output()
        .expect("started")
        .into();
    ran.ended(1).said(&["không được phép"]);
}

#[test]
fn a_person_s_data_is_written_for_programs_and_for_people() {
    let trade = Trade::of(6);
    let office = Office::of(&trade);
    let forms = office.file("forms.jsonl", trade.jsonl(0..6));
    office.run(["declare", &forms]);
    let resident = &trade.residents[trade.trades[0].resident];
    let export = |out: &str, reason: &str| {
        office.run([
            "person",
            "export",
            &resident.cccd,
            "--out",
            out,
            "--reason",
            reason,
        ])
    };
    let out = office.beside("person.json");
    export(&out, "").ended(1).said(&["reason"]);
    assert!(!std::path::Path::new(&out).exists());
    export(&out, "đương sự yêu cầu").ended(0);
    let held: Value = serde_json::from_slice(&std::fs::read(&out).expect("a file")).expect("JSON");
    assert_eq!(held["person"]["name"], resident.name.as_str());
    assert_eq!(
        held["person"]["papers"][0]["number"],
        resident.cccd.as_str()
    );
    assert!(
        held["forms"]
            .as_array()
            .is_some_and(|forms| !forms.is_empty())
    );
    let last = held["access"]
        .as_array()
        .and_then(|all| all.last())
        .expect("looks");
    assert_eq!(
        (&last["what"], &last["reason"]),
        (&json!("person_export"), &json!("đương sự yêu cầu"))
    );
    let table = office.beside("person.csv");
    export(&table, "đương sự yêu cầu").ended(0);
    let text = std::fs::read_to_string(&table).expect("a file");
    for told in [
        resident.name.as_str(),
        &resident.cccd,
        "Tờ khai",
        "Lượt tra cứu",
        "Luật 91/2025/QH15",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    export(&office.beside("person.doc"), "x").ended(2);
    office
        .run([
            "person",
            "export",
            "000000000000",
            "--out",
            &out,
            "--reason",
            "x",
        ])
        .ended(1);
}

#[test]
fn persons_kept_long_enough_are_taken_out_by_two() {
    let office = Office::bare();
    {
        let held = bm_host::Office::open(&office.data()).expect("opens");
        let person = somebody("022190001234", "Lý Văn Nam");
        let then = in_year(held.app(), 2016);
        let entered = then.import_people(&operator("test"), &[person], "test");
        entered.expect("entered");
    }
    let run = |more: &[&str]| office.run(["--json", "person", "pseudonymise"].iter().chain(more));
    let preview = run(&["--preview"]).ended(0).value();
    assert_eq!(
        (&preview["persons"], &preview["held"]),
        (&json!(1), &json!(0))
    );
    run(&["--before", "2016-01-01"])
        .ended(1)
        .said(&["Không có ai"]);
    run(&["--before", "2099-01-01"])
        .ended(1)
        .said(&["Luật 91/2025/QH15"]);
    run(&["--before", "soon"]).ended(2);
    let proposed = run(&[]).ended(0).value();
    let run_id = proposed["id"].as_str().expect("an id").to_owned();
    run(&["--confirm", &run_id]).ended(1).said(&["người khác"]);
    office.run(["quota", "022190001234"]).ended(0);
    let confirm = ["person", "pseudonymise", "--confirm", &run_id];
    let done = office.run_as(KEEPER.0, KEEPER.1, confirm).ended(0).value();
    assert_eq!((&done["done"], &done["persons"]), (&json!(true), &json!(1)));
    office
        .run(["quota", "022190001234"])
        .ended(1)
        .said(&["022190001234"]);
    office.is_clean();
    let listed = run(&["--list"]).ended(0).value();
    assert_eq!(listed[0]["decided"]["by"], KEEPER.0);
    let file = std::fs::read(office.data().join("bienmau.db-wal")).unwrap_or_default();
    assert!(
        file.is_empty(),
        "the log of the file still holds {} bytes",
        file.len()
    );
}
