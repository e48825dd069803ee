package org.palomar.mailbox;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.filing.Filing;
import org.palomar.imap.MailSession;
import org.palomar.listing.Sort;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.MailboxTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.springframework.stereotype.Component;

/** Creates, renames, moves, deletes and empties mailboxes. Special mailboxes stay as they are. */
@Component
class MailboxAdministration {

    private final MailboxDirectory directory;
    private final Filing filing;

    MailboxAdministration(MailboxDirectory directory, Filing filing) {
        this.directory = directory;
        this.filing = filing;
    }

    /** The tree with fresh counters. */
    MailboxTree tree(SignedIn person, MailSession session) {
        directory.refresh(person, session);
        return directory.tree(person, session, null);
    }

    void create(SignedIn person, MailSession session, String name, String parent) {
        MailboxName mailbox = name(person, session, name, parent);
        refuseTaken(person, session, mailbox);
        session.create(mailbox, null);
        directory.forget(person);
    }

    void rename(SignedIn person, MailSession session, MailboxName from, String name, String parent) {
        Mailbox mailbox = ordinary(person, session, from);
        MailboxName above = mailbox.name().parent(mailbox.delimiter());
        String kept = above == null ? "" : above.toSegment();
        MailboxName to = name(person, session, name, parent.equals("*") ? kept : parent);
        if (to.isBelow(from, mailbox.delimiter())) {
            throw new BadName("mailbox.fault.inside");
        }
        if (!to.equals(from)) {
            refuseTaken(person, session, to);
            session.rename(from, to);
            directory.forget(person);
        }
    }

    /** How many messages go with the mailbox; a name that only holds others has none. */
    long messages(SignedIn person, MailSession session, MailboxName name) {
        return ordinary(person, session, name).selectable()
                ? session.status(name).messages()
                : 0;
    }

    void delete(SignedIn person, MailSession session, MailboxName name) {
        ordinary(person, session, name);
        session.delete(name);
        directory.forget(person);
    }

    /** @return what was done, or null when a job goes on with it */
    @Nullable
    Flash empty(SignedIn person, MailSession session, MailboxName name, Locale locale) {
        return filing.empty(person, session, name, MailboxReader.url(name.toSegment(), 1, Sort.NEWEST), locale);
    }

    /** Whether emptying the mailbox is for good. */
    boolean emptiesForGood(SignedIn person, MailSession session, MailboxName name) {
        SpecialUse use = directory.use(person, session, name);
        return use == SpecialUse.TRASH || use == SpecialUse.JUNK;
    }

    /** Few servers say ALREADYEXISTS (RFC 5530 section 3); the others only refuse. */
    private void refuseTaken(SignedIn person, MailSession session, MailboxName name) {
        if (directory.find(person, session, name).isPresent()) {
            throw new BadName("mailbox.fault.exists");
        }
    }

    private Mailbox ordinary(SignedIn person, MailSession session, MailboxName name) {
        Mailbox mailbox =
                directory.find(person, session, name).orElseThrow(() -> new NotFoundException("flash.missing"));
        if (mailbox.specialUse() != null || name.isInbox()) {
            throw new NotFoundException("mailbox.fault.special");
        }
        return mailbox;
    }

    private MailboxName name(SignedIn person, MailSession session, String typed, String parent) {
        String leaf = typed.strip();
        @Nullable
        Character delimiter = directory.list(person, session).stream()
                .map(Mailbox::delimiter)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (leaf.isEmpty() || leaf.length() > 200) {
            throw new BadName("mailbox.fault.name");
        }
        if (leaf.chars().anyMatch(Character::isISOControl)) {
            throw new BadName("mailbox.fault.character");
        }
        if (delimiter != null && leaf.indexOf(delimiter) >= 0) {
            throw new BadName("mailbox.fault.character");
        }
        if (parent.isEmpty() || delimiter == null) {
            return session.topLevel(new MailboxName(leaf));
        }
        try {
            return new MailboxName(MailboxName.fromSegment(parent).value() + delimiter + leaf);
        } catch (IllegalArgumentException _) {
            throw new BadName("mailbox.fault.name");
        }
    }

    /** The name typed cannot be a mailbox's. */
    static final class BadName extends RuntimeException {
        private final String key;

        BadName(String key) {
            super(key);
            this.key = key;
        }

        String key() {
            return key;
        }
    }
}
