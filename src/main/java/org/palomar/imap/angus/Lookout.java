package org.palomar.imap.angus;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailboxWatch.Listener;
import org.palomar.imap.WatchProperties;
import org.palomar.mail.MailboxName;

/** All watches on the server: lets in as many as may be, and sees to it, with one thread for all, that none waits too long. */
final class Lookout implements AutoCloseable {

    private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

    private final WatchProperties properties;
    private final Duration patience;
    private final Clock clock;
    private final Semaphore places;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread ticker;

    /**
     * @param share of the connections to the server that watches may take: pages need the others
     * @param patience for each answer of the server
     */
    Lookout(WatchProperties properties, int share, Duration patience, Clock clock) {
        this.properties = properties;
        this.patience = patience;
        this.clock = clock;
        this.places = new Semaphore(Math.min(share, properties.connections()));
        this.ticker = Thread.ofVirtual().name("imap-lookout").start(this::tickForEver);
    }

    /** @param ended told when the watch holds no connection any more */
    Watch open(Supplier<ImapConnection> dial, MailboxName mailbox, Listener listener, Consumer<Watch> ended) {
        if (!places.tryAcquire()) {
            throw new ImapException.TooManyConnections("palomar.imap.watch.connections are open");
        }
        Watch watch = new Watch(dial, mailbox, listener, properties, patience, clock);
        watches.add(watch);
        watch.start(over -> {
            watches.remove(over);
            places.release();
            ended.accept(over);
        });
        return watch;
    }

    private void tickForEver() {
        Duration step = properties.renew().dividedBy(8);
        try {
            while (true) {
                Thread.sleep(step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP);
                watches.forEach(Watch::tick);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
        watches.forEach(Watch::drop);
    }
}
