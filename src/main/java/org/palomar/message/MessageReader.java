package org.palomar.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.html.CleanHtml;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.imap.OpenMailbox.Neighbours;
import org.palomar.listing.Orders;
import org.palomar.listing.Sort;
import org.palomar.mail.Address;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.Envelope;
import org.palomar.mail.Flags;
import org.palomar.mail.HeaderField;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.SortKey;
import org.palomar.mail.Uid;
import org.palomar.message.MessagePage.AttachmentRow;
import org.palomar.message.MessagePage.Links;
import org.palomar.message.MessagePage.Person;
import org.palomar.mime.MessageBody;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;
import org.palomar.tree.MailboxDirectory;
import org.palomar.trust.Trust;
import org.palomar.trust.TrustReader;
import org.palomar.web.Paging;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** Reads one message for its page: one loan, and one round trip where it was on a list before. */
@Component
class MessageReader {

    /** Further files are only saved all together. */
    private static final int LISTED = 1_000;

    private final MailboxDirectory directory;
    private final Orders orders;
    private final Letters letters;
    private final RemoteNotes pictures;
    private final CardReader cards;
    private final TrustReader trust;

    MessageReader(
            MailboxDirectory directory,
            Orders orders,
            Letters letters,
            RemoteNotes pictures,
            CardReader cards,
            TrustReader trust) {
        this.directory = directory;
        this.orders = orders;
        this.letters = letters;
        this.pictures = pictures;
        this.cards = cards;
        this.trust = trust;
    }

    /**
     * Reads the message.
     *
     * @param paths of the message, or of one nested in it, and how it is read
     * @param images whether remote images are to be shown
     */
    MessagePage read(SignedIn person, MailSession session, MessagePaths paths, boolean images, Reader reader) {
        MessageRef ref = paths.ref();
        Sort sort = paths.sort();
        SortKey by = sort.key(() -> directory.isOutgoing(person, session, ref.mailbox()));
        Read read = session.examine(ref.mailbox(), open -> {
            MessageReading reading = MessageReading.toShow(open, ref);
            ReadMessage message = reading.read(paths.nested(), paths.charset());
            Letters.Source source = letters.source(reading, message, reader.locale());
            CardReader.Read beside = cards.read(open, reading, message, paths.nested());
            Orders.Place place = by == null ? null : orders.place(person, open, by, sort.descending(), ref.uid());
            return new Read(
                    message,
                    reading.fields(),
                    source,
                    beside,
                    place != null ? place : byArrival(open, message, by != null || sort.descending()));
        });
        return page(person, session, paths, images, read, reader);
    }

    private static Orders.Place byArrival(OpenMailbox open, ReadMessage message, boolean newestFirst) {
        int sequence = message.summary().sequence();
        Neighbours neighbours = open.neighbours(sequence);
        Uid newer = neighbours.newer() == null ? null : neighbours.newer().uid();
        Uid older = neighbours.older() == null ? null : neighbours.older().uid();
        int total = open.messages();
        return newestFirst
                ? new Orders.Place(Math.max(1, total - sequence + 1), total, newer, older)
                : new Orders.Place(sequence, total, older, newer);
    }

    /** Says that the message was seen. */
    void seen(MailSession session, MessageRef ref) {
        session.select(ref.mailbox(), open -> {
            open.check(ref);
            open.store(List.of(ref.uid()), FlagChange.ADD, Flags.of(Flags.SEEN));
            return true;
        });
    }

