// pkijs as a peer: signs and verifies CMS files. The options are described in README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { webcrypto, createPrivateKey, createHash } from "node:crypto";

// The packages lie in target/testbed/node, not beside this file.
const load = createRequire(`${process.env.EIMZA_TESTBED}/node/package.json`);
const asn1js = load("asn1js");
const pkijs = load("pkijs");
pkijs.setEngine("node", new pkijs.CryptoEngine({ name: "node", crypto: webcrypto, subtle: webcrypto.subtle }));

const CURVES = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };
const [command, ...rest] = process.argv.slice(2);
const options = Object.fromEntries(rest.flatMap((word, at) => (at % 2 ? [] : [[word.slice(2), rest[at + 1]]])));
const commands = { verify: () => verify(options), "verify-many": verifyMany, sign };
const failed = await commands[command]().catch((error) => error);
if (failed) {
  console.error(failed);
  process.exit(1);
}

async function verifyMany() {
  for (const line of readFileSync(options.list, "utf8").split("\n").filter(Boolean)) {
    const [signature, content] = line.split("\t");
    const refused = await verify({ ...options, signature, content }).catch((error) => error);
    console.log(refused ? `${refused}\n=== refused` : "=== accepted");
  }
}

async function verify({ signature, content, anchor, others }) {
  const signedData = new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(buffer(readFileSync(signature))).content });
  // pkijs takes certificates from the signature only.
  signedData.certificates = [...(signedData.certificates ?? []), ...certificates(others)];
  for (let signer = 0; signer < signedData.signerInfos.length; signer += 1) {
    const answer = await signedData.verify({
      signer,
      trustedCerts: certificates(anchor),
      checkChain: true,
      extendedMode: true,
      ...(content && { data: buffer(readFileSync(content)) }),
    });
    console.log(`signer ${signer}: code ${answer.code} ${answer.message}`);
    if (answer.code !== 14 || !answer.signatureVerified || !answer.signerCertificateVerified) return answer;
  }
  return signedData.signerInfos.length ? null : new Error("no signer");
}

async function sign() {
  const content = readFileSync(options.content);
  const signer = pkijs.Certificate.fromBER(buffer(readFileSync(options.certificate)));
  const hash = options.digest.toUpperCase().replace("SHA", "SHA-");
  const attribute = (type, value) => new pkijs.Attribute({ type, values: [value] });
  const digest = (name, bytes) => createHash(name).update(bytes).digest();
  // ESSCertIDv2: SHA-256 is the default, so only the hash is written.
  const signingCertificate = sequence(sequence(sequence(octets(digest("sha256", readFileSync(options.certificate))))));

  const signedData = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: pkijs.ContentInfo.DATA }),
    certificates: [signer, ...certificates(options.others)],
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          // pkijs signs and stores them as given; RFC 5652 5.4 wants DER, which sorts a SET OF.
          attributes: sorted([
            attribute("1.2.840.113549.1.9.3", new asn1js.ObjectIdentifier({ value: pkijs.ContentInfo.DATA })),
            attribute("1.2.840.113549.1.9.5", new asn1js.UTCTime({ valueDate: new Date() })),
            attribute("1.2.840.113549.1.9.4", octets(digest(options.digest, content))),
            attribute("1.2.840.113549.1.9.16.2.47", signingCertificate),
          ]),
        }),
      }),
    ],
  });
  if (!options.detached) signedData.encapContentInfo.eContent = octets(content);
  await signedData.sign(await privateKey(hash), 0, hash, buffer(content));
  const info = new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.SIGNED_DATA, content: signedData.toSchema(true) });
  writeFileSync(options.out, Buffer.from(info.toSchema().toBER()));
}

function privateKey(hash) {
  const key = createPrivateKey(readFileSync(options.key));
  const pkcs8 = key.export({ type: "pkcs8", format: "der" });
  const curve = CURVES[key.asymmetricKeyDetails.namedCurve];
  const algorithm = curve
    ? { name: "ECDSA", namedCurve: curve }
    : { name: options.pss ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash };
  return webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]);
}

function certificates(path) {
  const blocks = readFileSync(path, "latin1").match(/-----BEGIN CERTIFICATE-----[^-]+/g) ?? [];
  return blocks.map((block) => pkijs.Certificate.fromBER(buffer(Buffer.from(block.slice(27), "base64"))));
}

function sorted(attributes) {
  const der = (attribute) => Buffer.from(attribute.toSchema().toBER());
  return attributes.sort((one, other) => Buffer.compare(der(one), der(other)));
}

function sequence(...value) {
  return new asn1js.Sequence({ value });
}

function octets(bytes) {
  return new asn1js.OctetString({ valueHex: buffer(bytes) });
}

function buffer(bytes) {
  return new Uint8Array(bytes).buffer;
}
