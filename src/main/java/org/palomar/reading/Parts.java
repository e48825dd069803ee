package org.palomar.reading;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.mime.Head;
import org.palomar.mime.WholeMessage;

/** Where parts of one message come from: the server, or the source parsed here. */
interface Parts {

    /** Content as transferred, each up to {@code limit} octets; parts that are not there are absent. */
    Map<PartPath, byte[]> fetch(List<Leaf> leaves, int limit);

    /** Writes one part as transferred. */
    void stream(PartPath path, OutputStream to);

    /** The first octets below the header of the message. */
    byte[] below(int limit);

    /** Writes up to {@code count} octets of one part as transferred, from any of them on. */
    default void stream(PartPath path, long from, long count, OutputStream to) {
        throw new ImapException.Refused("parts read here are not read in pieces");
    }

    /**
     * The server cuts parts out by itself, in constant memory. Some cannot, in nested messages or broken ones: then the
     * source is read and cut up here.
     */
    record OnServer(OpenMailbox open, Uid uid) implements Parts {

        @Override
        public Map<PartPath, byte[]> fetch(List<Leaf> leaves, int limit) {
            Map<PartPath, byte[]> found = new HashMap<>();
            try {
                List<PartPath> paths = leaves.stream().map(Leaf::path).toList();
                found.putAll(paths.isEmpty() ? Map.of() : open.parts(uid, paths, limit));
            } catch (ImapException.Refused _) {
                // What is missing is looked for below.
            }
            List<Leaf> missing = leaves.stream()
                    .filter(leaf -> isMissing(leaf, found.get(leaf.path()), limit))
                    .toList();
            if (!missing.isEmpty()) {
                found.putAll(Rebuilt.read(open, uid).fetch(missing, limit));
            }
            return found;
        }

        @Override
        public void stream(PartPath path, long from, long count, OutputStream to) {
            open.stream(uid, path, from, count, to);
        }

        /** Some servers give nothing for a part that has a size, or a part that the numbers do not fit. */
        private static boolean isMissing(Leaf leaf, byte @Nullable [] octets, int limit) {
            return octets == null
                    || (octets.length == 0 && leaf.size() > 0)
                    || (leaf.size() > 0 && octets.length < Math.min(leaf.size(), limit) / 2)
                    || startsWithHeader(octets);
        }

        /** The header of a part in front of its content: the numbers mean something else to this server. */
        private static boolean startsWithHeader(byte[] octets) {
            String head = new String(octets, 0, Math.min(octets.length, 40), StandardCharsets.ISO_8859_1);
            return head.regionMatches(true, 0, "content-type:", 0, 13)
                    || head.regionMatches(true, 0, "content-transfer-encoding:", 0, 26);
        }

        @Override
        public void stream(PartPath path, OutputStream to) {
            Begun watched = new Begun(to);
            try {
                open.stream(uid, path, watched);
            } catch (ImapException.Refused refused) {
                if (watched.begun) {
                    // Half a part and then the whole would be one broken file.
                    throw refused;
                }
                Rebuilt.read(open, uid).stream(path, to);
            }
        }

        @Override
        public byte[] below(int limit) {
            return open.parts(uid, List.of(PartPath.ROOT), limit).getOrDefault(PartPath.ROOT, new byte[0]);
        }
    }

    /** Remembers whether anything was written. */
    final class Begun extends FilterOutputStream {

        private boolean begun;

        Begun(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int octet) throws IOException {
            begun = true;
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            begun |= count > 0;
            out.write(octets, from, count);
        }
    }

    /** The server's BODYSTRUCTURE is of no use: the whole source was read and cut up here. */
    record Rebuilt(WholeMessage message) implements Parts {

        /** Sources beyond this are not rebuilt, octets. */
        static final int LIMIT = 20_000_000;

        static Rebuilt read(OpenMailbox open, Uid uid) {
            Head source = new Head(LIMIT);
            open.stream(uid, PartPath.ROOT, source);
            return new Rebuilt(WholeMessage.parse(source.octets()));
        }

        @Override
        public Map<PartPath, byte[]> fetch(List<Leaf> leaves, int limit) {
            Map<PartPath, byte[]> found = new HashMap<>();
            for (Leaf leaf : leaves) {
                message.part(leaf.path())
                        .ifPresent(octets ->
                                found.put(leaf.path(), octets.length > limit ? Arrays.copyOf(octets, limit) : octets));
            }
            return found;
        }

        @Override
        public void stream(PartPath path, OutputStream to) {
            try {
                to.write(message.part(path)
                        .orElseThrow(() -> new ImapException.MessageGone("no part " + path + " in the source")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] below(int limit) {
            byte[] octets = message.part(PartPath.ROOT).orElseGet(() -> new byte[0]);
            return octets.length > limit ? Arrays.copyOf(octets, limit) : octets;
        }
    }
}
