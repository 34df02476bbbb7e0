//! OpenSC, which knows nothing of us, drives the cards through the real pcscd.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use aws_lc_rs::digest;
use eimza_testkit::card::{Card, Design};
use eimza_testkit::pcscd::{self, Pcscd};
use eimza_testkit::{Outcome, component, pki, run, scratch};

use crate::host::{TEXT, digest_of};

/// OpenSC's PKCS#11 module.
pub(crate) fn module() -> Option<PathBuf> {
    component(&format!("/usr/lib/{}-linux-gnu/opensc-pkcs11.so", std::env::consts::ARCH))
}

/// OpenSC with one of its drivers.
struct OpenSc {
    driver: &'static str,
    configuration: PathBuf,
    module: PathBuf,
}

impl OpenSc {
    /// By the driver that fits the card of itself.
    fn new(driver: &'static str) -> Option<Self> {
        Self::configured(driver, "app default { use_file_caching = no; }")
    }

    /// By a driver that is told to take cards with this ATR.
    fn for_atr(driver: &'static str, atr: &[u8]) -> Option<Self> {
        let atr = atr.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(":");
        Self::configured(
            driver,
            &format!(
                "app default {{ card_drivers = old, internal; card_atr {atr} {{ driver = \"{driver}\"; name = \"x\"; }} }}"
            ),
        )
    }

    fn configured(driver: &'static str, configuration: &str) -> Option<Self> {
        component("pkcs15-tool")?;
        let path = scratch("opensc").join("opensc.conf");
        fs::write(&path, configuration).unwrap();
        Some(Self { driver, configuration: path, module: module()? })
    }

    #[track_caller]
    fn run(&self, program: &str, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(program);
        command.env("OPENSC_CONF", &self.configuration);
        if fs::read_to_string(&self.configuration).is_ok_and(|told| !told.contains("card_atr")) {
            command.env("OPENSC_DRIVER", self.driver);
        }
        run(command.args(arguments))
    }

    #[track_caller]
    fn tool(&self, arguments: &[&str]) -> String {
        self.run("opensc-tool", arguments).expect_success()
    }

    #[track_caller]
    fn pkcs15(&self, arguments: &[&str]) -> Outcome {
        self.run("pkcs15-tool", arguments)
    }

    #[track_caller]
    fn pkcs11(&self, arguments: &[&str]) -> Outcome {
        let module = self.module.to_string_lossy().into_owned();
        self.run("pkcs11-tool", &[&["--module", &module], arguments].concat())
    }
}

/// Runs `body` with a card of this design in the first reader.
#[track_caller]
fn with(test: &str, design: Design, opensc: Option<OpenSc>, body: impl FnOnce(&mut Pcscd, &OpenSc)) {
    let Some(opensc) = opensc else { return };
    pcscd::inside(&format!("opensc::{test}"), |pcscd| {
        pcscd.first.insert(Card::new(design));
        body(pcscd, &opensc);
    });
}

/// Lets OpenSSL check a signature over the text.
fn is_signature(folder: &Path, name: &str) -> bool {
    let path = |file: &str| folder.join(file).to_string_lossy().into_owned();
    let mut extract = Command::new("openssl");
    extract.args(["x509", "-inform", "DER", "-pubkey", "-noout", "-out", &path("key"), "-in"]);
    run(extract.arg(pki::certificate_path(name))).expect_success();
    let mut verify = Command::new("openssl");
    verify.args(["dgst", "-sha256", "-verify", &path("key"), "-signature", &path("signature"), &path("text")]);
    run(&mut verify).success
}

#[test]
fn akis_is_known_by_name_and_serial() {
    let test = "akis_is_known_by_name_and_serial";
    with(test, Design::akis_1(), OpenSc::new("akis"), |pcscd, opensc| {
        assert!(opensc.tool(&["-n"]).contains("AKIS"));
        assert!(opensc.tool(&["--serial"]).contains("00 00 10 00 00 00 01 46 00 00 00 01"));
        assert!(opensc.tool(&["--atr"]).contains("3b:ba:11:00:81:31:fe:4d:55:45:4b:41:45:20:56:31:2e:30:ae"));
        let listed = opensc.tool(&["--list-files"]);
        assert!(listed.contains("2f00") && listed.contains("3d00") && listed.contains("2f10"), "{listed}");
        assert_eq!(pcscd.first.card(|card| card.counts().verifies + card.counts().questions), 0);
    });
}

