package org.palomar.trust;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.domain.Domain;
import org.palomar.html.CleanHtml;
import org.palomar.html.Link;
import org.palomar.imap.MailSession;
import org.palomar.mail.HeaderField;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SpecialUse;
import org.palomar.mime.MessageBody;
import org.palomar.reading.ReadMessage;
import org.palomar.tree.MailboxDirectory;
import org.palomar.trust.Checks.Verdict;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Judges a message that was just read. Asks the server nothing about it; whom the person writes to is known already. */
@Component
public class TrustReader {

    private static final int MOST_LINKS = 3;
    private static final int MOST_FILES = 5;

    private final TrustProperties trusted;
    private final AcquaintanceReader acquaintances;
    private final MailboxDirectory directory;
    private final Receipts receipts;
    private final String domain;

    TrustReader(
            TrustProperties trusted,
            AcquaintanceReader acquaintances,
            MailboxDirectory directory,
            Receipts receipts,
            @Value("${palomar.compose.domain:}") String domain) {
        this.trusted = trusted;
        this.acquaintances = acquaintances;
        this.directory = directory;
        this.receipts = receipts;
        this.domain = domain;
    }

    /**
     * Judges.
     *
     * @param nested the root path, or the message/rfc822 part that was read instead: nobody vouches for that
     * @param fields of the outer message's header
     * @param letter what is shown, cleaned
     * @param body with the attachments that are listed
     */
    public Trust judge(
            SignedIn person,
            MailSession session,
            MessageRef ref,
            PartPath nested,
            List<HeaderField> fields,
            ReadMessage message,
            List<CleanHtml> letter,
            MessageBody body) {
        Sender sender = Sender.of(message.envelope());
        String base = "/mailboxes/" + ref.mailbox().toSegment() + "/messages/" + ref.key();
        @Nullable
        String card = sender.address().address().isEmpty()
                ? null
                : base + "/sender" + (nested.isRoot() ? "" : "?part=" + nested);
        String own = person.address(domain);
        boolean mine = sender.address().address().equalsIgnoreCase(own);
        SpecialUse use = directory.use(person, session, ref.mailbox());
        if (use == SpecialUse.DRAFTS || (use == SpecialUse.SENT && mine)) {
            return new Trust(Verdict.UNKNOWN, true, sender.shownDomain(), List.of(), null, null, card);
        }
        Header header = nested.isRoot() ? new Header(fields) : Header.NONE;
        Checks checks = Checks.of(header.fields(), trusted);
        Verdict verdict = checks.verdict(sender.domain(), header.isList());
        List<Warning> warnings = new ArrayList<>(
                sender.warnings(message.envelope(), header, verdict, acquaintances.of(person, session), own));
        warnings.addAll(links(letter, verdict == Verdict.CONFIRMED ? sender.domain() : null));
        warnings.addAll(files(body));
        warnings.sort(Comparator.comparing(warning -> !warning.grave()));
        return new Trust(
                verdict,
                verdict == Verdict.CONFIRMED || trusted.authservIds().isEmpty(),
                sender.shownDomain(),
                warnings,
                Unsubscribing.offered(header, checks, base + "/unsubscribe"),
                mine
                        ? null
                        : receipts.request(person, ref, header, message, use).orElse(null),
                card);
    }

    /** @param confirmed the author, where that is certain: their text may name themselves and lead through whoever counts clicks */
    private static List<Warning> links(List<CleanHtml> letter, @Nullable Domain confirmed) {
        Set<Warning> warnings = new LinkedHashSet<>();
        for (CleanHtml part : letter) {
            for (Link link : part.doubtful()) {
                boolean theirs = confirmed != null
                        && link.named() != null
                        && Domain.parse(link.named())
                                .filter(confirmed::sameOwner)
                                .isPresent();
                if (!(theirs && link.doubt() == Link.Doubt.OTHER_HOST) && warnings.size() < MOST_LINKS) {
                    warnings.add(warning(link));
                }
            }
        }
        return List.copyOf(warnings);
    }

    private static Warning warning(Link link) {
        String named = link.named() == null ? "" : link.named();
        return switch (link.doubt()) {
            case OTHER_HOST -> Warning.grave("trust.link.other", named, link.host());
            case USER_INFO -> Warning.grave("trust.link.userinfo", link.host());
            case LOOKALIKE ->
                named.isEmpty()
                        ? Warning.grave("trust.link.letters", link.host())
                        : Warning.grave("trust.link.lookalike", link.host(), named);
            case ADDRESS -> Warning.slight("trust.link.address", link.host());
        };
    }

    private static List<Warning> files(MessageBody body) {
        List<Warning> warnings = new ArrayList<>();
        for (MessageBody.Attachment file : body.attachments()) {
            if (!file.nested() && warnings.size() < MOST_FILES) {
                RiskyFile.judge(file.name(), file.mediaType().toLowerCase(Locale.ROOT))
                        .ifPresent(warnings::add);
            }
        }
        return warnings;
    }
}
