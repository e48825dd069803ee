package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox.Ahead;
import org.palomar.imap.OpenMailbox.Detail;
import org.palomar.imap.OpenMailbox.Neighbours;
import org.palomar.mail.HeaderField;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;

/**
 * FETCH of one message with some of its header lines, its parts and its neighbours. What a reader will want after the structure is
 * asked for along with it: in the same round trip where the structure is known from {@link KnownRows}, else in the next one.
 */
final class Details {

    private static final Answer NOTHING = new Answer(List.of(), List.of());
    private static final int MAX_HEADER = 256 * 1024;

    private final ImapConnection connection;
    private final SelectedMailbox mailbox;
    private @Nullable Fetched fetched;

    /**
     * What was asked for along with a message and has come.
     *
     * @param limit octets of each part that were asked for
     * @param sequence of the message
     */
    private record Fetched(
            Uid uid,
            Map<PartPath, byte[]> parts,
            int limit,
            int sequence,
            @Nullable Neighbours neighbours) {}

    Details(ImapConnection connection, SelectedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    Detail detail(Uid uid, List<String> headers, Ahead ahead) {
        String fields =
                headers.isEmpty() ? "" : " BODY.PEEK[HEADER.FIELDS (" + names(headers) + ")]<0." + MAX_HEADER + ">";
        MessageSummary known = mailbox.rows().of(List.of(uid)).get(uid);
        Detail detail = known == null ? null : again(known, fields, ahead);
        if (detail == null) {
            detail = anew(uid, fields);
            List<Command> more = more(detail.summary(), "", ahead);
            // Output is held until there is something to wait for: nothing must not be run.
            take(more.isEmpty() ? NOTHING : connection.run(more), detail.summary(), ahead);
        }
        mailbox.tell(detail.summary().sequence());
        return detail;
    }

    /** A message whose structure is known: all in one round trip. Null when it is otherwise than was thought. */
    private @Nullable Detail again(MessageSummary known, String fields, Ahead ahead) {
        Answer answer = connection.run(more(known, "FLAGS" + fields, ahead));
        Uid uid = known.ref().uid();
        Map.Entry<Integer, Map<String, Value>> found = find(FetchedMessages.of(answer), uid);
        Value flags = found == null ? null : found.getValue().get("FLAGS");
        if (found == null || flags == null || !(fields.isEmpty() || hasHeaders(found.getValue()))) {
            return null;
        }
        MessageSummary now = mailbox.rows().now(known, found.getKey(), SummaryItems.flags(flags));
        take(answer, now, ahead);
        return new Detail(now, headers(found.getValue()), lines(found.getValue()));
    }

    private Detail anew(Uid uid, String fields) {
        Answer answer =
                connection.run(Command.read("UID FETCH " + uid + " (" + SummaryItems.full(connection) + fields + ")"));
        Map.Entry<Integer, Map<String, Value>> found = find(FetchedMessages.of(answer), uid);
        MessageSummary summary = found == null ? null : SummaryItems.read(mailbox, found.getKey(), found.getValue());
        if (found == null || summary == null) {
            return new Detail(lone(uid), Map.of(), "");
        }
        if (summary.body() != null) {
            mailbox.rows().put(summary);
        }
        return new Detail(summary, headers(found.getValue()), lines(found.getValue()));
    }

    /** What is to be asked of the message, and what is read after it. */
    private List<Command> more(MessageSummary message, String items, Ahead ahead) {
        Uid uid = message.ref().uid();
        List<PartPath> paths =
                message.body() == null ? List.of() : ahead.parts().apply(message.body());
        List<Command> commands = new ArrayList<>();
        if (!items.isEmpty()) {
            commands.add(Command.read("UID FETCH " + uid + " (UID " + items + ")"));
        }
        if (!paths.isEmpty() && paths.size() <= Parts.MAX_PATHS) {
            commands.add(Command.read("UID FETCH " + uid + " (" + Parts.items(paths, ahead.limit()) + ")"));
        }
        if (ahead.neighbours()) {
            beside(message.sequence()).ifPresent(commands::add);
        }
        return commands;
    }

    private void take(Answer answer, MessageSummary message, Ahead ahead) {
        NavigableMap<Integer, Map<String, Value>> all =
                FetchedMessages.of(answer).known();
        Map<String, Value> items = all.getOrDefault(message.sequence(), Map.of());
        Map<PartPath, byte[]> parts = message.body() == null || !answer.isOk()
                ? Map.of()
                : Parts.content(items, ahead.parts().apply(message.body()));
        fetched = new Fetched(
                message.ref().uid(), parts, ahead.limit(), message.sequence(), neighbours(all, message.sequence()));
    }

    private static Map.@Nullable Entry<Integer, Map<String, Value>> find(FetchedMessages fetched, Uid uid) {
        return fetched.known().entrySet().stream()
                .filter(entry -> uid.equals(SummaryItems.uid(entry.getValue())))
                .findFirst()
                .orElse(null);
    }

    /** Those of the parts that came along with the message; the others are asked for. */
    Map<PartPath, byte[]> parts(Uid uid, List<PartPath> paths, int limit) {
        Fetched known = fetched;
        if (known == null
                || !known.uid.equals(uid)
                || known.limit != limit
                || !known.parts.keySet().containsAll(paths)) {
            return paths.isEmpty() ? Map.of() : new Parts(connection).parts(uid, paths, limit);
        }
        Map<PartPath, byte[]> parts = new HashMap<>(known.parts);
        parts.keySet().retainAll(paths);
        return parts;
    }

    private MessageSummary lone(Uid uid) {
        List<MessageSummary> found = new Summaries(connection, mailbox).of(List.of(uid));
        if (found.isEmpty()) {
            throw new ImapException.MessageGone("no message " + uid);
        }
        return found.getFirst();
    }

    Neighbours neighbours(int when) {
        if (fetched != null && fetched.sequence == when && fetched.neighbours != null) {
            return fetched.neighbours;
        }
        int sequence = mailbox.now(when);
        Answer answer = connection.run(beside(sequence).stream().toList());
        NavigableMap<Integer, Map<String, Value>> found =
                FetchedMessages.of(answer).known();
        return new Neighbours(neighbour(found, sequence + 1), neighbour(found, sequence - 1));
    }

    /** Empty where there is nothing to ask for. */
    private Optional<Command> beside(int sequence) {
        int from = Math.max(1, sequence - 1);
        int to = Math.min(mailbox.messages(), sequence + 1);
        return from > to ? Optional.empty() : Optional.of(Command.read("FETCH " + from + ":" + to + " (UID)"));
    }

    /** Null when one of them did not come. */
    private @Nullable Neighbours neighbours(NavigableMap<Integer, Map<String, Value>> found, int sequence) {
        Neighbours beside = new Neighbours(neighbour(found, sequence + 1), neighbour(found, sequence - 1));
        boolean all =
                (beside.newer() != null || sequence >= mailbox.messages()) && (beside.older() != null || sequence <= 1);
        return all ? beside : null;
    }

    private @Nullable MessageRef neighbour(Map<Integer, Map<String, Value>> found, int sequence) {
        Uid uid = SummaryItems.uid(found.getOrDefault(sequence, Map.of()));
        return uid == null ? null : new MessageRef(mailbox.name(), mailbox.uidValidity(), uid);
    }

    private static String names(List<String> headers) {
        for (String header : headers) {
            boolean token = !header.isEmpty()
                    && header.length() <= 100
                    && header.chars().allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}*%".indexOf(c) < 0);
            if (!token) {
                throw new IllegalArgumentException("not a header name");
            }
        }
        return String.join(" ", headers);
    }

    private static boolean hasHeaders(Map<String, Value> items) {
        return items.keySet().stream().anyMatch(name -> name.startsWith("BODY[HEADER.FIELDS"));
    }

    /** The first line of each name: further ones were written below, by whoever handled the message before. */
    private static Map<String, String> firsts(List<HeaderField> fields) {
        Map<String, String> headers = new HashMap<>();
        for (HeaderField field : fields) {
            headers.computeIfAbsent(
                    field.name(), _ -> Octets.header(field.value().getBytes(StandardCharsets.ISO_8859_1)));
        }
        return headers;
    }

    /** The first line of each name, decoded, by lower-case name. */
    static Map<String, String> headers(Map<String, Value> items) {
        return firsts(HeaderField.all(lines(items)));
    }

    private static String lines(Map<String, Value> items) {
        StringBuilder lines = new StringBuilder();
        items.forEach((name, value) -> {
            byte[] bytes = name.startsWith("BODY[HEADER.FIELDS") ? value.bytes() : null;
            if (bytes != null) {
                lines.append(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        });
        return lines.toString();
    }
}
