package org.palomar.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Flags;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SearchKey.Field;
import org.palomar.mail.Uid;
import org.palomar.query.Term.Place;

/**
 * A {@link Query} as a server is asked for it. What no server knows is left to {@link #admit}: attachments, and days in the
 * reader's time zone, which the server's calendar knows only roughly.
 */
public final class Criteria {

    /** Calendars of the world are at most two days apart. */
    private static final int DAYS = 2;

    private static final int CHUNK = 500;

    /** Messages whose text is searched by one command, so that it is answered in time by a server that must read them all. */
    private static final int WINDOW = 2_000;

    private final List<SearchKey> quick = new ArrayList<>();
    private final List<SearchKey> headers = new ArrayList<>();
    private final List<SearchKey> complete = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private @Nullable Boolean attachment;
    private boolean bodies;
    private boolean bodiesOnly;
    private boolean positive;

    private Criteria(Query query, LocalDate today, ZoneId zone) {
        for (Term term : query.terms()) {
            switch (term) {
                case Term.Text text -> add(text);
                case Term.Marked marked -> quick.add(not(flag(marked), marked.negated()));
                case Term.Size size ->
                    quick.add(not(
                            size.larger() ? new SearchKey.Larger(size.octets()) : new SearchKey.Smaller(size.octets()),
                            size.negated()));
                case Term.Arrived arrived -> add(Span.of(arrived, today, zone));
                case Term.Attachment wanted -> attachment = !wanted.negated();
                case Term.In _ -> {
                    // Which mailboxes are searched is not the server's question.
                }
            }
        }
    }

    /** @param today in the reader's {@code zone} */
    public static Criteria of(Query query, LocalDate today, ZoneId zone) {
        return new Criteria(query, today, zone);
    }

    /** Flags, days and sizes: what every server answers at once. */
    public SearchKey quick() {
        return new SearchKey.And(quick);
    }

    /** Whether there is text to look for. */
    public boolean hasText() {
        return !complete.isEmpty();
    }

    /** Whether bodies must be read to know all that match. */
    public boolean readsBodies() {
        return bodies;
    }

    /** What most readers mean, and what servers keep at hand: text in sender, recipients and subject; null when that makes no sense. */
    public @Nullable SearchKey inHeaders() {
        return bodiesOnly || !positive ? null : all(headers);
    }

    /** Everything the server can be asked for. */
    public SearchKey complete() {
        return all(complete);
    }

    /** Whether the server's answer is the whole truth, so that nothing is left to {@link #admit}. */
    public boolean isExact() {
        return spans.isEmpty() && attachment == null;
    }

    /** Whether a message that the server found does match. */
    public boolean admit(MessageSummary message) {
        return admit(message.arrived())
                && (attachment == null
                        || attachment
                                == (message.body() != null && message.body().hasAttachment()));
    }

    /**
     * The UIDs of all messages of a lent mailbox that match now, ascending, however many there are. What begins to match, or
     * arrives, while they are searched for is not among them.
     */
    public List<Uid> matching(OpenMailbox open) {
        List<Uid> found = open.search(quick());
        if (!spans.isEmpty()) {
            Map<Uid, Instant> arrivals = open.arrivals(found);
            found = found.stream()
                    .filter(uid -> arrivals.containsKey(uid) && admit(arrivals.get(uid)))
                    .toList();
        }
        found = hasText() ? withText(open, found) : found;
        if (attachment == null) {
            return found;
        }
        List<Uid> admitted = new ArrayList<>();
        for (int from = 0; from < found.size(); from += CHUNK) {
            open.summaries(found.subList(from, Math.min(found.size(), from + CHUNK))).stream()
                    .filter(this::admit)
                    .map(message -> message.ref().uid())
                    .forEach(admitted::add);
        }
        return admitted;
    }

    private List<Uid> withText(OpenMailbox open, List<Uid> among) {
        List<Uid> found = new ArrayList<>();
        for (int from = 0; from < among.size(); from += WINDOW) {
            List<Uid> window = among.subList(from, Math.min(among.size(), from + WINDOW));
            SearchKey range = new SearchKey.Uids(window.getFirst(), window.getLast());
            List<Uid> hits = new ArrayList<>(open.search(new SearchKey.And(List.of(range, complete()))));
            hits.retainAll(Set.copyOf(window));
            found.addAll(hits);
        }
        return found;
    }

