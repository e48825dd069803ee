package org.palomar.compose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.html.HtmlToText;
import org.palomar.html.WrittenHtml;
import org.palomar.identity.Identities;
import org.palomar.identity.Identity;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.Envelope;
import org.palomar.mail.PartPath;
import org.palomar.mime.Flowed;
import org.palomar.mime.MessageBody;
import org.palomar.mime.Quoting;
import org.palomar.mime.Subjects;
import org.palomar.mime.TextEncoding;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;
import org.palomar.settings.WritingHabits;
import org.palomar.web.Reader;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Fills the editor for an answer or a forwarded message. */
@Component
class Answers {

    /** A line to write on. */
    private static final String SPACE = "<div><br></div>";

    private final Uploads uploads;
    private final WritingHabits habits;
    private final Signing signing;
    private final Identities identities;
    private final MessageSource words;

    Answers(Uploads uploads, WritingHabits habits, Signing signing, Identities identities, MessageSource words) {
        this.signing = signing;
        this.identities = identities;
        this.uploads = uploads;
        this.habits = habits;
        this.words = words;
    }

    /**
     * A form filled from the original.
     *
     * @param who the original's sender as shown
     * @param files what goes along when forwarding
     * @param pictures what the quoted HTML shows
     */
    record Prepared(ComposeForm form, String who, List<Upload> files, List<Upload> pictures) {}

    /**
     * @param mode {@code reply}, {@code replyAll}, {@code forward} or {@code forwardAttached}
     * @param charset in which the person reads the original, or null
     */
    Prepared prepare(
            SignedIn person,
            MailSession session,
            String mode,
            OriginalRef original,
            @Nullable TextEncoding charset,
            Reader reader) {
        return session.examine(original.ref().mailbox(), open -> {
            MessageReading reading = MessageReading.toShow(open, original.ref());
            ReadMessage message = reading.read(original.nested(), charset);
            Envelope envelope = message.envelope();
            String who =
                    envelope.from().isEmpty() ? "" : envelope.from().getFirst().display();
            QuotedHtml html = new QuotedHtml(uploads, person, reading, message);
            ComposeForm form = switch (mode) {
                case "reply", "replyAll" -> reply(person, mode, original, message, html, reader);
                case "forward" -> forward(original, message, html, reader);
                default ->
                    ComposeForm.begun(mode, original.text())
                            .addressed("", "", "", Subjects.forward(envelope.subject()));
            };
            List<Upload> files = switch (mode) {
                case "forward" -> attachments(person, reading, message.body());
                case "forwardAttached" -> List.of(whole(person, reading, open, original, envelope));
                default -> List.of();
            };
            ComposeForm signed =
                    mode.startsWith("reply") ? form : signing.answering(person, form, reached(envelope), false);
            return new Prepared(signed, who, files, html.pictures());
        });
    }

    private ComposeForm reply(
            SignedIn person, String mode, OriginalRef original, ReadMessage message, QuotedHtml html, Reader reader) {
        Envelope envelope = message.envelope();
        List<Identity> mine = identities.of(person);
        List<Address> answerTo = envelope.replyTo().isEmpty() ? envelope.from() : envelope.replyTo();
        boolean own = !envelope.from().isEmpty()
                && isOwn(mine, envelope.from().getFirst().address());
        // Answering one's own message goes on talking to those it went to.
        List<Address> to = own && !envelope.to().isEmpty() ? envelope.to() : answerTo;
        Map<String, Address> taken = byAddress(to);
        taken.keySet().removeIf(each -> isOwn(mine, each));
        if (taken.isEmpty()) {
            taken = byAddress(to);
        }
        Map<String, Address> copies = new LinkedHashMap<>();
        if (mode.equals("replyAll")) {
            copies.putAll(byAddress(envelope.to()));
            copies.putAll(byAddress(envelope.cc()));
            copies.keySet().removeIf(each -> isOwn(mine, each));
            taken.keySet().forEach(copies::remove);
        }
        Instant date = envelope.date() == null ? message.summary().arrived() : envelope.date();
        String who = envelope.from().isEmpty() ? "" : envelope.from().getFirst().display();
        String attribution = words.getMessage(
                "compose.quote.intro", new Object[] {reader.date(date), oneLine(who)}, reader.locale());
        String quoted = html.fragment()
                .map(fragment ->
                        WrittenHtml.ofText(attribution) + "<blockquote type=\"cite\">" + fragment + "</blockquote>")
                .orElse("");
        String text = Quoting.reply(attribution, text(message));
        boolean below = habits.of(person.username()).below();
        ComposeForm form = ComposeForm.begun(mode, original.text())
                .addressed(typed(taken.values()), typed(copies.values()), "", Subjects.reply(envelope.subject()))
                .saying(
                        below ? text + "\n" : "\n\n" + text,
                        quoted.isEmpty() ? "" : below ? quoted + SPACE : SPACE + SPACE + quoted);
        return signing.answering(person, form, own ? addresses(envelope.from()) : reached(envelope), below);
    }

