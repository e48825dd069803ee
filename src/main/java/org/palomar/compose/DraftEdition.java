package org.palomar.compose;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palomar.drafts.Edition;
import org.palomar.mail.MessageRef;

/**
 * What the editor's page says of the letter in work, beside its form.
 *
 * @param revision the one that the page shows, 0 for a new letter
 * @param editor random name of this page
 * @param turn how often it has saved
 * @param origin {@link MessageRef#address()} of somebody else's draft that it was opened from, or of the copy where nothing else is kept;
 *     or empty
 */
record DraftEdition(Long revision, String editor, Long turn, String origin) {

    DraftEdition(@Nullable Long revision, @Nullable String editor, @Nullable Long turn, @Nullable String origin) {
        this.revision = revision == null ? 0L : Math.max(0L, revision);
        this.editor = editor == null || editor.length() > 36 ? "" : editor;
        this.turn = turn == null ? 0L : Math.max(0L, turn);
        this.origin = origin == null ? "" : origin;
    }

    /** A page that shows this revision. */
    static DraftEdition showing(long revision, String origin) {
        return new DraftEdition(revision, UUID.randomUUID().toString(), 0L, origin);
    }

    Edition edition() {
        return new Edition(revision, editor, turn);
    }

    /** The message it takes the place of. */
    Optional<MessageRef> replaced() {
        try {
            return origin.isEmpty() ? Optional.empty() : Optional.of(MessageRef.parse(origin));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
