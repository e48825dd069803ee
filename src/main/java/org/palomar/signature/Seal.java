package org.palomar.signature;

import java.util.Locale;

/**
 * What can be said about the protection of a message. Texts come from certificates and are a stranger's, also where one is valid.
 *
 * @param name whom the certificate names, or empty
 * @param address the address it is for, or empty
 * @param issuer who issued it, or empty
 */
public record Seal(Verdict verdict, String name, String address, String issuer) {

    /** Only {@link #VALID} is good news. */
    public enum Verdict {
        /** Unchanged, by the author that From names, with a certificate that is vouched for. */
        VALID,
        /** Not what was signed. */
        CHANGED,
        /** Unchanged, but nobody that is trusted vouches for the certificate. */
        UNVOUCHED,
        /** Unchanged, but the certificate is for another address than From. */
        OTHER_SENDER,
        /** Unchanged, but signed at another time than the message claims. */
        OTHER_TIME,
        /** By a method that can be forged. */
        WEAK,
        /** The signature cannot be understood. */
        UNREADABLE,
        /** Something around the signed part is not signed. */
        PARTLY,
        /** An OpenPGP signature, which is not checked. */
        UNCHECKED,
        ENCRYPTED_SMIME,
        ENCRYPTED_PGP,
        /** Text with encrypted blocks in it. */
        PARTLY_ENCRYPTED;

        /** In lower case, as in keys of words. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public boolean encrypted() {
            return this == ENCRYPTED_SMIME || this == ENCRYPTED_PGP;
        }
    }

    static Seal of(Verdict verdict) {
        return new Seal(verdict, "", "", "");
    }

    /** Who signed, as a sentence names them. */
    public String signer() {
        String who = name.isEmpty() || name.equalsIgnoreCase(address) ? address : name + " <" + address + ">";
        return address.isEmpty() ? name : who;
    }
}
