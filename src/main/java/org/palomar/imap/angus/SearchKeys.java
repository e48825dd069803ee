package org.palomar.imap.angus;

import java.nio.charset.Charset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.iap.Argument;
import org.palomar.imap.ImapException;
import org.palomar.mail.Flags;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SearchKey.Field;

/** Writes a {@link SearchKey} (RFC 9051 section 6.4.4). What a person typed becomes a quoted string or a literal, nothing else. */
final class SearchKeys {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

    /** RFC 3501 knows no larger number. */
    private static final long MAX_NUMBER = 0xFFFF_FFFFL;

    private final Charset charset;
    private final boolean fuzzy;
    private final boolean lines;

    private SearchKeys(Charset charset, boolean fuzzy, boolean lines) {
        this.charset = charset;
        this.fuzzy = fuzzy;
        this.lines = lines;
    }

    /**
     * @param fuzzy whether the server knows FUZZY
     * @param lines looks for people in the lines of the header, for servers that take what follows FROM for an address
     */
    static Argument write(SearchKey key, Charset charset, boolean fuzzy, boolean lines) {
        Argument arguments = new Argument();
        new SearchKeys(charset, fuzzy, lines).append(key, arguments, true);
        return arguments;
    }

    /**
     * The key without text that has other letters than US-ASCII, for a server that takes no others; it finds the same or more.
     *
     * @throws ImapException.Refused when nothing would be left of a text
     */
    static SearchKey ascii(SearchKey key) {
        return switch (key) {
            case SearchKey.Words words -> words(words);
            case SearchKey.Not(SearchKey.Words words) when !isAscii(words.text()) -> SearchKey.ALL;
            case SearchKey.Not(SearchKey inner) -> isAscii(inner) ? key : SearchKey.ALL;
            case SearchKey.And(List<SearchKey> keys) ->
                new SearchKey.And(keys.stream().map(SearchKeys::ascii).toList());
            case SearchKey.Or(List<SearchKey> keys) ->
                new SearchKey.Or(keys.stream().map(SearchKeys::ascii).toList());
            default -> key;
        };
    }

    /** Servers look for text inside words: of {@code café} it is {@code caf} that every server can find. */
    private static SearchKey words(SearchKey.Words words) {
        String longest = "";
        for (String run : words.text().split("[^\\x20-\\x7e]+", -1)) {
            longest = run.strip().length() > longest.length() ? run.strip() : longest;
        }
        if (longest.isEmpty()) {
            throw new ImapException.Refused("the server does not search for such letters");
        }
        return new SearchKey.Words(words.field(), longest, words.fuzzy());
    }

    static boolean isAscii(SearchKey key) {
        return switch (key) {
            case SearchKey.Words words -> isAscii(words.text());
            case SearchKey.Not(SearchKey inner) -> isAscii(inner);
            case SearchKey.And(List<SearchKey> keys) -> keys.stream().allMatch(SearchKeys::isAscii);
            case SearchKey.Or(List<SearchKey> keys) -> keys.stream().allMatch(SearchKeys::isAscii);
            default -> true;
        };
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private void append(SearchKey key, Argument to, boolean top) {
        switch (key) {
            case SearchKey.Words words -> words(words, to);
            case SearchKey.Flagged flagged -> flag(flagged, to);
            case SearchKey.Since(var day) -> to.writeAtom("SINCE").writeAtom(DAY.format(day));
            case SearchKey.Before(var day) -> to.writeAtom("BEFORE").writeAtom(DAY.format(day));
            case SearchKey.Larger(long octets) -> to.writeAtom("LARGER").writeNumber(Math.min(octets, MAX_NUMBER));
            case SearchKey.Smaller(long octets) -> to.writeAtom("SMALLER").writeNumber(Math.min(octets, MAX_NUMBER));
            case SearchKey.Uids(var first, var last) -> to.writeAtom("UID").writeAtom(first + ":" + last);
            case SearchKey.Not(SearchKey inner) -> append(inner, to.writeAtom("NOT"), false);
            case SearchKey.And(List<SearchKey> keys) -> all(flat(keys), to, top);
            case SearchKey.Or(List<SearchKey> keys) -> {
                for (int i = 0; i < keys.size(); i++) {
                    if (i < keys.size() - 1) {
                        to.writeAtom("OR");
                    }
                    append(keys.get(i), to, false);
                }
            }
        }
    }

    private void all(List<SearchKey> keys, Argument to, boolean top) {
        if (keys.isEmpty()) {
            to.writeAtom("ALL");
        } else if (top || keys.size() == 1) {
            keys.forEach(each -> append(each, to, false));
        } else {
            Argument group = new Argument();
            keys.forEach(each -> append(each, group, false));
            to.writeArgument(group);
        }
    }

    /** Old servers stumble over parentheses, so there are none that need not be. */
    private static List<SearchKey> flat(List<SearchKey> keys) {
        List<SearchKey> flat = new ArrayList<>();
        for (SearchKey key : keys) {
            if (key instanceof SearchKey.And(List<SearchKey> inner)) {
                flat.addAll(flat(inner));
            } else {
                flat.add(key);
            }
        }
        return flat;
    }

    private void words(SearchKey.Words words, Argument to) {
        if (fuzzy && words.fuzzy()) {
            to.writeAtom("FUZZY");
        }
        boolean person = words.field() != Field.SUBJECT && words.field() != Field.BODY;
        if (lines && person) {
            to.writeAtom("HEADER");
        }
        to.writeAtom(words.field().name()).writeNString(words.text(), charset);
    }

    private static void flag(SearchKey.Flagged flagged, Argument to) {
        String without = flagged.set() ? "" : "UN";
        switch (flagged.flag()) {
            case Flags.SEEN, Flags.ANSWERED, Flags.FLAGGED, Flags.DRAFT, Flags.DELETED ->
                to.writeAtom(without + flagged.flag().substring(1).toUpperCase(Locale.ROOT));
            default -> to.writeAtom(without + "KEYWORD").writeAtom(flagged.flag());
        }
    }
}
