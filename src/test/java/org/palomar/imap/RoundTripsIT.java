package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.account.SignedIn;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.listing.Orders;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SortKey;
import org.palomar.mail.Uid;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.DovecotServer;

/** What things cost on the wire, and in memory. */
class RoundTripsIT {

    /** The counts must not depend on it: {@code -Dpalomar.messages=300} is quicker. */
    private static final int MESSAGES = Integer.getInteger("palomar.messages", 100_000);

    private static DovecotServer server;
    private static CuttingProxy proxy;
    private static AngusImapConnector connector;
    private static MailSession session;

    @BeforeAll
    static void start() {
        server = DovecotServer.start();
        for (int i = 1; i <= MESSAGES; i++) {
            server.put(
                    "alice@palomar.example",
                    "INBOX",
                    MailSessionContract.message("n" + i)
                            .replace("Bj=C3=B6rn", "B" + i * 7919L % 2003)
                            .getBytes(StandardCharsets.UTF_8));
        }
        proxy = new CuttingProxy(server.port());
        connector = MailSessionContract.connector(proxy.port(), Duration.ofSeconds(20));
        session = connector.open(MailSessionContract.ALICE, null);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            connector.close();
            proxy.close();
            server.close();
        }
    }

    private static void assertRoundTrips(String what, int roundTrips) {
        System.out.println(what + ": " + proxy.roundTrips() + " round trip(s) " + proxy.commands());
        assertThat(proxy.roundTrips()).as(what + proxy.commands()).isEqualTo(roundTrips);
        proxy.forget();
    }

    @Test
    void countsRoundTrips() {
        MailboxName inbox = MailboxName.INBOX;
        proxy.forget();
        assertThat(session.mailboxes(true)).isNotEmpty();
        assertRoundTrips("mailbox list with counters", 1);
        List<Uid> uids = session.examine(inbox, open -> open.newest(0, 50).messages()).stream()
                .map(m -> m.ref().uid())
                .toList();
        assertThat(uids).hasSize(50);
        assertRoundTrips("first page of 50", 2);
        session.examine(inbox, open -> open.newest(0, 50));
        assertRoundTrips("page of 50 from the kept-open mailbox", 1);
        session.examine(inbox, open -> open.newest(150, 50));
        assertRoundTrips("another page", 1);
        session.examine(inbox, open -> {
            OpenMailbox.Detail detail =
                    open.detail(uids.get(3), List.of("References", "List-Unsubscribe"), OpenMailbox.Ahead.NOTHING);
            open.parts(uids.get(3), List.of(new PartPath("1")), 100_000);
            return detail;
        });
        assertRoundTrips("open a message with its text", 2);
        session.select(inbox, open -> {
            open.store(List.of(uids.get(3)), FlagChange.ADD, Flags.of(Flags.SEEN));
            return true;
        });
        assertRoundTrips("mark as read, with the change to SELECT", 2);
        session.select(inbox, open -> {
            open.store(List.of(uids.get(4)), FlagChange.ADD, Flags.of(Flags.SEEN));
            return true;
        });
        assertRoundTrips("mark as read again", 1);
        session.select(inbox, open -> open.move(List.of(uids.get(5)), new MailboxName("Archive")));
        assertRoundTrips("move", 1);
    }

    private static void page(Orders orders, boolean descending, int page) {
        SignedIn alice = new SignedIn("alice@palomar.example", "key");
        long start = System.nanoTime();
        Orders.Slice slice = session.examine(
                MailboxName.INBOX, open -> orders.page(alice, open, SortKey.FROM, descending, page, 50));
        System.out.println("page " + page + " of " + slice.total() + " by sender: "
                + (System.nanoTime() - start) / 100_000 / 10.0 + " ms");
        assertThat(slice.messages()).hasSize(50);
    }

    /** The order of a large mailbox is fetched once; afterwards it follows what happens. */
    @Test
    void anOrderIsFetchedOnce() {
        session.examine(MailboxName.INBOX, OpenMailbox::messages);
        Orders orders = new Orders();
        proxy.forget();
        page(orders, false, 1);
        assertRoundTrips("first page by sender, server cold", 2);
        orders = new Orders();
        page(orders, false, 1);
        assertRoundTrips("first page by sender", 2);
        page(orders, false, 2);
        assertRoundTrips("second page", 1);
        page(orders, false, 1);
        assertRoundTrips("first page again", 1);
        page(orders, true, 3);
        assertRoundTrips("the other way round", 1);

        byte[] letter = MailSessionContract.message("new").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        MessageRef arrived =
                session.append(MailboxName.INBOX, new ByteArrayInputStream(letter), letter.length, Flags.NONE, null);
        proxy.forget();
        page(orders, false, 1);
        assertFollowed("first page after one arrived", 5);
        page(orders, false, 2);
        assertRoundTrips("second page", 1);
        session.select(MailboxName.INBOX, open -> {
            open.expunge(List.of(arrived.uid(), open.uids().get(7)));
            return true;
        });
        proxy.forget();
        page(orders, false, 1);
        assertFollowed("first page after two went", 5);
    }

    private static void assertFollowed(String what, int most) {
        System.out.println(what + ": " + proxy.roundTrips() + " round trip(s) "
                + proxy.commands().stream()
                        .map(line -> line.substring(0, Math.min(80, line.length())))
                        .toList());
        assertThat(proxy.roundTrips()).as(what).isLessThanOrEqualTo(most);
        assertThat(proxy.commands()).as(what).noneMatch(line -> line.endsWith("UTF-8 ALL"));
        proxy.forget();
    }

    private static final long TEN_MEGABYTES = 10L * 1024 * 1024;

    /** Whoever closes the browser in the middle of a download leaves a connection that answers what is asked next. */
    @Test
    void aReaderWhoGoesAwayLeavesAConnectionOfUse() {
        MailboxName box = new MailboxName("Sent");
        MessageRef ref = session.append(box, new Message(2 * TEN_MEGABYTES), 2 * TEN_MEGABYTES, Flags.NONE, null);
        session.examine(box, open -> {
            for (int most : new int[] {0, 100_000, 9_000_000}) {
                AtomicLong written = new AtomicLong();
                org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                                open.stream(ref.uid(), PartPath.ROOT, new OutputStream() {
                                    @Override
                                    public void write(int octet) throws IOException {
                                        if (written.incrementAndGet() > most) {
                                            throw new IOException("the reader has gone");
                                        }
                                    }
                                }))
                        .isInstanceOf(java.io.UncheckedIOException.class)
                        .hasRootCauseMessage("the reader has gone");
                assertThat(written.get()).isEqualTo(most + 1);
                assertThat(open.present(List.of(ref.uid()))).containsExactly(ref.uid());
            }
            return true;
        });
    }

    @Test
    void streamsFiftyMegabytesInConstantMemory() {
        long size = 50L * 1024 * 1024;
        AngusImapConnector direct = MailSessionContract.connector(server.port(), Duration.ofSeconds(20));
        MailSession session = direct.open(MailSessionContract.ALICE, null);
        MessageRef ref = session.append(new MailboxName("Sent"), new Message(size), size, Flags.NONE, null);
        Runtime runtime = Runtime.getRuntime();
        AtomicLong written = new AtomicLong();
        AtomicLong most = new AtomicLong();
        runtime.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        long told = session.examine(
                ref.mailbox(),
                open -> open.stream(ref.uid(), PartPath.ROOT, new OutputStream() {
                    @Override
                    public void write(int b) {
                        written.incrementAndGet();
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        long now = written.addAndGet(length);
                        if (now / TEN_MEGABYTES > (now - length) / TEN_MEGABYTES) {
                            runtime.gc();
                            most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                        }
                    }
                }));
        direct.close();
        assertThat(told).isEqualTo(size).isEqualTo(written.get());
        System.out.println("live memory while streaming 50 MB: " + (most.get() - before) / 1024 + " KiB");
        assertThat(most.get()).isPositive();
        assertThat(most.get() - before).isLessThan(8L * 1024 * 1024);
    }

    /** A header and then lines of x, made as they are read. */
    private static final class Message extends InputStream {

        private static final byte[] HEADER = "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private final long size;
        private long at;

        Message(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            if (at >= size) {
                return -1;
            }
            long i = at++;
            return i < HEADER.length ? HEADER[(int) i] : i % 78 == 76 ? '\r' : i % 78 == 77 ? '\n' : 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int n = 0;
            for (int c = 0; n < length && (c = read()) >= 0; n++) {
                buffer[offset + n] = (byte) c;
            }
            return n == 0 ? -1 : n;
        }
    }

    @Test
    void aMessageShorterThanAnnouncedIsTheCallersFault() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> session.append(
                        MailboxName.INBOX, new ByteArrayInputStream(new byte[10]), 100, Flags.NONE, null))
                .isInstanceOf(java.io.UncheckedIOException.class);
        assertThat(session.mailboxes(false)).isNotEmpty();
    }
}
