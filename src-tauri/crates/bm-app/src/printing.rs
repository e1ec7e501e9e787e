//! Forms on paper: originals once, copies after, and the way back from a sheet to its record.

use std::sync::Arc;

use bm_domain::template::{FormKind, FormTemplate, PaperSize};
use bm_domain::{BusinessDay, DeclarationId, PersonId, Violation, ViolationCode as Code};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::error::AppError;
use crate::event::Event;
use crate::law::LawRow;
use crate::paper::{
    Content, DeclarationPaper, Moment, Office, PrintMark, Run, Sheet, Shift, sample,
};
use crate::permission::{Permission, allows};
use crate::ports::{PrinterFault, Printers, Reader, StoredDeclaration, TemplateFault, Typesetter};
use crate::{Actor, App};

/// The longest template, in bytes.
const SOURCE_MAX: usize = 200_000;
/// What the text of a form's QR code begins with; the digit is its version.
pub const QR_PREFIX: &str = "BM1:";

/// How a form is to be printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrintOrder {
    /// Size of the paper; the template's own when not said.
    pub paper: Option<PaperSize>,
    /// As a copy, although no original was printed yet.
    pub copy: bool,
    /// To be looked at only: nothing is recorded, and the sheet says so.
    pub preview: bool,
    /// Values only, for stationery printed before, moved so far.
    pub overlay: Option<Shift>,
    /// Whether pictures of the pages are wanted.
    pub pictures: bool,
    /// The time it bears; now when absent.
    pub at: Option<DateTime<Utc>>,
}

/// A sheet that was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// A name for the file.
    pub name: String,
    /// What the print is.
    pub mark: PrintMark,
    /// How often the form has been printed, this time included.
    pub times: u32,
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// Pictures of the pages in SVG, where asked for.
    pub pictures: Vec<String>,
}

/// What the QR code of a sheet led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundForm {
    /// Number on the sheet.
    pub number: String,
    /// Code of the gate in the number.
    pub gate: String,
    /// Its name; empty where the gate is not held.
    pub gate_name: String,
    /// The form; `None` where it is not held here.
    pub id: Option<DeclarationId>,
    /// What is wrong with the sheet, or to be known of it.
    pub problems: Vec<Violation>,
}

impl App {
    /// Sets what typesets sheets: each program does so once, before it prints.
    pub fn set_typesetter(&self, typesetter: Arc<dyn Typesetter>) {
        // A second one changes nothing: all of them set alike.
        let _ = self.typesetter.set(typesetter);
    }

    /// Sets the printers sheets may be sent to.
    pub fn set_printers(&self, printers: Arc<dyn Printers>) {
        let _ = self.printers.set(printers);
    }

    /// Names of this workstation's printers, the usual one first.
    ///
    /// # Errors
    /// [`AppError::Refused`] where it has no printing system.
    pub fn printers(&self) -> Result<Vec<String>, AppError> {
        let found = self.printers.get().map(|printers| printers.list());
        let found = found.unwrap_or(Err(PrinterFault::NoSystem));
        found.map_err(|fault| unprinted(&fault, ""))
    }

    /// Prints a form on a printer of this workstation without asking anyone; what the printer does not
    /// take is not recorded.
    ///
    /// # Errors
    /// As for [`Self::print_form`]; [`AppError::Refused`] when the printer is gone or takes nothing.
    pub fn send_form(
        &self,
        actor: &Actor,
        id: DeclarationId,
        order: PrintOrder,
        printer: &str,
    ) -> Result<Printed, AppError> {
        let system = self.printers.get();
        self.print_form(actor, id, order, |printed| {
            let sent = system.map(|system| system.send(printer, &printed.name, &printed.pdf));
            let sent = sent.unwrap_or(Err(PrinterFault::NoSystem));
            sent.map_err(|fault| unprinted(&fault, printer))
        })
    }

    fn typesetter(&self) -> Result<&dyn Typesetter, AppError> {
        let held = self.typesetter.get().map(AsRef::as_ref);
        held.ok_or_else(|| AppError::BadRequest("typesetter".into()))
    }

