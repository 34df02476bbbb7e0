//! `eimza demo`: a whole E-Onay on an embedded token and an embedded service; nothing is installed, nothing left running.

mod folder;
mod person;
mod publication;
mod stage;
mod told;

use std::time::Duration;

use clap::{Args, value_parser};
use eimza_core::consent::{
    ConsentPortal, ConsentService, ConsentSession, ConsentStatus, Issued, Kind, Purpose, Receipt, SignedConsent,
    Started,
};
use eimza_core::{Clock, Error};
use serde_json::json;

use crate::exit;
use crate::failure::{Failure, Result};
use crate::output::Output;
use folder::Folder;
use person::Person;
use stage::Stage;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// How many seconds a verification code is valid, 1 to 300 (default: 300)
    #[arg(long, value_name = "SECONDS", default_value_t = 300, hide_default_value = true)]
    #[arg(value_parser = value_parser!(u64).range(1..=300))]
    code_lifetime: u64,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8> {
    // Hints name options that are none of the demo's.
    play(arguments, output).map_err(Failure::unhinted)
}

fn play(arguments: &Arguments, output: &Output) -> Result<u8> {
    let stage = Stage::new(Duration::from_secs(arguments.code_lifetime))?;
    let mut folder = Folder::new(stage.clock.now())?;
    let person = Person::new(&stage, output);
    told::welcome(&stage, output);

    let issued = issued(&stage, Purpose::Consent)?;
    let (session_name, signed, receipt) = walk(&stage, issued, &person, output)?;
    folder.keep("", "e-onay", &signed, stage.texts(Purpose::Consent), &receipt)?;
    folder.keep_evidence(&stage, &session_name)?;
    folder.add("", "issuer.pem", stage.issuer_pem().as_bytes());
    folder.add("", "seal.pem", stage.service.seal_certificate().to_pem().as_bytes());
    told::given(&receipt, output)?;

    already_given(&stage, output)?;

    person.goes_on("Revoke it now", "Şimdi geri al")?;
    let issued = self::issued(&stage, Purpose::Revocation)?;
    let (_, revocation, receipt) = walk(&stage, issued, &person, output)?;
    folder.keep("revocation", "revocation", &revocation, stage.texts(Purpose::Revocation), &receipt)?;
    let ConsentStatus::Revoked(_) = stage.service.status(&session_name)? else {
        return Err(Error::Internal { what: "a revoked consent still stands", source: None }.into());
    };
    told::revoked(&receipt, output)?;

    let path = output.path(&folder.leave()?);
    output.say("\nLeft for you in this folder:", "\nSizin için bu klasöre bırakıldı:");
    output.result(&json!({ "step": "done", "folder": path }), || path.clone());
    Ok(exit::DONE)
}

/// The portal's side: the person is logged in there, and gets a code.
fn issued(stage: &Stage, purpose: Purpose) -> Result<Issued> {
    match stage.service.start(&stage.person, &Kind::e_onay(), purpose)? {
        Started::Issued(issued) => Ok(issued),
        Started::AlreadyReceived { .. } | Started::AlreadyGiven { .. } | Started::NothingToRevoke => {
            Err(Error::Internal { what: "the demo's service knows of an earlier consent", source: None }.into())
        }
    }
}

/// The application's side, from the code to the receipt; for a revocation it is the same walk.
fn walk(
    stage: &Stage,
    issued: Issued,
    person: &Person<'_>,
    output: &Output,
) -> Result<(String, SignedConsent, Box<Receipt>)> {
    told::code(&issued, stage.clock.now(), output);
    let session = person.opens(&issued)?;
    told::opened(&session, output);

    for number in 0..session.texts().len() {
        told::text(session.show(number)?, output);
        person.goes_on("Read", "Okudum")?;
        let read_at = session.read(number)?;
        told::read(number, read_at, session.remaining(), output);
    }
    for number in 0..session.request().declarations.len() {
        person.ticks(&session, number)?;
        session.tick(number, true)?;
        told::declaration(&session, number, output);
    }

    told::certificates(&session, &stage.token, output)?;
    let signer = person.chooses(&session, &stage.token)?;
    told::chosen(&signer, output);
    let signed = person.signs(&session, &stage.token, &signer)?;
    told::signed(&signed, session.remaining(), output);

    person.goes_on("Submit", "Gönder")?;
    let receipt = session.submit(&signed)?;
    person.is_done();
    let receipt = judged(stage, &session, &issued.session, receipt, output)?;
    Ok((issued.session, signed, Box::new(receipt)))
}

/// What the service says. Without status data it has only received what was submitted, and judges again when the issuer
/// has published.
fn judged(stage: &Stage, session: &ConsentSession, name: &str, receipt: Receipt, output: &Output) -> Result<Receipt> {
    told::judged(&receipt, output);
    let receipt = if receipt.is_accepted() {
        receipt
    } else {
        stage.publication.begin();
        told::published(output);
        stage.service.judge_again(name)?;
        let settled = session.settle()?;
        let settled = settled.ok_or(Error::Internal { what: "the demo's service lost a consent", source: None })?;
        told::judged(&settled, output);
        settled
    };
    // The receiver of a receipt checks the service's seal.
    Ok(Receipt::open(receipt.sealed_form(), stage.service.seal_certificate())?)
}

/// A person who comes again is told since when the E-Onay stands. That is a state, no error.
fn already_given(stage: &Stage, output: &Output) -> Result<()> {
    match stage.service.start(&stage.person, &Kind::e_onay(), Purpose::Consent)? {
        Started::AlreadyGiven { since } => {
            told::already_given(since, output);
            Ok(())
        }
        Started::Issued(_) | Started::AlreadyReceived { .. } | Started::NothingToRevoke => {
            Err(Error::Internal { what: "the demo's service forgot the consent", source: None }.into())
        }
    }
}
