package org.palomar.message;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.PartPath;
import org.palomar.mime.Head;
import org.palomar.reading.MessageReading;

/**
 * The images that a letter shows out of its own message, as {@code data:} URLs. The letter's frame has an opaque origin, so
 * a browser sends no cookie for what it loads from there: images have to come with the page.
 */
final class InlineImages {

    /** Larger images stay attachments, octets. */
    private static final int LARGEST = 8_000_000;

    /** All images of one letter together, octets. */
    private static final int ALL = 20_000_000;

    private InlineImages() {}

    /** @return URLs by Content-ID; images too large, or of a type no browser just paints, are absent */
    static Map<String, String> load(MessageReading reading, Map<String, PartPath> inline, Set<String> wanted) {
        Map<String, String> urls = new HashMap<>();
        int left = ALL;
        for (String cid : wanted) {
            PartPath path = inline.get(cid);
            if (path != null
                    && reading.part(path) instanceof BodyStructure.Leaf leaf
                    && FileKind.of(leaf.mediaType()) == FileKind.IMAGE) {
                Head head = new Head(Math.min(LARGEST, left) + 1);
                reading.write(leaf, head);
                byte[] octets = head.octets();
                if (octets.length > 0 && octets.length <= Math.min(LARGEST, left)) {
                    left -= octets.length;
                    urls.put(
                            cid,
                            "data:" + FileKind.imageType(leaf.mediaType()) + ";base64,"
                                    + Base64.getEncoder().encodeToString(octets));
                }
            }
        }
        return urls;
    }
}
