package org.palomar.imap.angus;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Flags;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;
import org.palomar.mime.HeaderText;

/** The FETCH items of a list row, and the row made from them. */
final class SummaryItems {

    /** What remains when a server stumbles over the shape of a message. */
    static final String LIGHT = "UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE";

    /** What remains when it stumbles over the envelope too. */
    static final String BARE = "UID FLAGS INTERNALDATE RFC822.SIZE";

    private static final int MAX_PREVIEW = 300;

    private SummaryItems() {}

    static String full(ImapConnection connection) {
        return LIGHT + " BODYSTRUCTURE" + (connection.offers("PREVIEW") ? " PREVIEW" : "");
    }

    /** The row, or null when the UID is missing. */
    static @Nullable MessageSummary read(SelectedMailbox mailbox, int sequence, Map<String, Value> items) {
        Uid uid = uid(items);
        if (uid == null) {
            return null;
        }
        return new MessageSummary(
                new MessageRef(mailbox.name(), mailbox.uidValidity(), uid),
                sequence,
                EnvelopeReader.read(items.getOrDefault("ENVELOPE", Value.Nil.NIL)),
                flags(items.getOrDefault("FLAGS", Value.Nil.NIL)),
                Dates.internal(items.getOrDefault("INTERNALDATE", Value.Nil.NIL).string()),
                Math.max(0, items.getOrDefault("RFC822.SIZE", Value.Nil.NIL).number(0)),
                BodyStructureReader.read(items.get("BODYSTRUCTURE")),
                preview(items.getOrDefault("PREVIEW", Value.Nil.NIL).string()));
    }

    static @Nullable Uid uid(Map<String, Value> items) {
        long number = items.getOrDefault("UID", Value.Nil.NIL).number(0);
        return number > 0 && number <= 0xFFFF_FFFFL ? new Uid(number) : null;
    }

    /** Flags that are none (RFC 9051 section 2.3.2) are left out, and so is {@code \Recent}, which says nothing. */
    static Flags flags(Value list) {
        Set<String> flags = new TreeSet<>();
        for (Value member : list.members()) {
            String flag = member.string();
            if (flag != null && !flag.toLowerCase(Locale.ROOT).equals("\\recent") && isFlag(flag)) {
                flags.add(flag);
            }
        }
        return new Flags(flags);
    }

    private static boolean isFlag(String flag) {
        try {
            return !Flags.of(flag).values().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String preview(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = HeaderText.line(text);
        int end = Math.min(plain.length(), MAX_PREVIEW);
        return plain.substring(0, end > 0 && Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end);
    }
}
