package org.palomar.mailbox;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.listing.Day;
import org.palomar.listing.Sort;

/**
 * One page of a mailbox's messages.
 *
 * @param use the mailbox's special use in lower case, or null
 * @param page from 1
 * @param previous path of the page before, or null
 * @param next path of the page after, or null
 * @param firstNumber position of the first row, from 1; 0 when empty
 */
public record MailboxPage(
        String segment,
        String name,
        @Nullable String use,
        List<Day> days,
        Sort sort,
        int page,
        int pages,
        int total,
        long unread,
        @Nullable String previous,
        @Nullable String next,
        int firstNumber,
        int lastNumber) {

    /** Path of this page. */
    public String url() {
        return MailboxReader.url(segment, page, sort);
    }

    /** Path of this page with every row ticked. */
    public String allSelectedUrl() {
        String url = url();
        return url + (url.contains("?") ? "&" : "?") + "select=all";
    }

    /** What the list can be ordered by, this order's among them. */
    public List<Choice> orders() {
        return Stream.of(Sort.By.values())
                .map(by -> new Choice(
                        label(by.word()), by == sort.by() ? url(sort) : url(Sort.of(by.word(), null)), by == sort.by()))
                .toList();
    }

    /** The directions of this order, the expected one first. */
    public List<Choice> directions() {
        String first = Sort.of(sort.word(), null).dir();
        return Stream.of(first, first.equals("asc") ? "desc" : "asc")
                .map(dir -> new Choice(directionLabel(dir), url(Sort.of(sort.word(), dir)), dir.equals(sort.dir())))
                .toList();
    }

    /** The message key of what the list is ordered by. */
    public String sortLabel() {
        return label(sort.word());
    }

    /** The message key of the direction. */
    public String directionLabel() {
        return directionLabel(sort.dir());
    }

    private String directionLabel(String dir) {
        return "sort." + sort.kind() + "." + dir;
    }

    private String label(String word) {
        boolean recipients = "sent".equals(use) || "drafts".equals(use);
        return "sort." + (recipients && word.equals("sender") ? "recipient" : word);
    }

    private String url(Sort other) {
        return MailboxReader.url(segment, 1, other);
    }

    /** Whether the whole mailbox can be emptied with one button. */
    public boolean emptyable() {
        return "trash".equals(use) || "junk".equals(use);
    }

    /**
     * One line of the menu of orders.
     *
     * @param labelKey message key
     * @param url path of the first page in that order
     * @param current whether the list is in it
     */
    public record Choice(String labelKey, String url, boolean current) {}
}
