package org.palomar.mime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.PartPath;

/**
 * Which parts of a message are its text and which are attachments.
 *
 * @param text the text/plain parts that make up the body, in order; may be empty
 * @param html the text/html part to show, or null
 * @param attachments everything a person may want to open or save, in order
 * @param inline parts with a Content-ID by that id without angle brackets, lower case
 */
public record MessageBody(
        List<BodyStructure.Leaf> text,
        BodyStructure.@Nullable Leaf html,
        List<Attachment> attachments,
        Map<String, PartPath> inline) {

    public MessageBody {
        text = List.copyOf(text);
        attachments = List.copyOf(attachments);
        inline = Map.copyOf(inline);
    }

    /**
     * One attachment.
     *
     * @param name a name safe for people and file systems: no path, no controls, never empty
     * @param mediaType {@code type/subtype} as the sender claims
     * @param size estimated octets after decoding
     * @param nested whether it is a message that can be opened
     */
    public record Attachment(
            PartPath path, String name, String mediaType, String encoding, long size, boolean nested) {}
}
