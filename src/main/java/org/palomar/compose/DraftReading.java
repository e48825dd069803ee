package org.palomar.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.palomar.account.SignedIn;
import org.palomar.drafts.ServerDrafts;
import org.palomar.html.HtmlToText;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Envelope;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mime.Flowed;
import org.palomar.mime.MessageBody;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;
import org.springframework.stereotype.Component;

/** Reads a letter in work out of a message of the Drafts mailbox, whichever program wrote it. Safe for use by many threads. */
@Component
class DraftReading {

    /** What the writer asks of those who get it, and of the servers on its way. */
    static final String WISHES = "X-Palomar-Wishes";

    private static final List<String> FIELDS =
            List.of(ServerDrafts.FIELD, "X-Palomar-To", "X-Palomar-Cc", "X-Palomar-Bcc", WISHES);

    private final Uploads uploads;

    DraftReading(Uploads uploads) {
        this.uploads = uploads;
    }

    /**
     * What our own field says.
     *
     * @param id of the letter, empty for another program's draft
     */
    record Mark(String id, String mode, String original, Map<String, String> fields) {}

    /** Whose draft it is; one round trip. */
    Mark mark(MailSession session, MessageRef ref) {
        return session.examine(ref.mailbox(), open -> {
            open.check(ref);
            Map<String, String> fields =
                    open.detail(ref.uid(), FIELDS, OpenMailbox.Ahead.NOTHING).headers();
            String[] words = fields.getOrDefault("x-palomar-draft", "").strip().split("\\s+", -1);
            boolean ours = words[0].matches("[0-9a-f-]{36}");
            return new Mark(
                    ours ? words[0] : "",
                    ours && words.length > 2 ? words[2] : "new",
                    ours && words.length > 3 ? words[3] : "",
                    fields);
        });
    }

    /** The whole letter; its files become uploads. */
    KeptLetter read(SignedIn person, MailSession session, MessageRef ref, Mark mark) {
        return session.examine(ref.mailbox(), open -> {
            MessageReading reading = MessageReading.toShow(open, ref);
            ReadMessage message = reading.read(PartPath.ROOT);
            Envelope envelope = message.envelope();
            QuotedHtml html = new QuotedHtml(uploads, person, reading, message);
            List<String> wishes = List.of(
                    mark.fields.getOrDefault("x-palomar-wishes", "").strip().split("\\s+", -1));
            ComposeForm form = ComposeForm.begun(mark.mode, mark.original)
                    .addressed(
                            mark.fields.getOrDefault("x-palomar-to", Answers.typed(envelope.to())),
                            mark.fields.getOrDefault("x-palomar-cc", Answers.typed(envelope.cc())),
                            mark.fields.getOrDefault("x-palomar-bcc", Answers.typed(envelope.bcc())),
                            envelope.subject())
                    .saying(text(message), html.fragment().orElse(""))
                    .wishing(
                            wishes.contains("receipt") ? "true" : "",
                            wishes.contains("high") ? "high" : wishes.contains("low") ? "low" : "",
                            wishes.contains("report") ? "true" : "")
                    .withId(mark.id.isEmpty() ? UUID.randomUUID().toString() : mark.id);
            List<String> files = new ArrayList<>();
            html.pictures().forEach(picture -> files.add(picture.id()));
            for (MessageBody.Attachment file : message.body().attachments()) {
                files.add(uploads.keep(
                                person,
                                file.name(),
                                file.mediaType(),
                                out -> reading.write(reading.part(file.path()), out))
                        .id());
            }
            return new KeptLetter(form, files, "");
        });
    }

    private static String text(ReadMessage message) {
        String text = message.text();
        if (text == null || text.isBlank()) {
            return message.html() == null ? "" : HtmlToText.text(message.html());
        }
        String read = message.flowed() ? Flowed.decode(text, message.delSp()) : text;
        // The line end that ends every text on its way is not the writer's.
        String lines = read.replace("\r\n", "\n");
        return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    }
}
