//! The host application beside us: it uses the same module through the `cryptoki` crate, which knows nothing of us.
//!
//! Whoever comes first initialises the module; nobody finalises it for the other, and nobody takes or uses the other's
//! login. And the host is an independent client: it sees the PIN that we changed, verifies what we signed, and the other
//! way round.

use crate::support::{CONTENT, name, permitted, pin, puk, request, sign, signer, wrong};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error as HostError, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, SessionState, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use eimza_core::Pin;
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::token::{self, Attempt, Token, pkcs11};
use eimza_testkit::PIN;
use eimza_testkit::quirky::Stage;

/// The host application: its context stays as long as it lives.
struct Host {
    context: Pkcs11,
    slot: Slot,
}

impl Host {
    /// Starts the host; says whether it was the first to initialise the module.
    fn start(stage: &Stage) -> (Self, bool) {
        let context = Pkcs11::new(&stage.token.module).unwrap();
        let is_first = match context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            Ok(()) => true,
            Err(HostError::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => false,
            Err(other) => panic!("{other}"),
        };
        let slots = context.get_slots_with_initialized_token().unwrap();
        let labelled = |slot: &Slot| context.get_token_info(*slot).unwrap().label() == stage.token.label;
        let slot = slots.into_iter().find(labelled).unwrap();
        (Self { context, slot }, is_first)
    }

    fn session(&self) -> Session {
        self.context.open_rw_session(self.slot).unwrap()
    }
}

fn login(session: &Session, pin: &str) -> Result<(), HostError> {
    session.login(UserType::User, Some(&AuthPin::from(pin.to_owned())))
}

fn state(session: &Session) -> SessionState {
    session.get_session_info().unwrap().session_state()
}

fn key(session: &Session, class: ObjectClass) -> ObjectHandle {
    session.find_objects(&[Attribute::Class(class)]).unwrap()[0]
}

/// The public key as the host sees it: from its numbers on the token, not from us.
fn public_key(session: &Session, private: ObjectHandle) -> ObjectHandle {
    let wanted = [AttributeType::Modulus, AttributeType::PublicExponent];
    let mut parts = session.get_attributes(private, &wanted).unwrap();
    parts.extend([Attribute::Class(ObjectClass::PUBLIC_KEY), Attribute::KeyType(KeyType::RSA)]);
    parts.extend([Attribute::Verify(true), Attribute::Token(false)]);
    session.create_object(&parts).unwrap()
}

fn ours(stage: &Stage) -> Token {
    token::open(&stage.token.uri()).unwrap()
}

