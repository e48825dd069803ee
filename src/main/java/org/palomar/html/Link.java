package org.palomar.html;

import org.jspecify.annotations.Nullable;

/**
 * A link of a message that is not what it seems. Text is a stranger's.
 *
 * @param host where it goes: a host as it may be shown, or the domain of an address
 * @param named the host that its text names, or null
 */
public record Link(String host, @Nullable String named, Doubt doubt) {

    /** What is wrong with it, the worst first. */
    public enum Doubt {
        /** Its text names another host than it goes to. */
        OTHER_HOST,
        /** A name stands before the host that may be taken for it: {@code http://bank.example@evil.example/}. */
        USER_INFO,
        /** Letters of the host look like others, or the host is one letter off a well-known one. */
        LOOKALIKE,
        /** It goes to a bare IP address that its text does not show. */
        ADDRESS
    }
}
