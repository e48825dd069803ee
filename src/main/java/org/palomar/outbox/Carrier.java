package org.palomar.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.palomar.account.SignedIn;
import org.palomar.drafts.Drafts;
import org.palomar.drafts.ServerDrafts;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.outbox.Delivery.Original;
import org.palomar.smtp.SmtpEnvelope;
import org.palomar.smtp.SmtpException;
import org.palomar.smtp.Submission;
import org.palomar.store.StoreException;
import org.palomar.tree.MailboxDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes one row of the outbox as far as it goes. Before the first octet of the message leaves, the row says so; from then on it is not
 * submitted again unless the server said that it did not take it. Everything after that can be done twice without harm.
 */
@Component
class Carrier {

    private static final Logger log = LoggerFactory.getLogger(Carrier.class);

    /** A server that saves what it was handed may take its time. */
    private static final int LOOKS = 3;

    /** Not by itself. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private final OutboxRows rows;
    private final OutboxPieces pieces;
    private final Drafts drafts;
    private final ServerDrafts copies;
    private final Delivery delivery;
    private final Submission submission;
    private final ImapConnector connector;
    private final MailboxDirectory directory;
    private final OutboxProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Carrier(
            OutboxRows rows,
            OutboxPieces pieces,
            Drafts drafts,
            ServerDrafts copies,
            Delivery delivery,
            Submission submission,
            ImapConnector connector,
            MailboxDirectory directory,
            OutboxProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.pieces = pieces;
        this.drafts = drafts;
        this.copies = copies;
        this.delivery = delivery;
        this.submission = submission;
        this.connector = connector;
        this.directory = directory;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** Somebody else took the row over, or it cannot be written that the message leaves. */
    private static final class Abandoned extends RuntimeException {}

    void carry(OutboxRow row) {
        Parcel parcel = row.parcel();
        Optional<Credentials> credentials = rows.credentials(row);
        if (parcel == null || credentials.isEmpty()) {
            fail(row, "outbox.reason.sealed", "");
            return;
        }
        switch (row.state()) {
            case WAITING, SCHEDULED, RETRYING -> submit(row, parcel, credentials.get());
            case SENT -> finish(row, parcel, credentials.get());
            case UNKNOWN -> look(row, parcel, credentials.get());
            case SENDING, FAILED, DONE -> log.warn("nothing is to be done with a message that is {}", row.state());
        }
    }

