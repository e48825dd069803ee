package org.palomar.smtp;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Loopback;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The submission server, {@code palomar.smtp.*}.
 *
 * @param host name that the server's certificate must carry; empty: nothing can be sent
 * @param port 0 for the usual one: 465 with tls, 587 with starttls, 25 with plain
 * @param allowPlain lets {@code plain} leave this machine; without it only loopback may go unencrypted
 * @param auth whether to sign in with the person's credentials; without it the server must know Palomar otherwise
 * @param connectTimeout for the TCP connection, 1 ms to 10 minutes
 * @param readTimeout for each wait on the server's answer and each write, 1 ms to 60 minutes
 * @param trustCertificate a PEM file whose certificates are trusted instead of the platform's, or null
 */
@ConfigurationProperties("palomar.smtp")
public record SmtpProperties(
        @DefaultValue("") String host,
        @DefaultValue("0") int port,
        @DefaultValue("tls") Security security,
        @DefaultValue("false") boolean allowPlain,
        @DefaultValue("true") boolean auth,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @Nullable Path trustCertificate) {

    public SmtpProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("palomar.smtp.port is between 1 and 65535");
        }
        if (!within(connectTimeout, Duration.ofMinutes(10)) || !within(readTimeout, Duration.ofMinutes(60))) {
            throw new IllegalArgumentException(
                    "palomar.smtp.connect-timeout is at most 10m and palomar.smtp.read-timeout at most 60m, both above 0");
        }
        if (port == 0) {
            port = switch (security) {
                case TLS -> 465;
                case STARTTLS -> 587;
                case PLAIN -> 25;
            };
        }
        if (security == Security.PLAIN && !allowPlain && !host.isEmpty() && !Loopback.is(host)) {
            throw new IllegalArgumentException(
                    "palomar.smtp.security=plain would send passwords and mail unencrypted to " + host
                            + ": use tls or starttls, or set palomar.smtp.allow-plain=true");
        }
    }

    /** How the connection is protected. */
    public enum Security {
        TLS,
        STARTTLS,
        PLAIN
    }

    private static boolean within(Duration duration, Duration most) {
        return duration.toMillis() > 0 && duration.compareTo(most) <= 0;
    }
}
