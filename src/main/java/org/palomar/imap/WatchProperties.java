package org.palomar.imap;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mailboxes are watched, {@code palomar.imap.watch.*}.
 *
 * @param connections most watching connections at once, of all people together; never more than half of {@code palomar.imap.server-connections}; 0 watches nothing, so that pages poll
 * @param renew after which IDLE is issued again, up to the 29 minutes of RFC 2177; some servers and routers forget quiet
 *     connections after five
 * @param poll how often a server without NOTIFY is asked for what it does not tell by itself, at least a second
 */
@ConfigurationProperties("palomar.imap.watch")
public record WatchProperties(
        @DefaultValue("10000") int connections,
        @DefaultValue("4m") Duration renew,
        @DefaultValue("60s") Duration poll) {

    private static final Duration LONGEST = Duration.ofMinutes(29);

    public WatchProperties {
        if (connections < 0) {
            throw new IllegalArgumentException("palomar.imap.watch.connections is not below 0");
        }
        if (renew.compareTo(Duration.ofSeconds(1)) < 0 || renew.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("palomar.imap.watch.renew is between 1s and 29m");
        }
        if (poll.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("palomar.imap.watch.poll is at least 1s");
        }
    }

    /** What holds when nothing is set. */
    public static WatchProperties usual() {
        return new WatchProperties(10_000, Duration.ofMinutes(4), Duration.ofSeconds(60));
    }
}
