package org.palomar.filing;

import java.util.List;
import java.util.function.Function;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;
import org.palomar.mail.UidValidity;

/**
 * Which messages of a mailbox an action is for. Asked once, when the action starts: what arrives or begins to match later is
 * not touched.
 */
@FunctionalInterface
public interface Selected {

    /**
     * The messages, with the mailbox on loan for reading.
     *
     * @throws ImapException.UidValidityChanged when they were chosen in another era
     */
    UidSet in(OpenMailbox open);

    /** How many at most, where that is known without asking the server; else {@link Integer#MAX_VALUE}. */
    default int most() {
        return Integer.MAX_VALUE;
    }

    /** Whether the server may have to look at each message before it can say, which takes time. */
    default boolean isSearched() {
        return false;
    }

    /** What a search of the mailbox finds. */
    static Selected found(Function<OpenMailbox, UidSet> search) {
        return new Selected() {
            @Override
            public UidSet in(OpenMailbox open) {
                return search.apply(open);
            }

            @Override
            public boolean isSearched() {
                return true;
            }
        };
    }

    /** These. */
    static Selected of(List<MessageRef> refs) {
        return new Selected() {
            @Override
            public UidSet in(OpenMailbox open) {
                refs.forEach(open::check);
                return UidSet.of(refs.stream().map(MessageRef::uid).toList());
            }

            @Override
            public int most() {
                return refs.size();
            }
        };
    }

    /** The whole mailbox as it was seen: up to the newest message that was there then. */
    static Selected whole(UidValidity era, Uid newest) {
        return open -> {
            open.check(new MessageRef(open.name(), era, newest));
            return UidSet.of(open.uids()).upTo(newest);
        };
    }

    /** The whole mailbox as it is. */
    static Selected everything() {
        return open -> UidSet.of(open.uids());
    }
}
