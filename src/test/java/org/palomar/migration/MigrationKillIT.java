package org.palomar.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.mail.MailboxName;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.ProductProcess;
import org.palomar.testing.RawPop3;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/**
 * Palomar, the POP3 server and the IMAP server are killed in turn ({@code kill -9}) at random moments while mail is moved. In the end
 * everything is here once and nothing is there. {@code -Dkill.rounds=100} for the long run, {@code -Dkill.seed} to repeat one.
 */
class MigrationKillIT {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);
    private static final int MESSAGES = Integer.getInteger("kill.messages", 250 * ROUNDS);

    @TempDir
    private Path store;

    private final long seed = Long.getLong("kill.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void nothingIsLostAndNothingIsDoubled() throws Exception {
        try (DovecotServer old =
                        DovecotServer.builder().pop3().maxConnections(100).start();
                DovecotServer home = DovecotServer.builder().maxConnections(100).start()) {
            fill(old);
            List<String> expected = there(old);
            ProductProcess palomar = start(home);
            String journey = begin(palomar, old);
            int hits = 0;
            for (int round = 0; round < ROUNDS; round++) {
                // The moment is the point of it.
                Thread.sleep(random.nextInt(50, 1_200));
                hits += state(palomar, journey).equals("done") ? 0 : 1;
                switch (round % 3) {
                    case 0 -> {
                        palomar.kill();
                        palomar = start(home);
                    }
                    case 1 -> {
                        old.kill();
                        old.startAgain();
                    }
                    default -> {
                        home.kill();
                        home.startAgain();
                    }
                }
            }
            ProductProcess last = palomar;
            try (last) {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(20))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> state(last, journey).equals("done"));
                Answer report = signedIn(last).get(journey);
                System.out.printf(
                        "%d rounds, %d of them while it was under way, %d messages; seed %d; %s%n",
                        ROUNDS,
                        hits,
                        MESSAGES,
                        seed,
                        report.html().select("[data-testid=journey-report]").text());
                assertThat(here(home)).as("seed %d", seed).isEqualTo(expected);
                assertThat(there(old)).as("seed %d", seed).isEmpty();
                String all = String.format("%,d of %,d identical", MESSAGES, MESSAGES);
                assertThat(report.html().select("[data-testid=report-verified]").text())
                        .isEqualTo(all);
            }
        }
    }

    private ProductProcess start(DovecotServer home) {
        return new ProductProcess(
                store,
                "palomar.imap.host=127.0.0.1",
                "palomar.imap.port=" + home.port(),
                "palomar.imap.security=plain",
                "palomar.own-servers.networks=127.0.0.1",
                "palomar.migration.retry=200ms",
                "palomar.migration.retry-most=1s",
                "palomar.migration.glance=500ms");
    }

    private static Visitor signedIn(ProductProcess palomar) {
        return palomar.visitor().signedIn("alice");
    }

    /** Asked again while the mail server starts, which the page needs for its tree. */
    private static String state(ProductProcess palomar, String journey) {
        String[] found = new String[1];
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> {
                    Answer page = signedIn(palomar).get(journey);
                    found[0] = page.html().select("[data-testid=journey]").attr("data-state");
                    return page.status() == 200 && !found[0].isEmpty();
                });
        return found[0];
    }

    private static String begin(ProductProcess palomar, DovecotServer old) {
        Visitor alice = signedIn(palomar);
        alice.post(
                "migration/look",
                "kind",
                "pop3",
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(old.pop3Port()),
                "security",
                "plain",
                "username",
                "alice@palomar.example",
                "password",
                "alice");
        return alice.post("migration", "how", "move", "target", "", "name", "Old")
                .header("Location")
                .replaceFirst("^https?://[^/]+", "")
                .replaceFirst("^/", "");
    }

    private void fill(DovecotServer old) {
        List<DovecotServer.Filed> messages = new ArrayList<>();
        for (int n = 0; n < MESSAGES; n++) {
            // Every tenth is the same as the one before.
            int same = n % 10 == 9 ? n - 1 : n;
            byte[] text = ("Subject: Old " + same + "\r\nDate: Tue, 3 Mar 2009 10:00:00 +0000\r\n\r\n"
                            + ("words " + same + "\r\n").repeat(1 + same % 400))
                    .getBytes(StandardCharsets.US_ASCII);
            messages.add(new DovecotServer.Filed(text, Instant.parse("2009-03-03T10:00:00Z"), ""));
        }
        old.fill("alice@palomar.example", "INBOX", messages);
    }

    private static List<String> there(DovecotServer old) {
        try (RawPop3 raw = new RawPop3(old.pop3Port(), "alice@palomar.example", "alice")) {
            List<String> digests = new ArrayList<>();
            for (byte[] message : raw.all()) {
                var digest = Digests.sha256();
                digest.update(message);
                digests.add(Digests.text(digest));
            }
            Collections.sort(digests);
            return digests;
        }
    }

    private static List<String> here(DovecotServer home) {
        ImapProperties properties = new ImapProperties(
                "127.0.0.1",
                home.port(),
                ImapProperties.Security.PLAIN,
                false,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                3,
                Duration.ofSeconds(60));
        try (AngusImapConnector connector = new AngusImapConnector(
                        properties, Clock.systemUTC(), (SSLSocketFactory) SSLSocketFactory.getDefault());
                MailSession session = connector.open(new Credentials("alice@palomar.example", "alice"), null)) {
            return session.examine(new MailboxName("Old"), open -> {
                List<String> digests = new ArrayList<>();
                for (Uid uid : open.uids()) {
                    var out = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.sha256());
                    open.stream(uid, PartPath.ROOT, out);
                    digests.add(Digests.text(out.getMessageDigest()));
                }
                Collections.sort(digests);
                return digests;
            });
        }
    }
}
