package org.palomar.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said about signed and encrypted mail is true, and what is shown is what was signed (S40). */
class SealsIT {

    private static final String ALICE = "alice@palomar.example";
    private static final String TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\nThe lime arrives on Friday.\r\n";

    @TempDir
    static Path folder;

    private static DovecotServer dovecot;
    private static Product product;
    private static Visitor alice;
    private static SigningAuthority trusted;
    private static SigningAuthority unknown;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        trusted = new SigningAuthority("The House of Masons");
        unknown = new SigningAuthority("Nobody in particular");
        Path file = folder.resolve("authorities.pem");
        Files.writeString(file, trusted.pem());
        dovecot = DovecotServer.start();
        product = Product.at(dovecot.port(), "palomar.signature.trust=" + file);
        alice = product.visitor().signedIn("alice");
    }

    @AfterAll
    static void stop() {
        alice.close();
        product.close();
        dovecot.close();
    }

    private static String head(String from, Instant date) {
        return "From: " + from + "\r\nTo: " + ALICE + "\r\nSubject: Lime\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.ofInstant(date, ZoneOffset.UTC))
                + "\r\nMIME-Version: 1.0\r\n";
    }

    private static String base64(byte[] octets) {
        return Base64.getMimeEncoder().encodeToString(octets) + "\r\n";
    }

    private static String signed(String content, byte[] signature) {
        return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=s\r\n\r\n"
                + "--s\r\n" + content + "\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
                + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7s\r\n\r\n"
                + base64(signature) + "--s--\r\n";
    }

    private static Document open(String message) throws IOException {
        return open(message.getBytes(StandardCharsets.UTF_8));
    }

    private static Document open(byte[] message) throws IOException {
        String mailbox = "Seals" + ++number;
        dovecot.put(ALICE, mailbox, message);
        Document list = alice.get("mailboxes/" + mailbox).expect(200).html();
        String ref = list.select("[data-testid=message-row]").attr("data-ref");
        return alice.get("mailboxes/" + mailbox + "/messages/" + ref)
                .expect(200)
                .html();
    }

    private static String verdict(Document page) {
        return page.select("[data-testid=seal]").attr("data-verdict");
    }

    private static String body(Document page) {
        return page.select("[data-testid=message-body]").text();
    }

    @Test
    void aSignatureIsValidOnlyOverWhatIsShown() throws Exception {
        Instant now = Instant.now();
        byte[] signature = trusted.sign(TEXT, "Bob Okafor", "bob@palomar.example", now, false);
        String good = head("Bob <bob@palomar.example>", now) + signed(TEXT, signature);
        Document page = open(good);
        assertThat(verdict(page)).isEqualTo("valid");
        assertThat(page.select("[data-testid=seal]").text())
                .contains("Bob Okafor <bob@palomar.example>", "The House of Masons");
        assertThat(body(page)).contains("The lime arrives on Friday.");

        assertThat(verdict(open(good.replace("Friday", "Monday")))).isEqualTo("changed");
        assertThat(verdict(open(good.replace("From: Bob <bob@", "From: Bob <eve@"))))
                .isEqualTo("other-sender");
        assertThat(verdict(open(head("Bob <bob@palomar.example>", now.minusSeconds(86_400)) + signed(TEXT, signature))))
                .isEqualTo("other-time");
        // A third part would be shown without having been signed.
        assertThat(verdict(open(
                        good.replace("--s--\r\n", "--s\r\nContent-Type: text/plain\r\n\r\nPay at once.\r\n--s--\r\n"))))
                .isEqualTo("partly");
        assertThat(verdict(open(head("Bob <bob@palomar.example>", now)
                        + "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n" + signed(TEXT, signature)
                        + "\r\n--m\r\nContent-Type: text/plain\r\n\r\nA list's footer.\r\n--m--\r\n")))
                .isEqualTo("partly");
        assertThat(verdict(open(good.replace(base64(signature), "AAAA\r\n")))).isEqualTo("unreadable");
    }

    @Test
    void anAuthorityThatNobodyKnowsVouchesForNobody() throws Exception {
        Instant now = Instant.now();
        byte[] signature = unknown.sign(TEXT, "Bob Okafor", "bob@palomar.example", now, false);
        assertThat(verdict(open(head("Bob <bob@palomar.example>", now) + signed(TEXT, signature))))
                .isEqualTo("unvouched");
        byte[] foreign = trusted.signForServers(TEXT, "bob@palomar.example", now);
        assertThat(verdict(open(head("Bob <bob@palomar.example>", now) + signed(TEXT, foreign))))
                .isEqualTo("unvouched");
    }

    /** Thunderbird's verdicts, but that it trusts the authority that signed these. */
    @Test
    void signaturesOfOthersAreJudgedAsOthersDo() throws IOException {
        Path corpus = Path.of(System.getProperty("palomar.shared", "../shared"), "corpora");
        if (!Files.isDirectory(corpus)) {
            assertThat(System.getenv("CI")).as("the shared corpus is needed").isNotEqualTo("true");
            abort("skipped: no corpus at " + corpus);
        }
        int judged = 0;
        for (JsonNode entry : new JsonMapper()
                .readTree(Files.readString(corpus.resolve("manifest.json")))
                .get("messages")) {
            JsonNode expected = entry.path("upstream").path("smime_expected");
            if (expected.isObject()) {
                String file = entry.get("file").asString();
                String source = Files.readString(corpus.resolve(file), StandardCharsets.ISO_8859_1);
                String verdict = verdict(
                        open(source.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
                System.err.println("seal: " + file + ": " + verdict);
                if (expected.get("encrypted").asBoolean()) {
                    assertThat(verdict).as(file).isEqualTo("encrypted-smime");
                } else if (expected.get("signature_good").asBoolean()) {
                    assertThat(verdict).as(file).isEqualTo("unvouched");
                } else {
                    assertThat(verdict).as(file).isNotEmpty().isNotEqualTo("valid");
                }
                judged++;
            }
        }
        assertThat(judged).isGreaterThan(3);
    }

    @Test
    void contentThatLiesInItsSignatureIsTakenOut() throws Exception {
        Instant now = Instant.now();
        String content = "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n" + TEXT
                + "\r\n--c\r\nContent-Type: text/csv; name=lime.csv\r\nContent-Disposition: attachment; filename=lime.csv\r\n\r\n"
                + "bags,3\r\n--c--\r\n";
        byte[] cms = trusted.sign(content, "Bob Okafor", "bob@palomar.example", now, true);
        Document page = open(head("Bob <bob@palomar.example>", now)
                + "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
                + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7m\r\n\r\n"
                + base64(cms));
        assertThat(verdict(page)).isEqualTo("valid");
        assertThat(body(page)).contains("The lime arrives on Friday.");
        assertThat(page.select("[data-testid=attachment] .cut").eachText()).containsExactly("lime.csv", "smime.p7m");
        String csv = page.select("[data-testid=attachment-download]").first().attr("href");
        assertThat(alice.get(csv.substring(1)).expect(200).text()).isEqualTo("bags,3");
        String whole = page.select("[data-testid=attachment-download]").last().attr("href");
        assertThat(alice.get(whole.substring(1)).expect(200).body()).isEqualTo(cms);
    }

    @Test
    void s40_whatIsEncryptedIsNamedAndNeverQuoted() throws Exception {
        String head = head("Bob <bob@palomar.example>", Instant.now());
        Document pgp = open(head
                + "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=e\r\n\r\n"
                + "--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
                + "--e\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n"
                + "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMAw\r\n-----END PGP MESSAGE-----\r\n--e--\r\n");
        assertThat(verdict(pgp)).isEqualTo("encrypted-pgp");
        assertThat(pgp.select("[data-testid=attachment]").text()).contains("encrypted.asc");
        Document mangled = open(head
                + "Content-Type: multipart/mixed; boundary=e\r\n\r\n"
                + "--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
                + "--e\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n"
                + "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMAw\r\n-----END PGP MESSAGE-----\r\n--e--\r\n");
        assertThat(verdict(mangled)).isEqualTo("encrypted-pgp");
        assertThat(body(pgp)).doesNotContain("hQEMAw");
        Document answer = alice.get(
                        pgp.select("[data-testid=reply]").attr("href").substring(1))
                .expect(200)
                .html();
        assertThat(answer.select("textarea[name=text]").text()).doesNotContain("hQEMAw");

        Document smime =
                open(head + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHA6CAMIACAQAxAA==\r\n");
        assertThat(verdict(smime)).isEqualTo("encrypted-smime");
        assertThat(smime.select("[data-testid=attachment]").text()).contains("smime.p7m");

        // Hidden words, as in the attack that has a victim's answer carry what was decrypted.
        Document hidden =
                open(head + "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/html\r\n\r\n"
                        + "<p>Lunch?</p><div style=\"display:none\">-----BEGIN PGP MESSAGE-----\r\nhQEMAw"
                        + "\r\n-----END PGP MESSAGE-----</div>\r\n--m--\r\n");
        assertThat(verdict(hidden)).isEqualTo("partly-encrypted");
        Document reply = alice.get(
                        hidden.select("[data-testid=reply]").attr("href").substring(1))
                .expect(200)
                .html();
        assertThat(reply.select("textarea[name=text]").text())
                .contains("Lunch?")
                .doesNotContain("hQEMAw");

        Document clear =
                open(head + "Content-Type: text/plain\r\n\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n"
                        + "Noon.\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\nabc\r\n-----END PGP SIGNATURE-----\r\n");
        assertThat(verdict(clear)).isEqualTo("unchecked");
        assertThat(body(clear)).contains("Noon.");
    }
}
