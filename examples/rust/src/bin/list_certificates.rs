//! Lists the certificates of a token, or of every token of this machine, without a PIN.
//!
//! `list_certificates [ADDRESS]`, for example `list_certificates "pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so"`.

use eimza_core::{Clock, Result, SystemClock, token};

fn main() -> Result<()> {
    let now = SystemClock::new().now();
    let tokens = match std::env::args().nth(1) {
        Some(address) => vec![token::open(&address)?],
        None => token::usable(|_| true),
    };
    for token in tokens {
        println!("{}", token.info()?.label);
        for found in &token.certificates()? {
            let certificate = &found.certificate;
            // National ids are masked wherever a name is printed.
            println!("  {}", certificate.subject());
            let until = certificate.not_after().map(|end| end.to_string()).unwrap_or_default();
            println!("    {} until {until}", certificate.kind().name());
            println!("    {}", certificate.sha256().to_hex());
            match certificate.check_qualified().and_then(|()| certificate.check_for_signing(now)) {
                Ok(()) => println!("    can give an E-Onay"),
                Err(error) => println!("    cannot give an E-Onay: {}", error.name()),
            }
        }
    }
    Ok(())
}
