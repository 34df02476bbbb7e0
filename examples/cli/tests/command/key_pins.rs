//! Keys with a PIN of their own, and tokens whose PINs are typed on a keypad.

use std::fs;
use std::path::{Path, PathBuf};

use eimza_testkit::quirky::{self, Quirk, Stage};
use eimza_testkit::{PIN, scratch};
use serde_json::json;

use crate::eimza::{Eimza, eimza};

/// A token whose one key asks for a PIN at each use, and a folder to sign in.
struct Scene {
    stage: Stage,
    folder: PathBuf,
    uri: String,
}

impl Scene {
    fn new(stage: Stage) -> Self {
        stage.token.import_private_key("nes-p256", "01", "SIGN0", &["--always-auth"]);
        stage.token.import_certificate("nes-p256", "01", "SIGN0");
        let folder = scratch("key-pins");
        fs::write(folder.join("content.txt"), "Başvuru metni").unwrap();
        let uri = format!("pkcs11:token=NES1?module-path={}", stage.module.display());
        Self { stage, folder, uri }
    }

    fn call(&self, arguments: &[&str]) -> Eimza {
        let token = ["--token", &self.uri];
        eimza(["--json"].iter().chain(arguments).chain(&token))
            .inside(&self.folder)
            .state(&self.folder)
            .environment("PIN", PIN)
    }

    fn sign(&self, more: &[&str]) -> Eimza {
        let arguments = ["sign", "content.txt", "-o", "out.p7s", "--pin-from", "env:PIN"];
        self.call(&arguments.iter().chain(more).copied().collect::<Vec<_>>())
    }

    /// How often the token's PIN and the key's were presented.
    fn presented(&self) -> (usize, usize) {
        let calls = self.stage.calls();
        let count = |who: &str| calls.iter().filter(|call| call.function == "C_Login" && call.detail == who).count();
        (count("holder"), count("context"))
    }

    fn signature(&self) -> Option<Vec<u8>> {
        fs::read(Path::new(&self.folder).join("out.p7s")).ok()
    }
}

#[test]
fn a_key_s_own_pin_is_given_apart_and_has_its_own_state() {
    let key_pin = [("FAKE_PKCS11_KEY_PIN", "135790")];
    let name = "key_pins::a_key_s_own_pin_is_given_apart_and_has_its_own_state";
    quirky::inside(name, &[Quirk::KeyPin], &key_pin, |stage| {
        let scene = Scene::new(stage);
        assert_eq!(scene.call(&["pin", "status"]).one(0)["key_pins"], json!([]));
        assert_eq!(scene.sign(&[]).error(5)["name"], "key-refused-pin");
        let needed = scene.sign(&[]).without_terminal().one(5);
        assert_eq!(needed["error"]["name"], "key-pin-needed");
        assert_eq!(needed["key_pins"][0]["label"], "SIGN0");
        assert_eq!((scene.presented(), scene.signature()), ((1, 1), None));

        let own = ["--key-pin-from", "env:KEY_PIN"];
        let wrong = scene.sign(&own).environment("KEY_PIN", "000000").one(5);
        assert_eq!((&wrong["error"]["name"], &wrong["pin"]), (&json!("key-pin-incorrect"), &json!("ok")));
        assert_eq!(wrong["key_pins"][0]["pin"], "final-try");
        assert_eq!(scene.sign(&own).environment("KEY_PIN", "135790").error(5)["name"], "key-pin-final-try");
        assert_eq!(scene.presented(), (2, 2));
        let permitted = ["--key-pin-from", "env:KEY_PIN", "--spend-last-try"];
        scene.sign(&permitted).environment("KEY_PIN", "135790").one(0);
        assert!(scene.signature().is_some());
        assert_ne!(scene.call(&["pin", "status"]).one(0)["key_pins"][0]["pin"], "final-try");
    });
}

#[test]
fn a_source_is_not_used_where_the_reader_has_a_keypad() {
    let (quirks, keypad) = ([Quirk::ProtectedPath], [("FAKE_PKCS11_KEYPAD", PIN)]);
    let name = "key_pins::a_source_is_not_used_where_the_reader_has_a_keypad";
    quirky::inside(name, &quirks, &keypad, |stage| {
        let scene = Scene::new(stage);
        let ended = scene.sign(&["--key-pin-from", "env:PIN"]).run();
        assert_eq!(ended.code, 0, "{}", ended.errors);
        assert!(ended.errors.contains("--pin-from") && ended.errors.contains("--key-pin-from"), "{}", ended.errors);
        let logins = scene.stage.calls().into_iter().filter(|call| call.function == "C_Login");
        assert!(logins.map(|call| call.detail).all(|detail| detail.ends_with("keypad")));
    });
}

#[test]
fn where_nothing_can_be_remembered_the_try_needs_permission() {
    let quirks = [Quirk::ThreeTriesNoFlags];
    let name = "key_pins::where_nothing_can_be_remembered_the_try_needs_permission";
    quirky::inside(name, &quirks, &[], |stage| {
        let scene = Scene::new(stage);
        let nowhere = |more: &[&str]| scene.sign(more).environment("HOME", "").environment("XDG_STATE_HOME", "");
        let said = nowhere(&[]).error(5);
        assert_eq!(said["name"], "attempt-memory-unusable");
        assert!(said.to_string().contains(".local/state/eimza/attempts"), "{said}");
        fs::write(scene.folder.join("eimza"), "a file where the folder would be").unwrap();
        assert_eq!(scene.sign(&[]).error(5)["name"], "attempt-memory-unusable");
        assert_eq!(scene.stage.attempts(), 0);
        nowhere(&["--spend-last-try"]).one(0);
        scene.sign(&["--spend-last-try"]).one(0);
    });
}

/// The PIN is typed on the keypad once: for the certificates that are hidden, and to sign.
#[test]
fn a_keypad_is_used_once_to_list_and_to_sign() {
    let name = "key_pins::a_keypad_is_used_once_to_list_and_to_sign";
    let quirks = [Quirk::CertificatesNeedLogin, Quirk::ProtectedPath];
    quirky::inside(name, &quirks, &[("FAKE_PKCS11_KEYPAD", PIN)], |stage| {
        stage.token.import("nes-p256", "01");
        let folder = scratch("key-pins");
        fs::write(folder.join("content.txt"), "Başvuru metni").unwrap();
        let uri = format!("pkcs11:token=NES1?module-path={}", stage.module.display());
        let arguments = ["sign", "content.txt", "-o", "out.p7s", "--json", "--token", &uri];
        eimza(arguments).inside(&folder).state(&folder).one(0);
        assert!(folder.join("out.p7s").exists());
        let logins = stage.calls().iter().filter(|call| call.function == "C_Login").count();
        assert_eq!((logins, stage.count("C_Logout")), (1, 1));
    });
}
