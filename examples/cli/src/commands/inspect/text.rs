//! The same tree as for scripts, for people: names before values, deeper things further in.

use eimza_core::{Language, Time, messages};
use serde_json::{Map, Value};

use super::words;
use crate::output::Output;

pub(super) fn text(fields: &Map<String, Value>, output: &Output) -> String {
    let mut tree = Tree { output, lines: Vec::new() };
    tree.fields(0, fields);
    tree.lines.join("\n")
}

struct Tree<'a> {
    output: &'a Output,
    lines: Vec<String>,
}

impl Tree<'_> {
    fn fields(&mut self, depth: usize, fields: &Map<String, Value>) {
        for (name, value) in fields {
            let label = self.label(name);
            match value {
                Value::Null => {}
                Value::Array(members) if members.is_empty() => {}
                Value::Object(below) => {
                    self.line(depth, &format!("{label}:"));
                    self.fields(depth + 1, below);
                }
                Value::Array(members) => {
                    self.line(depth, &format!("{label}:"));
                    members.iter().for_each(|member| self.member(depth + 1, name, member));
                }
                plain => self.line(depth, &format!("{label}: {}", self.plain(name, plain))),
            }
        }
    }

    fn member(&mut self, depth: usize, name: &str, member: &Value) {
        match member {
            Value::Object(below) => {
                self.line(depth, "-");
                self.fields(depth + 1, below);
            }
            plain => self.line(depth, &format!("- {}", self.plain(name, plain))),
        }
    }

    fn line(&mut self, depth: usize, line: &str) {
        self.lines.push(format!("{}{line}", "  ".repeat(depth)));
    }

    fn label(&self, name: &str) -> String {
        match self.output.language {
            Language::Turkish => words::label(name).to_owned(),
            Language::English => name.replace('_', " "),
        }
    }

    fn plain(&self, name: &str, value: &Value) -> String {
        let language = self.output.language;
        match value {
            Value::Bool(is_so) => match (*is_so, language) {
                (true, Language::Turkish) => "evet".to_owned(),
                (false, Language::Turkish) => "hayır".to_owned(),
                (is_so, Language::English) => is_so.to_string(),
            },
            Value::String(text) => match Time::parse(text) {
                Ok(time) => messages::time(time, language),
                Err(_) if language == Language::Turkish => words::value(name, text),
                Err(_) => text.clone(),
            },
            // A certificate that cannot be read.
            Value::Null => self.output.pick("unreadable", "okunamadı").to_owned(),
            number => number.to_string(),
        }
    }
}
