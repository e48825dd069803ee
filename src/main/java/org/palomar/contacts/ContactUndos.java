package org.palomar.contacts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.web.Flash;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How contacts were before the last change, for ten minutes or until their person signs out. Safe for use by many threads. */
@Component
class ContactUndos {

    /** Characters of cards, of all people; what is oldest goes first. */
    private static final long MOST = 30_000_000;

    private final Cache<Key, ContactBook.Before> undos = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((Key _, ContactBook.Before before) -> weight(before))
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private record Key(String person, String id) {}

    private static int weight(ContactBook.Before before) {
        long characters = before.made().size() * 40L;
        for (Contact contact : before.contacts()) {
            characters += 500;
            for (String line : contact.card().lines()) {
                characters += line.length();
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, characters);
    }

    /** The sentence with a way to take it back. */
    Flash offer(SignedIn person, ContactBook.Before before, Flash said) {
        if (before.contacts().isEmpty() && before.made().isEmpty()) {
            return said;
        }
        String id = ContactBook.newId();
        undos.put(new Key(person.key(), id), before);
        return said.withUndo("/contacts/undo/" + id);
    }

    /** Hands it out once; empty when it is too late, or never was this person's. */
    Optional<ContactBook.Before> take(SignedIn person, String id) {
        return Optional.ofNullable(undos.asMap().remove(new Key(person.key(), id)));
    }

    @EventListener
    void ended(MailSessions.Ended event) {
        undos.asMap().keySet().removeIf(key -> key.person().equals(event.key()));
    }
}
