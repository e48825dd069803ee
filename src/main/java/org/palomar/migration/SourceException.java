package org.palomar.migration;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A source does not give what it has. The message is for the log; pages choose their sentence by the reason. */
public final class SourceException extends RuntimeException {

    /** Why. */
    public enum Reason {
        /** User name or password. */
        DENIED,
        /** No connection, or none may be opened there. */
        UNREACHABLE,
        /** The certificate is not trusted, or is for another name. */
        CERTIFICATE,
        /** Encryption was demanded and is not offered. */
        UNENCRYPTED,
        /** The connection broke. */
        LOST,
        /** Somebody else is in, or it was too soon. */
        BUSY,
        /** It is not what it should be: no such protocol, no such file. */
        STRANGE,
        /** This one message cannot be read. */
        MESSAGE;

        /** Whether it may be otherwise later without the person's help. */
        boolean passes() {
            return this == UNREACHABLE || this == LOST || this == BUSY;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;

    public SourceException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
