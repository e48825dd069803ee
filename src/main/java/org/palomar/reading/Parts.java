package org.palomar.reading;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.palomar.imap.ImapException;
import org.palomar.imap.OpenMailbox;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.mime.Head;
import org.palomar.mime.WholeMessage;

/** Where parts of one message come from: the server, or the source parsed here. */
sealed interface Parts {

    /** Content as transferred, each up to {@code limit} octets; parts that are not there are absent. */
    Map<PartPath, byte[]> fetch(List<PartPath> paths, int limit);

    /** Writes one part as transferred. */
    void stream(PartPath path, OutputStream to);

    /**
     * The server cuts parts out by itself, in constant memory. Some cannot, in nested messages or broken ones: then the
     * source is read and cut up here.
     */
    record OnServer(OpenMailbox open, Uid uid) implements Parts {

        @Override
        public Map<PartPath, byte[]> fetch(List<PartPath> paths, int limit) {
            Map<PartPath, byte[]> found = new HashMap<>();
            try {
                found.putAll(paths.isEmpty() ? Map.of() : open.parts(uid, paths, limit));
            } catch (ImapException.Refused _) {
                // What is missing is looked for below.
            }
            List<PartPath> missing =
                    paths.stream().filter(path -> !found.containsKey(path)).toList();
            if (!missing.isEmpty()) {
                found.putAll(Rebuilt.read(open, uid).fetch(missing, limit));
            }
            return found;
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
        private static final int LIMIT = 40_000_000;

        static Rebuilt read(OpenMailbox open, Uid uid) {
            Head source = new Head(LIMIT);
            open.stream(uid, PartPath.ROOT, source);
            return new Rebuilt(WholeMessage.parse(source.octets()));
        }

        @Override
        public Map<PartPath, byte[]> fetch(List<PartPath> paths, int limit) {
            Map<PartPath, byte[]> found = new HashMap<>();
            for (PartPath path : paths) {
                message.part(path)
                        .ifPresent(octets ->
                                found.put(path, octets.length > limit ? Arrays.copyOf(octets, limit) : octets));
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
    }
}
