package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.iap.Argument;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;

/** CREATE, RENAME, DELETE and SUBSCRIBE. A subscription that fails does not fail what it follows. */
final class Administration {

    private final ImapConnection connection;

    Administration(ImapConnection connection) {
        this.connection = connection;
    }

    void create(MailboxName name, @Nullable SpecialUse use) {
        Argument arguments = connection.names().argument(name);
        boolean special = false;
        if (use != null && use != SpecialUse.INBOX && connection.offers("CREATE-SPECIAL-USE")) {
            special = true;
            arguments.writeAtom("(USE (\\" + titleCase(use.name()) + "))");
        }
        Answer answer = connection.run(List.of(
                Command.change("CREATE", arguments),
                Command.change("SUBSCRIBE", connection.names().argument(name))));
        WireResponse created = answer.completions().getFirst();
        if (special && created.hasCode("USEATTR")) {
            // The server knows the extension but not this use (RFC 6154 section 3): the mailbox matters more.
            create(name, null);
            return;
        }
        Failures.check(created);
    }

    void rename(MailboxName from, MailboxName to) {
        List<Mailbox> below = new MailboxList(connection)
                .all(false).stream()
                        .filter(m -> m.subscribed()
                                && (m.name().equals(from) || m.name().isBelow(from, m.delimiter())))
                        .toList();
        connection
                .run(Command.change(
                        "RENAME",
                        connection
                                .names()
                                .argument(from)
                                .append(connection.names().argument(to))))
                .orThrow();
        List<Command> subscriptions = new ArrayList<>();
        for (Mailbox mailbox : below) {
            String tail = mailbox.name().value().substring(from.value().length());
            subscriptions.add(subscription(new MailboxName(to.value() + tail), true));
            if (!from.isInbox()) {
                subscriptions.add(subscription(mailbox.name(), false));
            }
        }
        if (!subscriptions.isEmpty()) {
            connection.run(subscriptions);
        }
    }

    void delete(MailboxName name) {
        Answer answer =
                connection.run(Command.change("DELETE", connection.names().argument(name)));
        WireResponse completion = answer.completion();
        if (!completion.isOK()) {
            throw Failures.of(completion);
        }
        connection.run(subscription(name, false));
    }

    void subscribe(MailboxName name, boolean subscribed) {
        connection.run(subscription(name, subscribed)).orThrow();
    }

    private Command subscription(MailboxName name, boolean subscribed) {
        return Command.change(
                subscribed ? "SUBSCRIBE" : "UNSUBSCRIBE", connection.names().argument(name));
    }

    private static String titleCase(String word) {
        return word.substring(0, 1) + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
