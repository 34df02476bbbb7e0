import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.util.List;

/** EN 319 102-1 by DSS's own policy, with what is handed in and no network. */
class Judge {
    static void judge(Options options) throws Exception {
        print(reports(options));
    }

    /** Judges the same file so many times in a row and tells how long one took, in nanoseconds. */
    static void judgeOften(Options options) throws Exception {
        int times = Integer.parseInt(options.text("times"));
        long start = System.nanoTime();
        for (int round = 1; round < times; round++) reports(options);
        print(reports(options));
        System.out.println("took\t" + (System.nanoTime() - start) / times);
    }

    static Reports reports(Options options) throws Exception {
        var verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(options.certificates("anchors", new CommonTrustedCertificateSource()));
        verifier.setAdjunctCertSources(options.certificates("others", new CommonCertificateSource()));
        verifier.setCrlSource(new ExternalResourcesCRLSource(options.files("crls")));
        verifier.setOcspSource(new ExternalResourcesOCSPSource(options.files("ocsps")));
        verifier.setAIASource(null);
        var validator = SignedDocumentValidator.fromDocument(options.file("signature"));
        validator.setCertificateVerifier(verifier);
        if (options.has("time")) validator.setValidationTime(options.time("time"));
        if (options.has("content")) validator.setDetachedContents(List.of(options.file("content")));
        return validator.validateDocument();
    }

    /** A line for each signature with its verdict, one for each time-stamp with what was recomputed. */
    static void print(Reports reports) {
        var simple = reports.getSimpleReport();
        for (String id : simple.getSignatureIdList()) {
            var signature = reports.getDiagnosticData().getSignatureById(id);
            line("signature", simple.getIndication(id), simple.getSubIndication(id), simple.getSignatureFormat(id),
                    signature.isSignatureIntact(), signature.isCounterSignature() ? "counter" : "signer");
            for (var why : simple.getAdESValidationErrors(id)) line("because", why.getValue());
        }
        for (TimestampWrapper stamp : reports.getDiagnosticData().getTimestampList())
            line("stamp", stamp.getType(), stamp.getArchiveTimestampType(), stamp.getAtsHashIndexVersion(),
                    stamp.isMessageImprintDataFound(), stamp.isMessageImprintDataIntact() && hasRightIndex(stamp),
                    stamp.isSignatureIntact());
    }

    /** The imprint is over the index; whether what the index lists is in the file is told apart from it. */
    private static boolean hasRightIndex(TimestampWrapper stamp) {
        return stamp.getAtsHashIndexVersion() == null || stamp.isAtsHashIndexValid();
    }

    private static void line(Object... fields) {
        var text = new StringBuilder();
        for (Object field : fields) text.append(text.length() == 0 ? "" : "\t").append(field == null ? "-" : field);
        System.out.println(text);
    }
}
