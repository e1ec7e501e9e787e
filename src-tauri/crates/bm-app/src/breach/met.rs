//! Quotas used beyond the law by forms of workstations that worked apart, found when they meet.

use std::collections::BTreeSet;

use bm_domain::breach::{over_use, overruns};
use bm_domain::{BusinessDay, PersonId};
use uuid::Uuid;

use super::scan::{Behind, claim, of_person, officers};
use super::{Again, Came};
use crate::error::AppError;
use crate::ports::Reader;
use crate::sync::Replica;
use crate::{Actor, App};

impl App {
    /// Opens what exceeds the quota among the persons of forms that came from elsewhere; gives how
    /// many entries were opened. Only forms of this workstation are looked at: their like are opened by
    /// those that registered them, so that nothing is opened twice.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub(crate) fn note_overruns(
        &self,
        actor: &Actor,
        replica: &dyn Replica,
    ) -> Result<u32, AppError> {
        let forms = replica.met()?;
        let standing = replica.standing()?.filter(|_| !forms.is_empty());
        let Some(own) = standing.map(|standing| standing.own) else {
            return Ok(0);
        };
        let found = self.read(|reader| {
            let mut seen = BTreeSet::new();
            let mut found = Vec::new();
            for form in &forms {
                let Some(stored) = reader.declaration(*form)? else {
                    continue;
                };
                let person = stored.declaration.person;
                if seen.insert(person) {
                    seen.extend(reader.twins(person)?);
                    found.extend(self.overruns_of(reader, person, own)?);
                }
            }
            Ok(found)
        })?;
        let mut opened = 0;
        if !found.is_empty() {
            self.write(|writer| {
                opened = 0;
                for (one, by) in &found {
                    let came = self.note(writer, actor, one.clone(), by, Again::Seen)?;
                    opened += u32::from(came != Came::Known);
                }
                Ok(())
            })?;
        }
        // Forgotten last: a program killed before looks again, and opens nothing twice.
        replica.forget_met(&forms)?;
        Ok(opened)
    }

    /// What forms of a person, under all ids, exceed; those of one series.
    fn overruns_of(
        &self,
        reader: &dyn Reader,
        person: PersonId,
        own: Uuid,
    ) -> Result<Vec<Behind>, AppError> {
        let book = self.law_book(reader)?;
        let rule_of = |direction, day| book.1.on(day).quota(direction);
        let mut forms = of_person(reader, person)?;
        for twin in reader.twins(person)? {
            forms.extend(of_person(reader, twin)?);
        }
        let claims: Vec<_> = forms.iter().map(claim).collect();
        let mut found = Vec::new();
        for over in overruns(&claims, rule_of) {
            let place = reader.place_of_form(over.claim.form)?;
            let day = BusinessDay::of(over.claim.at);
            let rule = rule_of(over.claim.direction, day);
            if let (true, Some(rule)) = (place.is_some_and(|(series, _)| series == own), rule) {
                let of = forms
                    .iter()
                    .find(|form| form.declaration.draft.id == over.claim.form);
                let holder = of.map_or(person, |form| form.declaration.person);
                let one = over_use(holder, &over, rule);
                let by = officers(&forms, &one);
                found.push((one, by));
            }
        }
        Ok(found)
    }
}
