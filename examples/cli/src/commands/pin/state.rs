//! How it stands with each PIN of a token, for people and as JSON.

use eimza_core::messages;
use eimza_core::token::{KeyPinState, PinState, Token};
use serde_json::{Map, Value, json};

use crate::exit;
use crate::failure::Result;
use crate::output::Output;

/// What is known of all PINs, by free means.
struct State {
    pin: PinState,
    puk: PinState,
    keys: Vec<KeyPinState>,
}

impl State {
    fn of(token: &Token) -> Result<Self> {
        Ok(Self { pin: token.pin_status()?, puk: token.puk_status()?, keys: token.key_pins()? })
    }

    /// `{"pin":…,"tries_left":…,"puk":…,"puk_tries_left":…,"key_pins":[{"label":…,"pin":…,"tries_left":…}]}`
    fn fields(&self) -> Map<String, Value> {
        let key = |key: &KeyPinState| {
            let KeyPinState { certificate, state } = key;
            json!({ "label": certificate.label, "pin": state.status.name(), "tries_left": state.tries_left })
        };
        let fields = [
            ("pin", Value::from(self.pin.status.name())),
            ("tries_left", Value::from(self.pin.tries_left)),
            ("puk", Value::from(self.puk.status.name())),
            ("puk_tries_left", Value::from(self.puk.tries_left)),
            ("key_pins", self.keys.iter().map(key).collect()),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn lines(&self, output: &Output) -> String {
        let mut lines =
            vec![format!("PIN: {}", standing(self.pin, output)), format!("PUK: {}", standing(self.puk, output))];
        for KeyPinState { certificate, state } in &self.keys {
            let name = output.pick("PIN of the key", "Anahtarın PIN'i");
            lines.push(format!("{name} ({}): {}", certificate.label, standing(*state, output)));
        }
        lines.join("\n")
    }
}

/// The result of a command that is about PINs.
pub(super) fn report(token: &Token, output: &Output) -> Result<u8> {
    let state = State::of(token)?;
    output.result(&state.fields(), || state.lines(output));
    Ok(exit::DONE)
}

/// What stands beside an error.
pub(super) fn state(token: &Token) -> Result<Map<String, Value>> {
    State::of(token).map(|state| state.fields())
}

/// How it stands with a PIN or PUK, for people.
fn standing(state: PinState, output: &Output) -> String {
    let status = messages::pin_status(state.status, output.language);
    match state.tries_left {
        Some(left) => {
            format!("{status} ({})", output.pick(format!("tries left: {left}"), format!("kalan hak: {left}")))
        }
        None => status.to_owned(),
    }
}
