package org.palomar.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.message.MessagePage.Person;

/**
 * A whole exchange as its page shows it, the oldest letter first. Paths start at the context root.
 *
 * @param ref its newest message in this mailbox, by which a list knows it
 * @param listPage the page of the list of conversations it lies on, from 1
 * @param total how many letters the exchange has
 * @param hidden how many older ones are not shown
 * @param earlierUrl path of the page that shows more of them, or null
 * @param elsewhereUrl path of the page that has also been looked for in mailboxes not read yet, or null when there are none
 * @param preparing whether relatives may be missing because the mailbox is still being read
 * @param selection {@code uidvalidity.uid.uid…} of all copies in this mailbox, for forms that act on them
 * @param toBeSeen {@code segment/uidvalidity.uid} of the unread messages that stand open
 * @param allSeen whether nothing unread is left besides those
 */
public record ConversationPage(
        String ref,
        String url,
        String mailboxSegment,
        @Nullable String mailboxUse,
        int listPage,
        String subject,
        int total,
        List<Turn> turns,
        int hidden,
        @Nullable String earlierUrl,
        @Nullable String elsewhereUrl,
        boolean preparing,
        String selection,
        boolean flagged,
        List<String> toBeSeen,
        boolean allSeen) {

    /** How many of those lie in this mailbox. */
    public long seenHere() {
        return toBeSeen.stream()
                .filter(each -> each.startsWith(mailboxSegment + "/"))
                .count();
    }

    /** Path of the page of the list it lies on. */
    public String listUrl() {
        return "/mailboxes/" + mailboxSegment + (listPage > 1 ? "?page=" + listPage : "");
    }

    /**
     * One letter.
     *
     * @param url path of its own page
     * @param letterUrl path of the part that shows it unfolded
     * @param mine whether the reader wrote it
     * @param preview its first words, or empty
     * @param place what its mailbox is called, or null when that is the one of the page
     * @param letter the whole of it, or null when it is folded
     */
    public record Turn(
            String ref,
            String url,
            String letterUrl,
            Person from,
            boolean mine,
            String preview,
            String date,
            String dateTitle,
            boolean unread,
            boolean flagged,
            @Nullable String place,
            @Nullable MessagePage letter) {}
}
