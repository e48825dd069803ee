package org.palomar.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished message on its way out: the octets of a file as they are, to the recipients of the envelope whatever its
 * headers say. Remembers how far the conversation came, since the transport's exceptions do not tell.
 */
final class EnvelopeMessage extends MimeMessage {

    private final Path file;
    private final List<String> recipients;
    private final Runnable connected;
    private final Runnable beforeContent;
    private Stage stage = Stage.CONNECTION;

    /** @param connected done once the connection stands; what it throws ends it */
    EnvelopeMessage(Session session, Path file, List<String> recipients, Runnable connected, Runnable beforeContent) {
        super(session);
        this.file = file;
        this.recipients = recipients;
        this.connected = connected;
        this.beforeContent = beforeContent;
    }

    /** The SMTP command last begun. */
    enum Stage {
        CONNECTION,
        SENDER,
        RECIPIENTS,
        CONTENT,
        /** All octets were handed over; whether the server took them is known only from its reply. */
        COMPLETE
    }

    Stage stage() {
        return stage;
    }

    @Override
    public Address[] getAllRecipients() {
        // Asked for once the connection stands, just before MAIL.
        stage = Stage.SENDER;
        connected.run();
        return recipients.stream().map(Recipient::new).toArray(Address[]::new);
    }

    @Override
    public void writeTo(OutputStream to, String @Nullable [] ignored) throws IOException {
        stage = Stage.CONTENT;
        try {
            beforeContent.run();
        } catch (RuntimeException e) {
            // Only a failure of writing makes the transport hang up.
            throw new IOException(e);
        }
        Files.copy(file, to);
        stage = Stage.COMPLETE;
    }

    @Override
    public int getSize() {
        return -1;
    }

    @Override
    @SuppressWarnings("JavaUtilDate")
    public Date getSentDate() {
        // The sender asks for it and would set one; the file has its own.
        return new Date(0);
    }

    @Override
    public @Nullable String getSubject() {
        return null;
    }

    @Override
    public @Nullable String getMessageID() {
        return null;
    }

    @Override
    public void saveChanges() throws MessagingException {
        // The file is the message.
    }

    /** Notices when its RCPT command is written. */
    private final class Recipient extends InternetAddress {

        private static final long serialVersionUID = 1L;

        Recipient(String address) {
            this.address = address;
        }

        @Override
        public String getAddress() {
            if (stage == Stage.SENDER) {
                stage = Stage.RECIPIENTS;
            }
            return address;
        }
    }
}
