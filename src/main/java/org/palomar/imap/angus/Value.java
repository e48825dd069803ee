package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a response is made of (RFC 9051 section 4): strings, numbers and atoms alike as octets, lists, and NIL. */
sealed interface Value {

    /** The octets, or null for NIL and for a list. */
    default byte @Nullable [] bytes() {
        return this instanceof Text text ? Arrays.copyOfRange(text.buffer, text.from, text.to) : null;
    }

    /** The text as UTF-8 or else Windows-1252, or null for NIL and for a list. */
    default @Nullable String string() {
        byte[] bytes = bytes();
        return bytes == null ? null : Octets.text(bytes);
    }

    /** The text as a header field that a person reads, or null for NIL and for a list. */
    default @Nullable String header() {
        byte[] bytes = bytes();
        return bytes == null ? null : Octets.header(bytes);
    }

    /** The number, or {@code otherwise}. */
    default long number(long otherwise) {
        if (this instanceof Text text && text.to > text.from && text.to - text.from <= 19) {
            try {
                return Long.parseLong(
                        new String(text.buffer, text.from, text.to - text.from, StandardCharsets.US_ASCII));
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
        return otherwise;
    }

    /** The members of a list; none for anything else. */
    default List<Value> members() {
        return this instanceof Group group ? group.values : List.of();
    }

    /** Nothing. */
    enum Nil implements Value {
        NIL
    }

    /** Octets {@code from} (inclusive) to {@code to} (exclusive) of a response; not copied, since they may be a megabyte. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(byte[] buffer, int from, int to) implements Value {
        int length() {
            return to - from;
        }
    }

    /** A parenthesised list. */
    record Group(List<Value> values) implements Value {}
}
