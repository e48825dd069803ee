package org.palomar.imap.angus;

import java.util.Locale;
import java.util.stream.Stream;
import org.palomar.imap.ImapException;

/** From the server's words to the sealed set of failures (RFC 5530 response codes, RFC 9208 OVERQUOTA). */
final class Failures {

    private static final int LONGEST = 500;

    private Failures() {}

    /** Throws unless the tagged response is OK. */
    static void check(WireResponse completion) {
        if (!completion.isOK()) {
            throw of(completion);
        }
    }

    static ImapException of(WireResponse completion) {
        String text = words(completion);
        ResponseCode code = completion.code();
        return switch (code == null ? "" : code.name()) {
            case "NONEXISTENT", "TRYCREATE" -> new ImapException.MailboxMissing(text);
            case "EXPUNGEISSUED" -> new ImapException.MessageGone(text);
            case "OVERQUOTA" -> new ImapException.OverQuota(text);
            case "LIMIT" -> isForNow(text) ? new ImapException.Busy(text) : new ImapException.OverQuota(text);
            case "THROTTLED", "UNAVAILABLE", "INUSE" -> new ImapException.Busy(text);
            case "ALREADYEXISTS" -> new ImapException.AlreadyExists(text);
            case "AUTHENTICATIONFAILED" -> new ImapException.AuthenticationFailed(text);
            default -> isCrowded(text) ? new ImapException.TooManyConnections(text) : new ImapException.Refused(text);
        };
    }

    /** A refused SELECT or EXAMINE: nearly always there is no such mailbox, and few servers have a code for it. */
    static ImapException ofSelection(WireResponse completion) {
        ImapException failure = of(completion);
        boolean noReason = completion.isNO() && completion.code() == null && failure instanceof ImapException.Refused;
        return noReason || completion.hasCode("CANNOT") || completion.hasCode("NOPERM")
                ? new ImapException.MailboxMissing(words(completion))
                : failure;
    }

    /** A refused AUTHENTICATE or LOGIN. */
    static ImapException ofSignIn(WireResponse completion) {
        String text = words(completion);
        if (completion.hasCode("AUTHENTICATIONFAILED")) {
            return new ImapException.AuthenticationFailed(text);
        }
        if (completion.hasCode("UNAVAILABLE")
                || completion.hasCode("LIMIT")
                || completion.hasCode("INUSE")
                || completion.hasCode("THROTTLED")
                || isForNow(text)) {
            return new ImapException.TooManyConnections(text);
        }
        if (completion.hasCode("PRIVACYREQUIRED")) {
            return new ImapException.CertificateRejected(text, null);
        }
        return completion.isNO() ? new ImapException.AuthenticationFailed(text) : new ImapException.Refused(text);
    }

    /** A BYE before the person was let in. */
    static ImapException ofFarewell(String text) {
        return isForNow(text) || text.contains("[UNAVAILABLE]") || text.contains("[LIMIT]")
                ? new ImapException.TooManyConnections(text)
                : new ImapException.Unreachable(text, null);
    }

    static String words(WireResponse response) {
        String text = response.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Words of a refusal that says nothing about the password: gathered from the replies of large providers. */
    private static boolean isForNow(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return isCrowded(text)
                || Stream.of(
                                "maximum number",
                                "rate limit",
                                "temporar",
                                "try again later",
                                "exceeded command or bandwidth")
                        .anyMatch(lower::contains);
    }

    private static boolean isCrowded(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("too many")
                || lower.contains("maximum number of connections")
                || lower.contains("connection limit");
    }
}
