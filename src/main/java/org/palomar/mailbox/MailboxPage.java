package org.palomar.mailbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.listing.Day;

/**
 * One page of a mailbox's messages.
 *
 * @param use the mailbox's special use in lower case, or null
 * @param page from 1
 * @param previous path of the newer page, or null
 * @param next path of the older page, or null
 * @param firstNumber position of the first row, from 1; 0 when empty
 */
public record MailboxPage(
        String segment,
        String name,
        @Nullable String use,
        List<Day> days,
        int page,
        int pages,
        int total,
        long unread,
        @Nullable String previous,
        @Nullable String next,
        int firstNumber,
        int lastNumber) {

    /** What the delete button does here: in Trash it is for good. */
    public String deleteAction() {
        return "trash".equals(use) ? "expunge" : "delete";
    }

    /** Whether the whole mailbox can be emptied with one button. */
    public boolean emptyable() {
        return "trash".equals(use) || "junk".equals(use);
    }
}
