package org.palomar.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.MailboxEvents;
import org.palomar.account.SignedIn;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxEvent;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.stereotype.Component;

/**
 * The last list of each person's mailboxes, so that a page needs no LIST of its own. The tree fragment asks the server
 * again after each page, off the hot path. Safe for use by many threads.
 */
@Component
public class MailboxDirectory {

    /** How old counters may be on a page that cannot ask for newer ones itself. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final Cache<String, List<Mailbox>> lists = Caffeine.newBuilder()
            .maximumWeight(500_000)
            .weigher((String _, List<Mailbox> list) -> 1 + list.size())
            .expireAfterAccess(Duration.ofMinutes(30))
            .build();

    private final Cache<String, Boolean> counted =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(RECENT).build();

    /** Grows whenever a list is forgotten: one that was asked for before that is not kept. */
    private final AtomicLong forgotten = new AtomicLong();

    private final MessageSource words;

    public MailboxDirectory(MessageSource words) {
        this.words = words;
    }

    /** The mailboxes as last seen; asks the server only when nothing is known. */
    public List<Mailbox> list(SignedIn person, MailSession session) {
        List<Mailbox> known = lists.getIfPresent(person.key());
        long era = forgotten.get();
        return known != null ? known : remember(person, era, session.mailboxes(false));
    }

    /** Asks the server, with counters. */
    public List<Mailbox> refresh(SignedIn person, MailSession session) {
        long era = forgotten.get();
        List<Mailbox> mailboxes = remember(person, era, session.mailboxes(true));
        counted.put(person.key(), true);
        return mailboxes;
    }

    /** Makes sure that the counters are recent, for pages without scripts. */
    void recount(SignedIn person, MailSession session) {
        if (counted.getIfPresent(person.key()) == null) {
            refresh(person, session);
        }
    }

    /** Says that something changes for the person: the counters are old from now on. */
    public void changing(SignedIn person) {
        counted.invalidate(person.key());
    }

    /** The tree as last seen. */
    public MailboxTree tree(SignedIn person, MailSession session, @Nullable MailboxName current) {
        return MailboxTree.of(list(person, session), current);
    }

    /** The mailbox as last seen, or empty. */
    public Optional<Mailbox> find(SignedIn person, MailSession session, MailboxName name) {
        return list(person, session).stream()
                .filter(mailbox -> mailbox.name().equals(name))
                .findFirst();
    }

    /** What the mailbox is for, or null. */
    public @Nullable SpecialUse use(SignedIn person, MailSession session, MailboxName name) {
        return find(person, session, name).map(Mailbox::specialUse).orElse(null);
    }

    /** Whether one's own mail lies there, so that recipients say more than the sender. */
    public boolean isOutgoing(SignedIn person, MailSession session, MailboxName name) {
        SpecialUse use = use(person, session, name);
        return use == SpecialUse.SENT || use == SpecialUse.DRAFTS;
    }

    /** What pages call the mailbox: the word for its use, or its own whole name. */
    public String shownName(SignedIn person, MailSession session, MailboxName name, Locale locale) {
        SpecialUse use = use(person, session, name);
        return use == null
                ? name.value()
                : words.getMessage("mailbox.use." + use.name().toLowerCase(Locale.ROOT), null, locale);
    }

    /** The mailbox for a use; it is created when the person has none. */
    public MailboxName special(SignedIn person, MailSession session, SpecialUse use) {
        return list(person, session).stream()
                .filter(mailbox -> mailbox.specialUse() == use)
                .map(Mailbox::name)
                .findFirst()
                .orElseGet(() -> create(person, session, use));
    }

    /** Forgets the list after a change to it. */
    public void forget(SignedIn person) {
        forget(person.key());
    }

    private void forget(String key) {
        forgotten.incrementAndGet();
        lists.invalidate(key);
    }

    /** Somebody changed something, perhaps from elsewhere. */
    @ServiceActivator(inputChannel = MailboxEvents.CHANNEL)
    void happened(MailboxEvent event, @Header(MailboxEvents.PERSON) String key) {
        counted.invalidate(key);
        if (event instanceof MailboxEvent.MailboxesChanged) {
            forget(key);
        }
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        lists.invalidate(event.key());
        counted.invalidate(event.key());
    }

    private MailboxName create(SignedIn person, MailSession session, SpecialUse use) {
        String word = use.name().charAt(0) + use.name().substring(1).toLowerCase(Locale.ROOT);
        MailboxName name = session.topLevel(new MailboxName(word));
        try {
            session.create(name, use);
        } catch (ImapException.AlreadyExists _) {
            // Made since the list was read, by another program or another window of this one.
        }
        forget(person);
        return name;
    }

    private List<Mailbox> remember(SignedIn person, long era, List<Mailbox> mailboxes) {
        lists.put(person.key(), mailboxes);
        if (forgotten.get() != era) {
            lists.invalidate(person.key());
        }
        return mailboxes;
    }
}
