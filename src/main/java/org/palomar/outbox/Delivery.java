package org.palomar.outbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.SpecialUse;
import org.palomar.mime.Draft;
import org.palomar.mime.MessageWriter;
import org.palomar.mime.WireAddress;
import org.palomar.smtp.SmtpEnvelope;
import org.palomar.smtp.Submission;
import org.palomar.tree.MailboxDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Sends a message: submit, file the copy in Sent, mark the original. Once the submission server accepted it, the message
 * counts as sent whatever happens to the copy. Safe for use by many threads.
 */
@Component
public class Delivery {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Submission submission;
    private final MailboxDirectory directory;
    private final ApplicationEventPublisher events;

    Delivery(Submission submission, MailboxDirectory directory, ApplicationEventPublisher events) {
        this.submission = submission;
        this.directory = directory;
        this.events = events;
    }

    /**
     * What became of a message that was sent.
     *
     * @param filed whether its copy lies in Sent
     * @param reports whether the server was asked to report what becomes of it
     */
    public record Delivered(boolean filed, boolean reports) {}

    /**
     * The message that this one answers or forwards.
     *
     * @param flag {@link Flags#ANSWERED} or {@link Flags#FORWARDED}
     */
    public record Original(MessageRef ref, String flag) {}

    /**
     * Sends.
     *
     * @throws org.palomar.smtp.SmtpException when the message was not, or perhaps not, sent
     * @throws org.palomar.mime.UnsendableAddress when an address cannot be written on the wire
     */
    public Delivered deliver(
            SignedIn person, MailSession session, Credentials credentials, Draft draft, @Nullable Original original) {
        return deliver(person, session, credentials, draft, original, false);
    }

    /** As {@link #deliver(SignedIn, MailSession, Credentials, Draft, Original)}; with reports where the server makes them. */
    public Delivered deliver(
            SignedIn person,
            MailSession session,
            Credentials credentials,
            Draft draft,
            @Nullable Original original,
            boolean reports) {
        List<String> recipients = MessageWriter.recipients(draft);
        Path message = write(draft);
        try {
            SmtpEnvelope envelope = new SmtpEnvelope(
                    WireAddress.international(draft.from().address()),
                    recipients,
                    reports ? Parcel.reportId(draft.messageId()) : null);
            Submission.Accepted accepted = submission.submit(credentials, envelope, message, () -> {});
            events.publishEvent(Sent.of(person.username(), draft));
            boolean filed = file(person, session, draft.messageId(), message);
            if (original != null) {
                mark(session, original);
            }
            return new Delivered(filed, accepted.reports());
        } finally {
            delete(message);
        }
    }

    /** Writes the message to a file that whoever asked removes. */
    public static Path write(Draft draft) {
        try {
            Path message = Files.createTempFile("palomar-", ".eml");
            try {
                new MessageWriter().write(draft, message);
            } catch (IOException | RuntimeException e) {
                delete(message);
                throw e;
            }
            return message;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some servers save what is submitted by themselves: the copy is stored only when that Message-ID is not there. */
    boolean file(SignedIn person, MailSession session, MessageId id, Path message) {
        for (int attempt = 1; ; attempt++) {
            try {
                MailboxName sent = directory.special(person, session, SpecialUse.SENT);
                if (!isIn(sent, session, id)) {
                    append(session, sent, message);
                }
                return true;
            } catch (IOException | RuntimeException failure) {
                // Whatever it is: to say now that sending failed would make people send twice.
                log.warn("the copy of a sent message was not filed, attempt {}: {}", attempt, failure.getMessage());
                if (attempt == 2) {
                    return false;
                }
                directory.forget(person);
            }
        }
    }

    /** Whether its copy lies in Sent. */
    boolean isFiled(SignedIn person, MailSession session, MessageId id) {
        return isIn(directory.special(person, session, SpecialUse.SENT), session, id);
    }

    private static boolean isIn(MailboxName mailbox, MailSession session, MessageId id) {
        return session.examine(mailbox, open -> !open.withMessageId(id.value()).isEmpty());
    }

    private static void append(MailSession session, MailboxName sent, Path message) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(message), 1 << 16)) {
            session.append(sent, in, Files.size(message), Flags.of(Flags.SEEN), null);
        }
    }

    static void mark(MailSession session, Original original) {
        try {
            session.select(original.ref().mailbox(), open -> {
                open.check(original.ref());
                open.store(List.of(original.ref().uid()), FlagChange.ADD, Flags.of(original.flag()));
                return true;
            });
        } catch (RuntimeException failure) {
            // The message is sent; the mark is a courtesy.
            log.info("the original of a sent message was not marked: {}", failure.getMessage());
        }
    }

    private static void delete(Path message) {
        try {
            Files.deleteIfExists(message);
        } catch (IOException e) {
            log.warn("a temporary file stays: {}", e.getMessage());
        }
    }
}
