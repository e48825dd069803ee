package org.palomar.reading;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.Envelope;
import org.palomar.mail.MessageSummary;
import org.palomar.mime.MessageBody;
import org.palomar.mime.Report;

/**
 * What was read of one message; holds nothing open.
 *
 * @param headers decoded values by lower-case name, of the outer message
 * @param envelope of the message read, which may be nested in the one {@code summary} tells of
 * @param shown what a page shows, in order; empty when there is nothing
 * @param text the plain text, decoded, for quoting; null when there is none
 * @param flowed whether it is format=flowed (RFC 3676)
 * @param delSp whether DelSp=yes
 * @param html the HTML, decoded; null when there is none
 * @param truncated whether text or HTML was longer than is read
 * @param notices reports, and files that lie elsewhere
 * @param packed winmail.dat that could not be unpacked
 * @param raw whether nothing of it was understood, so that its source is shown as text
 * @param rebuilt whether the server's structure was of no use and the source was parsed here
 */
public record ReadMessage(
        MessageSummary summary,
        Map<String, String> headers,
        Envelope envelope,
        BodyStructure structure,
        MessageBody body,
        List<Shown> shown,
        @Nullable String text,
        boolean flowed,
        boolean delSp,
        @Nullable String html,
        boolean truncated,
        List<Notice> notices,
        boolean packed,
        boolean raw,
        boolean rebuilt) {

    public ReadMessage {
        shown = List.copyOf(shown);
        notices = List.copyOf(notices);
    }

    /** Whether there is anything for a person in it: words, files, a report. */
    boolean understood() {
        return shown.stream().anyMatch(part -> !part.content().isBlank())
                || !body.attachments().isEmpty()
                || !notices.isEmpty();
    }

    /** Whether anything shown is HTML: then the letter is a document of its own. */
    public boolean showsHtml() {
        return shown.stream().anyMatch(Shown::html);
    }

    /** @param report what the part reports, or null for a file that lies elsewhere */
    public record Notice(BodyStructure.Leaf part, @Nullable Report report) {}

    /** One decoded text of the message. */
    public record Shown(boolean html, String content, boolean flowed, boolean delSp) {}
}
