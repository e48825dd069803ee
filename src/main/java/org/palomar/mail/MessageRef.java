package org.palomar.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Where a message lies: always with its UIDVALIDITY, so that a reference from another era is noticed. */
public record MessageRef(MailboxName mailbox, UidValidity uidValidity, Uid uid) {

    private static final int MOST_KEYS = 100_000;

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

    /** {@code uidvalidity.uid@mailbox}, in forms that hold messages of several mailboxes. */
    public String address() {
        return key() + "@" + mailbox.toSegment();
    }

    /**
     * Reads {@link #address()}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static MessageRef parse(String address) {
        int at = address.indexOf('@');
        return parse(MailboxName.fromSegment(address.substring(at + 1)), address.substring(0, Math.max(0, at)));
    }

    /** Several messages of one mailbox as {@link #parseAll} reads them: {@code uidvalidity.uid.uid}. */
    public static String keys(UidValidity uidValidity, List<Uid> uids) {
        return uidValidity + "." + uids.stream().map(Uid::toString).collect(Collectors.joining("."));
    }

    /**
     * Reads {@link #key()} and {@link #keys}.
     *
     * @throws IllegalArgumentException for anything else, and for more than {@value #MOST_KEYS} messages
     */
    public static List<MessageRef> parseAll(MailboxName mailbox, String keys) {
        int dot = keys.indexOf('.');
        if (dot <= 0) {
            throw new IllegalArgumentException("not a message reference");
        }
        String era = keys.substring(0, dot + 1);
        List<MessageRef> refs = new ArrayList<>();
        for (int at = dot; at >= 0 && refs.size() < MOST_KEYS; ) {
            int next = keys.indexOf('.', at + 1);
            refs.add(parse(mailbox, era + keys.substring(at + 1, next < 0 ? keys.length() : next)));
            at = next;
        }
        if (refs.size() == MOST_KEYS) {
            throw new IllegalArgumentException("too many message references");
        }
        return refs;
    }
}
