package org.palomar.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mime.AddressParser;
import org.palomar.trust.Checks.Verdict;

/** S36: what about a sender and their files deceives, and what does not. */
class WarningsTest {

    private static final String OWN = "alice@palomar.example";
    private static final Acquaintances KNOWN = Acquaintances.of(
            List.of(new Address("Bob Reyes", "bob@torre-vieja.example"), new Address("Carol", "c@x.example")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "support@paypal.com | x@evil.example | trust.warn.address",
                "PayPal <support@paypal.com> | x@evil.example | trust.warn.address",
                "news@shop.example | news@mail.shop.example | -",
                "Carol | carol@elsewhere.example | -",
                "Bob Reyes | bob@torre-vieja.example | -",
                "Bob Reyes | other@torre-vieja.example | -",
                "bob  reyes | bob@elsewhere.example | trust.warn.namesake",
                "Bоb Rеyes | bob@elsewhere.example | trust.warn.mixed",
                "Иван Петров | ivan@example.ru | -",
                "x | ceo@torre-veija.example | trust.warn.lookalike",
                "x | a@paypa1.com | trust.warn.lookalike",
                "x | a@pаypal.com | trust.warn.letters",
                "x | a@pa1omar.example | trust.warn.lookalike",
                "- | nobody | -",
            })
    void namesAndDomains(String name, String address, String key) {
        List<Warning> warnings = warnings(envelope(new Address(name, address), List.of()), Verdict.UNKNOWN);
        assertThat(warnings).extracting(Warning::key).isEqualTo(key == null ? List.of() : List.of(key));
    }

    @Test
    void answersThatGoElsewhereAreToldUnlessManyGotTheMessage() {
        Envelope envelope = envelope(new Address("A", "a@b.example"), List.of(new Address(null, "x@evil.example")));
        assertThat(warnings(envelope, Verdict.UNKNOWN)).extracting(Warning::key).containsExactly("trust.warn.replyTo");
        assertThat(warnings(envelope, Verdict.UNKNOWN, "List-Unsubscribe: <https://b.example/>"))
                .isEmpty();
        Envelope same = envelope(new Address("A", "a@b.example"), List.of(new Address(null, "x@help.b.example")));
        assertThat(warnings(same, Verdict.UNKNOWN)).isEmpty();
    }

    @Test
    void severalAuthorsAreNobody() {
        Envelope envelope = envelope(new Address("A", "a@b.example"), List.of());
        assertThat(warnings(envelope, Verdict.UNKNOWN, "From: a@b.example", "From: x@evil.example"))
                .extracting(Warning::key)
                .containsExactly("trust.warn.several");
        assertThat(warnings(envelope, Verdict.FAILED))
                .extracting(Warning::grave)
                .containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "setup.exe | application/octet-stream | trust.file.program",
                "invoice.pdf.exe | application/pdf | trust.file.disguised",
                "invoice.pdf            .scr | application/pdf | trust.file.disguised",
                "photos.LNK | application/octet-stream | trust.file.program",
                "disk.iso | application/octet-stream | trust.file.program",
                "code.js | text/plain | trust.file.program",
                "report.pdf | application/x-msdownload | trust.file.program",
                "list.xlsm | application/octet-stream | trust.file.macro",
                "login.html | text/html | trust.file.page",
                "report.pdf | application/pdf | -",
                "photo.final.jpg | image/jpeg | -",
                "archive.tar.gz | application/gzip | -",
                "letter.docx | application/octet-stream | -",
                "drawing.svg | image/svg+xml | -",
                "invoice.pdf.svg | image/svg+xml | trust.file.page",
                "noextension | application/octet-stream | -",
            })
    void files(String name, String type, String key) {
        assertThat(RiskyFile.judge(name, type).map(Warning::key).orElse(null)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "bob@torre-vieja.example | -",
                "alice@palomar.example | -",
                "eve@elsewhere.example | trust.to.stranger",
                "Bob Reyes <bob@elsewhere.example> | trust.to.namesake",
                "bob@torre-veija.example | trust.to.lookalike",
                "a@paypa1.com | trust.to.lookalike",
                "dan@pa1omar.example | trust.to.lookalike",
                "dan@palomar.example | trust.to.stranger",
                "a@pаypal.com | trust.to.letters",
                "dan@palomar.example, bob@torre-vieja.example | trust.to.outside trust.to.stranger",
                "dan@palomar.example, eve@elsewhere.example | trust.to.outside trust.to.stranger",
                "dan@palomar.example, a@paypa1.com | trust.to.lookalike trust.to.stranger",
                "bob@torre-vieja.example, c@x.example | -",
                "a@b.example, c@d.example, e@f.example, g@h.example | trust.to.strangers",
            })
    void whoAMessageGoesTo(String to, String keys) {
        assertThat(RecipientAdvice.about(AddressParser.parse(to).good(), KNOWN, OWN))
                .extracting(Warning::key)
                .isEqualTo(keys == null ? List.of() : List.of(keys.split(" ")));
    }

    @Test
    void nothingIsSaidOfStrangersToWhoKnowsNobodyYet() {
        List<Address> eve = List.of(new Address(null, "eve@elsewhere.example"));
        assertThat(RecipientAdvice.about(eve, Acquaintances.NONE, OWN)).isEmpty();
    }

    private static List<Warning> warnings(Envelope envelope, Verdict verdict, String... header) {
        return Sender.of(envelope).warnings(envelope, new Header(ChecksTest.fields(header)), verdict, KNOWN, OWN);
    }

    private static Envelope envelope(Address from, List<Address> replyTo) {
        return new Envelope(
                null, "s", List.of(from), List.of(from), replyTo, List.of(), List.of(), List.of(), null, null);
    }
}
