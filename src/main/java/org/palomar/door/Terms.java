package org.palomar.door;

import java.time.Duration;

/**
 * What a caller lets through the door.
 *
 * @param plain whether http is opened as well as https
 * @param octets the longest body that is taken; a longer one is an error
 * @param time for the whole exchange, looking up names and redirects included
 * @param accept the media types asked for
 */
public record Terms(boolean plain, int octets, Duration time, String accept) {

    public Terms {
        if (octets < 0 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a body has a length and an exchange takes time");
        }
    }
}
