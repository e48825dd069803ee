package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;

/**
 * Finds the special mailboxes: by attribute (RFC 6154), else by the names that mail programs give them. At most one mailbox per
 * use; a mailbox with a usual name counts only at the top, below INBOX, or below a root in brackets that cannot be selected
 * ({@code [Gmail]}). Other roots of that kind hold what people share, and nobody's mail may be filed there unasked.
 */
final class SpecialUses {

    private static final Map<String, SpecialUse> ATTRIBUTES = Map.of(
            "\\drafts", SpecialUse.DRAFTS,
            "\\sent", SpecialUse.SENT,
            "\\trash", SpecialUse.TRASH,
            "\\junk", SpecialUse.JUNK,
            "\\archive", SpecialUse.ARCHIVE,
            "\\flagged", SpecialUse.FLAGGED,
            "\\all", SpecialUse.ALL);

    /** English and Spanish, the more usual first. */
    private static final Map<SpecialUse, List<String>> NAMES = new EnumMap<>(Map.of(
            SpecialUse.SENT,
            List.of(
                    "sent",
                    "sent items",
                    "sent messages",
                    "sent mail",
                    "sent-mail",
                    "enviados",
                    "elementos enviados",
                    "mensajes enviados",
                    "correo enviado"),
            SpecialUse.DRAFTS,
            List.of("drafts", "draft", "borradores", "borrador"),
            SpecialUse.TRASH,
            List.of(
                    "trash",
                    "deleted items",
                    "deleted messages",
                    "deleted",
                    "bin",
                    "papelera",
                    "papelera de reciclaje",
                    "elementos eliminados",
                    "mensajes eliminados",
                    "eliminados"),
            SpecialUse.JUNK,
            List.of(
                    "junk",
                    "spam",
                    "junk e-mail",
                    "junk email",
                    "junk mail",
                    "bulk mail",
                    "bulk",
                    "correo no deseado",
                    "correo basura",
                    "no deseado"),
            SpecialUse.ARCHIVE,
            List.of("archive", "archives", "archivo", "archivos", "archivados")));

    private SpecialUses() {}

    static List<Mailbox> assign(List<Mailbox> mailboxes) {
        Map<SpecialUse, MailboxName> chosen = new EnumMap<>(SpecialUse.class);
        chosen.put(SpecialUse.INBOX, MailboxName.INBOX);
        for (Mailbox mailbox : mailboxes) {
            for (String attribute : mailbox.attributes()) {
                SpecialUse use = ATTRIBUTES.get(attribute);
                if (use != null && mailbox.selectable()) {
                    chosen.putIfAbsent(use, mailbox.name());
                }
            }
        }
        List<Mailbox> candidates = candidates(mailboxes, Set.copyOf(chosen.values()));
        NAMES.forEach((use, names) -> {
            MailboxName found = chosen.containsKey(use) ? null : find(names, candidates);
            if (found != null) {
                chosen.put(use, found);
            }
        });
        Map<MailboxName, SpecialUse> uses = new java.util.HashMap<>();
        chosen.forEach((use, name) -> uses.putIfAbsent(name, use));
        List<Mailbox> assigned = new ArrayList<>();
        for (Mailbox mailbox : mailboxes) {
            assigned.add(new Mailbox(
                    mailbox.name(),
                    mailbox.delimiter(),
                    mailbox.attributes(),
                    uses.get(mailbox.name()),
                    mailbox.subscribed(),
                    mailbox.status()));
        }
        return List.copyOf(assigned);
    }

    private static List<Mailbox> candidates(List<Mailbox> mailboxes, Set<MailboxName> taken) {
        Set<MailboxName> roots = new HashSet<>();
        roots.add(MailboxName.INBOX);
        mailboxes.stream()
                .filter(m -> !m.selectable() && m.name().value().startsWith("["))
                .forEach(m -> roots.add(m.name()));
        List<Mailbox> candidates = new ArrayList<>();
        for (Mailbox mailbox : mailboxes) {
            MailboxName parent = mailbox.name().parent(mailbox.delimiter());
            boolean near = parent == null || roots.contains(parent);
            if (near && mailbox.selectable() && !taken.contains(mailbox.name())) {
                candidates.add(mailbox);
            }
        }
        return candidates;
    }

    private static @Nullable MailboxName find(List<String> names, List<Mailbox> candidates) {
        Mailbox best = null;
        int bestRank = Integer.MAX_VALUE;
        for (Mailbox candidate : candidates) {
            int index = names.indexOf(candidate.leaf().toLowerCase(Locale.ROOT));
            int rank = 100 * candidate.name().depth(candidate.delimiter()) + index;
            if (index >= 0 && rank < bestRank) {
                best = candidate;
                bestRank = rank;
            }
        }
        return best == null ? null : best.name();
    }
}