    private static boolean isOwn(List<Identity> mine, String address) {
        return mine.stream().anyMatch(each -> each.reaches(address));
    }

    private static List<String> reached(Envelope envelope) {
        return Stream.of(envelope.to(), envelope.cc())
                .flatMap(List::stream)
                .map(Address::address)
                .toList();
    }

    private static List<String> addresses(List<Address> people) {
        return people.stream().map(Address::address).toList();
    }

    private ComposeForm forward(OriginalRef original, ReadMessage message, QuotedHtml html, Reader reader) {
        Envelope envelope = message.envelope();
        Instant date = envelope.date() == null ? message.summary().arrived() : envelope.date();
        List<String> headers = new ArrayList<>();
        headers.add(header("message.from", typed(envelope.from()), reader));
        headers.add(header("message.date", reader.longDate(date), reader));
        headers.add(header("message.subject", envelope.subject() == null ? "" : envelope.subject(), reader));
        headers.add(header("message.to", typed(envelope.to()), reader));
        if (!envelope.cc().isEmpty()) {
            headers.add(header("message.cc", typed(envelope.cc()), reader));
        }
        String heading = words.getMessage("compose.forward.intro", null, reader.locale());
        String quoted = html.fragment()
                .map(fragment -> WrittenHtml.ofText("\n\n" + Quoting.forward(heading, headers, "")) + fragment)
                .orElse("");
        return ComposeForm.begun("forward", original.text())
                .addressed("", "", "", Subjects.forward(envelope.subject()))
                .saying("\n\n" + Quoting.forward(heading, headers, text(message)), quoted);
    }

    private String header(String key, String value, Reader reader) {
        return words.getMessage(key, null, reader.locale()) + ": " + oneLine(value);
    }

    private List<Upload> attachments(SignedIn person, MessageReading reading, MessageBody body) {
        List<Upload> files = new ArrayList<>();
        for (MessageBody.Attachment file : body.attachments()) {
            BodyStructure part = reading.part(file.path());
            files.add(uploads.keep(person, file.name(), file.mediaType(), out -> reading.write(part, out)));
        }
        return files;
    }

    private Upload whole(
            SignedIn person,
            MessageReading reading,
            org.palomar.imap.OpenMailbox open,
            OriginalRef original,
            Envelope envelope) {
        String name = Subjects.base(envelope.subject()) + ".eml";
        if (!original.nested().isRoot()) {
            BodyStructure part = reading.part(original.nested());
            return uploads.keep(person, name, "message/rfc822", out -> reading.write(part, out));
        }
        return uploads.keep(
                person,
                name,
                "message/rfc822",
                out -> open.stream(original.ref().uid(), PartPath.ROOT, out));
    }

    private static String text(ReadMessage message) {
        if (message.text() != null && !message.text().isBlank()) {
            return message.flowed() ? Flowed.decode(message.text(), message.delSp()) : message.text();
        }
        return message.html() == null ? "" : HtmlToText.text(message.html());
    }

    private static Map<String, Address> byAddress(List<Address> addresses) {
        Map<String, Address> found = new LinkedHashMap<>();
        addresses.stream()
                .filter(address -> !address.address().isBlank())
                .forEach(address -> found.putIfAbsent(address.address().toLowerCase(Locale.ROOT), address));
        return found;
    }

    /** Addresses as a person would type them; a name that would break the list is quoted. */
    static String typed(java.util.Collection<Address> addresses) {
        return addresses.stream().map(Answers::typed).collect(Collectors.joining(", "));
    }

    private static String typed(Address address) {
        String name = address.name() == null ? "" : oneLine(address.name()).strip();
        if (name.isEmpty() || name.equals(address.address())) {
            return oneLine(address.address());
        }
        boolean plain = name.chars().noneMatch(c -> "()<>[]:;@\\,\"".indexOf(c) >= 0);
        String quoted = plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return quoted + " <" + oneLine(address.address()) + ">";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
