package org.palomar.contacts;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.palomar.mail.Address;
import org.palomar.outbox.Sent;
import org.palomar.settings.Acquaintance;
import org.palomar.settings.Collecting;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.palomar.vcard.VCard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Learns from what is sent who is written to. Safe for use by many threads. */
@Component
class Collector implements Acquaintance {

    private static final Logger log = LoggerFactory.getLogger(Collector.class);

    /** Recipients of one message that are looked at: a circular to hundreds makes nobody an acquaintance. */
    private static final int MOST = 50;

    /** After this long a use counts half. */
    private static final Duration HALF = Duration.ofDays(30);

    private final Store store;
    private final ContactBook book;
    private final Collecting collecting;
    private final Clock clock;

    Collector(Store store, ContactBook book, Collecting collecting, Clock clock) {
        this.store = store;
        this.book = book;
        this.collecting = collecting;
        this.clock = clock;
    }

    /** Whoever sent waits for nothing. */
    @EventListener
    void sent(Sent sent) {
        Thread.ofVirtual().name("contacts").start(() -> {
            try {
                met(sent.person(), sent.recipients());
            } catch (StoreException | ContactBook.FullException e) {
                log.info("whom a message went to was not remembered: {}", e.getMessage());
            }
        });
    }

    /** Counts a message to these people, and keeps those who were not known unless that is switched off. */
    synchronized void met(String person, List<Address> recipients) {
        Map<String, Address> byKey = new LinkedHashMap<>();
        recipients.stream()
                .filter(each -> ContactIndex.isAddress(each.address()))
                .limit(MOST)
                .forEach(each -> byKey.putIfAbsent(ContactIndex.key(each.address()), each));
        byKey.remove(ContactIndex.key(person));
        List<VCard> strangers = byKey.values().stream()
                .filter(each -> !isThere(person, ContactIndex.key(each.address())))
                .map(Collector::card)
                .toList();
        if (collecting.isOn(person) && !strangers.isEmpty()) {
            book.add(person, strangers, true);
        }
        byKey.keySet().forEach(address -> count(person, address));
    }

    static VCard card(Address who) {
        String name = who.name() == null ? "" : ContactIndex.cut(who.name().strip(), 200);
        return VCard.empty().with("FN", name.isEmpty() ? who.address() : name).with("EMAIL", who.address());
    }

    /** The logarithm of a sum in which each use counts by its age: it only grows, and orders without being computed anew. */
    private void count(String person, String address) {
        double now = (double) clock.instant().getEpochSecond() / HALF.toSeconds();
        store.inTransaction(sql -> {
            List<Double> scores = sql.sql(
                            "select score from contact_address where person = :person and address = :address order by score desc")
                    .param("person", person)
                    .param("address", address)
                    .query(Double.class)
                    .list();
            if (scores.isEmpty()) {
                return 0;
            }
            double before = scores.getFirst();
            double after = now + Math.log(1 + Math.pow(2, Math.max(-50, before - now))) / Math.log(2);
            return sql.sql("update contact_address set score = :score, uses = uses + 1"
                            + " where person = :person and address = :address")
                    .param("score", after)
                    .param("person", person)
                    .param("address", address)
                    .update();
        });
    }

    private boolean isThere(String person, String address) {
        return store.with(sql -> sql.sql(
                                "select count(*) from contact_address where person = :person and address = :address")
                        .param("person", person)
                        .param("address", address)
                        .query(Integer.class)
                        .single())
                > 0;
    }

    /** Ids of the collected ones with that address. */
    List<String> collected(String person, String address) {
        return ids(person, address, true);
    }

    /** Whether it is the address of a contact that is not only collected. */
    boolean isKept(String person, String address) {
        return !ids(person, address, false).isEmpty();
    }

    private List<String> ids(String person, String address, boolean collected) {
        return store.with(sql -> sql.sql("select c.id from contact_address a join contact c on c.id = a.contact"
                        + " where a.person = :person and a.address = :address and c.collected = :collected")
                .param("person", person)
                .param("address", ContactIndex.key(address))
                .param("collected", collected)
                .query(String.class)
                .list());
    }

    @Override
    public boolean knows(String person, String address) {
        try {
            return isThere(person, ContactIndex.key(address));
        } catch (StoreException _) {
            return false;
        }
    }
}
