package org.palomar.compose;

import java.util.function.Supplier;
import org.palomar.smtp.Offer;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** What the operator allows, and the submission server takes, as far as that is known. */
@Component
class Terms {

    /** For header and text. */
    private static final long ROOM = 256 * 1024;

    /** Base64 makes 57 octets a line of 78 (RFC 2045 section 6.8). */
    private static final long FILE = 57;

    private static final long LINE = 78;

    private static final long MEGABYTE = 1 << 20;

    private final ComposeProperties properties;
    private final Supplier<Offer> offer;

    Terms(ComposeProperties properties, Supplier<Offer> offer) {
        this.properties = properties;
        this.offer = offer;
    }

    /** How large the files of a message may be together. */
    long octets() {
        long own = properties.maxSize().toBytes();
        long theirs = offer.get().size().orElse(Long.MAX_VALUE);
        return Math.min(own, Math.max(0, theirs - ROOM) / LINE * FILE);
    }

    /** The same as people write it. */
    String words(Reader reader) {
        long octets = octets();
        return octets < MEGABYTE ? reader.size(octets) : reader.number(octets / MEGABYTE) + " MB";
    }

    /** Whether it is known that nobody will report what becomes of a message (RFC 3461). */
    boolean lackReports() {
        return offer.get().lacks(Offer.DSN);
    }

    /** Whether it is known that addresses whose local part is not ASCII are refused (RFC 6531). */
    boolean lackInternational() {
        return offer.get().lacks(Offer.UTF8);
    }
}
