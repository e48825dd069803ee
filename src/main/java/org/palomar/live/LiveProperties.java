package org.palomar.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Live pages, {@code palomar.live.*}.
 *
 * @param beat how often a quiet stream shows that it is alive: 1 to 60 s
 * @param gather most often that one page is told something: what happens meanwhile is told together
 * @param linger how long mail is watched after the last page was closed
 * @param streams open at once for one person; the oldest makes room
 * @param longest life of a stream, after which the browser opens the next one
 */
@ConfigurationProperties("palomar.live")
record LiveProperties(
        @DefaultValue("20s") Duration beat,
        @DefaultValue("150ms") Duration gather,
        @DefaultValue("3m") Duration linger,
        @DefaultValue("20") int streams,
        @DefaultValue("1h") Duration longest) {

    LiveProperties {
        if (beat.compareTo(Duration.ofSeconds(1)) < 0 || beat.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("palomar.live.beat is between 1s and 60s");
        }
        if (gather.isNegative() || linger.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("palomar.live.gather, linger and longest are not below 0");
        }
        if (streams < 1) {
            throw new IllegalArgumentException("palomar.live.streams is at least 1");
        }
    }
}
