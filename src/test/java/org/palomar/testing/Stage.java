package org.palomar.testing;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;

/**
 * The product between real servers, started once for all classes that ask for it: a Dovecot behind a recording proxy, a
 * recording SMTP server, and Palomar, which takes 127.0.0.1 for its reverse proxy. Each test class keeps to people and
 * mailboxes of its own, and to client addresses of its own where it guesses passwords.
 */
public final class Stage implements BeforeAllCallback {

    private Parts parts;

    private record Parts(DovecotServer dovecot, CuttingProxy wire, SmtpRecorder smtp, Product product)
            implements AutoCloseable {
        @Override
        public void close() {
            product.close();
            smtp.close();
            wire.close();
            dovecot.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        parts = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Stage.class))
                .computeIfAbsent(Parts.class, _ -> build(), Parts.class);
    }

    private static Parts build() {
        DovecotServer dovecot = DovecotServer.builder().maxConnections(100).start();
        CuttingProxy wire = new CuttingProxy(dovecot.port());
        SmtpRecorder smtp = new SmtpRecorder();
        return new Parts(
                dovecot,
                wire,
                smtp,
                Product.at(
                        wire.port(),
                        "palomar.trusted-proxies=127.0.0.1",
                        "palomar.smtp.host=127.0.0.1",
                        "palomar.smtp.port=" + smtp.port(),
                        "palomar.smtp.security=plain",
                        "palomar.smtp.auth=false"));
    }

    public DovecotServer dovecot() {
        return parts.dovecot;
    }

    /** Between Palomar and Dovecot. */
    public CuttingProxy wire() {
        return parts.wire;
    }

    public SmtpRecorder smtp() {
        return parts.smtp;
    }

    public Product product() {
        return parts.product;
    }

    public Visitor visitor() {
        return parts.product.visitor();
    }

    /** A look at the mail from behind; to be closed. */
    public MailSession mail(String name) {
        return parts.product.bean(ImapConnector.class).open(new Credentials(name + "@palomar.example", name), null);
    }

    /** Every mailbox of a person with its counters and the flags of every message, to be compared. */
    public String state(String name) {
        try (MailSession mail = mail(name)) {
            TreeMap<String, String> state = new TreeMap<>();
            for (Mailbox mailbox : mail.mailboxes(true)) {
                StringBuilder messages = new StringBuilder(counters(mailbox.status()));
                if (!mailbox.selectable()) {
                    state.put(mailbox.name().value(), "only holds others");
                    continue;
                }
                mail.examine(mailbox.name(), open -> open.newest(0, 500)).messages().stream()
                        .map(each -> "\n  " + each.ref().key() + " " + words(each.flags()))
                        .forEach(messages::append);
                state.put(mailbox.name().value(), messages.toString());
            }
            return String.join(
                    "\n", state.entrySet().stream().map(Object::toString).toList());
        }
    }

    /** Without HIGHESTMODSEQ: Dovecot begins to count when somebody first asks for it. */
    private static String counters(MailboxStatus status) {
        return status == null
                ? ""
                : "%d messages, %d unseen, era %s, next %d"
                        .formatted(status.messages(), status.unseen(), status.uidValidity(), status.uidNext());
    }

    private static List<String> words(Flags flags) {
        // The server's own mark for "not announced before"; no client can set or clear it.
        return flags.values().stream().filter(flag -> !flag.equals("\\Recent")).toList();
    }

    /** References of a mailbox's messages, newest first. */
    public List<MessageRef> refs(String name, String mailbox) {
        try (MailSession mail = mail(name)) {
            return mail.examine(new MailboxName(mailbox), open -> open.newest(0, 500)).messages().stream()
                    .map(MessageSummary::ref)
                    .toList();
        }
    }
}
