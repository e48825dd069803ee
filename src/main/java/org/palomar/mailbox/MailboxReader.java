package org.palomar.mailbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.listing.Day;
import org.palomar.listing.Previews;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.SpecialUse;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Paging;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** Reads one page of a mailbox, newest arrival first: one round trip where the server writes previews itself. */
@Component
class MailboxReader {

    private final MailboxDirectory directory;
    private final Previews previews;

    MailboxReader(MailboxDirectory directory, Previews previews) {
        this.directory = directory;
        this.previews = previews;
    }

    /** @param page from 1; beyond the end gives the last page */
    MailboxPage read(SignedIn person, MailSession session, MailboxName name, int page, Reader reader) {
        Read read = session.examine(name, open -> {
            int wanted = Math.clamp(page, 1, Paging.pages(Math.max(open.messages(), 1)));
            OpenMailbox.Window window = open.newest((wanted - 1) * Paging.SIZE, Paging.SIZE);
            return new Read(wanted, window, previews.of(person, open, window.messages()));
        });
        Mailbox mailbox = directory.find(person, session, name).orElse(null);
        return page(name, mailbox, read, reader);
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

    private static MailboxPage page(MailboxName name, @Nullable Mailbox mailbox, Read read, Reader reader) {
        SpecialUse use = mailbox == null ? null : mailbox.specialUse();
        boolean outgoing = use == SpecialUse.SENT || use == SpecialUse.DRAFTS;
        int total = read.window.total();
        int pages = Paging.pages(total);
        int first = total == 0 ? 0 : (read.page - 1) * Paging.SIZE + 1;
        int last = Math.min(total, first + Paging.SIZE - 1);
        String segment = name.toSegment();
        return new MailboxPage(
                segment,
                mailbox == null ? name.value() : mailbox.leaf(),
                use == null ? null : use.name().toLowerCase(java.util.Locale.ROOT),
                Day.group(read.window.messages(), outgoing, read.previews, reader),
                read.page,
                pages,
                total,
                mailbox == null || mailbox.status() == null
                        ? -1
                        : mailbox.status().unseen(),
                read.page > 1 ? url(segment, read.page - 1) : null,
                read.page < pages ? url(segment, read.page + 1) : null,
                first,
                last);
    }

    static String url(String segment, int page) {
        return "/mailboxes/" + segment + (page > 1 ? "?page=" + page : "");
    }

    private record Read(int page, OpenMailbox.Window window, Map<MessageRef, String> previews) {}
}
