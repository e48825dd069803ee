package org.palomar.mail;

import java.time.LocalDate;
import java.util.List;

/** What a server is asked to look for (RFC 9051 section 6.4.4, search-key). Text goes over the wire quoted or as a literal only. */
public sealed interface SearchKey {

    /** Every message. */
    SearchKey ALL = new And(List.of());

    /** Whether it asks about messages below some UID, and so not about those that arrive meanwhile. */
    static boolean isBounded(SearchKey key) {
        return switch (key) {
            case Uids uids -> !uids.last().equals(Uids.GREATEST);
            case And(List<SearchKey> keys) -> keys.stream().anyMatch(SearchKey::isBounded);
            default -> false;
        };
    }

    /** Where text is looked for. */
    enum Field {
        FROM,
        TO,
        CC,
        BCC,
        SUBJECT,
        BODY
    }

    /**
     * Text somewhere in a field, without regard to case.
     *
     * @param text 1 to 1,000 characters without CR, LF or NUL
     * @param fuzzy whether a server that can (RFC 6203) may also find what is nearly that
     */
    record Words(Field field, String text, boolean fuzzy) implements SearchKey {

        private static final int MAX_LENGTH = 1_000;

        public Words {
            if (text.isEmpty() || text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("text to search for has 1 to 1,000 characters");
            }
            if (text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
                throw new IllegalArgumentException("text to search for has no CR, LF or NUL");
            }
        }

        public Words(Field field, String text) {
            this(field, text, false);
        }
    }

    /** Messages with a flag or keyword, or without it. */
    record Flagged(String flag, boolean set) implements SearchKey {

        public Flagged {
            flag = Flags.of(flag).values().iterator().next();
        }
    }

    /** Messages that arrived on that day or later, by the server's calendar: its zone is not the reader's. */
    record Since(LocalDate day) implements SearchKey {}

    /** Messages that arrived before that day, by the server's calendar. */
    record Before(LocalDate day) implements SearchKey {}

    /** Messages of more than so many octets. */
    record Larger(long octets) implements SearchKey {}

    /** Messages of fewer than so many octets. */
    record Smaller(long octets) implements SearchKey {}

    /**
     * Messages in a range of UIDs.
     *
     * @param last inclusive
     */
    record Uids(Uid first, Uid last) implements SearchKey {

        private static final Uid GREATEST = new Uid(0xFFFF_FFFFL);

        /** From a UID on, with whatever arrives meanwhile. */
        public static Uids from(Uid first) {
            return new Uids(first, GREATEST);
        }
    }

    /** Messages that do not match. */
    record Not(SearchKey key) implements SearchKey {}

    /** Messages that match all of them; with none, every message. */
    record And(List<SearchKey> keys) implements SearchKey {

        public And {
            keys = List.copyOf(keys);
        }
    }

    /** Messages that match one of them; at least one. */
    record Or(List<SearchKey> keys) implements SearchKey {

        public Or {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("nothing to choose from");
            }
        }
    }
}
