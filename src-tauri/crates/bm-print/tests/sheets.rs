//! The templates a new office begins with, set for real and read again with the tools of poppler and
//! qpdf (`make setup` installs them).

use std::path::PathBuf;
use std::process::Command;

use bm_app::paper::{Content, PrintMark, Sheet, Shift, sample};
use bm_app::ports::Typesetter;
use bm_domain::template::{FormKind, PaperSize};
use bm_print::Typst;
use bm_seed::data;
use tempfile::TempDir;

const SIZES: [PaperSize; 2] = [PaperSize::A4, PaperSize::A5];

/// The template a form of the seed is printed with.
fn template(form: FormKind) -> &'static str {
    let rows = data::forms().expect("forms");
    let row = rows.iter().find(|row| row.form == form.word());
    let name = &row.expect("a template").source;
    let held = data::TEMPLATES.iter().find(|(file, _)| file == name);
    held.expect("its text").1
}

fn pdf(sheet: &Sheet, form: FormKind) -> Vec<u8> {
    let set = Typst.pdf(template(form), sheet);
    set.unwrap_or_else(|fault| panic!("{}: {fault:?}", form.word()))
}

/// A file on the disk for tools to look at.
struct Saved {
    _folder: TempDir,
    path: PathBuf,
}

fn saved(bytes: &[u8]) -> Saved {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sheet.pdf");
    std::fs::write(&path, bytes).expect("written");
    Saved {
        _folder: folder,
        path,
    }
}

impl Saved {
    /// What a tool writes of the file.
    fn asked(&self, program: &str, arguments: &[&str], after: &[&str]) -> String {
        let ran = Command::new(program)
            .args(arguments)
            .arg(&self.path)
            .args(after)
            .output()
            .unwrap_or_else(|error| panic!("{program} ({error}): run make setup"));
        assert!(ran.status.success(), "{program}: {ran:?}");
        String::from_utf8(ran.stdout).expect("UTF-8")
    }

    fn text(&self) -> String {
        self.asked("pdftotext", &["-layout"], &["-"])
    }

