package org.palomar.remote;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Pictures from elsewhere, {@code palomar.remote.*}.
 *
 * @param key secret of 32 characters or more with which their URLs are signed; the same on every node. Empty for a random one, with
 *     which pictures on open pages break at a restart
 * @param size the largest picture
 * @param pixels most pixels of a picture, width times height
 * @param time for fetching one
 * @param cache memory for pictures kept an hour, of all people together
 * @param perMinute how many a person may have fetched in a minute
 */
@ConfigurationProperties("palomar.remote")
record RemoteProperties(
        @DefaultValue("") String key,
        @DefaultValue("5MB") DataSize size,
        @DefaultValue("40000000") long pixels,
        @DefaultValue("15s") Duration time,
        @DefaultValue("64MB") DataSize cache,
        @DefaultValue("300") int perMinute) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(100);

    RemoteProperties {
        if (!key.isEmpty() && key.length() < 32) {
            throw new IllegalArgumentException("palomar.remote.key has 32 characters or more");
        }
        if (size.toBytes() < 1 || size.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("palomar.remote.size is between 1 octet and 100MB");
        }
        if (pixels < 1 || perMinute < 1 || time.isNegative() || time.isZero() || cache.isNegative()) {
            throw new IllegalArgumentException("palomar.remote.pixels, per-minute, time and cache are above 0");
        }
    }

    /** The key is not for logs. */
    @Override
    public String toString() {
        return "RemoteProperties";
    }
}
