package org.palomar.contacts.dav;

/** The server did not do what it was asked. */
final class DavException extends Exception {

    /** Why, in words that a page has a sentence for. */
    enum Reason {
        UNREACHABLE,
        DENIED,
        FULL,
        NO_BOOK,
        ODD
    }

    private final Reason reason;
    private final int status;

    DavException(Reason reason, int status) {
        super(reason + " " + status);
        this.reason = reason;
        this.status = status;
    }

    static DavException of(int status) {
        return new DavException(
                switch (status) {
                    case 401, 403 -> Reason.DENIED;
                    case 507 -> Reason.FULL;
                    case 429, 500, 502, 503, 504 -> Reason.UNREACHABLE;
                    default -> Reason.ODD;
                },
                status);
    }

    Reason reason() {
        return reason;
    }

    /** Of the answer, or 0 when there was none. */
    int status() {
        return status;
    }
}
