package org.palomar.imap.angus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;

/** The content of a part of any size in constant memory: each slice is passed on as it comes. */
final class Slices {

    /**
     * Octets. With more, whoever goes away in the middle keeps the connection busy for long; with less, time goes into questions.
     * Only one is under way: servers answer the next before they say that the last is complete.
     */
    private static final int SLICE = 8 * 1024 * 1024;

    private final ImapConnection connection;
    private final Uid uid;
    private final PartPath path;
    private final String item;

    /** @param path the root for the whole message with its header */
    Slices(ImapConnection connection, Uid uid, PartPath path) {
        this.connection = connection;
        this.uid = uid;
        this.path = path;
        this.item = "BODY[" + (path.isRoot() ? "" : path.value()) + "]";
    }

    /**
     * @param from octets to pass over
     * @param count octets at most
     * @return how many octets were written, as encoded in the message
     */
    long writeTo(long from, long count, OutputStream to) {
        Passage passage = new Passage(to);
        long asked;
        long length;
        do {
            asked = Math.min(SLICE, count - passage.come);
            length = asked > 0 ? slice(passage, from + passage.come, asked) : 0;
            passage.come += length;
            // More than was asked for comes from a server that knows no slices: then it was all of it.
        } while (length == asked && length > 0 && passage.failure == null);
        return passage.end();
    }

    /** Passes one slice on; its octets. */
    private long slice(Passage passage, long from, long count) {
        List<WireResponse> untagged = new ArrayList<>();
        WireResponse completion = null;
        long length = -1;
        try {
            String tag = ask(from, count);
            while (completion == null) {
                long literal = length < 0 ? connection.getInputStream().literal(item) : -1;
                if (literal >= 0) {
                    length = literal;
                    connection.getInputStream().take(literal, passage);
                    continue;
                }
                WireResponse response = connection.readResponse();
                if (response.isTagged() && tag.equals(response.getTag())) {
                    completion = response;
                } else {
                    untagged.add(response);
                }
            }
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw connection.lost(e, false);
        } finally {
            if (completion == null) {
                connection.drop();
            }
        }
        Map<String, Value> fetched = Parts.found(new Answer(untagged, List.of(completion)), uid);
        if (length >= 0) {
            return length;
        }
        // It came in a form in which it had to be read as a whole.
        if (fetched.get(item) instanceof Value.Text slice) {
            passage.write(slice.buffer(), slice.from(), slice.length());
            return slice.length();
        }
        throw new ImapException.Refused("the server gave no content for part " + path);
    }

    private String ask(long from, long count) throws IOException, ProtocolException {
        String items = "UID " + item.replace("BODY", "BODY.PEEK") + "<" + from + "." + count + ">";
        return connection.begin(Command.read("UID FETCH " + uid + " (" + items + ")"));
    }

    /** The way out. When the reader has gone, the rest is thrown away, so that the connection stays good for others. */
    private static final class Passage extends OutputStream {

        private final OutputStream to;
        private long come;
        private @Nullable Throwable failure;

        Passage(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) {
            if (failure == null) {
                try {
                    to.write(octets, from, count);
                } catch (IOException | RuntimeException | Error e) {
                    failure = e;
                }
            }
        }

        long end() {
            return switch (failure) {
                case null -> come;
                case IOException e -> throw new UncheckedIOException(e);
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            };
        }
    }
}
