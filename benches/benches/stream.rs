//! A detached content of 1 GiB, hashed and verified, beside the bare SHA-256 of the same file; and the most memory that
//! signing and verifying take, for 1 GiB and for 4 GiB, each in a process of its own.

#![allow(clippy::expect_used)]

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use eimza_benches::{interleaved, report};
use eimza_core::cades::{self, Placement, SigningOptions};
use eimza_core::cms::{self, Content, SignedData};
use eimza_core::crypto::DigestAlgorithm;
use eimza_core::validation;
use eimza_core::{Certificate, Time};
use eimza_testkit::{pki, scratch};
use sha2::Digest;

const GIB: u64 = 1 << 30;
const ROUNDS: usize = 5;
const MEMORY_LIMIT_KIB: u64 = 16 * 1024;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    // The bench calls itself to measure the memory of one verification alone.
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if let [mode, content, signature] = arguments.as_slice()
        && mode.as_os_str() == "alone"
    {
        return alone(content, signature);
    }
    let folder = scratch("stream");
    let (content, signature) = (folder.join("content"), folder.join("signature.p7s"));
    write_content(&content, GIB)?;
    std::fs::write(&signature, signed(&content)?)?;
    assert!(verified(&content, &signature), "the signature is good");

    let [us, bare] = interleaved(
        ROUNDS,
        1,
        &mut [&mut || assert!(verified(&content, &signature)), &mut || bare_sha256(&content).expect("reads")],
    );
    let ratio = us.as_secs_f64() / bare.as_secs_f64();
    let figure = format!("{:.2} s; bare SHA-256 {:.2} s; {ratio:.2} times", us.as_secs_f64(), bare.as_secs_f64());
    let mut all_met = report("verify 1 GiB detached", figure, "≤ 1.10 times", ratio <= 1.10);

    for size in [1, 4] {
        // A sparse file stands for four GiB: it is read like any other.
        File::options().write(true).open(&content)?.set_len(size * GIB)?;
        std::fs::write(&signature, signed(&content)?)?;
        let peak = peak_alone(&content, &signature)?;
        let figure = format!("{:.1} MiB", f64::from(u32::try_from(peak)?) / 1024.0);
        all_met &=
            report(&format!("memory, {size} GiB signed and verified"), figure, "≤ 16 MiB", peak <= MEMORY_LIMIT_KIB);
    }
    std::fs::remove_dir_all(folder)?;
    if all_met { Ok(()) } else { Err("a goal was missed".into()) }
}

fn verified(content: &Path, signature: &Path) -> bool {
    let verified = || -> Outcome<bool> {
        let octets = std::fs::read(signature)?;
        let signed_data = SignedData::read(&octets)?;
        let digests = cms::digest_file(content, &signed_data.digests_needed())?;
        Ok(validation::verify(&signed_data, Some(Content::Digests(&digests)), &[])?.all_passed())
    };
    verified().expect("readable")
}

fn signed(content: &Path) -> Outcome<Vec<u8>> {
    let certificate = Certificate::from_der(pki::certificate("nes-rsa2048"))?;
    let mut options = SigningOptions::new(Time::parse("2026-06-15T12:00:00Z")?);
    options.placement = Placement::Detached;
    let digests = cms::digest_file(content, &[DigestAlgorithm::Sha256])?;
    let prepared = cades::prepare(Content::Digests(&digests), &certificate, &options)?;
    let pair = RsaKeyPair::from_pkcs8(&pki::private_key_der("nes-rsa2048"))?;
    let mut value = vec![0; pair.public_modulus_len()];
    let rng = aws_lc_rs::rand::SystemRandom::new();
    pair.sign(&RSA_PKCS1_SHA256, &rng, prepared.to_be_signed(), &mut value)?;
    Ok(prepared.complete(&value)?)
}

fn bare_sha256(content: &Path) -> Outcome<()> {
    let (mut file, mut hasher) = (File::open(content)?, sha2::Sha256::new());
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            break;
        }
        hasher.update(buffer.get(..length).unwrap_or_default());
    }
    std::hint::black_box(hasher.finalize());
    Ok(())
}

/// Octets that do not repeat from page to page.
fn write_content(path: &Path, length: u64) -> Outcome<()> {
    let mut file = std::io::BufWriter::new(File::create(path)?);
    let mut state = 1u64;
    for _ in 0..length / 8 {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        file.write_all(&state.to_le_bytes())?;
    }
    Ok(file.flush()?)
}

/// Signs and verifies, and prints the peak of this process.
fn alone(content: &Path, signature: &Path) -> Outcome<()> {
    signed(content)?;
    assert!(verified(content, signature), "the signature is good");
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    println!("{}", peak.trim().trim_end_matches(" kB"));
    Ok(())
}

fn peak_alone(content: &Path, signature: &Path) -> Outcome<u64> {
    let output = Command::new(std::env::current_exe()?).arg("alone").arg(content).arg(signature).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
