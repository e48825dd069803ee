package org.palomar.compose;

import org.jspecify.annotations.Nullable;

/**
 * The editor's form, as typed.
 *
 * @param mode {@code new}, {@code reply}, {@code replyAll}, {@code forward} or {@code forwardAttached}
 * @param original {@code mailbox segment/uidvalidity.uid[/part]} of the message answered or forwarded, or empty
 * @param id Message-ID the message will carry, so that sending twice can be noticed; empty when not chosen yet
 */
public record ComposeForm(
        String to, String cc, String bcc, String subject, String text, String mode, String original, String id) {

    public ComposeForm(
            @Nullable String to,
            @Nullable String cc,
            @Nullable String bcc,
            @Nullable String subject,
            @Nullable String text,
            @Nullable String mode,
            @Nullable String original,
            @Nullable String id) {
        this.to = given(to);
        this.cc = given(cc);
        this.bcc = given(bcc);
        this.subject = given(subject);
        this.text = given(text);
        this.mode = mode == null || mode.isEmpty() ? "new" : mode;
        this.original = given(original);
        this.id = given(id);
    }

    ComposeForm withId(String other) {
        return new ComposeForm(to, cc, bcc, subject, text, mode, original, other);
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value;
    }
}
