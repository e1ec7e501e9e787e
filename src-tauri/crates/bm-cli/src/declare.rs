//! `declare`: forms from a file, registered in groups; a group is answered once it is durable.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::Path;

use bm_api::answer::{self, Answer, AnswerStatus};
use bm_api::command::{Call, register_all};
use bm_api::input::DraftInput;
use bm_app::AppError;
use bm_domain::{Violation, ViolationCode};

use crate::output;
use crate::run::Exit;

/// Forms in one transaction.
const GROUP: usize = 1_000;
/// The longest line taken, in bytes.
const LINE_MAX: u64 = 1_000_000;

/// Registers every line of `path`, answering one JSON line each, in order.
///
/// # Errors
/// What keeps the database from writing; the groups answered so far are durable.
pub fn declare(call: &Call<'_>, path: &Path) -> Result<Exit, AppError> {
    let unreadable = |error| AppError::BadRequest(format!("{}: {error}", path.display()));
    let mut reader: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(BufReader::new(stdin()))
    } else {
        Box::new(BufReader::with_capacity(
            1 << 20,
            File::open(path).map_err(unreadable)?,
        ))
    };
    let mut exit = Exit::Done;
    let mut line_number = 0_u64;
    let mut group = Vec::with_capacity(GROUP);
    loop {
        let mut line = Vec::new();
        let read = reader.by_ref().take(LINE_MAX).read_until(b'\n', &mut line);
        let ended = read.map_err(unreadable)? == 0;
        if !ended {
            line_number += 1;
            if line.len() as u64 == LINE_MAX && line.last() != Some(&b'\n') {
                skip_line(&mut reader).map_err(unreadable)?;
            }
            if !line.trim_ascii().is_empty() {
                group.push(parse(line_number, &line));
            }
        }
        // Standard input may be a person or a program waiting for its answer.
        let waiting = ended || group.len() >= GROUP || path == Path::new("-");
        if waiting && !group.is_empty() {
            exit = exit.max(answer_group(call, &group)?);
            group.clear();
        }
        if ended {
            return Ok(exit);
        }
    }
}

/// A form, or why the line is none: its number, what the reader says, the id if it can be told.
type Parsed = Result<DraftInput, (u64, String)>;

fn parse(number: u64, line: &[u8]) -> Parsed {
    let line = if number == 1 {
        line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
    } else {
        line
    };
    serde_json::from_slice(line).map_err(|error| (number, error.to_string()))
}

fn skip_line(reader: &mut Box<dyn BufRead>) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn answer_group(call: &Call<'_>, group: &[Parsed]) -> Result<Exit, AppError> {
    let forms: Vec<DraftInput> = group
        .iter()
        .filter_map(|form| form.as_ref().ok().cloned())
        .collect();
    let mut answers = register_all(call, &forms)?.into_iter();
    let mut exit = Exit::Done;
    for form in group {
        let answer = match form {
            Ok(_) => answers.next().unwrap_or_default(),
            Err((line, reason)) => {
                exit = exit.max(Exit::Wrong);
                output::message(&format!("{line}: {reason}"));
                malformed(call, *line, reason)
            }
        };
        if answer.status == AnswerStatus::Refused {
            exit = exit.max(Exit::Refused);
        }
        let text = serde_json::to_string(&answer);
        output::data(&text.map_err(|error| AppError::BadRequest(error.to_string()))?)?;
    }
    output::flush()?;
    Ok(exit)
}

fn malformed(call: &Call<'_>, line: u64, reason: &str) -> Answer {
    let value = format!("{line}: {reason}");
    let problem = Violation::new(ViolationCode::ValueUnknown, "").with("value", value);
    answer::unreadable(call.language, "", &[problem])
}
