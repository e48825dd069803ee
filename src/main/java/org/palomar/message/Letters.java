package org.palomar.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.palomar.account.SignedIn;
import org.palomar.html.CleanHtml;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.Images;
import org.palomar.html.TextToHtml;
import org.palomar.imap.MailSession;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Cleaned HTML of messages just read, so that the letter's frame costs no second look at the server. A message never
 * changes under its reference; the cache is bounded by characters. Safe for use by many threads.
 */
@Component
class Letters {

    private final Cache<Key, Source> recent = Caffeine.newBuilder()
            .maximumWeight(40_000_000)
            .weigher((Key _, Source source) -> source.weight())
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private final MessageSource words;

    Letters(MessageSource words) {
        this.words = words;
    }

    private record Key(String username, MessageRef ref, PartPath nested) {}

    private record Source(List<ReadMessage.Shown> shown, Map<String, PartPath> inline) {
        int weight() {
            return 200
                    + 2
                            * shown.stream()
                                    .mapToInt(part -> part.content().length())
                                    .sum();
        }
    }

    void remember(SignedIn person, MessageRef ref, PartPath nested, ReadMessage read) {
        recent.put(
                new Key(person.username(), ref, nested),
                new Source(read.shown(), read.body().inline()));
    }

    /** The cleaned parts of a letter in order; read again from the server when they are not remembered. */
    List<CleanHtml> letter(
            SignedIn person,
            MailSession session,
            MessageRef ref,
            PartPath nested,
            boolean remoteImages,
            Locale locale) {
        Key key = new Key(person.username(), ref, nested);
        Source source = recent.getIfPresent(key);
        if (source == null) {
            ReadMessage read = session.examine(
                    ref.mailbox(), open -> MessageReading.of(open, ref).read(nested));
            source = new Source(read.shown(), read.body().inline());
            recent.put(key, source);
        }
        Map<String, PartPath> inline = source.inline();
        // Relative to …/messages/{ref}/body, so that any prefix in front of us is kept.
        Images images = new Images(
                cid -> inline.containsKey(cid) ? "parts/" + inline.get(cid) + "?inline=1" : null, remoteImages);
        return source.shown().stream().map(part -> clean(part, images, locale)).toList();
    }

    /** One part made safe: HTML cleaned, text turned into HTML. */
    CleanHtml clean(ReadMessage.Shown part, Images images, Locale locale) {
        return part.html()
                ? HtmlCleaner.clean(part.content(), images)
                : TextToHtml.render(
                        part.content(),
                        new TextToHtml.Format(part.flowed(), part.delSp()),
                        words.getMessage("message.quote.fold", null, locale));
    }
}