    private boolean admit(Instant arrived) {
        return spans.stream().allMatch(span -> span.admits(arrived));
    }

    private SearchKey all(Collection<SearchKey> texts) {
        return new SearchKey.And(Stream.concat(quick.stream(), texts.stream()).toList());
    }

    private void add(Term.Text text) {
        boolean fuzzy = text.place() == Place.ANYWHERE && !text.quoted() && !text.negated();
        SearchKey everywhere = in(text.text(), fuzzy, fields(text.place(), true));
        complete.add(not(everywhere, text.negated()));
        bodies |= text.place() == Place.ANYWHERE || text.place() == Place.BODY;
        bodiesOnly |= text.place() == Place.BODY && !text.negated();
        positive |= !text.negated();
        headers.add(
                text.negated() || text.place() != Place.ANYWHERE
                        ? not(everywhere, text.negated())
                        : in(text.text(), fuzzy, fields(text.place(), false)));
    }

    private static List<Field> fields(Place place, boolean bodies) {
        return switch (place) {
            // Not TEXT: that would find every message that passed through a host of that name.
            case ANYWHERE ->
                bodies
                        ? List.of(Field.SUBJECT, Field.FROM, Field.TO, Field.CC, Field.BODY)
                        : List.of(Field.SUBJECT, Field.FROM, Field.TO, Field.CC);
            case FROM -> List.of(Field.FROM);
            case TO -> List.of(Field.TO, Field.CC, Field.BCC);
            case CC -> List.of(Field.CC);
            case SUBJECT -> List.of(Field.SUBJECT);
            case BODY -> List.of(Field.BODY);
        };
    }

    private static SearchKey in(String text, boolean fuzzy, List<Field> fields) {
        List<SearchKey> keys = fields.stream()
                .<SearchKey>map(field -> new SearchKey.Words(field, text, fuzzy))
                .toList();
        return keys.size() == 1 ? keys.getFirst() : new SearchKey.Or(keys);
    }

    private static SearchKey flag(Term.Marked marked) {
        return switch (marked.mark()) {
            case UNREAD -> new SearchKey.Flagged(Flags.SEEN, false);
            case READ -> new SearchKey.Flagged(Flags.SEEN, true);
            case FLAGGED -> new SearchKey.Flagged(Flags.FLAGGED, true);
            case ANSWERED -> new SearchKey.Flagged(Flags.ANSWERED, true);
            case DRAFT -> new SearchKey.Flagged(Flags.DRAFT, true);
        };
    }

    private static SearchKey not(SearchKey key, boolean negated) {
        return negated ? new SearchKey.Not(key) : key;
    }

    private void add(Span span) {
        spans.add(span);
        if (!span.outside()) {
            if (span.first() != null) {
                quick.add(new SearchKey.Since(span.first().minusDays(DAYS)));
            }
            if (span.next() != null) {
                quick.add(new SearchKey.Before(span.next().plusDays(DAYS)));
            }
        }
    }

    /**
     * Days in the reader's zone.
     *
     * @param first the first of them, or null for no bound
     * @param next the first after them, or null for no bound
     * @param outside whether messages must have arrived on other days
     */
    private record Span(@Nullable LocalDate first, @Nullable LocalDate next, boolean outside, ZoneId zone) {

        static Span of(Term.Arrived term, LocalDate today, ZoneId zone) {
            LocalDate first = term.period().first(today);
            boolean earlier = term.side() == Term.Side.BEFORE != term.negated();
            return term.side() == Term.Side.ON
                    ? new Span(first, term.period().next(today), term.negated(), zone)
                    : earlier ? new Span(null, first, false, zone) : new Span(first, null, false, zone);
        }

        boolean admits(Instant arrived) {
            LocalDate day = arrived.atZone(zone).toLocalDate();
            boolean inside = (first == null || !day.isBefore(first)) && (next == null || day.isBefore(next));
            return inside != outside;
        }
    }
}
