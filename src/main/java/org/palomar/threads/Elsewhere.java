package org.palomar.threads;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Envelope;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.tree.MailboxDirectory;
import org.springframework.stereotype.Component;

/**
 * Looks for the rest of an exchange in mailboxes whose conversations are not known, by searching their headers on the server.
 * That may take seconds, so it is only done when asked for.
 */
@Component
public class Elsewhere {

    private static final int MOST_MAILBOXES = 12;
    private static final int MOST_LETTERS = 200;

    /** Identifiers looked for: of the oldest letters, which the later ones mention, and of the newest. */
    private static final int MOST_IDS = 4;

    /** Where nobody looks for an exchange, or where everything lies once more. */
    private static final Set<SpecialUse> ELSEWHERE_NOT =
            EnumSet.of(SpecialUse.JUNK, SpecialUse.TRASH, SpecialUse.DRAFTS, SpecialUse.ALL, SpecialUse.FLAGGED);

    private final ThreadIndex index;
    private final MailboxDirectory directory;

    Elsewhere(ThreadIndex index, MailboxDirectory directory) {
        this.index = index;
        this.directory = directory;
    }

    /** The mailboxes that would be searched: at most {@value #MOST_MAILBOXES}, those with a purpose first. */
    public List<MailboxName> places(SignedIn person, MailSession session, MessageRef ref) {
        return directory.list(person, session).stream()
                .filter(Mailbox::selectable)
                .filter(mailbox -> mailbox.specialUse() == null || !ELSEWHERE_NOT.contains(mailbox.specialUse()))
                .filter(mailbox -> !mailbox.name().equals(ref.mailbox())
                        && index.known(person, mailbox.name()).isEmpty())
                .sorted(Comparator.comparing((Mailbox mailbox) -> mailbox.specialUse() == null)
                        .thenComparing(Mailbox::name))
                .map(Mailbox::name)
                .limit(MOST_MAILBOXES)
                .toList();
    }

    /** The letters of the exchange and what was found besides, the oldest first; each Message-ID once. */
    public List<Exchange.Letter> more(SignedIn person, MailSession session, MessageRef ref, Exchange exchange) {
        Set<MessageId> ids = new HashSet<>();
        List<Dated> letters = new ArrayList<>();
        exchange.letters().stream()
                .map(letter -> letter.ref().mailbox())
                .distinct()
                .forEach(mailbox -> letters.addAll(dated(session, mailbox, exchange, ids)));
        List<MessageId> wanted = wanted(letters);
        if (wanted.isEmpty()) {
            return exchange.letters();
        }
        for (MailboxName mailbox : places(person, session, ref)) {
            for (MessageSummary found : found(session, mailbox, wanted)) {
                MessageId id = found.envelope().messageId();
                if (id == null || ids.add(id)) {
                    letters.add(new Dated(new Exchange.Letter(found.ref(), List.of(found.ref())), found));
                }
            }
        }
        return letters.stream()
                .sorted(Comparator.comparing(Dated::date))
                .map(Dated::letter)
                .toList();
    }

    private record Dated(Exchange.Letter letter, MessageSummary message) {
        Instant date() {
            Instant sent = message.envelope().date();
            return sent == null ? message.arrived() : sent;
        }
    }

    private static List<Dated> dated(MailSession session, MailboxName mailbox, Exchange exchange, Set<MessageId> ids) {
        List<Exchange.Letter> there = exchange.letters().stream()
                .filter(letter -> letter.ref().mailbox().equals(mailbox))
                .toList();
        List<Dated> dated = new ArrayList<>();
        List<MessageSummary> messages = session.examine(
                mailbox,
                open -> open.summaries(
                        there.stream().map(letter -> letter.ref().uid()).toList()));
        for (MessageSummary message : messages) {
            there.stream()
                    .filter(letter -> letter.ref().equals(message.ref()))
                    .forEach(letter -> dated.add(new Dated(letter, message)));
            if (message.envelope().messageId() != null) {
                ids.add(message.envelope().messageId());
            }
        }
        return dated;
    }

    private static List<MessageId> wanted(List<Dated> letters) {
        List<Envelope> envelopes = letters.stream()
                .sorted(Comparator.comparing(Dated::date))
                .map(each -> each.message.envelope())
                .toList();
        Envelope oldest = envelopes.isEmpty() ? null : envelopes.getFirst();
        return Stream.of(
                        Stream.ofNullable(oldest).flatMap(envelope -> parent(envelope).stream()),
                        envelopes.stream().limit(2).map(Envelope::messageId),
                        envelopes.reversed().stream().limit(1).map(Envelope::messageId))
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_IDS)
                .toList();
    }

    private static List<MessageId> parent(Envelope envelope) {
        String inReplyTo = envelope.inReplyTo();
        return inReplyTo == null
                ? List.of()
                : MessageId.all(inReplyTo).stream().limit(1).toList();
    }

    private static List<MessageSummary> found(MailSession session, MailboxName mailbox, List<MessageId> wanted) {
        try {
            return session.examine(mailbox, open -> summaries(open, open.mentioning(wanted)));
        } catch (ImapException.Refused | ImapException.MailboxMissing _) {
            // A mailbox that cannot be searched has nothing to add.
            return List.of();
        }
    }

    private static List<MessageSummary> summaries(OpenMailbox open, List<Uid> uids) {
        return open.summaries(uids.subList(Math.max(0, uids.size() - MOST_LETTERS), uids.size()));
    }
}
