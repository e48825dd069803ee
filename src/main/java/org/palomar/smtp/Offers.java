package org.palomar.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Knows what the submission server offers. It is asked at the start and after an hour, or after a minute when it did not answer, beside
 * whoever wants to know: nobody waits for it. Safe for use by many threads.
 */
@Component
public class Offers implements Supplier<Offer> {

    private static final Logger log = LoggerFactory.getLogger(Offers.class);

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final SmtpProperties properties;
    private final JavaMailSubmission submission;
    private final Clock clock;
    private volatile Offer known = Offer.UNKNOWN;
    private Instant askAgain = Instant.MIN;

    Offers(SmtpProperties properties, JavaMailSubmission submission, Clock clock) {
        this.properties = properties;
        this.submission = submission;
        this.clock = clock;
    }

    /** What is known now. */
    @Override
    public Offer get() {
        if (isDue()) {
            Thread.ofVirtual().name("smtp-offer").start(this::ask);
        }
        return known;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        get();
    }

    private synchronized boolean isDue() {
        boolean due = !properties.host().isEmpty() && !clock.instant().isBefore(askAgain);
        if (due) {
            askAgain = clock.instant().plus(PAUSE);
        }
        return due;
    }

    private synchronized void learned(Offer offer) {
        known = offer;
        askAgain = clock.instant().plus(FRESH);
    }

    /** The transport greets as it does for a message; what it was told stands in its record of the conversation. */
    private void ask() {
        Session session = submission.session();
        Conversation conversation = new Conversation();
        session.setDebugOut(conversation);
        session.setDebug(true);
        try (Transport transport = session.getTransport()) {
            transport.connect();
            learned(conversation.offer());
        } catch (MessagingException | RuntimeException e) {
            log.info("the submission server does not say what it offers: {}", e.getMessage());
        }
    }
}
