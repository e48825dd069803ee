package org.palomar.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.Envelope;
import org.palomar.mail.HeaderField;
import org.palomar.mail.MessageRef;
import org.palomar.mail.MessageSummary;
import org.palomar.mail.PartPath;
import org.palomar.mime.BodyChooser;
import org.palomar.mime.Decoding;
import org.palomar.mime.MessageBody;
import org.palomar.mime.PartText;

/** One message of a lent mailbox. Lives no longer than the loan. */
public final class MessageReading {

    /** A text beyond this is cut, octets as transferred. */
    private static final int TEXT_LIMIT = 6_000_000;

    private static final List<String> HEADERS = List.of(
            "References",
            "List-Id",
            "From",
            "Received",
            "Return-Path",
            "Authentication-Results",
            "DKIM-Signature",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "Precedence",
            "Auto-Submitted",
            "Disposition-Notification-To");

    private static final OpenMailbox.Ahead TEXT =
            new OpenMailbox.Ahead(root -> paths(BodyChooser.choose(root)), TEXT_LIMIT, true);

    private final OpenMailbox.Detail detail;
    private final BodyStructure root;
    private final Parts parts;

    private MessageReading(OpenMailbox.Detail detail, BodyStructure root, Parts parts) {
        this.detail = detail;
        this.root = root;
        this.parts = parts;
    }

    /**
     * Reads envelope and structure, and what {@link #read} and the neighbours need along with them: one round trip for a message
     * that was on a list, else two.
     *
     * @throws ImapException.UidValidityChanged for a reference from another era
     * @throws ImapException.MessageGone when the message is not there any more
     */
    public static MessageReading toShow(OpenMailbox open, MessageRef ref) {
        return of(open, ref, TEXT);
    }

    /**
     * Reads envelope and structure only.
     *
     * @throws ImapException.UidValidityChanged for a reference from another era
     * @throws ImapException.MessageGone when the message is not there any more
     */
    public static MessageReading of(OpenMailbox open, MessageRef ref) {
        return of(open, ref, OpenMailbox.Ahead.NOTHING);
    }

    private static MessageReading of(OpenMailbox open, MessageRef ref, OpenMailbox.Ahead ahead) {
        open.check(ref);
        OpenMailbox.Detail detail = open.detail(ref.uid(), HEADERS, ahead);
        BodyStructure structure = detail.summary().body();
        if (structure != null) {
            return new MessageReading(detail, structure, new Parts.OnServer(open, ref.uid()));
        }
        Parts.Rebuilt rebuilt = Parts.Rebuilt.read(open, ref.uid());
        return new MessageReading(detail, rebuilt.message().structure(), rebuilt);
    }

    /** The header lines that tell of the conversation, by lower-case name. */
    public Map<String, String> headers() {
        return detail.headers();
    }

    public MessageSummary summary() {
        return detail.summary();
    }

    /** The fields that tell who sent the message, and what for, as they stand in its header. */
    public List<HeaderField> fields() {
        return detail.fields();
    }

    /**
     * The envelope of the message.
     *
     * @param nested the root path, or the path of a message/rfc822 part
     */
    public Envelope envelope(PartPath nested) {
        return nested.isRoot() ? detail.summary().envelope() : nested(nested).envelope();
    }

    private BodyStructure.Nested nested(PartPath path) {
        if (part(path) instanceof BodyStructure.Nested inner) {
            return inner;
        }
        throw new ImapException.MessageGone("part " + path + " is no message");
    }

    /**
     * Reads the text of the message.
     *
     * @param nested the root path, or the path of a message/rfc822 part to read instead
     */
    public ReadMessage read(PartPath nested) {
        BodyStructure structure = nested.isRoot() ? root : nested(nested).body();
        MessageBody body = BodyChooser.choose(structure);
        Map<PartPath, byte[]> octets = parts.fetch(leaves(body), TEXT_LIMIT);
        return new ReadMessage(
                detail.summary(),
                detail.headers(),
                envelope(nested),
                structure,
                body,
                shown(body.shown(), octets),
                joined(body.text(), octets),
                body.text().stream().anyMatch(MessageReading::flowed),
                body.text().stream().anyMatch(MessageReading::delSp),
                joined(html(body), octets),
                octets.values().stream().anyMatch(content -> content.length >= TEXT_LIMIT),
                parts instanceof Parts.Rebuilt);
    }

    /**
     * The part with this path.
     *
     * @throws ImapException.MessageGone when there is none
     */
    public BodyStructure part(PartPath path) {
        return root.all()
                .filter(part -> part.path().equals(path))
                .filter(part -> !(part instanceof BodyStructure.Multipart))
                .findFirst()
                .orElseThrow(() -> new ImapException.MessageGone("no part " + path));
    }

    /** Writes the decoded content of a part in constant memory; a nested message is written as its source. */
    public void write(BodyStructure part, OutputStream to) {
        String encoding = switch (part) {
            case Leaf leaf -> leaf.encoding();
            case BodyStructure.Nested nested -> nested.encoding();
            case BodyStructure.Multipart _ -> "7bit";
        };
        OutputStream decoding = Decoding.stream(encoding, to);
        parts.stream(part.path(), decoding);
        try {
            decoding.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Leaf> leaves(MessageBody body) {
        return Stream.of(body.shown(), body.text(), html(body))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static List<PartPath> paths(MessageBody body) {
        return leaves(body).stream().map(Leaf::path).toList();
    }

    private static List<Leaf> html(MessageBody body) {
        Leaf html = body.html();
        return html == null ? List.of() : List.of(html);
    }

    private static List<ReadMessage.Shown> shown(List<Leaf> leaves, Map<PartPath, byte[]> octets) {
        List<ReadMessage.Shown> shown = new ArrayList<>();
        for (Leaf leaf : leaves) {
            byte[] content = octets.get(leaf.path());
            if (content != null) {
                shown.add(new ReadMessage.Shown(
                        leaf.subtype().equals("html"), decoded(leaf, content), flowed(leaf), delSp(leaf)));
            }
        }
        return shown;
    }

    private static boolean flowed(Leaf leaf) {
        return parameter(leaf, "format").equals("flowed");
    }

    private static boolean delSp(Leaf leaf) {
        return parameter(leaf, "delsp").equals("yes");
    }

    private static @Nullable String joined(List<Leaf> leaves, Map<PartPath, byte[]> octets) {
        List<String> texts = new ArrayList<>();
        for (Leaf leaf : leaves) {
            byte[] content = octets.get(leaf.path());
            if (content != null) {
                texts.add(decoded(leaf, content));
            }
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private static String decoded(Leaf leaf, byte[] octets) {
        return PartText.decode(octets, leaf.encoding(), leaf.parameters().get("charset"));
    }

    private static String parameter(Leaf leaf, String name) {
        return leaf.parameters().getOrDefault(name, "").toLowerCase(java.util.Locale.ROOT);
    }
}
