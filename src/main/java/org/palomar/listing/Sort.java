package org.palomar.listing;

import java.time.Instant;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.SortKey;

/** The order of a list, as {@code sort=} and {@code dir=} say it in a URL. */
public record Sort(By by, boolean descending) {

    /** Newest arrival first. A URL without {@code sort=} means it. */
    public static final Sort NEWEST = new Sort(By.ARRIVAL, true);

    /** What rows are ordered by; {@link #word} is the URL's. */
    public enum By {
        ARRIVAL(true),
        DATE(true),
        SENDER(false),
        SUBJECT(false),
        SIZE(true);

        private final boolean descends;

        /** @param descends the direction a reader expects first */
        By(boolean descends) {
            this.descends = descends;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the words of a URL. What is not understood counts as not said. */
    public static Sort of(@Nullable String sort, @Nullable String dir) {
        By by = Stream.of(By.values())
                .filter(value -> value.word().equals(sort))
                .findFirst()
                .orElse(By.ARRIVAL);
        return new Sort(by, "desc".equals(dir) || (by.descends && !"asc".equals(dir)));
    }

    public String word() {
        return by.word();
    }

    public String dir() {
        return descending ? "desc" : "asc";
    }

    public boolean isNewest() {
        return equals(NEWEST);
    }

    /** The path with {@code sort=sender&dir=asc} in its query; {@link #NEWEST} is not written. */
    public String onto(String path) {
        return isNewest() ? path : path + (path.contains("?") ? "&" : "?") + "sort=" + word() + "&dir=" + dir();
    }

    /** What grows from row to row, for the words of the direction: {@code time}, {@code text} or {@code size}. */
    public String kind() {
        return switch (by) {
            case ARRIVAL, DATE -> "time";
            case SENDER, SUBJECT -> "text";
            case SIZE -> "size";
        };
    }

    /** Whether days follow one another, so that each can have a heading. */
    public boolean byDay() {
        return by == By.ARRIVAL || by == By.DATE;
    }

    /** The date a list in this order shows. */
    Instant date(MessageSummary message) {
        Instant sent = message.envelope().date();
        return by == By.DATE && sent != null ? sent : message.arrived();
    }

    /**
     * What the messages are to be ordered by, or null for their order in the mailbox.
     *
     * @param outgoing whether one's own mail lies there, where it is the recipients that differ; asked only for that
     */
    public @Nullable SortKey key(BooleanSupplier outgoing) {
        return switch (by) {
            case ARRIVAL -> null;
            case DATE -> SortKey.DATE;
            case SENDER -> outgoing.getAsBoolean() ? SortKey.TO : SortKey.FROM;
            case SUBJECT -> SortKey.SUBJECT;
            case SIZE -> SortKey.SIZE;
        };
    }
}
