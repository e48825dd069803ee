package org.palomar.imap.angus;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.SearchKey;
import org.palomar.mail.Uid;

/** UID SEARCH by a {@link SearchKey} (RFC 9051 section 6.4.4), with the short answers of ESEARCH (RFC 4731) where the server has them. */
final class Matching {

    private final ImapConnection connection;

    Matching(ImapConnection connection) {
        this.connection = connection;
    }

    /**
     * All messages that match.
     *
     * @param fresh whether the server has just told what is in the mailbox; else it is asked first, in a round trip of its own
     */
    List<Uid> of(SearchKey key, boolean fresh) {
        // With UTF8=ACCEPT a charset is not allowed (RFC 6855 section 3).
        boolean plain = SearchKeys.isAscii(key) || connection.supportsUtf8();
        Answer answer = run(key, StandardCharsets.UTF_8, plain ? null : "UTF-8", fresh);
        if (answer.completion().isOK() || plain) {
            return Search.found(answer.orThrow()).list();
        }
        // RFC 9051 has every server know UTF-8; RFC 3501 had not, and some refuse without saying BADCHARSET.
        Optional<Charset> other =
                offered(answer).filter(charset -> holds(charset, key)).findFirst();
        Answer again = other.isPresent()
                ? run(key, other.get(), other.get().name(), true)
                : run(SearchKeys.ascii(key), StandardCharsets.US_ASCII, null, true);
        return Search.found(again.orThrow()).list();
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
}
