package org.palomar.imap.angus;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.WatchProperties;
import org.palomar.mail.MailboxEvent;
import org.palomar.mail.MailboxEvent.FlagsChanged;
import org.palomar.mail.MailboxName;

/**
 * The talk on one watching connection. One thread {@link #keep}s it; any other may {@link #interrupt} it. Everybody else's
 * business is in the background: this connection only reads (EXAMINE), and never tells a server that something was seen.
 */
final class Vigil {

    private static final String NOTIFY = "NOTIFY SET STATUS (selected (MessageNew MessageExpunge FlagChange))"
            + " (personal (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange))";

    private final ImapConnection connection;
    private final Happenings happenings;
    private final Consumer<MailboxEvent> tell;
    private final WatchProperties properties;
    private final Duration patience;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition interrupted = lock.newCondition();
    private Phase phase = Phase.TALKING;
    private Instant deadline = Instant.MAX;
    private boolean asked;
    private volatile boolean told;
    private boolean idles;
    private @Nullable MailboxName missing;
    private Instant listedAt = Instant.EPOCH;

    private enum Phase {
        TALKING,
        IDLING,
        ENDING
    }

    /** @param patience for an answer */
    Vigil(
            ImapConnection connection,
            Consumer<MailboxEvent> tell,
            WatchProperties properties,
            Duration patience,
            Clock clock) {
        this.connection = connection;
        this.happenings = new Happenings(connection.names(), tell);
        this.tell = tell;
        this.properties = properties;
        this.patience = patience;
        this.clock = clock;
        this.idles = connection.offers("IDLE");
    }

    /** When this returns, nothing that happens from now on is missed. */
    void begin(MailboxName mailbox) {
        look(mailbox);
        if (connection.offers("NOTIFY")) {
            Answer answer = connection.run(Command.read(NOTIFY));
            answer.untagged().forEach(happenings::read);
            // Refused where the server keeps no index of its mailboxes.
            told = answer.completion().isOK();
        }
        if (!told) {
            ask();
        }
        happenings.settle();
    }

    /** Listens until {@code wanted} gives null; throws when the connection is lost. */
    void keep(Supplier<@Nullable MailboxName> wanted) {
        while (true) {
            if (idles) {
                idle();
            }
            if (!idles) {
                pause();
            }
            MailboxName mailbox = wanted.get();
            if (mailbox == null) {
                connection.logOut();
                return;
            }
            boolean moved = look(mailbox);
            if (happenings.overflowed()) {
                told = false;
            }
            if (!told) {
                ask();
                if (moved) {
                    // Nobody told what happened there before it was selected.
                    tell.accept(new FlagsChanged(mailbox));
                }
            }
        }
    }

    private boolean look(MailboxName mailbox) {
        SelectedMailbox selected = connection.selected();
        if ((selected != null && selected.name().equals(mailbox)) || mailbox.equals(missing)) {
            return false;
        }
        missing = null;
        try {
            SelectedMailbox now = Selection.select(connection, mailbox, false);
            if (told) {
                // What the server had not told yet about a mailbox it forgets when that is selected.
                Argument status = connection.names().argument(mailbox).writeAtom(counters());
                connection.run(Command.read("STATUS", status)).data("STATUS").forEach(happenings::read);
            }
            happenings.selected(mailbox, now.messages());
            return selected != null;
        } catch (ImapException.MailboxMissing | ImapException.Refused e) {
            happenings.selected(null, 0);
            missing = mailbox;
            return !mailbox.isInbox() && look(MailboxName.INBOX);
        }
    }

    private String counters() {
        return "(MESSAGES UIDNEXT UNSEEN UIDVALIDITY" + (connection.offers("CONDSTORE") ? " HIGHESTMODSEQ)" : ")");
    }

    /** What this server does not tell by itself: INBOX and the mailbox looked at each time, all of them once in a while. */
    private void ask() {
        List<Command> commands = new ArrayList<>();
        commands.add(Command.read("NOOP"));
        SelectedMailbox selected = connection.selected();
        String items = counters();
        // Also of the selected mailbox: Gmail does not push flags.
        Stream.of(MailboxName.INBOX, selected == null ? MailboxName.INBOX : selected.name())
                .distinct()
                .map(name -> connection.names().argument(name).writeAtom(items))
                .forEach(arguments -> commands.add(Command.read("STATUS", arguments)));
        Instant now = clock.instant();
        boolean list = !now.isBefore(listedAt.plus(properties.renew()));
        if (list) {
            boolean counted = connection.offers("LIST-EXTENDED") && connection.offers("LIST-STATUS");
            commands.add(Command.read("LIST \"\" \"*\"" + (counted ? " RETURN (STATUS " + items + ")" : "")));
            listedAt = now;
            happenings.listing();
        }
        connection.run(commands).untagged().forEach(happenings::read);
        if (list) {
            happenings.listed();
        }
    }

    private void idle() {
        try {
            connection.timeout(properties.renew().plus(patience).plus(patience));
            String tag = connection.begin(Command.read("IDLE"));
            while (true) {
                WireResponse response = connection.readResponse();
                if (response.isContinuation()) {
                    idling();
                } else if (response.isTagged() && tag.equals(response.getTag())) {
                    over();
                    // Announced and refused all the same: ask now and then instead.
                    idles = response.isOK();
                    connection.timeout(patience);
                    return;
                } else if (response.isBYE()) {
                    throw new IOException("the server said goodbye");
                } else {
                    happenings.read(response);
                    if (told && happenings.overflowed()) {
                        end();
                    }
                }
            }
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw connection.lost(e, false);
        }
    }

    private void idling() {
        boolean end;
        lock.lock();
        try {
            boolean poll = !told && properties.poll().compareTo(properties.renew()) < 0;
            deadline = clock.instant().plus(poll ? properties.poll() : properties.renew());
            phase = Phase.IDLING;
            end = asked;
        } finally {
            lock.unlock();
        }
        if (end) {
            end();
        }
    }

    private void over() {
        lock.lock();
        try {
            phase = Phase.TALKING;
            asked = false;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            long left = properties.poll().toNanos();
            while (!asked && left > 0) {
                left = interrupted.awaitNanos(left);
            }
            asked = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImapException.Closed();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server tells about every mailbox by itself. */
    boolean hearsAll() {
        return told;
    }

    /** Makes {@link #keep} ask again what is wanted. Does not wait. */
    void interrupt() {
        lock.lock();
        try {
            asked = true;
            interrupted.signal();
        } finally {
            lock.unlock();
        }
        end();
    }

    /** Ends an IDLE that is old, and a connection on which that stays unanswered. Does not wait. */
    void tick() {
        boolean late;
        boolean dead;
        lock.lock();
        try {
            late = phase != Phase.TALKING && !clock.instant().isBefore(deadline);
            dead = late && phase == Phase.ENDING;
        } finally {
            lock.unlock();
        }
        if (dead) {
            connection.drop();
        } else if (late) {
            end();
        }
    }

    private void end() {
        lock.lock();
        try {
            if (phase != Phase.IDLING) {
                return;
            }
            phase = Phase.ENDING;
            deadline = clock.instant().plus(patience);
        } finally {
            lock.unlock();
        }
        // A server that no longer reads must hold up neither the one who asks nor other people's watches.
        Thread.ofVirtual().name("imap-idle-done").start(() -> {
            try {
                connection.done();
            } catch (IOException | RuntimeException e) {
                connection.drop();
            }
        });
    }

    void drop() {
        connection.drop();
        lock.lock();
        try {
            asked = true;
            interrupted.signal();
        } finally {
            lock.unlock();
        }
    }
}
