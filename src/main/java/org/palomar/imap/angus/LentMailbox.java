package org.palomar.imap.angus;

import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Flags;
import org.palomar.mail.Inventory;
import org.palomar.mail.Lineage;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxState;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SortKey;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mail.Uids;

/** A connection with a selected mailbox, in the hands of a borrower. */
final class LentMailbox implements OpenMailbox {

    private static final int MAX_WINDOW = 500;
    private static final int MAX_UIDS = 10_000;

    private final ImapConnection connection;
    private final SelectedMailbox mailbox;
    private final Details details;
    private final boolean writable;
    private boolean fresh;
    private boolean used;
    private boolean streamed;
    private boolean copied;
    private volatile boolean abandoned;
    private boolean over;

    /**
     * @param writable whether the borrower asked for changes
     * @param fresh whether the mailbox was selected a moment ago
     */
    LentMailbox(ImapConnection connection, SelectedMailbox mailbox, boolean writable, boolean fresh) {
        this.connection = connection;
        this.mailbox = mailbox;
        this.details = new Details(connection, mailbox);
        this.writable = writable;
        this.fresh = fresh;
    }

    @Override
    public MailboxName name() {
        return mailbox.name();
    }

    @Override
    public UidValidity uidValidity() {
        return mailbox.uidValidity();
    }

    @Override
    public int messages() {
        return mailbox.messages();
    }

    @Override
    public long uidNext() {
        return mailbox.uidNext();
    }

    @Override
    public void check(MessageRef ref) {
        if (!ref.mailbox().equals(mailbox.name()) || !ref.uidValidity().equals(mailbox.uidValidity())) {
            throw new ImapException.UidValidityChanged("the reference is from another mailbox or era");
        }
    }

    @Override
    public Window newest(int skip, int count) {
        checkWindow(skip, count);
        return new Summaries(connection(), mailbox).newest(skip, count, isFresh());
    }

    @Override
    public Window oldest(int skip, int count) {
        checkWindow(skip, count);
        return new Summaries(connection(), mailbox).oldest(skip, count, isFresh());
    }

    private static void checkWindow(int skip, int count) {
        if (skip < 0 || count < 1 || count > MAX_WINDOW) {
            throw new IllegalArgumentException("a window has 1 to 500 messages");
        }
    }

    private static void check(Collection<Uid> uids, int most) {
        if (uids.size() > most) {
            throw new IllegalArgumentException("at most " + most + " messages at once");
        }
    }

    /** Whether the server told about the mailbox a moment ago; true once. */
    private boolean isFresh() {
        boolean was = fresh;
        fresh = false;
        return was;
    }

    @Override
    public List<MessageSummary> summaries(Collection<Uid> uids) {
        check(uids, MAX_UIDS);
        return uids.isEmpty() ? List.of() : new Summaries(connection(), mailbox).of(uids);
    }

    @Override
    public List<MessageSummary> outlines(Collection<Uid> uids) {
        check(uids, MAX_UIDS);
        return uids.isEmpty() ? List.of() : new Summaries(connection(), mailbox).outlines(uids);
    }

    @Override
    public Detail detail(Uid uid, List<String> headers, Ahead ahead) {
        return details().detail(uid, headers, ahead);
    }

    @Override
    public Neighbours neighbours(int sequence) {
        return details().neighbours(sequence);
    }

    @Override
    public Inventory inventory() {
        return new Census(connection(), mailbox).inventory(isFresh());
    }

    @Override
    public Difference since(Inventory known) {
        return since(known, news(known.state(), List.of()));
    }

    @Override
    public Difference since(Inventory known, News news) {
        return new Census(connection(), mailbox).since(known, news);
    }

    @Override
    public Uids sorted(SortKey key) {
        return new Sorting(connection(), mailbox).all(key, isFresh());
    }

    @Override
    public Uids sorted(SortKey key, Collection<Uid> uids) {
        check(uids, MAX_UIDS);
        return uids.isEmpty() ? Uids.NONE : new Sorting(connection(), mailbox).some(key, uids);
    }

