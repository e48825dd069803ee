package org.palomar.imap.angus;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ResponseInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends, as responses with their literals (RFC 9051 section 2.2.2). A literal can be taken out of the next response
 * while it comes, so that its size does not matter. For one thread.
 */
final class WireInput extends ResponseInputStream {

    /** Octets; each connection has one, and a response of a list row takes about 600. */
    private static final int BUFFER = 8 * 1024;

    /** Octets read at once of what is passed on; a socket gives no more than 128 KB. */
    private static final int PIECE = 64 * 1024;

    /** What is longer is cut, octets: nothing that is asked for is, so it was sent to do harm. */
    private static final int LARGEST = 24_000_000;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private String before = "";

    WireInput(InputStream in) {
        super(in);
        this.in = in;
    }

    @Override
    public ByteArray readResponse(@Nullable ByteArray unused) throws IOException {
        byte[] response = new byte[0];
        int size = 0;
        while (true) {
            do {
                int some = upToLineFeed();
                response = size + some <= response.length
                        ? response
                        : Arrays.copyOf(response, Math.max(size + some, size * 2));
                System.arraycopy(buffer, from, response, size, some);
                from += some;
                size += some;
            } while (size < 2 || response[size - 1] != '\n' || response[size - 2] != '\r');
            int literal = literal(response, size);
            if (literal < 0) {
                return new ByteArray(response, 0, size);
            }
            int kept = Math.min(literal, LARGEST);
            if (kept < literal) {
                announce(response, size, literal, kept);
            }
            response = Arrays.copyOf(response, Math.addExact(size, kept + 16));
            readFully(response, size, kept);
            size += kept;
            skip(literal - kept);
        }
    }

    /**
     * Whether the next response is a FETCH in which the first literal is this item's. If so, {@link #take} is to follow.
     *
     * @param item such as {@code BODY[2]}
     * @return octets of the literal, or -1
     */
    long literal(String item) throws IOException {
        Matcher found = Pattern.compile(
                        "(\\* \\d+ FETCH \\((?:[^\\r]* )?)" + Pattern.quote(item)
                                + "(?:<\\d+>)? ?\\{(\\d{1,10})}\\r\\n",
                        Pattern.CASE_INSENSITIVE)
                .matcher(line());
        if (!found.matches()) {
            return -1;
        }
        from += found.end();
        before = found.group(1);
        return Long.parseLong(found.group(2));
    }

    /** Passes the literal on as it comes. What else the response says is left to be read, as a response without this item. */
    void take(long octets, OutputStream target) throws IOException {
        long left = octets - drain(octets, target);
        byte[] piece = left > 0 ? new byte[(int) Math.min(left, PIECE)] : buffer;
        while (left > 0) {
            int read = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw ended();
            }
            target.write(piece, 0, read);
            left -= read;
        }
        // There is room before what is left: the line that began so has been read.
        int room = before.length();
        if (from == to) {
            from = room;
            to = room;
        }
        from -= room;
        System.arraycopy(before.getBytes(StandardCharsets.ISO_8859_1), 0, buffer, from, room);
    }

    @Override
    public int available() throws IOException {
        return to - from + in.available();
    }

    private int drain(long most, OutputStream target) throws IOException {
        int some = (int) Math.min(most, to - from);
        target.write(buffer, from, some);
        from += some;
        return some;
    }

    /** The next line, or nothing when it is longer than the buffer. */
    private String line() throws IOException {
        int end = from;
        while (true) {
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            if (end < to) {
                return new String(buffer, from, end + 1 - from, StandardCharsets.ISO_8859_1);
            }
            if (to - from == BUFFER) {
                return "";
            }
            System.arraycopy(buffer, from, buffer, 0, to - from);
            end -= from;
            to -= from;
            from = 0;
            fill();
        }
    }

    /** How many octets are there of the current line, at least one. */
    private int upToLineFeed() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
            fill();
        }
        int end = from;
        while (end < to && buffer[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, to) - from;
    }

    private void fill() throws IOException {
        int read = in.read(buffer, to, BUFFER - to);
        if (read < 0) {
            throw ended();
        }
        to += read;
    }

    private void readFully(byte[] into, int at, int count) throws IOException {
        int done = Math.min(count, to - from);
        System.arraycopy(buffer, from, into, at, done);
        from += done;
        if (in.readNBytes(into, at + done, count - done) < count - done) {
            throw ended();
        }
    }

    /** Writes the new length over the old one, with zeros in front. */
    private static void announce(byte[] response, int size, int literal, int kept) {
        byte[] digits = String.format(
                        Locale.ROOT, "%0" + Integer.toString(literal).length() + "d", kept)
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, response, size - 3 - digits.length, digits.length);
    }

    private void skip(int octets) throws IOException {
        byte[] gone = new byte[Math.min(octets, 65_536)];
        for (int left = octets; left > 0; ) {
            int some = Math.min(left, gone.length);
            readFully(gone, 0, some);
            left -= some;
        }
    }

    /** The octets of the literal that these announce at their end, or -1. */
    private static int literal(byte[] response, int size) {
        int at = size - 4;
        if (at < 1 || response[at + 1] != '}') {
            return -1;
        }
        long octets = 0;
        for (long unit = 1;
                at >= 0 && response[at] >= '0' && response[at] <= '9' && unit <= 1_000_000_000;
                unit *= 10) {
            octets += unit * (response[at--] - '0');
        }
        return at >= 0 && at < size - 4 && response[at] == '{' && octets < Integer.MAX_VALUE - size - 16
                ? (int) octets
                : -1;
    }

    private static EOFException ended() {
        return new EOFException("the server closed the connection");
    }
}
