package org.palomar.smtp;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the submission server says of itself in its answer to EHLO (RFC 5321 section 4.1.1.1).
 *
 * @param known whether it was asked and answered
 * @param size the largest message in octets that it takes (RFC 1870), empty where it does not say
 * @param keywords of its extensions, in upper case
 */
public record Offer(boolean known, OptionalLong size, Set<String> keywords) {

    /** Reports about deliveries (RFC 3461). */
    public static final String DSN = "DSN";

    /** Addresses whose local part is not ASCII (RFC 6531). */
    public static final String UTF8 = "SMTPUTF8";

    /** Octets above 127 in a message (RFC 6152). */
    static final String EIGHT_BIT = "8BITMIME";

    /** Nobody asked yet, or nobody answered. */
    public static final Offer UNKNOWN = new Offer(false, OptionalLong.empty(), Set.of());

    /** The server knows no extensions. */
    static final Offer NOTHING = new Offer(true, OptionalLong.empty(), Set.of());

    /** What it takes for a limit when there is none is no limit (RFC 1870 section 4). */
    private static final String LIMIT = "[1-9][0-9]{0,17}";

    public Offer {
        keywords = Set.copyOf(keywords);
    }

    /** @param answer the lines of a 250 answer to EHLO, greeting first */
    static Offer read(List<String> answer) {
        Set<String> keywords = new HashSet<>();
        OptionalLong size = OptionalLong.empty();
        for (String line : answer.subList(Math.min(1, answer.size()), answer.size())) {
            String[] words = line.substring(Math.min(4, line.length())).strip().split(" +", 2);
            String keyword = words[0].toUpperCase(Locale.ROOT);
            keywords.add(keyword);
            if (keyword.equals("SIZE") && words.length > 1 && words[1].strip().matches(LIMIT)) {
                size = OptionalLong.of(Long.parseLong(words[1].strip()));
            }
        }
        return new Offer(true, size, keywords);
    }

    /** Whether it is known to offer this. */
    public boolean has(String keyword) {
        return keywords.contains(keyword);
    }

    /** Whether it is known not to offer this. */
    public boolean lacks(String keyword) {
        return known && !has(keyword);
    }
}
