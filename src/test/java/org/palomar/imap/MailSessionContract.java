package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.listing.Orders;
import org.palomar.mail.Address;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.Inventory;
import org.palomar.mail.Lineage;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SearchKey.Field;
import org.palomar.mail.SortKey;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mail.Uids;
import org.palomar.testing.CuttingProxy;

/** What every server must give through the gateway; the same assertions on GreenMail and on Dovecot. */
abstract class MailSessionContract {

    static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");
    static final MailboxName INBOX = MailboxName.INBOX;

    CuttingProxy proxy;
    AngusImapConnector connector;
    MailSession session;

    /** The server's plain port on loopback; every test starts with empty mailboxes. */
    abstract int port() throws Exception;

    /** Whether any character but the delimiter may be in a name. */
    boolean allowsAnyName() {
        return true;
    }

    /** GreenMail fails on BODY[3.2] inside a nested message. */
    boolean readsInsideNestedMessages() {
        return true;
    }

    char delimiter() {
        return '/';
    }

    @BeforeEach
    void open() throws Exception {
        proxy = new CuttingProxy(port());
        connector = connector(proxy.port(), Duration.ofSeconds(10));
        session = connector.open(ALICE, "203.0.113.7");
    }

    static AngusImapConnector connector(int port, Duration timeout) {
        return new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1", port, Security.PLAIN, false, timeout, timeout, 3, Duration.ofSeconds(60)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @AfterEach
    void close() {
        if (connector != null) {
            connector.close();
            proxy.close();
        }
    }

    MessageRef append(MailboxName mailbox, String message, Flags flags, Instant arrived) {
        byte[] bytes = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return session.append(mailbox, new ByteArrayInputStream(bytes), bytes.length, flags, arrived);
    }

    MessageRef append(MailboxName mailbox, String subject) {
        return append(mailbox, message(subject), Flags.NONE, null);
    }

    static String message(String subject) {
        return """
                From: =?utf-8?q?Bj=C3=B6rn?= <bob@palomar.example>
                To: alice@palomar.example
                Subject: %s
                Date: Fri, 20 Nov 2026 10:11:12 +0100
                Message-ID: <%s@palomar.example>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                Hello %s
                """.formatted(subject, subject.hashCode(), subject);
    }

    static final String PARTS = """
            From: bob@palomar.example
            To: alice@palomar.example
            Subject: parts
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b1

            --b1
            Content-Type: text/plain; charset=utf-8

            first
            --b1
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename*=utf-8''%C3%B1and%C3%BA.html

            PGI+eDwvYj4=
            --b1
            Content-Type: message/rfc822

            From: carol@palomar.example
            Subject: inner
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b2

            --b2
            Content-Type: text/plain

            inner text
            --b2
            Content-Type: text/html

            <p>inner</p>
            --b2--
            --b1--
            """;

    @Test
    void listsMailboxesWithUsesAndCounters() {
        session.create(new MailboxName("Papelera"), null);
        append(INBOX, "one");
        append(INBOX, message("two"), Flags.of(Flags.SEEN), null);

        List<Mailbox> mailboxes = session.mailboxes(true);

        Mailbox inbox = named(mailboxes, "INBOX");
        assertThat(inbox.specialUse()).isEqualTo(SpecialUse.INBOX);
        assertThat(inbox.status().messages()).isEqualTo(2);
        assertThat(inbox.status().unseen()).isEqualTo(1);
        assertThat(inbox.status().uidValidity()).isNotNull();
        assertThat(inbox.delimiter()).isEqualTo(delimiter());
        assertThat(mailboxes)
                .filteredOn(m -> m.specialUse() == SpecialUse.TRASH)
                .hasSize(1);
        assertThat(session.status(INBOX).messages()).isEqualTo(2);
        assertThat(session.mailboxes(false)).allMatch(m -> m.status() == null);
    }

    @Test
    void countsWhatArrivedWhileTheMailboxWasSelected() {
        append(INBOX, "one");
        assertThat(session.<Integer>examine(INBOX, OpenMailbox::messages)).isEqualTo(1);
        try (MailSession other = connector.open(ALICE, null)) {
            byte[] bytes = message("two").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            other.append(INBOX, new ByteArrayInputStream(bytes), bytes.length, Flags.NONE, null);
        }
        assertThat(named(session.mailboxes(true), "INBOX").status().unseen()).isEqualTo(2);
        assertThat(session.status(INBOX).unseen()).isEqualTo(2);
    }

    static Mailbox named(List<Mailbox> mailboxes, String name) {
        return mailboxes.stream()
                .filter(m -> m.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + mailboxes));
    }

    @Test
    void createsRenamesSubscribesAndDeletes() {
        MailboxName work = new MailboxName("Work");
        MailboxName child = new MailboxName("Work" + delimiter() + "2026");
        session.create(work, null);
        session.create(child, null);
        assertThat(named(session.mailboxes(false), child.value()).subscribed()).isTrue();
        assertThatThrownBy(() -> session.create(work, null))
                .isInstanceOfAny(ImapException.AlreadyExists.class, ImapException.Refused.class);

        append(child, "kept");
        session.examine(child, OpenMailbox::messages);
        session.rename(work, new MailboxName("Labor"));
        MailboxName moved = new MailboxName("Labor" + delimiter() + "2026");
        List<Mailbox> after = session.mailboxes(false);
        assertThat(after)
                .extracting(m -> m.name().value())
                .contains("Labor", moved.value())
                .doesNotContain("Work", child.value());
        assertThat(named(after, moved.value()).subscribed()).isTrue();
        assertThat(session.<Integer>examine(moved, OpenMailbox::messages)).isEqualTo(1);

        session.subscribe(moved, false);
        assertThat(named(session.mailboxes(false), moved.value()).subscribed()).isFalse();
        session.delete(moved);
        session.delete(new MailboxName("Labor"));
        assertThat(session.mailboxes(false)).extracting(m -> m.name().value()).doesNotContain("Labor", moved.value());
        assertThatThrownBy(() -> session.examine(moved, OpenMailbox::messages))
                .isInstanceOf(ImapException.MailboxMissing.class);
        assertThatThrownBy(() -> session.delete(moved)).isInstanceOf(ImapException.class);
    }

