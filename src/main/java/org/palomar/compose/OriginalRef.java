package org.palomar.compose;

import java.util.Optional;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;

/**
 * The message answered or forwarded, as URLs and forms name it: {@code segment/uidvalidity.uid} and, for a message nested
 * in it, {@code /part}.
 */
record OriginalRef(MessageRef ref, PartPath nested) {

    static Optional<OriginalRef> parse(String text) {
        String[] parts = text.split("/", 3);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            MessageRef ref = MessageRef.parse(MailboxName.fromSegment(parts[0]), parts[1]);
            return Optional.of(new OriginalRef(ref, new PartPath(parts.length > 2 ? parts[2] : "")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    String text() {
        return ref.mailbox().toSegment() + "/" + ref.key() + (nested.isRoot() ? "" : "/" + nested);
    }

    /** Path of the message as it stands beside the editor. */
    String besideUrl() {
        return "/mailboxes/" + ref.mailbox().toSegment() + "/messages/" + ref.key() + "/beside"
                + (nested.isRoot() ? "" : "?part=" + nested);
    }

    String url() {
        return "/mailboxes/" + ref.mailbox().toSegment() + "/messages/" + ref.key()
                + (nested.isRoot() ? "" : "?part=" + nested);
    }
}
