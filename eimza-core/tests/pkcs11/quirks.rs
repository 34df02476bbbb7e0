//! Quirks of modules: starting, slots, tokens, the host application. The numbers are those of PKCS#11 practice that we
//! collected: each is shown by a module that behaves so, and survived.

use std::sync::Arc;

use crate::support::{name, open, permitted, pin, puk, sign, signer, wrong};
use cryptoki::session::UserType;
use eimza_core::crypto::{DigestAlgorithm, SignatureAlgorithm};
use eimza_core::token::pkcs11::{self, Pkcs11Uri};
use eimza_core::token::{Attempt, PinId, PinStatus, SignRequest, Token, TokenDriver};
use eimza_sys::pkcs11::{Initialization, Library, Module, Session};
use eimza_testkit::quirky::Stage;
use eimza_testkit::{PIN, softhsm};

/// Another part of the process, with the same module.
fn host(stage: &Stage) -> Arc<Module> {
    Arc::new(Library::load(&stage.module).unwrap().initialize().unwrap())
}

fn host_session(module: &Arc<Module>, read_write: bool) -> Session {
    let slot = module.slots(true).unwrap().into_iter().find(|&slot| module.token_info(slot).unwrap().label == "NES1");
    module.open_session(slot.unwrap(), read_write).unwrap()
}

/// The memory that this process has.
fn resident() -> u64 {
    let told = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    told.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).map_or(0, |pages| pages * 4096)
}

/// The token is not there for any operation with a PIN or PUK, whatever the person permits.
fn no_secret_reaches(token: &Token) {
    assert_eq!(name(token.verify_pin(pin(), permitted())), "token-removed");
    assert_eq!(name(token.certificates_with_pin(pin(), permitted())), "token-removed");
    assert_eq!(name(token.change_pin(pin(), wrong(), permitted())), "token-removed");
    assert_eq!(name(token.unblock_pin(puk(), wrong(), permitted())), "token-removed");
    assert_eq!(name(token.change_puk(puk(), puk(), permitted())), "token-removed");
}

