package org.palomar.search;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.listing.Day;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.query.Query;
import org.palomar.query.Term;
import org.palomar.search.SearchPage.Extra;
import org.palomar.search.SearchPage.Part;
import org.palomar.search.SearchPage.State;
import org.palomar.tree.MailboxDirectory;
import org.palomar.web.Origin;
import org.palomar.web.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts searches into words. */
@Component
class SearchPages {

    /** A server that does not say what UID comes next. */
    private static final Uid UNKNOWN = new Uid(0xFFFF_FFFFL);

    private static final State NOTHING =
            new State(false, false, false, false, "search.state.none", 0, true, 0, 0, "", List.of());

    private static final Logger log = LoggerFactory.getLogger(SearchPages.class);

    private final MailboxDirectory directory;

    SearchPages(MailboxDirectory directory) {
        this.directory = directory;
    }

    /** The page before anything was asked for. */
    SearchPage empty(SignedIn person, MailSession session, @Nullable MailboxName only, Reader reader) {
        return page(person, session, new Query(List.of()), only, null, 0, reader);
    }

    /**
     * The page of a search.
     *
     * @param cursor how many results the reader has already
     */
    SearchPage page(
            SignedIn person,
            MailSession session,
            Query query,
            @Nullable MailboxName only,
            @Nullable RunningSearch search,
            int cursor,
            Reader reader) {
        String q = query.toString();
        String segment = only == null ? "" : only.toSegment();
        Progress progress = search == null ? null : search.progress();
        List<Found> found = search == null ? List.of() : search.results().since(cursor);
        List<Found> sorted = Results.newestFirst(found);
        Map<MailboxName, String> names = new HashMap<>();
        Map<String, Extra> extras = new HashMap<>();
        boolean several = search != null && search.scope().mailboxes().size() > 1;
        for (Found each : sorted) {
            String place = several
                    ? names.computeIfAbsent(each.ref().mailbox(), name -> place(person, session, name, reader))
                    : null;
            extras.put(
                    each.row().url(),
                    new Extra(each.ref().address(), each.arrived().toEpochMilli(), place));
        }
        return new SearchPage(
                search == null ? "" : search.id(),
                q,
                segment,
                only == null ? "" : directory.shownName(person, session, only, reader.locale()),
                Origin.search(q, segment, "mailbox"),
                query.terms().stream().map(term -> part(query, term, segment)).toList(),
                search == null ? List.of() : search.scope().unknown(),
                search != null && search.scope().everywhere(),
                search == null ? null : search.scope().use(),
                Day.group(
                        sorted.stream().map(Found::row).toList(),
                        sorted.stream().map(Found::arrived).toList(),
                        reader),
                extras,
                cursor + found.size(),
                progress == null ? NOTHING : state(person, session, progress, reader));
    }

    /** All results of a search, as far as the mailboxes' counters tell at this moment. */
    WholeResult whole(SignedIn person, MailSession session, RunningSearch search, SearchPage page, Reader reader) {
        List<MessageRef> newest = new ArrayList<>();
        directory.refresh(person, session);
        for (Mailbox mailbox : search.scope().mailboxes()) {
            directory
                    .find(person, session, mailbox.name())
                    .flatMap(found -> newest(session, found))
                    .ifPresent(newest::add);
        }
        return new WholeResult(newest, reader.today(), page.total());
    }

    /** The newest message that the mailbox can have; none when it never had one, or does not say. */
    private static Optional<MessageRef> newest(MailSession session, Mailbox mailbox) {
        try {
            MailboxStatus status = mailbox.status() != null ? mailbox.status() : session.status(mailbox.name());
            long last = status.uidNext() - 1;
            return status.uidValidity() == null || last == 0
                    ? Optional.empty()
                    : Optional.of(
                            new MessageRef(mailbox.name(), status.uidValidity(), last < 0 ? UNKNOWN : new Uid(last)));
        } catch (ImapException e) {
            log.info("a mailbox does not say how many messages it has: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The last part of a name is enough beside a row. */
    private String place(SignedIn person, MailSession session, MailboxName name, Reader reader) {
        return directory
                .find(person, session, name)
                .filter(mailbox -> mailbox.specialUse() == null)
                .map(Mailbox::leaf)
                .orElseGet(() -> directory.shownName(person, session, name, reader.locale()));
    }

    private static Part part(Query query, Term term, String segment) {
        return new Part(term.toString(), Origin.search(query.without(term).toString(), segment, "mailbox"));
    }

    private State state(SignedIn person, MailSession session, Progress progress, Reader reader) {
        String how =
                progress.running() ? "running" : progress.stopped() ? "stopped" : progress.full() ? "full" : "done";
        Instant back = progress.back();
        String where = progress.full() || how.equals("done")
                ? ""
                : progress.mailboxes() > 1 ? ".several" : back != null ? ".back" : "";
        return new State(
                progress.running(),
                progress.stopped(),
                progress.full(),
                progress.found() == 0 && how.equals("done") && progress.failed().isEmpty(),
                "search.state." + how + where,
                progress.found(),
                progress.counted(),
                progress.searched(),
                progress.mailboxes(),
                back == null ? "" : month(back, reader),
                progress.failed().stream()
                        .map(name -> directory.shownName(person, session, name, reader.locale()))
                        .toList());
    }

    private static String month(Instant instant, Reader reader) {
        ZonedDateTime then = instant.atZone(reader.zone());
        return then.getMonth().getDisplayName(TextStyle.FULL, reader.locale()) + " " + then.getYear();
    }
}
