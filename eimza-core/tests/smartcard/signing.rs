//! Certificates and signatures of cards of every kind. Each value is verified with the certificate.

use eimza_core::crypto::{DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::token::{Attempt, SignRequest, Token, TokenCertificate};
use eimza_testkit::card::Design;

use crate::reader::{Desk, pin, signer};

const CONTENT: &[u8] = "Başvuru metni".as_bytes();

fn request(signer: &TokenCertificate, padding: Padding) -> SignRequest {
    let key = signer.certificate.public_key().unwrap();
    let algorithm = SignatureAlgorithm::for_key(&key, DigestAlgorithm::Sha256, padding).unwrap();
    SignRequest { algorithm, digest: DigestAlgorithm::Sha256.digest(CONTENT) }
}

fn signs(token: &Token, padding: Padding) {
    let signer = signer(token);
    let request = request(&signer, padding);
    let value = token.sign(&signer, request, pin("123456"), Attempt::new()).unwrap();
    let key = signer.certificate.public_key().unwrap();
    assert!(request.algorithm.verify(&key, &request.digest, &value).unwrap());
}

#[test]
fn cards_of_every_kind_sign() {
    let kinds = [
        ("pkcs15", Design::pkcs15()),
        ("pkcs15, T=0", Design::pkcs15_t0()),
        ("AKİS 1.0", Design::akis_1()),
        ("AKİS 1.2", Design::akis_1_2()),
        ("AKİS 2", Design::akis_2()),
    ];
    for (name, design) in kinds {
        let desk = Desk::new(design);
        let token = desk.token_unconfirmed();
        println!("{name}: {}", token.info().unwrap().model);
        signs(&token, Padding::Pkcs1);
        assert_eq!(desk.with(|card| card.counts().verifies), 1, "{name}");
    }
}
