package org.palomar.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.html.HtmlCleaner;
import org.palomar.html.Images;
import org.palomar.html.WrittenHtml;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.PartPath;
import org.palomar.reading.MessageReading;
import org.palomar.reading.ReadMessage;

/**
 * The HTML of a message that is answered or forwarded, for the editor: cleaned like any letter, pictures from elsewhere left out,
 * pictures of its own kept as files of the new message.
 */
final class QuotedHtml {

    private static final int MOST_PICTURES = 50;

    private final Uploads uploads;
    private final SignedIn person;
    private final MessageReading reading;
    private final ReadMessage message;
    private final Map<String, @Nullable String> pictures = new HashMap<>();
    private final List<Upload> kept = new ArrayList<>();

    QuotedHtml(Uploads uploads, SignedIn person, MessageReading reading, ReadMessage message) {
        this.uploads = uploads;
        this.person = person;
        this.reading = reading;
        this.message = message;
    }

    /** The fragment; nothing when the message is plain text, or its HTML is beyond what an editor takes. */
    Optional<String> fragment() {
        String html = message.html();
        if (html == null || html.length() > WrittenHtml.LONGEST || message.truncated()) {
            return Optional.empty();
        }
        StringBuilder clean = new StringBuilder();
        try {
            HtmlCleaner.clean(html, Images.hidden(this::picture)).writeTo(clean);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String look = WrittenHtml.look(html);
        String all = look.isEmpty()
                ? clean.toString()
                : "<div style='" + look.replace("'", "&#39;") + "'>" + clean + "</div>";
        return WrittenHtml.clean(all, source -> Pictures.id(source) == null ? null : source)
                .map(WrittenHtml::fragment);
    }

    /** The pictures that stand in the fragment. */
    List<Upload> pictures() {
        return List.copyOf(kept);
    }

    private @Nullable String picture(String cid) {
        return pictures.computeIfAbsent(cid, this::keep);
    }

    private @Nullable String keep(String cid) {
        PartPath path = message.body().inline().get(cid);
        if (path == null
                || kept.size() >= MOST_PICTURES
                || !(reading.part(path) instanceof BodyStructure.Leaf part)
                || !Pictures.TYPES.contains(part.mediaType())) {
            return null;
        }
        String name = part.fileName() == null ? "" : part.fileName();
        Upload upload = uploads.keep(person, name, part.mediaType(), out -> reading.write(part, out));
        kept.add(upload);
        return Pictures.url(upload);
    }
}
