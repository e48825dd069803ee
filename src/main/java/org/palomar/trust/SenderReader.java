package org.palomar.trust;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.domain.Domain;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.Lineage;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SearchKey.Field;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.mime.UnsendableAddress;
import org.palomar.mime.WireAddress;
import org.palomar.reading.MessageReading;
import org.palomar.tree.MailboxDirectory;
import org.palomar.trust.AuthenticationResults.Result;
import org.palomar.trust.Checks.Verdict;
import org.palomar.trust.SenderCard.Found;
import org.springframework.stereotype.Component;

/** Reads what is known of a sender: two round trips in each of at most three mailboxes, among the newest messages of each. */
@Component
class SenderReader {

    /** UIDs that are looked through in each mailbox. */
    private static final int UIDS = 20_000;

    private static final int MOST_READ = 100;

    private final TrustProperties trusted;
    private final MailboxDirectory directory;

    SenderReader(TrustProperties trusted, MailboxDirectory directory) {
        this.trusted = trusted;
        this.directory = directory;
    }

    private record Count(int messages, boolean more) {

        static final Count NONE = new Count(0, false);

        Count and(Count other) {
            return new Count(messages + other.messages, more || other.more);
        }
    }

    private record Read(Envelope envelope, Header header, Count received) {}

    /** @param nested the root path, or the message/rfc822 part that is meant */
    SenderCard read(SignedIn person, MailSession session, MessageRef ref, PartPath nested) {
        Read read = session.examine(ref.mailbox(), open -> {
            MessageReading reading = MessageReading.of(open, ref);
            Envelope envelope = reading.envelope(nested);
            Header header = nested.isRoot() ? new Header(reading.fields()) : Header.NONE;
            return new Read(envelope, header, from(open, Sender.of(envelope).address()));
        });
        Sender sender = Sender.of(read.envelope);
        Address author = sender.address();
        Count received = read.received;
        Count sent = Count.NONE;
        for (Mailbox mailbox : directory.list(person, session)) {
            boolean inbox =
                    mailbox.name().equals(MailboxName.INBOX) && !ref.mailbox().equals(MailboxName.INBOX);
            if (inbox) {
                received = received.and(elsewhere(session, mailbox.name(), open -> from(open, author)));
            } else if (mailbox.specialUse() == SpecialUse.SENT && mailbox.selectable()) {
                sent = sent.and(elsewhere(session, mailbox.name(), open -> to(open, author)));
            }
        }
        Checks checks = Checks.of(read.header.fields(), trusted);
        Verdict verdict = checks.verdict(sender.domain(), read.header.isList());
        String path = "/mailboxes/" + ref.mailbox().toSegment() + "/messages/" + ref.key()
                + (nested.isRoot() ? "" : "?part=" + nested);
        boolean sendable = sendable(author.address());
        String asked = URLEncoder.encode(author.address(), StandardCharsets.UTF_8);
        int others = received.messages - (nested.isRoot() ? 1 : 0);
        return new SenderCard(
                author.name() == null ? "" : author.name().strip(),
                author.address(),
                sender.shownDomain(),
                verdict == Verdict.UNKNOWN || sender.domain() == null ? null : Trust.key(verdict),
                found(checks, sender.domain()),
                others <= 0 && sent.messages == 0,
                received.messages,
                sent.messages,
                received.more || sent.more,
                ref.mailbox().toSegment(),
                path,
                sendable ? "/search?q=from%3A" + asked : null,
                sendable ? "/compose?to=" + asked : null);
    }

    /** What was asked for is a courtesy: a mailbox that cannot be read counts for nothing. */
    private static Count elsewhere(MailSession session, MailboxName name, MailSession.MailboxWork<Count> work) {
        try {
            return session.examine(name, work);
        } catch (ImapException.MailboxMissing | ImapException.Refused _) {
            return Count.NONE;
        }
    }

    private static Count from(OpenMailbox open, Address author) {
        return count(open, author, List.of(Field.FROM));
    }

    private static Count to(OpenMailbox open, Address author) {
        return count(open, author, List.of(Field.TO, Field.CC, Field.BCC));
    }

    /** A server finds every address that contains this one: which are equal is looked at here. */
    private static Count count(OpenMailbox open, Address author, List<Field> fields) {
        String address = author.address();
        if (address.isEmpty() || address.length() > 320 || address.chars().anyMatch(Character::isISOControl)) {
            return Count.NONE;
        }
        List<SearchKey> any = fields.stream()
                .<SearchKey>map(field -> new SearchKey.Words(field, address))
                .toList();
        SearchKey.Uids recent = AcquaintanceReader.recent(open, UIDS);
        List<Uid> hits = open.search(
                new SearchKey.And(List.of(recent, any.size() == 1 ? any.getFirst() : new SearchKey.Or(any))));
        List<Uid> newest = hits.subList(Math.max(0, hits.size() - MOST_READ), hits.size());
        long equal = open.lineages(newest).stream()
                .map(Lineage::envelope)
                .filter(envelope -> names(envelope, fields, address))
                .count();
        return new Count(
                (int) equal, hits.size() > newest.size() || recent.first().value() > 1);
    }

    private static boolean names(Envelope envelope, List<Field> fields, String address) {
        List<Address> all = new ArrayList<>();
        for (Field field : fields) {
            all.addAll(
                    switch (field) {
                        case FROM -> envelope.from();
                        case TO -> envelope.to();
                        case CC -> envelope.cc();
                        case BCC -> envelope.bcc();
                        case SUBJECT, BODY -> List.of();
                    });
        }
        return all.stream().anyMatch(each -> each.address().equalsIgnoreCase(address));
    }

    private static boolean sendable(String address) {
        try {
            return !WireAddress.of(address).isEmpty();
        } catch (UnsendableAddress _) {
            return false;
        }
    }

    private static List<Found> found(Checks checks, @Nullable Domain author) {
        List<Found> found = new ArrayList<>();
        for (String method : List.of("dmarc", "dkim", "spf")) {
            Result result = checks.foremost(method, author);
            if (result != null) {
                String domain = Checks.subject(result).map(Domain::shown).orElse(author == null ? "" : author.shown());
                String outcome = switch (result.outcome()) {
                    case "pass", "fail", "none" -> result.outcome();
                    case "softfail", "hardfail" -> "fail";
                    default -> "unclear";
                };
                found.add(new Found(
                        method.toUpperCase(Locale.ROOT),
                        "trust." + method + "." + outcome,
                        domain,
                        outcome.equals("pass")));
            }
        }
        return found;
    }
}
