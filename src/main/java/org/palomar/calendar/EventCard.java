package org.palomar.calendar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as a message shows it; every text is a stranger's.
 *
 * @param kind {@code invitation}, {@code update}, {@code cancelled}, {@code answer}, {@code proposal} or {@code event}
 * @param heading key of the sentence above the title
 * @param who argument of that sentence, or empty
 * @param title what it is called, or empty
 * @param when in the reader's zone, or empty when no time is said
 * @param elsewhere the same in the author's zone, or empty when that is the reader's
 * @param floating whether the time is meant wherever one is
 * @param repeats in words, or empty
 * @param yours key of what the reader answered, or null
 * @param newerUrl path of a message that has newer word of it, or null
 * @param otherSender who sent an answer for the attendee, or empty
 * @param attendees at most 50
 * @param more how many further ones there are
 */
public record EventCard(
        String kind,
        String heading,
        String who,
        String title,
        String when,
        String elsewhere,
        boolean floating,
        String repeats,
        String place,
        @Nullable Party organizer,
        List<Party> attendees,
        int more,
        String description,
        String comment,
        @Nullable String yours,
        @Nullable String newerUrl,
        String otherSender) {

    public EventCard {
        attendees = List.copyOf(attendees);
    }

    /**
     * The events of one part of a message.
     *
     * @param answerUrl where an answer is posted, or null when none is asked for
     * @param answered {@code accepted}, {@code tentative}, {@code declined} or empty
     * @param answersTo whom an answer goes to
     * @param as the address it comes from
     * @param uninvited whether the invitation does not name that address
     * @param hidden how many more events there are
     */
    public record Group(
            List<EventCard> events,
            @Nullable String answerUrl,
            String answered,
            String answersTo,
            String as,
            boolean uninvited,
            int hidden) {

        public Group {
            events = List.copyOf(events);
        }
    }
}
