package org.palomar.identity;

import java.util.Locale;

/**
 * Who a person is to those they write to.
 *
 * @param id empty for the account's own address as long as nothing was said about it
 * @param address {@code local@domain}
 * @param name shown beside the address; may be empty
 * @param replyTo where answers are to go, as typed; empty for the address
 * @param copyToSelf whether a hidden copy of what is sent goes to the address
 * @param signatureText plain, lines ended by {@code \n}; may be empty
 * @param signatureHtml the same with formatting, clean; empty when it has none
 * @param standard whether new messages begin with it
 */
public record Identity(
        String id,
        String address,
        String name,
        String replyTo,
        boolean copyToSelf,
        String signatureText,
        String signatureHtml,
        boolean standard) {

    /** With nothing but an address. */
    static Identity bare(String address) {
        return new Identity("", address, "", "", false, "", "", false);
    }

    /** The same person at that address. */
    Identity at(String other) {
        return new Identity(id, other, name, replyTo, copyToSelf, signatureText, signatureHtml, standard);
    }

    Identity asStandard(boolean now) {
        return new Identity(id, address, name, replyTo, copyToSelf, signatureText, signatureHtml, now);
    }

    /** As it stands in a list. */
    public String display() {
        return name.isEmpty() ? address : name + " <" + address + ">";
    }

    /** Whether that is this address, or one with something after a plus sign that leads to it (RFC 5233). */
    public boolean reaches(String other) {
        String mine = address.toLowerCase(Locale.ROOT);
        String theirs = other.toLowerCase(Locale.ROOT);
        int at = theirs.lastIndexOf('@');
        int plus = theirs.indexOf('+');
        return theirs.equals(mine)
                || (plus > 0 && plus < at && (theirs.substring(0, plus) + theirs.substring(at)).equals(mine));
    }
}
