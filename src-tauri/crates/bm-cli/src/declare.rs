//! `declare`: forms from a file, registered in groups; a group is answered once it is durable.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, stdin, stdout};
use std::path::Path;

use bm_api::answer::{self, Answer, AnswerStatus};
use bm_api::command::{Call, register_all};
use bm_api::input::DraftInput;
use bm_app::{AppError, StoreError};
use bm_domain::{Violation, ViolationCode};
use bm_host::words::{HostError, Message};
use indicatif::ProgressBar;
use serde_json::{Value, json};

use crate::output;
use crate::run::Exit;

/// Most forms in one transaction.
const GROUP: usize = 1_000;
/// The longest line taken, in bytes.
const LINE_MAX: usize = 1_000_000;
/// How much of a file is read at once, in bytes.
const BUFFER: usize = 1 << 20;
/// What some editors put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// How often a group is tried while other programs keep the database busy; each waits seconds.
const TRIES: u32 = 12;

/// Registers every line of `path`, answering one JSON line each, in order.
///
/// # Errors
/// What keeps the database from writing; the groups answered so far are durable.
pub fn declare(call: &Call<'_>, path: &Path) -> Result<Exit, HostError> {
    let unreadable = |error: std::io::Error| {
        let message = Message::new("file_unreadable").with("path", path.display());
        HostError::Wrong(message.with("detail", error))
    };
    let is_stream = path == Path::new("-");
    let source: Box<dyn Read> = if is_stream {
        Box::new(stdin())
    } else {
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().is_ok_and(|file| file.is_dir()) {
            let folder = Message::new("file_folder").with("path", path.display());
            return Err(HostError::Wrong(folder));
        }
        Box::new(file)
    };
    let bar = output::bar("declare", true);
    if stdout().is_terminal() {
        // The answers themselves show how far it is.
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    bar.set_length(std::fs::metadata(path).map_or(0, |file| file.len()));
    let mut reader = BufReader::with_capacity(BUFFER, source);
    let mut work = Work {
        call,
        group: Vec::with_capacity(GROUP),
        counts: Counts::default(),
        bar,
    };
    let mut number = 0;
    loop {
        let mut line = Vec::new();
        let read = read_line(&mut reader, &mut line).map_err(unreadable)?;
        if read > 0 {
            number += 1;
            work.bar.inc(read);
            if number == 1 && line.starts_with(MARK) {
                line.drain(..MARK.len());
            }
            if !line.trim_ascii().is_empty() {
                work.group.push(parse(number, read, &line));
            }
        }
        // Whoever writes to us may wait for an answer: answer when nothing more has come.
        let waiting = !reader.buffer().contains(&b'\n');
        if read == 0 || work.group.len() >= GROUP || (waiting && is_stream) {
            work.answer_group()?;
        }
        if read == 0 {
            break;
        }
    }
    work.bar.finish_and_clear();
    let said = Message::new("declared")
        .with("registered", work.counts.registered)
        .with("refused", work.counts.refused)
        .with("unreadable", work.counts.unreadable);
    output::message(&said.text(call.language));
    Ok(work.counts.exit())
}

#[derive(Default)]
struct Counts {
    registered: u64,
    refused: u64,
    unreadable: u64,
}

impl Counts {
    const fn exit(&self) -> Exit {
        match self {
            Self {
                unreadable: 1.., ..
            } => Exit::Wrong,
            Self { refused: 1.., .. } => Exit::Refused,
            Self { .. } => Exit::Done,
        }
    }
}

/// Reads a line up to the longest one taken; what is longer is read and forgotten. Gives how many
/// bytes were read.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<u64> {
    let mut read = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(read);
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        let room = (LINE_MAX + 1).saturating_sub(line.len());
        line.extend_from_slice(&buffer[..used.min(room)]);
        reader.consume(used);
        read += used as u64;
        if end.is_some() {
            return Ok(read);
        }
    }
}

