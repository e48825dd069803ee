package org.palomar.reading;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.PartPath;
import org.palomar.mime.BodyChooser;
import org.palomar.mime.Decoding;
import org.palomar.mime.MessageBody;
import org.palomar.mime.PartText;
import org.palomar.mime.Report;
import org.palomar.mime.TextEncoding;

/** The words of one message: its texts, what is packed into them, its reports; its source where there is nothing else. */
final class Texts {

    /** A text beyond this is cut, octets as transferred. */
    static final int LIMIT = 6_000_000;

    /** Of a message that nobody understands as much is shown, octets. */
    private static final int RAW = 200_000;

    private static final int MOST_PACKED = 3;

    private final MessageReading reading;
    private final Parts parts;
    private final @Nullable TextEncoding chosen;
    private final Map<PartPath, byte[]> octets = new HashMap<>();
    private final List<Leaf> files = new ArrayList<>();
    private final List<ReadMessage.Shown> shown = new ArrayList<>();
    private boolean truncated;
    private boolean packed;

    /** @param chosen the charset of all texts, or null for what the message says */
    Texts(MessageReading reading, Parts parts, @Nullable TextEncoding chosen) {
        this.reading = reading;
        this.parts = parts;
        this.chosen = chosen;
    }

    ReadMessage read(PartPath nested, BodyStructure structure) {
        MessageBody body = BodyChooser.choose(structure);
        fetch(body);
        show(body);
        unpack(body);
        MessageBody whole = body.withFiles(files);
        List<ReadMessage.Notice> notices =
                body.notices().stream().map(this::notice).toList();
        boolean raw = nested.isRoot()
                && whole.attachments().isEmpty()
                && notices.isEmpty()
                && shown.stream().allMatch(part -> part.content().isBlank())
                && showSource();
        Leaf html = body.html();
        String markup = html == null ? null : joined(List.of(html));
        return new ReadMessage(
                reading.detail().summary(),
                reading.headers(),
                reading.envelope(nested, chosen),
                structure,
                whole,
                shown,
                quotable(body, markup),
                body.text().stream().anyMatch(Texts::flowed),
                body.text().stream().anyMatch(Texts::delSp),
                markup != null ? markup : unpackedHtml(body),
                truncated,
                notices,
                packed,
                raw,
                parts instanceof Parts.Rebuilt);
    }

    /** The parts whose words are shown, quoted or told of; to be asked for along with the message. */
    static List<PartPath> paths(MessageBody body) {
        return leaves(body).stream().map(Leaf::path).toList();
    }

    private static List<Leaf> leaves(MessageBody body) {
        Leaf html = body.html();
        return Stream.of(body.shown(), body.text(), html == null ? List.<Leaf>of() : List.of(html), body.notices())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private void fetch(MessageBody body) {
        List<Leaf> wanted = leaves(body);
        parts.fetch(wanted, LIMIT).forEach(octets::put);
        truncated = octets.values().stream().anyMatch(content -> content.length >= LIMIT);
        for (Leaf leaf : wanted) {
            byte[] raw = octets.get(leaf.path());
            if (raw != null && leaf.type().equals("text")) {
                octets.put(leaf.path(), withoutFiles(leaf, PartText.octets(raw, leaf.encoding())));
            }
        }
    }

    private byte[] withoutFiles(Leaf leaf, byte[] text) {
        if (!leaf.mediaType().equals("text/plain")) {
            return text;
        }
        Packed inside = Packed.text(leaf, text);
        String rest = inside.rest();
        if (inside.files().isEmpty() || rest == null) {
            return text;
        }
        files.addAll(inside.parts());
        return rest.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void show(MessageBody body) {
        for (Leaf leaf : body.shown()) {
            byte[] content = octets.get(leaf.path());
            if (content != null) {
                shown.add(new ReadMessage.Shown(
                        leaf.subtype().equals("html"), decoded(leaf, content), flowed(leaf), delSp(leaf)));
            }
        }
    }

    /** The letter inside winmail.dat counts where there is none outside. */
    private void unpack(MessageBody body) {
        List<MessageBody.Attachment> all = body.attachments().stream()
                .filter(file -> Packed.isTnef(file.mediaType(), file.name()))
                .limit(MOST_PACKED)
                .toList();
        for (MessageBody.Attachment file : all) {
            if (reading.part(file.path()) instanceof Leaf leaf) {
                Packed inside = reading.unpacked(leaf);
                files.addAll(inside.parts());
                ReadMessage.Shown text = inside.text();
                packed |= inside.files().isEmpty() && text == null;
                if (text != null
                        && shown.stream().allMatch(part -> part.content().isBlank())) {
                    shown.clear();
                    shown.add(text);
                }
            }
        }
    }

    private ReadMessage.Notice notice(Leaf leaf) {
        byte[] content = octets.get(leaf.path());
        Report report = content == null
                ? null
                : Report.read(leaf.mediaType(), Decoding.decode(content, leaf.encoding()))
                        .orElse(null);
        return new ReadMessage.Notice(leaf, report);
    }

    /** Nothing was understood: the source itself, as it stands below the header. */
    private boolean showSource() {
        byte[] source = parts.below(RAW);
        String text = chosen == null ? PartText.text(source, (String) null) : PartText.text(source, chosen);
        if (text.isBlank() || shown.stream().anyMatch(ReadMessage.Shown::html)) {
            return false;
        }
        shown.clear();
        shown.add(new ReadMessage.Shown(false, text.strip(), false, false));
        return true;
    }

    private @Nullable String quotable(MessageBody body, @Nullable String html) {
        String text = joined(body.text());
        boolean none = (text == null || text.isBlank()) && html == null;
        return none && !shown.isEmpty() && !shown.getFirst().html()
                ? shown.getFirst().content()
                : text;
    }

    private @Nullable String unpackedHtml(MessageBody body) {
        return body.shown().isEmpty() && !shown.isEmpty() && shown.getFirst().html()
                ? shown.getFirst().content()
                : null;
    }

    private @Nullable String joined(List<Leaf> leaves) {
        List<String> texts = new ArrayList<>();
        for (Leaf leaf : leaves) {
            byte[] content = octets.get(leaf.path());
            if (content != null) {
                texts.add(decoded(leaf, content));
            }
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private String decoded(Leaf leaf, byte[] content) {
        return chosen == null
                ? PartText.text(content, leaf.parameters().get("charset"))
                : PartText.text(content, chosen);
    }

    private static boolean flowed(Leaf leaf) {
        return parameter(leaf, "format").equals("flowed");
    }

    private static boolean delSp(Leaf leaf) {
        return parameter(leaf, "delsp").equals("yes");
    }

    private static String parameter(Leaf leaf, String name) {
        return leaf.parameters().getOrDefault(name, "").toLowerCase(Locale.ROOT);
    }
}
