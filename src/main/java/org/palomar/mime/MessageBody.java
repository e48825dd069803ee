package org.palomar.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.PartPath;

/**
 * Which parts of a message are its text and which are attachments.
 *
 * @param text the text/plain parts that make up the plain view, in order; may be empty
 * @param html the first text/html part to show, or null
 * @param shown what the richest view shows, in order: text/html and text/plain parts; a list's plain footer below an HTML
 *     message is here, and so is a second HTML part
 * @param attachments everything a person may want to open or save, in order
 * @param notices reports, and files that lie elsewhere: told of rather than saved, in order
 * @param inline parts with a Content-ID by that id without angle brackets, lower case
 */
public record MessageBody(
        List<BodyStructure.Leaf> text,
        BodyStructure.@Nullable Leaf html,
        List<BodyStructure.Leaf> shown,
        List<Attachment> attachments,
        List<BodyStructure.Leaf> notices,
        Map<String, PartPath> inline) {

    public MessageBody {
        text = List.copyOf(text);
        shown = List.copyOf(shown);
        attachments = List.copyOf(attachments);
        notices = List.copyOf(notices);
        inline = Map.copyOf(inline);
    }

    /** The same body once the HTML is known: parts it refers to by {@code cid:} are no longer listed as attachments. */
    public MessageBody withReferenced(Set<String> cids) {
        Set<PartPath> referenced = cids.stream()
                .map(BodyChooser::contentId)
                .filter(inline::containsKey)
                .map(inline::get)
                .collect(Collectors.toSet());
        return new MessageBody(
                text,
                html,
                shown,
                attachments.stream().filter(a -> !referenced.contains(a.path())).toList(),
                notices,
                inline);
    }

    /** The same body with files that were found inside its parts. */
    public MessageBody withFiles(List<BodyStructure.Leaf> files) {
        List<Attachment> all = new ArrayList<>(attachments);
        Map<String, PartPath> ids = new HashMap<>(inline);
        for (BodyStructure.Leaf file : files) {
            all.add(BodyChooser.attachment(file, all.size() + 1));
            if (file.contentId() != null) {
                ids.putIfAbsent(BodyChooser.contentId(file.contentId()), file.path());
            }
        }
        return new MessageBody(text, html, shown, all, notices, ids);
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
