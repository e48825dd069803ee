package org.palomar.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.testing.SettableClock;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponentsBuilder;

/** S19: only URLs that were made for somebody's page, not long ago, are followed. */
class PictureUrlsTest {

    private static final String URL = "http://pictures.example/ä b?c=d&e#f";
    private static final MessageRef MESSAGE = MessageRef.parse(new MailboxName("INBOX"), "7.42");

    private final SettableClock clock = new SettableClock();
    private final PictureUrls urls = urls("0123456789abcdef0123456789abcdef");

    @Test
    void whatIsSignedIsRead() {
        String path = urls.path("alice", MESSAGE, URL);
        assertThat(path)
                .startsWith(PictureUrls.PATH + "?")
                .matches("[A-Za-z0-9/?=&_-]+")
                .doesNotContain("alice");
        PictureUrls.Asked asked = read(urls, path);
        assertThat(asked).isNotNull();
        assertThat(asked.url()).isEqualTo(URL);
        assertThat(asked.person())
                .isNotEqualTo(read(urls, urls.path("bob", MESSAGE, URL)).person());
        assertThat(urls.path("alice", MESSAGE, URL))
                .as("the same, for the browser's cache")
                .isEqualTo(path);
        assertThat(read(urls("0123456789abcdef0123456789abcdef"), path))
                .as("on another node")
                .isNotNull();
    }

    @Test
    void anythingAlteredIsRefused() {
        String path = urls.path("alice", MESSAGE, URL);
        assertThat(read(urls("another key of thirty-two letters"), path)).isNull();
        assertThat(read(urls(""), path)).as("a random key").isNull();
        for (String name : new String[] {"u", "p", "m", "e", "s"}) {
            String other = urls.path("bob", MessageRef.parse(new MailboxName("Other"), "8.1"), "http://other.example/");
            clock.advance(Duration.ofDays(1));
            String later = urls.path("alice", MESSAGE, URL);
            clock.advance(Duration.ofDays(-1));
            String from = name.equals("e") ? later : other;
            String altered = UriComponentsBuilder.fromUriString(path)
                    .replaceQueryParam(name, value(from, name))
                    .build()
                    .toUriString();
            assertThat(altered).isNotEqualTo(path);
            assertThat(read(urls, altered)).as(name).isNull();
        }
        assertThat(urls.read("!", "", "", 0, "")).isNull();
    }

    @Test
    void theyHoldUntilTheEndOfTheNextDay() {
        Instant end = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        clock.advance(Duration.between(clock.instant(), end.minusSeconds(1)));
        String path = urls.path("alice", MESSAGE, URL);
        clock.advance(Duration.ofDays(1));
        assertThat(read(urls, path)).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(read(urls, path)).isNull();
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> urls("short")).isInstanceOf(IllegalArgumentException.class);
    }

    private PictureUrls urls(String key) {
        return new PictureUrls(
                new RemoteProperties(
                        key, DataSize.ofMegabytes(1), 1_000, Duration.ofSeconds(1), DataSize.ofMegabytes(1), 10),
                clock);
    }

    private static PictureUrls.Asked read(PictureUrls urls, String path) {
        return urls.read(
                value(path, "u"),
                value(path, "p"),
                value(path, "m"),
                Long.parseLong(value(path, "e")),
                value(path, "s"));
    }

    private static String value(String path, String name) {
        return UriComponentsBuilder.fromUriString(path).build().getQueryParams().getFirst(name);
    }
}
