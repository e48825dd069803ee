package org.palomar.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.palomar.query.Query;
import org.palomar.query.Term;

/**
 * The mailboxes a search looks into, in the order in which they are searched.
 *
 * @param everywhere all of a person's mailboxes but Junk and Trash, which were left out
 * @param unknown names that no mailbox has
 */
record Scope(List<Mailbox> mailboxes, boolean everywhere, List<String> unknown) {

    private static final Map<String, SpecialUse> WORDS = Map.ofEntries(
            Map.entry("inbox", SpecialUse.INBOX),
            Map.entry("entrada", SpecialUse.INBOX),
            Map.entry("sent", SpecialUse.SENT),
            Map.entry("enviados", SpecialUse.SENT),
            Map.entry("drafts", SpecialUse.DRAFTS),
            Map.entry("borradores", SpecialUse.DRAFTS),
            Map.entry("archive", SpecialUse.ARCHIVE),
            Map.entry("archivo", SpecialUse.ARCHIVE),
            Map.entry("junk", SpecialUse.JUNK),
            Map.entry("spam", SpecialUse.JUNK),
            Map.entry("trash", SpecialUse.TRASH),
            Map.entry("papelera", SpecialUse.TRASH));

    private static final List<SpecialUse> FIRST =
            List.of(SpecialUse.INBOX, SpecialUse.SENT, SpecialUse.ARCHIVE, SpecialUse.DRAFTS);

    /**
     * Chooses mailboxes: what the query names, else {@code only}, else all.
     *
     * @param all the person's mailboxes
     * @param only the mailbox the reader stood in and chose, or null
     */
    static Scope of(Query query, List<Mailbox> all, @Nullable MailboxName only) {
        List<Mailbox> selectable = all.stream().filter(Mailbox::selectable).toList();
        List<Mailbox> chosen = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        boolean named = false;
        for (Term.In place : query.places()) {
            if (!place.negated()) {
                named = true;
                List<Mailbox> found = isEverywhere(place.mailbox()) ? selectable : named(place.mailbox(), selectable);
                chosen.addAll(found);
                if (found.isEmpty()) {
                    unknown.add(place.mailbox());
                }
            }
        }
        boolean leavesOut = !named && only == null;
        if (!named) {
            selectable.stream()
                    .filter(mailbox ->
                            only == null ? !isLeftOut(mailbox) : mailbox.name().equals(only))
                    .forEach(chosen::add);
        }
        for (Term.In place : query.places()) {
            if (place.negated()) {
                chosen.removeAll(named(place.mailbox(), selectable));
            }
        }
        return new Scope(
                chosen.stream()
                        .distinct()
                        .sorted(Comparator.comparingInt(Scope::rank))
                        .toList(),
                leavesOut,
                unknown);
    }

    /** What all of the mailboxes are for, in lower case; null when they are for different things. */
    @Nullable
    String use() {
        SpecialUse use = mailboxes.isEmpty() ? null : mailboxes.getFirst().specialUse();
        return use == null || mailboxes.stream().anyMatch(mailbox -> mailbox.specialUse() != use)
                ? null
                : use.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a server shows the same messages in two of these mailboxes. */
    boolean repeats() {
        return mailboxes.size() > 1 && mailboxes.stream().anyMatch(Scope::isVirtual);
    }

    private static boolean isEverywhere(String name) {
        return name.equalsIgnoreCase("anywhere") || name.equalsIgnoreCase("todo");
    }

    private static List<Mailbox> named(String name, List<Mailbox> mailboxes) {
        SpecialUse use = WORDS.get(name.toLowerCase(Locale.ROOT));
        List<Mailbox> whole = mailboxes.stream()
                .filter(mailbox ->
                        mailbox.name().value().equalsIgnoreCase(name) || (use != null && mailbox.specialUse() == use))
                .toList();
        return !whole.isEmpty()
                ? whole
                : mailboxes.stream()
                        .filter(mailbox -> mailbox.leaf().equalsIgnoreCase(name))
                        .toList();
    }

    private static boolean isLeftOut(Mailbox mailbox) {
        return mailbox.specialUse() == SpecialUse.JUNK || mailbox.specialUse() == SpecialUse.TRASH;
    }

    private static boolean isVirtual(Mailbox mailbox) {
        return mailbox.specialUse() == SpecialUse.ALL || mailbox.specialUse() == SpecialUse.FLAGGED;
    }

    private static int rank(Mailbox mailbox) {
        int first = mailbox.specialUse() == null ? -1 : FIRST.indexOf(mailbox.specialUse());
        // What shows others' messages comes last, so that a message is found where it lies.
        return first >= 0 ? first : isVirtual(mailbox) ? FIRST.size() + 1 : FIRST.size();
    }
}
