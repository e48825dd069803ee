package org.palomar.trust;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.Lineage;
import org.palomar.mail.Mailbox;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.tree.MailboxDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Reads out of the newest mail in Sent whom a person writes to. What is known is read again after a quarter of an hour, beside the page that
 * asks, which takes what is there. Safe for use by many threads.
 */
@Component
class AcquaintanceReader {

    private static final Logger log = LoggerFactory.getLogger(AcquaintanceReader.class);

    private static final int NEWEST = 500;
    private static final int UIDS = 2_000;
    /** Of a page that is the first to ask, milliseconds. */
    private static final long PATIENCE = 300;

    private static final Duration FRESH = Duration.ofMinutes(15);

    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(12))
            .build();

    private final MailboxDirectory directory;
    private final Clock clock;

    AcquaintanceReader(MailboxDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    private record Known(CompletableFuture<Acquaintances> whom, Instant since) {}

    /** Whom they write to; nobody when the server does not tell within a moment, since a message need not wait for that. */
    Acquaintances of(SignedIn person, MailSession session) {
        Known present = known.get(person.key(), _ -> new Known(ask(person, session), clock.instant()));
        if (present.since.isBefore(clock.instant().minus(FRESH)) && present.whom.isDone()) {
            refresh(person, session, present);
        }
        try {
            return present.whom.get(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Acquaintances.NONE;
        } catch (ExecutionException failure) {
            log.debug("not known whom they write to: {}", failure.getMessage());
            known.asMap().remove(person.key(), present);
            return Acquaintances.NONE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Acquaintances.NONE;
        }
    }

    /** One page has it read again; what was known holds until the answer is there. */
    private void refresh(SignedIn person, MailSession session, Known present) {
        Known again = new Known(present.whom, clock.instant());
        if (known.asMap().replace(person.key(), present, again)) {
            var _ = ask(person, session)
                    .thenAccept(whom -> known.asMap()
                            .replace(
                                    person.key(),
                                    again,
                                    new Known(CompletableFuture.completedFuture(whom), again.since)));
        }
    }

    private CompletableFuture<Acquaintances> ask(SignedIn person, MailSession session) {
        CompletableFuture<Acquaintances> asked = new CompletableFuture<>();
        Thread.ofVirtual().name("acquaintances").start(() -> {
            try {
                asked.complete(read(person, session));
            } catch (RuntimeException failure) {
                asked.completeExceptionally(failure);
            }
        });
        return asked;
    }

    private Acquaintances read(SignedIn person, MailSession session) {
        return directory.list(person, session).stream()
                .filter(mailbox -> mailbox.specialUse() == SpecialUse.SENT && mailbox.selectable())
                .findFirst()
                .map(Mailbox::name)
                .map(sent -> Acquaintances.of(session.examine(sent, AcquaintanceReader::written)))
                .orElse(Acquaintances.NONE);
    }

    private static List<Address> written(OpenMailbox sent) {
        List<Uid> newest = sent.search(recent(sent, UIDS));
        return sent.lineages(newest.subList(Math.max(0, newest.size() - NEWEST), newest.size())).stream()
                .map(Lineage::envelope)
                .flatMap(AcquaintanceReader::recipients)
                .toList();
    }

    private static Stream<Address> recipients(Envelope envelope) {
        return Stream.of(envelope.to(), envelope.cc(), envelope.bcc())
                .flatMap(List::stream)
                .limit(100);
    }

    /** The newest messages, so that a search ends soon in mailboxes of any size. */
    static SearchKey.Uids recent(OpenMailbox open, int uids) {
        return SearchKey.Uids.from(new Uid(Math.max(1, open.uidNext() - uids)));
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        known.invalidate(event.key());
    }
}
