package org.palomar.smtp;

import java.nio.file.Path;
import java.util.List;
import org.palomar.mail.Credentials;

/** Hands messages to the submission server (RFC 6409). Safe for use by many threads. */
public interface Submission {

    /**
     * Submits one message; returns only after the server accepted it for every recipient.
     *
     * @param sender the envelope's MAIL FROM, {@code local@domain}, or empty for the null reverse-path of what must never be
     *     answered (RFC 5321 section 4.5.5)
     * @param recipients the envelope's RCPT TO, 1 to 500 addresses {@code local@domain}
     * @param message a file with CRLF line ends and no Bcc header; streamed in constant memory
     * @throws SmtpException when anything was refused; then nobody got the message
     */
    void submit(Credentials credentials, String sender, List<String> recipients, Path message);

    /**
     * As {@link #submit(Credentials, String, List, Path)}.
     *
     * @param beforeContent done once everybody was accepted, before the first octet of the message goes; what it throws ends the
     *     conversation without the message having been sent
     */
    default void submit(
            Credentials credentials, String sender, List<String> recipients, Path message, Runnable beforeContent) {
        beforeContent.run();
        submit(credentials, sender, recipients, message);
    }
}
