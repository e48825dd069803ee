package org.palomar.trust;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.domain.Domain;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Address;
import org.palomar.mail.Credentials;
import org.palomar.mail.Envelope;
import org.palomar.mail.Flags;
import org.palomar.mail.MessageId;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SpecialUse;
import org.palomar.mime.AddressParser;
import org.palomar.mime.HeaderText;
import org.palomar.mime.Receipt;
import org.palomar.mime.ReceiptWriter;
import org.palomar.mime.UnsendableAddress;
import org.palomar.mime.WireAddress;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;
import org.palomar.smtp.SmtpException;
import org.palomar.smtp.Submission;
import org.palomar.trust.Trust.ReceiptRequest;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Wishes for receipts (RFC 8098), answered once, and only by the person. That they were is kept with the message ({@code $MDNSent},
 * RFC 3503), so every program knows; where a server keeps no keywords, for a day in this process.
 */
@Component
class Receipts {

    private static final Logger log = LoggerFactory.getLogger(Receipts.class);
    private static final Flags ANSWERED = Flags.of(Flags.MDN_SENT);
    private static final int MOST_ADDRESSES = 5;

    private final Cache<Key, Boolean> answered = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofDays(1))
            .build();

    private final Submission submission;
    private final MessageSource words;
    private final Clock clock;
    private final String domain;

    Receipts(
            Submission submission,
            MessageSource words,
            Clock clock,
            @Value("${palomar.compose.domain:}") String domain) {
        this.submission = submission;
        this.words = words;
        this.clock = clock;
        this.domain = domain;
    }

    private record Key(String username, MessageRef ref) {}

    /** What the sender asks for, or empty: also for what was answered, went to many, or is a report itself. */
    Optional<ReceiptRequest> request(
            SignedIn person, MessageRef ref, Header header, ReadMessage message, @Nullable SpecialUse use) {
        boolean never = use == SpecialUse.JUNK
                || use == SpecialUse.SENT
                || message.summary().flags().has(Flags.MDN_SENT)
                || answered.getIfPresent(new Key(person.username(), ref)) != null
                || message.structure().is("multipart/report");
        List<Address> to = never ? List.of() : wanted(header);
        if (to.isEmpty()) {
            return Optional.empty();
        }
        String path = "/mailboxes/" + ref.mailbox().toSegment() + "/messages/" + ref.key() + "/receipt";
        String shown = String.join(", ", to.stream().map(Address::address).toList());
        return Optional.of(new ReceiptRequest(shown, isElsewhere(header, to), path));
    }

    /** Answers yes; the sentence says what came of it. */
    Flash send(SignedIn person, MailSession session, Credentials credentials, MessageRef ref, Reader reader) {
        Optional<Asked> asked = answer(person, session, ref);
        if (asked.isEmpty()) {
            return Flash.warn("trust.receipt.over");
        }
        try {
            submit(credentials, receipt(person, asked.get(), reader));
            return Flash.ok("trust.receipt.sent");
        } catch (SmtpException.OutcomeUnknown unknown) {
            // Asking again could make it two.
            log.info("a receipt may not have been sent: {}", unknown.getMessage());
            return Flash.warn("trust.receipt.unknown");
        } catch (SmtpException | UnsendableAddress failure) {
            log.info("a receipt was not sent: {}", failure.getMessage());
            takeBack(person, session, ref);
            return Flash.danger("trust.receipt.failed");
        }
    }

    /** Answers no: nobody is told, and no program asks again. */
    void refuse(SignedIn person, MailSession session, MessageRef ref) {
        answer(person, session, ref);
    }

    private record Asked(Envelope envelope, Instant arrived, List<Address> to) {}

    /** Marks the wish as answered, before anything is sent; empty when there is none, or none any more. */
    private Optional<Asked> answer(SignedIn person, MailSession session, MessageRef ref) {
        if (answered.asMap().putIfAbsent(new Key(person.username(), ref), true) != null) {
            return Optional.empty();
        }
        try {
            return session.select(ref.mailbox(), open -> mark(open, ref));
        } catch (RuntimeException failure) {
            answered.invalidate(new Key(person.username(), ref));
            throw failure;
        }
    }

    private static Optional<Asked> mark(OpenMailbox open, MessageRef ref) {
        MessageReading reading = MessageReading.of(open, ref);
        List<Address> to = wanted(new Header(reading.fields()));
        if (to.isEmpty() || reading.summary().flags().has(Flags.MDN_SENT)) {
            return Optional.empty();
        }
        try {
            open.store(List.of(ref.uid()), FlagChange.ADD, ANSWERED);
        } catch (ImapException.Refused noKeywords) {
            log.info("the server keeps no $MDNSent: {}", noKeywords.getMessage());
        }
        return Optional.of(
                new Asked(reading.envelope(PartPath.ROOT), reading.summary().arrived(), to));
    }

    private void takeBack(SignedIn person, MailSession session, MessageRef ref) {
        answered.invalidate(new Key(person.username(), ref));
        try {
            session.select(ref.mailbox(), open -> {
                open.check(ref);
                open.store(List.of(ref.uid()), FlagChange.REMOVE, ANSWERED);
                return true;
            });
        } catch (RuntimeException failure) {
            log.info("a receipt that was not sent stays marked: {}", failure.getMessage());
        }
    }

    private Receipt receipt(SignedIn person, Asked asked, Reader reader) {
        String own = person.address(domain);
        String subject = asked.envelope.subject() == null ? "" : asked.envelope.subject();
        Instant date = asked.envelope.date() == null ? asked.arrived : asked.envelope.date();
        Locale locale = reader.locale();
        return new Receipt(
                new Address(null, own),
                asked.to,
                word("trust.receipt.subject", locale, subject),
                word("trust.receipt.text", locale, subject, own, reader.longDate(date)),
                asked.envelope.messageId(),
                new MessageId("<" + UUID.randomUUID() + "@"
                        + Domain.ofAddress(own).map(Domain::ascii).orElse("palomar.invalid") + ">"),
                ZonedDateTime.ofInstant(clock.instant(), reader.zone()));
    }

    private String word(String key, Locale locale, Object... args) {
        return words.getMessage(key, args, locale);
    }

    private void submit(Credentials credentials, Receipt receipt) {
        List<String> to = receipt.to().stream()
                .map(Address::address)
                .map(WireAddress::international)
                .toList();
        try {
            Path file = Files.createTempFile("palomar-", ".eml");
            try {
                new ReceiptWriter().write(receipt, file);
                try {
                    // Nothing must ever answer a receipt (RFC 8098 section 3).
                    submission.submit(credentials, "", to, file);
                } catch (SmtpException.SenderRefused refused) {
                    log.debug("the server takes nothing from nobody: {}", refused.getMessage());
                    submission.submit(
                            credentials,
                            WireAddress.international(receipt.from().address()),
                            to,
                            file);
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Address> wanted(Header header) {
        String value = header.only("Disposition-Notification-To");
        if (value.isEmpty() || value.length() > 2_000 || header.isBulk()) {
            return List.of();
        }
        List<Address> to = AddressParser.parse(HeaderText.decode(value)).good();
        return to.size() > MOST_ADDRESSES ? List.of() : to;
    }

    /** Where the bounces of the message go is where it came from (RFC 8098 section 2.1). */
    private static boolean isElsewhere(Header header, List<Address> to) {
        String path = header.only("Return-Path").replaceAll("[<>\\s]", "");
        return to.size() > 1 || !to.getFirst().address().equalsIgnoreCase(path);
    }
}
