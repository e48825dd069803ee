package org.palomar.e2e;

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
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import javax.imageio.ImageIO;

/** Messages that are opened, answered and filed. */
final class Letters {

    static final String NOTES = "The bearing is greased.\nSaint John's day, with lanterns: mañana no, 夏至.\n";
    static final byte[] PDF = """
            %PDF-1.4
            1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
            2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
            3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj
            trailer <</Root 1 0 R>>
            %%EOF
            """.getBytes(StandardCharsets.US_ASCII);
    /** A picture on somebody else's server, which Palomar can reach. */
    static final String REMOTE = PictureServer.START.url() + "/tower.png";

    static final String TRACKER = "https://pixels.stranger.example/open.png";

    private static final Session SESSION = Session.getInstance(new Properties());

    private Letters() {}

    static MimeMessage text(String from, String to, String subject, String text) {
        return letter(from, to, subject, message -> message.setText(text, "UTF-8"));
    }

    /** A long HTML letter with a picture of its own and one on somebody else's server. */
    static MimeMessage html(String from, String to, String subject) {
        return letter(from, to, subject, message -> {
            // The demo's own server checks who writes.
            message.setHeader("Authentication-Results", "mx.palomar.example; dmarc=pass header.from=palomar.example");
            message.setContent(related());
        });
    }

    /** With a body of one's own making. */
    static MimeMessage html(String from, String to, String subject, String body) {
        return letter(from, to, subject, message -> message.setContent(body, "text/html; charset=utf-8"));
    }

    /** An HTML letter with everything that can be attached: a picture, a text, a PDF and a message. */
    static MimeMessage rich(String from, String to, String subject) {
        return letter(from, to, subject, message -> {
            MimeMultipart mixed = new MimeMultipart("mixed");
            MimeBodyPart body = new MimeBodyPart();
            body.setContent(related());
            mixed.addBodyPart(body);
            mixed.addBodyPart(file("tower.png", "image/png", picture(60, 40)));
            mixed.addBodyPart(file("notes.txt", "text/plain; charset=UTF-8", NOTES.getBytes(StandardCharsets.UTF_8)));
            mixed.addBodyPart(file("plan.pdf", "application/pdf", PDF));
            MimeBodyPart nested = new MimeBodyPart();
            nested.setContent(
                    text("carol", "bob", "Nested in " + subject, "A letter in an envelope."), "message/rfc822");
            nested.setDisposition(Part.ATTACHMENT);
            mixed.addBodyPart(nested);
            message.setContent(mixed);
        });
    }

    /** An HTML letter that is never narrower than 640 pixels, as old newsletters are. */
    static MimeMessage wide(String from, String to, String subject) {
        return letter(
                from,
                to,
                subject,
                message -> message.setContent(
                        "<table width=\"640\" style=\"min-width:640px\"><tr><td style=\"width:320px\">"
                                + "left ".repeat(200)
                                + "</td><td style=\"width:320px\">"
                                + "right ".repeat(200)
                                + "</td></tr></table>",
                        "text/html; charset=UTF-8"));
    }

    private interface Content {
        void into(MimeMessage message) throws MessagingException;
    }

    private static MimeMessage letter(String from, String to, String subject, Content content) {
        try {
            MimeMessage message = new MimeMessage(SESSION);
            message.setFrom(new InternetAddress(from + "@palomar.example"));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(to + "@palomar.example"));
            message.setSubject(subject, "UTF-8");
            message.setSentDate(Date.from(Instant.now()));
            content.into(message);
            message.saveChanges();
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMultipart related() throws MessagingException {
        StringBuilder html = new StringBuilder("<html><body><h1 id=top>Eleven rings of nests</h1>");
        for (int ring = 1; ring <= 11; ring++) {
            html.append("<p>Ring ").append(ring).append(" has forty-eight nests, and swallows in some of them.</p>");
        }
        html.append("<p><img alt=inline src=\"cid:tower@palomar.example\"> <img alt=remote src=\"")
                .append(REMOTE)
                .append("\"> <img width=1 height=1 src=\"")
                .append(TRACKER)
                .append("\"></p></body></html>");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(html.toString(), "UTF-8", "html");
        MimeBodyPart inline = file("inline.png", "image/png", picture(120, 80));
        inline.setDisposition(Part.INLINE);
        inline.setContentID("<tower@palomar.example>");
        return new MimeMultipart("related", text, inline);
    }

    private static MimeBodyPart file(String name, String type, byte[] content) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setFileName(name);
        part.setDisposition(Part.ATTACHMENT);
        // Lines of a text would be ended anew on the way.
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    static byte[] picture(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
