package org.palomar.bench;

import static org.palomar.bench.Operations.ROWS;
import static org.palomar.bench.Site.BIG;

import java.io.IOException;
import java.util.List;

/** Pages of a mailbox in each of their orders. */
final class ListOperations {

    private final Site site;

    ListOperations(Site site) {
        this.site = site;
    }

    List<Operation> all() {
        return List.of(
                list("list.first", "list, page 1"),
                Operation.of("list.deep", "list, a page in the middle")
                        .in(BIG)
                        .gives(ROWS)
                        .floor((imap, i) -> window(imap, (deep(i) - 1) * ROWS))
                        .palomar((web, i) -> web.list(BIG, deep(i)))
                        .roundcube((web, i) -> web.list(BIG, deep(i), View.ARRIVAL)),
                list("list.changed", "list, page 1, one more message came").meanwhile(_ -> site.touch(BIG)),
                sorted("sort.second", "sorted by sender, page 2", 2),
                Operation.of("sort.page", "sorted by sender, a page in the middle")
                        .in(BIG, View.SENDER)
                        .gives(ROWS)
                        .floor((imap, i) -> bySender(imap, deep(i)))
                        .palomar((web, i) -> web.bySender(BIG, deep(i)))
                        .roundcube((web, i) -> web.list(BIG, deep(i), View.SENDER)),
                sorted("sort.changed", "sorted by sender, page 1, one more message came", 1)
                        .meanwhile(_ -> site.touch(BIG)),
                threaded("thread.page", "conversations, page 1"),
                threaded("thread.changed", "conversations, page 1, one more message came")
                        .meanwhile(_ -> site.touch(BIG)),
                Operation.of("list.page", "mailbox, the whole page")
                        .in(BIG)
                        .gives(ROWS)
                        .floor((imap, _) -> window(imap, 0))
                        .palomar((web, _) -> web.mailbox(BIG))
                        .roundcube((web, _) -> web.mailbox(BIG)),
                Operation.of("list.refresh", "refresh the inbox")
                        .in("INBOX")
                        .gives(ROWS)
                        .floor((imap, _) -> window(imap, 0))
                        .palomar((web, _) -> web.list("INBOX", 1))
                        .roundcube((web, _) -> web.list("INBOX", 1, View.ARRIVAL)),
                Operation.of("tree", "counters of all mailboxes")
                        .in("INBOX")
                        .gives(8)
                        .floor((imap, _) ->
                                imap
                                        .run("LIST \"\" \"*\" RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN))")
                                        .lines()
                                        .stream()
                                        .filter(line -> line.startsWith("* STATUS "))
                                        .count())
                        .palomar((web, _) -> web.tree("INBOX")));
    }

    private static Operation list(String key, String name) {
        return Operation.of(key, name)
                .in(BIG)
                .gives(ROWS)
                .floor((imap, _) -> window(imap, 0))
                .palomar((web, _) -> web.list(BIG, 1))
                .roundcube((web, _) -> web.list(BIG, 1, View.ARRIVAL));
    }

    private static Operation sorted(String key, String name, int page) {
        return Operation.of(key, name)
                .in(BIG, View.SENDER)
                .gives(ROWS)
                .floor((imap, _) -> bySender(imap, page))
                .palomar((web, _) -> web.bySender(BIG, page))
                .roundcube((web, _) -> web.list(BIG, page, View.SENDER));
    }

    private static Operation threaded(String key, String name) {
        return Operation.of(key, name)
                .in(BIG, View.THREADS)
                .gives(ROWS)
                .floor((imap, _) -> threads(imap))
                .palomar((web, _) -> web.conversations(BIG))
                .roundcube((web, _) -> web.list(BIG, 1, View.THREADS));
    }

    private int deep(int sample) {
        int pages = Math.max(1, site.messages() / ROWS);
        return Math.max(1, Math.min(pages, pages / 2 + sample % 20));
    }

    /** NOOP and FETCH at once, as whoever wants to see what came has to. */
    private static long window(RawImap imap, int skip) throws IOException {
        long high = imap.exists() - skip;
        return imap.run(
                        "NOOP",
                        "FETCH " + Math.max(1, high - ROWS + 1) + ":" + (skip == 0 ? "*" : high) + " " + RawImap.ROW)
                .rows();
    }

    /** Which rows, and then the rows. */
    private static long bySender(RawImap imap, int page) throws IOException {
        String rows = imap
                .run(
                        "NOOP",
                        "UID SORT RETURN (PARTIAL " + ((page - 1) * ROWS + 1) + ":" + page * ROWS
                                + ") (DISPLAYFROM) UTF-8 ALL")
                .lines()
                .stream()
                .filter(line -> line.startsWith("* ESEARCH "))
                .map(line -> line.replaceAll(".* |\\)", ""))
                .findFirst()
                .orElseThrow();
        return imap.run("UID FETCH " + rows + " " + RawImap.ROW).rows();
    }

    /** All conversations, the newest last, and then the newest message of each on the page. */
    private static long threads(RawImap imap) throws IOException {
        String all = imap.run("NOOP", "UID THREAD REFS UTF-8 ALL").lines().stream()
                .filter(line -> line.startsWith("* THREAD "))
                .findFirst()
                .orElseThrow();
        StringBuilder uids = new StringBuilder();
        int end = all.length();
        for (int found = 0, depth = 0, at = end - 1; at > 8 && found < ROWS; at--) {
            depth += all.charAt(at) == ')' ? 1 : all.charAt(at) == '(' ? -1 : 0;
            if (depth == 0) {
                uids.append(uids.isEmpty() ? "" : ",").append(newest(all.substring(at, end)));
                end = at;
                found++;
            }
        }
        return imap.run("UID FETCH " + uids + " " + RawImap.ROW).rows();
    }

    private static long newest(String thread) {
        long newest = 0;
        for (String uid : thread.split("[() ]+")) {
            newest = uid.isEmpty() ? newest : Math.max(newest, Long.parseLong(uid));
        }
        return newest;
    }
}
