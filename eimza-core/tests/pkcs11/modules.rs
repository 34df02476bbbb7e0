//! Modules: found, loaded once, refused with the right reason.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{name, open, sign};
use eimza_core::token::pkcs11::{self, ModuleSource, Pkcs11Uri};
use eimza_testkit::{SOFTHSM_MODULE, scratch};

quirks! {
    /// 28: a C_GetInterface that fails is not asked; a module that exports only C_GetFunctionList is enough.
    fn quirk_28_c_get_interface_fails([]) |stage| {
        open(&stage).info().unwrap();
        assert_eq!(stage.count("C_GetInterface"), 0);
    };

    /// 28: the other way round.
    fn quirk_28_c_get_function_list_fails([InterfaceOnly]) |stage| {
        stage.token.import("nes-p256", "01");
        sign(&open(&stage), "nes-p256").unwrap();
    };

    /// A module whose daemon does not run says so at once, by the name that PKCS#11 gives it.
    fn a_module_that_does_not_start_is_named([], "FAKE_PKCS11_ANSWERS" = "C_Initialize=0x2") |stage| {
        let error = pkcs11::probe(&stage.module).unwrap_err();
        let eimza_core::Error::ModuleFailed { function, ref value } = error else { panic!("{error}") };
        assert_eq!((function, value.as_str()), ("C_Initialize", "CKR_HOST_MEMORY"));
    };

    /// Counts that cannot be are an answer of the module, not memory of ours.
    fn a_module_that_lies_about_counts_is_not_believed([LyingCounts]) |stage| {
        let all = Pkcs11Uri { module_path: Some(stage.module), ..Pkcs11Uri::default() };
        assert_eq!(name(pkcs11::tokens(&all)), "module-failed");
    };

    /// Certificates of a terabyte are not there, and no terabyte is asked for.
    fn a_module_that_lies_about_sizes_is_not_believed([HugeCertificates]) |stage| {
        stage.token.import("nes-p256", "01");
        assert!(open(&stage).certificates().unwrap().is_empty());
    };

    /// What a module claims to have written beyond its room is not read.
    fn a_module_that_lies_about_what_it_wrote_is_not_believed([LyingLengths]) |stage| {
        stage.token.import("nes-p256", "01");
        assert!(open(&stage).certificates().unwrap().is_empty());
    };

    /// The same for signatures.
    fn a_module_that_lies_about_signatures_is_not_believed([LyingSignatureLength]) |stage| {
        stage.token.import("nes-p256", "01");
        assert_eq!(name(sign(&open(&stage), "nes-p256")), "module-failed");
    };

    /// A module by two names is one module: it is started once.
    fn a_module_by_two_names_is_one([]) |stage| {
        let link = scratch("link").join("other-name.so");
        std::os::unix::fs::symlink(&stage.module, &link).unwrap();
        pkcs11::probe(&stage.module).unwrap();
        pkcs11::probe(&link).unwrap();
        assert_eq!(stage.count("C_Initialize"), 1);
    };

    /// A module that takes its time to start is started once, and keeps no other from starting.
    fn a_module_that_starts_slowly_keeps_nobody_else([SlowStart]) |stage| {
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| pkcs11::probe(&stage.module).unwrap());
            }
            std::thread::sleep(Duration::from_millis(200));
            let start = Instant::now();
            pkcs11::probe(Path::new(SOFTHSM_MODULE)).unwrap();
            assert!(start.elapsed() < Duration::from_millis(1500), "waited for another module");
        });
        assert_eq!(stage.count("C_Initialize"), 1);
    };

    /// 39: a module that wants a text at its start gets what p11-kit is configured with, by whatever way it is named.
    fn quirk_39_x_init_reserved([WantsReserved], "HOME" = "{scratch}") |stage| {
        assert_eq!(name(pkcs11::probe(&stage.module)), "module-failed");
        let home = std::path::PathBuf::from(std::env::var_os("HOME").unwrap());
        let modules = home.join(".config/pkcs11/modules");
        fs::create_dir_all(&modules).unwrap();
        let text = format!("module: {}\nx-init-reserved: configdir=here\n", stage.module.display());
        fs::write(modules.join("fake.module"), text).unwrap();
        stage.token.import("nes-p256", "01");
        sign(&open(&stage), "nes-p256").unwrap();
        let found = pkcs11::modules().into_iter().find(|module| module.path == stage.module).unwrap();
        assert_eq!(found.source, ModuleSource::P11Kit);
    };

    /// The variable names modules, one that is missing too; the others are still found.
    fn modules_are_found_through_the_variable([], "EIMZA_PKCS11_MODULE" = "/nonexistent/libnone.so:here.so:{module}") |stage| {
        let found = pkcs11::modules();
        assert_eq!(found[0].path, Path::new("/nonexistent/libnone.so"));
        assert_eq!((found[0].source, found[0].name.as_str()), (ModuleSource::Environment, "none"));
        assert_eq!(found[2].path, stage.module);
        assert_eq!(name(pkcs11::probe(&found[0].path)), "module-missing");
        assert_eq!(name(pkcs11::probe(&found[1].path)), "module-unusable");
        let address: Pkcs11Uri = "pkcs11:token=NES1?module-name=fake_pkcs11".parse().unwrap();
        pkcs11::only(&address).unwrap().info().unwrap();
        assert_eq!(name(pkcs11::only(&"pkcs11:token=NES2".parse().unwrap())), "token-unknown");
        assert_eq!(stage.attempts(), 0);
    };
}

#[test]
fn a_module_that_is_none_is_named_as_such() {
    let name = |path: &Path| name(pkcs11::probe(path));
    assert_eq!(name(Path::new("/nonexistent/libakisp11.so")), "module-missing");
    assert_eq!(name(Path::new("libakisp11.so")), "module-unusable");
    let file = scratch("module").join("text.so");
    fs::write(&file, "this is no library").unwrap();
    assert_eq!(name(&file), "module-unusable");
    let mut head = fs::read(std::env::current_exe().unwrap()).unwrap();
    head.truncate(4096);
    head[18] = if cfg!(target_arch = "aarch64") { 62 } else { 183 };
    fs::write(&file, head).unwrap();
    assert_eq!(name(&file), "module-architecture");
}

#[test]
fn a_module_without_any_reader_has_no_token() {
    let opensc = format!("/usr/lib/{}-linux-gnu/opensc-pkcs11.so", std::env::consts::ARCH);
    let Some(opensc) = eimza_testkit::component(&opensc) else { return };
    assert_eq!(pkcs11::probe(&opensc).unwrap().manufacturer, "OpenSC Project");
    let none = Pkcs11Uri { token: Some(b"NES1".to_vec()), module_path: Some(opensc), ..Pkcs11Uri::default() };
    assert_eq!(pkcs11::tokens(&none).unwrap().len(), 0);
}
