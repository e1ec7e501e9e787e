//! Every kind of rule through its fields and back.

use super::*;

#[test]
fn every_row_of_every_kind_comes_back_from_its_texts() {
    let rows = [
        r#"{"section":"quota","row":{"direction":"import","value_limit":"2000000","trips_limit":4,"period":"rolling30_days","second_trip":"not_exempt","taxed_trip_counts":true,"validity":{"from":"2016-09-01","to":null},"basis":"b"}}"#,
        r#"{"section":"vat","row":{"class":"standard","percent":"8.5","validity":{"from":"2025-07-01","to":"2026-12-31"},"basis":"b"}}"#,
        r#"{"section":"rate","row":{"currency":"CNY","rate":"3650.25","validity":{"from":"2026-11-23","to":"2026-11-29"},"source":"b"}}"#,
        r#"{"section":"list","row":{"prefix":"0703","rule":"exclude","validity":{"from":"2025-07-21","to":null},"basis":"b"}}"#,
        r#"{"section":"goods","row":{"hs":"07032090","name_vi":"Tỏi","units":["kg","chiếc"],"tariff":{"mfn":"20","ordinary":null,"acfta":null,"excise":null,"environment_vnd":"1.5","vat":"standard","export_duty":"0"},"quarantine":"plant","used_banned":true,"reference_price":"30000","validity":{"from":"2026-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"prohibited","row":{"prefix":"9304","direction":"export","goods":"pháo","validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"gate","row":{"code":"KM34","name":"Km3+4","kind":"opening","parent":"MONGCAI","office":"20BB","region":"VIII","hours":{"from":"07:00:00","to":"20:00:00"},"validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"commune","row":{"code":"06841","name":"Hoành Mô","validity":{"from":"2025-07-01","to":null},"basis":"b"}}"#,
        r#"{"section":"unit_title","row":{"unit":"region","title":"Khu vực VIII","validity":{"from":"2025-03-01","to":null},"basis":"b"}}"#,
        r#"{"section":"practice","row":{"rounding":"per_form","fee":"20000","fee_free_below":["500000","50000"],"second_person":["rate","quota"],"validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"second_person","row":{"before_release":["refuse"],"after_release":["amend","return"],"validity":{"from":"2015-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"limits","row":{"documents_minutes":120,"inspection_minutes":480,"validity":{"from":"2015-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"term","row":{"kind":"truck_away","amount":48,"validity":{"from":"2018-06-05","to":null},"basis":"b"}}"#,
        r#"{"section":"hours","row":{"weekdays":[1,2,6],"spans":[{"from":"07:30:00","to":"11:30:00"},{"from":"13:00:00","to":"17:00:00"}],"validity":{"from":"2015-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"holiday","row":{"day":"2026-09-02","name":"Quốc khánh","basis":"b"}}"#,
        r#"{"section":"cash","row":{"notes":["500000","1000"],"hand_over_days":0,"hand_over_days_remote":3,"remote_gates":["HOANHMO"],"cancel_needs_second":true,"validity":{"from":"2016-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"price","row":{"hs":"07032090","unit":"kg","place":"MONGCAI","price":"30000","validity":{"from":"2020-01-01","to":null},"source":"b"}}"#,
        r#"{"section":"price_watch","row":{"times":"3","months":3,"least":5,"validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"commodity_group","row":{"code":"03","name_vi":"Rau củ","name_en":"Vegetables","name_zh":"蔬菜","prefixes":["07","0904"],"validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"reconcile","row":{"count_required":true,"persons_tolerance":1,"forms_tolerance":0,"weight_percent":"2.5","doubled_minutes":60,"book_leaves":50,"second_person":["missing_receipt","wrong_gate"],"close_needs_second":true,"validity":{"from":"2015-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"account","row":{"least_length":8,"weak_words":["matkhau","123456"],"own_characters":4,"remembered":5,"wrong_tries":5,"locked_minutes":15,"change_days":0,"idle_minutes":10,"validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
        r#"{"section":"retention","row":{"customs_years":5,"accounting_years":10,"needs_second":true,"validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
        r##"{"section":"template","row":{"form":"receipt","validity":{"from":"2020-01-01","to":null},"source":"#import x\nSố","paper":"a5","copies":2,"basis":"b"}}"##,
        r#"{"section":"pattern","row":{"pattern":"same_goods","enabled":true,"threshold":4,"window_minutes":15,"share_percent":10,"validity":{"from":"2020-01-01","to":null},"basis":"b"}}"#,
    ];
    let rows: Vec<LawRow> = rows
        .iter()
        .map(|row| serde_json::from_str(row).expect("a row"))
        .collect();
    for &kind in LawKind::ALL {
        assert!(rows.iter().any(|row| row.kind() == kind), "{kind:?}");
        assert!(KINDS.contains(&kind.word()), "{kind:?}");
    }
    for row in rows {
        let days = row.validity();
        let (from, to) = (days.from.to_string(), days.to.map(|to| to.to_string()));
        let typed = Typed {
            values: texts(&row),
            from: &from,
            to: to.as_deref().unwrap_or_default(),
            basis: "b",
        };
        assert_eq!(read(row.kind(), &typed, "rows[0]"), Ok(row));
    }
}

#[test]
fn what_can_not_be_read_is_named_by_its_field() {
    let typed = Typed {
        values: BTreeMap::from([
            ("class".into(), "luxury".into()),
            ("percent".into(), "ten".into()),
        ]),
        from: "tomorrow",
        to: "",
        basis: "",
    };
    let problems = read(LawKind::Vat, &typed, "rows[2]").expect_err("nothing fits");
    let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(
        fields,
        ["rows[2].class", "rows[2].percent", "rows[2].valid_from"]
    );
}
