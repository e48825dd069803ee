package org.palomar.mail;

/** Where a message lies: always with its UIDVALIDITY, so that a reference from another era is noticed. */
public record MessageRef(MailboxName mailbox, UidValidity uidValidity, Uid uid) {

    /** {@code uidvalidity.uid}, as in URLs and {@code data-ref}. */
    public String key() {
        return uidValidity + "." + uid;
    }

    /**
     * Reads {@link #key()}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static MessageRef parse(MailboxName mailbox, String key) {
        int dot = key.indexOf('.');
        if (dot <= 0 || key.length() > 21) {
            throw new IllegalArgumentException("not a message reference");
        }
        MessageRef ref = new MessageRef(
                mailbox,
                new UidValidity(Long.parseLong(key.substring(0, dot))),
                new Uid(Long.parseLong(key.substring(dot + 1))));
        if (!ref.key().equals(key)) {
            // A sign, leading zeros, digits of another script: one message has one address.
            throw new IllegalArgumentException("not a message reference");
        }
        return ref;
    }
}
