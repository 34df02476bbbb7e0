// EU DSS as a peer: judges, signs and extends CAdES files. The commands are described in ../README.md.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Reads a command from each line of standard input until that ends: one start of Java serves many files. */
public class Dss {
    public static void main(String[] words) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            String end = "=== done";
            try {
                answer(line.split("\t"));
            } catch (Exception | StackOverflowError error) {
                System.out.println(String.valueOf(error).replace("\n", " "));
                end = "=== failed";
            }
            System.out.println(end);
            System.out.flush();
        }
    }

    static void answer(String[] words) throws Exception {
        var options = new Options(words);
        switch (words[0]) {
            case "judge" -> Judge.judge(options);
            case "judge-often" -> Judge.judgeOften(options);
            case "sign" -> Sign.sign(options);
            case "extend" -> Sign.extend(options);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
