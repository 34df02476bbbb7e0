//! The demo from its first line to its last, its files judged by OpenSSL.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use eimza_testkit::{component, project, run, scratch};
use serde_json::Value;

use crate::eimza::eimza;

fn check_files(folder: &Path) {
    assert!(fs::read_to_string(folder.join("text.txt")).unwrap().contains("başvurularımı"));
    let receipt: Value = serde_json::from_slice(&fs::read(folder.join("receipt.json")).unwrap()).unwrap();
    assert_eq!(receipt["record"]["request"]["person"]["national_id"], "100******46");
    assert_eq!(receipt["masked"], true);
    let Some(openssl) = component("openssl") else { return };
    for (name, content, issuer) in [
        ("e-onay.p7s", "text.txt", "issuer.pem"),
        ("revocation/revocation.p7s", "revocation/text.txt", "issuer.pem"),
        ("receipt.p7s", "", "seal.pem"),
        ("revocation/receipt.p7s", "", "seal.pem"),
    ] {
        let out = folder.join("verified.txt");
        let mut command = Command::new(&openssl);
        command.args(["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-CAfile"]);
        command.arg(folder.join(issuer)).arg("-in").arg(folder.join(name));
        run(command.arg("-out").arg(&out)).expect_success();
        let verified = fs::read(&out).unwrap();
        fs::remove_file(out).unwrap();
        if !content.is_empty() {
            assert_eq!(verified, fs::read(folder.join(content)).unwrap());
        }
    }
}

/// The lines of the page on the binding, over a copy of what a demo left.
fn follow_the_page(folder: &Path) -> bool {
    let page = fs::read_to_string(project().join("docs/binding.md")).unwrap();
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let script = blocks.collect::<Vec<_>>().join("\n");
    let copy = scratch("binding");
    run(Command::new("cp").arg("-r").arg(folder.join(".")).arg(&copy)).expect_success();
    run(Command::new("sh").args(["-eu", "-c", &script]).current_dir(&copy)).success
}

#[test]
fn an_outsider_checks_everything_by_the_page_on_the_binding() {
    if component("openssl").is_none() || component("jq").is_none() {
        return;
    }
    let lines = eimza(["demo", "--json"]).json(0);
    let folder = PathBuf::from(lines.last().unwrap()["folder"].as_str().unwrap());
    assert!(follow_the_page(&folder));
    // Each file counts: one octet of it changed, and a line fails.
    for name in ["text.txt", "record.json", "e-onay.p7s", "receipt.p7s", "receipt.json", "revocation/record.json"] {
        let path = folder.join(name);
        let right = fs::read(&path).unwrap();
        let mut wrong = right.clone();
        let place = wrong.iter().rposition(u8::is_ascii_digit).unwrap();
        wrong[place] ^= 1;
        fs::write(&path, wrong).unwrap();
        assert!(!follow_the_page(&folder), "{name}");
        fs::write(&path, right).unwrap();
    }
    assert!(follow_the_page(&folder));
}

#[test]
fn a_person_sees_every_step_and_the_folder_last() {
    let began = Instant::now();
    let call = eimza(["demo"]);
    let here = call.folder.clone();
    let ended = call.run();
    assert_eq!((ended.code, ended.errors.as_str()), (0, ""));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    let folder = PathBuf::from(ended.output.lines().last().unwrap());
    assert_eq!(folder.parent(), Some(here.canonicalize().unwrap().as_path()));
    assert!(folder.file_name().unwrap().to_string_lossy().starts_with("eimza-onay-"));
    for said in [
        "Verification code",
        "Elektronik Onay",
        "Certificates on the token",
        "PIN",
        "Signed",
        "Received, not accepted yet: INDETERMINATE / TRY_LATER",
        "publishes its CRL and OCSP",
        "TOTAL-PASSED (tr-nes, B-B)",
        "stands already",
        "revoked",
    ] {
        assert!(ended.output.contains(said), "{said}: {}", ended.output);
    }
    // A second may end between the code and the line that shows it.
    assert!(["5:00", "4:59"].iter().any(|left| ended.output.contains(left)), "{}", ended.output);
    assert!(!ended.output.contains("10000000146"));
    check_files(&folder);
}

