package org.palomar.imap.angus;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.angus.mail.iap.Argument;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;

/** UID SEARCH (RFC 9051 section 6.4.4), with the short answers of ESEARCH (RFC 4731) where the server has them. */
final class Search {

    /** Larger mailboxes are not believed. */
    private static final long MAX_FOUND = 5_000_000;

    private final ImapConnection connection;

    Search(ImapConnection connection) {
        this.connection = connection;
    }

    List<Uid> all() {
        return found(connection.run(Command.read("UID SEARCH ALL")).orThrow());
    }

    List<Uid> messageId(String id) {
        if (id.isEmpty() || id.length() > 1_000 || id.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("not a Message-ID");
        }
        boolean ascii = id.chars().allMatch(c -> c < 128);
        Command command = Command.read(
                (ascii || connection.supportsUtf8() ? "UID SEARCH" : "UID SEARCH CHARSET UTF-8") + " HEADER Message-ID",
                new Argument().writeString(id, StandardCharsets.UTF_8));
        return found(connection.run(command).orThrow());
    }

    /**
     * All messages that match.
     *
     * @param fresh whether the server has just told what is in the mailbox; else it is asked first, in a round trip of its own
     */
    List<Uid> matching(SearchKey key, boolean fresh) {
        // With UTF8=ACCEPT a charset is not allowed (RFC 6855 section 3).
        boolean plain = SearchKeys.isAscii(key) || connection.supportsUtf8();
        Answer answer = run(key, StandardCharsets.UTF_8, plain ? null : "UTF-8", fresh);
        if (answer.completion().isOK() || plain) {
            return found(answer.orThrow());
        }
        // RFC 9051 has every server know UTF-8; RFC 3501 had not, and some refuse without saying BADCHARSET.
        Optional<Charset> other =
                offered(answer).filter(charset -> holds(charset, key)).findFirst();
        return found((other.isPresent()
                        ? run(key, other.get(), other.get().name(), true)
                        : run(SearchKeys.ascii(key), StandardCharsets.US_ASCII, null, true))
                .orThrow());
    }

    private Answer run(SearchKey key, Charset charset, @Nullable String named, boolean fresh) {
        if (!fresh) {
            // Answered first: Dovecot searches what it knew before a NOOP that is sent along.
            connection.run(Command.read("NOOP"));
        }
        // GreenMail, which knows neither, takes what follows FROM for a whole address.
        boolean simple = !connection.offers("NAMESPACE") && !connection.offers("ESEARCH");
        Answer answer = runOnce(key, charset, named, simple);
        return answer.completion().isBAD() && !simple ? runOnce(key, charset, named, true) : answer;
    }

    private Answer runOnce(SearchKey key, Charset charset, @Nullable String named, boolean lines) {
        String text = "UID SEARCH" + (connection.offers("ESEARCH") ? " RETURN (ALL)" : "")
                + (named == null ? "" : " CHARSET " + named);
        boolean fuzzy = connection.offers("SEARCH=FUZZY");
        return connection.run(Command.read(text, SearchKeys.write(key, charset, fuzzy, lines)));
    }

    /** The charsets that came with BADCHARSET and that this Java knows. */
    private static Stream<Charset> offered(Answer answer) {
        return answer.codes("BADCHARSET")
                .flatMap(code -> Stream.of(code.arguments().split("[ ()\"]+", -1)))
                .flatMap(name -> charset(name).stream());
    }

    private static Optional<Charset> charset(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.canEncode() && !charset.equals(StandardCharsets.UTF_8)
                    ? Optional.of(charset)
                    : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return Optional.empty();
        }
    }

    private static boolean holds(Charset charset, SearchKey key) {
        return switch (key) {
            case SearchKey.Words words -> charset.newEncoder().canEncode(words.text());
            case SearchKey.Not(SearchKey inner) -> holds(charset, inner);
            case SearchKey.And(List<SearchKey> keys) -> keys.stream().allMatch(each -> holds(charset, each));
            case SearchKey.Or(List<SearchKey> keys) -> keys.stream().allMatch(each -> holds(charset, each));
            default -> true;
        };
    }

    private static List<Uid> found(Answer answer) {
        Stream<Uid> listed = answer.data("SEARCH")
                .flatMap(response -> values(response).stream())
                .map(value -> value.number(0))
                .filter(number -> number > 0 && number <= 0xFFFF_FFFFL)
                .map(Uid::new);
        Stream<Uid> extended = answer.data("ESEARCH").flatMap(response -> set(values(response)).stream());
        return Stream.concat(listed, extended).sorted().distinct().toList();
    }

    /** What follows ALL in an ESEARCH response (RFC 4731 section 3.1); nothing follows when nothing was found. */
    private static List<Uid> set(List<Value> values) {
        for (int i = 0; i < values.size() - 1; i++) {
            if ("ALL".equalsIgnoreCase(values.get(i).string())) {
                String set = values.get(i + 1).string();
                return set == null ? List.of() : UidSets.expand(set, MAX_FOUND);
            }
        }
        return List.of();
    }

    private static List<Value> values(WireResponse response) {
        try {
            return response.values().rest();
        } catch (ValueReader.Malformed e) {
            throw new ImapException.Refused("a SEARCH that cannot be read: " + e.getMessage());
        }
    }
}