    private static SearchKey anywhere(String text) {
        return new SearchKey.Or(List.of(
                new SearchKey.Words(Field.SUBJECT, text),
                new SearchKey.Words(Field.FROM, text),
                new SearchKey.Words(Field.TO, text),
                new SearchKey.Words(Field.CC, text),
                new SearchKey.Words(Field.BODY, text)));
    }

    private static SearchKey all(SearchKey... keys) {
        return new SearchKey.And(List.of(keys));
    }

    private static SearchKey not(SearchKey key) {
        return new SearchKey.Not(key);
    }

    private List<Uid> search(SearchKey key) {
        return session.examine(INBOX, open -> open.search(key));
    }

    @Test
    void searchesByTextFlagsDaysSizesAndUids() {
        Instant old = Instant.parse("2020-05-05T00:00:00Z");
        Uid tile = append(INBOX, message("tile quote"), Flags.of(Flags.SEEN, Flags.FORWARDED), old)
                .uid();
        Uid roof = append(INBOX, message("roof 50\u00e9 \uD83D\uDE00"), Flags.of(Flags.FLAGGED), null)
                .uid();
        Uid parts = append(INBOX, PARTS + "x".repeat(20_000), Flags.NONE, null).uid();

        assertThat(search(SearchKey.ALL)).containsExactly(tile, roof, parts);
        assertThat(search(anywhere("TILE"))).containsExactly(tile);
        assertThat(search(anywhere("inner text"))).containsExactly(parts);
        assertThat(search(all(anywhere("quote"), anywhere("tile")))).containsExactly(tile);
        assertThat(search(all(anywhere("bob"), not(anywhere("tile"))))).containsExactly(roof, parts);
        assertThat(search(not(all(new SearchKey.Words(Field.SUBJECT, "roof"), SearchKey.ALL))))
                .containsExactly(tile, parts);
        assertThat(search(new SearchKey.Words(Field.FROM, "bob@palomar"))).containsExactly(tile, roof, parts);
        assertThat(search(new SearchKey.Words(Field.BODY, "hello tile"))).containsExactly(tile);
        assertThat(search(new SearchKey.Words(Field.BODY, "50\u00e9"))).containsExactly(roof);
        assertThat(search(new SearchKey.Flagged(Flags.SEEN, false))).containsExactly(roof, parts);
        assertThat(search(new SearchKey.Flagged(Flags.SEEN, true))).containsExactly(tile);
        assertThat(search(new SearchKey.Flagged(Flags.FLAGGED, true))).containsExactly(roof);
        assertThat(search(new SearchKey.Flagged(Flags.FORWARDED, true))).containsExactly(tile);
        assertThat(search(new SearchKey.Before(LocalDate.of(2021, 1, 1)))).containsExactly(tile);
        assertThat(search(new SearchKey.Since(LocalDate.of(2021, 1, 1)))).containsExactly(roof, parts);
        assertThat(search(new SearchKey.Larger(15_000))).containsExactly(parts);
        assertThat(search(new SearchKey.Smaller(15_000))).containsExactly(tile, roof);
        assertThat(search(all(new SearchKey.Uids(roof, parts), anywhere("bob"))))
                .containsExactly(roof, parts);
        assertThat(search(anywhere("nowhere to be found"))).isEmpty();
        assertThat(session.<Map<Uid, Instant>>examine(INBOX, open -> open.arrivals(List.of(tile, new Uid(4_000_000)))))
                .containsExactly(Map.entry(tile, old));
    }