    @Override
    public News news(MailboxState known, Collection<Uid> rows) {
        check(rows, MAX_WINDOW);
        return new Census(connection(), mailbox).news(known, rows, isFresh());
    }

    @Override
    public Glance glance(MailboxState known, Collection<Uid> rows, Collection<Uid> flagged) {
        check(rows, MAX_WINDOW);
        check(flagged, MAX_UIDS);
        return new Census(connection(), mailbox).glance(known, rows, flagged, isFresh());
    }

    @Override
    public List<Lineage> lineages(Collection<Uid> uids) {
        check(uids, MAX_UIDS);
        return uids.isEmpty() ? List.of() : new Lineages(connection()).of(uids);
    }

    @Override
    public List<Uid> uids() {
        return new Search(connection()).all();
    }

    @Override
    public List<Uid> search(SearchKey key) {
        boolean known = fresh || SearchKey.isBounded(key);
        fresh = false;
        return new Matching(connection()).of(key, known);
    }

    @Override
    public Map<Uid, Instant> arrivals(Collection<Uid> uids) {
        return uids.isEmpty() ? Map.of() : Arrivals.of(connection(), uids);
    }

    @Override
    public synchronized void abandon() {
        if (!over) {
            abandoned = true;
            connection.drop();
        }
    }

    @Override
    public List<Uid> present(Collection<Uid> uids) {
        return new Search(connection()).among(uids);
    }

    @Override
    public List<Uid> mentioning(List<MessageId> ids) {
        return new Search(connection()).mentioning(ids);
    }

    @Override
    public List<Uid> withMessageId(String messageId) {
        return new Search(connection()).messageId(messageId);
    }

    @Override
    public byte[] part(Uid uid, PartPath path, int limit) {
        return new Parts(connection()).parts(uid, List.of(path), limit).getOrDefault(path, new byte[0]);
    }

    @Override
    public Map<PartPath, byte[]> parts(Uid uid, List<PartPath> paths, int limit) {
        return details().parts(uid, paths, limit);
    }

    @Override
    public Map<Uid, byte[]> heads(Map<Uid, PartPath> parts, int limit) {
        check(parts.keySet(), MAX_WINDOW);
        return parts.isEmpty() ? Map.of() : new Parts(connection()).heads(parts, limit);
    }

    @Override
    public byte[] header(Uid uid, PartPath path, int limit) {
        return new Parts(connection()).header(uid, path, limit);
    }

    @Override
    public long stream(Uid uid, PartPath path, long from, long count, OutputStream to) {
        streamed = true;
        return new Slices(connection(), uid, path).writeTo(from, count, to);
    }

    @Override
    public void store(Collection<Uid> uids, FlagChange change, Flags flags) {
        changes().store(uids, change, flags);
    }

    @Override
    public List<Uid> mark(Collection<Uid> uids, FlagChange change, String flag) {
        return changes().mark(uids, change, flag);
    }

    @Override
    public Map<Uid, MessageRef> copy(Collection<Uid> uids, MailboxName target) {
        copied = true;
        return new Changes(connection()).copy(uids, target);
    }

    @Override
    public Map<Uid, MessageRef> move(Collection<Uid> uids, MailboxName target) {
        return changes().move(uids, target);
    }

    @Override
    public void expunge(Collection<Uid> uids) {
        changes().expunge(uids);
    }

    /** Whether the work may be done again on another connection as if nothing had happened. */
    boolean isRepeatable() {
        return !abandoned && (writable ? !used : !streamed && !copied);
    }

    synchronized void end() {
        over = true;
    }

    private synchronized ImapConnection connection() {
        if (over) {
            throw new IllegalStateException("the mailbox has been given back");
        }
        used = true;
        return connection;
    }

    private Details details() {
        connection();
        return details;
    }

    private Changes changes() {
        if (!writable) {
            throw new IllegalStateException("the mailbox was lent for reading");
        }
        return new Changes(connection());
    }
}
