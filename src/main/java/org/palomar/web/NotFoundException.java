package org.palomar.web;

/** What was asked for is not there; the page says so. */
public final class NotFoundException extends RuntimeException {

    private final String key;

    /** @param key message key of the sentence the page shows */
    public NotFoundException(String key) {
        super(key);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
