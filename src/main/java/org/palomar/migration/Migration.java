package org.palomar.migration;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row: mail that is brought home, once or again and again.
 *
 * @param due when it is looked at again
 * @param attempts that failed one after the other
 * @param reason a word for what holds it up, or empty
 * @param plan null when it cannot be opened any more
 * @param begun of the present or last run
 */
public record Migration(
        String person,
        String id,
        Kind kind,
        MigrationState state,
        Instant made,
        Instant due,
        int attempts,
        String reason,
        @Nullable Plan plan,
        @Nullable Instant begun,
        @Nullable Instant ended,
        Progress progress) {

    /** Under which the ledger keeps what became of each message: the same for everything that comes from there. */
    String account() {
        Plan known = plan;
        if (known == null || known.server() == null) {
            return Digests.of("file", person, id);
        }
        Server server = known.server();
        return Digests.of(kind.word(), person, server.host().toLowerCase(Locale.ROOT), server.username());
    }
}
