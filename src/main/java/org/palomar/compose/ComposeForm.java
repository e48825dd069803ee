package org.palomar.compose;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The editor's form, as typed.
 *
 * @param html what was written with formatting, from the browser and not to be trusted; empty for plain text
 * @param format {@code rich} or {@code plain} as last chosen in this editor, or empty for what the person prefers
 * @param mode {@code new}, {@code reply}, {@code replyAll}, {@code forward} or {@code forwardAttached}
 * @param original {@code mailbox segment/uidvalidity.uid[/part]} of the message answered or forwarded, or empty
 * @param id Message-ID the message will carry, so that sending twice can be noticed; empty when not chosen yet
 * @param from the address it goes out from; only one of the person's own counts
 * @param receipt {@code true} when those who get it are asked to say that they read it
 * @param importance {@code high} or {@code low}; anything else is the usual
 * @param report {@code true} when the servers on its way are asked to say that they delivered it
 */
public record ComposeForm(
        String to,
        String cc,
        String bcc,
        String subject,
        String text,
        String html,
        String format,
        String mode,
        String original,
        String id,
        String from,
        String receipt,
        String importance,
        String report) {

    public ComposeForm(
            @Nullable String to,
            @Nullable String cc,
            @Nullable String bcc,
            @Nullable String subject,
            @Nullable String text,
            @Nullable String html,
            @Nullable String format,
            @Nullable String mode,
            @Nullable String original,
            @Nullable String id,
            @Nullable String from,
            @Nullable String receipt,
            @Nullable String importance,
            @Nullable String report) {
        this.to = given(to);
        this.cc = given(cc);
        this.bcc = given(bcc);
        this.subject = given(subject);
        this.text = given(text);
        this.html = given(html);
        this.format = given(format);
        this.mode = mode == null || mode.isEmpty() ? "new" : mode;
        this.original = given(original);
        this.id = given(id);
        this.from = given(from);
        this.receipt = given(receipt);
        this.importance = given(importance);
        this.report = given(report);
    }

    static final ComposeForm EMPTY = new ComposeForm("", "", "", "", "", "", "", "", "", "", "", "", "", "");

    /** A form that nobody has sent yet. */
    static ComposeForm begun(String mode, String original) {
        return new ComposeForm(
                "", "", "", "", "", "", "", mode, original, UUID.randomUUID().toString(), "", "", "", "");
    }

    ComposeForm addressed(@Nullable String to, @Nullable String cc, @Nullable String bcc, @Nullable String subject) {
        return new ComposeForm(
                to, cc, bcc, subject, text, html, format, mode, original, id, from, receipt, importance, report);
    }

    /** @param html empty for plain text */
    ComposeForm saying(@Nullable String text, String html) {
        return new ComposeForm(
                to, cc, bcc, subject, text, html, format, mode, original, id, from, receipt, importance, report);
    }

    ComposeForm from(String address) {
        return new ComposeForm(
                to, cc, bcc, subject, text, html, format, mode, original, id, address, receipt, importance, report);
    }

    ComposeForm withId(String other) {
        return new ComposeForm(
                to, cc, bcc, subject, text, html, format, mode, original, other, from, receipt, importance, report);
    }

    /** Whether reports about its deliveries are wanted. */
    boolean reported() {
        return report.equals("true");
    }

    /** As its draft says. */
    ComposeForm wishing(String asked, String weight, String told) {
        return new ComposeForm(to, cc, bcc, subject, text, html, format, mode, original, id, from, asked, weight, told);
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value;
    }
}
