//! The book of residents' vehicles as it stands on paper (QLPT-BG, Decree 08/2015/ND-CP art. 81).

use bm_domain::law::LawBook;
use bm_domain::resident::Resident;
use bm_domain::vehicle::{Crossing, Vehicle, VehicleKind};
use bm_domain::{BusinessDay, LawOfDay};
use chrono::NaiveDate;

use super::{Moment, Office, VehicleRow, VehiclesPaper, address_of};
use crate::book::{self, EntryFilter};
use crate::error::{AppError, StoreError};
use crate::ports::Reader;
use crate::reveal::Numbers;
use crate::{Actor, App};

/// What asks for the book and its fields.
const ARTICLE: &str = "Decree 08/2015/ND-CP art. 81";

impl App {
    /// The book of a gate's year and the day whose template it has: today, or the nearest day of the
    /// year. It names owners in full as the book asks for it, which is recorded.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown gate; [`AppError::BadRequest`] for a wrong year.
    pub fn vehicle_paper(
        &self,
        actor: &Actor,
        gate: &str,
        year: i32,
    ) -> Result<(BusinessDay, VehiclesPaper), AppError> {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).map(BusinessDay::new);
        let wrong = || AppError::BadRequest(format!("year: {year}"));
        let (first, last) = day(1, 1).zip(day(12, 31)).ok_or_else(wrong)?;
        let day = BusinessDay::of(self.clock().now()).clamp(first, last);
        let filter = EntryFilter {
            gate: Some(gate.to_owned()),
            days: Some((first, last)),
            ..EntryFilter::default()
        };
        let (paper, mut owners) = self.read(|reader| {
            let law = self.law_book(reader)?;
            let book: &LawBook = &law.1;
            if !book.gates.contains_key(gate) {
                return Err(AppError::NotFound);
            }
            let mut entries: Vec<Vehicle> = book::list(reader, &filter)?;
            entries.sort_by(|a, b| a.number.cmp(&b.number));
            let (mut rows, mut owners) = (Vec::with_capacity(entries.len()), Vec::new());
            for (index, entry) in (1..).zip(&entries) {
                let owner = reader.person(entry.owner)?;
                rows.push(row(reader, book.on(day), (index, entry), owner.as_ref())?);
                owners.extend(owner);
            }
            let paper = VehiclesPaper {
                office: Office::of(book.on(day), gate, ""),
                from: Moment::day(first.date()),
                to: Moment::day(last.date()),
                rows,
            };
            Ok((paper, owners))
        })?;
        owners.sort_by_key(|owner: &Resident| owner.id);
        owners.dedup_by_key(|owner| owner.id);
        let what = format!("vehicle_book {gate} {year}");
        self.note_shown(actor, Numbers::Form(ARTICLE), &what, &owners)?;
        Ok((day, paper))
    }
}

fn row(
    reader: &dyn Reader,
    law: LawOfDay<'_>,
    (index, entry): (u32, &Vehicle),
    owner: Option<&Resident>,
) -> Result<VehicleRow, StoreError> {
    let filter = EntryFilter {
        reference: Some(entry.plate.to_string()),
        ..EntryFilter::default()
    };
    let crossings: Vec<Crossing> = book::list(reader, &filter)?;
    // The newest come first; a plate has an entry for each year.
    let last = crossings.iter().find(|one| one.vehicle == entry.id);
    let back = last.and_then(|one| one.back.as_ref());
    let paper = owner.and_then(|owner| owner.papers.first());
    let date = |day: BusinessDay| Moment::day(day.date()).date;
    Ok(VehicleRow {
        index,
        plate: entry.plate.to_string(),
        kind: kind(entry.kind).to_owned(),
        owner: owner.map(|owner| owner.name.clone()).unwrap_or_default(),
        identity: paper.map(|paper| paper.number.clone()).unwrap_or_default(),
        address: owner
            .map(|owner| address_of(law, owner))
            .unwrap_or_default(),
        from: date(entry.validity.from),
        to: entry.validity.to.map(date).unwrap_or_default(),
        out: last
            .map(|one| clock(&Moment::of(one.left.at)))
            .unwrap_or_default(),
        back: back
            .map(|back| clock(&Moment::of(back.mark.at)))
            .unwrap_or_default(),
        note: match &entry.struck_off {
            Some((_, reason)) => format!("Xóa đăng ký: {reason}"),
            None => String::new(),
        },
    })
}

fn clock(moment: &Moment) -> String {
    format!("{} {}", moment.time, moment.date)
}

/// The kind in the language of the book.
const fn kind(kind: VehicleKind) -> &'static str {
    match kind {
        VehicleKind::Truck => "Xe tải",
        VehicleKind::Car => "Ô tô con",
        VehicleKind::Motorcycle => "Xe máy",
        VehicleKind::Boat => "Thuyền, xuồng",
        VehicleKind::Handcart => "Xe kéo",
    }
}
