package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.angus.mail.iap.Argument;
import org.palomar.imap.ImapException;
import org.palomar.mail.MessageId;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;

/** UID SEARCH (RFC 9051 section 6.4.4). */
final class Search {

    /** Messages that go all the time are looked for next time. */
    private static final int MAX_REPEATS = 2;

    private final ImapConnection connection;

    Search(ImapConnection connection) {
        this.connection = connection;
    }

    List<Uid> all() {
        return inventory(false).list();
    }

    /**
     * All UIDs, ascending.
     *
     * @param fresh whether the server told about changes a moment ago
     */
    Uids inventory(boolean fresh) {
        Command command = Command.read(connection.offers("ESEARCH") ? "UID SEARCH RETURN (ALL) ALL" : "UID SEARCH ALL");
        return found(whole(connection, command, fresh).orThrow());
    }

    /** What an answer found, in the long form or that of ESEARCH (RFC 4731 section 3.1), ascending. */
    static Uids found(Answer answer) {
        Uids.Builder uids = new Uids.Builder(0);
        answer.data("SEARCH").forEach(response -> response.numbers(uids));
        answer.data("ESEARCH")
                .flatMap(response -> values(response).stream())
                .dropWhile(value -> !"ALL".equalsIgnoreCase(value.string()))
                .skip(1)
                .limit(1)
                .forEach(set -> UidSets.expand(String.valueOf(set.string()), uids));
        return uids.build().ascending();
    }

    /**
     * Runs a command that tells of all messages, after a NOOP in the same round trip. Dovecot then may answer from before the news
     * that the NOOP brings, so with some the command is given again.
     */
    static Answer whole(ImapConnection connection, Command command, boolean fresh) {
        Answer answer = connection.run(fresh ? List.of(command) : List.of(Command.read("NOOP"), command));
        for (int i = 0; i < MAX_REPEATS && hasNews(answer); i++) {
            answer = connection.run(command);
        }
        return answer;
    }

    List<Uid> messageId(String id) {
        if (id.isEmpty() || id.length() > 1_000 || id.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("not a Message-ID");
        }
        boolean ascii = id.chars().allMatch(c -> c < 128);
        return now(Command.read(
                (ascii || connection.supportsUtf8() ? "UID SEARCH" : "UID SEARCH CHARSET UTF-8") + " HEADER Message-ID",
                new Argument().writeString(id, StandardCharsets.UTF_8)));
    }

    List<Uid> among(Collection<Uid> uids) {
        List<Uid> found = new ArrayList<>();
        for (String set : UidSets.of(uids)) {
            found.addAll(now(Command.read("UID SEARCH UID " + set)));
        }
        return found;
    }

    /**
     * A server searches what it has told this connection of. It is asked for news in the same round trip, and searches again
     * when there were any; asked before the search, Dovecot would put them off until after it.
     */
    private List<Uid> now(Command search) {
        Answer answer = connection.run(List.of(search, Command.read("NOOP"))).orThrow();
        return hasNews(answer) ? run(search) : uids(answer);
    }

    private static boolean hasNews(Answer answer) {
        return answer.untagged().stream()
                .anyMatch(line -> line.isData("EXISTS") || line.isData("EXPUNGE") || line.isData("VANISHED"));
    }

    /** One search for each identifier and header, all at once: servers with an index find each of them by itself. */
    List<Uid> mentioning(List<MessageId> ids) {
        if (ids.isEmpty() || ids.size() > 20) {
            throw new IllegalArgumentException("1 to 20 identifiers at once");
        }
        List<Command> commands = new ArrayList<>();
        for (MessageId id : ids) {
            boolean ascii = id.value().chars().allMatch(c -> c < 128);
            for (String header : List.of("Message-ID", "References", "In-Reply-To")) {
                commands.add(Command.read(
                        (ascii || connection.supportsUtf8() ? "UID SEARCH" : "UID SEARCH CHARSET UTF-8") + " HEADER "
                                + header,
                        new Argument().writeString(id.value(), StandardCharsets.UTF_8)));
            }
        }
        return uids(connection.run(commands).orThrow());
    }

    private List<Uid> run(Command command) {
        return uids(connection.run(command).orThrow());
    }

    /** What the SEARCH responses of an answer hold, ascending. */
    static List<Uid> uids(Answer answer) {
        return answer.data("SEARCH")
                .flatMap(response -> values(response).stream())
                .map(value -> value.number(0))
                .filter(number -> number > 0 && number <= 0xFFFF_FFFFL)
                .map(Uid::new)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Value> values(WireResponse response) {
        try {
            return response.values().rest();
        } catch (ValueReader.Malformed e) {
            throw new ImapException.Refused("a SEARCH that cannot be read: " + e.getMessage());
        }
    }
}
