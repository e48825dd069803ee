package org.palomar.demo;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/** Turns letters into messages as they travel (RFC 5322). */
final class LetterWriter {

    static final Session SESSION = Session.getInstance(new Properties());

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);
    private static final DateTimeFormatter ATTRIBUTION =
            DateTimeFormatter.ofPattern("EEEE d MMMM 'at' HH:mm", Locale.UK);

    private final Story story;
    private final ZonedDateTime now;

    LetterWriter(Story story, ZonedDateTime now) {
        this.story = story;
        this.now = now;
    }

    byte[] write(Letter letter) {
        try {
            MimeMessage message = new NamedMessage(letter.messageId());
            message.setFrom(letter.from());
            message.setRecipients(
                    Message.RecipientType.TO, letter.addresses("To").toArray(InternetAddress[]::new));
            message.setRecipients(
                    Message.RecipientType.CC, letter.addresses("Cc").toArray(InternetAddress[]::new));
            message.setSubject(letter.field("Subject").orElseThrow(), StandardCharsets.UTF_8.name());
            message.setHeader("Date", letter.date(now).format(DATE));
            List<Letter> ancestors = story.ancestors(letter);
            if (!ancestors.isEmpty()) {
                message.setHeader("In-Reply-To", ancestors.getLast().messageId());
                message.setHeader(
                        "References", ancestors.stream().map(Letter::messageId).collect(Collectors.joining("\r\n ")));
            }
            String domain = letter.from().getAddress().replaceFirst(".*@", "");
            message.setHeader("Authentication-Results", DemoEnvironment.BORDER + "; dmarc=pass header.from=" + domain);
            for (var header : letter.extraHeaders().entrySet()) {
                message.setHeader(header.getKey(), header.getValue());
            }
            fill(message, letter);
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalStateException("letter " + letter.id(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("letter " + letter.id(), e);
        }
    }

    private void fill(MimeMessage message, Letter letter) throws MessagingException, IOException {
        boolean files =
                letter.field("Attach").isPresent() || letter.field("Forward").isPresent();
        if (!files) {
            fillBody(message, letter);
            return;
        }
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart body = new MimeBodyPart();
        fillBody(body, letter);
        mixed.addBodyPart(body);
        for (String name : letter.words("Attach")) {
            mixed.addBodyPart(file(Enclosure.named(name), Part.ATTACHMENT));
        }
        if (letter.field("Forward").isPresent()) {
            MimeBodyPart forwarded = new MimeBodyPart();
            byte[] original = write(story.letter(letter.field("Forward").get()));
            forwarded.setContent(new MimeMessage(SESSION, new ByteArrayInputStream(original)), "message/rfc822");
            forwarded.setDisposition(Part.ATTACHMENT);
            mixed.addBodyPart(forwarded);
        }
        message.setContent(mixed);
    }

    private void fillBody(Part part, Letter letter) throws MessagingException, IOException {
        boolean event = letter.field("Event").isPresent();
        if (letter.field("Html").isEmpty() && !event) {
            fillText(part, letter);
            return;
        }
        MimeMultipart alternative = new MimeMultipart("alternative");
        MimeBodyPart text = new MimeBodyPart();
        fillText(text, letter);
        alternative.addBodyPart(text);
        if (letter.field("Html").isPresent()) {
            alternative.addBodyPart(html(letter));
        }
        if (event) {
            MimeBodyPart calendar = new MimeBodyPart();
            calendar.setDataHandler(new DataHandler(new ByteArrayDataSource(
                    Invitation.text(letter, now).getBytes(StandardCharsets.UTF_8),
                    "text/calendar; charset=UTF-8; method=REQUEST")));
            alternative.addBodyPart(calendar);
        }
        part.setContent(alternative);
    }

    private static MimeBodyPart html(Letter letter) throws MessagingException, IOException {
        MimeBodyPart html = new MimeBodyPart();
        html.setText(crlf(Story.resource(letter.field("Html").orElseThrow())), "UTF-8", "html");
        List<String> inline = letter.words("Inline");
        if (inline.isEmpty()) {
            return html;
        }
        MimeMultipart related = new MimeMultipart("related");
        related.addBodyPart(html);
        for (String name : inline) {
            MimeBodyPart image = file(Enclosure.named(name), Part.INLINE);
            image.setContentID("<" + name + "@" + Person.DOMAIN + ">");
            related.addBodyPart(image);
        }
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(related);
        return part;
    }

    private static MimeBodyPart file(Enclosure enclosure, String disposition) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(enclosure.content(), enclosure.mediaType())));
        part.setFileName(enclosure.name());
        part.setDisposition(disposition);
        return part;
    }

    private void fillText(Part part, Letter letter) throws MessagingException {
        String text = Flowed.wrap(letter.text() + quoted(letter));
        part.setDataHandler(new DataHandler(crlf(text), "text/plain; charset=UTF-8; format=flowed"));
    }

    /** People in the story answer above what they answer, as most programs make them. */
    private String quoted(Letter letter) {
        if (letter.field("Quote").isEmpty()) {
            return "";
        }
        Letter original = story.ancestors(letter).getLast();
        String quote = original.text()
                .lines()
                .map(line -> line.startsWith(">") ? ">" + line : "> " + line)
                .collect(Collectors.joining("\n"));
        String who = original.from().getPersonal();
        return "\nOn " + original.date(now).format(ATTRIBUTION) + ", " + who + " wrote:\n" + quote + "\n";
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    /** Keeps the Message-ID that the story gave it. */
    private static final class NamedMessage extends MimeMessage {
        private final String id;

        NamedMessage(String id) {
            super(SESSION);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
