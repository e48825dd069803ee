package org.palomar.filing;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.MailboxName;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;
import org.palomar.mail.UidValidity;

/**
 * What is to be done with messages of one mailbox: first the marks, then where they go.
 *
 * @param era the mailbox's when the messages were chosen
 * @param target where to, for MOVE and COPY
 */
record Task(
        MailboxName mailbox,
        UidValidity era,
        UidSet uids,
        List<Mark> marks,
        Way way,
        @Nullable MailboxName target) {

    Task {
        marks = List.copyOf(marks);
    }

    MailboxName to() {
        return Objects.requireNonNull(target);
    }

    /** Whether there is nothing to do, since the messages lie where they are to go. */
    boolean isDone() {
        return (way == Way.MOVE || way == Way.COPY) && mailbox.equals(target);
    }

    /** Where messages go. */
    enum Way {
        STAY,
        MOVE,
        COPY,
        EXPUNGE
    }

    /**
     * One flag to be set or cleared.
     *
     * @param among for these messages only, or null for all of the task
     * @param dispensable whether a server that refuses it is no reason to leave the rest undone
     */
    record Mark(FlagChange change, String flag, @Nullable UidSet among, boolean dispensable) {

        static Mark add(String flag) {
            return new Mark(FlagChange.ADD, flag, null, false);
        }

        static Mark remove(String flag) {
            return new Mark(FlagChange.REMOVE, flag, null, false);
        }

        Mark ifItCan() {
            return new Mark(change, flag, among, true);
        }

        /** What takes it back for those whose flag it changed. */
        Mark inverse(List<Uid> changed) {
            return new Mark(change.inverse(), flag, UidSet.of(changed), dispensable);
        }

        UidSet of(UidSet uids) {
            return among == null ? uids : uids.and(among);
        }
    }
}
