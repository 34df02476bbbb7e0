//! How it stands with a session, on its way to the application.

use serde::de::Error as _;
use serde::{Deserialize, Serialize};

use super::base64::Octets;
use super::{read, written};
use crate::certificate::Certificate;
use crate::consent::{ConsentStatus, Receipt};
use crate::error::{Error, JsonForm, ReceiptPart, Rejection, Result};

const WHAT: JsonForm = JsonForm::Status;

#[derive(Serialize, Deserialize)]
enum Schema {
    #[serde(rename = "eimza-status-1")]
    First,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    schema: Schema,
    state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    receipt: Option<Octets>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rejection: Option<Rejection>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Waiting,
    Open,
    Received,
    Accepted,
    Rejected,
    Revoked,
    Expired,
    Cancelled,
}

impl ConsentStatus {
    /// The stable name of the state.
    pub fn name(&self) -> &'static str {
        match self {
            ConsentStatus::Waiting => "waiting",
            ConsentStatus::Open => "open",
            ConsentStatus::Received(_) => "received",
            ConsentStatus::Accepted(_) => "accepted",
            ConsentStatus::Rejected(_) => "rejected",
            ConsentStatus::Revoked(_) => "revoked",
            ConsentStatus::Expired => "expired",
            ConsentStatus::Cancelled => "cancelled",
        }
    }

    /// The receipt, where it was received or accepted.
    pub fn receipt(&self) -> Option<&Receipt> {
        match self {
            ConsentStatus::Received(receipt) | ConsentStatus::Accepted(receipt) | ConsentStatus::Revoked(receipt) => {
                Some(receipt)
            }
            _ => None,
        }
    }

    /// Why, where it was not accepted.
    pub fn rejection(&self) -> Option<Rejection> {
        match self {
            ConsentStatus::Rejected(rejection) => Some(*rejection),
            _ => None,
        }
    }

    /// The JSON of `status-1.json`. A receipt travels as the service sealed it: the person stands in it in clear.
    pub fn to_wire(&self) -> Result<String> {
        let state = match self {
            ConsentStatus::Waiting => State::Waiting,
            ConsentStatus::Open => State::Open,
            ConsentStatus::Received(_) => State::Received,
            ConsentStatus::Accepted(_) => State::Accepted,
            ConsentStatus::Rejected(_) => State::Rejected,
            ConsentStatus::Revoked(_) => State::Revoked,
            ConsentStatus::Expired => State::Expired,
            ConsentStatus::Cancelled => State::Cancelled,
        };
        let receipt = self.receipt().map(|receipt| Octets(receipt.sealed_form().to_vec()));
        written(WHAT, &Form { schema: Schema::First, state, receipt, rejection: self.rejection() })
    }

    /// Reads that JSON. A receipt is opened with the certificate of the service's seal.
    ///
    /// # Errors
    /// [`Error::JsonMalformed`] for any other form; [`Error::ReceiptInvalid`] for a receipt of somebody else, or one that
    /// tells of an acceptance or a revocation where the state does not, and the other way round.
    pub fn from_wire(text: &str, service: &Certificate) -> Result<Self> {
        let form: Form = read(WHAT, text)?;
        let open = |sealed: Octets| Receipt::open(&sealed.0, service).map(ConsentStatus::of_receipt);
        Ok(match (form.state, form.receipt, form.rejection) {
            (State::Waiting, None, None) => ConsentStatus::Waiting,
            (State::Open, None, None) => ConsentStatus::Open,
            (stated @ (State::Received | State::Accepted | State::Revoked), Some(receipt), None) => {
                match (stated, open(receipt)?) {
                    (State::Received, status @ ConsentStatus::Received(_))
                    | (State::Accepted, status @ ConsentStatus::Accepted(_))
                    | (State::Revoked, status @ ConsentStatus::Revoked(_)) => status,
                    _ => return Err(Error::ReceiptInvalid { what: ReceiptPart::Acceptance }),
                }
            }
            (State::Rejected, None, Some(rejection)) => ConsentStatus::Rejected(rejection),
            (State::Expired, None, None) => ConsentStatus::Expired,
            (State::Cancelled, None, None) => ConsentStatus::Cancelled,
            _ => {
                let source = serde_json::Error::custom("the state has other members");
                return Err(Error::JsonMalformed { what: WHAT, source });
            }
        })
    }
}