    private void submit(OutboxRow row, Parcel parcel, Credentials credentials) {
        Submission.Accepted accepted;
        String reportId = parcel.isUnreported() ? null : parcel.reportId();
        try (MessageFile message = MessageFile.empty()) {
            if (!pieces.write(row, message.path())) {
                fail(row, "outbox.reason.sealed", "");
                return;
            }
            SmtpEnvelope envelope = new SmtpEnvelope(parcel.sender(), parcel.recipients(), reportId);
            accepted = submission.submit(credentials, envelope, message.path(), () -> {
                if (!rows.sending(row)) {
                    throw new Abandoned();
                }
            });
        } catch (SmtpException failure) {
            log.info("not sent: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
            refused(row, parcel, failure);
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OutboxRow sent = accepted(row);
        events.publishEvent(new Sent(row.person(), parcel.people()));
        finish(sent, reportId == null || accepted.reports() ? parcel : unreported(sent, parcel), credentials);
    }

    /** Remembered, since the copy may take its time. */
    private Parcel unreported(OutboxRow row, Parcel parcel) {
        Parcel without = parcel.unreported();
        try {
            rows.store().inTransaction(sql -> {
                rows.detail(sql, row, without);
                return without;
            });
        } catch (StoreException failure) {
            log.info("that nobody reports about a message is not kept: {}", failure.getMessage());
        }
        return without;
    }

    /** The server has it: that must be known, however long the store takes. */
    private OutboxRow accepted(OutboxRow row) {
        for (int attempt = 1; ; attempt++) {
            try {
                rows.accepted(row);
                return new OutboxRow(
                        row.person(), row.id(), OutboxState.SENT, row.due(), row.made(), 0, "", row.parcel());
            } catch (StoreException failure) {
                if (attempt == 20) {
                    throw failure;
                }
                pause(Duration.ofSeconds(1));
            }
        }
    }

    private void refused(OutboxRow row, Parcel parcel, SmtpException failure) {
        switch (failure) {
            case SmtpException.Unreachable _ -> later(row, "outbox.reason.unreachable", "");
            case SmtpException.OutcomeUnknown _ ->
                rows.become(row, OutboxState.UNKNOWN, clock.instant(), 0, "outbox.reason.unknown");
            case SmtpException.Refused refused
            when refused.temporary() -> later(row, "outbox.reason.later", refused.reply());
            case SmtpException.RecipientsRefused refused
            when refused.reply().startsWith("4") -> later(row, "outbox.reason.later", refused.reply());
            case SmtpException.Refused refused -> fail(row, "compose.fault.refused", refused.reply());
            case SmtpException.RecipientsRefused refused ->
                fail(
                        row,
                        "compose.fault.recipients",
                        String.join(", ", refused.recipients()) + " — " + refused.reply());
            case SmtpException.SenderRefused refused -> fail(row, "compose.fault.sender", refused.reply());
            case SmtpException.AddressesNotTaken not ->
                fail(row, "compose.fault.utf8", String.join(", ", not.addresses()));
            case SmtpException.TooLarge _ -> fail(row, "compose.fault.tooLarge", "");
            case SmtpException.AuthenticationFailed _ -> fail(row, "compose.fault.password", "");
            case SmtpException.CertificateRejected _ -> fail(row, "compose.fault.certificate", "");
        }
        log.debug("of {}", parcel.messageId());
    }

    private void later(OutboxRow row, String reason, String detail) {
        Instant now = clock.instant();
        if (row.made().plus(properties.giveUp()).isBefore(now) && row.state() == OutboxState.RETRYING) {
            fail(row, reason, detail);
            return;
        }
        rows.store().inTransaction(sql -> {
            if (row.parcel() != null) {
                rows.detail(sql, row, row.parcel().with(detail));
            }
            return rows.become(
                    sql,
                    row,
                    OutboxState.RETRYING,
                    now.plus(properties.pause(row.attempts())),
                    row.attempts() + 1,
                    reason);
        });
    }

    /** A draft again, with the reason beside it. */
    private void fail(OutboxRow row, String reason, String detail) {
        rows.store().inTransaction(sql -> {
            if (row.parcel() != null) {
                drafts.giveBack(
                        sql,
                        row.person(),
                        row.id(),
                        row.parcel().letter(),
                        row.parcel().replaced());
                rows.detail(sql, row, row.parcel().with(detail));
            }
            return rows.become(sql, row, OutboxState.FAILED, clock.instant(), 0, reason);
        });
    }

    /** What is left once the server took the message: its copy, the mark on the original, and no draft. */
    private void finish(OutboxRow row, Parcel parcel, Credentials credentials) {
        SignedIn person = new SignedIn(credentials.username(), "outbox-" + row.id());
        try (MessageFile message = MessageFile.empty();
                MailSession session = connector.open(credentials, null)) {
            if (!pieces.write(row, message.path())) {
                rows.become(row, OutboxState.DONE, clock.instant(), 0, "outbox.reason.sealed");
                return;
            }
            MessageId id = new MessageId(parcel.messageId());
            if (!delivery.file(person, session, id, message.path())) {
                unfiled(row);
                return;
            }
            if (parcel.original() != null) {
                Delivery.mark(session, new Original(MessageRef.parse(parcel.original()), parcel.flag()));
            }
            copies.remove(person, session, id, parcel.replaced());
            if (parcel.isUnreported()) {
                rows.become(row, OutboxState.SENT, clock.instant().plus(NEVER), 0, Outbox.UNREPORTED);
            } else {
                rows.become(row, OutboxState.DONE, clock.instant(), 0, "");
            }
        } catch (ImapException failure) {
            log.info("the copy of a sent message is not filed yet: {}", failure.getMessage());
            unfiled(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            directory.forget(person);
        }
    }

    private void unfiled(OutboxRow row) {
        Instant now = clock.instant();
        boolean over = row.made().plus(properties.giveUp()).isBefore(now);
        rows.become(
                row,
                OutboxState.SENT,
                over ? now.plus(NEVER) : now.plus(properties.pause(row.attempts())),
                row.attempts() + 1,
                "outbox.reason.unfiled");
    }

    /** Whether the server saved it by itself, as some do; else its writer is asked. */
    private void look(OutboxRow row, Parcel parcel, Credentials credentials) {
        SignedIn person = new SignedIn(credentials.username(), "outbox-" + row.id());
        boolean found = false;
        try (MailSession session = connector.open(credentials, null)) {
            found = delivery.isFiled(person, session, new MessageId(parcel.messageId()));
        } catch (ImapException failure) {
            log.info("whether a message was sent is not known yet: {}", failure.getMessage());
        } finally {
            directory.forget(person);
        }
        Instant now = clock.instant();
        if (found) {
            rows.become(row, OutboxState.SENT, now, 0, "");
        } else {
            rows.become(
                    row,
                    OutboxState.UNKNOWN,
                    row.attempts() < LOOKS ? now.plus(properties.pause(row.attempts())) : now.plus(NEVER),
                    row.attempts() + 1,
                    "outbox.reason.unknown");
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
