package org.palomar.mime;

/** An address to which no message can be written. */
public final class UnsendableAddress extends IllegalArgumentException {

    private final String address;
    private final Reason reason;

    public UnsendableAddress(String address, Reason reason) {
        super(reason + ": " + address.length() + " characters");
        this.address = address;
        this.reason = reason;
    }

    /** The address as it was given, untrusted text. */
    public String address() {
        return address;
    }

    public Reason reason() {
        return reason;
    }

    /** Why it cannot be used. */
    public enum Reason {
        /** It is not of the form {@code local@domain} (RFC 5321 section 4.1.2). */
        NOT_AN_ADDRESS,
        /** Its local part is not ASCII, which only servers with SMTPUTF8 take (RFC 6531). */
        NEEDS_SMTPUTF8
    }
}