    /// The text with every gap as one space: lines of a cell follow each other.
    fn words(&self) -> String {
        let raw = self.asked("pdftotext", &["-raw"], &["-"]);
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A form of so many lines, printed once.
fn form(lines: u32, paper: PaperSize) -> Sheet {
    let mut sheet = sample::sheet(FormKind::ImportForm, paper);
    sheet.data = sample::declaration("import", lines);
    sheet.run.copies = 1;
    sheet
}

#[test]
fn every_template_makes_an_archivable_tagged_sheet_of_both_sizes() {
    for form in FormKind::ALL {
        for size in SIZES {
            let file = saved(&pdf(&sample::sheet(form, size), form));
            let told = file.asked("pdfinfo", &[], &[]);
            assert!(told.contains("Tagged:          yes"), "{told}");
            let wide = if size == PaperSize::A4 {
                "841.89"
            } else {
                "595.276"
            };
            assert!(told.contains(wide), "{}: {told}", form.word());
            let meta = file.asked("pdfinfo", &["-meta"], &[]);
            assert!(meta.contains("<pdfaid:part>2</pdfaid:part>"), "{meta}");
            assert!(
                meta.contains("<pdfaid:conformance>A</pdfaid:conformance>"),
                "{meta}"
            );
            assert!(meta.contains("<pdfuaid:part>1</pdfuaid:part>"), "{meta}");
            file.asked("qpdf", &["--check"], &[]);
            let fonts = file.asked("pdffonts", &[], &[]);
            let faces: Vec<_> = fonts.lines().skip(2).collect();
            assert!(!faces.is_empty(), "{}", form.word());
            for face in faces {
                let told: Vec<_> = face.split_whitespace().rev().take(5).collect();
                assert_eq!(
                    told[2..5],
                    ["yes", "yes", "yes"],
                    "embedded, subset, unicode: {face}"
                );
            }
        }
    }
}

#[test]
fn the_same_sheet_is_the_same_bytes() {
    let sheet = form(30, PaperSize::A4);
    let first = pdf(&sheet, FormKind::ImportForm);
    assert!(first == pdf(&sheet, FormKind::ImportForm));
    let mut later = sheet;
    later.at += chrono::TimeDelta::seconds(1);
    assert!(
        first != pdf(&later, FormKind::ImportForm),
        "the time is in it"
    );
}

#[test]
fn what_is_printed_can_be_read_again_whole() {
    let words = saved(&pdf(&form(5, PaperSize::A5), FormKind::ImportForm)).words();
    for whole in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "CHI CỤC HẢI QUAN KHU VỰC VIII",
        "HẢI QUAN CỬA KHẨU QUỐC TẾ MÓNG CÁI",
        "Nơi làm thủ tục: Cửa khẩu quốc tế Móng Cái (cầu Bắc Luân I)",
        "TỜ KHAI HÀNG NHẬP KHẨU",
        "HQ2019/TKNKBG",
        "MONGCAI/2026/NK/QUAY-01-000123",
        "NGUYỄN THỊ HỒNG NHUNG",
        "Thôn Phình Hồ, xã Bắc Sơn, thành phố Móng Cái, tỉnh Quảng Ninh (nay: Phường Móng Cái 1)",
        "Tỏi khô, chưa bóc vỏ, đóng trong túi lưới 10 kg, hàng của cư dân biên giới nhập khẩu qua cầu Bắc Luân",
        "Chăn sợi tổng hợp (仿毛毯)",
        "HS 0703.20.90; CN; KDTV/CN: KDTV-0001",
        "31,5 chiếc",
        "× 3.650,25",
        "1.131.593",
        "Bản 1/1",
        "Nguyễn Văn An",
        "08:05 ngày 24/11/2026",
        "phù hợp khai báo",
        "BL-0000123",
    ] {
        assert!(words.contains(whole), "“{whole}” in {words}");
    }
}

/// The amounts of the lines that begin with the words, page by page.
fn carried(pages: &[&str], words: &str) -> Vec<Vec<i64>> {
    let lines = pages.iter().map(|page| {
        let line = page.lines().find(|line| line.trim().starts_with(words));
        let amounts = line.unwrap_or_default().replace(words, "");
        let amounts = amounts.split_whitespace();
        amounts
            .map(|amount| amount.replace('.', "").parse().expect("an amount"))
            .collect()
    });
    lines.collect()
}

#[test]
fn a_long_list_repeats_its_head_and_carries_its_sums() {
    for size in SIZES {
        let sheet = form(60, size);
        let Content::Declaration(paper) = &sheet.data else {
            panic!("a form")
        };
        let text = saved(&pdf(&sheet, FormKind::ImportForm)).text();
        let pages: Vec<_> = text
            .split('\u{c}')
            .filter(|page| page.contains("Đơn giá"))
            .collect();
        assert!(pages.len() >= 3, "{} pages", pages.len());
        let on = carried(&pages, "Cộng chuyển trang");
        let from = carried(&pages, "Mang sang");
        assert_eq!(
            from[0],
            Vec::<i64>::new(),
            "nothing is carried to the first page"
        );
        // By hand: the lines whose number stands at the beginning of a line of each page.
        let mut index = 0;
        let mut sums = [0_i64; 3];
        for (page, text) in pages.iter().enumerate() {
            if page > 0 {
                assert_eq!(from[page], sums, "{size:?}: carried to page {page}");
            }
            let mut firsts = text.lines().map(|line| line.split_whitespace().next());
            while index < 60 && firsts.any(|word| word == Some(&(index + 1).to_string())) {
                let line = &paper.lines[index];
                for (sum, part) in sums.iter_mut().zip([line.value, line.exempt, line.excess]) {
                    *sum += part.dong();
                }
                index += 1;
            }
            if page + 1 < pages.len() {
                assert_eq!(on[page], sums, "{size:?}: carried on from page {page}");
            }
        }
        assert_eq!(index, 60, "every line is on a page");
        let total = carried(&pages[pages.len() - 1..], "Tổng cộng");
        assert_eq!(total[0], sums);
        assert_eq!(
            sums,
            [paper.value, paper.exempt, paper.excess].map(|vnd| vnd.dong())
        );
    }
}

#[test]
fn two_originals_are_told_apart_and_a_copy_says_what_it_is() {
    let mut sheet = form(3, PaperSize::A4);
    sheet.run.copies = 2;
    let words = saved(&pdf(&sheet, FormKind::ImportForm)).words();
    assert!(words.contains("Bản 1/2 – Hải quan lưu"), "{words}");
    assert!(words.contains("Bản 2/2 – Cư dân giữ"), "{words}");
    assert!(!words.contains("COPY"), "{words}");
    assert_eq!(
        words.matches("Trang 1/1").count(),
        2,
        "each counts its own pages"
    );
    for (mark, said) in [
        (PrintMark::Copy, "BẢN SAO / COPY"),
        (PrintMark::Preview, "XEM TRƯỚC"),
    ] {
        sheet.run.mark = mark;
        let words = saved(&pdf(&sheet, FormKind::ImportForm)).words();
        assert!(words.contains(said), "{words}");
        assert!(!words.contains("Bản 1/"), "{words}");
    }
}

#[test]
fn the_code_is_drawn_and_not_painted() {
    let sheet = form(3, PaperSize::A4);
    let with = pdf(&sheet, FormKind::ImportForm);
    let images = saved(&with).asked("pdfimages", &["-list"], &[]);
    assert_eq!(images.lines().count(), 2, "head only: {images}");
    let mut other = sheet;
    other.run.qr = Some("BM1:MONGCAI/2026/NK/QUAY-01-000124:00000000000000000002".into());
    assert!(
        with != pdf(&other, FormKind::ImportForm),
        "its text is in the drawing"
    );
}

#[test]
fn a_template_sees_its_own_files_only() {
    let sheet = form(1, PaperSize::A4);
    for foreign in [
        "#read(\"/etc/hostname\")",
        "#read(\"../secret\")",
        "#import \"@preview/cetz:0.3.0\": *",
        "#datetime.today()",
    ] {
        let fault = Typst.pdf(foreign, &sheet).expect_err(foreign);
        assert_eq!(fault.line, 1, "{foreign}: {fault:?}");
    }
}

#[test]
fn a_fault_is_told_with_its_line() {
    let sheet = form(1, PaperSize::A4);
    for (source, line, said) in [
        (
            "#import \"/bm.typ\": *\n\n= Head\n#sheet.data.nothing\n",
            4,
            "nothing",
        ),
        ("one\n#let x = (1\n", 2, "unclosed"),
        (
            "#import \"/bm.typ\": *\n#dong(\"abc\")\n",
            2,
            "invalid digits",
        ),
        // A font that is not there would print boxes: a warning is a fault.
        ("#set text(font: \"No Such Face\")\nword", 1, "no such face"),
    ] {
        let fault = Typst.pdf(source, &sheet).expect_err(source);
        assert_eq!(fault.line, line, "{source}: {fault:?}");
        assert!(
            fault.sentence.to_lowercase().contains(said),
            "{source}: {fault:?}"
        );
    }
}

/// Where a word stands on the first page, in points from the left and the top.
fn place(file: &Saved, word: &str) -> (f32, f32) {
    let boxes = file.asked("pdftotext", &["-bbox", "-l", "1"], &["-"]);
    let line = boxes
        .lines()
        .find(|line| line.contains(&format!(">{word}<")));
    let line = line.unwrap_or_else(|| panic!("{word} in {boxes}"));
    let of = |name: &str| {
        let (_, rest) = line.split_once(name).expect("a box");
        let (number, _) = rest.split_once('"').expect("a number");
        number.parse().expect("a number")
    };
    (of("xMin=\""), of("yMin=\""))
}

#[test]
fn values_for_printed_stationery_move_as_told() {
    let mut sheet = sample::sheet(FormKind::Overlay, PaperSize::A4);
    sheet.data = sample::declaration("import", 5);
    let still = saved(&pdf(&sheet, FormKind::Overlay));
    let words = still.words();
    assert!(words.contains("MONGCAI/2026/NK/QUAY-01-000123"), "{words}");
    for printed_before in ["CỘNG HÒA", "TỜ KHAI", "STT", "Tổng cộng"] {
        assert!(!words.contains(printed_before), "{words}");
    }
    let (x, y) = place(&still, "12/03/1985");
    sheet.run.shift = Shift { x: 100, y: -50 };
    let moved = saved(&pdf(&sheet, FormKind::Overlay));
    let (to_x, to_y) = place(&moved, "12/03/1985");
    let millimetre = 72.0 / 25.4;
    assert!((to_x - x - 10.0 * millimetre).abs() < 0.1, "{x} to {to_x}");
    assert!((to_y - y + 5.0 * millimetre).abs() < 0.1, "{y} to {to_y}");
}

#[test]
fn a_cancelled_form_stays_in_the_book_and_is_not_summed() {
    let sheet = sample::sheet(FormKind::TrackingBook, PaperSize::A4);
    let Content::Tracking(book) = &sheet.data else {
        panic!("a book")
    };
    let file = saved(&pdf(&sheet, FormKind::TrackingBook));
    assert!(file.words().contains("Đã hủy: Phía bạn không giao hàng"));
    let text = file.text();
    let pages: Vec<_> = text.split('\u{c}').collect();
    let totals: Vec<_> = carried(&pages, "Tổng cộng").into_iter().flatten().collect();
    let sums = &book.totals;
    let all = [
        sums.value,
        sums.exempt,
        sums.duty,
        sums.excise,
        sums.environment,
        sums.vat,
        sums.fee,
    ];
    assert_eq!(totals, all.map(|vnd| vnd.dong()));
}

#[test]
fn the_pages_can_be_shown_as_pictures() {
    let sheet = form(60, PaperSize::A4);
    let pages = Typst
        .pictures(template(FormKind::ImportForm), &sheet)
        .expect("pictures");
    let file = saved(&pdf(&sheet, FormKind::ImportForm));
    let told = file.asked("pdfinfo", &[], &[]);
    assert!(
        told.contains(&format!("Pages:           {}\n", pages.len())),
        "{told}"
    );
    for page in pages {
        assert!(page.starts_with("<svg"));
        assert!(!page.contains("image/png"), "drawn, not painted");
    }
}
