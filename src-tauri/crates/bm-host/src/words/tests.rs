use super::*;

fn holes(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let mut names: Vec<_> = parts
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn each_sentence_is_there_once_with_the_same_parameters_in_three_languages() {
    let mut codes: Vec<_> = WORDS
        .iter()
        .chain(hub::WORDS)
        .map(|(code, ..)| *code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), WORDS.len() + hub::WORDS.len());
    for (code, vi, en, zh) in WORDS.iter().chain(hub::WORDS) {
        assert_eq!(holes(vi), holes(en), "{code}");
        assert_eq!(holes(vi), holes(zh), "{code}");
    }
}

#[test]
fn parameters_are_cut_and_cannot_command_a_terminal() {
    let message = Message::new("field_invalid")
        .with("value", format!("\u{1b}[2J{}", "x".repeat(5_000)))
        .with("example", "{value}");
    let text = message.text(Language::En);
    assert!(text.starts_with("“[2Jxxx"), "{text}");
    assert!(text.chars().count() < 300, "{text}");
    assert!(
        text.ends_with("it needs {value}."),
        "a parameter is not read again: {text}"
    );
}
