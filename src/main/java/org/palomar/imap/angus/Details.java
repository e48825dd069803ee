package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox.Detail;
import org.palomar.imap.OpenMailbox.Neighbours;
import org.palomar.mail.HeaderField;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.Uid;

/** FETCH of one message with some of its header lines, and of its neighbours. */
final class Details {

    private static final int MAX_HEADER = 256 * 1024;
    private static final int MOST_FIELDS = 1_000;

    private final ImapConnection connection;
    private final SelectedMailbox mailbox;

    Details(ImapConnection connection, SelectedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    Detail detail(Uid uid, List<String> headers) {
        String fields =
                headers.isEmpty() ? "" : " BODY.PEEK[HEADER.FIELDS (" + names(headers) + ")]<0." + MAX_HEADER + ">";
        Answer answer =
                connection.run(Command.read("UID FETCH " + uid + " (" + SummaryItems.full(connection) + fields + ")"));
        Optional<Map.Entry<Integer, Map<String, Value>>> found = FetchedMessages.of(answer).known().entrySet().stream()
                .filter(entry -> uid.equals(SummaryItems.uid(entry.getValue())))
                .findFirst();
        MessageSummary summary = found.map(entry -> SummaryItems.read(mailbox, entry.getKey(), entry.getValue()))
                .orElseGet(() -> lone(uid));
        mailbox.tell(summary.sequence());
        List<HeaderField> all = found.map(entry -> fields(entry.getValue())).orElseGet(List::of);
        return new Detail(summary, firsts(all), all);
    }

    private MessageSummary lone(Uid uid) {
        List<MessageSummary> found = new Summaries(connection, mailbox).of(List.of(uid));
        if (found.isEmpty()) {
            throw new ImapException.MessageGone("no message " + uid);
        }
        return found.getFirst();
    }

    Neighbours neighbours(int when) {
        int sequence = mailbox.now(when);
        int from = Math.max(1, sequence - 1);
        int to = Math.min(mailbox.messages(), sequence + 1);
        if (from > to) {
            return new Neighbours(null, null);
        }
        Answer answer = connection.run(Command.read("FETCH " + from + ":" + to + " (UID)"));
        Map<Integer, Map<String, Value>> found = FetchedMessages.of(answer).known();
        MessageRef[] refs = new MessageRef[2];
        for (int i = 0; i < 2; i++) {
            Uid uid = SummaryItems.uid(found.getOrDefault(sequence + (i == 0 ? 1 : -1), Map.of()));
            if (uid != null) {
                refs[i] = new MessageRef(mailbox.name(), mailbox.uidValidity(), uid);
            }
        }
        return new Neighbours(refs[0], refs[1]);
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
        return firsts(fields(items));
    }

    private static List<HeaderField> fields(Map<String, Value> items) {
        List<HeaderField> fields = new ArrayList<>();
        items.forEach((name, value) -> {
            byte[] bytes = name.startsWith("BODY[HEADER.FIELDS") ? value.bytes() : null;
            if (bytes != null) {
                parse(new String(bytes, StandardCharsets.ISO_8859_1), fields);
            }
        });
        return List.copyOf(fields);
    }

    private static void parse(String block, List<HeaderField> fields) {
        int at = 0;
        while (at < block.length() && fields.size() < MOST_FIELDS) {
            int end = lineEnd(block, at);
            while (end < block.length() && (block.charAt(end) == ' ' || block.charAt(end) == '\t')) {
                end = lineEnd(block, end);
            }
            int colon = block.indexOf(':', at);
            if (colon > at && colon < end) {
                String value = block.substring(colon + 1, end);
                fields.add(new HeaderField(
                        block.substring(at, colon).strip(),
                        value.replace("\r", "").replace("\n", "").strip()));
            }
            at = end;
        }
    }

    private static int lineEnd(String block, int from) {
        int newline = block.indexOf('\n', from);
        return newline < 0 ? block.length() : newline + 1;
    }
}
