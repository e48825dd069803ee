package org.palomar.mime;

import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Address;
import org.palomar.mail.MessageId;

/**
 * A message to be written. Text comes from a person: {@link MessageWriter} makes it safe for headers.
 *
 * @param text plain text with LF or CRLF line ends, logical lines unwrapped
 * @param inReplyTo the message answered, or null
 * @param references its References with its own Message-ID last; empty for a new message
 * @param alternative another form of the text for programs, or null; a message that has one has neither files nor HTML
 * @param html the same text as HTML, or null
 */
public record Draft(
        Address from,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        String subject,
        String text,
        List<File> files,
        MessageId messageId,
        ZonedDateTime date,
        @Nullable MessageId inReplyTo,
        List<MessageId> references,
        @Nullable Alternative alternative,
        @Nullable Html html,
        Wishes wishes) {

    public Draft {
        if (alternative != null && (!files.isEmpty() || html != null)) {
            throw new IllegalArgumentException("a message with a form for programs has neither files nor HTML");
        }
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        files = List.copyOf(files);
        references = List.copyOf(references);
    }

    /** A message that is text and files. */
    public Draft(
            Address from,
            List<Address> to,
            List<Address> cc,
            List<Address> bcc,
            String subject,
            String text,
            List<File> files,
            MessageId messageId,
            ZonedDateTime date,
            @Nullable MessageId inReplyTo,
            List<MessageId> references) {
        this(from, to, cc, bcc, subject, text, files, messageId, date, inReplyTo, references, null);
    }

    /** A message without HTML and without wishes. */
    public Draft(
            Address from,
            List<Address> to,
            List<Address> cc,
            List<Address> bcc,
            String subject,
            String text,
            List<File> files,
            MessageId messageId,
            ZonedDateTime date,
            @Nullable MessageId inReplyTo,
            List<MessageId> references,
            @Nullable Alternative alternative) {
        this(
                from,
                to,
                cc,
                bcc,
                subject,
                text,
                files,
                messageId,
                date,
                inReplyTo,
                references,
                alternative,
                null,
                Wishes.NONE);
    }

    /** The same text as HTML besides, or not when that is null. */
    public Draft withHtml(@Nullable Html form) {
        return new Draft(
                from,
                to,
                cc,
                bcc,
                subject,
                text,
                files,
                messageId,
                date,
                inReplyTo,
                references,
                alternative,
                form,
                wishes);
    }

    public Draft withWishes(Wishes wanted) {
        return new Draft(
                from,
                to,
                cc,
                bcc,
                subject,
                text,
                files,
                messageId,
                date,
                inReplyTo,
                references,
                alternative,
                html,
                wanted);
    }

    /**
     * What the writer asks of those who get it.
     *
     * @param replyTo where answers are to go; empty for the sender
     * @param receipt whether they are asked to say that they read it (RFC 8098)
     */
    public record Wishes(List<Address> replyTo, boolean receipt, Importance importance) {

        public static final Wishes NONE = new Wishes(List.of(), false, Importance.NORMAL);

        public Wishes {
            replyTo = List.copyOf(replyTo);
        }
    }

    /** RFC 4021 section 2.1.54. */
    public enum Importance {
        LOW,
        NORMAL,
        HIGH
    }

    /**
     * The text as HTML.
     *
     * @param fragment clean HTML for a body; images are {@code cid:} URLs of {@code images}
     */
    public record Html(String fragment, List<Inline> images) {

        public Html {
            images = List.copyOf(images);
        }
    }

    /**
     * An image shown in the HTML (RFC 2392).
     *
     * @param contentId without angle brackets, of our own making
     */
    public record Inline(String contentId, File file) {

        public Inline {
            if (contentId.length() > 200 || !contentId.matches("[A-Za-z0-9.-]+@[A-Za-z0-9.-]+")) {
                throw new IllegalArgumentException("not a Content-ID");
            }
        }
    }

    /**
     * A second form of the text (RFC 2046 section 5.1.4), such as the calendar of an answer (RFC 6047).
     *
     * @param contentType the header's value, of our own making: ASCII in one line
     * @param text with CRLF line ends, written as UTF-8
     */
    public record Alternative(String contentType, String text) {

        public Alternative {
            if (contentType.chars().anyMatch(c -> c < ' ' || c > '~') || contentType.length() > 200) {
                throw new IllegalArgumentException("not a content type");
            }
        }
    }

    /** @param mediaType {@code type/subtype} as claimed; message/rfc822 for a forwarded message */
    public record File(String name, String mediaType, Path content) {}
}
