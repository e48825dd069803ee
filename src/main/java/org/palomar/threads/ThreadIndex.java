package org.palomar.threads;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.imap.OpenMailbox.News;
import org.palomar.mail.Inventory;
import org.palomar.mail.Lineage;
import org.palomar.mail.MailboxName;
import org.palomar.mail.Uid;
import org.palomar.mail.Uids;
import org.springframework.stereotype.Component;

/**
 * The conversations of people's mailboxes, kept in memory within one bound for all. A mailbox is read in the background
 * once; from then on only what came and went is. Safe for use by many threads.
 */
@Component
public class ThreadIndex {

    /** More new messages at once are read in the background too. */
    private static final int MOST_AT_ONCE = 2_000;

    private final Cache<Key, MailboxThreads> known;
    private final Cache<Key, Boolean> failed = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();
    private final ThreadBuilds builds;
    private final long mostOctets;

    ThreadIndex(ThreadProperties properties) {
        this.known = Caffeine.newBuilder()
                .maximumWeight(properties.memory().toBytes())
                .weigher((Key _, MailboxThreads threads) -> threads.weight())
                .expireAfterAccess(properties.keep())
                .build();
        this.builds = new ThreadBuilds(properties.builds());
        this.mostOctets = properties.memory().toBytes() / 2;
    }

    /** How far the conversations of a mailbox are. */
    public enum Progress {
        READY,
        PREPARING,
        /** It will not be tried again for two minutes. */
        FAILED
    }

    private record Key(String username, MailboxName mailbox) {}

    /** The conversations as last seen, which may be a while ago; empty when the mailbox was not read yet. */
    public Optional<MailboxThreads> known(SignedIn person, MailboxName mailbox) {
        return Optional.ofNullable(known.getIfPresent(new Key(person.username(), mailbox)));
    }

    /** All mailboxes of the person whose conversations are known. */
    Map<MailboxName, MailboxThreads> known(SignedIn person) {
        Map<MailboxName, MailboxThreads> all = new HashMap<>();
        known.asMap().forEach((key, threads) -> {
            if (key.username.equals(person.username())) {
                all.put(key.mailbox, threads);
            }
        });
        return all;
    }

    /** Has the mailbox read in the background unless that is done or under way; returns at once. */
    public Progress prepare(SignedIn person, MailSession session, MailboxName mailbox) {
        Key key = new Key(person.username(), mailbox);
        if (known.getIfPresent(key) != null) {
            return Progress.READY;
        }
        if (failed.getIfPresent(key) != null) {
            return Progress.FAILED;
        }
        builds.start(person.username(), mailbox, () -> build(key, session));
        return Progress.PREPARING;
    }

    private void build(Key key, MailSession session) {
        Build build = new Build(session, key.mailbox, key.username, mostOctets);
        MailboxThreads threads = build.read();
        if (threads == null) {
            failed.put(key, true);
        } else {
            known.put(key, threads);
        }
    }

    /**
     * Takes in what came and went.
     *
     * @param news since {@code threads}, in this loan
     * @return what is known now; empty when the mailbox has to be read anew, in the background
     */
    public Optional<MailboxThreads> update(SignedIn person, OpenMailbox open, MailboxThreads threads, News news) {
        Key key = new Key(person.username(), open.name());
        MailboxThreads now = updated(key, open, threads, news);
        if (now == null) {
            known.invalidate(key);
            return Optional.empty();
        }
        known.put(key, now);
        return Optional.of(now);
    }

    private static @Nullable MailboxThreads updated(Key key, OpenMailbox open, MailboxThreads threads, News news) {
        if (!news.now().uidValidity().equals(threads.state().uidValidity())) {
            return null;
        }
        Uids arrived = news.arrived();
        Uids gone = Uids.NONE;
        if (news.removed()) {
            Inventory now = open.inventory();
            if (!now.uidValidity().equals(threads.state().uidValidity())) {
                return null;
            }
            Uids before = threads.uids();
            gone = before.without(now.uids());
            arrived = now.uids().without(before);
        }
        if (arrived.size() > MOST_AT_ONCE) {
            return null;
        }
        List<Lineage> lineages = open.lineages(arrived.list());
        Uids read = Uids.of(lineages.stream().map(Lineage::uid).collect(Collectors.toList()));
        return threads.with(lineages, arrived.without(read), gone, key.username);
    }

    /** Looks after a mailbox whose conversations are known; empty when they are not any more. */
    Optional<MailboxThreads> refresh(SignedIn person, OpenMailbox open) {
        MailboxThreads threads = known.getIfPresent(new Key(person.username(), open.name()));
        if (threads == null) {
            return Optional.empty();
        }
        News news = open.news(threads.state(), List.<Uid>of());
        return news.now().equals(threads.state()) ? Optional.of(threads) : update(person, open, threads, news);
    }
}
