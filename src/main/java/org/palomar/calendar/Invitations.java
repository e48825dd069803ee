package org.palomar.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.Address;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.SearchKey;
import org.palomar.mail.SearchKey.Field;
import org.palomar.mail.Uid;
import org.palomar.mime.Head;
import org.palomar.mime.MessageBody.Attachment;
import org.palomar.mime.PartText;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;

/** Finds calendars in a message of a lent mailbox: one round trip for each part, two or three to look for newer word. */
public final class Invitations {

    private static final Set<String> TYPES = Set.of("text/calendar", "application/ics", "text/x-vcalendar");
    private static final Set<String> NAMELESS = Set.of("application/octet-stream", "text/plain");
    private static final int MOST_PARTS = 3;

    /** Octets of a calendar that are read. */
    private static final int LIMIT = 1_000_000;

    /** How many messages after it are searched for newer word, and how many of those found are read. */
    private static final int SPAN = 5_000;

    private static final int MOST_READ = 5;
    private static final int LONGEST_WORDS = 60;

    private Invitations() {}

    /**
     * The calendars of a message; one that comes twice, as an alternative and as a file, is there once.
     *
     * @param nested the root path, or where the message lies in another one
     */
    public static List<Invitation> of(OpenMailbox open, MessageReading reading, ReadMessage message, PartPath nested) {
        List<Invitation> found = new ArrayList<>();
        int read = 0;
        for (Attachment file : message.body().attachments()) {
            if (read < MOST_PARTS && isCalendar(file)) {
                read++;
                List<Event> events = events(reading, file.path()).stream()
                        .filter(event -> found.stream()
                                .flatMap(each -> each.events().stream())
                                .noneMatch(each -> each.isSame(event) && each.sequence() == event.sequence()))
                        .toList();
                if (!events.isEmpty()) {
                    List<Address> from = message.envelope().from();
                    Invitation invitation = new Invitation(
                            file.path(),
                            events,
                            from.isEmpty() ? "" : from.getFirst().address(),
                            message.summary().flags(),
                            null);
                    Uid newer = nested.isRoot() && invitation.asksAnswer()
                            ? newer(open, message.summary(), events.getFirst())
                            : null;
                    found.add(new Invitation(file.path(), events, invitation.from(), invitation.flags(), newer));
                }
            }
        }
        return found;
    }

    private static boolean isCalendar(Attachment file) {
        return !file.nested()
                && (TYPES.contains(file.mediaType())
                        || (NAMELESS.contains(file.mediaType())
                                && file.name().toLowerCase(Locale.ROOT).endsWith(".ics")));
    }

    /** The events of one part. */
    static List<Event> events(MessageReading reading, PartPath path) {
        BodyStructure part = reading.part(path);
        Head head = new Head(LIMIT);
        reading.write(part, head);
        return CalendarText.events(
                PartText.decode(head.octets(), "8bit", part.parameters().getOrDefault("charset", "utf-8")));
    }

    /** What came later about the same event, if the server finds it soon; its subject names it in any language. */
    private static @Nullable Uid newer(OpenMailbox open, MessageSummary message, Event event) {
        Uid uid = message.ref().uid();
        String words = event.summary()
                .codePoints()
                .limit(LONGEST_WORDS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (words.isEmpty() || uid.value() + 1 >= 0xFFFF_FFFFL - SPAN) {
            return null;
        }
        try {
            List<Uid> later = open.search(new SearchKey.And(List.of(
                    new SearchKey.Uids(new Uid(uid.value() + 1), new Uid(uid.value() + SPAN)),
                    new SearchKey.Words(Field.SUBJECT, words))));
            if (later.isEmpty()) {
                return null;
            }
            List<MessageSummary> last =
                    open.summaries(later.subList(Math.max(0, later.size() - MOST_READ), later.size()));
            return last.reversed().stream()
                    .filter(each -> isNewer(open, each, event))
                    .map(each -> each.ref().uid())
                    .findFirst()
                    .orElse(null);
        } catch (ImapException.Refused | ImapException.MessageGone | IllegalArgumentException _) {
            // It is only a courtesy.
            return null;
        }
    }

    private static boolean isNewer(OpenMailbox open, MessageSummary candidate, Event event) {
        BodyStructure body = candidate.body();
        Leaf calendar = body == null
                ? null
                : body.all()
                        .filter(part -> part instanceof Leaf && TYPES.contains(part.mediaType()))
                        .map(Leaf.class::cast)
                        .findFirst()
                        .orElse(null);
        if (calendar == null) {
            return false;
        }
        byte[] octets = open.part(candidate.ref().uid(), calendar.path(), LIMIT);
        String text = PartText.decode(
                octets, calendar.encoding(), calendar.parameters().getOrDefault("charset", "utf-8"));
        return CalendarText.events(text).stream()
                .anyMatch(each -> each.isSame(event)
                        && (each.method().equals("REQUEST") || each.method().equals("CANCEL"))
                        && (each.sequence() > event.sequence()
                                || (each.cancelled() && each.sequence() >= event.sequence())));
    }
}
