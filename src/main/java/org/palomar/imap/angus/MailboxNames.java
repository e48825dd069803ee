package org.palomar.imap.angus;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxDecoder;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;

/** Mailbox names on the wire: UTF-8 where enabled, else modified UTF-7 (RFC 3501 section 5.1.3). */
final class MailboxNames {

    private static final int MAX_ODD = 1_000;

    /** Names that are no proper UTF-7: shown as written, and sent back as written. */
    private final Map<MailboxName, String> odd;

    private boolean utf8;

    MailboxNames() {
        this(new ConcurrentHashMap<>());
    }

    private MailboxNames(Map<MailboxName, String> odd) {
        this.odd = odd;
    }

    /** For another connection of the same person: what one has seen in a LIST, the other may select. */
    MailboxNames another() {
        return new MailboxNames(odd);
    }

    void utf8(boolean enabled) {
        utf8 = enabled;
    }

    /** The name as an argument, always quoted or a literal: some servers stumble over {@code [Gmail]} as an atom. */
    Argument argument(MailboxName name) {
        return new Argument().writeNString(encode(name), StandardCharsets.UTF_8);
    }

    /** The name a server wrote, or null when Palomar cannot hold it. A spelling of its own is remembered. */
    @Nullable
    MailboxName decode(@Nullable String wire) {
        MailboxName name = heard(wire);
        if (wire != null && name != null && !name.isInbox() && !spell(name).equals(wire) && odd.size() < MAX_ODD) {
            odd.put(name, wire);
        }
        return name;
    }

    /**
     * The name in something a server tells by itself, or null when Palomar cannot hold it. Dovecot writes these in UTF-8 whatever was
     * agreed, and refuses the same spelling in a command.
     */
    @Nullable
    MailboxName heard(@Nullable String wire) {
        if (wire == null) {
            return null;
        }
        try {
            String folded = utf8 ? wire : unfold(wire);
            boolean regular = utf8
                    || (!folded.isEmpty() && BASE64MailboxEncoder.encode(folded).equals(wire));
            return new MailboxName(regular ? folded : wire);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String encode(MailboxName name) {
        return odd.getOrDefault(name, spell(name));
    }

    private String spell(MailboxName name) {
        return utf8 ? name.value() : BASE64MailboxEncoder.encode(name.value());
    }

    private static String unfold(String wire) {
        try {
            return BASE64MailboxDecoder.decode(wire);
        } catch (RuntimeException e) {
            return wire;
        }
    }
}
