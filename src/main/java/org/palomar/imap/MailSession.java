package org.palomar.imap;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Quota;
import org.palomar.mail.SpecialUse;

/**
 * One person's door to the mail server. Mailboxes are lent: up to three connections stay selected, and results are
 * records that outlive the loan. Safe for use by many threads; calls block until the server answers or the read timeout
 * ends. Every method may throw {@link ImapException}.
 */
public interface MailSession extends AutoCloseable {

    String username();

    /** What the server announced after sign-in, upper case. */
    Set<String> capabilities();

    /**
     * All mailboxes in the server's order.
     *
     * @param withStatus also ask for the counters: one command with LIST-STATUS (RFC 5819), else one STATUS each
     */
    List<Mailbox> mailboxes(boolean withStatus);

    MailboxStatus status(MailboxName name);

    /** Lends the mailbox for reading (EXAMINE, or a connection that has it selected already). A dropped connection is retried once. */
    <T> T examine(MailboxName name, MailboxWork<T> work);

    /** Lends the mailbox for changes (SELECT). Retried only when the connection was lost before the first command of {@code work}. */
    <T> T select(MailboxName name, MailboxWork<T> work);

    /**
     * The full name for a mailbox at the top of the person's own namespace (RFC 2342): {@code INBOX.Work} for {@code Work} on
     * servers where everything hangs under INBOX, else the name itself. Asks the server once.
     */
    default MailboxName topLevel(MailboxName name) {
        return name;
    }

    /** Makes the mailbox, with exactly this name, and subscribes it. */
    void create(MailboxName name, @Nullable SpecialUse use);

    /** Renames or moves the mailbox, with what hangs under it; subscriptions follow. */
    void rename(MailboxName from, MailboxName to);

    void delete(MailboxName name);

    void subscribe(MailboxName name, boolean subscribed);

    /**
     * Stores a message (RFC 9051 section 6.3.12).
     *
     * @param message exactly {@code size} octets with CRLF line ends; not closed
     * @return where it lies, or null when the server has no UIDPLUS
     */
    @Nullable
    MessageRef append(MailboxName mailbox, InputStream message, long size, Flags flags, @Nullable Instant arrived);

    /** The quotas that bind the mailbox; empty without QUOTA (RFC 9208). */
    List<Quota> quota(MailboxName mailbox);

    /**
     * Watches the mail of this person from now on, until the watch or this session is closed. Does not wait for the server.
     *
     * @param mailbox to watch most closely at first
     * @throws ImapException.TooManyConnections when as many watches are open as may be
     */
    MailboxWatch watch(MailboxName mailbox, MailboxWatch.Listener listener);

    /** Closes every connection; further calls throw {@link ImapException.Closed}. Idempotent. */
    @Override
    void close();

    /** What a borrower does with a mailbox; must not keep it. */
    @FunctionalInterface
    interface MailboxWork<T> {
        T with(OpenMailbox mailbox);
    }
}
