//! Modules that people in Türkiye have, as data: where their makers put them.
//!
//! Only these absolute places are looked at. A bare file name would be searched in folders that anybody may write to.

/// A module by the places where its maker installs it.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownModule {
    /// What people call it.
    pub(super) name: &'static str,
    /// Absolute paths, the likeliest first.
    pub(super) paths: &'static [&'static str],
}

macro_rules! modules {
    ($($name:literal: [$($path:literal),+ $(,)?];)+) => {
        &[$(KnownModule { name: $name, paths: &[$($path),+] }),+]
    };
}

/// What stands on this system's page, the commonest card first.
#[cfg(all(unix, not(target_vendor = "apple")))]
pub(super) const MODULES: &[KnownModule] = modules! {
    "AKİS": [
        "/usr/lib/libakisp11.so",
        "/opt/Akia/libakisp11.so",
        "/usr/lib/akia/libakisp11.so",
        "/usr/lib64/libakisp11.so",
        "/usr/lib/x86_64-linux-gnu/libakisp11.so",
        "/usr/local/lib/libakisp11.so",
    ];
    "TCKK": ["/usr/lib/libtckkp11.so", "/usr/local/lib/libtckkp11.so"];
    "SafeNet eToken": ["/usr/lib/libeTPkcs11.so", "/usr/lib/libeToken.so", "/opt/eToken/lib/libeTPkcs11.so"];
    "SafeSign": ["/usr/lib/libaetpkss.so.3", "/usr/lib/libaetpkss.so"];
    "T-Kart": ["/usr/lib/libsiecap11.so", "/usr/lib/libcmp11.so"];
    "Gemalto": ["/usr/lib/libidprimepkcs11.so", "/usr/lib/libgclib.so"];
    "ePass2003": ["/usr/lib/libeps2003csp11.so", "/usr/lib64/libeps2003csp11.so"];
    "SoftHSM": ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"];
};

/// What stands on this system's page, the commonest card first.
#[cfg(target_vendor = "apple")]
pub(super) const MODULES: &[KnownModule] = modules! {
    "AKİS": [
        "/usr/local/lib/libakisp11.dylib",
        "/Library/Java/Extensions/libakisp11.dylib",
        "/Library/Akis/libakisp11.dylib",
        "/opt/homebrew/lib/libakisp11.dylib",
    ];
    "TCKK": ["/usr/local/lib/libtckkp11.dylib"];
    "SafeNet eToken": [
        "/usr/local/lib/libeTPkcs11.dylib",
        "/Library/Frameworks/eToken.framework/Versions/Current/libeToken.dylib",
        "/Library/Frameworks/eToken.framework/Versions/A/libeToken.dylib",
    ];
    "SafeSign": ["/usr/local/lib/libaetpkss.dylib", "/Applications/tokenadmin.app/Contents/Frameworks/libaetpkss.dylib"];
    "T-Kart": ["/usr/local/lib/libsiecap11.dylib", "/usr/local/lib/libcmp11.dylib"];
    "Gemalto": ["/usr/local/lib/libidprimepkcs11.dylib", "/usr/local/lib/libgclib.dylib"];
    "ePass2003": ["/usr/local/lib/libeps2003csp11.dylib"];
    "SoftHSM": ["/opt/homebrew/lib/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"];
};

/// What stands on this system's page, the commonest card first. A 32-bit program is shown SysWOW64 under the name of
/// System32 by the system itself.
#[cfg(windows)]
pub(super) const MODULES: &[KnownModule] = modules! {
    "AKİS": [
        r"C:\Windows\System32\akisp11.dll",
        r"C:\Program Files\AKIS\bin\akisp11.dll",
        r"C:\Program Files\AKiA\bin\akisp11.dll",
        r"C:\Program Files\Akis Kart Izleme Araci\akisp11.dll",
    ];
    "TCKK": [r"C:\Windows\System32\tckkp11.dll"];
    "SafeNet eToken": [
        r"C:\Windows\System32\eTPKCS11.dll",
        r"C:\Windows\System32\eToken.dll",
        r"C:\Program Files\SafeNet\Authentication\SAC\x64\IDPrimePKCS1164.dll",
    ];
    "SafeSign": [r"C:\Windows\System32\aetpkss1.dll", r"C:\Program Files\A.E.T. Europe B.V.\SafeSign\aetpkss1.dll"];
    "T-Kart": [r"C:\Windows\System32\siecap11.dll", r"C:\Windows\System32\cmp11.dll"];
    "Gemalto": [
        r"C:\Windows\System32\gclib.dll",
        r"C:\Windows\System32\idprimepkcs1164.dll",
        r"C:\Program Files\Gemalto\IDGo 800 PKCS#11\IDPrimePKCS1164.dll",
    ];
    "ePass2003": [r"C:\Windows\System32\eps2003csp11v2.dll", r"C:\Windows\System32\eps2003csp11.dll"];
};

/// Names of modules of hardware security modules. Where they lie is their administrators' choice: they are found
/// through `EIMZA_PKCS11_MODULE` or p11-kit, and only called by their name here.
pub(super) const HARDWARE_SECURITY_MODULES: &[(&str, &str)] = &[
    ("procryptoki", "ProCrypt"),
    ("dirakp11-32", "Dirak"),
    ("dirakp11-64", "Dirak"),
    ("cknfast", "nShield"),
    ("cryptoki", "Luna"),
    ("cs2_pkcs11", "CryptoServer"),
    ("cs_pkcs11_R2", "CryptoServer"),
    ("opencryptoki", "opencryptoki"),
    ("opensc-pkcs11", "OpenSC"),
    ("softhsm2", "SoftHSM"),
];
