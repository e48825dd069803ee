package org.palomar.imap.angus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;

/** The content of a part of any size in constant memory: passed on as it comes, the next slice asked for while one comes. */
final class Slices {

    /**
     * Octets. With more, whoever goes away in the middle keeps the connection busy for long; with less, the server spends its
     * time on questions.
     */
    private static final int SLICE = 4 * 1024 * 1024;

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

    /** @return how many octets were written, as encoded in the message */
    long writeTo(OutputStream to) {
        Passage passage = new Passage(to);
        String asked = ask(0);
        while (asked != null) {
            asked = slice(asked, passage);
        }
        return passage.end();
    }

    /** Passes one slice on; the tag of the next, or null after the last. */
    private @Nullable String slice(String tag, Passage passage) {
        List<WireResponse> untagged = new ArrayList<>();
        WireResponse completion = null;
        boolean found = false;
        String ahead = null;
        try {
            while (completion == null) {
                long literal = found ? -1 : connection.getInputStream().literal(item);
                if (literal >= 0) {
                    found = true;
                    ahead = ahead(literal, passage);
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
        Answer answer = new Answer(untagged, List.of(completion));
        return found ? checked(answer, ahead) : held(answer, passage);
    }

    /** Whose content was passed on is known only now. */
    private @Nullable String checked(Answer answer, @Nullable String ahead) {
        try {
            Parts.found(answer, uid);
            return ahead;
        } catch (ImapException e) {
            throw connection.lost(e, false);
        }
    }

    /** The content came in a form in which it had to be read as a whole. */
    private @Nullable String held(Answer answer, Passage passage) {
        if (Parts.found(answer, uid).get(item) instanceof Value.Text slice) {
            String ahead = ahead(slice.length(), passage);
            passage.write(slice.buffer(), slice.from(), slice.length());
            return ahead;
        }
        throw new ImapException.Refused("the server gave no content for part " + path);
    }

    /** More than was asked for comes from a server that knows no slices: then it is all of it. */
    private @Nullable String ahead(long length, Passage passage) {
        passage.come += length;
        return length == SLICE && passage.failure == null ? ask(passage.come) : null;
    }

    private String ask(long from) {
        String items = "UID " + item.replace("BODY", "BODY.PEEK") + "<" + from + "." + SLICE + ">";
        try {
            return connection.begin(Command.read("UID FETCH " + uid + " (" + items + ")"));
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw connection.lost(e, false);
        }
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
