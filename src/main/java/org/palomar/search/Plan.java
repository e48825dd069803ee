package org.palomar.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.MailboxName;

/** In which order a search goes through its mailboxes. Not safe for use by many threads. */
final class Plan {

    private final List<Sweep> sweeps;
    private final boolean hasText;
    private int silences;

    /** @param hasText whether there is more to do than to list messages */
    Plan(Scope scope, boolean hasText) {
        this.sweeps = scope.mailboxes().stream().map(Sweep::new).toList();
        this.hasText = hasText;
    }

    /**
     * What a worker does next.
     *
     * @param window the messages to search, or null to find out what there is
     */
    record Step(Sweep sweep, Sweep.@Nullable Window window) {

        /** Leaves it to somebody else. */
        void putBack() {
            if (window == null) {
                sweep.release();
            } else {
                window.giveBack();
            }
        }
    }

    List<Sweep> sweeps() {
        return sweeps;
    }

    /** The next step, or null while there is none; {@code thorough} prefers bodies to headers. */
    @Nullable
    Step next(boolean thorough) {
        return hasText ? byRank(thorough) : byDate();
    }

    /** Whether there may be another step once somebody has found out what there is. */
    boolean isOpen() {
        return sweeps.stream().anyMatch(Sweep::isBeginning);
    }

    private @Nullable Step byRank(boolean preferred) {
        for (boolean thorough : new boolean[] {preferred, !preferred}) {
            for (Sweep sweep : sweeps) {
                if (!sweep.isTaken()) {
                    return begin(sweep);
                }
                Sweep.Window window = thorough ? sweep.thorough() : sweep.quick();
                if (window != null) {
                    return new Step(sweep, window);
                }
            }
        }
        return null;
    }

    /** All messages of all mailboxes match: the mailbox comes next whose next message is the newest. */
    private @Nullable Step byDate() {
        for (Sweep sweep : sweeps) {
            if (!sweep.isTaken()) {
                return begin(sweep);
            }
        }
        if (isOpen()) {
            return null;
        }
        return sweeps.stream()
                .sorted(Comparator.comparing(Sweep::searchedBackTo, Comparator.nullsFirst(Comparator.reverseOrder())))
                .flatMap(sweep -> Optional.ofNullable(sweep.thorough()).map(window -> new Step(sweep, window)).stream())
                .findFirst()
                .orElse(null);
    }

    private static Step begin(Sweep sweep) {
        sweep.take();
        return new Step(sweep, null);
    }

    /** What is known of the mailboxes that were begun. */
    List<Renewal.Begun> begun() {
        List<Renewal.Begun> begun = new ArrayList<>();
        for (Sweep sweep : sweeps) {
            if (sweep.era() != null) {
                begun.add(new Renewal.Begun(sweep.mailbox, sweep.era(), sweep.newest()));
            }
        }
        return begun;
    }

    /** How many messages flags, days and size allow now, by mailbox. */
    void recount(Map<MailboxName, Integer> counts) {
        sweeps.forEach(sweep -> sweep.recount(counts.getOrDefault(sweep.mailbox.name(), sweep.size())));
    }

    /** The server answered: it is not silent. */
    void answered() {
        silences = 0;
    }

    /** One mailbox is given up, or all that are left when the server seems to be gone: each would fail after a long wait. */
    void failed(Sweep sweep, ImapException failure) {
        sweep.fail();
        if (failure instanceof ImapException.Unreachable || failure instanceof ImapException.Busy) {
            silences++;
        }
        boolean hopeless = failure instanceof ImapException.Closed
                || failure instanceof ImapException.AuthenticationFailed
                || failure instanceof ImapException.TooManyConnections
                || failure instanceof ImapException.CertificateRejected;
        if (hopeless || silences > 1) {
            sweeps.stream().filter(each -> !each.isDone()).forEach(Sweep::fail);
        }
    }

    /** Whether something was left unsearched that can be. */
    boolean isUnfinished() {
        return sweeps.stream().anyMatch(Sweep::isOpen);
    }

    /** Whether everything was searched. */
    boolean isWhole() {
        return sweeps.stream().allMatch(Sweep::isDone);
    }

    /** Whether it is known of every mailbox what flags, days and size allow. */
    boolean isListed() {
        return sweeps.stream().allMatch(sweep -> sweep.era() != null);
    }

    List<MailboxName> failures() {
        return sweeps.stream()
                .filter(Sweep::isFailed)
                .map(sweep -> sweep.mailbox.name())
                .toList();
    }

    int done() {
        return (int) sweeps.stream().filter(Sweep::isDone).count();
    }
}
