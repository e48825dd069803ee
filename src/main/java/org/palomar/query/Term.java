package org.palomar.query;

import java.util.Locale;

/**
 * One part of a {@link Query}; its text form is how it is typed. A message must match all parts, and none of the negated.
 */
public sealed interface Term {

    boolean negated();

    /** Where a text is looked for. */
    enum Place {
        ANYWHERE,
        FROM,
        TO,
        CC,
        SUBJECT,
        BODY
    }

    /** What a message is marked as. */
    enum Mark {
        UNREAD,
        READ,
        FLAGGED,
        ANSWERED,
        DRAFT
    }

    /** On which side of a {@link Period} a message arrived; {@code AFTER} has the period itself in it. */
    enum Side {
        BEFORE,
        AFTER,
        ON
    }

    /**
     * A word or a phrase.
     *
     * @param text 1 to 200 characters, without a quotation mark when {@code quoted}
     * @param quoted typed between quotation marks
     */
    record Text(Place place, String text, boolean quoted, boolean negated) implements Term {
        @Override
        public String toString() {
            String operator = place == Place.ANYWHERE ? "" : place.name().toLowerCase(Locale.ROOT) + ":";
            return minus(negated) + operator + (quoted ? '"' + text + '"' : text);
        }
    }

    /** Whether a file came with it. */
    record Attachment(boolean negated) implements Term {
        @Override
        public String toString() {
            return minus(negated) + "has:attachment";
        }
    }

    /** How it is marked. */
    record Marked(Mark mark, boolean negated) implements Term {
        @Override
        public String toString() {
            return minus(negated) + "is:" + mark.name().toLowerCase(Locale.ROOT);
        }
    }

    /** When it arrived, in the reader's time zone. */
    record Arrived(Side side, Period period, boolean negated) implements Term {
        @Override
        public String toString() {
            return minus(negated) + side.name().toLowerCase(Locale.ROOT) + ":" + period;
        }
    }

    /** How large it is; a kilobyte has 1,000 octets, as everywhere in the product. */
    record Size(boolean larger, long octets, boolean negated) implements Term {
        @Override
        public String toString() {
            String written = octets > 0 && octets % 1_000_000 == 0
                    ? octets / 1_000_000 + "m"
                    : octets > 0 && octets % 1_000 == 0 ? octets / 1_000 + "k" : Long.toString(octets);
            return minus(negated) + (larger ? "larger:" : "smaller:") + written;
        }
    }

    /**
     * Where it lies.
     *
     * @param mailbox a mailbox's name as typed, or one of the words for their uses
     */
    record In(String mailbox, boolean quoted, boolean negated) implements Term {
        @Override
        public String toString() {
            return minus(negated) + "in:" + (quoted ? '"' + mailbox + '"' : mailbox);
        }
    }

    private static String minus(boolean negated) {
        return negated ? "-" : "";
    }
}
