package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.angus.mail.iap.Argument;
import org.palomar.imap.ImapException;
import org.palomar.mail.Uid;

/** UID SEARCH (RFC 9051 section 6.4.4). */
final class Search {

    private final ImapConnection connection;

    Search(ImapConnection connection) {
        this.connection = connection;
    }

    List<Uid> all() {
        return now("ALL");
    }

    List<Uid> messageId(String id) {
        if (id.isEmpty() || id.length() > 1_000 || id.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("not a Message-ID");
        }
        boolean ascii = id.chars().allMatch(c -> c < 128);
        return run(Command.read(
                (ascii || connection.supportsUtf8() ? "UID SEARCH" : "UID SEARCH CHARSET UTF-8") + " HEADER Message-ID",
                new Argument().writeString(id, StandardCharsets.UTF_8)));
    }

    List<Uid> among(Collection<Uid> uids) {
        List<Uid> found = new ArrayList<>();
        for (String set : UidSets.of(uids)) {
            found.addAll(now("UID " + set));
        }
        return found;
    }

    /**
     * A server searches what it has told this connection of. It is asked for news in the same round trip, and searches again
     * when there were any; asked before the search, Dovecot would put them off until after it.
     */
    private List<Uid> now(String key) {
        Command search = Command.read("UID SEARCH " + key);
        Answer answer = connection.run(List.of(search, Command.read("NOOP"))).orThrow();
        boolean news = answer.untagged().stream()
                .anyMatch(line -> line.isData("EXISTS") || line.isData("EXPUNGE") || line.isData("VANISHED"));
        return news ? run(search) : uids(answer);
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
