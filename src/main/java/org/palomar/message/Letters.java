package org.palomar.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    private record Source(List<ReadMessage.Shown> shown, Map<String, String> images) {
        int weight() {
            return 200
                    + 2
                            * shown.stream()
                                    .mapToInt(part -> part.content().length())
                                    .sum()
                    + images.values().stream().mapToInt(String::length).sum();
        }
    }

    /** The cleaned parts of a letter in order, its own images in them. */
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
            source = session.examine(ref.mailbox(), open -> {
                MessageReading reading = MessageReading.of(open, ref);
                return source(reading, reading.read(nested), locale);
            });
            recent.put(key, source);
        }
        Images images = new Images(source.images()::get, remoteImages);
        return source.shown().stream().map(part -> clean(part, images, locale)).toList();
    }

    /**
     * Remembers a letter just read, so that its frame need not ask the server again.
     *
     * @return the Content-IDs of the images it shows
     */
    Set<String> remember(
            SignedIn person, MessageReading reading, MessageRef ref, PartPath nested, ReadMessage read, Locale locale) {
        if (!read.showsHtml()) {
            return Set.of();
        }
        Source source = source(reading, read, locale);
        recent.put(new Key(person.username(), ref, nested), source);
        return source.images().keySet();
    }

    private Source source(MessageReading reading, ReadMessage read, Locale locale) {
        return new Source(read.shown(), InlineImages.load(reading, read.body().inline(), referenced(read, locale)));
    }

    /** The Content-IDs that the letter shows. */
    private Set<String> referenced(ReadMessage read, Locale locale) {
        Set<String> cids = new HashSet<>();
        if (!read.body().inline().isEmpty()) {
            Images asked = new Images(
                    cid -> {
                        cids.add(cid);
                        return null;
                    },
                    false);
            read.shown().stream().filter(ReadMessage.Shown::html).forEach(part -> clean(part, asked, locale));
        }
        return cids;
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
