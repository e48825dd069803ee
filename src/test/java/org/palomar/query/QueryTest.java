package org.palomar.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.mail.Envelope;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;

class QueryTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tile  quote | tile quote",
                "\"two dates\" tile | \"two dates\" tile",
                "-tile -\"two dates\" | -tile -\"two dates\"",
                "From:ines TO:\"Kasia Nowak\" cc:bob | from:ines to:\"Kasia Nowak\" cc:bob",
                "de:inés para:bob asunto:tejas cuerpo:norte | from:inés to:bob subject:tejas body:norte",
                "tiene:adjunto es:no-leído es:leido es:destacado | has:attachment is:unread is:read is:flagged",
                "antes:2026 despues:2025-3 después:hoy fecha:ayer | before:2026 after:2025-03 after:today on:yesterday",
                "after:7d before:3W on:2m before:1y | after:7d before:3w on:2m before:1y",
                "on:2026/11/4 on:2026.1.31 | on:2026-11-04 on:2026-01-31",
                "larger:10k smaller:5M mayor:2g larger:1500 | larger:10k smaller:5m larger:2000m larger:1500",
                "in:sent en:\"Reading group\" -in:trash | in:sent in:\"Reading group\" -in:trash",
                "“curly quotes” «angled» | \"curly quotes\" \"angled\"",
                "tile tile from:a from:a | tile from:a"
            })
    void understandsEnglishAndSpanish(String typed, String canonical) {
        assertThat(Query.parse(typed)).hasToString(canonical);
    }

    /** Because a search is never an error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "before:soon",
                "on:2026-02-30",
                "on:2026-13",
                "larger:much",
                "larger:99999999999",
                "is:purple",
                "has:wings",
                "from:",
                "http://example.org/x?y=1",
                "foo:bar",
                "10:30",
                "-",
                "--",
                "a-b",
                "5\"disk",
                "NIL",
                "{3}",
                "*",
                "%",
                "(",
                "\\"
            })
    void whatIsNoOperatorIsText(String typed) {
        Query query = Query.parse(typed);
        assertThat(query.terms()).singleElement().isInstanceOf(Term.Text.class);
        assertThat(query).hasToString(typed);
    }

    @Test
    void somebodyWhoIsStillTypingIsUnderstood() {
        assertThat(Query.parse("\"two da").terms())
                .containsExactly(new Term.Text(Term.Place.ANYWHERE, "two da", true, false));
        assertThat(Query.parse("before:\"some day\" x")).hasToString("\"before:some day\" x");
        assertThat(Query.parse(" \"\"  -\"\" \t").isEmpty()).isTrue();
    }

    @Test
    void nothingInItCanEndALine() {
        Query query = Query.parse("a\r\nA1 LOGOUT\r\n\u0000\u0085\u2028b\ud800c \u202Eevil\u202C");
        assertThat(query).hasToString("a A1 LOGOUT bc evil");
        assertThat(Query.parse("x".repeat(10_000)).texts())
                .singleElement()
                .asString()
                .hasSize(200);
        assertThat(Query.parse("x ".repeat(10_000) + "y").terms()).hasSize(1);
        assertThat(Query.parse("\uD83D\uDE00".repeat(5_000)).texts())
                .singleElement()
                .asString()
                .hasSize(200);
    }

    @Test
    void aPartCanBeTakenAway() {
        Query query = Query.parse("tile from:ines has:attachment");
        assertThat(query.without(query.terms().get(1))).hasToString("tile has:attachment");
    }

    /** What is shown, linked and kept is the text form, so it must mean the same. */
    @Test
    void theTextFormMeansTheSame() {
        Random random = new Random(20261124);
        List<String> pieces = List.of(
                "a",
                "b",
                "é",
                "e\u0301",
                "-",
                "\"",
                " ",
                ":",
                "from:",
                "de:",
                "before:",
                "2026",
                "-11",
                "7d",
                "in:",
                "is:",
                "read",
                "has:",
                "attachment",
                "larger:",
                "10k",
                "\r\n",
                "\u0000",
                "\uD83D\uDE00",
                "\uD83D",
                "\u202E",
                "\u05D0",
                "“",
                "»",
                "\u0301",
                "\\",
                "*",
                "(",
                "x".repeat(199),
                "K");
        for (int i = 0; i < 5_000; i++) {
            StringBuilder typed = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                typed.append(pieces.get(random.nextInt(pieces.size())));
            }
            Query query = Query.parse(typed.toString());
            assertThat(Query.parse(query.toString())).as(typed.toString()).isEqualTo(query);
            assertThat(query.toString().chars()).noneMatch(c -> c < ' ' || c == 127);
            Criteria.of(query, TODAY, MADRID).complete();
        }
    }

    private static Stream<SearchKey> keys(SearchKey key) {
        return switch (key) {
            case SearchKey.And(List<SearchKey> all) -> all.stream().flatMap(QueryTest::keys);
            case SearchKey.Or(List<SearchKey> any) -> any.stream().flatMap(QueryTest::keys);
            case SearchKey.Not(SearchKey not) -> keys(not);
            default -> Stream.of(key);
        };
    }

    private static Criteria criteria(String typed) {
        return Criteria.of(Query.parse(typed), TODAY, MADRID);
    }

    @Test
    void headersAreSearchedBeforeBodies() {
        Criteria words = criteria("tile is:unread");
        assertThat(words.readsBodies()).isTrue();
        assertThat(keys(words.inHeaders())).doesNotContain(new SearchKey.Words(SearchKey.Field.BODY, "tile", true));
        assertThat(keys(words.complete())).contains(new SearchKey.Words(SearchKey.Field.BODY, "tile", true));
        assertThat(keys(words.quick())).containsExactly(new SearchKey.Flagged(Flags.SEEN, false));
        assertThat(criteria("from:ines").readsBodies()).isFalse();
        assertThat(criteria("tile body:north").inHeaders()).isNull();
        assertThat(criteria("-tile").inHeaders()).isNull();
        assertThat(criteria("before:2026 larger:1m").hasText()).isFalse();
    }

    @Test
    void onlyPlainWordsMayBeFoundNearly() {
        assertThat(keys(criteria("tile").complete()).map(SearchKey.Words.class::cast))
                .allMatch(SearchKey.Words::fuzzy);
        assertThat(keys(criteria("\"tile\" -roof from:ines").complete()).map(SearchKey.Words.class::cast))
                .noneMatch(SearchKey.Words::fuzzy);
    }

    private static boolean admits(String typed, String arrived) {
        return criteria(typed)
                .admit(new MessageSummary(
                        new MessageRef(MailboxName.INBOX, new UidValidity(1), new Uid(1)),
                        1,
                        new Envelope(
                                null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null,
                                null),
                        Flags.NONE,
                        Instant.parse(arrived),
                        1,
                        null,
                        null));
    }

    /** Because the server's day is not the reader's: half past midnight in Madrid is yesterday in UTC. */
    @Test
    void daysAreTheReaders() {
        assertThat(admits("on:2026-11-24", "2026-11-23T23:30:00Z")).isTrue();
        assertThat(admits("on:2026-11-24", "2026-11-24T23:30:00Z")).isFalse();
        assertThat(admits("on:today", "2026-11-24T12:00:00Z")).isTrue();
        assertThat(admits("on:yesterday", "2026-11-23T23:30:00Z")).isFalse();
        assertThat(admits("-on:2026-11", "2026-11-30T23:30:00Z")).isTrue();
        assertThat(admits("on:2026", "2025-12-31T23:30:00Z")).isTrue();
        assertThat(admits("after:7d", "2026-11-17T12:00:00Z")).isTrue();
        assertThat(admits("after:7d", "2026-11-16T12:00:00Z")).isFalse();
        assertThat(admits("before:2026-11", "2026-10-31T22:30:00Z")).isTrue();
        assertThat(admits("before:2026-11", "2026-10-31T23:30:00Z")).isFalse();
        assertThat(admits("-before:2026-11", "2026-10-31T23:30:00Z")).isTrue();
        assertThat(keys(criteria("on:2026-11-24").quick()))
                .containsExactly(
                        new SearchKey.Since(LocalDate.of(2026, 11, 22)),
                        new SearchKey.Before(LocalDate.of(2026, 11, 27)));
    }
}