/// A form, or why the line is none.
type Parsed = Result<DraftInput, Unreadable>;

struct Unreadable {
    line: u64,
    why: Message,
    id: String,
}

fn parse(number: u64, length: u64, line: &[u8]) -> Parsed {
    let unreadable = |why, id| Unreadable {
        line: number,
        why,
        id,
    };
    if length > LINE_MAX as u64 {
        let long = Message::new("line_long").with("limit", LINE_MAX);
        return Err(unreadable(long, String::new()));
    }
    let Ok(text) = std::str::from_utf8(line) else {
        return Err(unreadable(Message::new("line_not_text"), String::new()));
    };
    serde_json::from_str(text).map_err(|error| {
        let code = if error.is_data() {
            "line_not_declaration"
        } else {
            "line_not_json"
        };
        // The reader counts lines from the one it was given.
        let detail = error.to_string();
        let detail = detail.split(" at line ").next().unwrap_or_default();
        let why = Message::new(code)
            .with("column", error.column())
            .with("detail", detail);
        unreadable(why, id_of(text))
    })
}

/// The id of an object that is no declaration, if it has one.
fn id_of(text: &str) -> String {
    let value: Option<Value> = serde_json::from_str(text).ok();
    let id = value.as_ref().and_then(|value| value.get("id")?.as_str());
    id.unwrap_or_default().chars().take(100).collect()
}

struct Work<'a> {
    call: &'a Call<'a>,
    group: Vec<Parsed>,
    counts: Counts,
    bar: ProgressBar,
}

impl Work<'_> {
    fn answer_group(&mut self) -> Result<(), HostError> {
        if self.group.is_empty() {
            return Ok(());
        }
        let mut forms = Vec::with_capacity(self.group.len());
        let mut bad = Vec::new();
        for (at, parsed) in self.group.drain(..).enumerate() {
            match parsed {
                Ok(form) => forms.push(form),
                Err(unreadable) => bad.push((at, unreadable)),
            }
        }
        let answers = self.register(&forms)?;
        let mut bad = bad.into_iter().peekable();
        let mut answers = answers.iter();
        for at in 0.. {
            if let Some((_, unreadable)) = bad.next_if(|(place, _)| *place == at) {
                self.refuse_line(&unreadable)?;
            } else if let Some(answer) = answers.next() {
                self.give(answer)?;
            } else {
                break;
            }
        }
        Ok(output::flush()?)
    }

    /// Registers forms in one transaction. Another program may keep the database busy for long;
    /// nothing is lost by trying again.
    fn register(&self, forms: &[DraftInput]) -> Result<Vec<Answer>, AppError> {
        let mut tries = 1;
        loop {
            match register_all(self.call, forms) {
                Err(AppError::Store(StoreError::Locked)) if tries < TRIES => tries += 1,
                other => return other,
            }
        }
    }

    fn give(&mut self, answer: &Answer) -> Result<(), HostError> {
        if answer.status == AnswerStatus::Refused {
            self.counts.refused += 1;
        } else {
            self.counts.registered += 1;
        }
        let text = serde_json::to_string(answer);
        let text = text.map_err(|error| AppError::BadRequest(error.to_string()))?;
        Ok(output::data(&text)?)
    }

    fn refuse_line(&mut self, unreadable: &Unreadable) -> Result<(), HostError> {
        self.counts.unreadable += 1;
        let language = self.call.language;
        let reason = unreadable.why.text(language);
        let line = Message::new("line").with("line", unreadable.line);
        let message = format!("{} {reason}.", line.text(language));
        self.bar.suspend(|| output::message(&message));
        let problem = Violation::new(ViolationCode::ValueUnknown, "");
        let answer = answer::unreadable(language, &unreadable.id, &[problem]);
        let mut answer = json!(answer);
        answer["violations"][0]["code"] = json!(unreadable.why.code);
        answer["violations"][0]["message"] = json!(message);
        Ok(output::data(&answer.to_string())?)
    }
}
