package org.palomar.contacts.dav;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account of a person on a CardDAV server.
 *
 * @param url as it was typed, with a scheme and without a password
 * @param secret the password, sealed
 * @param book path of the address book
 * @param token of the last state that is known here as a whole, or empty
 * @param state {@code never}, {@code ok}, or why the last time failed
 * @param ended when the last time ended, or null
 */
public record AddressBook(
        String person,
        String url,
        String username,
        String secret,
        String book,
        String title,
        String token,
        String state,
        @Nullable Instant ended,
        Tally tally) {

    /**
     * What was done the last time.
     *
     * @param collided how many had changed on both sides; the server's version was taken and the other kept as a copy
     */
    public record Tally(int came, int sent, int deleted, int collided) {
        static final Tally NONE = new Tally(0, 0, 0, 0);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "AddressBook";
    }
}
