package org.palomar.imap;

import java.time.Duration;
import org.palomar.mail.Loopback;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server, {@code palomar.imap.*}.
 *
 * @param host name that the server's certificate must carry
 * @param port 0 for the usual one: 993 with tls, else 143
 * @param allowPlain lets {@code plain} leave this machine; without it only loopback may go unencrypted
 * @param connectTimeout for the TCP connection and each step of the TLS and IMAP greeting
 * @param readTimeout for each wait on the server's answer
 * @param connections selected connections per person, 1 to 8
 * @param serverConnections connections to the server over all people, watching ones too, 1 to 100,000; who comes when all
 *     are taken waits
 * @param idleClose after which an unused connection is closed
 * @param sslBundle name of a Spring SSL bundle ({@code spring.ssl.bundle.pem.<name>.truststore.certificate}) whose trust store
 *     decides which certificates hold; empty for that of the Java runtime
 */
@ConfigurationProperties("palomar.imap")
public record ImapProperties(
        @DefaultValue("") String host,
        @DefaultValue("0") int port,
        @DefaultValue("tls") Security security,
        @DefaultValue("false") boolean allowPlain,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("3") int connections,
        @DefaultValue("20000") int serverConnections,
        @DefaultValue("60s") Duration idleClose,
        @DefaultValue("") String sslBundle) {

    @ConstructorBinding
    public ImapProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("palomar.imap.port is between 1 and 65535");
        }
        if (connections < 1 || connections > 8) {
            throw new IllegalArgumentException("palomar.imap.connections is between 1 and 8");
        }
        if (serverConnections < 1 || serverConnections > 100_000) {
            throw new IllegalArgumentException("palomar.imap.server-connections is between 1 and 100000");
        }
        if (port == 0) {
            port = security == Security.TLS ? 993 : 143;
        }
        if (security == Security.PLAIN && !allowPlain && !host.isEmpty() && !Loopback.is(host)) {
            throw new IllegalArgumentException("palomar.imap.security=plain would send passwords unencrypted to " + host
                    + ": use tls or starttls, or set palomar.imap.allow-plain=true");
        }
    }

    /** Without an SSL bundle, and with room for everybody. */
    public ImapProperties(
            String host,
            int port,
            Security security,
            boolean allowPlain,
            Duration connectTimeout,
            Duration readTimeout,
            int connections,
            Duration idleClose) {
        this(host, port, security, allowPlain, connectTimeout, readTimeout, connections, 20_000, idleClose, "");
    }

    /** How the connection is protected. */
    public enum Security {
        TLS,
        STARTTLS,
        PLAIN
    }
}
