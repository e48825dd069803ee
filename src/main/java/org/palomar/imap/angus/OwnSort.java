package org.palomar.imap.angus;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.SortKey;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;
import org.palomar.mime.Subjects;

/**
 * Orders messages by keys fetched from the server, for servers without SORT (RFC 5256) such as Gmail and Exchange. The keys
 * come 2,000 messages at a time and are held only while sorting: about 120 octets a message.
 */
final class OwnSort {

    private static final int CHUNK = 2_000;

    /** Longer keys differ before their end, or do not matter. */
    private static final int MAX_KEY = 60;

    private static final int MAX_HEADER = 2_000;

    private static final Pattern LABEL = Pattern.compile("^\\[[^\\[\\]]*]\\s*(?=\\S)");
    private static final Pattern TRAILER = Pattern.compile("(?:\\s*\\(fwd\\))+$", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final ImapConnection connection;
    private final SortKey by;

    OwnSort(ImapConnection connection, SortKey by) {
        this.connection = connection;
        this.by = by;
    }

    /** All of these, which exist; one whose key does not come is ordered as one without. */
    Uids all(Uids ascending) {
        return sort(ascending, true);
    }

    /** Those of these that exist. */
    Uids some(Uids ascending) {
        return sort(ascending, false);
    }

    private Uids sort(Uids uids, boolean exist) {
        List<Keyed> keyed = new ArrayList<>(uids.size());
        for (int from = 0; from < uids.size(); from += CHUNK) {
            List<Uid> chunk = uids.list(from, Math.min(uids.size(), from + CHUNK));
            Map<Uid, Keyed> found = fetch(chunk);
            chunk.stream()
                    .filter(uid -> exist || found.containsKey(uid))
                    .forEach(uid -> keyed.add(found.getOrDefault(uid, new Keyed(uid, 0, ""))));
        }
        // Stable: what is equal stays in the order of UIDs.
        keyed.sort(Comparator.comparingLong(Keyed::number).thenComparing(Keyed::text));
        Uids.Builder order = new Uids.Builder(keyed.size());
        keyed.forEach(key -> order.add(key.uid.value()));
        return order.build();
    }

    private Map<Uid, Keyed> fetch(List<Uid> uids) {
        List<Command> commands = UidSets.of(uids).stream()
                .map(set -> Command.read("UID FETCH " + set + " (UID " + items() + ")"))
                .toList();
        Map<Uid, Keyed> keys = new HashMap<>();
        FetchedMessages.of(connection.run(commands)).known().values().forEach(items -> {
            Uid uid = SummaryItems.uid(items);
            if (uid != null) {
                keys.put(uid, key(uid, items));
            }
        });
        return keys;
    }

    private String items() {
        String header = "BODY.PEEK[HEADER.FIELDS (" + by.name() + ")]<0." + MAX_HEADER + ">";
        return switch (by) {
            case SIZE -> "RFC822.SIZE";
            case DATE -> "INTERNALDATE " + header;
            case FROM, TO, SUBJECT -> header;
        };
    }

    private Keyed key(Uid uid, Map<String, Value> items) {
        String header =
                by == SortKey.SIZE ? null : Details.headers(items).get(by.name().toLowerCase(Locale.ROOT));
        return switch (by) {
            case SIZE ->
                new Keyed(uid, items.getOrDefault("RFC822.SIZE", Value.Nil.NIL).number(0), "");
            case DATE -> new Keyed(uid, date(header, items), "");
            case SUBJECT -> new Keyed(uid, 0, folded(subject(header)));
            case FROM, TO -> new Keyed(uid, 0, folded(person(header)));
        };
    }

    private static long date(@Nullable String header, Map<String, Value> items) {
        Instant date = Dates.header(header);
        return (date != null
                        ? date
                        : Dates.internal(items.getOrDefault("INTERNALDATE", Value.Nil.NIL)
                                .string()))
                .getEpochSecond();
    }

    /** The base subject of RFC 5256 section 2.1, in more languages. */
    static String subject(@Nullable String header) {
        String subject = Subjects.base(header);
        String before = "";
        while (!subject.equals(before)) {
            before = subject;
            subject = Subjects.base(
                    TRAILER.matcher(LABEL.matcher(subject).replaceFirst("")).replaceFirst(""));
        }
        return subject;
    }

    /** The name of the first person, else the address. */
    static String person(@Nullable String header) {
        String value = header == null ? "" : header.strip();
        int comma = value.indexOf(',');
        int at = value.indexOf('@');
        if (at >= 0 && at < comma && value.indexOf('<') > comma) {
            return person(value.substring(0, comma));
        }
        int address = value.indexOf('<');
        String name =
                address < 0 ? "" : value.substring(0, address).replace("\"", "").strip();
        if (!name.isEmpty()) {
            return name;
        }
        int end = address < 0 ? value.indexOf(',') : value.indexOf('>');
        return value.substring(address + 1, end < 0 ? value.length() : end).strip();
    }

    /** Without case and accents, as people look for names. */
    private static String folded(String text) {
        String start = text.substring(0, Math.min(text.length(), MAX_KEY));
        String folded = MARKS.matcher(Normalizer.normalize(start, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return folded.substring(0, Math.min(folded.length(), MAX_KEY));
    }

    /** One number and one text, of which only one says something. */
    private record Keyed(Uid uid, long number, String text) {}
}
