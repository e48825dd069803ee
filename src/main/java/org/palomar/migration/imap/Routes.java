package org.palomar.migration.imap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.palomar.migration.Plan;

/**
 * Finds where each mailbox of an old server goes. Where mail is brought into INBOX, the special mailboxes are put together with those
 * that are here; under another mailbox everything is hung as it was.
 */
final class Routes {

    private final List<Mailbox> there;
    private final String prefix;
    private final boolean labels;
    private final Here here;
    private final Plan plan;
    private final Map<MailboxName, SpecialUse> uses;
    private final Set<MailboxName> brackets;
    private final boolean together;
    private final Set<MailboxName> taken = new HashSet<>();

    /**
     * @param prefix of the person's own mailboxes there
     * @param labels whether one message may lie in many mailboxes there
     */
    private Routes(List<Mailbox> there, String prefix, boolean labels, Here here, Plan plan) {
        this.there = there;
        this.prefix = prefix;
        this.labels = labels;
        this.here = here;
        this.plan = plan;
        this.uses = Uses.of(there, prefix);
        this.brackets = there.stream()
                .filter(mailbox ->
                        !mailbox.selectable() && mailbox.name().value().startsWith("["))
                .map(Mailbox::name)
                .collect(Collectors.toSet());
        this.together = plan.target().isBlank() || new MailboxName(plan.target()).isInbox();
        for (Mailbox mailbox : there) {
            List<String> levels = levels(mailbox.name(), mailbox.delimiter());
            if (Names.safe(levels, here.delimiter()).equals(levels)) {
                taken.add(hung(levels));
            }
        }
    }

    /** In the order in which they are to be read: of the same message the first one counts. */
    static List<Route> of(List<Mailbox> there, String prefix, boolean labels, Here here, Plan plan) {
        return new Routes(there, prefix, labels, here, plan).all();
    }

    private List<Route> all() {
        Map<String, String> chosen = new HashMap<>();
        plan.mailboxes().forEach(pair -> chosen.put(pair.from(), pair.to()));
        List<Route> routes = new ArrayList<>();
        for (Mailbox mailbox : there) {
            String to = chosen.get(mailbox.name().value());
            if (mailbox.selectable() && (chosen.isEmpty() || to != null)) {
                MailboxName target = to == null || to.isBlank() ? place(mailbox) : new MailboxName(to);
                routes.add(new Route(mailbox, target, kind(mailbox)));
            }
        }
        // The order of the server stays where nothing else decides.
        routes.sort(Comparator.comparingInt(this::rank).thenComparingInt(route -> labels ? -depth(route.from()) : 0));
        return routes;
    }

    private MailboxName place(Mailbox mailbox) {
        MailboxName special = together ? special(mailbox) : null;
        return special != null ? special : alone(levels(mailbox.name(), mailbox.delimiter()));
    }

    /** The mailbox here of the same use, or below it as there; null when there is none. */
    private @Nullable MailboxName special(Mailbox mailbox) {
        Character delimiter = mailbox.delimiter();
        for (MailboxName name = mailbox.name(); name != null; name = name.parent(delimiter)) {
            SpecialUse use = uses.get(name);
            // Whatever hangs under INBOX because all does, does not belong to it.
            boolean root = name.isInbox() && !mailbox.name().isInbox() && !prefix.isEmpty();
            if (use != null && !root) {
                MailboxName same = here.uses().get(use == SpecialUse.ALL ? SpecialUse.ARCHIVE : use);
                if (same == null) {
                    return use == SpecialUse.ALL && name.equals(mailbox.name()) ? here.atTop(List.of("Archive")) : null;
                }
                String rest = mailbox.name().value().substring(name.value().length());
                return rest.isEmpty()
                        ? same
                        : here.under(same, Names.safe(Names.levels(rest.substring(1), delimiter), here.delimiter()));
            }
        }
        return null;
    }

    /** Without what the server puts before every name, or before those of its own mailboxes. */
    private List<String> levels(MailboxName name, @Nullable Character delimiter) {
        String value = name.value();
        if (!prefix.isEmpty() && value.startsWith(prefix) && value.length() > prefix.length()) {
            value = value.substring(prefix.length());
        }
        MailboxName parent = name.parent(delimiter);
        if (parent != null && brackets.contains(parent)) {
            value = name.leaf(delimiter);
        }
        return Names.levels(value, delimiter);
    }

    /** Two mailboxes whose names only became the same are not put together. */
    private MailboxName alone(List<String> levels) {
        List<String> safe = Names.safe(levels, here.delimiter());
        MailboxName name = hung(safe);
        if (safe.equals(levels)) {
            return name;
        }
        MailboxName free = name;
        for (int n = 2; !taken.add(free); n++) {
            free = new MailboxName(name.value() + " " + n);
        }
        return free;
    }

    private MailboxName hung(List<String> levels) {
        return together ? here.atTop(levels) : here.under(new MailboxName(plan.target()), levels);
    }

    private Route.Kind kind(Mailbox mailbox) {
        SpecialUse use = uses.get(mailbox.name());
        if (use == SpecialUse.FLAGGED || mailbox.attributes().contains("\\flagged")) {
            return Route.Kind.STARS;
        }
        boolean view = use == SpecialUse.ALL || mailbox.attributes().contains("\\important");
        return view ? Route.Kind.VIEW : labels ? Route.Kind.LABEL : Route.Kind.OWN;
    }

    private int rank(Route route) {
        SpecialUse use = uses.get(route.from().name());
        if (route.kind().isView()) {
            return use == SpecialUse.ALL ? 10 : 11;
        }
        if (!labels) {
            return 0;
        }
        return switch (use) {
            case TRASH, JUNK -> 1;
            case DRAFTS -> 2;
            case INBOX -> 4;
            case SENT -> 5;
            case null, default -> 3;
        };
    }

    private static int depth(Mailbox mailbox) {
        return mailbox.name().depth(mailbox.delimiter());
    }
}
