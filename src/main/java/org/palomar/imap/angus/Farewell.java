package org.palomar.imap.angus;

import java.time.Duration;
import java.util.List;

/** Ends connections with the goodbye that the protocol wants (RFC 9051 section 6.1.3). */
final class Farewell {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Farewell() {}

    /** On all at once; those whose server does not answer within two seconds are cut. */
    static void say(List<ImapConnection> connections) {
        List<Thread> threads = connections.stream()
                .map(connection -> Thread.ofVirtual().name("imap-logout").start(connection::logOut))
                .toList();
        for (Thread thread : threads) {
            try {
                if (!thread.join(PATIENCE)) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        connections.forEach(ImapConnection::drop);
    }
}
