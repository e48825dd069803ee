package org.palomar.filing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * How to take back what people did last, for ten minutes or until they sign out; a page knows no more of it than a random id.
 * Safe for use by many threads.
 */
@Component
class Undos {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Some 16 octets for each range of UIDs: at most about 64 MB for all people, what is oldest goes first. */
    private static final int MOST_RANGES = 4_000_000;

    private final Cache<Key, Undo> undos = Caffeine.newBuilder()
            .maximumWeight(MOST_RANGES)
            .weigher((Key _, Undo undo) -> 20 + undo.ranges())
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private record Key(String person, String id) {}

    /**
     * @param untraced how many messages were done that the tasks do not bring back
     * @param back path of the page where it was done
     */
    record Undo(List<Task> tasks, int untraced, Words words, String back) {

        int messages() {
            return tasks.stream().mapToInt(task -> task.uids().size()).sum();
        }

        private int ranges() {
            return tasks.stream().mapToInt(Undo::ranges).sum();
        }

        private static int ranges(Task task) {
            return task.uids().ranges()
                    + task.marks().stream()
                            .mapToInt(mark -> mark.of(task.uids()).ranges())
                            .sum();
        }
    }

    /** @return the id */
    String keep(SignedIn person, Undo undo) {
        String id = randomId();
        undos.put(new Key(person.key(), id), undo);
        return id;
    }

    void keep(SignedIn person, String id, Undo undo) {
        undos.put(new Key(person.key(), id), undo);
    }

    /** Hands it out once; empty when it is too late, or never was this person's. */
    Optional<Undo> take(SignedIn person, String id) {
        return Optional.ofNullable(undos.asMap().remove(new Key(person.key(), id)));
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        List<Key> theirs = undos.asMap().keySet().stream()
                .filter(key -> key.person().equals(event.key()))
                .toList();
        undos.invalidateAll(theirs);
    }

    static String randomId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
