package org.palomar.calendar;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.palomar.mail.Flags;

/** What is answered to an invitation (RFC 5545 section 3.2.12). Remembered by a keyword on the message, where every client keeps it. */
enum Answer {
    ACCEPTED("$InvitationAccepted"),
    TENTATIVE("$InvitationTentative"),
    DECLINED("$InvitationDeclined");

    private final String keyword;

    Answer(String keyword) {
        this.keyword = keyword;
    }

    String keyword() {
        return keyword;
    }

    /** In lower case, as in forms and keys of words. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Answer> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    static Optional<Answer> of(Flags flags) {
        return Arrays.stream(values()).filter(each -> flags.has(each.keyword)).findFirst();
    }

    List<Answer> others() {
        return Arrays.stream(values()).filter(each -> each != this).toList();
    }
}
