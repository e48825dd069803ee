package org.palomar.calendar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Flags;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;

/**
 * A calendar as it came in one part of a message.
 *
 * @param from who sent the message, or empty
 * @param flags of the message
 * @param newer a message of the same mailbox that has newer word of the same event, or null
 */
public record Invitation(
        PartPath path,
        List<Event> events,
        String from,
        Flags flags,
        @Nullable Uid newer) {

    public Invitation {
        events = List.copyOf(events);
    }

    /** Whether it is one event, with its exceptions, that its organizer wants an answer for (RFC 5546 section 3.2.2). */
    boolean asksAnswer() {
        Event first = events.getFirst();
        return !first.uid().isEmpty()
                && first.organizer() != null
                && !first.organizer().address().isEmpty()
                && events.stream()
                        .allMatch(event -> event.method().equals("REQUEST")
                                && !event.task()
                                && event.uid().equals(first.uid()))
                && events.stream().anyMatch(event -> !event.cancelled());
    }
}
