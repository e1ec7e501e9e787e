//! The page's types, written from the list of commands: `tests/it/bindings.rs` compares them with
//! `ui/src/api/bindings.ts`.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::catalog::{self, COMMANDS, Command};
use crate::router::ApiError;
use crate::words::Language;

const HEAD: &str = "\
// biome-ignore-all format: written from the command list in bm-api; UPDATE_BINDINGS=1 writes it again.
// Types of the command list. Money is a string of whole VND, other decimals are strings, a day is
// YYYY-MM-DD, a time is RFC 3339 in UTC.
";

/// Is shown the types of every command.
pub(crate) trait EachCommand {
    /// One command.
    fn command<Request: TS + 'static, Response: TS + 'static>(&mut self, name: &str);
}

/// Collects the declaration of every type once.
struct Declarations {
    config: Config,
    seen: BTreeSet<TypeId>,
    by_name: BTreeMap<String, String>,
    commands: String,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declared = format!("{docs}export {}", T::decl(&self.config));
            self.by_name
                .insert(T::ident(&self.config), spread(&declared));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl EachCommand for Declarations {
    fn command<Request: TS + 'static, Response: TS + 'static>(&mut self, name: &str) {
        self.visit::<Request>();
        self.visit::<Response>();
        let request = Request::name(&self.config);
        let response = Response::name(&self.config);
        self.commands += &format!("  {name}: {{ request: {request}; response: {response} }};\n");
    }
}

/// The text of `bindings.ts`.
#[must_use]
pub fn typescript() -> String {
    let mut all = Declarations {
        config: Config::new(),
        seen: BTreeSet::new(),
        by_name: BTreeMap::new(),
        commands: String::new(),
    };
    all.visit::<ApiError>();
    all.visit::<Language>();
    catalog::visit_types(&mut all);
    let types: Vec<_> = all.by_name.into_values().collect();
    format!(
        "{HEAD}\n{}\n\n/** Every command: what it takes and what it answers. */\nexport interface Commands \
         {{\n{}}}\nexport type CommandName = keyof Commands;\n\n/** What is out of date once a command has \
         been done. */\nexport const OUT_OF_DATE = {{\n{}}} as const satisfies Partial<Record<CommandName, \
         readonly CommandName[]>>;\n",
        types.join("\n"),
        all.commands,
        out_of_date()
    )
}

fn out_of_date() -> String {
    let changing = COMMANDS
        .iter()
        .filter(|command| !command.changes.is_empty());
    let lines = changing.map(|command| {
        let names: Vec<_> = stale_after(command)
            .map(|stale| format!("\"{}\"", stale.name))
            .collect();
        format!("  {}: [{}],\n", command.name, names.join(", "))
    });
    lines.collect()
}

fn stale_after(command: &Command) -> impl Iterator<Item = &'static Command> {
    let changes = command.changes;
    COMMANDS
        .iter()
        .filter(move |other| other.reads.iter().any(|tag| changes.contains(tag)))
}

/// One field a line, as people write it.
fn spread(declaration: &str) -> String {
    let mut text = String::new();
    let (mut depth, mut angles) = (0_usize, 0_usize);
    let mut rest = declaration.trim();
    while let Some(next) = rest.chars().next() {
        if let Some((comment, after)) = rest.strip_prefix("/**").and_then(|_| rest.split_once("*/"))
        {
            let words: Vec<_> = comment
                .trim_start_matches("/**")
                .lines()
                .map(|line| line.trim().trim_start_matches('*').trim())
                .filter(|line| !line.is_empty())
                .collect();
            text += &format!("/** {} */\n{}", words.join(" "), "  ".repeat(depth));
            rest = after.trim_start();
            continue;
        }
        rest = &rest[next.len_utf8()..];
        match next {
            '{' => {
                depth += 1;
                text += &format!("{{\n{}", "  ".repeat(depth));
                rest = rest.trim_start();
            }
            '<' => {
                angles += 1;
                text.push(next);
            }
            '>' => {
                angles = angles.saturating_sub(1);
                text.push(next);
            }
            ',' if depth > 0 && angles == 0 => {
                rest = rest.trim_start();
                let pad = if rest.starts_with('}') { 0 } else { depth };
                text += if pad == 0 { ";" } else { ";\n" };
                text += &"  ".repeat(pad);
            }
            '}' => {
                depth = depth.saturating_sub(1);
                text = text.trim_end().to_owned();
                text += &format!("\n{}}}", "  ".repeat(depth));
            }
            other => text.push(other),
        }
    }
    text
}
