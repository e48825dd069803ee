package org.palomar.calendar;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.Flags;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mime.Draft;
import org.palomar.mime.UnsendableAddress;
import org.palomar.outbox.Delivery;
import org.palomar.outbox.Delivery.Delivered;
import org.palomar.reading.MessageReading;
import org.palomar.smtp.SmtpException;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Sends the answer to an invitation to its organizer (RFC 6047) and remembers it on the message once the submission server accepted
 * it. One may change one's mind: the last answer counts, here and there.
 */
@Component
class Answering {

    private static final Logger log = LoggerFactory.getLogger(Answering.class);
    private static final int LONGEST_COMMENT = 2_000;

    private final Delivery delivery;
    private final MailSessions sessions;
    private final MessageSource words;
    private final Clock clock;
    private final String domain;

    Answering(
            Delivery delivery,
            MailSessions sessions,
            MessageSource words,
            Clock clock,
            @Value("${palomar.compose.domain:}") String domain) {
        this.delivery = delivery;
        this.sessions = sessions;
        this.words = words;
        this.clock = clock;
        this.domain = domain;
    }

    private record Asked(Invitation invitation, Envelope envelope, List<MessageId> references) {}

    /** Answers; what the page says then. Nothing is remembered of what was not sent. */
    Flash answer(
            SignedIn person,
            MailSession session,
            MessageRef ref,
            PartPath path,
            Answer answer,
            String comment,
            Reader reader,
            HttpServletRequest request) {
        Asked asked = session.examine(ref.mailbox(), open -> {
            MessageReading reading = MessageReading.of(open, ref);
            List<Event> events = Invitations.events(reading, path);
            if (events.isEmpty()) {
                throw new NotFoundException("flash.gone");
            }
            return new Asked(
                    new Invitation(path, events, "", Flags.NONE, null),
                    reading.envelope(PartPath.ROOT),
                    MessageId.all(reading.headers().getOrDefault("references", "")));
        });
        Party organizer = asked.invitation.events().getFirst().organizer();
        String me = person.address(domain);
        if (!asked.invitation.asksAnswer() || organizer == null || organizer.is(me)) {
            throw new NotFoundException("flash.gone");
        }
        try {
            Draft draft = draft(asked, organizer, me, answer, comment.strip(), reader);
            Delivered delivered = delivery.deliver(person, session, sessions.credentials(request), draft, null);
            Flash done = Flash.ok("calendar.sent." + answer.word(), organizer.name());
            if (!delivered.filed()) {
                done = done.warning("calendar.notFiled");
            }
            return remember(session, ref, answer) ? done : done.warning("calendar.notRemembered");
        } catch (SmtpException failure) {
            log.info("answer not sent: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
            return fault(failure);
        } catch (UnsendableAddress bad) {
            return Flash.danger("calendar.fault.address", organizer.address());
        }
    }

    private Draft draft(Asked asked, Party organizer, String me, Answer answer, String comment, Reader reader) {
        List<Event> events = asked.invitation.events();
        Event first = events.getFirst();
        String remark = comment.substring(0, Math.min(comment.length(), LONGEST_COMMENT));
        String name = first.attendees().stream()
                .filter(attendee -> attendee.is(me) && !attendee.name().equals(attendee.address()))
                .map(Party::name)
                .findFirst()
                .orElse("");
        String when = new EventWords(words, reader).when(first);
        List<String> lines = new ArrayList<>();
        lines.add(say("calendar.reply." + answer.word(), reader, name.isEmpty() ? me : name));
        lines.add("");
        lines.add(first.summary());
        lines.add(when);
        if (!remark.isEmpty()) {
            lines.add("");
            lines.add(remark);
        }
        String title = say("calendar.subject." + answer.word(), reader, first.summary());
        String reply = AnswerText.of(events, me, name, answer, remark, clock.instant());
        MessageId original = asked.envelope.messageId();
        List<MessageId> references = new ArrayList<>(asked.references);
        if (original != null) {
            references.remove(original);
            references.add(original);
        }
        return new Draft(
                new Address(name.isEmpty() ? null : name, me),
                List.of(new Address(organizer.name(), organizer.address())),
                List.of(),
                List.of(),
                title,
                String.join("\n", lines),
                List.of(),
                id(me),
                ZonedDateTime.ofInstant(clock.instant(), reader.zone()),
                original,
                references,
                new Draft.Alternative("text/calendar; charset=utf-8; method=REPLY", reply));
    }

    private String say(String key, Reader reader, String argument) {
        return words.getMessage(key, new Object[] {argument}, reader.locale());
    }

    private static MessageId id(String me) {
        String host = me.substring(me.lastIndexOf('@') + 1);
        boolean plain = !host.isEmpty()
                && host.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-'));
        return new MessageId("<" + UUID.randomUUID() + "@" + (plain ? host : "palomar.invalid") + ">");
    }

    /** Whether the answer can be seen on the message from now on. */
    private static boolean remember(MailSession session, MessageRef ref, Answer answer) {
        try {
            return session.select(ref.mailbox(), open -> {
                open.check(ref);
                String[] others = answer.others().stream().map(Answer::keyword).toArray(String[]::new);
                open.store(List.of(ref.uid()), FlagChange.REMOVE, Flags.of(others));
                open.store(List.of(ref.uid()), FlagChange.ADD, Flags.of(answer.keyword()));
                return open.summaries(List.of(ref.uid())).stream()
                        .anyMatch(each -> each.flags().has(answer.keyword()));
            });
        } catch (ImapException failure) {
            // The answer is sent; to say now that it was not would make people send it twice.
            log.info("an answer was not remembered: {}", failure.getMessage());
            return false;
        }
    }

    private static Flash fault(SmtpException failure) {
        return switch (failure) {
            case SmtpException.OutcomeUnknown _ -> Flash.danger("calendar.fault.unknown");
            case SmtpException.Unreachable _, SmtpException.CertificateRejected _ ->
                Flash.danger("calendar.fault.unreachable");
            case SmtpException.RecipientsRefused refused ->
                Flash.danger("calendar.fault.recipient", String.join(", ", refused.recipients()));
            default -> Flash.danger("calendar.fault.refused");
        };
    }
}
