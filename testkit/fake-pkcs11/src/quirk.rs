//! The quirks by name.

use std::sync::OnceLock;

macro_rules! quirks {
    ($($(#[$text:meta])+ $variant:ident $name:literal;)+) => {
        /// One way to misbehave.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Quirk { $($(#[$text])+ $variant),+ }

        impl Quirk {
            /// All of them.
            pub const ALL: &[Quirk] = &[$(Quirk::$variant),+];

            /// The name for `FAKE_PKCS11_QUIRKS`.
            pub fn name(self) -> &'static str {
                match self { $(Quirk::$variant => $name),+ }
            }
        }
    };
}

quirks! {
    /// `C_Initialize` takes only NULL, and calls must not overlap (the log says `OVERLAP` when they do).
    NullInitOnly "null-init-only";
    /// `C_Initialize` says that somebody was faster.
    AlreadyInitialized "already-initialized";
    /// The host finalises the module whenever a session was closed.
    FinalizedByTheHost "finalized-by-the-host";
    /// `C_GetFunctionList` fails, `C_GetInterface` works.
    InterfaceOnly "interface-only";
    /// Only the session that logged in may sign.
    SessionLocalLogin "session-local-login";
    /// Between `C_SignInit` and `C_Sign` nothing but the context-specific login may be called on any session.
    NoCallBeforeSign "no-call-before-sign";
    /// Keys that want the PIN each time do not say so.
    HiddenAlwaysAuthenticate "hidden-always-authenticate";
    /// Every private key says that it wants the PIN each time.
    ClaimedAlwaysAuthenticate "claimed-always-authenticate";
    /// `C_SignInit` wants the login for one use before it.
    LoginBeforeSignInit "login-before-sign-init";
    /// Keys that want a PIN each time want another one than the holder's: `FAKE_PKCS11_KEY_PIN`, which blocks after three
    /// wrong ones.
    KeyPin "key-pin";
    /// The token says that it is an IDPrime card.
    IdPrime "id-prime";
    /// Certificates are not seen before login.
    CertificatesNeedLogin "certificates-need-login";
    /// `CKA_EC_PARAMS` of P-256 keys holds all the numbers of the curve instead of its name.
    ExplicitEcParameters "explicit-ec-parameters";
    /// `CKA_EC_POINT` holds the point itself instead of an OCTET STRING around it.
    BareEcPoint "bare-ec-point";
    /// Private keys do not tell their public part.
    PublicPartHidden "public-part-hidden";
    /// The first `C_Sign` of each operation finds any buffer too small.
    BufferTooSmall "buffer-too-small";
    /// r of ECDSA signatures is zero.
    EcdsaZeroHalf "ecdsa-zero-half";
    /// ECDSA signatures have one octet too many.
    EcdsaOddLength "ecdsa-odd-length";
    /// Signatures have one bit flipped.
    WrongSignature "wrong-signature";
    /// The only mechanism is `CKM_RSA_PKCS`.
    RsaPkcsOnly "rsa-pkcs-only";
    /// Versions and clock of the token hold garbage.
    OddTokenInfo "odd-token-info";
    /// Texts are zero-padded and ISO 8859-9.
    BadStrings "bad-strings";
    /// Every token says that it was made by somebody else.
    OtherMaker "other-maker";
    /// Every token has the serial number 10000000146, which looks like a national id.
    ElevenDigitSerial "eleven-digit-serial";
    /// Every token has a serial number of zeros.
    ZeroSerial "zero-serial";
    /// The slot list begins with an empty reader and a token that was never initialised.
    EmptySlotsFirst "empty-slots-first";
    /// The holder's PIN blocks after three wrong ones; flags COUNT_LOW, FINAL_TRY, LOCKED; the last answer is PIN_INCORRECT.
    ThreeTries "three-tries";
    /// The same, but nothing, FINAL_TRY, LOCKED; the last answer is PIN_LOCKED.
    ThreeTriesPinLocked "three-tries-pin-locked";
    /// The same, with COUNT_LOW beside LOCKED at the end.
    ThreeTriesLowAndLocked "three-tries-low-and-locked";
    /// Three tries, and never a flag.
    ThreeTriesNoFlags "three-tries-no-flags";
    /// LOCKED stays set until a login succeeds, whatever was unblocked before.
    StaleLocked "stale-locked";
    /// PIN lengths from 8 to 0.
    OddPinLimits "odd-pin-limits";
    /// PIN lengths from 8 to 8.
    EightDigitPins "eight-digit-pins";
    /// `C_SetPIN` wants a login before.
    SetPinNeedsLogin "set-pin-needs-login";
    /// `C_Logout` without login is an error.
    LogoutNotLoggedIn "logout-not-logged-in";
    /// A new PIN that is the old one is refused with PIN_INVALID.
    SamePinInvalid "same-pin-invalid";
    /// Any security officer's PIN is welcome, then `C_InitPIN` says PIN_INCORRECT.
    SoLoginAlwaysOk "so-login-always-ok";
    /// The token is pulled out while it signs; information about it stays OK, the slot list does not name it any more.
    RemovedWhileSigning "removed-while-signing";
    /// Once its objects were looked at, another token is in its place.
    SwappedAfterListing "swapped-after-listing";
    /// Once its objects were searched, a twin is in its place: the same label and serial number, another certificate.
    TwinAfterListing "twin-after-listing";
    /// Once objects were searched, the token in the first slot is pulled out.
    FirstRemovedAfterListing "first-removed-after-listing";
    /// The token in the first slot is the only one, until objects were searched; then only the others are there.
    OthersAfterListing "others-after-listing";
    /// Certificates have zeros behind them, up to the size of the file they lie in.
    PaddedCertificates "padded-certificates";
    /// A key labelled AGREE1 is for key agreement, and says so only to `C_SignInit`.
    KeyAgreementKey "key-agreement-key";
    /// The second context-specific login is refused.
    SecondContextLoginRefused "second-context-login-refused";
    /// The token is pulled out while it checks a PIN, which has counted.
    RemovedDuringLogin "removed-during-login";
    /// The token checks the PIN, and its answer is lost.
    LoginAnswerLost "login-answer-lost";
    /// PINs are typed on the reader: a PIN from the host is refused.
    ProtectedPath "protected-path";
    /// `C_Login` and `C_Sign` take two seconds.
    Slow "slow";
    /// `C_Initialize` takes two seconds.
    SlowStart "slow-start";
    /// The module writes to standard output whenever it is started and whenever it signs.
    Prints "prints";
    /// The module lets everybody write what the process makes.
    OpensUmask "opens-umask";
    /// `C_Initialize` does not come back.
    HangsAtStart "hangs-at-start";
    /// `C_OpenSession` does not come back.
    HangsWhenUsed "hangs-when-used";
    /// `C_Initialize` aborts the process.
    AbortsAtStart "aborts-at-start";
    /// `C_OpenSession` crashes.
    CrashesWhenUsed "crashes-when-used";
    /// `C_Initialize` ends the process as if all were well.
    ExitsAtStart "exits-at-start";
    /// `C_Sign` ends the process as if all were well, without a word to whoever waits for an exit.
    ExitsWhileSigning "exits-while-signing";
    /// `C_Sign` aborts the process.
    AbortsWhileSigning "aborts-while-signing";
    /// What the module has registered for the end of the process crashes.
    CrashesAtExit "crashes-at-exit";
    /// `C_GetSlotList` claims more slots than it was given room for.
    LyingCounts "lying-counts";
    /// `C_GetAttributeValue` claims that certificates have a terabyte.
    HugeCertificates "huge-certificates";
    /// `C_GetAttributeValue` claims to have written more than it was given room for.
    LyingLengths "lying-lengths";
    /// `C_Sign` claims to have written more than it was given room for.
    LyingSignatureLength "lying-signature-length";
    /// `C_GetAttributeValue` fails as a whole with GENERAL_ERROR where one attribute is not there.
    GeneralErrorForMissing "general-error-for-missing";
    /// An attribute that is not there has the length zero.
    EmptyForMissing "empty-for-missing";
    /// `C_GetAttributeValue` stops at the first attribute that is not there.
    StopsAtMissing "stops-at-missing";
    /// Nobody has a label, and asking for it fails with DEVICE_ERROR.
    LabelFails "label-fails";
    /// `C_GetAttributeValue` tells no lengths: it refuses NULL.
    NoLengths "no-lengths";
    /// `C_GetAttributeValue` tells lengths that are one octet too short.
    ShortLengths "short-lengths";
    /// `C_FindObjects` says FUNCTION_FAILED where nothing is left to be found.
    FailsWhenNothingIsLeft "fails-when-nothing-is-left";
    /// `C_FindObjects` gives the same objects for ever.
    EndlessSearch "endless-search";
    /// A search by `CKA_ID` is refused.
    NoSearchById "no-search-by-id";
    /// There is no `C_FindObjectsFinal`, and a new search ends the old one.
    NoSearchEnd "no-search-end";
    /// There is no `C_GetSessionInfo`.
    NoSessionInfo "no-session-info";
    /// There is no `C_GetMechanismList`, no `C_GetSlotInfo` and no `C_GetInfo`.
    NoOptionalCalls "no-optional-calls";
    /// `C_GetSlotList` cannot tell the slots with a token from the others.
    NoPresentSlots "no-present-slots";
    /// Private keys say that they do not sign, are of no type, and have neither id nor public part.
    OddKeyAttributes "odd-key-attributes";
    /// Every private key tells a public part that no key has.
    LyingPublicPart "lying-public-part";
    /// ECDSA signatures are DER.
    EcdsaDer "ecdsa-der";
    /// The halves of ECDSA signatures have two zeros in front.
    EcdsaLongHalves "ecdsa-long-halves";
    /// Signatures are given from the last octet to the first, ECDSA's halves each.
    ReversedSignature "reversed-signature";
    /// `C_Sign` leaves the length of the signature as it was.
    UntouchedSignatureLength "untouched-signature-length";
    /// No token has the flag TOKEN_INITIALIZED.
    NoInitializedFlag "no-initialized-flag";
    /// No token has the flag LOGIN_REQUIRED, and all is seen and done without login.
    NoLoginNeeded "no-login-needed";
    /// No token has the flag LOGIN_REQUIRED, but its keys want one.
    NoLoginFlag "no-login-flag";
    /// The certificate with the id 01 is not seen before login.
    PrivateSigner "private-signer";
    /// The token is in four thousand slots, under a name of its own in each.
    ManySlots "many-slots";
    /// `C_Initialize` wants the text `configdir=here` in its reserved argument.
    WantsReserved "wants-reserved";
}

impl Quirk {
    /// Whether it was chosen.
    pub(crate) fn on(self) -> bool {
        static CHOSEN: OnceLock<Vec<Quirk>> = OnceLock::new();
        let chosen = CHOSEN.get_or_init(|| {
            let names = std::env::var("FAKE_PKCS11_QUIRKS").unwrap_or_default();
            let by_name = |name: &str| Quirk::ALL.iter().copied().find(|quirk| quirk.name() == name);
            names.split(',').filter_map(by_name).collect()
        });
        chosen.contains(&self)
    }
}
