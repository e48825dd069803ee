package org.palomar.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Message-ID header of a message (RFC 5322 section 3.6.4), with its angle brackets; never a UID.
 *
 * @param value {@code <...>} without white space or controls, at most 998 characters
 */
public record MessageId(String value) {

    private static final Pattern ID = Pattern.compile("<[^<>\\s\\p{Cntrl}]{1,996}>");

    public MessageId {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException("not a Message-ID");
        }
    }

    /** Every identifier found in a References or In-Reply-To header, in order; nonsense in between is passed over. */
    public static List<MessageId> all(String header) {
        List<MessageId> found = new ArrayList<>();
        Matcher matcher = ID.matcher(header);
        while (matcher.find()) {
            found.add(new MessageId(matcher.group()));
        }
        return found;
    }

    @Override
    public String toString() {
        return value;
    }
}
