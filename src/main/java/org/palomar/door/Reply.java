package org.palomar.door;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** What a person's own server said. Nothing in it is to be believed. */
public final class Reply {

    private final int status;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;

    Reply(int status, String path, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    /** The status of RFC 9110, of the last hop. */
    public int status() {
        return status;
    }

    /** Where it was found, after redirects; with the query. */
    public String path() {
        return path;
    }

    /** The first header of that name, or empty. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Not a copy. */
    public byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
