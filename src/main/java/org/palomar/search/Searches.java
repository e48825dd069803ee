package org.palomar.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.MailSession;
import org.palomar.listing.Previews;
import org.palomar.mail.MailboxName;
import org.palomar.query.Criteria;
import org.palomar.query.Query;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Reader;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The searches of the people signed in at this process, at work and over. Results stay for a few minutes, so that whoever goes back
 * finds them again. Safe for use by many threads.
 */
@Component
class Searches {

    /** Of one person; one more ends the oldest. */
    private static final int AT_WORK = 2;

    /** Of one search, so that the person's pages have a connection too. */
    private static final int CONNECTIONS = 2;

    private final Cache<Key, RunningSearch> searches = Caffeine.newBuilder()
            .maximumWeight(50_000)
            .weigher((Key _, RunningSearch search) -> 50 + search.results().size())
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong counter = new AtomicLong();
    private final MailboxDirectory directory;
    private final Previews previews;
    private final int connections;

    Searches(MailboxDirectory directory, Previews previews, ImapProperties properties) {
        this.directory = directory;
        this.previews = previews;
        this.connections = Math.clamp(properties.connections() - 1L, 1, CONNECTIONS);
    }

    /**
     * What a search depends on.
     *
     * @param today because {@code after:7d} means something else tomorrow
     */
    private record Asked(Query query, @Nullable MailboxName only, Locale locale, ZoneId zone, LocalDate today) {}

    private record Key(String person, Asked asked) {}

    /**
     * The search somebody asks for: as it was left when they come back to it, brought up to date; else begun.
     *
     * @param only the mailbox to look into, or null
     * @param resume whether a search that was stopped goes on
     */
    RunningSearch open(
            SignedIn person,
            MailSession session,
            Query query,
            @Nullable MailboxName only,
            boolean resume,
            Reader reader) {
        Key key = new Key(person.key(), new Asked(query, only, reader.locale(), reader.zone(), reader.today()));
        RunningSearch present = searches.getIfPresent(key);
        if (present != null && !resume && !present.renew(directory.refresh(person, session))) {
            present.cancel();
            searches.asMap().remove(key, present);
            present = null;
        }
        if (present == null) {
            Scope scope = Scope.of(query, session.mailboxes(false), only);
            Look look = new Look(person, Criteria.of(query, reader.today(), reader.zone()), previews, reader);
            present = new RunningSearch(
                    id(),
                    counter.incrementAndGet(),
                    scope,
                    look,
                    session,
                    search -> searches.asMap().replace(key, search));
            searches.put(key, present);
            start(person, present);
        } else if (resume ? !present.isAtWork() : present.hasRoom()) {
            start(person, present);
        }
        return present;
    }

    private void start(SignedIn person, RunningSearch search) {
        List<RunningSearch> working = of(person.key())
                .filter(each -> each != search && each.isAtWork())
                .sorted(Comparator.comparingLong(RunningSearch::number))
                .toList();
        working.stream().limit(Math.max(0, working.size() - AT_WORK + 1)).forEach(RunningSearch::cancel);
        search.start(connections);
    }

    /** The person's own search of that id. */
    Optional<RunningSearch> find(SignedIn person, String id) {
        return of(person.key()).filter(search -> search.id().equals(id)).findFirst();
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        of(event.key()).forEach(RunningSearch::cancel);
        searches.asMap().keySet().removeIf(key -> key.person().equals(event.key()));
    }

    private Stream<RunningSearch> of(String person) {
        return searches.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().person().equals(person))
                .map(Map.Entry::getValue);
    }

    private String id() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}
