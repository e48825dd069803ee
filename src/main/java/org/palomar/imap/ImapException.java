package org.palomar.imap;

import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong between Palomar and the mail server. {@link #getMessage()} is for the log and may hold the
 * server's words; pages choose their own sentence by type.
 */
public abstract sealed class ImapException extends RuntimeException {

    private ImapException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The server refused user name or password. */
    public static final class AuthenticationFailed extends ImapException {
        public AuthenticationFailed(String message) {
            super(message, null);
        }
    }

    /** No connection, or no answer in time. */
    public static final class Unreachable extends ImapException {
        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The certificate is not trusted or is for another name, or encryption was demanded and not offered. */
    public static final class CertificateRejected extends ImapException {
        public CertificateRejected(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The server lets this person or this client in no more often for now. */
    public static final class TooManyConnections extends ImapException {
        public TooManyConnections(String message) {
            super(message, null);
        }
    }

    /** All connections are at work and none came free in time, or the server asks to come back later. */
    public static final class Busy extends ImapException {
        public Busy(String message) {
            super(message, null);
        }
    }

    /** The session was closed by sign-out, expiry or shutdown. */
    public static final class Closed extends ImapException {
        public Closed() {
            super("the mail session is closed", null);
        }
    }

    /**
     * The connection broke while the server was at work.
     */
    public static final class ConnectionLost extends ImapException {

        private final boolean outcomeUnknown;

        /** @param outcomeUnknown whether a change was under way, so that one must look before acting again */
        public ConnectionLost(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
            super(message, cause);
            this.outcomeUnknown = outcomeUnknown;
        }

        public boolean outcomeUnknown() {
            return outcomeUnknown;
        }
    }

    /** There is no such mailbox, or it cannot be selected. */
    public static final class MailboxMissing extends ImapException {
        public MailboxMissing(String message) {
            super(message, null);
        }
    }

    /** The mailbox was made anew: old references hold no more. */
    public static final class UidValidityChanged extends ImapException {
        public UidValidityChanged(String message) {
            super(message, null);
        }
    }

    /** The message is no longer in the mailbox. */
    public static final class MessageGone extends ImapException {
        public MessageGone(String message) {
            super(message, null);
        }
    }

    /** The mailbox or account is full (OVERQUOTA, LIMIT). */
    public static final class OverQuota extends ImapException {
        public OverQuota(String message) {
            super(message, null);
        }
    }

    /** A mailbox of that name exists already. */
    public static final class AlreadyExists extends ImapException {
        public AlreadyExists(String message) {
            super(message, null);
        }
    }

    /** The server answered NO or BAD for another reason (no permission, bad name, in use). */
    public static final class Refused extends ImapException {
        public Refused(String message) {
            super(message, null);
        }
    }

    /** The server lacks an extension without which this cannot be done safely. */
    public static final class Unsupported extends ImapException {
        public Unsupported(String message) {
            super(message, null);
        }
    }
}
