//! The bodies of the commands: each reads its request, asks the use cases, shapes the answer.

use bm_app::people::NewPerson;
use bm_app::ports::{DeclarationFilter, Status};
use bm_app::{Actor, App, AppError};
use bm_domain::declaration::Direction;
use bm_domain::goods::ListVerdict;
use bm_domain::resident::Paper;
use bm_domain::{BusinessDay, DeclarationId, PersonId, Vnd, text};
use chrono::Datelike;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::{self, Answer};
use crate::input::{Desk, DraftInput, ResidentInput, read_draft};
use crate::view::{self, DailyReport, Directions};
use crate::words::Language;

/// Most rows of a list.
const LIST_MAX: u32 = 5_000;
/// Most persons or goods offered for what was typed.
const HITS_MAX: usize = 12;

/// What every command gets besides its request.
pub struct Call<'a> {
    /// The use cases.
    pub app: &'a App,
    /// Who asks.
    pub actor: Actor,
    /// In which language to answer.
    pub language: Language,
}

type Answered = Result<Value, AppError>;

/// An id in a request.
#[derive(Deserialize)]
pub struct ById {
    id: String,
}

/// A reason for a form.
#[derive(Deserialize)]
pub struct Cancel {
    id: String,
    reason: String,
}

/// A gate's day.
#[derive(Deserialize)]
pub struct GateDay {
    /// Code of the gate.
    pub gate: String,
    /// The day.
    pub day: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    direction: Option<String>,
}

/// What was typed.
#[derive(Deserialize)]
pub struct Find {
    text: String,
    #[serde(default)]
    direction: Option<String>,
    #[serde(default)]
    person: Option<String>,
}

/// A person as entered.
#[derive(Deserialize)]
pub struct PersonSave {
    id: Option<String>,
    name: String,
    born: String,
    sex: Option<String>,
    #[serde(default)]
    address: String,
    commune: String,
    basis: String,
    phone: Option<String>,
    papers: Vec<PaperSave>,
    reason: String,
}

#[derive(Deserialize)]
struct PaperSave {
    kind: String,
    number: String,
}

fn read_id<T: std::str::FromStr>(text: &str) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn read_day(text: &str) -> Result<BusinessDay, AppError> {
    text.parse()
        .map_err(|_| AppError::BadRequest(format!("day: {text}")))
}

impl Call<'_> {
    fn today(&self) -> BusinessDay {
        BusinessDay::of(self.app.clock().now())
    }

    fn desk(&self) -> Desk {
        Desk {
            gate: self.actor.gate.clone(),
            workstation: self.actor.workstation.clone(),
            now: self.app.clock().now(),
        }
    }
}

/// Gates open today; nothing personal, as it is asked before anyone has signed in.
pub fn gates(call: &Call<'_>) -> Answered {
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let open = book
            .1
            .gates
            .values()
            .filter(|gate| gate.validity.holds_on(today));
        let gates: Vec<Value> = open
            .map(|g| json!({"code": g.code, "name": g.name, "kind": g.kind, "parent": g.parent}))
            .collect();
        Ok(json!({"today": today, "gates": gates}))
    })
}

/// What one box says: a person's paper, number or name, and who it may be.
pub fn person_find(call: &Call<'_>, find: Find) -> Answered {
    let typed = find.text.trim();
    let reading = crate::reading::read(call.language, typed);
    let mut people = Vec::new();
    for number in &reading.numbers {
        if people.is_empty() {
            people = call.app.people_by_number(None, number)?;
        }
    }
    if !reading.words.is_empty() {
        people = call.app.people_by_name(&reading.words, 60)?;
    }
    if let Some(year) = reading.birth_year {
        people.retain(|person| person.born.year() == i32::from(year));
    }
    people.sort_by_key(|person| text::fold(&person.name));
    people.truncate(HITS_MAX);
    let today = call.today();
    let mut matches = Vec::with_capacity(people.len());
    for person in &people {
        let standing = call.app.quota_on(person.id, today)?;
        matches.push((person.clone(), standing));
    }
    let matches = call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(today);
        let hit = |(person, standing): &(_, Option<_>)| {
            view::hit(call.language, law, person, standing.as_ref())
        };
        Ok(matches.iter().map(hit).collect::<Vec<_>>())
    })?;
    Ok(json!({
        "reading": reading.kind,
        "problems": reading.problems,
        "scanned": reading.scanned,
        "matches": matches,
    }))
}

/// A person's page.
pub fn person_view(call: &Call<'_>, by: ById) -> Answered {
    let page = call
        .app
        .person_page(&call.actor, read_id::<PersonId>(&by.id)?)?;
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        Ok(view::page(call.language, book.1.on(today), &page))
    })
}

