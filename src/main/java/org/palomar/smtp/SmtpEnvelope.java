package org.palomar.smtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message goes to, whatever its headers say (RFC 5321 section 2.3.1).
 *
 * @param sender MAIL FROM, {@code local@domain}, or empty for the null reverse-path of what must never be answered (RFC 5321 section
 *     4.5.5)
 * @param recipients RCPT TO, 1 to 500 addresses {@code local@domain}; domains as A-labels, local parts that are not ASCII only reach
 *     servers with SMTPUTF8
 * @param reportId what reports about each delivery name the message by (ENVID, RFC 3461 section 4.4), or null when its sender wants
 *     none but of failures
 */
public record SmtpEnvelope(
        String sender, List<String> recipients, @Nullable String reportId) {

    public SmtpEnvelope {
        recipients = List.copyOf(recipients);
    }
}
