package org.palomar.mail;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The flags and keywords of a message (RFC 9051 section 2.3.2), compared without regard to case. */
public record Flags(Set<String> values) {

    public static final String SEEN = "\\Seen";
    public static final String ANSWERED = "\\Answered";
    public static final String FLAGGED = "\\Flagged";
    public static final String DELETED = "\\Deleted";
    public static final String DRAFT = "\\Draft";
    public static final String FORWARDED = "$Forwarded";
    public static final String JUNK = "$Junk";
    public static final String NOT_JUNK = "$NotJunk";

    /** That the sender's wish for a receipt was answered, or refused (RFC 3503). */
    public static final String MDN_SENT = "$MDNSent";

    public static final Flags NONE = new Flags(Set.of());

    public Flags {
        TreeSet<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String value : values) {
            sorted.add(checked(value));
        }
        values = java.util.Collections.unmodifiableSortedSet(sorted);
    }

    public static Flags of(String... values) {
        return new Flags(Set.of(values));
    }

    public boolean has(String flag) {
        return values.contains(flag);
    }

    public boolean seen() {
        return has(SEEN);
    }

    public boolean answered() {
        return has(ANSWERED);
    }

    public boolean flagged() {
        return has(FLAGGED);
    }

    public boolean deleted() {
        return has(DELETED);
    }

    public boolean draft() {
        return has(DRAFT);
    }

    public boolean forwarded() {
        return has(FORWARDED);
    }

    private static String checked(String flag) {
        String atom = flag.startsWith("\\") ? flag.substring(1) : flag;
        boolean bad =
                atom.isEmpty() || atom.chars().anyMatch(c -> c <= ' ' || c >= 127 || "(){%*\"\\]".indexOf(c) >= 0);
        if (bad && !flag.equals("\\*")) {
            throw new IllegalArgumentException("not a flag: " + flag.length() + " characters");
        }
        return flag.startsWith("\\") ? canonical(flag) : flag;
    }

    private static String canonical(String systemFlag) {
        return "\\" + systemFlag.substring(1, 2).toUpperCase(Locale.ROOT)
                + systemFlag.substring(2).toLowerCase(Locale.ROOT);
    }
}