quirks! {
    /// 1: only NULL is accepted, and no two calls may overlap.
    fn quirk_01_null_initialisation([NullInitOnly]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| sign(&token, "nes-p256").unwrap());
                scope.spawn(|| (0..20).for_each(|_| assert!(token.pin_status().is_ok())));
            }
        });
        let started: Vec<_> = stage.calls().into_iter().filter(|call| call.function == "C_Initialize").collect();
        assert_eq!(started.iter().map(|call| call.detail.as_str()).collect::<Vec<_>>(), ["arguments", "null"]);
        assert_eq!(stage.count("OVERLAP"), 0);
        assert_eq!(stage.attempts(), 3);
    };

    /// 1, the counter-proof: a module that locks for itself is called from several threads at once.
    fn quirk_01_calls_overlap_where_they_may([Slow]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        std::thread::scope(|scope| {
            scope.spawn(|| token.verify_pin(pin(), Attempt::new()).unwrap());
            std::thread::sleep(std::time::Duration::from_millis(200));
            let start = std::time::Instant::now();
            token.pin_status().unwrap();
            assert!(start.elapsed().as_millis() < 1500, "waited for a slow call");
        });
        assert_ne!(stage.count("OVERLAP"), 0);
    };

    /// 2: somebody else initialised the module; it is used and never finalised.
    fn quirk_02_already_initialised([AlreadyInitialized]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        sign(&token, "nes-p256").unwrap();
        drop(token);
        assert_eq!(stage.count("C_Finalize"), 0);
    };

    /// 2: the host's session outlives all that the library does with the module.
    fn quirk_02_the_host_keeps_its_module([]) |stage| {
        stage.token.import("nes-p256", "01");
        let host = host(&stage);
        assert_eq!(host.initialization(), Initialization::OsLocking);
        let session = host_session(&host, false);
        let token = open(&stage);
        sign(&token, "nes-p256").unwrap();
        drop(token);
        session.login(UserType::User, Some(PIN.as_bytes())).unwrap();
        assert_eq!(stage.count("C_Finalize"), 0);
    };

    /// 2: a host that finalises the module ends nobody else's use of it.
    fn quirk_02_the_host_finalises([FinalizedByTheHost]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        for _ in 0..3 {
            sign(&token, "nes-p256").unwrap();
        }
        assert!(stage.count("C_Initialize") > 3);
        assert_eq!(stage.count("C_Finalize"), 0);
    };

    /// 3: a host that is logged in would make any PIN look right.
    fn quirk_03_a_host_s_login_is_no_verified_pin([]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        let host = host(&stage);
        assert_eq!(host.initialization(), Initialization::Adopted);
        let session = host_session(&host, false);
        session.login(UserType::User, Some(PIN.as_bytes())).unwrap();
        let before = stage.attempts();
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "host-holds-login");
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "host-holds-login");
        assert_eq!(name(sign(&token, "nes-p256")), "host-holds-login");
        assert_eq!(name(token.change_pin(pin(), wrong(), Attempt::new())), "host-holds-login");
        assert_eq!(name(token.unblock_pin(puk(), wrong(), permitted())), "host-holds-login");
        assert_eq!(stage.attempts(), before);
        assert_ne!(token.pin_status().unwrap().status, PinStatus::Ok);
        session.logout().unwrap();
        sign(&token, "nes-p256").unwrap();
    };

    /// 3: after an operation nobody is logged in, so the host cannot use the person's rights.
    fn quirk_03_rights_are_dropped([]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        let host = host(&stage);
        let session = host_session(&host, true);
        let public = session.state().unwrap();
        sign(&token, "nes-p256").unwrap();
        token.verify_pin(pin(), Attempt::new()).unwrap();
        assert_eq!(session.state().unwrap(), public);
        assert_eq!(stage.count("C_Logout"), 2);
    };

    /// 6: certificates are public; nothing but a PIN operation sends a PIN.
    fn quirk_06_listing_costs_nothing([]) |stage| {
        stage.token.import("nes-p256", "01").import("nes-rsa2048", "02");
        let token = open(&stage);
        for _ in 0..3 {
            assert_eq!(token.certificates().unwrap().into_vec().len(), 2);
            token.info().unwrap();
            token.pin_status().unwrap();
            token.puk_status().unwrap();
            pkcs11::tokens(&stage.uri().parse().unwrap()).unwrap();
            pkcs11::probe(&stage.module).unwrap();
        }
        assert_eq!(stage.attempts(), 0);
    };

    /// 6: a module that hides certificates before login shows none, and no PIN is spent to see more: the person may.
    fn quirk_06_certificates_behind_a_login([CertificatesNeedLogin]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert!(token.certificates().unwrap().into_vec().is_empty());
        assert_eq!(stage.attempts(), 0);
        assert_eq!(name(token.certificates_with_pin(wrong(), Attempt::new())), "pin-incorrect");
        let found = token.certificates_with_pin(pin(), Attempt::new()).unwrap().one().unwrap();
        assert_eq!((stage.attempts(), stage.count("C_Logout")), (2, 1));
        let digest = DigestAlgorithm::Sha256.digest(b"text");
        let request = SignRequest { algorithm: SignatureAlgorithm::Ecdsa(digest.algorithm()), digest };
        token.sign(&found, request, pin(), Attempt::new()).unwrap();
    };

    /// 12: a version or clock of odd bytes does not hide the token.
    fn quirk_12_odd_token_information([OddTokenInfo]) |stage| {
        let info = open(&stage).info().unwrap();
        assert_eq!((info.label.as_str(), info.manufacturer.as_str()), ("NES1", "SoftHSM project"));
    };

    /// 13: texts with zeros behind and bytes that are no UTF-8 are readable, and the address still finds the token.
    fn quirk_13_texts_that_are_none([BadStrings]) |stage| {
        let tokens = pkcs11::tokens(&Pkcs11Uri { module_path: Some(stage.module), ..Pkcs11Uri::default() }).unwrap();
        let info = tokens[0].info().unwrap();
        assert_eq!((info.label.as_str(), info.model.as_str()), ("TÜRK NES", ""));
        assert!(info.address.starts_with("pkcs11:token=T%DCRK%20NES;"), "{}", info.address);
        for address in [info.address.clone(), info.address.replace("%DC", "Ü"), info.address.replace(";", "%00%00%20;")] {
            assert_eq!(pkcs11::tokens(&address.parse().unwrap()).unwrap().len(), 1, "{address}");
        }
        let other = info.address.replace("%DC", "%DD");
        assert!(pkcs11::tokens(&other.parse().unwrap()).unwrap().is_empty());
    };

    /// 13: one card is one card, whoever made it by what two modules say: they share what failed, and what succeeded.
    fn quirk_13_one_card_by_two_modules([OtherMaker]) |stage| {
        let module = Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() };
        let [one] = <[_; 1]>::try_from(pkcs11::tokens(&module).unwrap()).unwrap();
        let other = eimza_core::token::open(&stage.token.uri()).unwrap();
        assert_ne!(one.info().unwrap().manufacturer, other.info().unwrap().manufacturer);
        for token in [&one, &other] {
            assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        }
        for token in [&one, &other] {
            assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "pin-final-try");
        }
        other.verify_pin(pin(), permitted()).unwrap();
        assert_eq!(one.pin_status().unwrap().status, PinStatus::Ok);
    };

    /// 13: of two tokens with one serial number and two labels, a success on one wipes out nothing of the other.
    fn quirk_13_one_serial_number_two_labels([ElevenDigitSerial]) |stage| {
        softhsm().unwrap().token("NES1 (PIN2)");
        let module = Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() };
        let [one, two] = <[_; 2]>::try_from(pkcs11::tokens(&module).unwrap()).unwrap();
        for expected in ["pin-incorrect", "pin-incorrect", "pin-final-try", "pin-final-try"] {
            assert_eq!(name(one.verify_pin(wrong(), Attempt::new())), expected);
            two.verify_pin(pin(), Attempt::new()).unwrap();
        }
    };

    /// 13: a serial number that every card has tells no card.
    fn quirk_13_a_serial_number_of_zeros([ZeroSerial]) |stage| {
        softhsm().unwrap().token("NES2");
        let one = open(&stage);
        for _ in 0..2 {
            assert_eq!(name(one.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        }
        let other = format!("pkcs11:token=NES2?module-path={}", stage.module.display());
        let other = pkcs11::only(&other.parse().unwrap()).unwrap();
        let status = |token: &Token| token.pin_status().unwrap().status;
        assert_eq!((status(&one), status(&other)), (PinStatus::FinalTry, PinStatus::Unknown));
    };

    /// 13: a certificate that another program added makes the card no other one, and so does a host that was logged in
    /// while certificates were listed.
    fn quirk_13_more_is_seen_than_was_listed([CertificatesNeedLogin]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        let session = host_session(&host(&stage), false);
        session.login(UserType::User, Some(PIN.as_bytes())).unwrap();
        assert_eq!(token.certificates().unwrap().iter().count(), 1);
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "host-holds-login");
        session.logout().unwrap();
        drop(session);
        token.verify_pin(pin(), Attempt::new()).unwrap();
        token.certificates().unwrap();
        stage.token.import_certificate("nes-p384", "02", "SIGN1");
        token.verify_pin(pin(), Attempt::new()).unwrap();
    };

    /// 14: empty readers and tokens that nobody initialised come first, and slot numbers are no indexes.
    fn quirk_14_empty_slots_first([EmptySlotsFirst]) |stage| {
        stage.token.import("nes-p256", "01");
        let all = pkcs11::tokens(&Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() }).unwrap();
        assert_eq!(all.len(), 1);
        sign(&open(&stage), "nes-p256").unwrap();
    };

    /// 14: a module that never sets the flag for initialised tokens shows those with a certificate.
    fn quirk_14_no_token_initialised_flag([NoInitializedFlag]) |stage| {
        let module = Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() };
        assert!(pkcs11::tokens(&module).unwrap().is_empty());
        stage.token.import("nes-p256", "01");
        assert_eq!(pkcs11::tokens(&module).unwrap().len(), 1);
        sign(&open(&stage), "nes-p256").unwrap();
    };

    /// 38: thousands of slots cost what their number costs, and no more.
    fn quirk_38_four_thousand_slots([ManySlots]) |stage| {
        stage.token.import("nes-p256", "01");
        let module = Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() };
        let before = resident();
        let all = pkcs11::tokens(&module).unwrap();
        assert_eq!(all.len(), 4000);
        assert!(resident() - before < 64 << 20, "{} octets for the tokens", resident() - before);
        let last = all.last().unwrap().info().unwrap();
        let again = pkcs11::only(&last.address.parse().unwrap()).unwrap();
        assert_eq!((last.label.as_str(), again.info().unwrap()), ("NES4999", last.clone()));
        sign(&again, "nes-p256").unwrap();
    };

    /// 14: of tokens with one name, `id` and `object` choose the one that shows such a certificate.
    fn quirk_14_a_certificate_chooses_the_token([ZeroSerial]) |stage| {
        let twin = softhsm().unwrap().token("NES1 ");
        stage.token.import("nes-p256", "01");
        let by_id = |id: &str| format!("pkcs11:serial=0000000000000000;{id}?module-path={}", stage.module.display());
        assert_eq!(name(pkcs11::only(&by_id("id=%01").parse().unwrap()).map(drop)), "ok");
        assert_eq!(name(pkcs11::only(&by_id("object=SIGN0%00%00").parse().unwrap()).map(drop)), "ok");
        for nobody in ["id=%02", "object=SIGN9"] {
            assert_eq!(name(pkcs11::only(&by_id(nobody).parse().unwrap()).map(drop)), "tokens-several");
        }
        drop(twin);
    };

    /// 15: nobody searches by CKA_SERIAL_NUMBER.
    fn quirk_15_no_search_by_serial_number([]) |stage| {
        stage.token.import("nes-p256", "01");
        sign(&open(&stage), "nes-p256").unwrap();
        let searched: Vec<_> = stage.calls().into_iter().filter(|call| call.function == "C_FindObjectsInit").collect();
        assert!(searched.len() >= 2);
        assert!(searched.iter().all(|call| !call.detail.split(',').any(|kind| kind == "0x82")));
    };

    /// 24: a token that is gone still answers for itself; the slot list tells the truth.
    fn quirk_24_removed_while_signing([RemovedWhileSigning]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert_eq!(name(sign(&token, "nes-p256")), "token-removed");
        assert_eq!(stage.count("C_Sign"), 1);
        assert_eq!(stage.attempts(), 1);
        assert_eq!(name(token.info()), "token-removed");
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "token-removed");
        assert_eq!(stage.attempts(), 1);
    };

    /// 24: another token in the same slot gets no PIN.
    fn quirk_24_swapped_before_signing([SwappedAfterListing]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert_eq!(name(sign(&token, "nes-p256")), "token-removed");
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "token-removed");
        assert_eq!(stage.attempts(), 0);
    };

    /// 24: nor does a twin: the same name and serial number, another certificate.
    fn quirk_24_swapped_for_a_twin([TwinAfterListing]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert_eq!(name(sign(&token, "nes-p256")), "token-removed");
        assert_eq!(stage.attempts(), 0);
    };

    /// 24: no operation with a PIN or PUK reaches the twin; who lists its certificates anew has seen that it is another.
    fn quirk_24_a_twin_in_the_same_slot([TwinAfterListing]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        token.certificates().unwrap();
        no_secret_reaches(&token);
        assert_eq!(stage.attempts(), 0);
        token.certificates().unwrap();
        token.verify_pin(pin(), Attempt::new()).unwrap();
    };

    /// 24: nor a twin in another slot, once the token's own is empty.
    fn quirk_24_a_twin_in_another_slot([ElevenDigitSerial, FirstRemovedAfterListing]) |stage| {
        softhsm().unwrap().token("NES1");
        let module = Pkcs11Uri { module_path: Some(stage.module.clone()), ..Pkcs11Uri::default() };
        let tokens: Vec<_> = pkcs11::tokens(&module).unwrap();
        assert_eq!(tokens.len(), 2);
        tokens[1].certificates().unwrap();
        no_secret_reaches(&tokens[0]);
        assert_eq!((name(tokens[0].info()), stage.attempts()), ("token-removed", 0));
        tokens[1].verify_pin(pin(), Attempt::new()).unwrap();
    };

    /// 24: a token is found in another slot, as long as nothing else there can be taken for it.
    fn quirk_24_in_another_slot([ElevenDigitSerial, OthersAfterListing]) |stage| {
        softhsm().unwrap().token("NES1");
        let token = open(&stage);
        open(&stage).certificates().unwrap();
        token.verify_pin(pin(), Attempt::new()).unwrap();
    };

    /// 24: of two twins in other slots neither is taken for it.
    fn quirk_24_two_twins_in_other_slots([ElevenDigitSerial, OthersAfterListing]) |stage| {
        softhsm().unwrap().token("NES1");
        softhsm().unwrap().token("NES1");
        let token = open(&stage);
        token.certificates().unwrap();
        no_secret_reaches(&token);
        assert_eq!(stage.attempts(), 0);
    };

    /// A card that hands out the whole file that a certificate lies in.
    fn padded_certificates_are_shown([PaddedCertificates]) |stage| {
        stage.token.import("nes-p256", "01");
        sign(&open(&stage), "nes-p256").unwrap();
    };

    /// 25: slot events are never asked for: a token that comes or goes is seen in the slot list.
    fn quirk_25_no_slot_events([RemovedWhileSigning]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        assert_eq!(name(sign(&token, "nes-p256")), "token-removed");
        assert_eq!(name(token.certificates()), "token-removed");
        assert!(pkcs11::tokens(&stage.uri().parse().unwrap()).unwrap().is_empty());
        assert_eq!(stage.count("C_WaitForSlotEvent"), 0);
    };

    /// 31: a forked child starts the module anew; the parent's handle works there and here.
    fn quirk_31_fork([]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        sign(&token, "nes-p256").unwrap();
        let started = stage.count("C_Initialize");
        let child_token = token.clone();
        let mut child = std::process::Command::new("true");
        // SAFETY: no other thread of this process holds a lock; the child signs, then becomes `true`.
        unsafe {
            use std::os::unix::process::CommandExt;
            child.pre_exec(move || {
                let signed = sign(&child_token, "nes-p256");
                signed.map(drop).map_err(|error| std::io::Error::other(error.name()))
            });
        }
        assert!(child.status().unwrap().success());
        assert_eq!(stage.count("C_Initialize"), started + 1);
        sign(&token, "nes-p256").unwrap();
        assert_eq!(stage.count("C_Finalize"), 0);
    };

    /// 31: nor does a child wait for a thread of its parent that was listing tokens while a module was busy.
    fn quirk_31_fork_while_tokens_are_listed([NullInitOnly, Slow]) |stage| {
        let (token, address) = (open(&stage), stage.uri());
        std::thread::scope(|scope| {
            let busy = scope.spawn(|| token.verify_pin(pin(), Attempt::new()));
            std::thread::sleep(std::time::Duration::from_millis(500));
            let listing = scope.spawn(move || pkcs11::tokens(&address.parse().unwrap()).unwrap().len());
            std::thread::sleep(std::time::Duration::from_millis(500));
            let child_token = token.clone();
            let mut child = std::process::Command::new("true");
            // SAFETY: the child asks for the token, under a limit, then becomes `true`; that it may do so whatever locks
            // other threads hold is what is tested.
            unsafe {
                use std::os::unix::process::CommandExt;
                child.pre_exec(move || {
                    std::thread::spawn(|| {
                        std::thread::sleep(std::time::Duration::from_secs(20));
                        std::process::abort();
                    });
                    child_token.info().map(drop).map_err(|error| std::io::Error::other(error.name()))
                });
            }
            assert!(child.status().unwrap().success());
            busy.join().unwrap().unwrap();
            assert_eq!(listing.join().unwrap(), 1);
        });
    };

    /// 32: the leaf alone is enough.
    fn quirk_32_the_issuer_need_not_be_there([]) |stage| {
        stage.token.import("nes-rsa2048", "01");
        let token = open(&stage);
        assert_eq!(signer(&token, "nes-rsa2048").label, "SIGN0");
        sign(&token, "nes-rsa2048").unwrap();
    };

    /// What no flag tells is unknown with a module that nobody knows.
    fn no_flag_is_no_all_clear([]) |stage| {
        let token = open(&stage);
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Unknown);
        let driver = &pkcs11::Pkcs11Token::all(&stage.module).unwrap()[0];
        assert_eq!(driver.pin_report(&PinId::PUK).unwrap().tries_left, None);
        token.verify_pin(pin(), Attempt::new()).unwrap();
        assert_eq!(token.pin_status().unwrap().status, PinStatus::Ok);
    };

    /// Certificates can be listed while somebody takes his time with a PIN.
    fn listing_does_not_wait_for_a_slow_pin([Slow]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = open(&stage);
        std::thread::scope(|scope| {
            scope.spawn(|| token.verify_pin(pin(), Attempt::new()).unwrap());
            std::thread::sleep(std::time::Duration::from_millis(200));
            let start = std::time::Instant::now();
            let found = token.certificates().unwrap().into_vec();
            assert!(start.elapsed().as_millis() < 1500, "waited for a slow call");
            let address: Pkcs11Uri = "pkcs11:id=%01;object=SIGN0".parse().unwrap();
            assert!(address.names(&found[0]));
            assert!(!"pkcs11:id=%02".parse::<Pkcs11Uri>().unwrap().names(&found[0]));
        });
    };
}
