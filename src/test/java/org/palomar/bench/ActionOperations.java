package org.palomar.bench;

import static org.palomar.bench.Operations.ROWS;
import static org.palomar.bench.Site.DONE;
import static org.palomar.bench.Site.HALF;
import static org.palomar.bench.Site.WORK;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Marking and moving; afterwards the mail server says whether it happened. */
final class ActionOperations {

    private final Site site;

    /** What the current sample acts on. */
    private List<Long> uids = List.of();

    ActionOperations(Site site) {
        this.site = site;
    }

    List<Operation> all() {
        return List.of(
                Operation.of("act.seen", "mark the open message as read")
                        .in(WORK)
                        .gives(1)
                        .before(_ -> uids = site.unflagged(WORK, 1, "\\Seen"))
                        .floor((imap, _) -> store(imap, "\\Seen"))
                        .palomar((web, _) -> {
                            web.seen(WORK, refs(WORK).getFirst());
                            return 1;
                        })
                        .roundcube((web, _) -> web.mark(WORK, uids, "read"))
                        .after(_ -> expect(1, site.flagged(WORK, uids, "SEEN"))),
                flag("act.flag", "flag one in the list", 1),
                flag("act.flag50", "flag 50, a page", ROWS),
                move("act.move", "move one", 1, "move", DONE),
                move("act.delete", "delete one", 1, "delete", "Trash"),
                move("act.move50", "move 50, a page", ROWS, "move", DONE),
                Operation.of("act.move500", "move 500, the whole mailbox")
                        .in(HALF, View.WHOLE)
                        .gives(1)
                        .times(10)
                        .before(_ -> uids = site.newest(HALF, site.half()))
                        .floor((imap, _) -> move(imap, DONE))
                        .palomar((web, _) -> {
                            web.moveAll(HALF, DONE);
                            return 1;
                        })
                        .roundcube((web, _) -> web.move(HALF, "*", DONE))
                        .after(_ -> expect(site.half(), site.back(DONE, HALF))));
    }

    private Operation flag(String key, String name, int count) {
        return Operation.of(key, name)
                .in(WORK)
                .gives(1)
                .before(_ -> uids = site.unflagged(WORK, count, "\\Flagged"))
                .floor((imap, _) -> store(imap, "\\Flagged"))
                .palomar((web, _) -> web.act(WORK, "flag", refs(WORK), ""))
                .roundcube((web, _) -> web.mark(WORK, uids, "flagged"))
                .after(_ -> expect(count, site.flagged(WORK, uids, "FLAGGED")));
    }

    private Operation move(String key, String name, int count, String action, String target) {
        return Operation.of(key, name)
                .in(WORK)
                .gives(1)
                .before(_ -> uids = site.newest(WORK, count))
                .floor((imap, _) -> move(imap, target))
                .palomar((web, _) -> web.act(WORK, action, refs(WORK), action.equals("move") ? target : ""))
                .roundcube((web, _) -> web.move(WORK, Site.set(uids), target))
                .after(_ -> expect(count, site.back(target, WORK)));
    }

    private long store(RawImap imap, String flag) throws IOException {
        imap.run("UID STORE " + Site.set(uids) + " +FLAGS.SILENT (" + flag + ")");
        return 1;
    }

    private long move(RawImap imap, String target) throws IOException {
        imap.run("UID MOVE " + Site.set(uids) + " \"" + target + "\"");
        return 1;
    }

    private List<String> refs(String mailbox) throws IOException {
        List<String> refs = new ArrayList<>();
        for (long uid : uids) {
            refs.add(site.ref(mailbox, uid));
        }
        return refs;
    }

    private static void expect(int wanted, int found) {
        if (wanted != found) {
            throw new IllegalStateException(found + " messages where " + wanted + " were to be");
        }
    }
}
