package org.palomar.imap.angus;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates on the wire. */
final class Dates {

    private static final DateTimeFormatter INTERNAL = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy HH:mm:ss Z")
            .toFormatter(Locale.ENGLISH);
    private static final DateTimeFormatter INTERNAL_OUT = DateTimeFormatter.ofPattern(
                    "dd-MMM-yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final int LONGEST = 100;

    private Dates() {}

    /** INTERNALDATE (RFC 9051 section 2.3.3); the epoch when it cannot be read. */
    static Instant internal(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.from(INTERNAL.parse(text.strip()));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** As APPEND wants it. */
    static String internal(Instant instant) {
        return INTERNAL_OUT.format(instant);
    }

    /** The Date header, however it is written, or null. */
    static @Nullable Instant header(@Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            return null;
        }
        try {
            Instant instant = new MailDateFormat().parse(text).toInstant();
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
        } catch (ParseException | RuntimeException e) {
            return null;
        }
    }
}
