package org.palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.ProductProcess;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/**
 * Mail made to exhaust its reader, through a real Dovecot (S37): every page of it answers soon, and somebody else reads on meanwhile.
 * Palomar, which starts in some 50 MB, has 96 MB of heap for all of it. Times are printed; the bounds asserted are wide,
 * because machines are busy.
 */
class HostileMailIT {

    private static final Duration SOON = Duration.ofSeconds(45);
    private static final int HEAP = 96;

    @TempDir
    static Path store;

    private static DovecotServer dovecot;
    private static ProductProcess product;
    private static Visitor alice;
    private static Visitor bob;

    enum Bomb {
        NESTED_PARTS {
            @Override
            String source() {
                StringBuilder message = new StringBuilder("Subject: Ten thousand levels\r\nMIME-Version: 1.0\r\n");
                for (int i = 0; i < 10_000; i++) {
                    message.append("Content-Type: multipart/mixed; boundary=b")
                            .append(i)
                            .append("\r\n\r\n--b")
                            .append(i)
                            .append("\r\n");
                }
                return message + "\r\ndeep";
            }
        },
        NESTED_MESSAGES {
            @Override
            String source() {
                return "Subject: Message in message\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: message/rfc822\r\n\r\n".repeat(10_000) + "deep";
            }
        },
        MANY_PARTS {
            @Override
            String source() {
                return "Subject: A million parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\n\r\nx\r\n".repeat(1_000_000);
            }
        },
        MANY_PARAMETERS {
            @Override
            String source() {
                return "Subject: A million parameters\r\nMIME-Version: 1.0\r\nContent-Type: text/plain"
                        + ";\r\n name*0=x".repeat(1_000_000) + "\r\n\r\nbody";
            }
        },
        NUMBERED_PARAMETERS {
            @Override
            String source() {
                StringBuilder message = new StringBuilder(
                        "Subject: Sections\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8");
                for (int i = 0; i < 200_000; i++) {
                    message.append(";\r\n name*").append(i).append("*=%41");
                }
                return message + "\r\n\r\nbody";
            }
        },
        LARGE_HEADER {
            @Override
            String source() {
                return "Subject: A large header\r\n" + ("X-Long: " + "y".repeat(990) + "\r\n").repeat(100_000)
                        + "\r\nbody";
            }
        },
        LARGE_SUBJECT {
            @Override
            String source() {
                return "Subject: " + "=?utf-8?Q?=C3=B1andu?=\r\n ".repeat(45_000) + "\r\n\r\nbody";
            }
        },
        HUGE_SUBJECT {
            @Override
            String source() {
                return "Subject: " + ("x".repeat(990) + "\r\n ").repeat(100_000) + "\r\n\r\nbody";
            }
        },
        ATTACHMENTS {
            @Override
            String source() {
                return "Subject: Three thousand files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n"
                                .repeat(3_000)
                        + "--b--\r\n";
            }
        },
        RECIPIENTS {
            @Override
            String source() {
                return "Subject: A million recipients\r\nTo: " + "Ann <a@b.example>,\r\n ".repeat(1_000_000)
                        + "z@b.example\r\n\r\nbody";
            }
        },
        WINMAIL {
            @Override
            String source() {
                return "Subject: Winmail\r\nMIME-Version: 1.0\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\n"
                        + "\u0078\u009f\u003e" + '"' + "\0\0" + "\2\2\u0090\6\0\0\0\0\0\0\0".repeat(500_000);
            }
        },
        FOLDED_TEXT {
            @Override
            String source() {
                return "Subject: Quotes\r\n\r\n" + ">".repeat(2_000_000) + "\r\n" + "> ".repeat(500_000) + "\r\n"
                        + "begin 644 a\r\n".repeat(100_000);
            }
        };

        abstract String source();
    }

    @BeforeAll
    static void start() {
        dovecot = DovecotServer.start();
        dovecot.put(
                "bob@palomar.example",
                "INBOX",
                "Subject: Hello\r\n\r\nBob's letter".getBytes(StandardCharsets.US_ASCII));
        product = new ProductProcess(
                HEAP,
                store,
                "palomar.imap.host=127.0.0.1",
                "palomar.imap.port=" + dovecot.port(),
                "palomar.imap.security=plain");
        alice = product.visitor().signedIn("alice");
        bob = product.visitor().signedIn("bob");
    }

    @AfterAll
    static void stop() {
        alice.close();
        bob.close();
        product.close();
        dovecot.close();
    }

    @ParameterizedTest
    @EnumSource
    void s37_answersSoonAndOthersReadOn(Bomb bomb) throws InterruptedException {
        String mailbox = bomb.name();
        dovecot.put("alice@palomar.example", mailbox, bomb.source().getBytes(StandardCharsets.ISO_8859_1));
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong slowest = new AtomicLong();
        Thread reading = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                long start = System.nanoTime();
                assertThat(bob.get("mailboxes/INBOX").status()).isEqualTo(200);
                slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
            }
        });
        List<String> times = new ArrayList<>();
        try {
            Answer list = timed("list", "mailboxes/" + mailbox, times);
            String ref = list.html().select("[data-testid=message-row]").attr("data-ref");
            String path = "mailboxes/" + mailbox + "/messages/" + ref;
            Answer page = timed("page", path, times);
            assertThat(page.html().select("[data-testid=message-body]")).isNotEmpty();
            timed("reply", "compose?reply=" + mailbox + "/" + ref, times);
        } finally {
            done.set(true);
            reading.join();
        }
        System.err.println(
                "hostile: " + bomb + " " + times + ", the other person at most " + slowest.get() / 1_000_000 + " ms");
        assertThat(product.log()).doesNotContain("OutOfMemoryError");
        assertThat(slowest.get()).isLessThan(SOON.toNanos());
    }

    private static Answer timed(String what, String path, List<String> times) {
        long start = System.nanoTime();
        Answer answer = alice.get(path).expect(200);
        long took = System.nanoTime() - start;
        times.add(what + " " + took / 1_000_000 + " ms");
        assertThat(took).as(what).isLessThan(SOON.toNanos());
        return answer;
    }
}
