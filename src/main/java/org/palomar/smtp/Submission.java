package org.palomar.smtp;

import java.nio.file.Path;
import java.util.List;
import org.palomar.mail.Credentials;

/** Hands messages to the submission server (RFC 6409). Safe for use by many threads. */
@FunctionalInterface
public interface Submission {

    /**
     * Submits one message; returns only after the server accepted it for every recipient.
     *
     * @param message a file with CRLF line ends and no Bcc header; streamed in constant memory
     * @param beforeContent done once everybody was accepted, before the first octet of the message goes; what it throws ends the
     *     conversation without the message having been sent
     * @throws SmtpException when anything was refused; then nobody got the message
     */
    Accepted submit(Credentials credentials, SmtpEnvelope envelope, Path message, Runnable beforeContent);

    /** As {@link #submit(Credentials, SmtpEnvelope, Path, Runnable)}, without reports. */
    default void submit(Credentials credentials, String sender, List<String> recipients, Path message) {
        submit(credentials, new SmtpEnvelope(sender, recipients, null), message, () -> {});
    }

    /**
     * The server took it.
     *
     * @param reports whether it was asked to report what becomes of it; false where that was not wanted, or it does not do so
     */
    record Accepted(boolean reports) {}
}
