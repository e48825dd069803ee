package org.palomar.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palomar.account.SignedIn;
import org.palomar.html.HtmlToText;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.mime.BodyChooser;
import org.palomar.mime.MessageBody;
import org.palomar.mime.PartText;
import org.palomar.mime.PreviewText;
import org.springframework.stereotype.Component;

/**
 * The first words of messages. Servers with PREVIEW (RFC 8970) send them with the list; elsewhere the first octets of the
 * text are read once, in one more round trip, and kept. Safe for use by many threads.
 */
@Component
public class Previews {

    /** Enough for a line of text behind the markup most newsletters start with. */
    private static final int OCTETS = 4_096;

    private final Cache<Key, String> known = Caffeine.newBuilder()
            .maximumWeight(20_000_000)
            .weigher((Key _, String text) -> 120 + 2 * text.length())
            .build();

    /** The previews of these messages of the lent mailbox; a message without readable text has none. */
    public Map<MessageRef, String> of(SignedIn person, OpenMailbox open, List<MessageSummary> messages) {
        Map<MessageRef, String> previews = new HashMap<>();
        Map<Uid, PartPath> wanted = new HashMap<>();
        Map<Uid, BodyStructure.Leaf> leaves = new HashMap<>();
        for (MessageSummary message : messages) {
            Key key = new Key(person.username(), message.ref());
            String text = known.getIfPresent(key);
            if (text == null && message.preview() != null) {
                text = PreviewText.of(message.preview());
                known.put(key, text);
            }
            if (text != null) {
                previews.put(message.ref(), text);
            } else if (message.body() != null) {
                MessageBody body = BodyChooser.choose(message.body());
                BodyStructure.Leaf leaf =
                        body.text().isEmpty() ? body.html() : body.text().getFirst();
                if (leaf != null && leaf.size() > 0) {
                    wanted.put(message.ref().uid(), leaf.path());
                    leaves.put(message.ref().uid(), leaf);
                }
            }
        }
        if (!wanted.isEmpty()) {
            Map<Uid, byte[]> heads = open.heads(wanted, OCTETS);
            leaves.forEach((uid, leaf) -> {
                byte[] octets = heads.get(uid);
                if (octets != null) {
                    MessageRef ref = new MessageRef(open.name(), open.uidValidity(), uid);
                    String text = text(leaf, octets);
                    known.put(new Key(person.username(), ref), text);
                    previews.put(ref, text);
                }
            });
        }
        return previews;
    }

    private static String text(BodyStructure.Leaf leaf, byte[] octets) {
        String text = PartText.decode(octets, leaf.encoding(), leaf.parameters().get("charset"));
        return PreviewText.of(leaf.subtype().equals("html") ? HtmlToText.text(text) : text);
    }

    private record Key(String username, MessageRef ref) {}
}
