package org.palomar.threads;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.mime.Subjects;

/**
 * The words of a subject without what answering, forwarding and mailing lists put before them (RFC 5256 section 2.1).
 *
 * @param hash of those words, or 0 when there are none
 * @param answer whether the subject was marked as that of an answer or a forwarded message
 */
record BaseSubject(int hash, boolean answer) {

    private static final int MAX_LENGTH = 500;
    private static final int MAX_TAGS = 20;

    static BaseSubject of(@Nullable String subject) {
        String rest = subject == null ? "" : subject.strip();
        rest = rest.length() > MAX_LENGTH ? rest.substring(0, MAX_LENGTH) : rest;
        boolean answer = false;
        for (int i = 0; i < MAX_TAGS; i++) {
            String bare = Subjects.base(rest);
            answer |= bare.length() < rest.length();
            int end = bare.startsWith("[") ? bare.indexOf(']') : -1;
            String untagged = end < 0 ? "" : bare.substring(end + 1).strip();
            if (untagged.isEmpty()) {
                rest = bare;
                break;
            }
            rest = untagged;
        }
        String words = rest.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return new BaseSubject(words.isEmpty() ? 0 : nonZero(Hash.of(words)), answer);
    }

    private static int nonZero(long hash) {
        int folded = Long.hashCode(hash);
        return folded == 0 ? 1 : folded;
    }
}
