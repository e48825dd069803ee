package org.palomar.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.MailSession;
import org.palomar.imap.ScriptedMail;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.listing.Previews;
import org.palomar.mail.Credentials;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.palomar.query.Criteria;
import org.palomar.query.Query;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;
import org.palomar.web.Reader;

/** How a search goes through mailboxes, on a real server without an index of words and on odd ones. */
class RunningSearchIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Mailbox mailbox(String name, SpecialUse use) {
        return new Mailbox(new MailboxName(name), '/', Set.of(), use, true, null);
    }

    private final CountDownLatch over = new CountDownLatch(1);

    private RunningSearch search(MailSession session, String typed, Mailbox... mailboxes) {
        Query query = Query.parse(typed);
        Reader reader = new Reader(Locale.ENGLISH, ZoneOffset.UTC, Clock.systemUTC());
        Criteria criteria = Criteria.of(query, LocalDate.of(2026, 11, 24), ZoneOffset.UTC);
        Look look = new Look(new SignedIn("alice@palomar.example", "key"), criteria, new Previews(), reader);
        Scope scope = Scope.of(query, Arrays.asList(mailboxes), null);
        return new RunningSearch("id", 1, scope, look, session, _ -> over.countDown());
    }

    private static List<String> subjects(RunningSearch search) {
        return search.results().since(0).stream()
                .map(found -> found.row().subject())
                .toList();
    }

    @Test
    void hitsComeNewestFirstWhileTheSearchGoesOn() {
        int messages = 20_000;
        try (DovecotServer server = DovecotServer.start();
                CuttingProxy proxy = new CuttingProxy(server.port())) {
            for (int i = 1; i <= messages; i++) {
                boolean marked = i == 3 || i == messages / 2 || i == messages - 5;
                server.put("alice@palomar.example", "INBOX", """
                        From: bob@palomar.example\r
                        To: alice@palomar.example\r
                        Subject: nest %d%s\r
                        Content-Type: text/plain\r
                        \r
                        Two eggs%s.\r
                        """.formatted(
                                i, i == 7 ? " heron" : "", marked ? " and a heron" : "")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            AngusImapConnector connector = new AngusImapConnector(
                    new ImapProperties(
                            "127.0.0.1", proxy.port(), Security.PLAIN, false, PATIENCE, PATIENCE, 3, PATIENCE),
                    Clock.systemUTC(),
                    (SSLSocketFactory) SSLSocketFactory.getDefault());
            try (MailSession session = connector.open(new Credentials("alice@palomar.example", "alice"), null)) {
                RunningSearch search = search(session, "heron in:inbox", mailbox("INBOX", SpecialUse.INBOX));
                search.start(1);
                search.awaitMore(0, PATIENCE);
                List<String> first = subjects(search);
                List<String> asked = proxy.commands();
                search.awaitEnd(PATIENCE);

                assertThat(first).isNotEmpty().doesNotContain("nest 3");
                assertThat(asked).noneMatch(command -> command.matches("UID SEARCH .*UID 1:.*BODY.*"));
                assertThat(proxy.commands()).anyMatch(command -> command.matches("UID SEARCH .*UID 1:.*BODY.*"));
                assertThat(subjects(search))
                        .containsExactlyInAnyOrder("nest 19995", "nest 10000", "nest 7 heron", "nest 3")
                        .containsSubsequence("nest 19995", "nest 10000", "nest 3");
                assertThat(Results.newestFirst(search.results().since(0))).hasSize(4);
                assertThat(search.progress().running()).isFalse();
                assertThat(search.progress().searched()).isEqualTo(1);

                // Two at once find the same.
                RunningSearch twice = search(session, "heron in:inbox", mailbox("INBOX", SpecialUse.INBOX));
                twice.start(2);
                twice.awaitEnd(PATIENCE);
                assertThat(subjects(twice)).containsExactlyInAnyOrderElementsOf(subjects(search));

                // A search that is stopped goes on where it was.
                RunningSearch stopped = search(session, "heron in:inbox", mailbox("INBOX", SpecialUse.INBOX));
                stopped.start(2);
                stopped.awaitMore(0, PATIENCE);
                stopped.cancel();
                stopped.awaitEnd(PATIENCE);
                assertThat(stopped.isAtWork()).isFalse();
                stopped.start(2);
                stopped.awaitEnd(PATIENCE);
                assertThat(subjects(stopped)).containsExactlyInAnyOrderElementsOf(subjects(search));

                RunningSearch many = search(session, "nest in:inbox", mailbox("INBOX", SpecialUse.INBOX));
                many.start(2);
                many.awaitEnd(PATIENCE);
                assertThat(many.progress().full()).isTrue();
                assertThat(many.results().size()).isEqualTo(Results.MOST);
                assertThat(Results.newestFirst(many.results().since(0))).hasSize(Results.MOST);
                assertThat(session.<Integer>examine(
                                MailboxName.INBOX,
                                open -> Criteria.of(Query.parse("nest"), LocalDate.EPOCH, ZoneOffset.UTC)
                                        .matching(open)
                                        .size()))
                        .isEqualTo(messages);
            } finally {
                connector.close();
            }
        }
    }

    @Test
    void aMailboxThatFailsIsNamedAndHidesNoOther() throws InterruptedException {
        try (ScriptedMail mail = new ScriptedMail("search-one-fails", Security.PLAIN)) {
            RunningSearch search = search(
                    mail.open(),
                    "subject:tile",
                    mailbox("INBOX", SpecialUse.INBOX),
                    mailbox("Archive", SpecialUse.ARCHIVE));
            search.start(1);
            assertThat(over.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(subjects(search)).containsExactly("tile");
            assertThat(search.progress().failed()).containsExactly(new MailboxName("Archive"));
            assertThat(search.progress().searched()).isEqualTo(1);
        }
    }

    @Test
    void aCancelEndsWhatTheServerDoes() throws InterruptedException {
        try (ScriptedMail mail = new ScriptedMail("search-slow", Security.PLAIN)) {
            RunningSearch search = search(mail.open(), "subject:tile", mailbox("INBOX", SpecialUse.INBOX));
            search.start(1);
            search.awaitMore(0, Duration.ofMillis(200));
            assertThat(search.isAtWork()).isTrue();
            search.cancel();
            assertThat(over.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(search.isAtWork()).isFalse();
            assertThat(search.progress().stopped()).isTrue();
            assertThat(search.progress().failed()).isEmpty();
        }
    }

    @Test
    void scopesAreFoundByUseNameAndLastName() {
        List<Mailbox> all = List.of(
                mailbox("Zoo", null),
                mailbox("All", SpecialUse.ALL),
                mailbox("Trash", SpecialUse.TRASH),
                mailbox("Gesendet", SpecialUse.SENT),
                mailbox("Work/Reading group", null),
                mailbox("INBOX", SpecialUse.INBOX));
        assertThat(names(Scope.of(Query.parse("x"), all, null)))
                .containsExactly("INBOX", "Gesendet", "Zoo", "Work/Reading group", "All");
        assertThat(Scope.of(Query.parse("x"), all, null).everywhere()).isTrue();
        assertThat(Scope.of(Query.parse("x"), all, null).repeats()).isTrue();
        assertThat(names(Scope.of(Query.parse("in:enviados in:\"reading group\" in:Attic"), all, MailboxName.INBOX)))
                .containsExactly("Gesendet", "Work/Reading group");
        assertThat(Scope.of(Query.parse("in:Attic"), all, null).unknown()).containsExactly("Attic");
        assertThat(names(Scope.of(Query.parse("in:anywhere -in:all"), all, null)))
                .containsExactly("INBOX", "Gesendet", "Zoo", "Trash", "Work/Reading group");
        assertThat(names(Scope.of(Query.parse("x"), all, MailboxName.INBOX))).containsExactly("INBOX");
    }

    private static List<String> names(Scope scope) {
        return scope.mailboxes().stream().map(each -> each.name().value()).toList();
    }
}
