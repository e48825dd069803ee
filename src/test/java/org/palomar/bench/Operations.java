package org.palomar.bench;

import static org.palomar.bench.Site.BIG;
import static org.palomar.bench.Site.DONE;
import static org.palomar.bench.Site.FRIEND;
import static org.palomar.bench.Site.PERSON;
import static org.palomar.bench.Site.WORK;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.palomar.bench.RawImap.Reply;

/** What is measured. To add an operation, add it to {@link #all}: a key, what is right, and a step for each system. */
final class Operations {

    private static final int ROWS = 50;

    private final Site site;
    private final byte[] file;

    /** What the current sample acts on. */
    private List<Long> uids = List.of();

    Operations(Site site) {
        this.site = site;
        this.file = random(site.large() / 4);
    }

    List<Operation> all() throws IOException {
        List<Operation> all = new ArrayList<>();
        all.addAll(lists());
        all.addAll(messages());
        all.addAll(actions());
        all.add(Operation.of("sign-in", "sign in, until the inbox stands")
                .gives(ROWS)
                .floor(this::signIn)
                .palomar((web, _) -> web.another()));
        if (site.canSend()) {
            all.add(Operation.of("send", "write and send with 5 MB")
                    .times(10)
                    .floor(this::send)
                    .palomar((web, i) -> {
                        web.send(FRIEND, "five " + i, file);
                        return 1;
                    }));
        }
        return all;
    }

