package org.palomar.trust;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.trust.Checks.Verdict;

/**
 * Who a message is from, and what about it may deceive, as its page shows it. Paths start at the context root; texts are
 * strangers'.
 *
 * @param undisputed whether our servers confirm the author, or none of them checks
 * @param domain of the author as it may be shown, or empty
 * @param warnings the grave ones first
 * @param leaving how to get no more of these, or null
 * @param receipt what the sender asks for, or null
 * @param senderUrl path of the card of the sender, or null where there is nobody to tell of
 */
public record Trust(
        Verdict verdict,
        boolean undisputed,
        String domain,
        List<Warning> warnings,
        @Nullable Leaving leaving,
        @Nullable ReceiptRequest receipt,
        @Nullable String senderUrl) {

    public Trust {
        warnings = List.copyOf(warnings);
    }

    /** The key of the sentence about the author's domain, or null when nobody has looked. */
    public @Nullable String verdictKey() {
        return verdict == Verdict.UNKNOWN || domain.isEmpty() ? null : key(verdict);
    }

    public boolean confirmed() {
        return verdict == Verdict.CONFIRMED;
    }

    public boolean failed() {
        return verdict == Verdict.FAILED;
    }

    public boolean grave() {
        return warnings.stream().anyMatch(Warning::grave);
    }

    static String key(Verdict verdict) {
        return "trust.verdict." + verdict.name().toLowerCase(Locale.ROOT);
    }

    /**
     * How to leave a mailing list (RFC 2369 section 3.2).
     *
     * @param kind "post" where we ask its server ourselves (RFC 8058), "mail" where a message is to be sent,
     *     "page" where a page of theirs does it
     * @param url path of ours for the first two, an https address for a page
     * @param host of whoever is asked
     */
    public record Leaving(String kind, String url, String host) {}

    /**
     * A wish to be told when the message was read (RFC 8098 section 2.1).
     *
     * @param to where the receipt goes
     * @param elsewhere whether that is not where the message came from
     * @param url path that takes the answer
     */
    public record ReceiptRequest(String to, boolean elsewhere, String url) {}
}
