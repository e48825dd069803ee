package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.palomar.imap.ImapException;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;

/** FETCH of content (RFC 9051 section 6.4.5), always with PEEK so that nothing is marked as seen. */
final class Parts {

    static final int MAX_PATHS = 200;

    private final ImapConnection connection;

    Parts(ImapConnection connection) {
        this.connection = connection;
    }

    Map<PartPath, byte[]> parts(Uid uid, List<PartPath> paths, int limit) {
        Map<PartPath, byte[]> found = new HashMap<>();
        for (int from = 0; from < paths.size(); from += MAX_PATHS) {
            List<PartPath> some = paths.subList(from, Math.min(paths.size(), from + MAX_PATHS));
            found.putAll(content(fetch(uid, items(some, limit)), some));
        }
        return found;
    }

    /** FETCH items of parts, each up to {@code limit} octets. */
    static String items(List<PartPath> paths, int limit) {
        StringBuilder items = new StringBuilder("UID");
        paths.stream()
                .distinct()
                .forEach(path -> items.append(" BODY.PEEK[")
                        .append(content(path))
                        .append("]<0.")
                        .append(Math.max(1, limit))
                        .append('>'));
        return items.toString();
    }

    /** Those of the parts that came. */
    static Map<PartPath, byte[]> content(Map<String, Value> fetched, List<PartPath> paths) {
        Map<PartPath, byte[]> found = new HashMap<>();
        for (PartPath path : paths) {
            byte[] bytes = value(fetched, content(path)).bytes();
            if (bytes != null) {
                found.put(path, bytes);
            }
        }
        return found;
    }

    /** One UID FETCH for each part number that occurs, all pipelined. */
    Map<Uid, byte[]> heads(Map<Uid, PartPath> parts, int limit) {
        Map<PartPath, List<Uid>> byPath = new LinkedHashMap<>();
        parts.forEach((uid, path) ->
                byPath.computeIfAbsent(path, p -> new ArrayList<>()).add(uid));
        List<Command> commands = new ArrayList<>();
        byPath.forEach((path, uids) -> UidSets.of(uids)
                .forEach(set -> commands.add(Command.read("UID FETCH " + set + " (UID BODY.PEEK[" + content(path)
                        + "]<0." + Math.max(1, limit) + ">)"))));
        Map<Uid, byte[]> heads = new HashMap<>();
        FetchedMessages.of(connection.run(commands)).known().values().forEach(fetched -> {
            Uid uid = SummaryItems.uid(fetched);
            PartPath path = uid == null ? null : parts.get(uid);
            byte[] bytes = path == null ? null : value(fetched, content(path)).bytes();
            if (uid != null && bytes != null) {
                heads.put(uid, bytes);
            }
        });
        return heads;
    }

    byte[] header(Uid uid, PartPath path, int limit) {
        String section = path.isRoot() ? "HEADER" : path + ".MIME";
        Map<String, Value> fetched = fetch(uid, "UID BODY.PEEK[" + section + "]<0." + Math.max(1, limit) + ">");
        byte[] bytes = value(fetched, section).bytes();
        return bytes == null ? new byte[0] : bytes;
    }

    /** BODY[TEXT] is the content of a message that is no multipart. */
    private static String content(PartPath path) {
        return path.isRoot() ? "TEXT" : path.value();
    }

    private static Value value(Map<String, Value> fetched, String section) {
        return fetched.getOrDefault("BODY[" + section + "]", Value.Nil.NIL);
    }

    private Map<String, Value> fetch(Uid uid, String items) {
        return found(connection.run(Command.read("UID FETCH " + uid + " (" + items + ")")), uid);
    }

    /** What an answer says of one message. */
    static Map<String, Value> found(Answer answer, Uid uid) {
        Optional<Map<String, Value>> found = FetchedMessages.of(answer).known().values().stream()
                .filter(fetched -> uid.equals(SummaryItems.uid(fetched)))
                .findFirst();
        if (found.isEmpty()) {
            answer.orThrow();
            throw new ImapException.MessageGone("no message " + uid);
        }
        return found.get();
    }
}
