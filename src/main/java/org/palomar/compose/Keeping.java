package org.palomar.compose;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.compose.ComposePage.Fault;
import org.palomar.drafts.Drafts;
import org.palomar.drafts.Saved;
import org.palomar.drafts.StoredDraft;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.outbox.Outbox;
import org.palomar.outbox.OutboxState;
import org.palomar.store.StoreException;
import org.palomar.web.NotFoundException;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** Keeps letters in work and finds them again. Safe for use by many threads. */
@Component
class Keeping {

    private final Drafts drafts;
    private final DraftCopies copies;
    private final DraftReading reading;
    private final Uploads uploads;
    private final Outbox outbox;

    Keeping(Drafts drafts, DraftCopies copies, DraftReading reading, Uploads uploads, Outbox outbox) {
        this.drafts = drafts;
        this.copies = copies;
        this.reading = reading;
        this.uploads = uploads;
        this.outbox = outbox;
    }

    /** What a link to a draft leads to. */
    sealed interface Opened {

        /**
         * @param saved when it was changed last, or null where only the mailbox has it
         * @param fault why it was not sent, or null
         */
        record Editor(
                KeptLetter letter,
                DraftEdition edition,
                @Nullable Instant saved,
                @Nullable Fault fault) implements Opened {}

        /** It is on its way. */
        record Underway() implements Opened {}
    }

    /**
     * Opens a letter.
     *
     * @param draft its id, or {@code segment/uidvalidity.uid} of a message in the Drafts mailbox
     * @throws NotFoundException when it is not there any more
     */
    Opened open(SignedIn person, MailSession session, String draft) {
        int slash = draft.indexOf('/');
        if (slash < 0) {
            return stored(person, draft, null).orElseThrow(() -> new NotFoundException("flash.draft.gone"));
        }
        MessageRef ref;
        try {
            ref = MessageRef.parse(MailboxName.fromSegment(draft.substring(0, slash)), draft.substring(slash + 1));
        } catch (IllegalArgumentException _) {
            throw new NotFoundException("flash.gone");
        }
        DraftReading.Mark mark = reading.mark(session, ref);
        Optional<Opened> known = stored(person, mark.id(), ref);
        if (known.isPresent()) {
            return known.get();
        }
        KeptLetter letter = reading.read(person, session, ref, mark);
        return new Opened.Editor(letter, DraftEdition.showing(0, ref.address()), null, null);
    }

    /** The letter as the store has it; empty when it has none, or cannot be asked: then the mailbox tells. */
    private Optional<Opened> stored(SignedIn person, String id, @Nullable MessageRef copy) {
        try {
            Optional<Outbox.Standing> standing = outbox.standing(person.username(), id);
            Fault fault = null;
            if (standing.isPresent() && standing.get().state() == OutboxState.FAILED) {
                fault = new Fault(standing.get().reason(), standing.get().detail());
            } else if (standing.isPresent() && standing.get().state() != OutboxState.DONE) {
                return Optional.of(new Opened.Underway());
            }
            Optional<StoredDraft> row = drafts.find(person.username(), id)
                    .filter(each -> !each.discarded() && !(copy != null && each.isClash()))
                    .or(() -> copy == null ? Optional.empty() : drafts.find(person.username(), copy));
            Fault why = fault;
            return row.filter(each -> each.content() != null).map(each -> editor(each, why));
        } catch (StoreException failure) {
            if (copy == null) {
                throw new NotFoundException("flash.draft.away");
            }
            return Optional.empty();
        }
    }

    private Opened editor(StoredDraft row, @Nullable Fault fault) {
        return new Opened.Editor(
                copies.read(row.content() == null ? "" : row.content()),
                DraftEdition.showing(row.revision(), ""),
                row.changed(),
                fault);
    }

    /**
     * Saves.
     *
     * @throws StoreException when the store cannot be used: {@link #saveInMailbox} can be
     */
    Saved save(SignedIn person, KeptLetter letter, DraftEdition edition) {
        Saved saved = drafts.save(
                person.username(),
                letter.form().id(),
                edition.edition(),
                copies.written(letter),
                edition.replaced().orElse(null));
        if (saved instanceof Saved.Kept) {
            uploads.adopt(person, letter.form().id(), letter.files());
        }
        return saved;
    }

    /** What a page goes on from whose message came back from the outbox. */
    DraftEdition current(SignedIn person, String id, DraftEdition shown) {
        try {
            return drafts.find(person.username(), id)
                    .filter(row -> row.editor().isEmpty())
                    .map(row -> new DraftEdition(row.revision(), shown.editor(), shown.turn(), ""))
                    .orElse(shown);
        } catch (StoreException _) {
            return shown;
        }
    }

    /** Has the copy in the Drafts mailbox made. */
    void copySoon(SignedIn person, MailSession session, KeptLetter letter, Reader reader) {
        copies.soon(person, session, letter.form().id(), uploads.all(person, letter.files()), reader);
    }

    DraftCopies.Outcome copyNow(SignedIn person, MailSession session, String id, Reader reader) {
        return copies.now(person, session, id, reader);
    }

    /**
     * Saves in the Drafts mailbox alone; as {@link DraftCopies#put}.
     *
     * @return where it lies
     */
    MessageRef saveInMailbox(
            SignedIn person, MailSession session, KeptLetter letter, DraftEdition edition, Reader reader) {
        return copies.put(
                person,
                session,
                letter.form(),
                edition.revision() + 1,
                uploads.all(person, letter.files()),
                edition.replaced().orElse(null),
                reader);
    }

    /** The letter once more, beside the one that was changed elsewhere. */
    ComposeForm fork(SignedIn person, KeptLetter letter) {
        ComposeForm form = letter.form().withId(UUID.randomUUID().toString());
        List<String> files = uploads.again(person, uploads.all(person, letter.files())).stream()
                .map(Upload::id)
                .toList();
        save(person, new KeptLetter(form, files, letter.who()), DraftEdition.showing(0, ""));
        forgetChangedElsewhere(person, letter.form().id());
        return form;
    }

    /** Where another program has the letter now, our row of it has no meaning any more. */
    private void forgetChangedElsewhere(SignedIn person, String id) {
        if (drafts.find(person.username(), id).filter(StoredDraft::isClash).isPresent()) {
            drafts.forget(person.username(), id);
        }
    }

    /**
     * Throws a letter away, so that this can be undone.
     *
     * @return whether there was anything to be thrown away
     */
    boolean discard(SignedIn person, MailSession session, KeptLetter letter, DraftEdition edition, Reader reader) {
        String id = letter.form().id();
        boolean stored = drafts.find(person.username(), id).isPresent();
        if (!stored && edition.replaced().isEmpty()) {
            return false;
        }
        if (!stored) {
            save(person, letter, edition);
        }
        if (drafts.discard(person.username(), id, true)) {
            copies.now(person, session, id, reader);
            return true;
        }
        return false;
    }

    /** Undoes that; false when it is too late. */
    boolean restore(SignedIn person, String id) {
        return drafts.find(person.username(), id).filter(StoredDraft::discarded).isPresent()
                && drafts.discard(person.username(), id, false);
    }
}
