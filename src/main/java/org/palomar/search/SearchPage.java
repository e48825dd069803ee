package org.palomar.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.listing.Day;

/**
 * A search and what it has found so far.
 *
 * @param id of the search, to ask for more; empty when nothing was asked for
 * @param q the query as it is written
 * @param mailbox segment of the only mailbox to look into, or empty
 * @param mailboxName what the page calls it
 * @param url path of this page
 * @param parts the query's parts
 * @param unknown names of mailboxes that there are not
 * @param leftOut whether Junk and Trash were left out
 * @param use what all mailboxes searched are for in lower case, or null when they are for different things
 * @param days the rows
 * @param extras what rows of a list do not have, by the row's path
 * @param cursor how many results are on the page
 */
public record SearchPage(
        String id,
        String q,
        String mailbox,
        String mailboxName,
        String url,
        List<Part> parts,
        List<String> unknown,
        boolean leftOut,
        @Nullable String use,
        List<Day> days,
        Map<String, Extra> extras,
        int cursor,
        State state) {

    /**
     * One part of the query.
     *
     * @param text as it is typed
     * @param without path of the same search without it
     */
    public record Part(String text, String without) {}

    /**
     * What a row of a result says besides.
     *
     * @param ref names the mailbox too, for forms
     * @param at when the message arrived, in milliseconds since 1970
     * @param place what its mailbox is called, or null when only one was searched
     */
    public record Extra(String ref, long at, @Nullable String place) {}

    /**
     * How far the search is.
     *
     * @param key message key of the sentence
     * @param found how many messages were found
     * @param counted whether that is how many match, though not all of them may be on the page
     * @param back the month up to which everything was searched, or empty
     * @param failed mailboxes that could not be searched
     */
    public record State(
            boolean running,
            boolean stopped,
            boolean full,
            boolean blank,
            String key,
            long found,
            boolean counted,
            long searched,
            long mailboxes,
            String back,
            List<String> failed) {}

    /** Whether something can still come without a new search. */
    public boolean unfinished() {
        return state.running || state.stopped;
    }

    /** Path of this page with what is after {@code select=}. */
    public String selecting(String what) {
        return url + (url.contains("?") ? "&" : "?") + "select=" + what;
    }

    /** Whether more messages may match than are on the page. */
    public boolean more() {
        return !state.counted || state.found > cursor;
    }

    /** How many messages match, or null while nobody knows. */
    public @Nullable Long total() {
        return state.counted ? state.found : null;
    }

    /** Path of the same search in all mailboxes, or null when it is that. */
    public @Nullable String everywhere() {
        return mailbox.isEmpty() ? null : org.palomar.web.Origin.search(q, "", "mailbox");
    }
}
