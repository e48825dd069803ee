package org.palomar.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {

    @ParameterizedTest
    @CsvSource({
        "mail.example.com, example.com",
        "example.com, example.com",
        "a.b.co.uk, b.co.uk",
        "co.uk, co.uk",
        "one.github.io, one.github.io",
        "deep.one.github.io, one.github.io",
        "MX1.Example.ORG., example.org",
        "a.b.nowhere-listed, b.nowhere-listed",
        "www.bücher.de, xn--bcher-kva.de",
    })
    void registeredIsTheLabelBelowThePublicSuffix(String host, String registered) {
        assertThat(domain(host).registered().ascii()).isEqualTo(registered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "127.0.0.1", "0x7f.1", "[::1]", "a..example", "a b.example", "-", "2130706433"})
    void whatIsNoNameIsNone(String host) {
        assertThat(Domain.parse(host)).isEmpty();
    }

    @Test
    void widthAndCaseAreReadAsBrowsersDo() {
        assertThat(domain("ｅxample.com").ascii()).isEqualTo("example.com");
        assertThat(domain("example。com").ascii()).isEqualTo("example.com");
    }

    @Test
    void ownLettersAreShownOnlyWhereTheyDeceiveNobody() {
        assertThat(domain("xn--mnchen-3ya.de").shown()).isEqualTo("münchen.de");
        assertThat(domain("пример.рф").shown()).isEqualTo("пример.рф");
        // All of it is Cyrillic, and reads as another name.
        assertThat(domain("аррӏе.com").shown()).startsWith("xn--");
        assertThat(domain("pаypal.com").shown()).startsWith("xn--");
    }

    @ParameterizedTest
    @CsvSource({
        "paypa1.com, paypal.com",
        "rnicrosoft.com, microsoft.com",
        "gooogle.com, google.com",
        "micorsoft.com, microsoft.com",
        "paypal-login.com, paypal.com",
        "secure-amazon.net, amazon.com",
        "pаypal.com, paypal.com",
    })
    void lookalikesOfWellKnownNamesAreFound(String host, String known) {
        assertThat(Lookalikes.imitated(domain(host))).map(Domain::ascii).contains(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.google.com",
                "amazon.de",
                "paypal.es",
                "facebookmail.com",
                "apple-tree.org",
                "example.com",
                "stripes.org",
                "münchen.de",
                "email.teams.microsoft.com",
                "palomar.example",
            })
    void othersAreLeftAlone(String host) {
        assertThat(Lookalikes.imitated(domain(host))).isEmpty();
        assertThat(Lookalikes.deceives(domain(host))).isFalse();
    }

    @Test
    void domainsOneKnowsAreImitatedToo() {
        List<Domain> known = List.of(domain("torre-vieja.example"));
        assertThat(Lookalikes.imitated(domain("torre-veija.example"), known)).contains(domain("torre-vieja.example"));
        assertThat(Lookalikes.imitated(domain("torre-vieja.example"), known)).isEmpty();
        assertThat(Lookalikes.imitated(domain("palomar.example"), known)).isEmpty();
    }

    @Test
    void wordsThatMixScriptsAreTold() {
        assertThat(Lookalikes.mixesScripts("Pаypal Service")).isTrue();
        assertThat(Lookalikes.mixesScripts("Иван Петров (Acme Ltd)")).isFalse();
        assertThat(Lookalikes.mixesScripts("José Ñandú 山田")).isFalse();
    }

    private static Domain domain(String host) {
        return Domain.parse(host).orElseThrow();
    }
}
