package org.palomar.web;

/** What was asked for is not there; the page says so. */
public final class NotFoundException extends RuntimeException {

    private final String key;

    /** @param key which sentence the page shows: {@code error.<key>.title} and {@code .text} */
    public NotFoundException(String key) {
        super(key);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
