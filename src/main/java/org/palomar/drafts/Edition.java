package org.palomar.drafts;

/**
 * What a page says of itself when it saves.
 *
 * @param revision the one it shows, 0 for a letter that was never saved
 * @param editor random name of the page, at most 36 characters
 * @param turn grows with each save of the page, so that requests that overtake each other do no harm
 */
public record Edition(long revision, String editor, long turn) {

    public Edition {
        if (revision < 0 || turn < 0 || editor.length() > 36) {
            throw new IllegalArgumentException("not an edition");
        }
    }
}
