package org.palomar.mailbox;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Flash;
import org.springframework.stereotype.Component;

/** Does what a person asked for with messages of one mailbox, and says what was done. */
@Component
class MessageActions {

    private final MailboxDirectory directory;

    MessageActions(MailboxDirectory directory) {
        this.directory = directory;
    }

    /**
     * Acts; returns only after the server confirmed.
     *
     * @param refs messages of {@code mailbox}, at least one
     * @param target where to for MOVE and COPY; without one nothing is done
     * @param locale language of the target's name in the sentence
     * @return what was done, or a warning where nothing was
     */
    Flash perform(
            SignedIn person,
            MailSession session,
            MailboxName mailbox,
            MessageAction action,
            List<MessageRef> refs,
            @Nullable MailboxName target,
            Locale locale) {
        int count = refs.size();
        return switch (action) {
            case READ -> flags(session, mailbox, refs, FlagChange.ADD, Flags.of(Flags.SEEN), "flash.read");
            case UNREAD -> flags(session, mailbox, refs, FlagChange.REMOVE, Flags.of(Flags.SEEN), "flash.unread");
            case FLAG -> flags(session, mailbox, refs, FlagChange.ADD, Flags.of(Flags.FLAGGED), "flash.flagged");
            case UNFLAG -> flags(session, mailbox, refs, FlagChange.REMOVE, Flags.of(Flags.FLAGGED), "flash.unflagged");
            case ARCHIVE -> move(person, session, mailbox, refs, SpecialUse.ARCHIVE, "flash.archived");
            case DELETE -> move(person, session, mailbox, refs, SpecialUse.TRASH, "flash.deleted");
            case JUNK -> {
                mark(session, mailbox, refs, Flags.JUNK, Flags.NOT_JUNK);
                yield move(person, session, mailbox, refs, SpecialUse.JUNK, "flash.junk");
            }
            case NOTJUNK -> {
                mark(session, mailbox, refs, Flags.NOT_JUNK, Flags.JUNK);
                yield move(session, mailbox, refs, MailboxName.INBOX, "flash.notjunk");
            }
            case MOVE ->
                target == null
                        ? Flash.warn("flash.no-target")
                        : move(
                                session,
                                mailbox,
                                refs,
                                target,
                                "flash.moved",
                                directory.shownName(person, session, target, locale));
            case COPY -> {
                if (target == null) {
                    yield Flash.warn("flash.no-target");
                }
                session.select(mailbox, open -> open.copy(checked(open, refs), target));
                yield Flash.ok("flash.copied", count, directory.shownName(person, session, target, locale));
            }
            case EXPUNGE -> {
                session.select(mailbox, open -> {
                    open.expunge(checked(open, refs));
                    return count;
                });
                yield Flash.ok("flash.expunged", count);
            }
        };
    }

    /** Empties a mailbox: Trash and Junk for good, any other into Trash. */
    Flash empty(SignedIn person, MailSession session, MailboxName mailbox, Locale locale) {
        SpecialUse use = directory.use(person, session, mailbox);
        boolean forGood = use == SpecialUse.TRASH || use == SpecialUse.JUNK;
        MailboxName trash = forGood ? mailbox : directory.special(person, session, SpecialUse.TRASH);
        int count = session.select(mailbox, open -> {
            List<Uid> uids = open.uids();
            if (!uids.isEmpty() && forGood) {
                open.expunge(uids);
            } else if (!uids.isEmpty()) {
                open.move(uids, trash);
            }
            return uids.size();
        });
        String name = directory.shownName(person, session, mailbox, locale);
        return Flash.ok(forGood ? "flash.mailbox.emptied" : "flash.mailbox.trashed", name, count);
    }

    private Flash move(
            SignedIn person,
            MailSession session,
            MailboxName mailbox,
            List<MessageRef> refs,
            SpecialUse use,
            String key) {
        return move(session, mailbox, refs, directory.special(person, session, use), key);
    }

    private static Flash move(
            MailSession session,
            MailboxName mailbox,
            List<MessageRef> refs,
            MailboxName target,
            String key,
            String... name) {
        if (target.equals(mailbox)) {
            return Flash.warn("flash.there");
        }
        session.select(mailbox, open -> open.move(checked(open, refs), target));
        return name.length == 0 ? Flash.ok(key, refs.size()) : Flash.ok(key, refs.size(), name[0]);
    }

    private static Flash flags(
            MailSession session,
            MailboxName mailbox,
            List<MessageRef> refs,
            FlagChange change,
            Flags flags,
            String key) {
        session.select(mailbox, open -> {
            open.store(checked(open, refs), change, flags);
            return refs.size();
        });
        return Flash.ok(key, refs.size());
    }

    /** Keywords teach the server's filter; a server without keywords is no reason to keep the message where it is. */
    private static void mark(
            MailSession session, MailboxName mailbox, List<MessageRef> refs, String add, String remove) {
        session.select(mailbox, open -> {
            Collection<Uid> uids = checked(open, refs);
            try {
                open.store(uids, FlagChange.REMOVE, Flags.of(remove));
                open.store(uids, FlagChange.ADD, Flags.of(add));
            } catch (org.palomar.imap.ImapException.Refused _) {
                return false;
            }
            return true;
        });
    }

    private static Collection<Uid> checked(OpenMailbox open, List<MessageRef> refs) {
        refs.forEach(open::check);
        return refs.stream().map(MessageRef::uid).toList();
    }
}
