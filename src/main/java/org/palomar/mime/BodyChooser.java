package org.palomar.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.BodyStructure.Multipart;
import org.palomar.mail.BodyStructure.Nested;
import org.palomar.mail.PartPath;

/** Decides which parts of a message are read and which are listed (RFC 2046 section 5.1, RFC 2387, RFC 6522). */
public final class BodyChooser {

    private static final Set<String> READABLE = Set.of("plain", "enriched", "richtext", "markdown", "x-markdown");
    private static final int EMPTY = 4;
    private static final int MOST_ATTACHMENTS = 10_000;
    private static final int MOST_NOTICES = 20;
    private static final int MOST_SHOWN = 200;

    private final List<Leaf> text = new ArrayList<>();
    private final List<Leaf> html = new ArrayList<>();
    private final List<Leaf> shown = new ArrayList<>();
    private final List<BodyStructure> files = new ArrayList<>();
    private final List<Leaf> notices = new ArrayList<>();
    private final Map<String, PartPath> inline = new HashMap<>();

    private BodyChooser() {}

    /** Chooses; never fails, whatever the structure. */
    public static MessageBody choose(BodyStructure root) {
        BodyChooser chosen = new BodyChooser();
        if (root instanceof Leaf leaf && leaf.fileName() == null && readable(leaf)) {
            chosen.show(leaf);
        } else {
            chosen.visit(root);
        }
        List<MessageBody.Attachment> attachments = new ArrayList<>();
        for (BodyStructure file : chosen.files) {
            if (attachments.size() < MOST_ATTACHMENTS) {
                attachments.add(attachment(file, attachments.size() + 1));
            }
        }
        return new MessageBody(
                chosen.text,
                chosen.html.isEmpty() ? null : chosen.html.getFirst(),
                chosen.shown,
                attachments,
                chosen.notices,
                chosen.inline);
    }

    /** A Content-ID as {@link MessageBody#inline} holds it: without angle brackets, lower case. */
    static String contentId(String raw) {
        String id = raw.strip();
        if (id.startsWith("<")) {
            id = id.substring(1);
        }
        if (id.endsWith(">")) {
            id = id.substring(0, id.length() - 1);
        }
        return id.strip().toLowerCase(Locale.ROOT);
    }

    private void visit(BodyStructure part) {
        switch (part) {
            case Leaf leaf -> visitLeaf(leaf);
            case Nested nested -> files.add(nested);
            case Multipart multipart when "alternative".equals(multipart.subtype()) -> visitAlternative(multipart);
            case Multipart multipart when "related".equals(multipart.subtype()) -> visitRelated(multipart);
            case Multipart multipart -> multipart.parts().forEach(this::visit);
        }
    }

    private void visitLeaf(Leaf leaf) {
        boolean body = readable(leaf)
                && !"attachment".equals(leaf.disposition())
                && shown.size() < MOST_SHOWN
                && (leaf.fileName() == null || shown.isEmpty());
        if (body) {
            show(leaf);
        } else if (notices.size() < MOST_NOTICES
                && (Report.is(leaf.mediaType()) || leaf.mediaType().equals("message/external-body"))) {
            notices.add(leaf);
        } else {
            file(leaf);
        }
    }

    private void show(Leaf leaf) {
        if (leaf.subtype().equals("html")) {
            html.add(leaf);
        } else {
            text.add(leaf);
        }
        shown.add(leaf);
    }

    private void file(Leaf leaf) {
        if (leaf.contentId() != null && !contentId(leaf.contentId()).isEmpty()) {
            inline.putIfAbsent(contentId(leaf.contentId()), leaf.path());
        }
        files.add(leaf);
    }

    private void visitRelated(Multipart related) {
        String start = related.parameters().getOrDefault("start", "");
        BodyStructure root = related.parts().stream()
                .filter(p -> p instanceof Leaf leaf
                        && leaf.contentId() != null
                        && contentId(leaf.contentId()).equals(contentId(start)))
                .findFirst()
                .orElse(related.parts().isEmpty() ? null : related.parts().getFirst());
        if (root != null) {
            visit(root);
        }
        for (BodyStructure part : related.parts()) {
            if (root != null && part.path().equals(root.path())) {
                continue;
            }
            if (part instanceof Leaf leaf && !(readable(leaf) && leaf.contentId() == null)) {
                file(leaf);
            } else {
                visit(part);
            }
        }
    }

    /** The last form understood is shown; the plain one is kept for the plain view; what is neither can still be saved. */
    private void visitAlternative(Multipart alternative) {
        BodyChooser plain = new BodyChooser();
        BodyChooser rich = new BodyChooser();
        for (BodyStructure part : alternative.parts()) {
            BodyChooser form = new BodyChooser();
            form.visit(part);
            // Some reports carry an empty HTML form beside a full plain one.
            if (form.html.stream().anyMatch(leaf -> leaf.size() > EMPTY)) {
                rich = form;
            } else if (plain.shown.isEmpty()
                    || (form.html.isEmpty()
                            && !form.shown.isEmpty()
                            && !part.is("text/enriched")
                            && !part.is("text/"))) {
                plain = form;
            }
            if (!unshownForm(part)) {
                files.addAll(form.files);
                notices.addAll(form.notices);
            }
            form.inline.forEach(inline::putIfAbsent);
        }
        text.addAll(plain.text.isEmpty() ? rich.text : plain.text);
        html.addAll(rich.html);
        shown.addAll(rich.html.isEmpty() ? plain.shown : rich.shown);
    }

    /** A further rendering of the same text, such as text/x-amp-html or text/watch-html. */
    private static boolean unshownForm(BodyStructure part) {
        return part instanceof Leaf leaf
                && leaf.type().equals("text")
                && leaf.subtype().endsWith("-html")
                && leaf.fileName() == null;
    }

    private static boolean readable(Leaf leaf) {
        return leaf.type().equals("text")
                && (leaf.subtype().equals("html")
                        || READABLE.contains(leaf.subtype())
                        || leaf.subtype().isEmpty());
    }

    /** Any part as a file to save; empty for a multipart, which has no content of its own. */
    public static Optional<MessageBody.Attachment> asFile(BodyStructure part) {
        return part instanceof Multipart ? Optional.empty() : Optional.of(attachment(part, 1));
    }

    static MessageBody.Attachment attachment(BodyStructure part, int number) {
        return switch (part) {
            case Leaf leaf ->
                new MessageBody.Attachment(
                        leaf.path(),
                        AttachmentName.of(leaf.fileName(), leaf.mediaType(), number),
                        leaf.mediaType(),
                        leaf.encoding(),
                        decodedSize(leaf.encoding(), leaf.size()),
                        false);
            case Nested nested ->
                new MessageBody.Attachment(
                        nested.path(),
                        AttachmentName.ofMessage(
                                nested.fileName(), nested.envelope().subject(), number),
                        nested.mediaType(),
                        nested.encoding(),
                        decodedSize(nested.encoding(), nested.size()),
                        true);
            case Multipart multipart -> throw new IllegalStateException("a multipart is never an attachment");
        };
    }

    private static long decodedSize(String encoding, long size) {
        // 57 octets become a line of 76 characters and CRLF.
        return encoding.equals("base64") ? size * 57 / 78 : size;
    }
}
