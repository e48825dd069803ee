package org.palomar.smtp;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong, from the transport's exception and how far the conversation came (RFC 5321 section 4.2, RFC 3463). */
final class Replies {

    private static final Pattern REPLY =
            Pattern.compile("\\s*([245][0-9]{2})[ -](?:([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\b)?");
    private static final int LONGEST = 500;

    private Replies() {}

    /** Before there is a connection ready for a message. */
    static SmtpException connecting(Throwable failure) {
        MessagingException mail = first(failure, MessagingException.class);
        boolean broken =
                first(failure, SocketTimeoutException.class) != null || first(failure, EOFException.class) != null;
        if ((first(failure, SSLException.class) != null && !broken) || says(mail, "STARTTLS is required")) {
            return new SmtpException.CertificateRejected(line(failure), failure);
        }
        String reply = reply(mail);
        if (first(failure, AuthenticationFailedException.class) != null) {
            if (reply != null && reply.startsWith("4")) {
                return new SmtpException.Refused(reply, true);
            }
            // Half an answer, none, or nonsense says nothing about the password.
            if (reply != null || says(mail, "mechanisms") || says(mail, "asked for more")) {
                return new SmtpException.AuthenticationFailed(line(failure));
            }
        }
        return new SmtpException.Unreachable(line(failure), failure);
    }

    /**
     * While a message was under way.
     *
     * @param last how the server refused the last command, or null
     */
    static SmtpException sending(Throwable failure, EnvelopeMessage.Stage stage, @Nullable String last) {
        MessagingException mail = first(failure, MessagingException.class);
        List<String> replies = replies(mail);
        if (replies.isEmpty() && last != null) {
            // The transport says only that the connection broke after it.
            return refused(null, List.of(oneLine(last)), stage);
        }
        if (!replies.isEmpty()) {
            return refused(mail, replies, stage);
        }
        return stage == EnvelopeMessage.Stage.COMPLETE
                ? new SmtpException.OutcomeUnknown(line(failure), failure)
                : new SmtpException.Unreachable(line(failure), failure);
    }

    private static SmtpException refused(
            @Nullable MessagingException mail, List<String> replies, EnvelopeMessage.Stage stage) {
        String reply = replies.getFirst();
        // 552 without 5.3.4 can also mean a full mailbox (RFC 3463 section 3.3).
        if (enhanced(reply, "5.3.4")
                || enhanced(reply, "5.2.3")
                || (reply.startsWith("552")
                        && !enhanced(reply, "5.2.2")
                        && stage != EnvelopeMessage.Stage.RECIPIENTS)) {
            return new SmtpException.TooLarge(reply);
        }
        if (reply.startsWith("530") || reply.startsWith("535")) {
            return new SmtpException.AuthenticationFailed(reply);
        }
        boolean temporary = reply.startsWith("4");
        return switch (stage) {
            case CONNECTION, SENDER ->
                temporary ? new SmtpException.Refused(reply, true) : new SmtpException.SenderRefused(reply);
            case RECIPIENTS -> {
                // Servers that check the sender late answer each recipient with it.
                if (replies.stream().allMatch(Replies::aboutSender)) {
                    yield new SmtpException.SenderRefused(reply);
                }
                // Only refusals of recipients are wrapped by the transport; a refused DATA comes bare.
                List<String> refused = reply(mail) == null ? recipients(mail, replies) : List.of();
                yield refused.isEmpty()
                        ? new SmtpException.Refused(reply, temporary)
                        : new SmtpException.RecipientsRefused(refused, reply);
            }
            case CONTENT, COMPLETE -> new SmtpException.Refused(reply, temporary);
        };
    }

    /** Refused for good, then those refused for now, which the transport puts last among the unsent. */
    private static List<String> recipients(@Nullable MessagingException mail, List<String> replies) {
        if (!(mail instanceof SendFailedException failed)) {
            return List.of();
        }
        List<String> refused = new ArrayList<>(addresses(failed.getInvalidAddresses()));
        List<String> unsent = addresses(failed.getValidUnsentAddresses());
        int temporary = Math.clamp(replies.size() - refused.size(), 0, unsent.size());
        refused.addAll(unsent.subList(unsent.size() - temporary, unsent.size()));
        return refused;
    }

    private static List<String> addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses)
                        .map(a -> ((InternetAddress) a).getAddress())
                        .toList();
    }

    private static boolean aboutSender(String reply) {
        return enhanced(reply, "5.1.7")
                || enhanced(reply, "5.1.8")
                || reply.toLowerCase(Locale.ROOT).contains("sender address rejected");
    }

    private static boolean enhanced(String reply, String code) {
        Matcher matcher = REPLY.matcher(reply);
        return matcher.lookingAt() && code.equals(matcher.group(2));
    }

    private static boolean says(@Nullable Throwable failure, String words) {
        return failure != null
                && failure.getMessage() != null
                && failure.getMessage().contains(words);
    }

    /** The exception's message when it is a server's reply of 4xx or 5xx, on one line. */
    private static @Nullable String reply(@Nullable Throwable failure) {
        String message = failure == null ? null : failure.getMessage();
        if (message == null
                || !REPLY.matcher(message).lookingAt()
                || message.strip().startsWith("2")) {
            return null;
        }
        return oneLine(message);
    }

    private static List<String> replies(@Nullable MessagingException mail) {
        List<String> replies = new ArrayList<>();
        Exception at = mail;
        while (at != null && replies.size() < 1_000) {
            String reply = reply(at);
            if (reply != null) {
                replies.add(reply);
            }
            at = at instanceof MessagingException next ? next.getNextException() : null;
        }
        return replies;
    }

    private static <T extends Throwable> @Nullable T first(@Nullable Throwable failure, Class<T> type) {
        Throwable at = failure;
        for (int i = 0; at != null && i < 20; i++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    private static String line(Throwable failure) {
        Throwable deepest = failure;
        for (int i = 0; deepest.getCause() != null && i < 20; i++) {
            deepest = deepest.getCause();
        }
        return oneLine(deepest.getClass().getSimpleName() + ": " + deepest.getMessage());
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }
}
