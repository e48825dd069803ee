package org.palomar.bench;

import static org.palomar.bench.Operations.ROWS;
import static org.palomar.bench.Site.BIG;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Searching for what {@link Corpus#RARE} messages have. Letters change between upper and lower case from one search to the next:
 * to the mail server that is the same, and nobody can answer from what was found before.
 */
final class SearchOperations {

    private int spelling;

    List<Operation> all() {
        return List.of(
                search("search.subject.first", "search subjects, first results", "subject", false, 20),
                search("search.subject.all", "search subjects, all results", "subject", true, 20),
                search("search.text.first", "search texts, first results", "body", false, 5),
                search("search.text.all", "search texts, all results", "body", true, 5));
    }

    /** @param where what Palomar, Roundcube and IMAP call the place; the last in capitals */
    private Operation search(String key, String name, String where, boolean all, int times) {
        return Operation.of(key, name)
                .in(BIG)
                .gives(all ? Corpus.RARE : 1)
                .times(times)
                .floor((imap, _) -> search(imap, where.toUpperCase(Locale.ROOT) + " " + word(where)))
                .palomar((web, _) -> web.search(BIG, where + ":" + word(where), all))
                .roundcube((web, _) -> web.search(BIG, where, word(where)));
    }

    /** The whole search, and then a page of what it found. */
    private static long search(RawImap imap, String criteria) throws IOException {
        List<Long> uids = imap.run("NOOP", "UID SEARCH " + criteria).uids();
        return imap.run("UID FETCH " + Site.set(uids.subList(Math.max(0, uids.size() - ROWS), uids.size())) + " "
                        + RawImap.ROW)
                .rows();
    }

    private String word(String where) {
        String word = where.equals("subject") ? Corpus.IN_SUBJECT : Corpus.IN_TEXT;
        spelling++;
        StringBuilder spelt = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            spelt.append((spelling >> i & 1) == 1 ? Character.toUpperCase(word.charAt(i)) : word.charAt(i));
        }
        return spelt.toString();
    }
}
