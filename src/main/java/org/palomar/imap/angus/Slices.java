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

/** The content of a part of any size in constant memory. While one slice is written, the server already reads the next. */
final class Slices {

    /** Octets. Two of them fit any heap, and a slow line spends its time on data: 50 MB are 50 questions, none waited for. */
    private static final int SLICE = 1024 * 1024;

    private final ImapConnection connection;
    private final Uid uid;
    private final PartPath path;

    /** @param path the root for the whole message with its header */
    Slices(ImapConnection connection, Uid uid, PartPath path) {
        this.connection = connection;
        this.uid = uid;
        this.path = path;
    }

    /** @return how many octets were written, as encoded in the message */
    long writeTo(OutputStream to) {
        long written = 0;
        String asked = ask(0);
        while (true) {
            Value.Text slice = take(asked);
            written += slice.length();
            // More than was asked for comes from a server that knows no slices: then this was all of it.
            String ahead = slice.length() == SLICE ? ask(written) : null;
            write(slice, to, ahead);
            if (ahead == null) {
                return written;
            }
            asked = ahead;
        }
    }

    private void write(Value.Text slice, OutputStream to, @Nullable String ahead) {
        boolean taken = false;
        try {
            to.write(slice.buffer(), slice.from(), slice.length());
            taken = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!taken && ahead != null) {
                // The reader has gone; the connection stays good for others once the answer has come.
                answer(ahead);
            }
        }
    }

    private String section() {
        return path.isRoot() ? "" : path.value();
    }

    private String ask(long from) {
        String items = "UID BODY.PEEK[" + section() + "]<" + from + "." + SLICE + ">";
        try {
            return connection.begin(Command.read("UID FETCH " + uid + " (" + items + ")"));
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw connection.lost(e, false);
        }
    }

    private Answer answer(String tag) {
        List<WireResponse> untagged = new ArrayList<>();
        try {
            while (true) {
                WireResponse response = connection.readResponse();
                if (response.isTagged() && tag.equals(response.getTag())) {
                    return new Answer(untagged, List.of(response));
                }
                untagged.add(response);
            }
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw connection.lost(e, false);
        }
    }

    private Value.Text take(String tag) {
        if (Parts.found(answer(tag), uid).get("BODY[" + section() + "]") instanceof Value.Text slice) {
            return slice;
        }
        throw new ImapException.Refused("the server gave no content for part " + path);
    }
}
