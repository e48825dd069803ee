package org.palomar.threads;

import java.util.List;
import org.palomar.mail.MessageRef;

/**
 * Letters that belong together, in whatever mailboxes they lie.
 *
 * @param letters the oldest first
 * @param complete whether the conversations of the mailbox that was asked about are known
 */
public record Exchange(List<Letter> letters, boolean complete) {

    public Exchange {
        letters = List.copyOf(letters);
    }

    /**
     * One letter, however many copies of it there are.
     *
     * @param ref the copy to read
     * @param copies all of them, {@code ref} first
     */
    public record Letter(MessageRef ref, List<MessageRef> copies) {}
}
