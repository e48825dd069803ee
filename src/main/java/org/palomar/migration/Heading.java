package org.palomar.migration;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.palomar.mail.HeaderField;
import org.palomar.mime.HeaderDate;
import org.palomar.mime.HeaderText;

/** What the header of a message on its way says of it. Nothing in it is to be believed. */
final class Heading {

    private static final int LONGEST = 200;

    private final List<HeaderField> fields;

    /** @param head the beginning of the message */
    Heading(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        this.fields = HeaderField.all(end < 0 ? text : text.substring(0, end + 2));
    }

    /**
     * When the message was received, as the last server that handed it on says (RFC 5321 section 4.4), else when it was written.
     *
     * @param now for what says neither, or lies in the future
     */
    Instant arrived(Instant now) {
        Stream<String> received = values("Received").limit(1).map(line -> line.substring(line.lastIndexOf(';') + 1));
        return Stream.concat(received, values("Date").limit(1))
                .map(HeaderDate::parse)
                .filter(Objects::nonNull)
                .filter(date -> date.isAfter(Instant.EPOCH) && date.isBefore(now.plusSeconds(86_400)))
                .findFirst()
                .orElse(now);
    }

    /** For the person to know which one it is. */
    String title() {
        String from = values("From").findFirst().orElse("");
        String subject = values("Subject").findFirst().orElse("");
        String title = HeaderText.decode(from).strip() + " — "
                + HeaderText.decode(subject).strip();
        return title.length() > LONGEST ? title.substring(0, LONGEST) : title;
    }

    private Stream<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value);
    }
}
