package org.palomar.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.drafts.Drafts;
import org.palomar.drafts.ServerDrafts;
import org.palomar.drafts.StoredDraft;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
import org.palomar.mail.MessageRef;
import org.palomar.mime.AddressParser;
import org.palomar.mime.Draft;
import org.palomar.mime.MessageWriter;
import org.palomar.mime.WireAddress;
import org.palomar.store.StoreException;
import org.palomar.web.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings the copies in the Drafts mailbox up to date: some seconds after the last change, when somebody leaves, and after a restart when
 * they come back. Safe for use by many threads.
 */
@Component
class DraftCopies implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DraftCopies.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long it can be undone that a letter was thrown away. */
    private static final Duration DISCARDED = Duration.ofHours(12);

    /** After which a letter that nobody changes lies in the mailbox alone. */
    private static final Duration COPIED = Duration.ofDays(30);

    private final Drafts drafts;
    private final ServerDrafts server;
    private final DraftMaker maker;
    private final Uploads uploads;
    private final MailSessions sessions;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();
    private final Future<?> sweeping;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("drafts").factory());

    DraftCopies(
            Drafts drafts,
            ServerDrafts server,
            DraftMaker maker,
            Uploads uploads,
            MailSessions sessions,
            JsonMapper json,
            Clock clock) {
        this.drafts = drafts;
        this.server = server;
        this.maker = maker;
        this.uploads = uploads;
        this.sessions = sessions;
        this.json = json;
        this.clock = clock;
        this.sweeping = timer.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
    }

    private record Key(String person, String id) {}

    /** A copy that is due; the mail session stays open for it, past a sign-out too. */
    private record Waiting(
            SignedIn person, MailSession session, Reader reader, MailSessions.Use use, Future<?> planned) {}

    /** What became of a copy. */
    enum Outcome {
        DONE,
        /** It was changed elsewhere; the letter knows. */
        CLASH,
        /** The mailbox is full. */
        FULL,
        /** Tried again with the next change. */
        LATER
    }

    /** Has the letter copied soon. */
    void soon(SignedIn person, MailSession session, String id, List<Upload> files, Reader reader) {
        Key key = new Key(person.username(), id);
        waiting.computeIfAbsent(key, _ -> {
            long megabytes = files.stream().mapToLong(Upload::size).sum() / 1_000_000;
            // Every copy carries the files along.
            Duration pause = PAUSE.plusSeconds(Math.min(2 * megabytes, 55));
            Future<?> planned = timer.schedule(
                    () -> Thread.ofVirtual().start(() -> run(key)), pause.toMillis(), TimeUnit.MILLISECONDS);
            return new Waiting(person, session, reader, sessions.use(session), planned);
        });
    }

    private void run(Key key) {
        Waiting due = waiting.remove(key);
        if (due != null) {
            due.planned.cancel(false);
            try (MailSessions.Use _ = due.use) {
                now(due.person, due.session, key.id, due.reader);
            }
        }
    }

    /** Copies the letter as it is in the store now; the text is safe there whatever comes of this. */
    Outcome now(SignedIn person, MailSession session, String id, Reader reader) {
        try {
            return drafts.locked("copy/" + person.username(), id, () -> copy(person, session, id, reader));
        } catch (ServerDrafts.ChangedElsewhere _) {
            drafts.clash(person.username(), id);
            return Outcome.CLASH;
        } catch (ImapException.OverQuota full) {
            return Outcome.FULL;
        } catch (ImapException | StoreException | UncheckedIOException failure) {
            log.info("a draft was not copied: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
            return Outcome.LATER;
        }
    }

    private Outcome copy(SignedIn person, MailSession session, String id, Reader reader) {
        StoredDraft draft = drafts.find(person.username(), id).orElse(null);
        if (draft == null || draft.content() == null || draft.isClash()) {
            return draft != null && draft.isClash() ? Outcome.CLASH : Outcome.DONE;
        }
        KeptLetter letter = read(draft.content());
        if (draft.discarded()) {
            server.remove(person, session, maker.messageId(person, letter.form()), draft.copy());
            drafts.copied(person.username(), id, null, 0);
        } else if (draft.copied() < draft.revision()) {
            List<Upload> files = uploads.all(person, letter.files());
            MessageRef copy = put(person, session, letter.form(), draft.revision(), files, draft.copy(), reader);
            if (!drafts.copied(person.username(), id, copy, draft.revision())) {
                // Sent or thrown away meanwhile.
                server.remove(person, session, maker.messageId(person, letter.form()), copy);
            }
        }
        return Outcome.DONE;
    }

    /**
     * Puts a letter into the Drafts mailbox and nowhere else.
     *
     * @throws ServerDrafts.ChangedElsewhere when another program changed the copy
     */
    MessageRef put(
            SignedIn person,
            MailSession session,
            ComposeForm form,
            long revision,
            List<Upload> files,
            @Nullable MessageRef known,
            Reader reader) {
        Map<String, String> fields = new LinkedHashMap<>();
        String mark = form.id() + " " + revision + " " + form.mode();
        String wishes = wishes(form);
        if (!wishes.isEmpty()) {
            fields.put(DraftReading.WISHES, wishes);
        }
        fields.put(ServerDrafts.FIELD, form.original().length() > 500 ? mark : (mark + " " + form.original()).strip());
        AddressParser.Parsed to = parsed("To", form.to(), fields);
        AddressParser.Parsed cc = parsed("Cc", form.cc(), fields);
        AddressParser.Parsed bcc = parsed("Bcc", form.bcc(), fields);
        Draft draft = maker.make(
                person, session, form, new DraftMaker.Recipients(to.good(), cc.good(), bcc.good()), files, reader);
        try {
            Path message = Files.createTempFile("palomar-", ".eml");
            try {
                new MessageWriter().writeUnsent(draft, new MessageWriter.Unsent(fields), message);
                return server.put(person, session, draft.messageId(), message, known);
            } finally {
                Files.deleteIfExists(message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Half an address is no address yet, and is kept as it was typed; so is one that not every mail server takes in a header (RFC 6855
     * section 4).
     */
    private static AddressParser.Parsed parsed(String name, String typed, Map<String, String> fields) {
        AddressParser.Parsed parsed = AddressParser.parse(typed);
        List<Address> everywhere = parsed.good().stream()
                .filter(each -> !WireAddress.isInternational(each.address()))
                .toList();
        if (!parsed.bad().isEmpty() || everywhere.size() < parsed.good().size()) {
            fields.put("X-Palomar-" + name, typed);
        }
        return new AddressParser.Parsed(everywhere, parsed.bad());
    }

    private static String wishes(ComposeForm form) {
        return (form.receipt().equals("true") ? "receipt " : "")
                + (form.reported() ? "report " : "")
                + (form.importance().matches("high|low") ? form.importance() : "").strip();
    }

    KeptLetter read(String content) {
        return Objects.requireNonNull(json.readValue(content, KeptLetter.class));
    }

    String written(KeptLetter letter) {
        return json.writeValueAsString(letter);
    }

    /** Somebody is here, perhaps after a restart of this server: what was left undone is done. */
    @EventListener
    void began(MailSessions.Began event) {
        MailSessions.Use use = sessions.use(event.session());
        Thread.ofVirtual().start(() -> {
            try (use) {
                Reader reader = new Reader(Locale.ENGLISH, ZoneOffset.UTC, clock);
                for (StoredDraft draft : drafts.uncopied(event.person().username())) {
                    now(event.person(), event.session(), draft.id(), reader);
                }
            } catch (StoreException _) {
                // Next time.
            }
        });
    }

    /** Whoever leaves has no time to wait. */
    @EventListener
    void ended(MailSessions.Ended event) {
        waiting.forEach((key, due) -> {
            if (due.person.key().equals(event.key())) {
                Thread.ofVirtual().start(() -> run(key));
            }
        });
    }

    private void sweep() {
        try {
            drafts.sweep(clock.instant().minus(DISCARDED), clock.instant().minus(COPIED));
            uploads.sweep();
        } catch (StoreException _) {
            // The next time.
        }
    }

    @Override
    public void destroy() {
        sweeping.cancel(false);
        timer.shutdownNow();
        waiting.values().forEach(due -> due.use.close());
    }
}
