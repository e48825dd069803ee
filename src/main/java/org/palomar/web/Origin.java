package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The search whose results a message was opened from, so that its page leads back there. It travels in the address, for reloads and
 * for people without JavaScript.
 *
 * @param q what was searched for; empty when the message was opened from its mailbox
 * @param within the segment of the only mailbox searched, or empty
 */
public record Origin(String q, String within) {

    static Origin of(HttpServletRequest request) {
        String q = request.getParameter("q");
        String within = request.getParameter("within");
        return new Origin(q == null ? "" : q, within == null ? "" : within);
    }

    /** The path of the results, or null. */
    public @Nullable String path() {
        return q.isEmpty() ? null : search(q, within, "mailbox");
    }

    /** What the address of a message opened from there has at its end; empty without a search. */
    public String suffix() {
        return q.isEmpty() ? "" : search(q, within, "within").substring("/search".length());
    }

    /** The path of a message, with the way back where there is one. */
    public String onto(String path) {
        String suffix = suffix();
        return suffix.isEmpty() || path.indexOf('?') < 0 ? path + suffix : path + "&" + suffix.substring(1);
    }

    /** The path of a search, encoded. */
    public static String search(String q, String mailbox, String field) {
        UriComponentsBuilder path = UriComponentsBuilder.fromPath("/search");
        if (!q.isEmpty()) {
            path.queryParam("q", UriUtils.encode(q, java.nio.charset.StandardCharsets.UTF_8));
        }
        if (!mailbox.isEmpty()) {
            path.queryParam(field, UriUtils.encode(mailbox, java.nio.charset.StandardCharsets.UTF_8));
        }
        return path.build(true).toUriString();
    }
}
