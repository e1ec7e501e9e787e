use bm_app::paper::sample;
use bm_app::ports::Typesetter;
use bm_domain::template::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let source = std::fs::read_to_string(&a[1]).expect("file");
    let kind: FormKind = a[2].parse().expect("kind");
    let paper: PaperSize = a[3].parse().expect("paper");
    let mut sheet = sample::sheet(kind, paper);
    if let Some(n) = a.get(5) {
        sheet.data = match kind {
            FormKind::ImportForm | FormKind::Overlay => {
                sample::declaration("import", n.parse().expect("n"))
            }
            FormKind::ExportForm => sample::declaration("export", n.parse().expect("n")),
            FormKind::TrackingBook => sample::book(n.parse().expect("n")),
            _ => sheet.data,
        }
    }
    if let Some(m) = a.get(6) {
        sheet.run.mark = match m.as_str() {
            "copy" => bm_app::paper::PrintMark::Copy,
            "preview" => bm_app::paper::PrintMark::Preview,
            _ => bm_app::paper::PrintMark::Original,
        }
    }
    for _ in 0..2 {
        let t = std::time::Instant::now();
        match bm_print::Typst.pdf(&source, &sheet) {
            Ok(b) => {
                std::fs::write(&a[4], b).expect("write");
                eprintln!("ok {:?}", t.elapsed())
            }
            Err(f) => eprintln!("{f:?}"),
        }
    }
}