#[test]
fn akis_shows_what_is_on_it_and_spends_no_try() {
    let test = "akis_shows_what_is_on_it_and_spends_no_try";
    with(test, Design::akis_1(), OpenSc::new("akis"), |pcscd, opensc| {
        let dumped = opensc.pkcs15(&["-D"]).expect_success();
        for expected in [
            "PKCS#15 Card [AKIS]",
            "Reference      : 129 (0x81)",
            "Type           : ascii-numeric",
            "Usage          : [0x204], sign, nonRepudiation",
            "ModLength      : 2048",
            "Path           : 3f003d002f10",
        ] {
            assert!(dumped.contains(expected), "{expected}:\n{dumped}");
        }
        let pins = opensc.pkcs15(&["--list-pins"]).expect_success();
        assert!(pins.contains("PIN [PIN]") && pins.contains("unblockingPin"), "{pins}");
        assert!(opensc.pkcs15(&["--list-certificates"]).expect_success().contains("X.509 Certificate [SIGN0]"));
        assert_eq!(certificate(opensc), pki::bundle_pem(&["nes-rsa2048"]));
        opensc.pkcs11(&["-L"]).expect_success();
        let objects = opensc.pkcs11(&["-O"]).expect_success();
        assert!(objects.contains("Certificate Object") && objects.contains("TEST K"), "{objects}");
        assert_eq!(pcscd.first.card(|card| card.counts().verifies + card.counts().questions), 0);
        assert_eq!(verifies(pcscd), 0);
    });
}

#[test]
fn akis_signs_after_one_verify() {
    let test = "akis_signs_after_one_verify";
    with(test, Design::akis_1(), OpenSc::new("akis"), |pcscd, opensc| {
        sign(opensc, "SHA256-RSA-PKCS", "123456", "nes-rsa2048");
        let counts = pcscd.first.card(|card| card.counts());
        assert_eq!((counts.verifies, counts.signatures), (1, 1));
        // What the service saw is what the card counted.
        assert_eq!(verifies(pcscd), 1);
    });
}

#[test]
fn akis_of_other_versions_is_driven_too() {
    let design = Design::akis_1_2();
    let opensc = OpenSc::for_atr("akis", &design.atr);
    with("akis_of_other_versions_is_driven_too", design, opensc, |_, opensc| {
        sign(opensc, "SHA256-RSA-PKCS", "123456", "nes-rsa2048");
    });
}

#[test]
fn akis_counts_wrong_pins_and_takes_a_new_one() {
    let test = "akis_counts_wrong_pins_and_takes_a_new_one";
    with(test, Design::akis_1(), OpenSc::new("akis"), |pcscd, opensc| {
        let change =
            |old: &str, new: &str| opensc.pkcs11(&["--login", "--pin", old, "--change-pin", "--new-pin", new]).success;
        assert!(change("123456", "65432100"));
        assert!(!change("123456", "11111111"));
        assert!(pcscd.first.card(|card| card.pin(0x81).tries_left) == 2);
        sign(opensc, "SHA256-RSA-PKCS", "65432100", "nes-rsa2048");
        for _ in 0..3 {
            assert!(!opensc.pkcs11(&["--login", "--pin", "000000", "-O"]).success);
        }
        assert_eq!(pcscd.first.card(|card| card.pin(0x81).tries_left), 0);
        assert!(!opensc.pkcs11(&["--login", "--pin", "65432100", "-O"]).success);
    });
}

#[test]
fn applet_signs_with_elliptic_curves() {
    let design = Design::iso_applet().with_key("nes-p256");
    with("applet_signs_with_elliptic_curves", design, OpenSc::new("isoApplet"), |pcscd, opensc| {
        sign(opensc, "ECDSA-SHA1", "123456", "nes-p256");
        assert_eq!(pcscd.first.card(|card| card.counts().signatures), 1);
    });
}

