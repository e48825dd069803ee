package org.palomar.web;

/** How lists are cut into pages. */
public final class Paging {

    /** Rows on a page of messages. */
    public static final int SIZE = 50;

    private Paging() {}

    /** How many pages {@code total} rows need; at least 1. */
    public static int pages(int total) {
        return Math.max(1, (total + SIZE - 1) / SIZE);
    }

    /** The page on which a row lies, from 1. */
    public static int pageOf(int position) {
        return Math.max(1, (position - 1) / SIZE + 1);
    }
}
