package org.palomar.mailbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.listing.Day;
import org.palomar.listing.Orders;
import org.palomar.listing.Previews;
import org.palomar.listing.Sort;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.SortKey;
import org.palomar.mail.SpecialUse;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Paging;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/**
 * Reads one page of a mailbox: one round trip where the server writes previews itself, and where an order other than that of
 * arrival is known already.
 */
@Component
class MailboxReader {

    private final MailboxDirectory directory;
    private final Orders orders;
    private final Previews previews;

    MailboxReader(MailboxDirectory directory, Orders orders, Previews previews) {
        this.directory = directory;
        this.orders = orders;
        this.previews = previews;
    }

    /** @param page from 1; beyond the end gives the last page */
    MailboxPage read(SignedIn person, MailSession session, MailboxName name, int page, Sort sort, Reader reader) {
        SortKey key = sort.key(() -> directory.isOutgoing(person, session, name));
        Read read = session.examine(name, open -> {
            Orders.Slice slice = key == null
                    ? byArrival(open, page, sort.descending())
                    : orders.page(person, open, key, sort.descending(), page, Paging.SIZE);
            return new Read(slice, previews.of(person, open, slice.messages()));
        });
        Mailbox mailbox = directory.find(person, session, name).orElse(null);
        return page(name, mailbox, read, sort, reader);
    }

    /** The mailbox as it is now, or null when it is empty. */
    @Nullable
    WholeMailbox whole(MailSession session, MailboxName name) {
        OpenMailbox.Window newest = session.examine(name, open -> open.newest(0, 1));
        return newest.messages().isEmpty()
                ? null
                : new WholeMailbox(
                        newest.messages().getFirst().ref().uidValidity(),
                        newest.messages().getFirst().ref().uid(),
                        newest.total());
    }

    private static Orders.Slice byArrival(OpenMailbox open, int page, boolean newestFirst) {
        int wanted = Math.clamp(page, 1, Paging.pages(Math.max(open.messages(), 1)));
        int skip = (wanted - 1) * Paging.SIZE;
        OpenMailbox.Window window = newestFirst ? open.newest(skip, Paging.SIZE) : open.oldest(skip, Paging.SIZE);
        return new Orders.Slice(window.messages(), wanted, window.total());
    }

    static MailboxPage page(MailboxName name, @Nullable Mailbox mailbox, Read read, Sort sort, Reader reader) {
        SpecialUse use = mailbox == null ? null : mailbox.specialUse();
        boolean outgoing = use == SpecialUse.SENT || use == SpecialUse.DRAFTS;
        int total = read.slice.total();
        int page = read.slice.page();
        int pages = Paging.pages(total);
        int first = total == 0 ? 0 : (page - 1) * Paging.SIZE + 1;
        int last = Math.min(total, first + Paging.SIZE - 1);
        String segment = name.toSegment();
        return new MailboxPage(
                segment,
                mailbox == null ? name.value() : mailbox.leaf(),
                use == null ? null : use.name().toLowerCase(java.util.Locale.ROOT),
                Day.group(read.slice.messages(), outgoing, read.previews, sort, reader),
                sort,
                page,
                pages,
                total,
                mailbox == null || mailbox.status() == null
                        ? -1
                        : mailbox.status().unseen(),
                page > 1 ? url(segment, page - 1, sort) : null,
                page < pages ? url(segment, page + 1, sort) : null,
                first,
                last);
    }

    static String url(String segment, int page, Sort sort) {
        return sort.onto("/mailboxes/" + segment + (page > 1 ? "?page=" + page : ""));
    }

    record Read(Orders.Slice slice, Map<MessageRef, String> previews) {}
}
