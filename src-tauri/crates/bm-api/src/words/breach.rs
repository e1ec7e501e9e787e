//! Breaches in words: why one was opened, and its figures with their names.

use std::collections::BTreeMap;

use bm_domain::breach::{BreachKind, BreachState, Found, Harmless};
use bm_domain::resident::masked;

use super::{Language, day, grouped, shown, text};
use crate::view::BreachFact;

/// What a figure is.
#[derive(Clone, Copy)]
enum Is {
    Money,
    Count,
    Time,
    Day,
    /// A word of ours, with a name in every language.
    Word,
    Plain,
}

/// The figures in the order in which people read them.
const FACTS: [(&str, Is); 46] = [
    ("name", Is::Plain),
    ("other_name", Is::Plain),
    ("born", Is::Day),
    ("other_born", Is::Day),
    ("paper_kind", Is::Word),
    ("paper", Is::Plain),
    ("other_paper", Is::Plain),
    ("address", Is::Plain),
    ("other_address", Is::Plain),
    ("number", Is::Plain),
    ("at", Is::Time),
    ("what", Is::Word),
    ("deadline", Is::Time),
    ("done_at", Is::Time),
    ("found_at", Is::Time),
    ("late_minutes", Is::Count),
    ("rule", Is::Word),
    ("matter", Is::Plain),
    ("remark", Is::Plain),
    ("why", Is::Word),
    ("shared", Is::Plain),
    ("tax_code", Is::Plain),
    ("goods", Is::Plain),
    ("gates", Is::Plain),
    ("persons", Is::Count),
    ("forms", Is::Count),
    ("runs", Is::Count),
    ("first_at", Is::Time),
    ("last_at", Is::Time),
    ("value", Is::Money),
    ("least", Is::Money),
    ("most", Is::Money),
    ("exempt", Is::Money),
    ("excess", Is::Money),
    ("excess_before", Is::Money),
    ("due", Is::Money),
    ("open", Is::Money),
    ("lawful", Is::Money),
    ("over", Is::Money),
    ("used_today", Is::Money),
    ("limit", Is::Money),
    ("trips", Is::Count),
    ("trips_limit", Is::Count),
    ("threshold", Is::Count),
    ("window", Is::Count),
    ("share", Is::Count),
];

fn as_read(language: Language, name: &str, value: &str) -> String {
    let is = FACTS.iter().find(|(known, _)| *known == name);
    match is.map_or(Is::Plain, |(_, is)| *is) {
        Is::Money | Is::Count => grouped(language, value),
        Is::Time => shown(language, "at", value),
        Is::Day => match value.parse() {
            Ok(date) => day(language, date),
            Err(_) => value.to_owned(),
        },
        Is::Word => {
            let part = if name == "why" { "cause" } else { name };
            word(language, &format!("breach.{part}.{value}")).unwrap_or_default()
        }
        Is::Plain => value.to_owned(),
    }
}

fn word(language: Language, key: &str) -> Option<String> {
    let said = text(language, key, &BTreeMap::new());
    (said != key).then_some(said)
}

/// What a kind is called.
#[must_use]
pub fn kind(language: Language, kind: BreachKind) -> String {
    let key = format!("breach.kind.{}", kind.word());
    text(language, &key, &BTreeMap::new())
}

/// What a state is called.
#[must_use]
pub fn state(language: Language, state: BreachState) -> String {
    let key = format!("breach.state.{}", state.word());
    text(language, &key, &BTreeMap::new())
}

/// Why it was opened: the figures against their limits, in a sentence.
#[must_use]
pub fn why(language: Language, found: &Found) -> String {
    let read = found.facts.iter();
    let mut facts: BTreeMap<String, String> = read
        .map(|(name, value)| (name.clone(), as_read(language, name, value)))
        .collect();
    if let Some(shared) = facts.get_mut("shared") {
        *shared = in_list(found.kind, shared);
    }
    let kind = format!("breach.why.{}", found.kind.word());
    let graver = format!("{kind}.{}", found.gravity.word());
    let key = word(language, &graver).map_or(kind, |_| graver);
    text(language, &key, &facts)
}

/// The figures of an entry, as they were, with what each is called.
#[must_use]
pub fn facts(language: Language, found: &Found) -> Vec<BreachFact> {
    let one = |(name, _): &(&str, Is)| {
        let value = found.facts.get(*name).filter(|value| !value.is_empty())?;
        Some(BreachFact {
            name: (*name).to_owned(),
            label: text(language, &format!("breach.fact.{name}"), &BTreeMap::new()),
            text: as_read(language, name, value),
        })
    };
    FACTS.iter().filter_map(one).collect()
}

/// What a verdict is about, as a list may show it.
#[must_use]
pub fn subject(language: Language, verdict: &Harmless, who: &str) -> String {
    match verdict.kind {
        BreachKind::TwoGates => who.to_owned(),
        BreachKind::SameGoods => {
            let (way, goods) = verdict.subject.split_once('/').unwrap_or_default();
            let way = crate::law::word(language, way);
            format!("{way} · {goods}")
        }
        kind => in_list(kind, &verdict.subject),
    }
}

/// What persons share, as a list may show it: no telephone whole, of an address its commune.
fn in_list(kind: BreachKind, shared: &str) -> String {
    match kind {
        BreachKind::SharedPhone => masked(shared),
        BreachKind::SharedAddress => {
            let place = shared.split_once(',').map_or("", |(_, place)| place);
            format!("…,{place}")
        }
        _ => shared.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_figure_has_words_in_three_languages() {
        for language in Language::ALL {
            for one in BreachKind::ALL {
                for part in ["kind", "why"] {
                    let key = format!("breach.{part}.{}", one.word());
                    assert!(word(language, &key).is_some(), "{language:?} {key}");
                }
            }
            for (name, _) in FACTS {
                let key = format!("breach.fact.{name}");
                assert!(word(language, &key).is_some(), "{language:?} {key}");
            }
        }
    }
}
