package org.palomar.door;

import org.jspecify.annotations.Nullable;

/** What a stranger's server said. Nothing in it is to be believed, its media type least of all. */
public final class Answer {

    private final int status;
    private final @Nullable String location;
    private final byte[] body;

    Answer(int status, @Nullable String location, byte[] body) {
        this.status = status;
        this.location = location;
        this.body = body;
    }

    /** The status of RFC 9110, of the last hop. */
    public int status() {
        return status;
    }

    /** The body, decoded from its transfer only; empty when the answer is a redirect. Not a copy. */
    public byte[] body() {
        return body;
    }

    @Nullable
    String location() {
        return location;
    }

    boolean redirects() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
