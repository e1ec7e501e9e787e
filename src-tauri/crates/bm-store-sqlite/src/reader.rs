//! Reading, as the use cases ask for it.

use std::collections::{BTreeMap, BTreeSet};

use bm_app::StoreError;
use bm_app::audit::{ChainEnd, ChainLink, LogEntry, LogPage, LogQuery};
use bm_app::book::{Book, Entry, EntryFilter};
use bm_app::event::{Account, Declaration, Record};
use bm_app::law::LawRow;
use bm_app::ports::{DayTotals, DeclarationFilter, PriceQuery, Reader, Show, StoredDeclaration};
use bm_domain::declaration::Direction;
use bm_domain::quota::QuotaUsage;
use bm_domain::reconcile::listing::Listing;
use bm_domain::resident::{PaperKind, Resident};
use bm_domain::statistics::Fact;
use bm_domain::{BusinessDay, DeclarationId, PersonId, Validity, Vnd};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::OptionalExtension;
use uuid::Uuid;

use crate::about;
use crate::codec::{decode, sql};
use crate::table::day_total::Totals;
use crate::table::{
    book, day_total, declaration, listing, log, person, price_point, quota_use, record, statistic,
};
use crate::writer::Transaction;

impl Reader for Transaction<'_> {
    fn law_version(&self) -> Result<u64, StoreError> {
        let query = "SELECT value FROM meta WHERE key = 'law_version'";
        let text: String = self
            .db
            .prepare_cached(query)
            .and_then(|mut s| s.query_row([], |r| r.get(0)))
            .map_err(sql)?;
        text.parse()
            .map_err(|_| StoreError::Damaged(format!("law_version {text}")))
    }

    fn law_rows(&self) -> Result<Vec<LawRow>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT body FROM law ORDER BY key")
            .map_err(sql)?;
        let rows = statement
            .query_map([], |r| r.get::<_, String>(0))
            .map_err(sql)?;
        rows.map(|body| decode(&body.map_err(sql)?)).collect()
    }

    fn person(&self, id: PersonId) -> Result<Option<Resident>, StoreError> {
        person::by_id(self.db, id)
    }

    fn people_by_number(
        &self,
        kind: Option<PaperKind>,
        number: &str,
    ) -> Result<Vec<Resident>, StoreError> {
        person::by_number(self.db, kind, number)
    }

    fn people_by_name(&self, words: &[String], limit: u32) -> Result<Vec<Resident>, StoreError> {
        person::by_name(self.db, words, limit)
    }

    fn people_by_name_and_year(
        &self,
        words: &[String],
        year: u16,
        limit: u32,
    ) -> Result<Vec<Resident>, StoreError> {
        person::by_name_and_year(self.db, words, year, limit)
    }

    fn namesakes(&self, name: &str, born: NaiveDate) -> Result<Vec<PersonId>, StoreError> {
        person::namesakes(self.db, name, born)
    }

    fn twins(&self, person: PersonId) -> Result<Vec<PersonId>, StoreError> {
        person::twins(self.db, person)
    }

    fn quota_usage(
        &self,
        person: PersonId,
        day: BusinessDay,
        period: (BusinessDay, BusinessDay),
    ) -> Result<QuotaUsage, StoreError> {
        match person::row_id(self.db, person)? {
            Some(row) => quota_use::usage(self.db, row, day, period),
            None => Ok(QuotaUsage::default()),
        }
    }

    fn quota_days(
        &self,
        person: PersonId,
        period: (BusinessDay, BusinessDay),
    ) -> Result<Vec<(BusinessDay, Vnd, u32)>, StoreError> {
        match person::row_id(self.db, person)? {
            Some(row) => quota_use::days(self.db, row, period),
            None => Ok(Vec::new()),
        }
    }

    fn declaration(&self, id: DeclarationId) -> Result<Option<StoredDeclaration>, StoreError> {
        Ok(declaration::by_id(self.db, id)?.map(|(_, stored)| stored))
    }

    fn place_of_form(&self, id: DeclarationId) -> Result<Option<(Uuid, i64)>, StoreError> {
        crate::table::record::place_of_form(self.db, id)
    }

    fn declaration_by_number(&self, number: &str) -> Result<Option<StoredDeclaration>, StoreError> {
        declaration::by_number(self.db, number)
    }

    fn declaration_digest(&self, id: DeclarationId) -> Result<Option<u64>, StoreError> {
        declaration::digest(self.db, id)
    }

    fn declarations(
        &self,
        filter: &DeclarationFilter,
    ) -> Result<Vec<StoredDeclaration>, StoreError> {
        declaration::list(self.db, filter)
    }

    fn people_on(&self, gate: &str, day: BusinessDay) -> Result<Vec<PersonId>, StoreError> {
        declaration::people_on(self.db, gate, day)
    }

    fn open_forms(&self, gate: &str, limit: u32) -> Result<Vec<StoredDeclaration>, StoreError> {
        declaration::open(self.db, gate, limit)
    }

    fn open_forms_of(
        &self,
        gate: &str,
        day: BusinessDay,
        limit: u32,
    ) -> Result<Vec<StoredDeclaration>, StoreError> {
        declaration::open_of(self.db, gate, day, limit)
    }

    fn unsettled_forms(
        &self,
        gate: &str,
        limit: u32,
    ) -> Result<Vec<StoredDeclaration>, StoreError> {
        declaration::unsettled(self.db, gate, limit)
    }

    fn as_registered(&self, id: DeclarationId) -> Result<Option<Declaration>, StoreError> {
        declaration::as_registered(self.db, id)
    }

    fn corrections(&self, id: DeclarationId) -> Result<Vec<Record>, StoreError> {
        declaration::corrections(self.db, id)
    }

    fn day_listing(&self, gate: &str, day: BusinessDay) -> Result<Listing, StoreError> {
        listing::of_day(self.db, gate, day)
    }

    fn is_closed(&self, gate: &str, day: BusinessDay) -> Result<bool, StoreError> {
        book::is_closed(self.db, gate, day)
    }

    fn correction_totals(
        &self,
        gate: &str,
        day: BusinessDay,
        direction: Direction,
    ) -> Result<DayTotals, StoreError> {
        day_total::held(self.db, Totals::Correction, gate, day, direction)
    }

    fn day_totals(
        &self,
        gate: &str,
        day: BusinessDay,
        direction: Direction,
    ) -> Result<DayTotals, StoreError> {
        day_total::of_day(self.db, gate, day, direction)
    }

    fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT body FROM account ORDER BY name")
            .map_err(sql)?;
        let rows = statement
            .query_map([], |r| r.get::<_, String>(0))
            .map_err(sql)?;
        rows.map(|body| decode(&body.map_err(sql)?)).collect()
    }

    fn forms_between(&self, gate: &str, days: Validity) -> Result<u64, StoreError> {
        day_total::forms_between(self.db, gate, days)
    }

    fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let body: Option<String> = self
            .db
            .prepare_cached("SELECT body FROM account WHERE name = ?1")
            .and_then(|mut s| s.query_row([name], |r| r.get(0)).optional())
            .map_err(sql)?;
        body.map(|body| decode(&body)).transpose()
    }

    fn entry(&self, of: Book, id: Uuid) -> Result<Option<Entry>, StoreError> {
        book::by_id(self.db, of, id)
    }

    fn entries(&self, of: Book, filter: &EntryFilter) -> Result<Vec<Entry>, StoreError> {
        book::list(self.db, of, filter)
    }

    fn price_counts(&self, of: &PriceQuery<'_>) -> Result<BTreeMap<i32, u64>, StoreError> {
        price_point::counts(self.db, of)
    }

    fn statistics(
        &self,
        counted: (BusinessDay, BusinessDay),
        each: &mut dyn FnMut(Fact),
    ) -> Result<(), StoreError> {
        statistic::each(self.db, Some(counted), each)
    }

    fn booked_totals(
        &self,
        days: (BusinessDay, BusinessDay),
        each: &mut dyn FnMut(&str, BusinessDay, Direction, DayTotals),
    ) -> Result<(), StoreError> {
        day_total::between(self.db, days, each)
    }

    fn counted_commune(&self, id: DeclarationId) -> Result<Option<String>, StoreError> {
        statistic::commune(self.db, id.0)
    }

    fn last_change(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let query = "SELECT json_extract(payload, '$.at') FROM record
            WHERE json_extract(payload, '$.event') NOT IN ('person_viewed', 'people_listed', 'people_revealed')
            ORDER BY id DESC LIMIT 1";
        let at: Option<String> = self
            .db
            .query_row(query, [], |r| r.get(0))
            .optional()
            .map_err(sql)?;
        let damaged = |text: &str| StoreError::Damaged(format!("record.at {text}"));
        at.map(|text| text.parse().map_err(|_| damaged(&text)))
            .transpose()
    }

    fn records_about(
        &self,
        persons: &BTreeSet<PersonId>,
        show: &mut Show<'_>,
    ) -> Result<(), StoreError> {
        about::records(self.db, persons, show)
    }

    fn quiet_persons(&self, since: BusinessDay) -> Result<Vec<PersonId>, StoreError> {
        person::quiet(self.db, since)
    }

    fn last_written(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        // The latest of several: a clock that jumped back has written earlier times after later ones.
        // Of this workstation alone: the clocks of others are their own matter.
        let query = "SELECT max(json_extract(payload, '$.at')) FROM
            (SELECT payload FROM record WHERE series = ?1 ORDER BY idx DESC LIMIT 500)";
        let latest: Option<String> = self
            .db
            .query_row(query, [record::OWN_SERIES], |r| r.get(0))
            .map_err(sql)?;
        let damaged = |text: &str| StoreError::Damaged(format!("record.at {text}"));
        latest
            .map(|text| text.parse().map_err(|_| damaged(&text)))
            .transpose()
    }

    fn log(&self, query: &LogQuery) -> Result<LogPage, StoreError> {
        log::search(self.db, query)
    }

    fn log_entry(&self, series: Uuid, index: i64) -> Result<Option<LogEntry>, StoreError> {
        log::by_index(self.db, series, index)
    }

    fn chain_ends(&self, at: Option<DateTime<Utc>>) -> Result<Vec<ChainEnd>, StoreError> {
        log::ends(self.db, at)
    }

    fn chain_hash(&self, series: Uuid, index: i64) -> Result<Option<[u8; 32]>, StoreError> {
        log::hash_of(self.db, series, index)
    }

    fn chain_links(&self, after: i64, limit: u32) -> Result<Vec<ChainLink>, StoreError> {
        log::links(self.db, after, limit)
    }
}
