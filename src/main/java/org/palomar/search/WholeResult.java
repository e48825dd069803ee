package org.palomar.search;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.filing.Selected;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.UidSet;
import org.palomar.query.Criteria;

/**
 * All that a search finds, as the person saw it, chosen with {@code select=results}.
 *
 * @param newest the newest message that each mailbox can have had; what arrives later is not meant
 * @param day the reader's day, because {@code after:7d} means something else tomorrow
 * @param total how many there were, or null while nobody knew
 */
public record WholeResult(
        List<MessageRef> newest, LocalDate day, @Nullable Long total) {

    private static final int CHUNK = 500;

    public WholeResult {
        newest = List.copyOf(newest);
    }

    /**
     * What the form of the results says about the choice. It holds only as long as every row that was shown is still ticked:
     * whoever takes one out means the others on the page.
     *
     * @param scope {@code all} for all results
     * @param upto as {@link WholeResult#upto} writes it
     * @param shown how many rows the page had
     */
    record Choice(
            @Nullable String scope,
            @Nullable String upto,
            @Nullable String day,
            @Nullable Integer shown,
            @Nullable Long total) {

        /**
         * All results, or null when the ticked messages are meant.
         *
         * @throws RuntimeException when no page of ours said so
         */
        @Nullable
        WholeResult whole(int ticked) {
            if (!"all".equals(scope) || upto == null || day == null || shown == null || ticked < shown) {
                return null;
            }
            return new WholeResult(
                    Arrays.stream(upto.split(" "))
                            .filter(each -> !each.isEmpty())
                            .map(MessageRef::parse)
                            .toList(),
                    LocalDate.parse(day),
                    total);
        }
    }

    /** {@link #newest} for a form. */
    public String upto() {
        return newest.stream().map(MessageRef::address).collect(Collectors.joining(" "));
    }

    /** What is to be asked of each mailbox of the search, in the order of the search. */
    Map<MailboxName, Selected> in(Scope scope, Criteria criteria) {
        Map<MailboxName, MessageRef> bounds =
                newest.stream().collect(Collectors.toMap(MessageRef::mailbox, bound -> bound, (one, _) -> one));
        Map<String, MessageRef> first = new ConcurrentHashMap<>();
        Map<MailboxName, Selected> selected = new LinkedHashMap<>();
        for (Mailbox mailbox : scope.mailboxes()) {
            MessageRef bound = bounds.get(mailbox.name());
            if (bound != null) {
                selected.put(mailbox.name(), Selected.found(open -> {
                    open.check(bound);
                    UidSet found = UidSet.of(criteria.matching(open)).upTo(bound.uid());
                    return scope.repeats() ? once(open, found, first) : found;
                }));
            }
        }
        return selected;
    }

    /**
     * Those that no other mailbox has shown, as results show each message once.
     *
     * @param first where each Message-ID was met first; a mailbox that is asked twice answers the same
     */
    private static UidSet once(OpenMailbox open, UidSet found, Map<String, MessageRef> first) {
        return UidSet.of(found.cut(CHUNK).stream()
                .flatMap(piece -> open.summaries(piece).stream())
                .filter(message -> isFirst(message, first))
                .map(message -> message.ref().uid())
                .toList());
    }

    private static boolean isFirst(MessageSummary message, Map<String, MessageRef> first) {
        return message.envelope().messageId() == null
                || first.computeIfAbsent(message.envelope().messageId().value(), _ -> message.ref())
                        .equals(message.ref());
    }
}
