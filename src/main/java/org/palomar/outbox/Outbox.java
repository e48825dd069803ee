package org.palomar.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.palomar.drafts.Drafts;
import org.palomar.drafts.Edition;
import org.palomar.drafts.Saved;
import org.palomar.drafts.StoredDraft;
import org.palomar.mail.Credentials;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes messages to be sent, and gives them back. A message is either a draft or here: it passes in one transaction. Safe for use by many
 * threads.
 *
 * <p>Everything throws {@link org.palomar.store.StoreException} when the store or its key cannot be used; then nothing changed.
 */
@Component
public class Outbox {

    /** Why a message that was sent is still there: its writer wanted reports. */
    static final String UNREPORTED = "outbox.reason.noreport";

    private static final Set<OutboxState> HELD =
            EnumSet.of(OutboxState.WAITING, OutboxState.SCHEDULED, OutboxState.RETRYING, OutboxState.UNKNOWN);

    private final OutboxRows rows;
    private final Drafts drafts;
    private final OutboxWorker worker;
    private final Clock clock;

    Outbox(OutboxRows rows, Drafts drafts, OutboxWorker worker, Clock clock) {
        this.rows = rows;
        this.drafts = drafts;
        this.worker = worker;
        this.clock = clock;
    }

    /** Whether the store and its key can be used now. */
    public boolean isUsable() {
        return rows.isUsable();
    }

    /** What became of a message that was to be sent. */
    public sealed interface Handed {

        /** It goes. */
        record Taken() implements Handed {}

        /** The draft was changed elsewhere since the page was shown: nothing was done. */
        record Clash(StoredDraft other) implements Handed {}

        /** This very letter is on its way, or gone: nothing was done. */
        record Before(boolean done) implements Handed {}
    }

    /** How far a message is, for whoever waits for it. */
    public record Standing(OutboxState state, String reason, String detail) {}

    /**
     * Takes a message; its draft is gone when this returns, and the message is durable.
     *
     * @param due when it is sent; until then it can be taken back
     */
    public Handed hand(
            String person,
            String id,
            Edition edition,
            Credentials credentials,
            Parcel parcel,
            Path message,
            OutboxState state,
            Instant due) {
        OutboxRow row = new OutboxRow(person, id, state, due, clock.instant(), 0, "", parcel);
        Handed handed = drafts.locked(
                person,
                id,
                () -> rows.store().inTransaction(sql -> {
                    Optional<OutboxRow> present = rows.find(sql, person, id);
                    if (present.isPresent() && present.get().state() != OutboxState.FAILED) {
                        return new Handed.Before(present.get().state() == OutboxState.DONE);
                    }
                    if (drafts.take(sql, person, id, edition) instanceof Saved.Clash clash) {
                        return new Handed.Clash(clash.other());
                    }
                    present.ifPresent(failed -> rows.remove(sql, failed));
                    insert(sql, row, credentials, message);
                    return new Handed.Taken();
                }));
        worker.wake();
        return handed;
    }

    private void insert(JdbcClient sql, OutboxRow row, Credentials credentials, Path message) {
        try {
            rows.insert(sql, row, credentials, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a draft again of a message that was not sent yet; false when it is too late. */
    public boolean takeBack(String person, String id) {
        return drafts.locked(
                person,
                id,
                () -> rows.store().inTransaction(sql -> {
                    OutboxRow row = rows.find(sql, person, id).orElse(null);
                    if (row == null || row.parcel() == null || !HELD.contains(row.state()) || !rows.remove(sql, row)) {
                        return false;
                    }
                    drafts.giveBack(
                            sql, person, id, row.parcel().letter(), row.parcel().replaced());
                    return true;
                }));
    }

    /** Forgets that the message was not sent, once its writer knows; the draft stays. */
    public void forgetFailure(String person, String id) {
        rows.store()
                .inTransaction(sql -> rows.find(sql, person, id)
                        .filter(row -> row.state() == OutboxState.FAILED && rows.remove(sql, row))
                        .isPresent());
    }

    /** Forgets that there will be no reports, once its writer knows; false when there is no such thing to be told. */
    public boolean forgetUnreported(String person, String id) {
        Optional<OutboxRow> row = rows.find(person, id)
                .filter(each ->
                        each.state() == OutboxState.SENT && each.reason().equals(UNREPORTED));
        row.ifPresent(each -> rows.become(each, OutboxState.DONE, clock.instant(), 0, ""));
        return row.isPresent();
    }

    /** How far it is; empty when it was never here. */
    public Optional<Standing> standing(String person, String id) {
        return rows.find(person, id)
                .map(row -> new Standing(
                        row.state(),
                        row.reason(),
                        row.parcel() == null ? "" : row.parcel().detail()));
    }

    /** Waits until the message is sent and filed, or will not be for now; at most so long. */
    public Optional<Standing> await(String person, String id, Duration most) {
        return worker.await(() -> standing(person, id).filter(Outbox::isSettled), most)
                .or(() -> standing(person, id));
    }

    private static boolean isSettled(Standing standing) {
        return switch (standing.state()) {
            case DONE, FAILED, UNKNOWN, RETRYING -> true;
            case SENT -> !standing.reason().isEmpty();
            case WAITING, SCHEDULED, SENDING -> false;
        };
    }
}
