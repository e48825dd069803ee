package org.palomar.smtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a message was not submitted. {@link #getMessage()} is for the log. */
public abstract sealed class SmtpException extends RuntimeException {

    private SmtpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** No connection, or no answer in time before the message was handed over. */
    public static final class Unreachable extends SmtpException {
        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The certificate does not hold, or encryption was demanded and not offered. */
    public static final class CertificateRejected extends SmtpException {
        public CertificateRejected(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The server refused user name or password. */
    public static final class AuthenticationFailed extends SmtpException {
        public AuthenticationFailed(String message) {
            super(message, null);
        }
    }

    /** The server refused the sender's address. */
    public static final class SenderRefused extends SmtpException {
        private final String reply;

        public SenderRefused(String reply) {
            super("sender refused: " + reply, null);
            this.reply = reply;
        }

        /** The server's words, untrusted text of one line. */
        public String reply() {
            return reply;
        }
    }

    /** The server refused one or more recipients; the message went to nobody. */
    public static final class RecipientsRefused extends SmtpException {
        private final List<String> recipients;
        private final String reply;

        public RecipientsRefused(List<String> recipients, String reply) {
            super(recipients.size() + " recipients refused: " + reply, null);
            this.recipients = List.copyOf(recipients);
            this.reply = reply;
        }

        public List<String> recipients() {
            return recipients;
        }

        /** The server's words about the first of them, untrusted text of one line. */
        public String reply() {
            return reply;
        }
    }

    /** The server does not know addresses whose local part is not ASCII (RFC 6531). */
    public static final class AddressesNotTaken extends SmtpException {
        private final List<String> addresses;

        /** @param addresses of the envelope; empty when only the header has some */
        public AddressesNotTaken(List<String> addresses) {
            super("the server does not offer SMTPUTF8 for " + addresses.size() + " addresses", null);
            this.addresses = List.copyOf(addresses);
        }

        public List<String> addresses() {
            return addresses;
        }
    }

    /** The message is larger than the server takes. */
    public static final class TooLarge extends SmtpException {
        public TooLarge(String message) {
            super(message, null);
        }
    }

    /** The server refused the message for another reason. */
    public static final class Refused extends SmtpException {
        private final String reply;
        private final boolean temporary;

        /** @param temporary a 4xx reply: trying later may help */
        public Refused(String reply, boolean temporary) {
            super("refused: " + reply, null);
            this.reply = reply;
            this.temporary = temporary;
        }

        /** The server's words, untrusted text of one line. */
        public String reply() {
            return reply;
        }

        public boolean temporary() {
            return temporary;
        }
    }

    /** The connection broke after the message was handed over: it may or may not have been sent. */
    public static final class OutcomeUnknown extends SmtpException {
        public OutcomeUnknown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
