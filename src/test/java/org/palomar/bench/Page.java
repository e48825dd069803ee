package org.palomar.bench;

import java.util.Locale;
import java.util.Map;

/** An answer. @param text of what is text; files are received and thrown away */
record Page(int status, Map<String, String> headers, String text, long octets) {

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean redirects() {
        return status == 302 || status == 303;
    }

    int count(String words) {
        int found = 0;
        for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length())) {
            found++;
        }
        return found;
    }

    /** What stands between these. */
    String between(String start, String end) {
        int at = text.indexOf(start);
        if (at < 0) {
            throw new IllegalStateException("no " + start + " in a page of " + text.length() + " characters");
        }
        return text.substring(at + start.length(), text.indexOf(end, at + start.length()));
    }

    Page expect(int wanted) {
        if (status != wanted) {
            throw new IllegalStateException(
                    "answered " + status + ": " + text.substring(0, Math.min(2_000, text.length())));
        }
        return this;
    }
}
