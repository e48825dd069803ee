package org.palomar.mailbox;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.palomar.mailbox.ManageController.MailboxForm;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.MailboxNode;
import org.palomar.tree.MailboxTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.springframework.stereotype.Component;

/** Creates, renames, moves, deletes and empties mailboxes. Special mailboxes stay as they are. */
@Component
class MailboxAdministration {

    private final MailboxDirectory directory;
    private final MessageActions actions;

    MailboxAdministration(MailboxDirectory directory, MessageActions actions) {
        this.directory = directory;
        this.actions = actions;
    }

    /** @param folders those that can be changed, in tree order */
    record ManagePage(List<MailboxNode> special, List<MailboxNode> folders) {}

    ManagePage page(SignedIn person, MailSession session) {
        directory.refresh(person, session);
        MailboxTree tree = directory.tree(person, session, null);
        return new ManagePage(tree.special(), tree.folders());
    }

    /** The form to rename or move a mailbox, filled with what it is now. */
    MailboxForm form(SignedIn person, MailSession session, MailboxName name) {
        Mailbox mailbox = ordinary(person, session, name);
        MailboxName parent = name.parent(mailbox.delimiter());
        return new MailboxForm(name.toSegment(), mailbox.leaf(), parent == null ? "" : parent.toSegment());
    }

    void create(SignedIn person, MailSession session, String name, String parent) {
        MailboxName mailbox = name(person, session, name, parent);
        session.create(mailbox, null);
        session.subscribe(mailbox, true);
        directory.forget(person);
    }

    void rename(SignedIn person, MailSession session, MailboxName from, String name, String parent) {
        Mailbox mailbox = ordinary(person, session, from);
        MailboxName to = name(person, session, name, parent);
        if (to.isBelow(from, mailbox.delimiter())) {
            throw new BadName("manage.fault.below-itself");
        }
        if (!to.equals(from)) {
            session.rename(from, to);
            directory.forget(person);
        }
    }

    void delete(SignedIn person, MailSession session, MailboxName name) {
        ordinary(person, session, name);
        session.delete(name);
        session.subscribe(name, false);
        directory.forget(person);
    }

    Flash empty(SignedIn person, MailSession session, MailboxName name) {
        return actions.empty(person, session, name);
    }

    /** Whether emptying the mailbox is for good. */
    boolean emptiesForGood(SignedIn person, MailSession session, MailboxName name) {
        SpecialUse use = directory.use(person, session, name);
        return use == SpecialUse.TRASH || use == SpecialUse.JUNK;
    }

    private Mailbox ordinary(SignedIn person, MailSession session, MailboxName name) {
        Mailbox mailbox =
                directory.find(person, session, name).orElseThrow(() -> new NotFoundException("mailbox-missing"));
        if (mailbox.specialUse() != null || name.isInbox()) {
            throw new NotFoundException("mailbox-special");
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
            throw new BadName("manage.fault.empty");
        }
        if (leaf.chars().anyMatch(Character::isISOControl)) {
            throw new BadName("manage.fault.characters");
        }
        if (delimiter != null && leaf.indexOf(delimiter) >= 0) {
            throw new BadName("manage.fault.delimiter");
        }
        if (parent.isEmpty() || delimiter == null) {
            return new MailboxName(leaf);
        }
        return new MailboxName(MailboxName.fromSegment(parent).value() + delimiter + leaf);
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
