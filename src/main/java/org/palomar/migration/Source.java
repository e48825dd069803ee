package org.palomar.migration;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.palomar.mail.MailboxName;

/** Where mail comes from: one connection, for one thread at a time. Every method may throw {@link SourceException}. */
public interface Source extends AutoCloseable {

    /** Looks without changing anything. */
    Survey survey();

    /** Everything that is there now, oldest first. */
    List<Item> items();

    /** Mailboxes here that are wanted although nothing may lie in them; as of the last {@link #items}. */
    default List<MailboxName> mailboxes() {
        return List.of();
    }

    /**
     * Reads one message of the last {@link #items}.
     *
     * @param to gets exactly its octets, with CRLF line ends
     * @throws SourceException with {@link SourceException.Reason#MESSAGE} when it is this one only that cannot be read
     * @throws IOException when {@code to} does
     */
    Letter read(Item item, OutputStream to) throws IOException;

    /** Removes these of the last {@link #items}, which is void then; what was not removed is there again next time. */
    void remove(List<Item> items);

    @Override
    void close();
}
