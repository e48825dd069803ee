package org.palomar.contacts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.contacts.ContactFile.Report;
import org.palomar.store.Store;
import org.palomar.vcard.VCard;
import org.palomar.web.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files of contacts that were brought, on disk until they are taken in, half an hour at most. Each belongs to the person who brought it
 * and is named by a random id only (S29). Safe for use by many threads.
 */
@Component
class ContactImports implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ContactImports.class);

    private static final int SHOWN = 8;

    private final ContactBook book;
    private final Store store;
    private final Path directory;
    private final Cache<Key, Path> files = Caffeine.newBuilder()
            .maximumSize(500)
            .expireAfterWrite(Duration.ofMinutes(30))
            .executor(Runnable::run)
            .removalListener((@Nullable Key _, @Nullable Path file, RemovalCause _) -> delete(file))
            .build();

    ContactImports(ContactBook book, Store store) throws IOException {
        this.book = book;
        this.store = store;
        this.directory = Files.createTempDirectory("palomar-contacts-");
    }

    private record Key(String person, String id) {}

    /** @param first some of the contacts, to be looked at */
    public record Preview(Report report, List<ContactPage> first) {}

    /**
     * @param there how many were here already
     * @param full whether some were left out because there is no room for more
     */
    record Done(List<String> ids, int there, boolean full, Report report) {}

    /** Keeps a file; the one brought before goes. */
    String keep(SignedIn person, MultipartFile brought) {
        forget(person.key());
        String id = ContactBook.newId();
        Path file = directory.resolve(id);
        try {
            brought.transferTo(file);
        } catch (IOException e) {
            delete(file);
            throw new UncheckedIOException(e);
        }
        files.put(new Key(person.key(), id), file);
        return id;
    }

    Preview preview(SignedIn person, String id) {
        List<ContactPage> first = new ArrayList<>();
        Report report = ContactFile.read(file(person, id), card -> {
            if (first.size() < SHOWN) {
                first.add(ContactPage.of(new Contact("", "", card, false, null, false, java.util.Map.of())));
            }
        });
        return new Preview(report, first);
    }

    /** Takes in what is not here yet, into a group when one is named. */
    Done take(SignedIn person, String id, String group) {
        Path file = file(person, id);
        String name = ContactIndex.cut(group.replaceAll("[\\p{Cntrl},]+", " ").strip(), ContactIndex.LONGEST_GROUP);
        Set<String> there = keys(person.username());
        List<String> ids = new ArrayList<>();
        List<VCard> batch = new ArrayList<>();
        int[] doubled = {0};
        boolean[] full = {false};
        Report report = ContactFile.read(file, card -> {
            if (!there.add(key(card)) || (!card.uid().isEmpty() && !there.add(card.uid()))) {
                doubled[0]++;
                return;
            }
            batch.add(name.isEmpty() ? card : inGroup(card, name));
            if (batch.size() == ContactBook.BATCH) {
                add(person, batch, ids, full);
            }
        });
        add(person, batch, ids, full);
        forget(person.key());
        return new Done(ids, doubled[0], full[0], report);
    }

    private static VCard inGroup(VCard card, String name) {
        List<String> groups = new ArrayList<>(ContactIndex.groups(card));
        if (!groups.contains(name)) {
            groups.add(name);
        }
        return ContactForm.grouped(card, groups);
    }

    private void add(SignedIn person, List<VCard> batch, List<String> ids, boolean[] full) {
        try {
            if (!full[0]) {
                ids.addAll(book.add(person.username(), batch, false));
            }
        } catch (ContactBook.FullException _) {
            full[0] = true;
        }
        batch.clear();
    }

    /** By which a contact that is here already is known again: its UID, and its name with its first address. */
    private Set<String> keys(String person) {
        Set<String> keys = new HashSet<>();
        store.with(sql -> sql.sql(
                        "select c.uid, c.name, (select min(a.address) from contact_address a where a.contact = c.id)"
                                + " from contact c where c.person = :person")
                .param("person", person)
                .query((row, _) -> {
                    keys.add(row.getString(1));
                    return keys.add(
                            Folded.of(row.getString(2)) + "|" + Objects.requireNonNullElse(row.getString(3), ""));
                })
                .list());
        return keys;
    }

    private static String key(VCard card) {
        String first = ContactIndex.addresses(card).stream()
                .map(ContactIndex::key)
                .sorted()
                .findFirst()
                .orElse("");
        return Folded.of(ContactIndex.cut(card.name(), 300)) + "|" + first;
    }

    private Path file(SignedIn person, String id) {
        Path file = files.getIfPresent(new Key(person.key(), id));
        if (file == null) {
            throw new NotFoundException("contacts.import.late");
        }
        return file;
    }

    private void forget(String key) {
        files.asMap().keySet().removeIf(each -> each.person().equals(key));
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        forget(event.key());
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.warn("a temporary file stays: {}", e.getMessage());
        }
    }

    @Override
    public void destroy() {
        files.invalidateAll();
        delete(directory);
    }
}
