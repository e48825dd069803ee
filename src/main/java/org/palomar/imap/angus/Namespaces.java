package org.palomar.imap.angus;

import java.util.List;
import org.palomar.mail.MailboxName;

/** NAMESPACE (RFC 2342): on Courier and Cyrus every mailbox of a person hangs under {@code INBOX.}. */
final class Namespaces {

    private Namespaces() {}

    /** The prefix of the person's own mailboxes with its delimiter, mostly empty. */
    static String personal(ImapConnection connection) {
        if (!connection.offers("NAMESPACE")) {
            return "";
        }
        Answer answer = connection.run(Command.read("NAMESPACE"));
        return answer.data("NAMESPACE")
                .findFirst()
                .map(Namespaces::prefix)
                .filter(p -> answer.isOk(0))
                .orElse("");
    }

    private static String prefix(WireResponse response) {
        try {
            List<Value> personal = response.values().next().members();
            String prefix = personal.isEmpty() || personal.getFirst().members().isEmpty()
                    ? null
                    : personal.getFirst().members().getFirst().string();
            // No server is known whose prefix is not ASCII; one written in UTF-7 is left to people.
            return prefix == null || prefix.indexOf('&') >= 0 ? "" : prefix;
        } catch (ValueReader.Malformed e) {
            return "";
        }
    }

    /** The name as it must be for a new mailbox of the person. */
    static MailboxName inside(String prefix, MailboxName name) {
        return name.isInbox() || name.value().startsWith(prefix) ? name : new MailboxName(prefix + name.value());
    }
}