#[test]
fn a_national_id_in_the_folder_s_path_is_masked() {
    let here = scratch("demo").join("10000000146");
    fs::create_dir(&here).unwrap();
    for (option, is_shown) in [("--json", false), ("--lang=en", false), ("--show-personal-data", true)] {
        let ended = eimza(["demo", option]).inside(&here).run();
        let last = ended.output.lines().last().unwrap();
        let parent = if is_shown { "/10000000146/eimza-onay-" } else { "/100******46/eimza-onay-" };
        assert!(last.contains(parent), "{option}: {last}");
    }
}

#[test]
fn a_script_reads_one_object_per_line() {
    let lines = eimza(["demo", "--json"]).json(0);
    let states: Vec<&str> = lines.iter().filter_map(|line| line["state"].as_str()).collect();
    assert_eq!(states, ["given", "already-given", "revoked"]);
    let given = lines.iter().find(|line| line["state"] == "given").unwrap();
    let again = lines.iter().find(|line| line["state"] == "already-given").unwrap();
    assert_eq!(given["since"], again["since"]);
    assert_eq!(given["receipt"]["verdict"]["indication"], "TOTAL-PASSED");
    let code = lines.iter().find(|line| line["step"] == "code").unwrap();
    assert_eq!(code["code"].as_str().unwrap().len(), 15);
    assert!((299..=300).contains(&code["seconds"].as_u64().unwrap()));
    check_files(Path::new(lines.last().unwrap()["folder"].as_str().unwrap()));
}

/// What the service says of itself holds for whoever judges the files: by the data that the receipt names, and years later by
/// what the service keeps.
#[test]
fn the_verdict_can_be_made_again_from_the_folder() {
    let lines = eimza(["demo", "--json"]).json(0);
    let steps: Vec<&str> = lines.iter().filter_map(|line| line["step"].as_str()).collect();
    let at = |step| steps.iter().position(|one| *one == step).unwrap();
    assert!(at("signed") < at("received") && at("received") < at("published") && at("published") < at("accepted"));
    let received = lines.iter().find(|line| line["step"] == "received").unwrap();
    assert_eq!(received["accepted_at"], Value::Null);
    assert_eq!(received["verdict"]["missing"][0]["reason"], "status-missing");
    let folder = PathBuf::from(lines.last().unwrap()["folder"].as_str().unwrap());
    let validate = |options: &[&str]| {
        let options = ["validate", "--json", "--trust", "issuer.pem"].iter().chain(options);
        eimza(options).inside(&folder).json(0).remove(0)["indication"].clone()
    };
    assert_eq!(validate(&["--crl", "issuer.crl", "--ocsp", "signer.ocsp", "e-onay.p7s"]), "TOTAL-PASSED");
    let receipt: Value = serde_json::from_slice(&fs::read(folder.join("receipt.json")).unwrap()).unwrap();
    let since = receipt["received_at"]["utc"].as_str().unwrap();
    let later = ["--at", "2045-01-01T00:00:00Z", "--existed-since", since, "e-onay-complete.p7s"];
    assert_eq!(validate(&later), "TOTAL-PASSED");
}

#[test]
fn it_speaks_turkish_and_can_run_twice() {
    let first = eimza(["demo", "--lang", "tr"]);
    let here = first.folder.clone();
    let (first, second) = (first.run(), eimza(["demo", "--lang", "tr"]).inside(&here).run());
    assert!(first.output.contains("E-Onay verildi") && first.output.contains("geri alındı"), "{}", first.output);
    assert_ne!(first.output.lines().last(), second.output.lines().last());
}

#[test]
fn a_folder_that_cannot_be_written_is_told_with_7() {
    let call = eimza(["--json", "demo"]).inside(Path::new("/proc"));
    assert_eq!(call.error(7)["name"], "output-unwritable");
    // It is known before the first step.
    assert_eq!(eimza(["demo"]).inside(Path::new("/proc")).run().output, "");
}