/// Enters or changes a person.
pub fn person_save(call: &Call<'_>, save: PersonSave) -> Answered {
    let (first, more) = save
        .papers
        .split_first()
        .map_or((None, &[][..]), |(f, m)| (Some(f), m));
    let input = ResidentInput {
        kind: first.map(|paper| paper.kind.clone()).unwrap_or_default(),
        number: first.map(|paper| paper.number.clone()).unwrap_or_default(),
        name: Some(save.name),
        born: Some(save.born),
        sex: save.sex,
        address: Some(save.address),
        commune: Some(save.commune),
        basis: Some(save.basis),
        phone: save.phone,
    };
    let mut person: NewPerson = crate::input::person(&input).map_err(AppError::Refused)?;
    for paper in more {
        let kind = paper
            .kind
            .parse()
            .map_err(|_| AppError::BadRequest("papers".into()))?;
        person.more_papers.push(Paper::new(kind, &paper.number));
    }
    let id = save.id.as_deref().map(read_id::<PersonId>).transpose()?;
    let saved = call
        .app
        .save_person(&call.actor, id, &person, &save.reason)?;
    person_view(
        call,
        ById {
            id: saved.id.to_string(),
        },
    )
}

/// Border communes of today.
pub fn commune_list(call: &Call<'_>) -> Answered {
    let today = call.today();
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(today);
        let communes: Vec<Value> = (book.1.communes.keys())
            .filter_map(|code| law.commune(code))
            .map(|commune| json!({"code": commune.code, "name": commune.name}))
            .collect();
        Ok(json!(communes))
    })
}

/// Goods for what was typed: the person's usual ones first, then by name or code.
pub fn goods_find(call: &Call<'_>, find: Find) -> Answered {
    let words: Vec<String> = text::fold(&find.text)
        .split(' ')
        .map(str::to_owned)
        .collect();
    let code = find.text.replace(['.', ' '], "");
    let by_code = code.len() >= 2 && code.bytes().all(|b| b.is_ascii_digit());
    let today = call.today();
    let usual = usual_goods(call, find.person.as_deref(), find.direction.as_deref())?;
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let law = book.1.on(today);
        let mut hits: Vec<(bool, bool, &bm_domain::goods::Goods)> = (book.1.goods.values())
            .filter(|goods| {
                if by_code {
                    return goods.hs.to_string().starts_with(&code);
                }
                let name = text::fold(&format!("{} {}", goods.name_vi, goods.name_en));
                words.iter().all(|word| name.contains(word.as_str()))
            })
            .map(|goods| {
                let listed = matches!(law.list(goods.hs), ListVerdict::Listed(_));
                (usual.contains(&goods.hs.to_string()), listed, goods)
            })
            .collect();
        hits.sort_by_key(|(usual, listed, goods)| (!usual, !listed, goods.name_vi.len(), goods.hs));
        hits.truncate(HITS_MAX);
        let shown: Vec<Value> = hits
            .into_iter()
            .map(|(usual, listed, goods)| {
                let name = match call.language {
                    Language::En if !goods.name_en.is_empty() => &goods.name_en,
                    Language::Zh if !goods.name_zh.is_empty() => &goods.name_zh,
                    _ => &goods.name_vi,
                };
                json!({
                    "hs": goods.hs, "name": name, "units": goods.units, "on_list": listed,
                    "mfn": goods.tariff.mfn, "reference_price_vnd": goods.reference_price,
                    "quarantine": goods.quarantine, "usual": usual,
                })
            })
            .collect();
        Ok(json!(shown))
    })
}

fn usual_goods(
    call: &Call<'_>,
    person: Option<&str>,
    direction: Option<&str>,
) -> Result<Vec<String>, AppError> {
    let Some(person) = person.and_then(|id| id.parse::<PersonId>().ok()) else {
        return Ok(Vec::new());
    };
    let filter = DeclarationFilter {
        person: Some(person),
        limit: 10,
        gate_day: None,
    };
    let forms = call.app.read(|reader| Ok(reader.declarations(&filter)?))?;
    let same = |way: Direction| direction.is_none_or(|wanted| wanted == way.word());
    let mut usual: Vec<String> = forms
        .iter()
        .filter(|form| form.status == Status::Registered)
        .filter(|form| same(form.declaration.draft.direction))
        .flat_map(|form| {
            form.declaration
                .draft
                .lines
                .iter()
                .map(|line| line.hs.to_string())
        })
        .collect();
    usual.sort();
    usual.dedup();
    Ok(usual)
}

/// Decides a form as it is typed; nothing is written.
pub fn declaration_preview(call: &Call<'_>, input: DraftInput) -> Answered {
    let person = input
        .person
        .as_deref()
        .and_then(|id| id.parse::<PersonId>().ok());
    let (draft, _) = match read_draft(&input, &call.desk()) {
        Ok(read) => read,
        Err(problems) => {
            let decision = answer::unreadable(call.language, &input.id, &problems);
            return Ok(json!({"decision": decision, "least_tax_due_vnd": Vnd::ZERO,
                "entered_due_vnd": Vnd::ZERO}));
        }
    };
    let due = |allocation| {
        let other = bm_domain::Draft {
            allocation,
            ..draft.clone()
        };
        call.app.preview(&other, person)
    };
    let entered = due(bm_domain::declaration::Allocation::Entered)?;
    let least = due(bm_domain::declaration::Allocation::LeastTax)?;
    let chosen = match draft.allocation {
        bm_domain::declaration::Allocation::Entered => &entered,
        bm_domain::declaration::Allocation::LeastTax => &least,
    };
    Ok(json!({
        "decision": answer::of_decision(call.language, draft.id.to_string(), chosen),
        "least_tax_due_vnd": least.total_due(),
        "entered_due_vnd": entered.total_due(),
    }))
}