#[test]
fn applet_signs_with_rsa_and_is_unblocked_by_its_puk() {
    let test = "applet_signs_with_rsa_and_is_unblocked_by_its_puk";
    with(test, Design::iso_applet(), OpenSc::new("isoApplet"), |pcscd, opensc| {
        sign(opensc, "SHA256-RSA-PKCS", "123456", "nes-rsa2048");
        let verify = |pin: &str| opensc.pkcs15(&["--verify-pin", "--auth-id", "01", "--pin", pin]).success;
        assert!(verify("123456") && !verify("000000"));
        assert_eq!(pcscd.first.card(|card| card.pin(0x81).tries_left), 2);
        assert!(!verify("000000") && !verify("000000") && !verify("123456"));
        assert_eq!(pcscd.first.card(|card| card.pin(0x81).tries_left), 0);

        let unblock = |puk: &str| {
            opensc.pkcs15(&["--unblock-pin", "--auth-id", "01", "--puk", puk, "--new-pin", "654321"]).success
        };
        assert!(!unblock("00000000") && unblock("87654321"));
        assert!(!verify("123456") && verify("654321"));
        let change = opensc.pkcs15(&["--change-pin", "--auth-id", "01", "--pin", "654321", "--new-pin", "123456"]);
        assert!(change.success && verify("123456"), "{}", change.output);
    });
}

#[test]
fn applet_with_the_manners_of_t0_and_a_pin_for_its_key_signs() {
    let test = "applet_with_the_manners_of_t0_and_a_pin_for_its_key_signs";
    let mut design = Design::iso_applet().with_key("nes-p256").with_key_pin("1357");
    (design.manners, design.atr) = (Design::pkcs15_t0().manners, Design::pkcs15_t0().atr);
    with(test, design, OpenSc::new("isoApplet"), |pcscd, opensc| {
        let dumped = opensc.pkcs15(&["-D"]).expect_success();
        for expected in ["PIN [Signature PIN]", "Private EC Key [SIGN0]", "Auth ID        : 03"] {
            assert!(dumped.contains(expected), "{expected}:\n{dumped}");
        }
        assert_eq!(certificate(opensc), pki::bundle_pem(&["nes-p256"]));
        assert_eq!(verifies(pcscd), 0);
        let slots = opensc.pkcs11(&["-L"]).expect_success();
        assert!(slots.contains("Signature PIN"), "{slots}");
        // OpenSC shows a key with a PIN of its own as a token of its own.
        sign_on(opensc, &["--slot-index", "1"], "ECDSA-SHA1", "1357", "nes-p256");
        assert!(pcscd.first.card(|card| card.counts().signatures) == 1);
    });
}

#[test]
fn what_a_card_says_that_it_can_compute_is_understood() {
    let test = "what_a_card_says_that_it_can_compute_is_understood";
    let mut design = Design::iso_applet();
    design.dialect.lists_algorithms = true;
    with(test, design, OpenSc::new("isoApplet"), |_, opensc| {
        let dumped = opensc.pkcs15(&["-D"]).expect_success();
        for expected in ["[0x01] CKM_RSA_PKCS", "[0x1041] CKM_ECDSA", "Algo_refs      : 17"] {
            assert!(dumped.contains(expected), "{expected}:\n{dumped}");
        }
    });
}

/// The certificate as OpenSC reads it.
fn certificate(opensc: &OpenSc) -> String {
    let path = scratch("opensc").join("certificate");
    opensc.pkcs15(&["--read-certificate", "01", "-o", path.to_str().unwrap()]).expect_success();
    fs::read_to_string(path).unwrap()
}

/// How many VERIFY commands for the first PIN the service saw.
fn verifies(pcscd: &Pcscd) -> usize {
    pcscd.log().lines().filter(|line| line.contains("APDU: 00 20 00 81")).count()
}

/// Signs the text by the first token and lets OpenSSL check it.
#[track_caller]
fn sign(opensc: &OpenSc, mechanism: &str, pin: &str, name: &str) {
    sign_on(opensc, &[], mechanism, pin, name);
}

#[track_caller]
fn sign_on(opensc: &OpenSc, token: &[&str], mechanism: &str, pin: &str, name: &str) {
    let folder = scratch("sign");
    let path = |file: &str| folder.join(file).to_string_lossy().into_owned();
    // The applet's driver leaves the hash to the card, whatever the mechanism says; ours signs the octets that it gets.
    let input = if mechanism == "ECDSA-SHA1" { digest_of(&digest::SHA256).as_ref().to_vec() } else { TEXT.to_vec() };
    fs::write(path("input"), input).unwrap();
    let (from, to) = (path("input"), path("signature"));
    let signing = ["--login", "--pin", pin, "--sign", "--id", "01", "-m", mechanism];
    opensc.pkcs11(&[token, &signing, &["-f", "openssl", "-i", &from, "-o", &to]].concat()).expect_success();
    for (text, right) in [(TEXT, true), (b"onay metnj", false)] {
        fs::write(path("text"), text).unwrap();
        assert_eq!(is_signature(&folder, name), right);
    }
}
