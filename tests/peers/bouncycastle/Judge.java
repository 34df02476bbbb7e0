import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A verdict as an application would put one together from BouncyCastle's parts: signature, signing-certificate-v2, time-stamps,
 * the path with CRLs. It knows no OCSP and takes no time from a time-stamp. Each line of the list is a question; each answer
 * ends with a line `=== VERDICT`.
 */
public class Judge {
    public static void main(String[] words) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        for (String line : Files.readAllLines(Path.of(words[0]))) {
            String verdict = "PASSED";
            try {
                judge(line.split("\t"));
            } catch (Exception | StackOverflowError error) {
                System.out.println(String.valueOf(error).replace("\n", " "));
                verdict = "REFUSED";
            }
            System.out.println("=== " + verdict);
        }
    }

    static void judge(String[] words) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int at = 0; at + 1 < words.length; at += 2) options.put(words[at].substring(2), words[at + 1]);
        byte[] signature = Files.readAllBytes(Path.of(options.get("signature")));
        CMSSignedData signed = options.containsKey("content")
                ? new CMSSignedData(new CMSProcessableByteArray(Files.readAllBytes(Path.of(options.get("content")))), signature)
                : new CMSSignedData(signature);
        Peer.require(signed.getSignerInfos().size() > 0, "no signer");
        for (SignerInformation signer : signed.getSignerInfos()) {
            X509Certificate certificate = certificate(signed, signer.getSID());
            Peer.require(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate)), "signature is wrong");
            Peer.checkSigningCertificate(signer, certificate);
            checkStamps(signer);
            checkPath(certificate, signed, options);
        }
    }

    /** Signature-time-stamps are over the value, and signed by the certificate that they bring. */
    static void checkStamps(SignerInformation signer) throws Exception {
        if (signer.getUnsignedAttributes() == null) return;
        var digests = new JcaDigestCalculatorProviderBuilder().setProvider("BC").build();
        var attributes = signer.getUnsignedAttributes().getAll(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        for (int at = 0; at < attributes.size(); at += 1)
            for (ASN1Encodable value : Attribute.getInstance(attributes.get(at)).getAttributeValues()) {
                var token = new TimeStampToken(new CMSSignedData(value.toASN1Primitive().getEncoded()));
                var calculator = digests.get(token.getTimeStampInfo().getHashAlgorithm());
                calculator.getOutputStream().write(signer.getSignature());
                Peer.require(Arrays.equals(calculator.getDigest(), token.getTimeStampInfo().getMessageImprintDigest()), "another imprint");
                X509Certificate unit = certificate(token.toCMSSignedData(), token.getSID());
                token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(unit));
            }
    }

    /** The path under one of the anchors, at the time that is asked about, with a CRL of everybody in it. */
    static void checkPath(X509Certificate certificate, CMSSignedData signed, Map<String, String> options) throws Exception {
        var factory = CertificateFactory.getInstance("X.509", "BC");
        List<Object> known = new ArrayList<>();
        for (X509CertificateHolder each : signed.getCertificates().getMatches(null))
            known.add(new JcaX509CertificateConverter().setProvider("BC").getCertificate(each));
        for (X509CRLHolder each : signed.getCRLs().getMatches(null)) known.add(new JcaX509CRLConverter().setProvider("BC").getCRL(each));
        for (String path : list(options, "others")) known.add(factory.generateCertificate(Files.newInputStream(Path.of(path))));
        for (String path : list(options, "crls")) known.add(factory.generateCRL(Files.newInputStream(Path.of(path))));
        Set<TrustAnchor> anchors = new HashSet<>();
        for (String path : list(options, "anchors"))
            anchors.add(new TrustAnchor((X509Certificate) factory.generateCertificate(Files.newInputStream(Path.of(path))), null));
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(certificate);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, wanted);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
        parameters.setDate(Date.from(Instant.parse(options.get("time"))));
        CertPathBuilder.getInstance("PKIX", "BC").build(parameters);
    }

    static List<String> list(Map<String, String> options, String name) {
        return options.containsKey(name) ? List.of(options.get(name).split(",")) : List.of();
    }

    static X509Certificate certificate(CMSSignedData signed, SignerId sid) throws Exception {
        // A file may hold a certificate twice.
        Set<X509CertificateHolder> found = new HashSet<>(signed.getCertificates().getMatches(sid));
        Peer.require(found.size() == 1, found.size() + " signer certificates in the file");
        return new JcaX509CertificateConverter().setProvider("BC").getCertificate(found.iterator().next());
    }
}