    /// Prints a form with the template of its registration day. Its originals come once; what is
    /// printed after them is a copy and says so. `deliver` takes the sheet to where it belongs; when it
    /// fails nothing is recorded.
    ///
    /// # Errors
    /// What `deliver` returns; [`AppError::NotPermitted`] for those who only read, unless they only look;
    /// [`AppError::NotFound`]; [`AppError::Stale`] when it was refused, or was printed by someone else
    /// at the same moment; [`AppError::Refused`] where no template is held or it does not fit.
    pub fn print_form(
        &self,
        actor: &Actor,
        id: DeclarationId,
        order: PrintOrder,
        mut deliver: impl FnMut(&Printed) -> Result<(), AppError>,
    ) -> Result<Printed, AppError> {
        if !order.preview && !allows(actor.role, Permission::Trade) {
            return Err(AppError::NotPermitted);
        }
        if order.overlay.is_some_and(|shift| !shift.is_sane()) {
            let far = Violation::new(Code::NumberOutOfRange, "overlay");
            return Err(AppError::Refused(vec![far]));
        }
        let (sheet, template, stored) = self.read(|reader| {
            let stored = reader.declaration(id)?.ok_or(AppError::NotFound)?;
            if stored.declaration.number.is_empty() {
                return Err(AppError::Stale);
            }
            let (sheet, template) = self.form_sheet(reader, actor, &stored, order)?;
            Ok((sheet, template, stored))
        })?;
        let mark = sheet.run.mark;
        let name = file_name(&stored.declaration.number, mark);
        let printed = self.set(&template.source, &sheet, name, order.pictures)?;
        let seen = stored.progress.printed;
        let times = self.write(|writer| {
            let stored = writer.declaration(id)?.ok_or(AppError::NotFound)?;
            if stored.progress.printed != seen {
                return Err(AppError::Stale);
            }
            let copy = mark == PrintMark::Copy;
            let person = stored.declaration.person;
            let (event, times) = match mark {
                PrintMark::Preview if person == PersonId(Uuid::nil()) => {
                    deliver(&printed)?;
                    return Ok(seen);
                }
                PrintMark::Preview => (Event::PersonViewed { id: person }, seen),
                PrintMark::Original | PrintMark::Copy => {
                    (Event::FormPrinted { id, copy }, seen + 1)
                }
            };
            writer.append(&self.record(actor, event))?;
            deliver(&printed)?;
            Ok(times)
        })?;
        Ok(Printed { times, ..printed })
    }

    fn form_sheet(
        &self,
        reader: &dyn Reader,
        actor: &Actor,
        stored: &StoredDeclaration,
        order: PrintOrder,
    ) -> Result<(Sheet, FormTemplate), AppError> {
        let form = &stored.declaration;
        let kind = match order.overlay {
            Some(_) => FormKind::Overlay,
            None => FormKind::of(form.draft.direction),
        };
        let template = self.template(reader, kind, form.day())?;
        let book = self.law_book(reader)?;
        let digest = reader.declaration_digest(form.draft.id)?;
        let mark = if order.preview {
            PrintMark::Preview
        } else if order.copy || stored.progress.printed > 0 {
            PrintMark::Copy
        } else {
            PrintMark::Original
        };
        let run = Run {
            copies: template.copies,
            mark,
            shift: order.overlay.unwrap_or_default(),
            qr: digest.map(|digest| format!("{QR_PREFIX}{}:{digest:020}", form.number)),
            ..self.run(
                reader,
                actor,
                order.paper.unwrap_or(template.paper),
                self.clock().now(),
            )?
        };
        let data = DeclarationPaper::of(reader, &book.1, stored)?;
        let sheet = Sheet {
            run,
            data: Content::Declaration(Box::new(data)),
            at: self.clock().now(),
        };
        Ok((sheet, template))
    }

    /// How a sheet that is no form of a resident is printed now.
    pub(crate) fn run(
        &self,
        reader: &dyn Reader,
        actor: &Actor,
        paper: PaperSize,
        at: DateTime<Utc>,
    ) -> Result<Run, AppError> {
        let account = reader.account(&actor.user)?;
        Ok(Run {
            paper,
            copies: 1,
            mark: PrintMark::Original,
            shift: Shift::default(),
            qr: None,
            printed: Moment::of(at),
            printed_by: account.map_or_else(|| actor.user.clone(), |known| known.display_name),
        })
    }

    pub(crate) fn template(
        &self,
        reader: &dyn Reader,
        form: FormKind,
        day: BusinessDay,
    ) -> Result<FormTemplate, AppError> {
        let book = self.law_book(reader)?;
        let missing = || {
            let missing = Violation::new(Code::TemplateMissing, "form");
            AppError::Refused(vec![missing.with("day", day)])
        };
        book.1.on(day).template(form).cloned().ok_or_else(missing)
    }

    /// Sets a sheet that is no form of a resident with the template of a day; not recorded.
    ///
    /// # Errors
    /// [`AppError::Refused`] where no template is held or it does not fit.
    pub fn print_sheet(
        &self,
        actor: &Actor,
        form: FormKind,
        day: BusinessDay,
        data: Content,
        order: PrintOrder,
    ) -> Result<Printed, AppError> {
        let at = order.at.unwrap_or_else(|| self.clock().now());
        let (run, template) = self.read(|reader| {
            let template = self.template(reader, form, day)?;
            let run = self.run(reader, actor, order.paper.unwrap_or(template.paper), at)?;
            Ok((run, template))
        })?;
        let run = Run {
            shift: order.overlay.unwrap_or_default(),
            copies: template.copies,
            ..run
        };
        let name = format!("{}-{day}.pdf", form.word());
        self.set(
            &template.source,
            &Sheet { run, data, at },
            name,
            order.pictures,
        )
    }

