package org.palomar.mime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Subjects of answers and forwarded messages, with one prefix however many there were and in whatever language. */
public final class Subjects {

    private static final int MAX_LENGTH = 2_000;

    private static final Pattern PREFIX = Pattern.compile(
            "^\\s{0,20}(?:re|aw|sv|vs|antw|antwoord|res|rif|ref|odp|ynt|bls|vá|atb|fwd?|wg|tr|rv|rvs|enc|doorst|vl|vb|pd|i?lt|továbbítás"
                    + "|回复|回覆|答复|答覆|转发|轉寄|轉發|返信|転送)(?:\\s?[\\[(^]?\\d{1,3}[\\])]?)?\\s?[:：]",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private Subjects() {}

    /** {@code Re: } and the subject's own words. */
    public static String reply(@Nullable String subject) {
        return "Re: " + base(subject);
    }

    /** {@code Fwd: } and the subject's own words. */
    public static String forward(@Nullable String subject) {
        return "Fwd: " + base(subject);
    }

    /** The subject without prefixes of answering and forwarding; empty for null. At most 2,000 characters. */
    public static String base(@Nullable String subject) {
        String rest = subject == null
                ? ""
                : subject.substring(0, Math.min(subject.length(), MAX_LENGTH)).strip();
        Matcher matcher = PREFIX.matcher(rest);
        while (matcher.find()) {
            rest = rest.substring(matcher.end()).strip();
            matcher.reset(rest);
        }
        return rest;
    }
}
