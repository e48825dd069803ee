package org.palomar.door;

import java.util.Map;

/**
 * What a person's own server is asked.
 *
 * @param method of RFC 9110, RFC 4918 or RFC 3253
 * @param headers besides those of the connection and of who asks; ASCII in one line each
 * @param body UTF-8, or empty
 * @param username without a colon
 */
public record Ask(
        String method, String url, Map<String, String> headers, String body, String username, String password) {

    public Ask {
        headers = Map.copyOf(headers);
        if (headers.values().stream().anyMatch(value -> value.chars().anyMatch(c -> c < ' ' || c > '~'))) {
            throw new IllegalArgumentException("a header is one line of ASCII");
        }
    }

    /** Never the password. */
    @Override
    public String toString() {
        return method;
    }
}