    /// The page that shows how far the printer of a gate's counter is off.
    ///
    /// # Errors
    /// As for [`Self::print_sheet`].
    pub fn print_alignment(&self, actor: &Actor, order: PrintOrder) -> Result<Printed, AppError> {
        let today = BusinessDay::of(self.clock().now());
        let office = self.read(|reader| {
            let book = self.law_book(reader)?;
            Ok(Office::of(
                book.1.on(today),
                &actor.gate,
                &actor.workstation,
            ))
        })?;
        let data = Content::Alignment(office);
        self.print_sheet(actor, FormKind::AlignmentPage, today, data, order)
    }

    pub(crate) fn set(
        &self,
        source: &str,
        sheet: &Sheet,
        name: String,
        pictures: bool,
    ) -> Result<Printed, AppError> {
        let typesetter = self.typesetter()?;
        let faulty = |fault| AppError::Refused(vec![faulty(&fault, "source")]);
        Ok(Printed {
            name,
            mark: sheet.run.mark,
            times: 0,
            pdf: typesetter.pdf(source, sheet).map_err(faulty)?,
            pictures: if pictures {
                typesetter.pictures(source, sheet).map_err(faulty)?
            } else {
                Vec::new()
            },
        })
    }

    /// Tries the templates among rows of the law on invented sheets of every size; `index` of a row
    /// names the field. Nothing where the program does not typeset.
    pub(crate) fn check_templates(&self, rows: &[LawRow]) -> Vec<Violation> {
        let Some(typesetter) = self.typesetter.get() else {
            return Vec::new();
        };
        let problem = |(index, row): (usize, &LawRow)| {
            let LawRow::Template(template) = row else {
                return None;
            };
            let field = format!("rows[{index}].source");
            if template.source.len() > SOURCE_MAX {
                let long = Violation::new(Code::TextTooLong, field);
                return Some(long.with("limit", SOURCE_MAX));
            }
            let sizes = [PaperSize::A4, PaperSize::A5].into_iter();
            let sheets = sizes.map(|paper| sample::sheet(template.form, paper));
            let mut set = sheets.map(|sheet| typesetter.pdf(&template.source, &sheet));
            set.find_map(Result::err)
                .map(|fault| faulty(&fault, &field))
        };
        rows.iter().enumerate().filter_map(problem).collect()
    }

    /// The form a sheet's QR code names.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] when the text is no such code.
    pub fn find_printed(&self, actor: &Actor, text: &str) -> Result<FoundForm, AppError> {
        let no_code = || AppError::BadRequest("QR".into());
        let inner = text.trim().strip_prefix(QR_PREFIX).ok_or_else(no_code)?;
        let (number, digest) = inner.rsplit_once(':').ok_or_else(no_code)?;
        let gate = number.split('/').next().unwrap_or_default();
        let today = BusinessDay::of(self.clock().now());
        self.read(|reader| {
            let book = self.law_book(reader)?;
            let gate_name = book.1.on(today).gate(gate).map(|gate| gate.name.clone());
            let stored = reader.declaration_by_number(number)?;
            let id = stored.as_ref().map(|stored| stored.declaration.draft.id);
            let about = |code| {
                let named = gate_name.as_deref().unwrap_or(gate);
                let violation = Violation::new(code, "text");
                violation.with("number", number).with("gate", named)
            };
            let mut problems = Vec::new();
            if !actor.gate.is_empty() && actor.gate != gate {
                problems.push(about(Code::FormOfOtherGate));
            }
            match id {
                None => problems.push(about(Code::FormUnknown)),
                Some(id) if reader.declaration_digest(id)? != digest.parse().ok() => {
                    problems.push(about(Code::PaperDiffers));
                }
                Some(_) => {}
            }
            Ok(FoundForm {
                number: number.to_owned(),
                gate: gate.to_owned(),
                gate_name: gate_name.unwrap_or_default(),
                id,
                problems,
            })
        })
    }
}

fn unprinted(fault: &PrinterFault, printer: &str) -> AppError {
    let (code, detail) = match fault {
        PrinterFault::NoSystem => (Code::PrinterMissing, ""),
        PrinterFault::Gone => (Code::PrinterGone, ""),
        PrinterFault::NotTaken(detail) => (Code::PrinterFailed, detail.as_str()),
    };
    let mut unprinted = Violation::new(code, "printer");
    if !printer.is_empty() {
        unprinted = unprinted.with("printer", printer);
    }
    if !detail.is_empty() {
        unprinted = unprinted.with("detail", detail);
    }
    AppError::Refused(vec![unprinted])
}

fn faulty(fault: &TemplateFault, field: &str) -> Violation {
    let faulty = Violation::new(Code::TemplateFaulty, field);
    faulty
        .with("line", fault.line)
        .with("detail", &fault.sentence)
}

fn file_name(number: &str, mark: PrintMark) -> String {
    let end = match mark {
        PrintMark::Original => "",
        PrintMark::Copy => "-ban-sao",
        PrintMark::Preview => "-xem-truoc",
    };
    format!("{}{end}.pdf", number.replace('/', "-"))
}
