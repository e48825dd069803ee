package org.palomar.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import org.palomar.account.SignedIn;
import org.palomar.html.CleanHtml;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.Images;
import org.palomar.imap.MailSession;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;
import org.palomar.web.NotFoundException;
import org.springframework.stereotype.Component;

/**
 * Cleaned HTML of messages just read, so that the letter's frame costs no second look at the server. A message never
 * changes under its reference; the cache is bounded by characters. Safe for use by many threads.
 */
@Component
class Letters {

    private final Cache<Key, Source> recent = Caffeine.newBuilder()
            .maximumWeight(40_000_000)
            .weigher((Key _, Source source) -> 200 + 2 * source.html().length())
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private record Key(String username, MessageRef ref, PartPath nested) {}

    private record Source(String html, Map<String, PartPath> inline) {}

    void remember(SignedIn person, MessageRef ref, PartPath nested, ReadMessage read) {
        if (read.html() != null) {
            recent.put(
                    new Key(person.username(), ref, nested),
                    new Source(read.html(), read.body().inline()));
        }
    }

    /** The cleaned letter; read again from the server when it is not remembered. */
    CleanHtml letter(SignedIn person, MailSession session, MessageRef ref, PartPath nested, boolean remoteImages) {
        Key key = new Key(person.username(), ref, nested);
        Source source = recent.getIfPresent(key);
        if (source == null) {
            ReadMessage read = session.examine(
                    ref.mailbox(), open -> MessageReading.of(open, ref).read(nested));
            remember(person, ref, nested, read);
            source = recent.getIfPresent(key);
            if (source == null) {
                throw new NotFoundException("error.404.text");
            }
        }
        return clean(new MessagePaths(ref, nested), source.html(), source.inline(), remoteImages);
    }

    static CleanHtml clean(MessagePaths paths, String html, Map<String, PartPath> inline, boolean remoteImages) {
        return HtmlCleaner.clean(
                html,
                new Images(
                        cid -> {
                            PartPath part = inline.get(cid);
                            // Relative to …/messages/{ref}/body, so that any prefix in front of us is kept.
                            return part == null ? null : "parts/" + part + "?inline=1";
                        },
                        remoteImages));
    }
}
