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
 * Letters made safe, kept for a while: one letter is shown by its page and by two frames, and cleaned once for all three. A
 * message never changes under its reference; the cache is bounded by characters. Safe for use by many threads.
 */
@Component
class Letters {

    private final Cache<Key, Letter> recent = Caffeine.newBuilder()
            .maximumWeight(40_000_000)
            .weigher((Key _, Letter letter) -> letter.weight())
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private final MessageSource words;

    Letters(MessageSource words) {
        this.words = words;
    }

    /** @param locale of the words that folded quotations are given */
    private record Key(String username, MessageRef ref, PartPath nested, Locale locale) {}

    /**
     * What is shown of a message.
     *
     * @param images its own images by Content-ID, as {@code data:} URLs
     */
    record Source(List<ReadMessage.Shown> shown, Map<String, String> images) {}

    /** @param clean in order, its own images in it and none from elsewhere */
    private record Letter(Source source, List<CleanHtml> clean) {
        int weight() {
            // Cleaned HTML is about as long as what it was made of, and has the images once more.
            return 200
                    + 2
                            * source.shown.stream()
                                    .mapToInt(part -> part.content().length())
                                    .sum()
                    + source.images.values().stream().mapToInt(String::length).sum();
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
        Key key = new Key(person.username(), ref, nested, locale);
        Letter letter = recent.getIfPresent(key);
        if (letter == null) {
            letter = keep(key, session.examine(ref.mailbox(), open -> {
                MessageReading reading = MessageReading.toShow(open, ref);
                return source(reading, reading.read(nested), locale);
            }));
        }
        return remoteImages ? clean(letter.source, true, locale) : letter.clean;
    }

    /** The cleaned parts of a letter just read; its frames, and who comes back to it, need not wait for that again. */
    List<CleanHtml> remember(SignedIn person, MessageRef ref, PartPath nested, Source source, Locale locale) {
        if (source.shown.stream().noneMatch(ReadMessage.Shown::html)) {
            return clean(source, false, locale);
        }
        Key key = new Key(person.username(), ref, nested, locale);
        Letter known = recent.getIfPresent(key);
        return known != null ? known.clean : keep(key, source).clean;
    }

    private Letter keep(Key key, Source source) {
        Letter letter = new Letter(source, clean(source, false, key.locale));
        recent.put(key, letter);
        return letter;
    }

    /** Takes what a letter is made of out of a message just read, while the mailbox is on loan. */
    Source source(MessageReading reading, ReadMessage read, Locale locale) {
        return new Source(
                read.shown(),
                read.showsHtml()
                        ? InlineImages.load(reading, read.body().inline(), referenced(read, locale))
                        : Map.of());
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

    private List<CleanHtml> clean(Source source, boolean remoteImages, Locale locale) {
        Images images = new Images(source.images::get, remoteImages);
        return source.shown.stream().map(part -> clean(part, images, locale)).toList();
    }

    /** One part made safe: HTML cleaned, text turned into HTML. */
    private CleanHtml clean(ReadMessage.Shown part, Images images, Locale locale) {
        return part.html()
                ? HtmlCleaner.clean(part.content(), images)
                : TextToHtml.render(
                        part.content(),
                        new TextToHtml.Format(part.flowed(), part.delSp()),
                        words.getMessage("message.quote.fold", null, locale));
    }
}
