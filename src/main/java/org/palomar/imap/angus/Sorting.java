package org.palomar.imap.angus;

import java.util.Collection;
import java.util.List;
import org.palomar.mail.SortKey;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;

/**
 * UID SORT (RFC 5256), or where there is none keys fetched and compared here. So are people where the server knows no SORT=DISPLAY
 * (RFC 5957): by what stands before the @ alone, all newsletters from {@code noreply@} would mix.
 */
final class Sorting {

    private static final int FEW = 2_000;

    private final ImapConnection connection;
    private final SelectedMailbox mailbox;

    Sorting(ImapConnection connection, SelectedMailbox mailbox) {
        this.connection = connection;
        this.mailbox = mailbox;
    }

    /** @param fresh whether the server told about changes a moment ago */
    Uids all(SortKey key, boolean fresh) {
        if (sorts(key, mailbox.messages())) {
            Answer answer = Search.whole(connection, Command.read(sort(key) + "ALL"), fresh);
            if (answer.completion().isOK()) {
                return order(answer);
            }
        }
        return new OwnSort(connection, key).all(new Search(connection).inventory(fresh));
    }

    Uids some(SortKey key, Collection<Uid> uids) {
        Uids asked = Uids.of(uids).ascending();
        List<String> sets = UidSets.of(uids);
        // A command line has an end, and an order cannot be put together from orders of parts.
        if (sorts(key, uids.size()) && sets.size() == 1) {
            Answer answer = connection.run(Command.read(sort(key) + "UID " + sets.getFirst()));
            if (answer.completion().isOK()) {
                return order(answer).within(asked);
            }
        }
        return new OwnSort(connection, key).some(asked);
    }

    private boolean sorts(SortKey key, int messages) {
        return switch (key) {
            case DATE, SUBJECT -> connection.offers("SORT");
            // A few sizes are fetched as quickly, and GreenMail, which is the demo's, orders by those of the bodies
            // alone.
            case SIZE -> connection.offers("SORT") && messages > FEW;
            case FROM, TO -> connection.offers("SORT=DISPLAY");
        };
    }

    /** PARTIAL (RFC 5267) is not asked for: the server orders everything all the same, and the next page would cost as much. */
    private static String sort(SortKey key) {
        return "UID SORT ("
                + switch (key) {
                    case DATE, SUBJECT, SIZE -> key.name();
                    case FROM, TO -> "DISPLAY" + key.name();
                }
                + ") UTF-8 ";
    }

    private static Uids order(Answer answer) {
        Uids.Builder uids = new Uids.Builder(0);
        answer.data("SORT").forEach(response -> response.numbers(uids));
        return uids.build();
    }
}
