package org.palomar.contacts.dav;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.palomar.contacts.ContactSync;
import org.palomar.contacts.dav.DavClient.Book;
import org.palomar.contacts.dav.DavException.Reason;
import org.palomar.door.OwnServers;
import org.palomar.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps contacts and address books in step: every quarter of an hour, and when asked to. Safe for use by many threads. */
@Component
public class Synchronizing implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Synchronizing.class);

    private final AddressBooks accounts;
    private final ContactSync contacts;
    private final OwnServers servers;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("address-books-", 0).factory());

    Synchronizing(AddressBooks accounts, ContactSync contacts, OwnServers servers) {
        this.accounts = accounts;
        this.contacts = contacts;
        this.servers = servers;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        var _ = clockwork.scheduleWithFixedDelay(this::turn, 60, 60, TimeUnit.SECONDS);
    }

    private void turn() {
        try {
            for (String person : accounts.due()) {
                if (accounts.claim(person)) {
                    now(person);
                }
            }
        } catch (StoreException e) {
            log.debug("address books have to wait: {}", e.getMessage());
        } catch (RuntimeException e) {
            // The clockwork must go on for everybody else.
            log.warn("an address book was not brought in step", e);
        }
    }

    Optional<AddressBook> account(String person) {
        return accounts.of(person);
    }

    boolean isRunning(String person) {
        return running.contains(person);
    }

    /**
     * Brings contacts and address book in step, unless that is being done.
     *
     * @return the state afterwards: {@code ok}, {@code running}, {@code none}, or why it failed
     */
    public String now(String person) {
        if (!running.add(person)) {
            return "running";
        }
        try {
            AddressBook account = accounts.of(person).orElse(null);
            return account == null ? "none" : run(account);
        } finally {
            running.remove(person);
        }
    }

    private String run(AddressBook account) {
        String person = account.person();
        String password = accounts.password(account).orElse(null);
        if (password == null) {
            accounts.ended(person, "denied", AddressBook.Tally.NONE);
            return "denied";
        }
        Synchronizer synchronizer = new Synchronizer(
                contacts,
                new DavClient(servers, URI.create(account.url()), account.username(), password),
                person,
                account.book(),
                token -> accounts.token(person, token));
        String state;
        try {
            synchronizer.run(account.token());
            state = "ok";
        } catch (DavException e) {
            log.info("an address book was not brought in step: {}", e.getMessage());
            state = word(e.reason());
        }
        accounts.ended(person, state, synchronizer.tally());
        return state;
    }

    static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** The address books of a server; the address must be one that {@link #address} gave. */
    List<Book> books(String url, String username, String password) throws DavException {
        return new DavClient(servers, URI.create(url), username, password).books();
    }

    /**
     * What somebody typed as an address: https unless it says http.
     *
     * @return null when it cannot be one
     */
    static @Nullable String address(String typed) {
        String url = typed.strip();
        if (!url.regionMatches(true, 0, "http://", 0, 7) && !url.regionMatches(true, 0, "https://", 0, 8)) {
            url = "https://" + url;
        }
        try {
            URI read = URI.create(url);
            boolean good = read.getHost() != null && read.getRawUserInfo() == null && url.length() <= 900;
            return good
                    ? read.getScheme().toLowerCase(Locale.ROOT) + "://" + read.getRawAuthority()
                            + (read.getRawPath() == null ? "" : read.getRawPath())
                    : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Begins with an address book: everything here goes there, and everything there comes here. */
    void connect(String person, String url, String username, String password, Book book) {
        accounts.of(person).filter(before -> !isSame(before, url, book)).ifPresent(_ -> contacts.detach(person));
        accounts.save(person, url, username, password, book.path(), book.title());
    }

    private static boolean isSame(AddressBook before, String url, Book book) {
        return URI.create(before.url()).getRawAuthority().equals(URI.create(url).getRawAuthority())
                && before.book().equals(book.path());
    }

    /** Ends it; all contacts stay here, and on the server. */
    void disconnect(String person) {
        accounts.forget(person);
        contacts.detach(person);
    }

    @Override
    public void destroy() {
        clockwork.shutdownNow();
    }
}