quirks! {
    /// The host was first and is logged in: looking works, nothing that needs a PIN does, and the host notices nothing.
    fn the_host_first_and_logged_in([]) |stage| {
        stage.token.import("nes-p256", "01");
        let (host, is_first) = Host::start(&stage);
        assert!(is_first);
        let session = host.session();
        login(&session, PIN).unwrap();
        let private = key(&session, ObjectClass::PRIVATE_KEY);
        let token = ours(&stage);
        assert_eq!(token.certificates().unwrap().into_vec().len(), 1);
        token.pin_status().unwrap();
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "host-holds-login");
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "host-holds-login");
        assert_eq!(name(sign(&token, "nes-p256")), "host-holds-login");
        assert_eq!(name(token.change_pin(pin(), wrong(), Attempt::new())), "host-holds-login");
        assert_eq!(name(token.unblock_pin(puk(), wrong(), permitted())), "host-holds-login");
        assert_eq!(name(token.change_puk(puk(), puk(), permitted())), "host-holds-login");
        drop(token);
        // The host's session, login and object handles are what they were.
        assert_eq!(state(&session), SessionState::RwUser);
        assert_eq!(session.sign(&Mechanism::Ecdsa, private, &[7; 32]).unwrap().len(), 64);
        // Its PIN is still the same, and none of ours counted against it.
        session.logout().unwrap();
        login(&session, PIN).unwrap();
    };

    /// Once the host logged out everything works, and the host can log in afterwards.
    fn the_host_logs_out([]) |stage| {
        stage.token.import("nes-p256", "01");
        let (host, _) = Host::start(&stage);
        let session = host.session();
        login(&session, PIN).unwrap();
        let token = ours(&stage);
        assert_eq!(name(sign(&token, "nes-p256")), "host-holds-login");
        session.logout().unwrap();
        sign(&token, "nes-p256").unwrap();
        assert_eq!(name(token.verify_pin(wrong(), Attempt::new())), "pin-incorrect");
        token.verify_pin(pin(), Attempt::new()).unwrap();
        // Nobody left the person's rights to the host.
        assert_eq!(state(&session), SessionState::RwPublic);
        assert!(session.find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)]).unwrap().is_empty());
        login(&session, PIN).unwrap();
        assert_eq!(name(sign(&token, "nes-p256")), "host-holds-login");
    };

    /// The host holds the security officer's login: no operation of ours rides on it. PKCS#11 allows no reading session
    /// then, so the token is busy for all that only reads.
    fn the_host_as_security_officer([]) |stage| {
        stage.token.import("nes-p256", "01");
        let (host, _) = Host::start(&stage);
        let session = host.session();
        session.login(UserType::So, Some(&AuthPin::from(eimza_testkit::SO_PIN.to_owned()))).unwrap();
        let token = ours(&stage);
        assert_eq!(name(token.certificates()), "token-busy");
        assert_eq!(name(token.verify_pin(pin(), Attempt::new())), "token-busy");
        let anew = Pin::new("222222").unwrap();
        assert_eq!(name(token.unblock_pin(puk(), anew, permitted())), "host-holds-login");
        assert_eq!(name(token.change_puk(puk(), puk(), permitted())), "host-holds-login");
        assert_eq!(state(&session), SessionState::RwSecurityOfficer);
        session.logout().unwrap();
        login(&session, PIN).unwrap();
    };

    /// We were first: the host is told so, works, and is not disturbed by what we open and drop.
    fn we_first_then_the_host([]) |stage| {
        stage.token.import("nes-p256", "01");
        let token = ours(&stage);
        sign(&token, "nes-p256").unwrap();
        let (host, is_first) = Host::start(&stage);
        assert!(!is_first);
        let session = host.session();
        assert_eq!(state(&session), SessionState::RwPublic);
        sign(&token, "nes-p256").unwrap();
        drop(token);
        login(&session, PIN).unwrap();
        let private = key(&session, ObjectClass::PRIVATE_KEY);
        assert_eq!(session.sign(&Mechanism::Ecdsa, private, &[7; 32]).unwrap().len(), 64);
    };

    /// The host finalises the module for everybody; we begin anew, and so can the host.
    fn the_host_finalises_and_starts_again([]) |stage| {
        stage.token.import("nes-p256", "01");
        let (host, _) = Host::start(&stage);
        let token = ours(&stage);
        sign(&token, "nes-p256").unwrap();
        host.context.finalize().unwrap();
        sign(&token, "nes-p256").unwrap();
        let (host, is_first) = Host::start(&stage);
        assert!(!is_first);
        login(&host.session(), PIN).unwrap();
    };

    /// A session that the host only opened, without login, keeps nobody out: not even the security officer.
    fn an_idle_host_is_no_obstacle([]) |stage| {
        let (host, _) = Host::start(&stage);
        let session = host.session();
        let token = ours(&stage);
        token.unblock_pin(puk(), Pin::new("222222").unwrap(), permitted()).unwrap();
        login(&session, "222222").unwrap();
        assert!(login(&session, PIN).is_err());
    };

    /// A read-only session of the host keeps the security officer out: that is PKCS#11's rule, and costs no try.
    fn a_reading_host_keeps_the_security_officer_out([]) |stage| {
        let (host, _) = Host::start(&stage);
        let reading = host.context.open_ro_session(host.slot).unwrap();
        let token = ours(&stage);
        let refused = token.unblock_pin(puk(), Pin::new("222222").unwrap(), permitted());
        assert_eq!(name(refused), "token-busy");
        drop(reading);
        let session = host.session();
        login(&session, PIN).unwrap();
    };

    /// The PIN that we set is the PIN for the host, who was there all the time.
    fn the_host_sees_the_changed_pin([]) |stage| {
        let (host, _) = Host::start(&stage);
        let session = host.session();
        let token = ours(&stage);
        token.change_pin(pin(), Pin::new("654321").unwrap(), Attempt::new()).unwrap();
        let refused = login(&session, PIN).unwrap_err();
        assert!(matches!(refused, HostError::Pkcs11(RvError::PinIncorrect, _)), "{refused}");
        login(&session, "654321").unwrap();
        session.logout().unwrap();
        // And the other way round.
        login(&session, "654321").unwrap();
        session.set_pin(&AuthPin::from("654321".to_owned()), &AuthPin::from("777777".to_owned())).unwrap();
        session.logout().unwrap();
        assert_eq!(name(token.verify_pin(Pin::new("654321").unwrap(), Attempt::new())), "pin-incorrect");
        token.verify_pin(Pin::new("777777").unwrap(), Attempt::new()).unwrap();
    };

    /// One key, two clients: each verifies what the other signed.
    fn one_key_two_clients([]) |stage| {
        stage.token.import("nes-rsa2048", "01");
        let (host, _) = Host::start(&stage);
        let token = ours(&stage);
        let found = signer(&token, "nes-rsa2048");
        let wanted = request(&found, DigestAlgorithm::Sha256, Padding::Pkcs1);
        let value = token.sign(&found, wanted, pin(), Attempt::new()).unwrap();
        let session = host.session();
        login(&session, PIN).unwrap();
        let private = key(&session, ObjectClass::PRIVATE_KEY);
        let public = public_key(&session, private);
        session.verify(&Mechanism::Sha256RsaPkcs, public, CONTENT, &value).unwrap();
        assert!(session.verify(&Mechanism::Sha256RsaPkcs, public, b"other", &value).is_err());
        // PKCS#1 v1.5 has one value for a key and a content.
        assert_eq!(session.sign(&Mechanism::Sha256RsaPkcs, private, CONTENT).unwrap(), value);
        let public_key = found.certificate.public_key().unwrap();
        assert!(wanted.algorithm.verify(&public_key, &wanted.digest, &value).unwrap());
    };

    /// Threads of the host come and go while we sign: neither ends the other's work.
    fn host_and_library_at_the_same_time([]) |stage| {
        stage.token.import("nes-p256", "01");
        let (host, _) = Host::start(&stage);
        let token = ours(&stage);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                // Login is the process's own, so a session that is opened while we sign is logged in too.
                (0..50).for_each(|_| {
                    assert!(matches!(state(&host.session()), SessionState::RwPublic | SessionState::RwUser));
                });
            });
            scope.spawn(|| (0..20).for_each(|_| drop(sign(&token, "nes-p256").unwrap())));
            scope.spawn(|| (0..50).for_each(|_| drop(pkcs11::tokens(&stage.token.uri().parse().unwrap()).unwrap())));
        });
    };
}
