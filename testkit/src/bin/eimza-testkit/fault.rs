//! `NUMBER:FAULT` of the command line.

use std::str::FromStr;
use std::time::Duration;

use clap::ValueEnum;
use eimza_testkit::card::Card;
use eimza_testkit::card::stage::{Fault, Moment};

use crate::options::Kind;

/// A fault at a command.
#[derive(Clone)]
pub(crate) struct Planned {
    pub(crate) number: usize,
    pub(crate) fault: Fault,
}

impl FromStr for Planned {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, fault) = text.split_once(':').ok_or("NUMBER:FAULT is wanted")?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or("commands are counted from 1")?;
        Ok(Self { number, fault: fault_of(fault)? })
    }
}

fn fault_of(text: &str) -> Result<Fault, String> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let fault = match name {
        "removed-before" => Fault::Removed(Moment::Before),
        "removed-after" => Fault::Removed(Moment::After),
        "died-before" => Fault::Died(Moment::Before),
        "died-after" => Fault::Died(Moment::After),
        "cut-short" => Fault::CutShort(value.parse().map_err(|_| "cut-short=OCTETS is wanted")?),
        "delayed" => Fault::Delayed(Duration::from_millis(value.parse().map_err(|_| "delayed=MS is wanted")?)),
        "answered" => Fault::Answered(octets(value).ok_or("answered=HEXADECIMAL is wanted")?),
        "swapped" => {
            let kind = Kind::from_str(value, false).map_err(|_| "swapped=KIND is wanted")?;
            Fault::Swapped(Box::new(Card::new(kind.design())))
        }
        _ => {
            return Err("there are removed-before, removed-after, died-before, died-after, cut-short=OCTETS, \
                        delayed=MS, answered=HEXADECIMAL and swapped=KIND"
                .to_owned());
        }
    };
    Ok(fault)
}

fn octets(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let octet = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    if rest.is_empty() { pairs.iter().map(octet).collect() } else { None }
}
