package org.palomar.mail;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of LIST (RFC 9051 section 7.3.1).
 *
 * @param delimiter the hierarchy delimiter, or null for a flat name
 * @param attributes lower case with backslash, such as {@code \noselect}
 * @param specialUse what it is for, or null for an ordinary mailbox
 * @param status its counters when they were asked for and it can be selected, else null
 */
public record Mailbox(
        MailboxName name,
        @Nullable Character delimiter,
        Set<String> attributes,
        @Nullable SpecialUse specialUse,
        boolean subscribed,
        @Nullable MailboxStatus status) {

    public Mailbox {
        attributes = Set.copyOf(attributes);
    }

    public boolean selectable() {
        return !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent");
    }

    public boolean mayHaveChildren() {
        return delimiter != null && !attributes.contains("\\noinferiors");
    }

    public String leaf() {
        return name.leaf(delimiter);
    }
}
