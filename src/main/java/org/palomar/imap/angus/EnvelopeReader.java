package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.MessageId;
import org.palomar.mime.HeaderText;

/** ENVELOPE (RFC 9051 section 7.5.2) to words; anything may be NIL, missing or of the wrong kind. */
final class EnvelopeReader {

    static final Envelope EMPTY =
            new Envelope(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);

    private static final int MAX_ADDRESSES = 2_000;
    private static final int MAX_ID_LENGTH = 2_000;

    private EnvelopeReader() {}

    static Envelope read(Value envelope) {
        List<Value> fields = envelope.members();
        if (fields.isEmpty()) {
            return EMPTY;
        }
        return new Envelope(
                Dates.header(field(fields, 0).string()),
                field(fields, 1).header(),
                addresses(field(fields, 2)),
                addresses(field(fields, 3)),
                addresses(field(fields, 4)),
                addresses(field(fields, 5)),
                addresses(field(fields, 6)),
                addresses(field(fields, 7)),
                bounded(field(fields, 8).string()),
                messageId(field(fields, 9).string()));
    }

    private static Value field(List<Value> fields, int index) {
        return index < fields.size() ? fields.get(index) : Value.Nil.NIL;
    }

    private static List<Address> addresses(Value list) {
        List<Address> addresses = new ArrayList<>();
        for (Value member : list.members()) {
            Address address = address(member.members());
            if (address != null && addresses.size() < MAX_ADDRESSES) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** Group syntax: a name without host begins a group, all NIL ends it (RFC 9051 section 7.5.2). */
    private static @Nullable Address address(List<Value> parts) {
        String name = parts.isEmpty() ? null : parts.getFirst().header();
        String local = text(field(parts, 2));
        String host = text(field(parts, 3));
        if (field(parts, 3) instanceof Value.Nil) {
            return local.isEmpty() ? null : new Address(local, "");
        }
        // Dovecot writes these words where the header has no such part.
        boolean noLocal = local.isEmpty() || local.equals("MISSING_MAILBOX");
        boolean noHost = host.isEmpty() || host.equals("MISSING_DOMAIN");
        String address = noLocal && noHost ? "" : noHost ? local : noLocal ? host : local + "@" + host;
        return new Address(name, address);
    }

    private static String text(Value value) {
        String decoded = value.header();
        return decoded == null ? "" : decoded;
    }

    private static @Nullable String bounded(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String plain = HeaderText.line(text.length() > MAX_ID_LENGTH ? text.substring(0, MAX_ID_LENGTH) : text);
        return plain.isEmpty() ? null : plain;
    }

    private static @Nullable MessageId messageId(@Nullable String text) {
        String bounded = bounded(text);
        List<MessageId> ids = bounded == null ? List.of() : MessageId.all(bounded);
        return ids.isEmpty() ? null : ids.getFirst();
    }
}
