// BouncyCastle as a peer: signs and verifies CMS files. The options are described in README.md.

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSSignedDataStreamGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

public class Peer {
    public static void main(String[] words) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        Map<String, String> options = new HashMap<>();
        for (int at = 1; at + 1 < words.length; at += 2) options.put(words[at].substring(2), words[at + 1]);
        switch (words[0]) {
            case "verify" -> verify(options);
            case "verify-many" -> verifyMany(options);
            case "sign" -> sign(options);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    static void verifyMany(Map<String, String> options) throws Exception {
        for (String line : Files.readAllLines(Path.of(options.get("list")))) {
            String[] files = line.split("\t");
            Map<String, String> one = new HashMap<>(options);
            one.put("signature", files[0]);
            if (files.length > 1) one.put("content", files[1]);
            String answer = "=== accepted";
            try {
                verify(one);
            } catch (Exception | StackOverflowError error) {
                answer = error + "\n=== refused";
            }
            System.out.println(answer);
        }
    }

    static void verify(Map<String, String> options) throws Exception {
        byte[] signature = read(options, "signature");
        CMSSignedData signed = options.containsKey("content")
                ? new CMSSignedData(new CMSProcessableByteArray(read(options, "content")), signature)
                : new CMSSignedData(signature);
        Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
        require(!signers.isEmpty(), "no signer");
        for (SignerInformation signer : signers) {
            // A file may hold a certificate twice.
            Set<X509CertificateHolder> found = new HashSet<>(signed.getCertificates().getMatches(signer.getSID()));
            require(found.size() == 1, found.size() + " signer certificates in the file");
            X509Certificate certificate = new JcaX509CertificateConverter().setProvider("BC").getCertificate(found.iterator().next());
            require(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate)), "signature is wrong");
            checkSigningCertificate(signer, certificate);
            checkPath(certificate, signed, options);
            System.out.println("verified: " + certificate.getSubjectX500Principal());
        }
    }

    /** RFC 5035: the first certificate that signing-certificate-v2 names is the signer's. */
    static void checkSigningCertificate(SignerInformation signer, X509Certificate certificate) throws Exception {
        AttributeTable attributes = signer.getSignedAttributes();
        require(attributes != null, "no signed attributes");
        Attribute attribute = attributes.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        require(attribute != null && attribute.getAttrValues().size() == 1, "no single signing-certificate-v2");
        ESSCertIDv2 first = SigningCertificateV2.getInstance(attribute.getAttributeValues()[0]).getCerts()[0];
        String algorithm = first.getHashAlgorithm().getAlgorithm().getId();
        byte[] hash = MessageDigest.getInstance(algorithm, "BC").digest(certificate.getEncoded());
        require(Arrays.equals(hash, first.getCertHash()), "signing-certificate-v2 names another certificate");
    }

    static void checkPath(X509Certificate certificate, CMSSignedData signed, Map<String, String> options) throws Exception {
        List<X509Certificate> others = new ArrayList<>(certificates(options.get("others")));
        for (X509CertificateHolder each : signed.getCertificates().getMatches(null))
            others.add(new JcaX509CertificateConverter().getCertificate(each));
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(certificate);
        TrustAnchor anchor = new TrustAnchor(certificates(options.get("anchor")).get(0), null);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(anchor), wanted);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
        parameters.setRevocationEnabled(false);
        CertPathBuilder.getInstance("PKIX", "BC").build(parameters);
    }

    static void sign(Map<String, String> options) throws Exception {
        X509CertificateHolder certificate = new X509CertificateHolder(read(options, "certificate"));
        List<X509Certificate> inside = new ArrayList<>(certificates(options.get("others")));
        inside.add(new JcaX509CertificateConverter().getCertificate(certificate));
        byte[] content = read(options, "content");
        boolean attached = !options.containsKey("detached");

        if (options.containsKey("stream")) {
            CMSSignedDataStreamGenerator generator = new CMSSignedDataStreamGenerator();
            generator.addSignerInfoGenerator(signer(options, certificate));
            generator.addCertificates(new JcaCertStore(inside));
            // Small pieces: the content becomes many octet strings inside an indefinite one.
            generator.setBufferSize(16);
            try (var file = new FileOutputStream(options.get("out")); var out = generator.open(file, attached)) {
                out.write(content);
            }
            return;
        }
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(signer(options, certificate));
        generator.addCertificates(new JcaCertStore(inside));
        CMSSignedData signed = generator.generate(new CMSProcessableByteArray(content), attached);
        Files.write(Path.of(options.get("out")), signed.toASN1Structure().getEncoded("DER"));
    }

    static SignerInfoGenerator signer(Map<String, String> options, X509CertificateHolder certificate) throws Exception {
        PrivateKey key = privateKey(options.get("key"));
        String algorithm = options.get("digest").toUpperCase() + "with"
                + (key.getAlgorithm().equals("RSA") ? options.containsKey("pss") ? "RSAandMGF1" : "RSA" : "ECDSA");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2(hash)))));
        return new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider("BC").build())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(new JcaContentSignerBuilder(algorithm).setProvider("BC").build(key), certificate);
    }

    static PrivateKey privateKey(String path) throws Exception {
        try (PEMParser parser = new PEMParser(new FileReader(path))) {
            return new JcaPEMKeyConverter().setProvider("BC").getPrivateKey((PrivateKeyInfo) parser.readObject());
        }
    }

    @SuppressWarnings("unchecked")
    static List<X509Certificate> certificates(String path) throws Exception {
        var bytes = new ByteArrayInputStream(Files.readAllBytes(Path.of(path)));
        return List.copyOf((Collection<X509Certificate>) CertificateFactory.getInstance("X.509", "BC").generateCertificates(bytes));
    }

    static byte[] read(Map<String, String> options, String name) throws Exception {
        return Files.readAllBytes(Path.of(options.get(name)));
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) throw new IllegalStateException(otherwise);
    }
}
