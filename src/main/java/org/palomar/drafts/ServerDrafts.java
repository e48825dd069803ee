package org.palomar.drafts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.tree.MailboxDirectory;
import org.springframework.stereotype.Component;

/**
 * The one copy of a letter in the Drafts mailbox. It is found again by its Message-ID, so whatever is interrupted in the middle is
 * put right by the next time. Safe for use by many threads; one letter is written by one at a time.
 */
@Component
public class ServerDrafts {

    /** The field by which a copy is told to be ours: {@code id revision mode [original]}. */
    public static final String FIELD = "X-Palomar-Draft";

    private final MailboxDirectory directory;

    public ServerDrafts(MailboxDirectory directory) {
        this.directory = directory;
    }

    /** The copy was changed by another program, or taken away: nothing was written. */
    public static final class ChangedElsewhere extends RuntimeException {}

    /**
     * Puts the letter in the place of its older copy: the new one is there before the old one goes, and only that one goes.
     *
     * @param message has this Message-ID and {@link #FIELD}
     * @param known where the last copy was put, or somebody else's draft that this takes the place of; or null
     * @return where it lies
     * @throws ImapException when the server did not take it, or perhaps did
     */
    public MessageRef put(
            SignedIn person, MailSession session, MessageId id, Path message, @Nullable MessageRef known) {
        try {
            return put(session, directory.special(person, session, SpecialUse.DRAFTS), id, message, known);
        } catch (ImapException.MailboxMissing _) {
            directory.forget(person);
            return put(session, directory.special(person, session, SpecialUse.DRAFTS), id, message, known);
        }
    }

    private static MessageRef put(
            MailSession session, MailboxName mailbox, MessageId id, Path message, @Nullable MessageRef known) {
        List<Uid> before = session.select(mailbox, open -> replaceable(open, id, known));
        append(session, mailbox, message);
        return session.select(mailbox, open -> {
            List<Uid> there = open.withMessageId(id.value());
            Uid newest = there.isEmpty() ? null : there.getLast();
            if (newest == null || before.contains(newest)) {
                throw new ImapException.ConnectionLost("the draft is not where it was put", true, null);
            }
            List<Uid> old = new ArrayList<>(before);
            there.stream()
                    .filter(uid -> !uid.equals(newest) && !old.contains(uid) && isOurs(open, uid))
                    .forEach(old::add);
            remove(open, old);
            return new MessageRef(open.name(), open.uidValidity(), newest);
        });
    }

    /**
     * Takes the copy away, if it is still as it was put; what another program changed stays.
     *
     * @param known as for {@link #put}
     */
    public void remove(SignedIn person, MailSession session, MessageId id, @Nullable MessageRef known) {
        MailboxName mailbox = directory.special(person, session, SpecialUse.DRAFTS);
        session.select(mailbox, open -> {
            List<Uid> ours = new ArrayList<>(open.withMessageId(id.value()).stream()
                    .filter(uid -> isOurs(open, uid))
                    .toList());
            Uid last = here(open, known);
            if (last != null && !ours.contains(last)) {
                ours.addAll(open.present(List.of(last)));
            }
            remove(open, ours);
            return ours.size();
        });
    }

    /** What the new copy takes the place of. */
    private static List<Uid> replaceable(OpenMailbox open, MessageId id, @Nullable MessageRef known) {
        List<Uid> old = new ArrayList<>();
        Uid last = here(open, known);
        for (Uid uid : open.withMessageId(id.value())) {
            if (!uid.equals(last) && !isOurs(open, uid)) {
                throw new ChangedElsewhere();
            }
            old.add(uid);
        }
        if (last != null && !old.contains(last)) {
            if (!open.present(List.of(last)).isEmpty()) {
                old.add(last);
            } else if (old.isEmpty()) {
                throw new ChangedElsewhere();
            }
        }
        return old;
    }

    /** The UID, where the reference is to this mailbox as it is now; else null. */
    private static @Nullable Uid here(OpenMailbox open, @Nullable MessageRef ref) {
        return ref != null
                        && ref.mailbox().equals(open.name())
                        && ref.uidValidity().equals(open.uidValidity())
                ? ref.uid()
                : null;
    }

    private static boolean isOurs(OpenMailbox open, Uid uid) {
        try {
            return !open.detail(uid, List.of(FIELD), OpenMailbox.Ahead.NOTHING)
                    .headers()
                    .getOrDefault(FIELD.toLowerCase(java.util.Locale.ROOT), "")
                    .isEmpty();
        } catch (ImapException.MessageGone _) {
            return false;
        }
    }

    private static void remove(OpenMailbox open, List<Uid> old) {
        if (old.isEmpty()) {
            return;
        }
        try {
            open.expunge(old);
        } catch (ImapException.Unsupported _) {
            // Without UIDPLUS an EXPUNGE takes others' messages along: marked, other programs show it no more.
            open.store(old, OpenMailbox.FlagChange.ADD, Flags.of(Flags.DELETED));
        }
    }

    private static void append(MailSession session, MailboxName mailbox, Path message) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(message), 1 << 16)) {
            session.append(mailbox, in, Files.size(message), Flags.of(Flags.DRAFT, Flags.SEEN), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
