//! `eimza inspect`: what is inside of a signature, without judging.

use std::path::PathBuf;

use clap::Args;

use eimza_core::cms;
use serde_json::Value;

use crate::failure::Result;
use crate::output::Output;
use crate::{exit, files};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The signature, DER, BER, PEM or base64
    signature: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    show(arguments, output).map_err(|failure| failure.about(&arguments.signature))?;
    Ok(exit::DONE)
}

fn show(arguments: &Arguments, output: &Output) -> Result<()> {
    let file = files::read(&arguments.signature)?;
    let octets = cms::decode(&file)?;
    let inspection = if output.reveals { cms::reveal_inspection(&octets)? } else { cms::inspect(&octets)? };
    let mut json = serde_json::Map::new();
    json.insert("file".into(), output.path(&arguments.signature).into());
    let fields = serde_json::to_value(&inspection);
    let fields = fields.map_err(|source| eimza_core::Error::JsonMalformed { what: "inspection", source })?;
    json.extend(fields.as_object().cloned().unwrap_or_default());
    output.result(&json, || text(&Value::Object(json.clone())));
    Ok(())
}

/// The same tree for people: names before values, deeper things further in.
fn text(value: &Value) -> String {
    let mut lines = Vec::new();
    add(&mut lines, 0, value);
    lines.join("\n")
}

fn add(lines: &mut Vec<String>, depth: usize, value: &Value) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('_', " ");
                match value {
                    Value::Null => {}
                    Value::Array(members) if members.is_empty() => {}
                    Value::Object(_) | Value::Array(_) => {
                        lines.push(format!("{indent}{name}:"));
                        add(lines, depth + 1, value);
                    }
                    plain => lines.push(format!("{indent}{name}: {}", plain_text(plain))),
                }
            }
        }
        Value::Array(members) => {
            for member in members {
                if member.is_object() {
                    lines.push(format!("{indent}-"));
                    add(lines, depth + 1, member);
                } else {
                    lines.push(format!("{indent}- {}", plain_text(member)));
                }
            }
        }
        plain => lines.push(format!("{indent}{}", plain_text(plain))),
    }
}

fn plain_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