    private MessagePage page(
            SignedIn person, MailSession session, MessagePaths paths, boolean images, Read read, Reader reader) {
        ReadMessage message = read.message;
        MessageRef ref = paths.ref();
        Envelope envelope = message.envelope();
        Flags flags = message.summary().flags();
        Mailbox mailbox = directory.find(person, session, ref.mailbox()).orElse(null);
        String mailboxUse = mailbox == null || mailbox.specialUse() == null
                ? null
                : mailbox.specialUse().name().toLowerCase(java.util.Locale.ROOT);
        List<CleanHtml> letter = letters.remember(person, paths, read.source, reader.locale());
        boolean blank = letter.stream().allMatch(CleanHtml::empty);
        boolean showsHtml = message.showsHtml() && !blank;
        MessageBody body = message.body().withReferenced(read.source.images().keySet());
        Instant date = envelope.date() == null ? message.summary().arrived() : envelope.date();
        Person from = person(envelope.from());
        Person sender = envelope.sender().isEmpty() ? null : person(envelope.sender());
        MessageCards beside = cards.shown(read.beside, person, paths, reader);
        Orders.Place place = read.place;
        Trust judged = trust.judge(person, session, ref, paths.nested(), read.fields, message, letter, body);
        RemoteNote remote = pictures.note(person, paths, letter, images, message, judged);
        boolean shown = !remote.blocked() && images(letter);
        return new MessagePage(
                ref.key(),
                paths.self(),
                ref.mailbox().toSegment(),
                mailboxUse,
                Paging.pageOf(place.position()),
                paths.sort(),
                envelope.subject() == null ? "" : envelope.subject().strip(),
                from,
                sender == null || sender.address().equalsIgnoreCase(from.address()) ? null : sender,
                people(envelope.to()),
                people(envelope.cc()),
                people(envelope.bcc()),
                replyTo(envelope),
                envelope.to().size() + envelope.cc().size() + envelope.bcc().size(),
                reader.date(date),
                reader.longDate(date),
                !flags.seen(),
                flags.flagged(),
                flags.draft(),
                showsHtml ? List.of() : letter,
                showsHtml ? paths.body(shown) : null,
                showsHtml ? paths.measure(shown) : null,
                remote,
                attachments(message.structure(), body, paths, reader),
                body.attachments().size() > 1 ? paths.zip() : null,
                place.before() == null ? null : paths.beside(place.before()).self(),
                place.after() == null ? null : paths.beside(place.after()).self(),
                place.position(),
                place.total(),
                envelope.messageId() == null ? null : envelope.messageId().value(),
                reader.size(message.summary().size()),
                notes(message, body, blank && !beside.encrypted()),
                Notices.of(message.notices(), paths),
                beside,
                judged,
                paths.nested().isRoot() ? null : paths.outer().self(),
                links(paths, shown));
    }

    private static List<AttachmentRow> attachments(
            BodyStructure structure, MessageBody body, MessagePaths paths, Reader reader) {
        List<AttachmentRow> rows = new ArrayList<>();
        for (MessageBody.Attachment file : body.attachments()
                .subList(0, Math.min(LISTED, body.attachments().size()))) {
            FileKind kind = FileKind.of(file.mediaType(), file.name());
            rows.add(new AttachmentRow(
                    file.path().value(),
                    file.name(),
                    file.mediaType(),
                    reader.size(file.size()),
                    kind.icon(),
                    paths.part(file.path()),
                    kind.previewable() ? paths.preview(file.path()) : null,
                    file.nested() ? paths.inner(file.path()).self() : null,
                    file.nested() ? about(structure, file.path(), reader) : null));
        }
        return rows;
    }

    /** Who wrote a message inside, and when. */
    private static @Nullable String about(BodyStructure structure, PartPath path, Reader reader) {
        return structure
                .all()
                .filter(part -> part.path().equals(path))
                .filter(BodyStructure.Nested.class::isInstance)
                .map(part -> ((BodyStructure.Nested) part).envelope())
                .map(envelope -> Stream.of(
                                person(envelope.from()).name(),
                                envelope.date() == null ? "" : reader.date(envelope.date()))
                        .filter(text -> !text.isBlank())
                        .collect(Collectors.joining(" · ")))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static List<String> notes(ReadMessage message, MessageBody body, boolean blank) {
        List<String> notes = new ArrayList<>();
        if (message.truncated()) {
            notes.add("message.note.tooLarge");
        }
        if (message.raw()) {
            notes.add("message.note.raw");
        } else if (blank && message.notices().isEmpty()) {
            notes.add("message.note.empty");
        }
        if (message.packed()) {
            notes.add("message.note.packed");
        }
        if (body.attachments().size() > LISTED) {
            notes.add("message.note.manyFiles");
        }
        return notes;
    }

    private static boolean images(List<CleanHtml> letter) {
        return letter.stream().anyMatch(part -> part.remote().images() > 0);
    }

    private static Links links(MessagePaths paths, boolean shown) {
        return new Links(
                paths.compose("reply"),
                paths.compose("replyAll"),
                paths.compose("forward"),
                paths.compose("forwardAttached"),
                paths.source(),
                paths.eml(),
                paths.print(shown),
                paths.seen());
    }

    /** Reply-To only where it differs from the sender: then it matters. */
    private static List<Person> replyTo(Envelope envelope) {
        return envelope.replyTo().equals(envelope.from()) ? List.of() : people(envelope.replyTo());
    }

    private static List<Person> people(List<Address> addresses) {
        return addresses.stream().limit(1_000).map(Person::of).toList();
    }

    private static Person person(List<Address> addresses) {
        return Person.of(addresses.isEmpty() ? new Address(null, "") : addresses.getFirst());
    }

    private record Read(
            ReadMessage message,
            List<HeaderField> fields,
            Letters.Source source,
            CardReader.Read beside,
            Orders.Place place) {}
}
