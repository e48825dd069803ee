package org.palomar.imap.angus;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapException.ConnectionLost;
import org.palomar.imap.MailSession;
import org.palomar.imap.MailboxWatch;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Quota;
import org.palomar.mail.SpecialUse;

/** A {@link MailSession} over a {@link ConnectionPool}. */
final class PooledMailSession implements MailSession {

    /** A connection unused for longer is asked whether it lives before a change is entrusted to it. */
    private static final Duration TRUST = Duration.ofSeconds(5);

    private final String username;
    private final Set<String> capabilities;
    private final ConnectionPool pool;
    private final Clock clock;
    private final Watches watches;
    private final Consumer<PooledMailSession> onClose;
    private volatile @Nullable String prefix;

    /** @param first open and signed in; lent from the pool until this session gives it back */
    PooledMailSession(
            String username,
            ImapConnection first,
            ConnectionPool pool,
            Clock clock,
            Watches watches,
            Consumer<PooledMailSession> onClose) {
        this.username = username;
        this.capabilities = first.capabilities();
        this.pool = pool;
        this.clock = clock;
        this.watches = watches;
        this.onClose = onClose;
        pool.giveBack(first);
    }

    @Override
    public String username() {
        return username;
    }

    @Override
    public Set<String> capabilities() {
        return capabilities;
    }

    @Override
    public <T> T examine(MailboxName name, MailboxWork<T> work) {
        return lend(name, false, work);
    }

    @Override
    public <T> T select(MailboxName name, MailboxWork<T> work) {
        return lend(name, true, work);
    }

    private <T> T lend(MailboxName name, boolean writable, MailboxWork<T> work) {
        boolean again = false;
        while (true) {
            ImapConnection connection = pool.borrow(name, again);
            @Nullable LentMailbox lent = null;
            try {
                lent = open(connection, name, writable);
                T result = work.with(lent);
                if (writable) {
                    watches.touched(name);
                }
                return result;
            } catch (ConnectionLost e) {
                failIfClosed();
                boolean repeatable = lent == null || lent.isRepeatable();
                if (again || !repeatable) {
                    throw e;
                }
                again = true;
            } finally {
                if (lent != null) {
                    lent.end();
                }
                pool.giveBack(connection);
            }
        }
    }

    private LentMailbox open(ImapConnection connection, MailboxName name, boolean writable) {
        SelectedMailbox selected = connection.selected();
        boolean kept = selected != null && selected.name().equals(name) && (selected.writable() || !writable);
        if (selected == null || !kept) {
            return new LentMailbox(connection, Selection.select(connection, name, writable), writable, true);
        }
        boolean asked = writable && isStale(connection);
        if (asked) {
            connection.run(Command.read("NOOP"));
        }
        return new LentMailbox(connection, selected, writable, asked);
    }

    private boolean isStale(ImapConnection connection) {
        return connection.lastUsed().isBefore(clock.instant().minus(TRUST));
    }

    /** Runs commands that need no mailbox; a lost connection is replaced once. */
    private <T> T ask(Function<ImapConnection, T> commands) {
        boolean again = false;
        while (true) {
            ImapConnection connection = pool.borrow(null, again);
            try {
                return commands.apply(connection);
            } catch (ConnectionLost e) {
                failIfClosed();
                if (again || e.outcomeUnknown()) {
                    throw e;
                }
                again = true;
            } finally {
                pool.giveBack(connection);
            }
        }
    }

    /** As {@link #ask}, but sees to it first that the connection lives. */
    private <T> T change(Function<ImapConnection, T> commands) {
        return ask(connection -> {
            if (isStale(connection)) {
                connection.run(Command.read("NOOP"));
            }
            return commands.apply(connection);
        });
    }

    private void administer(Consumer<Administration> work) {
        change(connection -> {
            work.accept(new Administration(connection));
            return true;
        });
    }

    private void failIfClosed() {
        if (pool.isClosed()) {
            throw new ImapException.Closed();
        }
    }

    @Override
    public List<Mailbox> mailboxes(boolean withStatus) {
        return ask(connection -> new MailboxList(connection).all(withStatus));
    }

    @Override
    public MailboxStatus status(MailboxName name) {
        return ask(connection -> new MailboxList(connection).status(name));
    }

    @Override
    public MailboxName topLevel(MailboxName name) {
        String known = prefix;
        if (known == null) {
            known = ask(Namespaces::personal);
            prefix = known;
        }
        return Namespaces.inside(known, name);
    }

    @Override
    public void create(MailboxName name, @Nullable SpecialUse use) {
        administer(administration -> administration.create(name, use));
    }

    @Override
    public void rename(MailboxName from, MailboxName to) {
        letGo(from);
        administer(administration -> administration.rename(from, to));
    }

    @Override
    public void delete(MailboxName name) {
        letGo(name);
        administer(administration -> administration.delete(name));
    }

    /** A mailbox about to vanish must not stay selected: servers end such connections, or go on showing what is gone. */
    private void letGo(MailboxName name) {
        List<ImapConnection> holders = pool.takeIdle(connection -> {
            SelectedMailbox selected = connection.selected();
            return selected != null && selected.name().value().startsWith(name.value());
        });
        for (ImapConnection connection : holders) {
            try {
                Selection.unselect(connection);
            } catch (ImapException e) {
                connection.drop();
            } finally {
                pool.giveBack(connection);
            }
        }
    }

    @Override
    public void subscribe(MailboxName name, boolean subscribed) {
        administer(administration -> administration.subscribe(name, subscribed));
    }

    @Override
    public @Nullable MessageRef append(
            MailboxName mailbox, InputStream message, long size, Flags flags, @Nullable Instant arrived) {
        AppendResult result =
                change(connection -> new AppendResult(Append.run(connection, mailbox, message, size, flags, arrived)));
        return result.reference;
    }

    private record AppendResult(@Nullable MessageRef reference) {}

    @Override
    public List<Quota> quota(MailboxName mailbox) {
        return ask(connection -> Quotas.of(connection, mailbox));
    }

    @Override
    public MailboxWatch watch(MailboxName mailbox, MailboxWatch.Listener listener) {
        failIfClosed();
        return watches.open(mailbox, listener);
    }

    void sweep(Instant then) {
        pool.sweep(then);
    }

    /** Since when the connection idle for longest has been so; {@link Instant#MAX} without one. */
    Instant idleSince() {
        return pool.idleSince();
    }

    /** False when none is idle. */
    boolean closeOldestIdle() {
        return pool.closeOldestIdle();
    }

    /** How many connections are open. */
    int connections() {
        return pool.size();
    }

    @Override
    public void close() {
        watches.close();
        pool.close();
        onClose.accept(this);
    }
}
