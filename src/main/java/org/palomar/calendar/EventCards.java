package org.palomar.calendar;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.web.Reader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Makes cards of what came in a message, for whoever reads it. */
@Component
public class EventCards {

    private static final int MOST_SHOWN = 20;
    private static final int MOST_ATTENDEES = 50;

    private final MessageSource words;
    private final String domain;

    EventCards(MessageSource words, @Value("${palomar.compose.domain:}") String domain) {
        this.words = words;
        this.domain = domain;
    }

    /**
     * The cards of one calendar.
     *
     * @param messageUrl path of its message
     * @param own whether that message lies in the mailbox itself, and can be answered
     * @param beside gives the path of a message of the same mailbox
     */
    public EventCard.Group group(
            Invitation invitation,
            SignedIn person,
            String messageUrl,
            boolean own,
            java.util.function.Function<org.palomar.mail.Uid, String> beside,
            Reader reader) {
        String me = person.address(domain);
        Event first = invitation.events().getFirst();
        Party organizer = first.organizer();
        Optional<Answer> answered = Answer.of(invitation.flags());
        boolean asks = own && invitation.asksAnswer() && organizer != null && !organizer.is(me);
        String newer = invitation.newer() == null ? null : beside.apply(invitation.newer());
        EventWords said = new EventWords(words, reader);
        List<EventCard> cards = invitation.events().stream()
                .limit(MOST_SHOWN)
                .map(event -> card(event, invitation.from(), asks ? answered.orElse(null) : null, newer, said))
                .toList();
        return new EventCard.Group(
                cards,
                asks ? messageUrl + "/invitation?part=" + invitation.path() : null,
                answered.map(Answer::word).orElse(""),
                organizer == null ? "" : organizer.address(),
                me,
                first.attendees().stream().noneMatch(attendee -> attendee.is(me)),
                invitation.events().size() - cards.size());
    }

    private static EventCard card(
            Event event, String from, @Nullable Answer answered, @Nullable String newer, EventWords words) {
        Party organizer = event.organizer();
        String who = organizer != null && !organizer.name().isEmpty() ? organizer.name() : from;
        Party answerer = event.attendees().isEmpty() ? null : event.attendees().getFirst();
        boolean reply = event.method().equals("REPLY") || event.method().equals("COUNTER");
        Heading heading = heading(event, who, answerer);
        List<Party> attendees = reply ? List.of() : event.attendees();
        return new EventCard(
                heading.kind,
                heading.key,
                heading.who,
                event.summary(),
                words.when(event),
                words.elsewhere(event),
                event.start() != null && event.start().floating(),
                words.repeats(event),
                event.place(),
                organizer,
                attendees.stream().limit(MOST_ATTENDEES).toList(),
                Math.max(0, attendees.size() - MOST_ATTENDEES),
                event.description(),
                event.comment(),
                answered == null ? null : "calendar.yours." + answered.word(),
                newer,
                reply && answerer != null && !from.isEmpty() && !answerer.is(from) ? from : "");
    }

    private record Heading(String kind, String key, String who) {}

    private static Heading heading(Event event, String who, @Nullable Party answerer) {
        if (event.cancelled()) {
            return new Heading("cancelled", "calendar.cancelled", who);
        }
        String name = answerer == null ? who : answerer.name();
        return switch (event.method()) {
            case "REQUEST" ->
                event.sequence() > 0
                        ? new Heading("update", "calendar.update", who)
                        : new Heading("invitation", "calendar.invitation", who);
            case "ADD" -> new Heading("invitation", "calendar.invitation", who);
            case "REPLY" -> new Heading("answer", answerKey(answerer == null ? "" : answerer.state()), name);
            case "COUNTER" -> new Heading("proposal", "calendar.counter", name);
            case "DECLINECOUNTER" -> new Heading("proposal", "calendar.declinecounter", who);
            default -> new Heading("event", event.task() ? "calendar.task" : "calendar.event", who);
        };
    }

    private static String answerKey(String state) {
        return switch (state) {
            case "accepted" -> "calendar.answer.accepted";
            case "declined" -> "calendar.answer.declined";
            case "tentative" -> "calendar.answer.tentative";
            case "delegated" -> "calendar.answer.delegated";
            default -> "calendar.answer.other";
        };
    }
}
