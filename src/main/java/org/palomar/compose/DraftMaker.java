package org.palomar.compose;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.html.WrittenHtml;
import org.palomar.identity.Identities;
import org.palomar.identity.Identity;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.MessageId;
import org.palomar.mime.AddressParser;
import org.palomar.mime.Draft;
import org.palomar.reading.MessageReading;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** Makes of the editor's form the message that goes out. Safe for use by many threads. */
@Component
class DraftMaker {

    private final ComposeProperties properties;
    private final Identities identities;
    private final Clock clock;

    DraftMaker(ComposeProperties properties, Identities identities, Clock clock) {
        this.properties = properties;
        this.identities = identities;
        this.clock = clock;
    }

    /** Whom it goes to, read from the form. */
    record Recipients(List<Address> to, List<Address> cc, List<Address> bcc) {}

    /**
     * The message; an answer looks its original up to join the conversation.
     *
     * @throws ImapException when the original cannot be asked for
     */
    Draft make(
            SignedIn person,
            MailSession session,
            ComposeForm form,
            Recipients recipients,
            List<Upload> files,
            Reader reader) {
        OriginalRef original = OriginalRef.parse(form.original()).orElse(null);
        Conversation conversation = conversation(session, form, original);
        String from = person.address(properties.domain());
        MessageId id = messageId(form, from);
        Words words = words(form, files, id);
        Identity who = identities.from(person, form.from());
        return new Draft(
                        new Address(who.name().isEmpty() ? null : who.name(), who.address()),
                        recipients.to(),
                        recipients.cc(),
                        copies(recipients, who),
                        form.subject(),
                        words.text(),
                        words.attached().stream().map(DraftMaker::file).toList(),
                        id,
                        ZonedDateTime.ofInstant(clock.instant(), reader.zone()),
                        conversation.inReplyTo(),
                        conversation.references())
                .withHtml(words.html())
                .withWishes(new Draft.Wishes(
                        AddressParser.parse(who.replyTo()).good(),
                        form.receipt().equals("true"),
                        importance(form)));
    }

    private static List<Address> copies(Recipients recipients, Identity who) {
        List<Address> hidden = new ArrayList<>(recipients.bcc());
        if (who.copyToSelf()) {
            hidden.add(new Address(null, who.address()));
        }
        return hidden;
    }

    private static Draft.Importance importance(ComposeForm form) {
        return switch (form.importance()) {
            case "high" -> Draft.Importance.HIGH;
            case "low" -> Draft.Importance.LOW;
            default -> Draft.Importance.NORMAL;
        };
    }

    /** @param attached the files that do not stand in the text */
    private record Words(String text, Draft.@Nullable Html html, List<Upload> attached) {}

    /** What has no formatting goes as plain text alone, and so does what cannot be read as HTML. */
    private static Words words(ComposeForm form, List<Upload> files, MessageId id) {
        Map<String, Upload> pictures = new LinkedHashMap<>();
        files.stream()
                .filter(file -> Pictures.TYPES.contains(file.mediaType()))
                .forEach(file -> pictures.put(file.id(), file));
        String domain =
                id.value().substring(id.value().lastIndexOf('@') + 1, id.value().length() - 1);
        Map<String, Draft.Inline> shown = new LinkedHashMap<>();
        WrittenHtml written = form.html().isBlank()
                ? null
                : WrittenHtml.clean(form.html(), source -> {
                            Upload picture = pictures.get(String.valueOf(Pictures.id(source)));
                            if (picture == null) {
                                return null;
                            }
                            String contentId = picture.id() + "@" + domain;
                            shown.put(picture.id(), new Draft.Inline(contentId, file(picture)));
                            return "cid:" + contentId;
                        })
                        .orElse(null);
        if (written == null || !written.formatted()) {
            return new Words(written == null ? form.text() : written.text(), null, files);
        }
        return new Words(
                written.text(),
                new Draft.Html(written.fragment(), List.copyOf(shown.values())),
                files.stream().filter(file -> !shown.containsKey(file.id())).toList());
    }

    private static Draft.File file(Upload upload) {
        return new Draft.File(upload.name(), upload.mediaType(), upload.content());
    }

    private record Conversation(@Nullable MessageId inReplyTo, List<MessageId> references) {}

    /** Answers join the conversation; so do forwarded messages for whoever was in it. */
    private static Conversation conversation(MailSession session, ComposeForm form, @Nullable OriginalRef original) {
        if (original == null || !form.mode().startsWith("reply")) {
            return new Conversation(null, List.of());
        }
        try {
            return session.examine(original.ref().mailbox(), open -> {
                MessageReading reading = MessageReading.of(open, original.ref());
                return conversation(reading.envelope(original.nested()), reading.headers());
            });
        } catch (ImapException.MessageGone | ImapException.UidValidityChanged | ImapException.MailboxMissing gone) {
            // The original was removed meanwhile: the answer goes out without it rather than not at all.
            return new Conversation(null, List.of());
        }
    }

    private static Conversation conversation(Envelope envelope, Map<String, String> headers) {
        MessageId id = envelope.messageId();
        List<MessageId> references = new ArrayList<>(MessageId.all(headers.getOrDefault("references", "")));
        String inReplyTo = envelope.inReplyTo();
        if (references.isEmpty() && inReplyTo != null) {
            references.addAll(MessageId.all(inReplyTo));
        }
        if (id != null) {
            references.remove(id);
            references.add(id);
        }
        return new Conversation(id, references);
    }

    /** The Message-ID that this form's message has, as a draft and when it is sent. */
    MessageId messageId(SignedIn person, ComposeForm form) {
        return messageId(form, person.address(properties.domain()));
    }

    /** Sending the same form again carries the same Message-ID, so that a message is never doubled in Sent. */
    private static MessageId messageId(ComposeForm form, String from) {
        int at = from.lastIndexOf('@');
        String domain = at >= 0 && from.substring(at + 1).matches("[A-Za-z0-9.-]{1,200}")
                ? from.substring(at + 1)
                : "palomar.invalid";
        String id = form.id().matches("[0-9a-f-]{36}")
                ? form.id()
                : UUID.randomUUID().toString();
        return new MessageId("<" + id + "@" + domain + ">");
    }
}
