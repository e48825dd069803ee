package org.palomar.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.compose.ComposePage.Fault;
import org.palomar.compose.Sending.Outcome;
import org.palomar.drafts.Drafts;
import org.palomar.drafts.StoredDraft;
import org.palomar.mail.Address;
import org.palomar.mail.Credentials;
import org.palomar.mail.MessageRef;
import org.palomar.mime.Draft;
import org.palomar.mime.MessageWriter;
import org.palomar.mime.WireAddress;
import org.palomar.outbox.Delivery;
import org.palomar.outbox.Delivery.Original;
import org.palomar.outbox.Outbox;
import org.palomar.outbox.Outbox.Handed;
import org.palomar.outbox.Outbox.Standing;
import org.palomar.outbox.OutboxState;
import org.palomar.outbox.Parcel;
import org.palomar.settings.UndoTime;
import org.springframework.stereotype.Component;

/** Hands a finished message to the outbox, and tells what comes of it. Safe for use by many threads. */
@Component
class HandingOver {

    /** Who wants no time to take a message back waits for its fate instead; most are gone within a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Outbox outbox;
    private final Drafts drafts;
    private final DraftCopies copies;
    private final Uploads uploads;
    private final UndoTime undo;
    private final Clock clock;

    HandingOver(Outbox outbox, Drafts drafts, DraftCopies copies, Uploads uploads, UndoTime undo, Clock clock) {
        this.outbox = outbox;
        this.drafts = drafts;
        this.copies = copies;
        this.uploads = uploads;
        this.undo = undo;
        this.clock = clock;
    }

    /** Whether messages can be kept now. */
    boolean isUsable() {
        return outbox.isUsable();
    }

    /**
     * Hands it over.
     *
     * @param at when it is to go, or null for now
     * @throws org.palomar.store.StoreException when the store failed; nothing was done, or all of it
     */
    Outcome hand(
            SignedIn person,
            KeptLetter letter,
            DraftEdition edition,
            Credentials credentials,
            Draft draft,
            @Nullable Original mark,
            @Nullable Instant at) {
        String id = letter.form().id();
        List<String> recipients = MessageWriter.recipients(draft);
        Duration time = undo.of(person.username());
        Instant due = at == null ? clock.instant().plus(time) : at;
        uploads.adopt(person, id, letter.files());
        Parcel parcel = new Parcel(
                WireAddress.international(draft.from().address()),
                recipients,
                draft.messageId().value(),
                draft.subject(),
                Stream.of(draft.to(), draft.cc(), draft.bcc())
                        .flatMap(List::stream)
                        .map(Address::display)
                        .limit(20)
                        .collect(Collectors.joining(", ")),
                Stream.of(draft.to(), draft.cc(), draft.bcc())
                        .flatMap(List::stream)
                        .toList(),
                mark == null ? null : mark.ref().address(),
                mark == null ? "" : mark.flag(),
                replaced(person, id, edition),
                copies.written(letter),
                "",
                letter.form().reported() ? Parcel.reportId(draft.messageId()) : null);
        Path message = Delivery.write(draft);
        Handed handed;
        try {
            handed = outbox.hand(
                    person.username(),
                    id,
                    edition.edition(),
                    credentials,
                    parcel,
                    message,
                    at == null ? OutboxState.WAITING : OutboxState.SCHEDULED,
                    due);
        } finally {
            delete(message);
        }
        return switch (handed) {
            case Handed.Clash _ -> new Outcome.Clash();
            case Handed.Before(boolean done)
            when done -> new Outcome.NotSent(new Fault("compose.fault.sent", ""), Map.of());
            case Handed.Before _ -> new Outcome.Underway();
            case Handed.Taken _ when at == null && time.isZero() -> outcome(person, id);
            case Handed.Taken _ -> new Outcome.Later(due, at == null ? time : Duration.ZERO);
        };
    }

    private @Nullable String replaced(SignedIn person, String id, DraftEdition edition) {
        StoredDraft row = drafts.find(person.username(), id).orElse(null);
        if (row == null) {
            return edition.replaced().map(MessageRef::address).orElse(null);
        }
        // A copy of our own is found by its Message-ID.
        MessageRef copy = row.copied() == 0 ? row.copy() : null;
        return copy == null ? null : copy.address();
    }

    private Outcome outcome(SignedIn person, String id) {
        Standing standing = outbox.await(person.username(), id, PATIENCE).orElse(null);
        if (standing == null) {
            return new Outcome.Sent(true, false);
        }
        return switch (standing.state()) {
            case DONE -> new Outcome.Sent(true, false);
            case FAILED -> {
                outbox.forgetFailure(person.username(), id);
                yield new Outcome.NotSent(new Fault(standing.reason(), standing.detail()), Map.of());
            }
            case SENT -> {
                boolean unreported = outbox.forgetUnreported(person.username(), id);
                yield unreported ? new Outcome.Sent(true, true) : new Outcome.Underway();
            }
            case WAITING, SCHEDULED, RETRYING, SENDING, UNKNOWN -> new Outcome.Underway();
        };
    }

    private static void delete(Path message) {
        try {
            Files.deleteIfExists(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