    /** S20: what a person types is text for the server, whatever it looks like. */
    @Test
    void s20_searchTextIsNeverACommand() {
        Uid odd = append(INBOX, "odd").uid();
        for (String text : List.of(
                "\"",
                "\\",
                "\\\" ALL",
                "odd\" OR ALL \"",
                "{3}",
                "{3+}",
                "~{3+}",
                "NIL",
                ")",
                "(",
                "*",
                "%",
                "ALL",
                "OR ALL ALL",
                "\uD83D\uDE00",
                "\u560d\u560aA1 LOGOUT",
                "\u05d0\u202e",
                "&AOk-",
                "x".repeat(1_000))) {
            assertThat(search(all(anywhere(text), new SearchKey.Uids(odd, odd))))
                    .as(text)
                    .isEmpty();
        }
        assertThat(search(anywhere("odd"))).containsExactly(odd);
        for (String text : List.of("", "a\rb", "a\nb", "a\u0000b", "x".repeat(1_001))) {
            assertThatThrownBy(() -> anywhere(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void searchesSeeWhatArrivedSinceTheMailboxWasOpened() {
        append(INBOX, "one");
        assertThat(search(anywhere("two"))).isEmpty();
        try (MailSession other = connector.open(ALICE, null)) {
            byte[] bytes = message("two").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            other.append(INBOX, new ByteArrayInputStream(bytes), bytes.length, Flags.NONE, null);
        }
        assertThat(search(anywhere("two"))).hasSize(1);
    }

    @Test
    void aLoanThatIsAbandonedIsNotTriedAgain() {
        append(INBOX, "one");
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> session.examine(INBOX, open -> {
                    tries.incrementAndGet();
                    open.abandon();
                    return open.search(SearchKey.ALL);
                }))
                .isInstanceOf(ImapException.ConnectionLost.class);
        assertThat(tries).hasValue(1);
        AtomicReference<OpenMailbox> over = new AtomicReference<>();
        assertThat(session.<Integer>examine(INBOX, open -> {
                    over.set(open);
                    return open.search(SearchKey.ALL).size();
                }))
                .isEqualTo(1);
        over.get().abandon();
        assertThat(search(SearchKey.ALL)).hasSize(1);
    }

    @Test
    void namesOfAnyKindComeBackAsTheyWere() {
        List<String> names = new ArrayList<>(List.of(
                "Año & más",
                "\uD83D\uDC26 pájaros",
                "a\"b\\c",
                "100% (sure) {3}",
                "&",
                "&-",
                "&AOk-",
                "NIL",
                "日本語",
                " x",
                "[Gmail]"));
        if (allowsAnyName()) {
            names.addAll(List.of("dots.and..more", "..x", "tilde~", "*"));
        }
        for (String value : names) {
            MailboxName name = new MailboxName(value);
            try {
                session.create(name, null);
            } catch (ImapException.Refused e) {
                assertThat(allowsAnyName() && !value.contains("*") && !value.contains("%"))
                        .as(value + ": " + e.getMessage())
                        .isFalse();
                continue;
            }
            append(name, "in it");
            assertThat(session.mailboxes(false)).extracting(Mailbox::name).contains(name);
            assertThat(session.<Integer>examine(name, OpenMailbox::messages))
                    .as(value)
                    .isEqualTo(1);
        }
        assertThatThrownBy(() -> new MailboxName("x\r\ny")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThatServersRefuseAreRefusedAndTheConnectionLivesOn() {
        for (String value : List.of("..", "../../etc", "/", "x".repeat(999))) {
            try {
                session.create(new MailboxName(value), null);
            } catch (ImapException e) {
                assertThat(e).isNotInstanceOf(ImapException.ConnectionLost.class);
            }
        }
        assertThat(session.mailboxes(false)).extracting(Mailbox::name).contains(INBOX);
    }

    @Test
    void appendsAndShowsAWindow() {
        Instant arrived = Instant.parse("2026-11-20T09:00:00Z");
        List<MessageRef> refs = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            refs.add(append(INBOX, message("n" + i), Flags.of(Flags.SEEN, Flags.FLAGGED), arrived.plusSeconds(i)));
        }
        assertThat(refs).doesNotContainNull();

        session.examine(INBOX, open -> {
            OpenMailbox.Window first = open.newest(0, 3);
            assertThat(first.total()).isEqualTo(7);
            assertThat(first.messages()).extracting(m -> m.envelope().subject()).containsExactly("n7", "n6", "n5");
            assertThat(first.messages())
                    .extracting(MessageSummary::ref)
                    .containsExactly(refs.get(6), refs.get(5), refs.get(4));
            assertThat(open.newest(3, 3).messages())
                    .extracting(m -> m.envelope().subject())
                    .containsExactly("n4", "n3", "n2");
            assertThat(open.newest(6, 3).messages())
                    .extracting(m -> m.envelope().subject())
                    .containsExactly("n1");
            assertThat(open.newest(7, 3).messages()).isEmpty();
            assertThat(open.newest(700, 3).messages()).isEmpty();

            MessageSummary row = first.messages().getFirst();
            assertThat(row.sequence()).isEqualTo(7);
            assertThat(row.arrived()).isEqualTo(arrived.plusSeconds(7));
            assertThat(row.flags().seen()).isTrue();
            assertThat(row.flags().flagged()).isTrue();
            assertThat(row.size()).isGreaterThan(100);
            assertThat(row.envelope().from()).containsExactly(new Address("Björn", "bob@palomar.example"));
            assertThat(row.envelope().date()).isEqualTo(Instant.parse("2026-11-20T09:11:12Z"));
            assertThat(row.body()).isInstanceOf(BodyStructure.Leaf.class);
            assertThat(row.body().mediaType()).isEqualTo("text/plain");
            open.check(refs.getFirst());
            return true;
        });
    }

    @Test
    void aWindowOfAnEmptyMailboxIsEmpty() {
        session.examine(INBOX, open -> {
            assertThat(open.newest(0, 50)).isEqualTo(new OpenMailbox.Window(List.of(), 0));
            return true;
        });
        append(INBOX, "first ever");
        session.examine(INBOX, open -> {
            assertThat(open.newest(0, 50).messages()).hasSize(1);
            return true;
        });
    }

    @Test
    void aKeptMailboxShowsWhatOthersDid() {
        for (int i = 1; i <= 5; i++) {
            append(INBOX, "n" + i);
        }
        session.examine(INBOX, open -> open.newest(0, 3));
        try (MailSession other = connector.open(ALICE, null)) {
            append(INBOX, "n6");
            other.select(INBOX, open -> {
                List<Uid> uids = open.uids();
                open.expunge(List.of(uids.get(2), uids.get(4)));
                open.store(List.of(uids.get(3)), FlagChange.ADD, Flags.of(Flags.ANSWERED));
                return true;
            });
            session.examine(INBOX, open -> {
                OpenMailbox.Window window = open.newest(0, 3);
                assertThat(window.total()).isEqualTo(4);
                assertThat(window.messages())
                        .extracting(m -> m.envelope().subject())
                        .containsExactly("n6", "n4", "n2");
                assertThat(window.messages())
                        .extracting(MessageSummary::sequence)
                        .containsExactly(4, 3, 2);
                assertThat(window.messages().get(1).flags().answered()).isTrue();
                return true;
            });
        }
    }

    @Test
    void rowsReadBeforeAreAsAnotherConnectionReadsThem() {
        Random random = new Random(7);
        for (int i = 1; i <= 12; i++) {
            append(INBOX, "n" + i);
        }
        for (int step = 0; step < 25; step++) {
            int skip = random.nextInt(6);
            int count = 3 + random.nextInt(8);
            try (MailSession other = connector.open(ALICE, null)) {
                OpenMailbox.Window there = other.examine(INBOX, open -> open.newest(skip, count));
                List<Uid> uids =
                        there.messages().stream().map(row -> row.ref().uid()).toList();
                OpenMailbox.Window here = session.examine(INBOX, open -> open.newest(skip, count));
                assertThat(here).as("step %d", step).isEqualTo(there);
                assertThat(session.<List<MessageSummary>>examine(INBOX, open -> open.summaries(uids)))
                        .as("step %d, by UID", step)
                        .containsExactlyInAnyOrderElementsOf(there.messages());
                Uid one = uids.get(random.nextInt(uids.size()));
                MailSession who = random.nextBoolean() ? other : session;
                switch (random.nextInt(4)) {
                    case 0 -> append(INBOX, "m" + step);
                    case 1 ->
                        who.<Boolean>select(INBOX, open -> {
                            open.expunge(List.of(one));
                            return true;
                        });
                    default ->
                        who.<Boolean>select(INBOX, open -> {
                            open.store(List.of(one), FlagChange.ADD, Flags.of(Flags.FLAGGED));
                            return true;
                        });
                }
            }
        }
    }

    @Test
    void moreRowsThanAreRememberedAreReadAllTheSame() {
        for (int i = 1; i <= 300; i++) {
            append(INBOX, "n" + i);
        }
        List<Uid> all = session.examine(INBOX, OpenMailbox::uids);
        session.examine(INBOX, open -> open.newest(0, 50));
        session.examine(INBOX, open -> open.newest(100, 100));
        for (int i = 0; i < 3; i++) {
            assertThat(session.<List<MessageSummary>>examine(INBOX, open -> open.summaries(all)))
                    .extracting(row -> row.ref().uid())
                    .isEqualTo(all);
            assertThat(session.<OpenMailbox.Window>examine(INBOX, open -> open.newest(0, 300))
                            .messages())
                    .extracting(row -> row.ref().uid())
                    .isEqualTo(all.reversed());
        }
    }

    @Test
    void tellsWhatCameAndWentSinceAnInventory() {
        Inventory none = session.examine(INBOX, OpenMailbox::inventory);
        assertThat(none.uids()).isEqualTo(Uids.NONE);
        for (int i = 1; i <= 6; i++) {
            append(INBOX, "n" + i);
        }
        OpenMailbox.Difference six = session.examine(INBOX, open -> open.since(none));
        List<Uid> uids = six.now().uids().list();
        assertThat(uids).hasSize(6).isSorted();
        assertThat(six.arrived()).isEqualTo(six.now().uids());
        assertThat(six.now()).isEqualTo(session.<Inventory>examine(INBOX, OpenMailbox::inventory));

        proxy.forget();
        assertThat(session.examine(INBOX, open -> open.since(six.now())).isNone())
                .isTrue();
        assertThat(proxy.roundTrips()).as(proxy.commands().toString()).isEqualTo(1);

        try (MailSession other = connector.open(ALICE, null)) {
            other.select(INBOX, open -> {
                open.store(List.of(uids.get(0)), FlagChange.ADD, Flags.of(Flags.FLAGGED));
                return true;
            });
            assertThat(session.examine(INBOX, open -> open.since(six.now())).isNone())
                    .isTrue();

            Uid seventh = append(INBOX, "n7").uid();
            OpenMailbox.Difference arrived = session.examine(INBOX, open -> open.since(six.now()));
            assertThat(arrived.arrived().list()).containsExactly(seventh);
            assertThat(arrived.gone()).isEqualTo(Uids.NONE);

            other.select(INBOX, open -> {
                open.expunge(List.of(uids.get(1), uids.get(4)));
                return true;
            });
            OpenMailbox.Difference gone = session.examine(INBOX, open -> open.since(arrived.now()));
            assertThat(gone.gone().list()).containsExactly(uids.get(1), uids.get(4));
            assertThat(gone.arrived()).isEqualTo(Uids.NONE);

            // As many come as go.
            Uid eighth = append(INBOX, "n8").uid();
            other.select(INBOX, open -> {
                open.expunge(List.of(seventh));
                return true;
            });
            OpenMailbox.Difference both = session.examine(INBOX, open -> open.since(gone.now()));
            assertThat(both.arrived().list()).containsExactly(eighth);
            assertThat(both.gone().list()).containsExactly(seventh);
            assertThat(both.now().uids().list())
                    .containsExactly(uids.get(0), uids.get(2), uids.get(3), uids.get(5), eighth);

            other.select(INBOX, open -> {
                open.expunge(open.uids());
                return true;
            });
            assertThat(session.examine(INBOX, open -> open.since(both.now())).now())
                    .isEqualTo(new Inventory(none.uidValidity(), Uids.NONE));
        }
    }

    /** A letter whose names, subjects, dates and sizes are drawn from few, so that many are equal. */
    private static Drawn draw(Random random) {
        int sender = random.nextInt(7);
        int recipient = random.nextInt(3);
        int subject = random.nextInt(5);
        int day = 1 + random.nextInt(28);
        int size = random.nextInt(4);
        String prefix = random.nextBoolean() ? "Re: " : "";
        String message = """
                From: "%c Sender" <x%d@palomar.example>
                To: %c To <to@palomar.example>
                Subject: %ssubject %d
                Date: Fri, %02d Oct 2026 10:11:12 +0000
                Message-ID: <%d@palomar.example>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                %s
                """.formatted(
                        'a' + sender,
                        9 - sender,
                        'p' + recipient,
                        prefix,
                        subject,
                        day,
                        random.nextInt(1_000_000_000),
                        "x".repeat(size));
        return new Drawn(message, sender, recipient, subject, day);
    }

    private record Drawn(String message, int sender, int recipient, int subject, int day) {}

    @Test
    void ordersByEveryKey() {
        Random random = new Random(5);
        Map<Uid, Drawn> drawn = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            Drawn letter = draw(random);
            drawn.put(append(INBOX, letter.message, Flags.NONE, null).uid(), letter);
        }
        Map<Uid, Long> sizes = new HashMap<>();
        session.examine(INBOX, open -> open.newest(0, 60))
                .messages()
                .forEach(m -> sizes.put(m.ref().uid(), m.size()));
        Map<SortKey, Function<Uid, Long>> keys = Map.of(
                SortKey.FROM,
                uid -> (long) drawn.get(uid).sender,
                SortKey.TO,
                uid -> (long) drawn.get(uid).recipient,
                SortKey.SUBJECT,
                uid -> (long) drawn.get(uid).subject,
                SortKey.DATE,
                uid -> (long) drawn.get(uid).day,
                SortKey.SIZE,
                sizes::get);
        assertThat(keys).containsOnlyKeys(SortKey.values());
        keys.forEach((by, key) -> {
            List<Uid> expected = drawn.keySet().stream()
                    .sorted(Comparator.comparing(key).thenComparing(Comparator.naturalOrder()))
                    .toList();
            assertThat(session.<Uids>examine(INBOX, open -> open.sorted(by)).list())
                    .as("%s", by)
                    .isEqualTo(expected);
            List<Uid> part = expected.subList(10, 40);
            List<Uid> shuffled = new ArrayList<>(part);
            Collections.shuffle(shuffled, random);
            shuffled.add(new Uid(4_000_000_000L));
            assertThat(session.<Uids>examine(INBOX, open -> open.sorted(by, shuffled))
                            .list())
                    .as("part by %s", by)
                    .isEqualTo(part);
        });
        session.examine(INBOX, open -> {
            List<Uid> all = open.uids();
            assertThat(open.oldest(0, 50).messages())
                    .extracting(m -> m.ref().uid())
                    .isEqualTo(all.subList(0, 50));
            OpenMailbox.Window second = open.oldest(50, 50);
            assertThat(second.messages()).extracting(m -> m.ref().uid()).isEqualTo(all.subList(50, 60));
            assertThat(second.total()).isEqualTo(60);
            return true;
        });
    }

    /** A kept order is what the server would answer anew, after anything that others do. */
    @Test
    void aKeptOrderFollowsTheMailbox() {
        SignedIn alice = new SignedIn("alice@palomar.example", "key");
        Orders orders = new Orders();
        Random random = new Random(8);
        for (int i = 0; i < 520; i++) {
            append(INBOX, draw(random).message, Flags.NONE, null);
        }
        try (MailSession other = connector.open(ALICE, null)) {
            for (int step = 0; step < 12; step++) {
                int arrivals = step % 3 == 0 ? 0 : random.nextInt(step == 7 ? 40 : 4);
                for (int i = 0; i < arrivals; i++) {
                    append(INBOX, draw(random).message, Flags.NONE, null);
                }
                int removals = step % 4 == 3 ? 0 : random.nextInt(4);
                boolean last = step % 5 == 0;
                other.select(INBOX, open -> {
                    List<Uid> all = new ArrayList<>(open.uids());
                    open.store(List.of(all.get(all.size() / 2)), FlagChange.ADD, Flags.of(Flags.FLAGGED));
                    if (!last) {
                        Collections.shuffle(all, random);
                    }
                    open.expunge(all.reversed().subList(0, removals));
                    return true;
                });
                SortKey by = step < 8 ? SortKey.FROM : SortKey.SUBJECT;
                session.examine(INBOX, open -> {
                    List<Uid> expected = open.sorted(by).list();
                    assertPages(orders, alice, open, by, expected);
                    return true;
                });
            }
            other.select(INBOX, open -> {
                open.expunge(open.uids());
                return true;
            });
            session.examine(INBOX, open -> {
                assertPages(orders, alice, open, SortKey.FROM, List.of());
                return true;
            });
        }
    }

    private static void assertPages(Orders orders, SignedIn person, OpenMailbox open, SortKey by, List<Uid> expected) {
        int last = Math.max(1, (expected.size() + 49) / 50);
        for (int page : List.of(1, last, last + 5)) {
            for (boolean descending : List.of(false, true)) {
                Orders.Slice slice = orders.page(person, open, by, descending, page, 50);
                List<Uid> order = descending ? expected.reversed() : expected;
                int from = (Math.min(page, last) - 1) * 50;
                assertThat(slice.messages())
                        .extracting(m -> m.ref().uid())
                        .isEqualTo(order.subList(from, Math.min(order.size(), from + 50)));
                assertThat(slice.page()).isEqualTo(Math.min(page, last));
                assertThat(slice.total()).isEqualTo(expected.size());
            }
        }
        if (!expected.isEmpty()) {
            Orders.Place place = orders.place(person, open, by, true, expected.get(1));
            assertThat(place)
                    .isEqualTo(
                            new Orders.Place(expected.size() - 1, expected.size(), expected.get(2), expected.get(0)));
        }
    }

    @Test
    void anOrderOfAnotherEraIsForgotten() {
        SignedIn alice = new SignedIn("alice@palomar.example", "key");
        Orders orders = new Orders();
        MailboxName box = new MailboxName("Era");
        for (String subject : List.of("b", "a")) {
            session.create(box, null);
            append(box, subject);
            append(box, subject + "c");
            List<String> subjects = session.examine(
                    box,
                    open -> orders.page(alice, open, SortKey.SUBJECT, true, 1, 50).messages().stream()
                            .map(m -> m.envelope().subject())
                            .toList());
            assertThat(subjects).containsExactly(subject + "c", subject);
            session.delete(box);
        }
    }

    @Test
    void looksAfterTheMailboxWhileReadingRows() {
        for (int i = 1; i <= 4; i++) {
            append(INBOX, "n" + i);
        }
        MailboxState known = session.examine(INBOX, OpenMailbox::inventory).state();
        List<Uid> uids = session.examine(INBOX, OpenMailbox::uids);
        List<Uid> wanted = List.of(uids.get(3), uids.get(1));
        proxy.forget();
        OpenMailbox.News same = session.examine(INBOX, open -> open.news(known, wanted));
        assertThat(proxy.roundTrips()).as(proxy.commands().toString()).isEqualTo(1);
        assertThat(same.now()).isEqualTo(known);
        assertThat(same.rows()).extracting(m -> m.envelope().subject()).containsExactly("n2", "n4");

        Uid fifth = append(INBOX, "n5").uid();
        session.select(INBOX, open -> {
            open.expunge(List.of(uids.get(1)));
            return true;
        });
        OpenMailbox.News other = session.examine(INBOX, open -> open.news(known, wanted));
        assertThat(other.removed()).isTrue();
        assertThat(other.now()).isEqualTo(new MailboxState(known.uidValidity(), 4, fifth.value()));
        assertThat(other.arrived().list()).containsExactly(fifth);
        assertThat(other.rows()).extracting(m -> m.envelope().subject()).containsExactly("n4");

        MailboxState elsewhere =
                new MailboxState(new UidValidity(known.uidValidity().value() + 1), 4, 4);
        OpenMailbox.News era = session.examine(INBOX, open -> open.news(elsewhere, wanted));
        assertThat(era.removed()).isTrue();
        assertThat(era.now()).isEqualTo(other.now());
        assertThat(era.rows()).isEmpty();
    }

    @Test
    void outlinesWholeMailboxesInOneRoundTrip() {
        Instant then = Instant.parse("2015-03-03T09:11:12Z");
        String text = message("outlined");
        MessageRef ref = append(INBOX, text, Flags.of(Flags.FLAGGED), then);
        MessageRef other = append(INBOX, "other");
        session.examine(INBOX, open -> {
            List<Uid> uids = open.uids();
            proxy.forget();
            List<MessageSummary> rows = open.outlines(List.of(other.uid(), ref.uid(), new Uid(4_000_000)));
            assertThat(proxy.roundTrips()).isEqualTo(1);
            assertThat(rows).extracting(row -> row.ref().uid()).containsExactlyElementsOf(uids);
            MessageSummary row = rows.getFirst();
            assertThat(row.envelope().subject()).isEqualTo("outlined");
            assertThat(row.envelope().messageId()).isNotNull();
            assertThat(row.flags().flagged()).isTrue();
            assertThat(row.arrived()).isEqualTo(then);
            assertThat(row.size())
                    .isEqualTo(open.summaries(List.of(ref.uid())).getFirst().size());
            assertThat(row.body()).isNull();
            assertThat(open.outlines(List.of())).isEmpty();
            return true;
        });
    }

    @Test
    void tellsWhatMessagesAnswerAndTheirFlagsAtAGlance() {
        MessageRef asked = append(INBOX, "asked");
        MessageRef answered =
                append(INBOX, message("answered").replace("MIME-Version", """
                        In-Reply-To: <asked@palomar.example>
                        References: <first@palomar.example>
                          <asked@palomar.example>
                        MIME-Version"""), Flags.of(Flags.SEEN), null);
        session.examine(INBOX, open -> {
            List<Lineage> lineages = open.lineages(List.of(answered.uid(), asked.uid(), new Uid(4_000_000)));
            assertThat(lineages).extracting(Lineage::uid).containsExactly(asked.uid(), answered.uid());
            assertThat(lineages.getFirst().references()).isEmpty();
            assertThat(lineages.getLast().references())
                    .containsExactly(
                            new MessageId("<first@palomar.example>"), new MessageId("<asked@palomar.example>"));
            assertThat(lineages.getLast().envelope().inReplyTo()).isEqualTo("<asked@palomar.example>");
            return true;
        });
        MailboxState known = session.examine(INBOX, OpenMailbox::inventory).state();
        proxy.forget();
        OpenMailbox.Glance glance = session.examine(
                INBOX, open -> open.glance(known, List.of(asked.uid()), List.of(asked.uid(), answered.uid())));
        assertThat(proxy.roundTrips()).as(proxy.commands().toString()).isEqualTo(1);
        assertThat(glance.news().now()).isEqualTo(known);
        assertThat(glance.news().rows()).extracting(MessageSummary::ref).containsExactly(asked);
        assertThat(glance.flags().get(asked.uid()).seen()).isFalse();
        assertThat(glance.flags().get(answered.uid()).seen()).isTrue();
        assertThat(session.<List<Uid>>examine(
                        INBOX, open -> open.mentioning(List.of(new MessageId("<asked@palomar.example>")))))
                .containsExactly(answered.uid());
    }

    @Test
    void whatIsReadAheadIsWhatIsReadOtherwise() throws Exception {
        append(INBOX, "before");
        MessageRef ref = append(INBOX, PARTS, Flags.NONE, null);
        append(INBOX, "after");
        List<PartPath> paths = List.of(new PartPath("1"), new PartPath("2"));
        OpenMailbox.Ahead ahead = new OpenMailbox.Ahead(_ -> paths, 1_000, true);

        OpenMailbox.Neighbours plain = session.examine(INBOX, open -> {
            open.detail(ref.uid(), List.of(), OpenMailbox.Ahead.NOTHING);
            return open.neighbours(2);
        });
        for (String when : List.of("not on a list yet", "known", "after a change")) {
            session.examine(INBOX, open -> {
                OpenMailbox.Detail detail = open.detail(ref.uid(), List.of("Subject"), ahead);
                assertThat(detail.headers()).as(when).containsEntry("subject", "parts");
                assertThat(detail.summary().envelope().subject()).isEqualTo("parts");
                assertThat(detail.summary().flags().flagged()).as(when).isEqualTo(when.equals("after a change"));
                Map<PartPath, byte[]> parts = open.parts(ref.uid(), paths, 1_000);
                assertThat(parts).as(when).containsOnlyKeys(paths);
                assertThat(text(parts.get(paths.getFirst())).strip()).isEqualTo("first");
                assertThat(text(parts.get(paths.getLast())).strip()).isEqualTo("PGI+eDwvYj4=");
                assertThat(text(open.parts(ref.uid(), paths, 2).get(paths.getFirst())))
                        .isEqualTo("fi");
                OpenMailbox.Neighbours beside = open.neighbours(detail.summary().sequence());
                assertThat(beside.newer()).as(when).isEqualTo(plain.newer());
                assertThat(beside.older()).as(when).isEqualTo(when.equals("after a change") ? null : plain.older());
                return true;
            });
            session.examine(INBOX, open -> open.newest(0, 50));
            if (when.equals("known")) {
                try (MailSession other = connector.open(ALICE, null)) {
                    other.select(INBOX, open -> {
                        open.store(List.of(ref.uid()), FlagChange.ADD, Flags.of(Flags.FLAGGED));
                        open.expunge(List.of(plain.older().uid()));
                        return true;
                    });
                }
            }
        }
        session.select(INBOX, open -> {
            open.expunge(List.of(ref.uid()));
            return true;
        });
        session.examine(INBOX, open -> {
            assertThatThrownBy(() -> open.detail(ref.uid(), List.of(), ahead))
                    .isInstanceOf(ImapException.MessageGone.class);
            return true;
        });
    }

    @Test
    void readsDetailPartsHeadersAndNeighbours() throws Exception {
        append(INBOX, "before");
        MessageRef ref = append(INBOX, PARTS, Flags.NONE, null);
        append(INBOX, "after");

        session.examine(INBOX, open -> {
            OpenMailbox.Detail detail =
                    open.detail(ref.uid(), List.of("Subject", "X-None", "From"), OpenMailbox.Ahead.NOTHING);
            assertThat(detail.summary().ref()).isEqualTo(ref);
            assertThat(detail.summary().sequence()).isEqualTo(2);
            assertThat(detail.headers()).containsEntry("subject", "parts").doesNotContainKey("x-none");

            OpenMailbox.Neighbours neighbours = open.neighbours(2);
            assertThat(open.summaries(List.of(neighbours.newer().uid()))
                            .getFirst()
                            .envelope()
                            .subject())
                    .isEqualTo("after");
            assertThat(open.summaries(List.of(neighbours.older().uid()))
                            .getFirst()
                            .envelope()
                            .subject())
                    .isEqualTo("before");
            assertThat(open.neighbours(3).newer()).isNull();
            assertThat(open.neighbours(1).older()).isNull();

            BodyStructure.Multipart mixed =
                    (BodyStructure.Multipart) detail.summary().body();
            assertThat(mixed.parts()).extracting(p -> p.path().value()).containsExactly("1", "2", "3");
            assertThat(mixed.parts().get(1).fileName()).isEqualTo("ñandú.html");
            assertThat(mixed.parts().get(1).disposition()).isEqualTo("attachment");
            BodyStructure.Nested nested = (BodyStructure.Nested) mixed.parts().get(2);
            assertThat(nested.envelope().subject()).isEqualTo("inner");
            assertThat(nested.body().all().map(p -> p.path().value())).containsExactly("3", "3.1", "3.2");

            PartPath one = new PartPath("1");
            PartPath two = new PartPath("2");
            PartPath inner = new PartPath(readsInsideNestedMessages() ? "3.2" : "2");
            Map<PartPath, byte[]> parts = open.parts(ref.uid(), List.of(one, two, inner), 1_000);
            assertThat(text(parts.get(one)).strip()).isEqualTo("first");
            assertThat(text(parts.get(two)).strip()).isEqualTo("PGI+eDwvYj4=");
            assertThat(text(parts.get(inner)).strip())
                    .isEqualTo(readsInsideNestedMessages() ? "<p>inner</p>" : "PGI+eDwvYj4=");
            assertThat(text(open.part(ref.uid(), one, 2))).isEqualTo("fi");
            assertThat(text(open.header(ref.uid(), PartPath.ROOT, 10_000)))
                    .startsWith("From: bob@")
                    .contains("Subject: parts");
            assertThat(text(open.header(ref.uid(), two, 10_000))).contains("base64");

            Map<Uid, byte[]> heads =
                    open.heads(Map.of(ref.uid(), one, neighbours.older().uid(), one), 5);
            assertThat(text(heads.get(ref.uid()))).isEqualTo("first");
            assertThat(text(heads.get(neighbours.older().uid()))).isEqualTo("Hello");
            assertThat(text(open.part(neighbours.older().uid(), PartPath.ROOT, 100))
                            .strip())
                    .isEqualTo("Hello before");

            java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
            assertThat(open.stream(ref.uid(), PartPath.ROOT, whole))
                    .isEqualTo(whole.size())
                    .isEqualTo(detail.summary().size());
            assertThat(open.summaries(open.uids())).noneMatch(m -> m.flags().seen());
            Uid gone = new Uid(4_000_000);
            assertThat(open.summaries(List.of(gone, ref.uid()))).hasSize(1);
            assertThatThrownBy(() -> open.detail(gone, List.of(), OpenMailbox.Ahead.NOTHING))
                    .isInstanceOf(ImapException.MessageGone.class);
            assertThatThrownBy(() -> open.part(gone, one, 10)).isInstanceOf(ImapException.MessageGone.class);
            assertThatThrownBy(() -> open.detail(ref.uid(), List.of("X\r\nY"), OpenMailbox.Ahead.NOTHING))
                    .isInstanceOf(IllegalArgumentException.class);
            return true;
        });
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void changesFlagsCopiesMovesAndExpunges() {
        MailboxName target = new MailboxName("Cajón");
        session.create(target, null);
        MessageRef a = append(INBOX, "a");
        MessageRef b = append(INBOX, "b");
        MessageRef c = append(INBOX, "c");
        Uid unknown = new Uid(4_000_000);

        Map<Uid, MessageRef> moved = session.select(INBOX, open -> {
            open.store(List.of(a.uid(), unknown), FlagChange.ADD, Flags.of(Flags.SEEN, Flags.FORWARDED, "$label1"));
            MessageSummary row = open.summaries(List.of(a.uid())).getFirst();
            assertThat(row.flags().seen()).isTrue();
            assertThat(row.flags().forwarded()).isTrue();
            open.store(List.of(a.uid()), FlagChange.REMOVE, Flags.of(Flags.SEEN));
            assertThat(open.summaries(List.of(a.uid())).getFirst().flags().seen())
                    .isFalse();
            open.store(List.of(c.uid()), FlagChange.ADD, Flags.of(Flags.DELETED));

            assertThat(open.copy(List.of(a.uid()), target)).containsOnlyKeys(a.uid());
            assertThatThrownBy(() -> open.copy(List.of(a.uid()), new MailboxName("Nowhere")))
                    .isInstanceOf(ImapException.MailboxMissing.class);
            Map<Uid, MessageRef> result = open.move(List.of(b.uid()), target);
            assertThat(open.uids()).containsExactly(a.uid(), c.uid());
            open.expunge(List.of(a.uid()));
            assertThat(open.uids()).as("what others marked as deleted stays").containsExactly(c.uid());
            return result;
        });

        assertThat(moved).containsOnlyKeys(b.uid());
        session.examine(target, open -> {
            open.check(moved.get(b.uid()));
            assertThat(open.summaries(List.of(moved.get(b.uid()).uid())))
                    .extracting(m -> m.envelope().subject())
                    .containsExactly("b");
            assertThat(open.withMessageId("<" + "a".hashCode() + "@palomar.example>"))
                    .hasSize(1);
            assertThat(open.withMessageId("<none@palomar.example>")).isEmpty();
            assertThat(open.withMessageId("<\"q\\uoted\" ñ>")).isEmpty();
            assertThatThrownBy(() -> open.withMessageId("x\r\nA1 DELETE INBOX"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> open.expunge(List.of(new Uid(1)))).isInstanceOf(IllegalStateException.class);
            return true;
        });
    }

    @Test
    void marksTellWhoseFlagChanged() {
        Uid a = append(INBOX, "a").uid();
        Uid b = append(INBOX, "b").uid();
        Uid unknown = new Uid(4_000_000);
        session.select(INBOX, open -> {
            open.store(List.of(a), FlagChange.ADD, Flags.of(Flags.FLAGGED));
            assertThat(open.mark(List.of(a, b, unknown), FlagChange.ADD, Flags.FLAGGED))
                    .containsExactly(b);
            assertThat(open.mark(List.of(a, b), FlagChange.REMOVE, Flags.SEEN)).isEmpty();
            assertThat(open.mark(List.of(a), FlagChange.ADD, "$label1")).containsExactly(a);
            assertThat(open.mark(List.of(a, b), FlagChange.ADD, "$label1")).containsExactly(b);
            assertThat(open.mark(List.of(a, b), FlagChange.REMOVE, Flags.FLAGGED))
                    .containsExactly(a, b);
            assertThat(open.present(List.of(a, unknown, b))).containsExactly(a, b);
            assertThat(open.present(List.of())).isEmpty();
            return true;
        });
    }

    @Test
    void noticesAnotherEra() {
        MailboxName name = new MailboxName("Era");
        session.create(name, null);
        MessageRef ref = append(name, "old");
        MessageRef other =
                new MessageRef(name, new UidValidity(ref.uidValidity().value() - 1), ref.uid());
        session.examine(name, open -> {
            open.check(ref);
            assertThatThrownBy(() -> open.check(other)).isInstanceOf(ImapException.UidValidityChanged.class);
            return true;
        });
    }

    @Test
    void quotaAnswers() {
        assertThat(session.quota(INBOX)).allMatch(quota -> quota.limit() > 0);
    }

    @Test
    void readingSurvivesADroppedConnection() {
        append(INBOX, "x");
        session.examine(INBOX, OpenMailbox::messages);
        proxy.cut();
        assertThat(session.<Integer>examine(INBOX, open -> open.newest(0, 10).total()))
                .isEqualTo(1);
        proxy.cut();
        assertThat(session.mailboxes(false)).isNotEmpty();
    }

    @Test
    void aChangeOnADroppedConnectionIsNotRepeated() {
        MessageRef ref = append(INBOX, "x");
        List<String> calls = new ArrayList<>();
        assertThatThrownBy(() -> session.select(INBOX, open -> {
                    calls.add("work");
                    proxy.cut();
                    open.store(List.of(ref.uid()), FlagChange.ADD, Flags.of(Flags.SEEN));
                    return true;
                }))
                .isInstanceOfSatisfying(
                        ImapException.ConnectionLost.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(calls).hasSize(1);
        assertThat(session.<Integer>examine(INBOX, OpenMailbox::messages)).isEqualTo(1);
    }

    @Test
    void aFailedSelectionLeavesNothingSelected() {
        append(INBOX, "x");
        session.examine(INBOX, OpenMailbox::messages);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> session.examine(new MailboxName("Missing"), OpenMailbox::messages))
                    .isInstanceOf(ImapException.MailboxMissing.class);
        }
        assertThat(session.<Integer>examine(
                        INBOX, open -> open.newest(0, 5).messages().size()))
                .isEqualTo(1);
    }

    @Test
    void wrongPasswordIsSaid() {
        assertThatThrownBy(() -> connector.open(new Credentials("alice@palomar.example", "wrong"), null))
                .isInstanceOf(ImapException.AuthenticationFailed.class);
        assertThatThrownBy(() -> connector.open(new Credentials("a\"li ce", "p\\a\"ss wörd"), null))
                .isInstanceOf(ImapException.AuthenticationFailed.class);
    }

    @Test
    void aClosedSessionStaysClosed() {
        session.close();
        session.close();
        assertThatThrownBy(() -> session.mailboxes(false)).isInstanceOf(ImapException.Closed.class);
        assertThatThrownBy(() -> session.examine(INBOX, OpenMailbox::messages))
                .isInstanceOf(ImapException.Closed.class);
    }

    /** A connection that has kept the mailbox selected knows nothing yet of what came since. */
    @Test
    void whatAnotherConnectionJustAppendedIsFoundByItsMessageId() {
        append(INBOX, "first");
        MessageId id = session.examine(
                INBOX, open -> open.summaries(open.uids()).getFirst().envelope().messageId());
        assertThat(session.<List<Uid>>examine(INBOX, open -> open.withMessageId(id.value())))
                .hasSize(1);
        try (MailSession other = connector.open(ALICE, null)) {
            for (int i = 0; i < 20; i++) {
                byte[] late = message("late " + i)
                        .replaceAll("(?im)^Message-ID:.*$", "Message-ID: <late." + i + "@palomar.example>")
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.UTF_8);
                other.append(INBOX, new ByteArrayInputStream(late), late.length, Flags.NONE, null);
                String now = "<late." + i + "@palomar.example>";
                assertThat(session.<List<Uid>>examine(INBOX, open -> open.withMessageId(now)))
                        .as(now)
                        .hasSize(1);
            }
        }
    }
}
