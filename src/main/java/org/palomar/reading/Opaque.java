package org.palomar.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.BodyStructure;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.BodyStructure.Multipart;
import org.palomar.mail.BodyStructure.Nested;
import org.palomar.mail.PartPath;
import org.palomar.mime.Decoding;
import org.palomar.mime.Head;
import org.palomar.mime.WholeMessage;
import org.palomar.signature.Seals;

/**
 * A message that is one part of S/MIME signed-data (RFC 8551 section 3.5.2): its content is taken out here, since no server looks
 * into it. The content's parts lie below the number of that part, where a server has none.
 */
final class Opaque {

    /** What is larger is left as a file, octets as transferred. */
    private static final int LIMIT = 30_000_000;

    private final byte[] cms;
    private final BodyStructure structure;
    private final Parts parts;

    private Opaque(byte[] cms, BodyStructure structure, Parts parts) {
        this.cms = cms;
        this.structure = structure;
        this.parts = parts;
    }

    /** The octets the content was taken out of. */
    byte[] cms() {
        return cms;
    }

    BodyStructure structure() {
        return structure;
    }

    Parts parts() {
        return parts;
    }

    /** Takes the content out; null when there is none, as in what is encrypted. */
    static @Nullable Opaque open(BodyStructure root, Parts outer) {
        if (!(root instanceof Leaf leaf) || !Seals.isCms(leaf) || leaf.size() > LIMIT) {
            return null;
        }
        Head source = new Head(LIMIT);
        outer.stream(leaf.path(), source);
        byte[] cms = Decoding.decode(source.octets(), leaf.encoding());
        return Seals.content(cms)
                .map(content -> {
                    WholeMessage inner = WholeMessage.parse(content);
                    List<BodyStructure> both = List.of(below(leaf.path(), inner.structure()), leaf);
                    return new Opaque(
                            cms,
                            new Multipart(PartPath.ROOT, "multipart", "mixed", Map.of(), null, null, both),
                            new Inside(outer, leaf.path(), inner));
                })
                .orElse(null);
    }

    private static PartPath below(PartPath at, PartPath inner) {
        return inner.isRoot() ? at.child(1) : new PartPath(at + ".1." + inner);
    }

    private static BodyStructure below(PartPath at, BodyStructure part) {
        PartPath path = below(at, part.path());
        return switch (part) {
            case Leaf l ->
                new Leaf(
                        path,
                        l.type(),
                        l.subtype(),
                        l.parameters(),
                        l.disposition(),
                        l.fileName(),
                        l.encoding(),
                        l.size(),
                        l.contentId());
            case Multipart m ->
                new Multipart(
                        path,
                        m.type(),
                        m.subtype(),
                        m.parameters(),
                        m.disposition(),
                        m.fileName(),
                        m.parts().stream().map(each -> below(at, each)).toList());
            case Nested n ->
                new Nested(
                        path,
                        n.type(),
                        n.subtype(),
                        n.parameters(),
                        n.disposition(),
                        n.fileName(),
                        n.encoding(),
                        n.size(),
                        n.envelope(),
                        below(at, n.body()));
        };
    }

    /** Parts of the content, and the part it lies in. */
    private record Inside(Parts outer, PartPath at, WholeMessage inner) implements Parts {

        @Override
        public Map<PartPath, byte[]> fetch(List<Leaf> leaves, int limit) {
            Map<PartPath, byte[]> found = new HashMap<>();
            List<Leaf> rest = new ArrayList<>();
            for (Leaf leaf : leaves) {
                if (isInside(leaf.path())) {
                    inner.part(within(leaf.path()))
                            .ifPresent(octets -> found.put(
                                    leaf.path(),
                                    octets.length > limit ? java.util.Arrays.copyOf(octets, limit) : octets));
                } else {
                    rest.add(leaf);
                }
            }
            if (!rest.isEmpty()) {
                found.putAll(outer.fetch(rest, limit));
            }
            return found;
        }

        @Override
        public void stream(PartPath path, OutputStream to) {
            if (!isInside(path)) {
                outer.stream(path, to);
                return;
            }
            try {
                to.write(inner.part(within(path))
                        .orElseThrow(
                                () -> new ImapException.MessageGone("no part " + path + " in the signed content")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] below(int limit) {
            return outer.below(limit);
        }

        private boolean isInside(PartPath path) {
            return path.equals(at.child(1)) || path.value().startsWith(at + ".1.");
        }

        private PartPath within(PartPath path) {
            return path.equals(at.child(1))
                    ? PartPath.ROOT
                    : new PartPath(path.value().substring(at.value().length() + 3));
        }
    }
}