/// Registers forms in order, each answered; those that can be read in one transaction.
pub fn register_all(call: &Call<'_>, inputs: &[DraftInput]) -> Result<Vec<Answer>, AppError> {
    let desk = call.desk();
    let read: Vec<_> = inputs
        .iter()
        .map(|input| read_draft(input, &desk))
        .collect();
    let forms: Vec<_> = read
        .iter()
        .filter_map(|form| form.as_ref().ok().cloned())
        .collect();
    let mut outcomes = call.app.register(&call.actor, &forms)?.into_iter();
    let answers = inputs
        .iter()
        .zip(&read)
        .filter_map(|(input, read)| match read {
            Ok(_) => outcomes
                .next()
                .map(|outcome| answer::of_outcome(call.language, &outcome)),
            Err(problems) => Some(answer::unreadable(call.language, &input.id, problems)),
        });
    Ok(answers.collect())
}

/// Registers a form.
pub fn declaration_register(call: &Call<'_>, input: DraftInput) -> Answered {
    let answers = register_all(call, &[input])?;
    Ok(json!(answers.into_iter().next()))
}

/// Cancels a form.
pub fn declaration_cancel(call: &Call<'_>, cancel: Cancel) -> Answered {
    let id: DeclarationId = read_id(&cancel.id)?;
    call.app
        .cancel(&call.actor, id, &cancel.reason)
        .map(|()| Value::Null)
}

/// A form whole.
pub fn declaration_view(call: &Call<'_>, by: ById) -> Answered {
    let stored = call.app.form(&call.actor, read_id(&by.id)?)?;
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let person = reader.person(stored.declaration.person)?;
        let officer = reader.account(&stored.officer)?;
        let law = book.1.on(stored.declaration.day());
        let form = view::form(
            call.language,
            law,
            &stored,
            person.as_ref(),
            officer.as_ref(),
        );
        Ok(form)
    })
}

/// Forms of a gate's day, with the sums of those shown that stand.
pub fn declaration_list(call: &Call<'_>, of: GateDay) -> Answered {
    let day = read_day(&of.day)?;
    let filter = DeclarationFilter {
        gate_day: Some((of.gate.clone(), day)),
        person: None,
        limit: LIST_MAX,
    };
    let wanted = text::fold(&of.text);
    call.app.read(|reader| {
        let mut rows = Vec::new();
        let mut sums = [Vnd::ZERO; 4];
        let mut forms = 0_u32;
        for stored in reader.declarations(&filter)? {
            let form = &stored.declaration;
            let way = form.draft.direction.word();
            let status_fits = match of.status.as_deref() {
                None | Some("") => stored.status != Status::Refused,
                Some(status) => status == stored.status.word(),
            };
            if !status_fits
                || of
                    .direction
                    .as_deref()
                    .is_some_and(|d| !d.is_empty() && d != way)
            {
                continue;
            }
            let person = reader.person(form.person)?;
            let name = person.map(|person| person.name).unwrap_or_default();
            let row = view::row(&stored, &name);
            let goods = row["goods"].as_str().unwrap_or_default();
            let haystack = text::fold(&format!("{} {name} {goods}", form.number));
            if !wanted.is_empty() && !haystack.contains(&wanted) {
                continue;
            }
            if stored.status == Status::Registered {
                let d = &form.decision;
                forms += 1;
                for (sum, part) in sums
                    .iter_mut()
                    .zip([d.value, d.exempt, d.excess, d.total_due()])
                {
                    *sum += part;
                }
            }
            rows.push(row);
        }
        let [value, exempt, excess, due] = sums;
        Ok(
            json!({"rows": rows, "forms": forms, "value_vnd": value, "exempt_vnd": exempt,
            "excess_vnd": excess, "total_due_vnd": due}),
        )
    })
}

/// The daily report of a gate.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown gate, [`AppError::BadRequest`] for a wrong day.
pub fn daily(call: &Call<'_>, gate: &str, day: &str) -> Result<DailyReport, AppError> {
    let date = read_day(day)?;
    call.app.read(|reader| {
        let book = call.app.law_book(reader)?;
        let found = book.1.gates.get(gate).ok_or(AppError::NotFound)?;
        let totals = |direction| reader.day_totals(gate, date, direction);
        Ok(DailyReport {
            gate: gate.to_owned(),
            gate_name: found.name.clone(),
            date,
            made_at: call.app.clock().now(),
            made_by: call.actor.user.clone(),
            directions: Directions {
                import: totals(Direction::Import)?.into(),
                export: totals(Direction::Export)?.into(),
            },
        })
    })
}

/// The daily report of a gate.
pub fn report_daily(call: &Call<'_>, of: GateDay) -> Answered {
    Ok(json!(daily(call, &of.gate, &of.day)?))
}
