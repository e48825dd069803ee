package org.palomar.migration.imap;

import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.stream.Stream;
import org.palomar.imap.ImapException;
import org.palomar.migration.Security;
import org.palomar.migration.SourceException;
import org.palomar.migration.SourceException.Reason;

/** Why an old server gives nothing, from the failures of the gateway. */
final class Reasons {

    private Reasons() {}

    static SourceException of(ImapException failure, Security security) {
        return new SourceException(reason(failure, security), String.valueOf(failure.getMessage()), failure);
    }

    private static Reason reason(ImapException failure, Security security) {
        if (isForNow(failure)) {
            return Reason.BUSY;
        }
        return switch (failure) {
            case ImapException.AuthenticationFailed _ -> Reason.DENIED;
            case ImapException.Busy _, ImapException.TooManyConnections _, ImapException.OverQuota _ -> Reason.BUSY;
            case ImapException.CertificateRejected rejected ->
                isAboutCertificate(rejected) ? Reason.CERTIFICATE : Reason.UNENCRYPTED;
            case ImapException.Unreachable _ -> Reason.UNREACHABLE;
            case ImapException.ConnectionLost _, ImapException.Closed _, ImapException.UidValidityChanged _ ->
                Reason.LOST;
            case ImapException.MailboxMissing _, ImapException.MessageGone _ -> Reason.MESSAGE;
            case ImapException.Unsupported _ -> security == Security.PLAIN ? Reason.UNENCRYPTED : Reason.DENIED;
            case ImapException.AlreadyExists _, ImapException.Refused _ -> Reason.STRANGE;
        };
    }

    private static boolean isAboutCertificate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** Whether a server only wants to be left alone for a while: in a code (RFC 5530), a BYE or in the words of large providers. */
    static boolean isForNow(ImapException failure) {
        if (failure instanceof ImapException.AuthenticationFailed
                || failure instanceof ImapException.CertificateRejected) {
            return false;
        }
        String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of(
                        "throttl",
                        "[unavailable]",
                        "[inuse]",
                        "[limit]",
                        "try again later",
                        "temporar",
                        "too many",
                        "rate limit",
                        "backoff",
                        "exceeded command or bandwidth",
                        "server busy",
                        "server is busy")
                .anyMatch(said::contains);
    }
}
