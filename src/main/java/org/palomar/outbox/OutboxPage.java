package org.palomar.outbox;

import java.util.List;

/**
 * The outbox.
 *
 * @param undecided whether something waits for a decision of its reader
 */
record OutboxPage(List<Row> rows, boolean undecided) {

    /**
     * One message.
     *
     * @param state in lower case
     * @param to whom it is for, may be empty
     * @param subject may be empty
     * @param when what happens next and when, or when it was written; already in the reader's words
     * @param reason message key, or empty
     * @param detail the server's words, untrusted, may be empty
     */
    record Row(String id, String state, String to, String subject, String when, String reason, String detail) {

        /** Whether only its copy is missing. */
        public boolean unfiled() {
            return state.equals("sent") && !reason.isEmpty() && !unreported();
        }

        /** Whether all there is to know is that nobody will report about it. */
        public boolean unreported() {
            return reason.equals(Outbox.UNREPORTED);
        }

        /** Whether it can still be taken back. */
        public boolean held() {
            return state.equals("waiting") || state.equals("scheduled") || state.equals("retrying");
        }
    }
}
