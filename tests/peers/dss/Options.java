import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a command: `--name` and a value each. Lists of files are separated by commas. */
class Options {
    private final Map<String, String> values = new HashMap<>();

    Options(String[] words) {
        for (int at = 1; at + 1 < words.length; at += 2) values.put(words[at].substring(2), words[at + 1]);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return values.get(name);
    }

    Date time(String name) {
        return Date.from(Instant.parse(text(name)));
    }

    DSSDocument file(String name) {
        return new FileDocument(text(name));
    }

    DSSDocument[] files(String name) throws IOException {
        var documents = new java.util.ArrayList<DSSDocument>();
        for (String path : list(name)) documents.add(new InMemoryDocument(Files.readAllBytes(Path.of(path))));
        return documents.toArray(new DSSDocument[0]);
    }

    CertificateToken certificate(String name) throws IOException {
        return DSSUtils.loadCertificate(Files.readAllBytes(Path.of(text(name))));
    }

    <S extends CommonCertificateSource> S certificates(String name, S source) throws IOException {
        for (String path : list(name)) source.addCertificate(DSSUtils.loadCertificate(Files.readAllBytes(Path.of(path))));
        return source;
    }

    private List<String> list(String name) {
        return has(name) ? List.of(text(name).split(",")) : List.of();
    }
}
