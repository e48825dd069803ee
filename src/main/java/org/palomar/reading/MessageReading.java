package org.palomar.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.palomar.mime.HeaderEnvelope;
import org.palomar.mime.TextEncoding;

/** One message of a lent mailbox. Lives no longer than the loan. */
public final class MessageReading {

    private static final List<String> HEADERS = Stream.concat(
                    Stream.of(
                            "References",
                            "List-Id",
                            "Received",
                            "Return-Path",
                            "Authentication-Results",
                            "DKIM-Signature",
                            "List-Unsubscribe",
                            "List-Unsubscribe-Post",
                            "Precedence",
                            "Auto-Submitted",
                            "Disposition-Notification-To"),
                    HeaderEnvelope.FIELDS.stream())
            .toList();

    private static final OpenMailbox.Ahead TEXT =
            new OpenMailbox.Ahead(root -> Texts.paths(BodyChooser.choose(root)), Texts.LIMIT, true);

    private final OpenMailbox.Detail detail;
    private final BodyStructure root;
    private final Parts parts;
    private final Map<PartPath, Packed> unpacked = new HashMap<>();
    private final byte @Nullable [] opaque;

    private MessageReading(OpenMailbox.Detail detail, BodyStructure root, Parts parts) {
        Opaque content = Opaque.open(root, parts);
        this.detail = detail;
        this.root = content == null ? root : content.structure();
        this.parts = content == null ? parts : content.parts();
        this.opaque = content == null ? null : content.cms();
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
        if (structure != null && !contradicts(structure, HeaderEnvelope.claim(detail.lines()))) {
            return new MessageReading(detail, structure, new Parts.OnServer(open, ref.uid()));
        }
        Parts.Rebuilt rebuilt = Parts.Rebuilt.read(open, ref.uid());
        return new MessageReading(detail, rebuilt.message().structure(), rebuilt);
    }

    /** Whether the server's account of the message cannot be right by the message's own header. */
    private static boolean contradicts(BodyStructure structure, HeaderEnvelope.Claim claim) {
        boolean multipart = structure instanceof BodyStructure.Multipart;
        boolean claimed = claim.mediaType().startsWith("multipart/") && claim.bounded();
        boolean lostName = structure instanceof Leaf leaf && leaf.fileName() == null && claim.named();
        boolean lostNothing = multipart || !claimed || structure instanceof BodyStructure.Nested;
        return !lostNothing
                || lostName
                || (multipart && claim.mediaType().startsWith("text/"))
                || structure.all().anyMatch(MessageReading::flattensDigest);
    }

    /** The parts of a digest are messages (RFC 2046 section 5.1.5); some servers take them for text. */
    private static boolean flattensDigest(BodyStructure part) {
        return part instanceof BodyStructure.Multipart digest
                && digest.subtype().equals("digest")
                && digest.parts().stream().allMatch(each -> each instanceof Leaf leaf && leaf.is("text/plain"));
    }

    /** The CMS octets that the content was taken out of (RFC 8551 section 3.5.2), or null. */
    public byte @Nullable [] opaque() {
        return opaque;
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
        return envelope(nested, null);
    }

    Envelope envelope(PartPath nested, @Nullable TextEncoding chosen) {
        return nested.isRoot()
                ? HeaderEnvelope.over(
                        detail.summary().envelope(), detail.lines(), chosen == null ? null : chosen.label())
                : nested(nested).envelope();
    }

    private BodyStructure.Nested nested(PartPath path) {
        if (part(path) instanceof BodyStructure.Nested inner) {
            return inner;
        }
        throw new ImapException.MessageGone("part " + path + " is no message");
    }

    /** As {@link #read(PartPath, TextEncoding)}, with the charsets that the message names. */
    public ReadMessage read(PartPath nested) {
        return read(nested, null);
    }

    /**
     * Reads the text of the message.
     *
     * @param nested the root path, or the path of a message/rfc822 part to read instead
     * @param chosen the charset of all its texts, or null for those that the message names
     */
    public ReadMessage read(PartPath nested, @Nullable TextEncoding chosen) {
        ReadMessage read = new Texts(this, parts, chosen).read(nested, structure(nested));
        boolean nothing = read.raw() || !read.understood();
        if (nothing
                && nested.isRoot()
                && detail.summary().size() < Parts.Rebuilt.LIMIT
                && parts instanceof Parts.OnServer server) {
            // The server saw nothing in it; perhaps it looked wrongly.
            Parts.Rebuilt rebuilt = Parts.Rebuilt.read(server.open(), server.uid());
            if (!rebuilt.message().structure().equals(root)) {
                MessageReading again =
                        new MessageReading(detail, rebuilt.message().structure(), rebuilt);
                return new Texts(again, rebuilt, chosen).read(nested, again.root);
            }
        }
        return read;
    }

    private BodyStructure structure(PartPath nested) {
        return nested.isRoot() ? root : nested(nested).body();
    }

    OpenMailbox.Detail detail() {
        return detail;
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
                .or(() -> packed(path))
                .orElseThrow(() -> new ImapException.MessageGone("no part " + path));
    }

    /** A file inside a part; such parts are numbered below it. */
    private Optional<BodyStructure> packed(PartPath path) {
        int dot = path.value().lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : root.all()
                        .filter(part -> part.path().value().equals(path.value().substring(0, dot)))
                        .filter(Leaf.class::isInstance)
                        .map(part -> unpacked((Leaf) part).part(path))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    /** What is packed into a part; read once. */
    Packed unpacked(Leaf leaf) {
        return unpacked.computeIfAbsent(leaf.path(), _ -> Packed.of(leaf, parts));
    }

    /** Writes the decoded content of a part in constant memory; a nested message is written as its source. */
    public void write(BodyStructure part, OutputStream to) {
        for (Packed each : unpacked.values()) {
            if (each.part(part.path()).isPresent()) {
                each.write(part.path(), to);
                return;
            }
        }
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

    /** The first octets of a part, decoded, for a look at what it is. */
    public byte[] head(BodyStructure part, int limit) {
        if (!(part instanceof Leaf leaf)) {
            return new byte[0];
        }
        byte[] octets = parts.fetch(List.of(leaf), 2 * limit).getOrDefault(leaf.path(), new byte[0]);
        byte[] decoded = Decoding.decode(octets, leaf.encoding());
        return decoded.length > limit ? java.util.Arrays.copyOf(decoded, limit) : decoded;
    }

    /** The part as something that can be read from any octet on; empty where its encoding does not allow that. */
    public Optional<Seekable> seekable(BodyStructure part) {
        return part instanceof Leaf leaf && parts instanceof Parts.OnServer
                ? Seekable.of(leaf, parts)
                : Optional.empty();
    }
}
