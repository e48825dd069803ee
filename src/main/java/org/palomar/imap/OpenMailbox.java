package org.palomar.imap;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;

/**
 * A mailbox on loan to one thread. Reading never sets {@code \Seen}. A message that is gone is left out of results; a
 * method for one message throws {@link ImapException.MessageGone}.
 */
public interface OpenMailbox {

    MailboxName name();

    UidValidity uidValidity();

    /** Messages in the mailbox as of the last answer of the server. */
    int messages();

    /** The next UID as of the selection, or 0 when the server did not say. */
    long uidNext();

    /**
     * Refuses references from another era.
     *
     * @throws ImapException.UidValidityChanged when {@code ref} carries another UIDVALIDITY
     */
    void check(MessageRef ref);

    /**
     * A window of messages, newest arrival first, in one round trip.
     *
     * @param skip how many of the newest to pass over, from 0
     * @param count 1 to 500
     * @return with the number of messages in the mailbox after the command
     */
    Window newest(int skip, int count);

    /** The messages among {@code uids} that still exist, in UID order. At most 10,000 UIDs. */
    List<MessageSummary> summaries(Collection<Uid> uids);

    /** One message with the header lines wanted; {@code headers} are names such as {@code References}. */
    Detail detail(Uid uid, List<String> headers);

    /**
     * The neighbours by arrival: the message after (newer) and before (older) the one with this sequence number, as
     * {@link #detail} told it in this loan; what was expunged since then is allowed for.
     */
    Neighbours neighbours(int sequence);

    /** UIDs of all messages, ascending (UID SEARCH ALL). */
    List<Uid> uids();

    /**
     * UIDs of all messages that match, ascending: one round trip, or two where the mailbox was open already and what arrived
     * meanwhile must be asked for, which a bounded range of UIDs does without. A server that takes no other letters than
     * US-ASCII may find more than was asked for.
     *
     * @throws ImapException.Refused when the server cannot search for this
     */
    List<Uid> search(SearchKey key);

    /** When the messages among {@code uids} that still exist arrived (INTERNALDATE). */
    Map<Uid, Instant> arrivals(Collection<Uid> uids);

    /**
     * Ends what the server is doing for this loan by closing the connection; the borrower gets {@link ImapException.ConnectionLost}
     * and is not asked again. May be called by any thread; does nothing once the loan is over.
     */
    void abandon();

    /** UIDs of messages with this Message-ID header, ascending. */
    List<Uid> withMessageId(String messageId);

    /**
     * Content of a part as transferred, still encoded, up to {@code limit} octets; the root path gives the body of a
     * message that is not a multipart.
     */
    byte[] part(Uid uid, PartPath path, int limit);

    /** Several parts in one round trip; each up to {@code limit} octets. Missing parts are absent from the result. */
    Map<PartPath, byte[]> parts(Uid uid, List<PartPath> paths, int limit);

    /**
     * The first octets of one part of each of many messages, as transferred, in one round trip.
     *
     * @param parts which part of which message; at most 500
     * @param limit octets of each
     */
    Map<Uid, byte[]> heads(Map<Uid, PartPath> parts, int limit);

    /** MIME header of a part, or the message's own header for the root path; up to {@code limit} octets. */
    byte[] header(Uid uid, PartPath path, int limit);

    /**
     * Streams a part as transferred, still encoded, in constant memory; the root path streams the whole message.
     *
     * @return octets written
     * @throws ImapException.Refused when the server cannot cut the part out; perhaps after some of it was written
     */
    long stream(Uid uid, PartPath path, OutputStream to);

    /** Sets or clears flags (UID STORE). Unknown UIDs are passed over. */
    void store(Collection<Uid> uids, FlagChange change, Flags flags);

    /** Copies; returns the new UIDs in the target by old UID, empty without UIDPLUS (RFC 4315). */
    Map<Uid, Uid> copy(Collection<Uid> uids, MailboxName target);

    /**
     * Moves (RFC 6851), or copies, marks and expunges these UIDs only where the server has no MOVE. Never a plain EXPUNGE.
     *
     * @return the new UIDs in the target by old UID, empty where the server does not tell
     * @throws ImapException.Unsupported when the server has neither MOVE nor UIDPLUS; nothing was marked
     */
    Map<Uid, Uid> move(Collection<Uid> uids, MailboxName target);

    /**
     * Removes for good (STORE and UID EXPUNGE).
     *
     * @throws ImapException.Unsupported without UIDPLUS; nothing was marked
     */
    void expunge(Collection<Uid> uids);

    /** How a STORE changes flags. */
    enum FlagChange {
        ADD,
        REMOVE
    }

    /** @param total messages in the mailbox */
    record Window(List<MessageSummary> messages, int total) {}

    /** @param headers decoded values by lower-case name; absent headers are absent */
    record Detail(MessageSummary summary, Map<String, String> headers) {}

    /**
     * @param newer the next message towards the newest, or null
     * @param older the next towards the oldest, or null
     */
    record Neighbours(@Nullable MessageRef newer, @Nullable MessageRef older) {}
}
