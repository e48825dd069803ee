package org.palomar.store;

/** The store cannot be used now; the mail can. */
public final class StoreException extends RuntimeException {

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
