package org.palomar.mailbox;

import java.util.Map;
import org.palomar.threads.ThreadIndex;

/**
 * Whether a list shows conversations, and what it shows of them.
 *
 * @param wanted whether conversations were chosen
 * @param progress how far they are; while they are not ready the list shows single messages
 * @param rows of a page that shows conversations, by the reference of the newest message
 * @param messages how many messages the mailbox has, on a page that shows conversations
 */
public record ThreadList(
        boolean wanted, ThreadIndex.Progress progress, Map<String, ConversationRow> rows, int messages) {

    static final ThreadList NONE = new ThreadList(false, ThreadIndex.Progress.READY, Map.of(), 0);

    public boolean shown() {
        return wanted && progress == ThreadIndex.Progress.READY;
    }

    /** As it is when there is no page of conversations after all: what was known had to be read anew. */
    ThreadList notShown() {
        return shown() ? new ThreadList(true, ThreadIndex.Progress.PREPARING, rows, messages) : this;
    }

    public boolean preparing() {
        return wanted && progress == ThreadIndex.Progress.PREPARING;
    }

    public boolean failed() {
        return wanted && progress == ThreadIndex.Progress.FAILED;
    }
}
