import eu.europa.esig.dss.cades.CAdESSignatureParameters;
import eu.europa.esig.dss.cades.signature.CAdESService;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.service.http.commons.CommonsDataLoader;
import eu.europa.esig.dss.service.http.commons.TimestampDataLoader;
import eu.europa.esig.dss.service.ocsp.OnlineOCSPSource;
import eu.europa.esig.dss.service.tsp.OnlineTSPSource;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.aia.DefaultAIASource;
import java.io.FileReader;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Signs and extends; chain, status data and time-stamps come from a certificate authority over HTTP. */
class Sign {
    static void sign(Options options) throws Exception {
        DSSDocument content = options.file("content");
        CAdESService service = service(options);
        CAdESSignatureParameters parameters = parameters(options);
        parameters.setSigningCertificate(options.certificate("certificate"));
        if (options.has("pss")) parameters.setEncryptionAlgorithm(EncryptionAlgorithm.RSASSA_PSS);
        if (options.has("content-time-stamp"))
            parameters.setContentTimestamps(List.of(service.getContentTimestamp(content, parameters)));
        var algorithm = parameters.getSignatureAlgorithm();
        var signature = Signature.getInstance(algorithm.getJCEId(), "BC");
        signature.initSign(privateKey(options.text("key")));
        signature.update(service.getDataToSign(content, parameters).getBytes());
        service.signDocument(content, parameters, new SignatureValue(algorithm, signature.sign())).save(options.text("out"));
    }

    static void extend(Options options) throws Exception {
        CAdESSignatureParameters parameters = parameters(options);
        if (options.has("content")) parameters.setDetachedContents(List.of(options.file("content")));
        service(options).extendDocument(options.file("signature"), parameters).save(options.text("out"));
    }

    private static CAdESSignatureParameters parameters(Options options) {
        var parameters = new CAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.valueOf("CAdES_BASELINE_" + options.text("level")));
        parameters.setSignaturePackaging(options.has("detached") ? SignaturePackaging.DETACHED : SignaturePackaging.ENVELOPING);
        if (options.has("digest")) parameters.setDigestAlgorithm(DigestAlgorithm.valueOf(options.text("digest").toUpperCase()));
        return parameters;
    }

    private static CAdESService service(Options options) throws Exception {
        var verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(options.certificates("anchors", new CommonTrustedCertificateSource()));
        verifier.setCrlSource(new OnlineCRLSource(new CommonsDataLoader()));
        verifier.setOcspSource(new OnlineOCSPSource());
        verifier.setAIASource(new DefaultAIASource(new CommonsDataLoader()));
        var service = new CAdESService(verifier);
        if (options.has("tsa")) service.setTspSource(new OnlineTSPSource(options.text("tsa"), new TimestampDataLoader()));
        return service;
    }

    private static PrivateKey privateKey(String path) throws Exception {
        try (var parser = new PEMParser(new FileReader(path))) {
            return new JcaPEMKeyConverter().setProvider("BC").getPrivateKey((PrivateKeyInfo) parser.readObject());
        }
    }
}