    private List<Operation> lists() {
        return List.of(
                Operation.of("list.first", "list, page 1")
                        .in(BIG)
                        .gives(ROWS)
                        .floor((imap, _) -> window(imap, 0))
                        .palomar((web, _) -> web.list(BIG, 1)),
                Operation.of("list.deep", "list, a page in the middle")
                        .in(BIG)
                        .gives(ROWS)
                        .floor((imap, i) -> window(imap, (deep(i) - 1) * ROWS))
                        .palomar((web, i) -> web.list(BIG, deep(i))),
                Operation.of("list.changed", "list, page 1, one more message came")
                        .in(BIG)
                        .gives(ROWS)
                        .before(_ -> site.touch(BIG))
                        .floor((imap, _) -> window(imap, 0))
                        .palomar((web, _) -> web.list(BIG, 1)),
                Operation.of("sort.page", "sorted by sender, a page in the middle")
                        .in(BIG)
                        .gives(ROWS)
                        .floor((imap, i) -> sorted(imap, deep(i)))
                        .palomar((web, i) -> web.sorted(BIG, "sender", deep(i))),
                Operation.of("sort.changed", "sorted by sender, page 1, one more message came")
                        .in(BIG)
                        .gives(ROWS)
                        .before(_ -> site.touch(BIG))
                        .floor((imap, _) -> sorted(imap, 1))
                        .palomar((web, _) -> web.sorted(BIG, "sender", 1)),
                Operation.of("list.page", "mailbox, the whole page")
                        .in(BIG)
                        .gives(ROWS)
                        .floor((imap, _) -> window(imap, 0))
                        .palomar((web, _) -> web.mailbox(BIG)),
                Operation.of("list.refresh", "refresh the inbox")
                        .in("INBOX")
                        .gives(ROWS)
                        .floor((imap, _) -> window(imap, 0))
                        .palomar((web, _) -> web.list("INBOX", 1)),
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

    private List<Operation> messages() throws IOException {
        long small = site.uid("INBOX", Corpus.SMALL);
        long news = site.uid("INBOX", Corpus.NEWSLETTER);
        long large = site.uid("INBOX", Corpus.LARGE);
        return List.of(
                open("open.small", "open a small message", small, "1", Corpus.SMALL),
                open("open.news", "open a newsletter of 140 KB", news, "2", Corpus.NEWSLETTER),
                open("open.large", "open the message with 20 MB", large, "1", Corpus.LARGE),
                Operation.of("download", "download 20 MB")
                        .in("INBOX")
                        .gives(site.large())
                        .times(10)
                        .floor((imap, _) -> imap.run("UID FETCH " + large + " BINARY.PEEK[2]")
                                .octets())
                        .palomar((web, _) -> web.download("INBOX", site.ref("INBOX", large), "2", _ -> {})));
    }

    private Operation open(String key, String name, long uid, String part, String subject) {
        return Operation.of(key, name)
                .in("INBOX")
                .gives(1)
                .floor((imap, _) -> one(imap.run("UID FETCH " + uid
                                + " (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[" + part + "])")
                        .contains(subject)))
                .palomar((web, _) ->
                        one(web.open("INBOX", site.ref("INBOX", uid)).contains(subject)));
    }

    private List<Operation> actions() {
        return List.of(
                Operation.of("act.seen", "mark the open message as read")
                        .in(WORK)
                        .before(_ -> uids = site.unflagged(WORK, 1, "\\Seen"))
                        .floor((imap, _) -> store(imap, "\\Seen"))
                        .palomar((web, _) -> {
                            web.seen(WORK, refs(WORK).getFirst());
                            return 1;
                        })
                        .after(_ -> expect(1, site.flagged(WORK, uids, "SEEN"))),
                flag("act.flag", "flag one in the list", 1),
                flag("act.flag50", "flag 50, a page", ROWS),
                move("act.move", "move one", 1, "move", DONE),
                move("act.delete", "delete one", 1, "delete", "Trash"),
                move("act.move50", "move 50, a page", ROWS, "move", DONE));
    }

    private Operation flag(String key, String name, int count) {
        return Operation.of(key, name)
                .in(WORK)
                .gives(1)
                .before(_ -> uids = site.unflagged(WORK, count, "\\Flagged"))
                .floor((imap, _) -> store(imap, "\\Flagged"))
                .palomar((web, _) -> web.act(WORK, "flag", refs(WORK), ""))
                .after(_ -> expect(count, site.flagged(WORK, uids, "FLAGGED")));
    }

    private Operation move(String key, String name, int count, String action, String target) {
        return Operation.of(key, name)
                .in(WORK)
                .gives(1)
                .before(_ -> uids = site.newest(WORK, count))
                .floor((imap, _) -> {
                    imap.run("UID MOVE " + Site.set(uids) + " \"" + target + "\"");
                    return 1;
                })
                .palomar((web, _) -> web.act(WORK, action, refs(WORK), action.equals("move") ? target : ""))
                .after(_ -> expect(count, site.back(target, WORK)));
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
    private static long sorted(RawImap imap, int page) throws IOException {
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

    private long store(RawImap imap, String flag) throws IOException {
        imap.run("UID STORE " + Site.set(uids) + " +FLAGS.SILENT (" + flag + ")");
        return 1;
    }

    private long signIn(RawImap imap, int sample) throws IOException {
        try (RawImap fresh = new RawImap(site.imapPort())) {
            fresh.run(RawImap.login(PERSON));
            Reply inbox = fresh.run("LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)", "SELECT INBOX");
            long high = inbox.number("^\\* (\\d+) EXISTS");
            int rows = fresh.run("FETCH " + (high - ROWS + 1) + ":* " + RawImap.ROW)
                    .rows();
            imap.meter().add(fresh.meter());
            return rows;
        }
    }

    private long send(RawImap imap, int sample) throws IOException {
        String head = "From: " + PERSON + "\r\nTo: " + FRIEND + "\r\nSubject: five " + sample
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"mix\"\r\n\r\n--mix\r\n"
                + "Content-Type: text/plain\r\n\r\nHere it is.\r\n--mix\r\nContent-Type: application/octet-stream; name=five.bin\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n";
        byte[] message = (head + Base64.getMimeEncoder().encodeToString(file) + "\r\n--mix--")
                .getBytes(StandardCharsets.US_ASCII);
        RawSmtp.send(site.submissionPort(), PERSON, FRIEND, message, imap.meter());
        imap.append("Sent", "\\Seen", message);
        return 1;
    }

    private List<String> refs(String mailbox) throws IOException {
        List<String> refs = new ArrayList<>();
        for (long uid : uids) {
            refs.add(site.ref(mailbox, uid));
        }
        return refs;
    }

    private static int one(boolean right) {
        return right ? 1 : 0;
    }

    private static void expect(int wanted, int found) {
        if (wanted != found) {
            throw new IllegalStateException(found + " messages where " + wanted + " were to be");
        }
    }

    private static byte[] random(int octets) {
        byte[] bytes = new byte[octets];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
