package org.palomar.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.domain.Domain;
import org.palomar.mail.HeaderField;
import org.palomar.trust.AuthenticationResults.Result;
import org.palomar.trust.Checks.Verdict;

/** RFC 8601: what is believed, and what it says of the author's domain. */
class ChecksTest {

    private static final TrustProperties TRUSTED = new TrustProperties(List.of("mx.palomar.example"));
    private static final Domain BANK = Domain.parse("bank.com").orElseThrow();

    @Test
    void commentsVersionsQuotesAndSpaceAreRead() {
        AuthenticationResults read = AuthenticationResults.parse(
                        "mx.palomar.example (our (own) one; really) 1 ; DKIM/1 = pass (good; \\) sig) reason=\"a; \\\"b\\\"\""
                                + " header.d=Bank.com header . s = s1 header.b=AbC+/=; spf=fail smtp.mailfrom=\"x y\"@bank.com;"
                                + "dmarc=pass (p=reject dis=none) header.from=bank.com")
                .orElseThrow();
        assertThat(read.authservId()).isEqualTo("mx.palomar.example");
        assertThat(read.results()).extracting(Result::method).containsExactly("dkim", "spf", "dmarc");
        Result dkim = read.results().getFirst();
        assertThat(dkim.outcome()).isEqualTo("pass");
        assertThat(dkim.property("reason")).isEqualTo("a; \"b\"");
        assertThat(dkim.property("header.d")).isEqualTo("Bank.com");
        assertThat(dkim.property("header.s")).isEqualTo("s1");
        assertThat(dkim.property("header.b")).isEqualTo("AbC+/=");
        assertThat(read.results().getLast().comment()).isEqualTo("p=reject dis=none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "=", "a b c; dkim=pass", "mx.palomar.example 2; dkim=pass", "(only a comment)"})
    void whatHasNoNameOfAServerIsNothing(String value) {
        assertThat(AuthenticationResults.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx.palomar.example",
                "mx.palomar.example; none",
                "mx.palomar.example;dkim",
                "mx.palomar.example; dkim="
            })
    void noResultIsNoResult(String value) {
        assertThat(AuthenticationResults.parse(value).orElseThrow().results()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dmarc=pass header.from=bank.com | CONFIRMED",
                "dkim=pass header.d=mail.bank.com | CONFIRMED",
                "dkim=pass header.i=@bank.com | CONFIRMED",
                "spf=pass smtp.mailfrom=bounce@send.bank.com | CONFIRMED",
                "dkim=pass header.d=evil.com; spf=pass smtp.mailfrom=evil.com | UNCONFIRMED",
                "dkim=pass header.d=bank.com.evil.com | UNCONFIRMED",
                "dmarc=pass header.from=evil.com | UNCONFIRMED",
                "dkim=fail header.d=bank.com; spf=softfail smtp.mailfrom=bank.com | UNCONFIRMED",
                "dmarc=fail (p=reject) header.from=bank.com; spf=pass smtp.mailfrom=evil.com | FAILED",
                "dmarc=fail (p=none dis=none) header.from=bank.com | UNCONFIRMED",
                "dmarc=fail header.from=bank.com policy.published-domain-policy=none | UNCONFIRMED",
                "spf=fail smtp.mailfrom=bank.com; dkim=none | FAILED",
                "spf=fail smtp.mailfrom=bank.com; dkim=pass header.d=bank.com | CONFIRMED",
                "dmarc=temperror header.from=bank.com | UNCONFIRMED",
                "none | UNCONFIRMED",
            })
    void theVerdictIsThatOfDmarc(String results, Verdict verdict) {
        assertThat(checks("Authentication-Results: mx.palomar.example; " + results)
                        .verdict(BANK, false))
                .isEqualTo(verdict);
    }

    @Test
    void listsBreakWhatNobodyForged() {
        Checks checks =
                checks("Authentication-Results: mx.palomar.example; dmarc=fail (p=reject) header.from=bank.com");
        assertThat(checks.verdict(BANK, true)).isEqualTo(Verdict.UNCONFIRMED);
    }

    @Test
    void othersAreNotBelieved() {
        assertThat(checks("Authentication-Results: mx.evil.com; dmarc=pass header.from=bank.com")
                        .verdict(BANK, false))
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(Checks.of(
                                List.of(new HeaderField(
                                        "Authentication-Results", "mx; dmarc=pass header.from=bank.com")),
                                new TrustProperties(List.of()))
                        .verdict(BANK, false))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatCameWithTheMessageIsNotBelieved() {
        assertThat(checks(
                                "Authentication-Results: MX.Palomar.example; dkim=fail header.d=bank.com",
                                "Received: from evil.com by mx.palomar.example",
                                "Authentication-Results: mx.palomar.example; dmarc=pass header.from=bank.com")
                        .verdict(BANK, false))
                .isEqualTo(Verdict.UNCONFIRMED);
        // A filter that writes below the line of its own server: its fields stand above those of the message.
        assertThat(checks(
                                "Received: from evil.com by mx.palomar.example",
                                "Authentication-Results: mx.palomar.example; dmarc=fail header.from=bank.com",
                                "Authentication-Results: mx.palomar.example; dmarc=pass header.from=bank.com")
                        .verdict(BANK, false))
                .isEqualTo(Verdict.FAILED);
        // Several filters of one server write a field each.
        assertThat(checks(
                                "Received: by store.palomar.example",
                                "Authentication-Results: mx.palomar.example; dmarc=pass header.from=bank.com",
                                "Authentication-Results: mx.palomar.example; dkim=pass header.d=bank.com",
                                "Received: from bank.com by mx.palomar.example")
                        .results())
                .hasSize(2);
    }

    static Checks checks(String... lines) {
        return Checks.of(fields(lines), TRUSTED);
    }

    static List<HeaderField> fields(String... lines) {
        List<HeaderField> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.add(new HeaderField(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return fields;
    }
}
