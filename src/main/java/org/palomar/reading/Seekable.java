package org.palomar.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.palomar.mail.BodyStructure.Leaf;
import org.palomar.mime.Decoding;
import org.palomar.mime.Head;

/**
 * The content of a part, read from any octet on. Base64 has lines of one length nearly always (RFC 2045 section 6.8), so it can be
 * told where an octet lies; whether that holds is looked at where reading begins. Lives no longer than the loan.
 */
public final class Seekable {

    private static final Set<String> PLAIN = Set.of("7bit", "8bit", "binary", "");
    private static final int ENDS = 1_024;

    private final Leaf leaf;
    private final Parts parts;
    private final long size;

    /** Characters of a line of base64 without its end, or 0 for a part that is not encoded. */
    private final int line;

    private Seekable(Leaf leaf, Parts parts, long size, int line) {
        this.leaf = leaf;
        this.parts = parts;
        this.size = size;
        this.line = line;
    }

    static Optional<Seekable> of(Leaf leaf, Parts parts) {
        if (PLAIN.contains(leaf.encoding())) {
            return Optional.of(new Seekable(leaf, parts, leaf.size(), 0));
        }
        if (!leaf.encoding().equals("base64") || leaf.size() < 4) {
            return Optional.empty();
        }
        byte[] head = octets(leaf, parts, 0, ENDS);
        int line = lineLength(head, 0);
        boolean regular = line > 0 && line % 4 == 0 && line + 2 < ENDS / 3;
        return regular ? ofLines(leaf, parts, line) : Optional.empty();
    }

    private static Optional<Seekable> ofLines(Leaf leaf, Parts parts, int line) {
        long from = Math.max(0, leaf.size() - ENDS);
        byte[] tail = octets(leaf, parts, from, ENDS);
        int end = tail.length;
        if (from + end != leaf.size()) {
            return Optional.empty();
        }
        while (end > 0 && tail[end - 1] <= ' ') {
            end--;
        }
        int padding = 0;
        while (padding < 2 && end > padding && tail[end - 1 - padding] == '=') {
            padding++;
        }
        long encoded = from + end;
        long whole = encoded / (line + 2);
        long rest = encoded % (line + 2);
        int start = (int) (whole * (line + 2) - from);
        boolean aligned = start < 2 || (tail[start - 1] == '\n' && tail[start - 2] == '\r');
        return aligned && rest > 0 && rest <= line && rest % 4 == 0
                ? Optional.of(new Seekable(leaf, parts, whole * line / 4 * 3 + rest / 4 * 3 - padding, line))
                : Optional.empty();
    }

    private static byte[] octets(Leaf leaf, Parts parts, long from, int count) {
        Head head = new Head(count);
        parts.stream(leaf.path(), from, count, head);
        return head.octets();
    }

    private static int lineLength(byte[] octets, int from) {
        for (int at = from; at + 1 < octets.length; at++) {
            if (octets[at] == '\r' && octets[at + 1] == '\n') {
                return at - from;
            }
        }
        return 0;
    }

    /** Octets of the content, decoded. */
    public long size() {
        return size;
    }

    /** Whether it can be read from there: one round trip. */
    public boolean reaches(long from) {
        long start = encoded(from);
        if (line == 0 || start == 0) {
            return true;
        }
        byte[] octets = octets(leaf, parts, start - 2, line + 4);
        return octets.length > 2
                && octets[0] == '\r'
                && octets[1] == '\n'
                && (octets.length < line + 4 || lineLength(octets, 2) == line);
    }

    private long encoded(long from) {
        return line == 0 ? from : from / bytes() * (line + 2L);
    }

    /** Octets that a line stands for. */
    private long bytes() {
        return line / 4 * 3L;
    }

    /**
     * Writes some of the content in constant memory.
     *
     * @param from 0 to {@link #size}
     * @param count octets, no more than there are
     */
    public void write(long from, long count, OutputStream to) {
        if (line == 0) {
            parts.stream(leaf.path(), from, count, to);
            return;
        }
        long bytes = bytes();
        long lines = (from % bytes + count + bytes - 1) / bytes;
        OutputStream decoding = Decoding.stream(leaf.encoding(), new Window(from % bytes, count, to));
        parts.stream(leaf.path(), encoded(from), lines * (line + 2L), decoding);
        try {
            decoding.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets some octets pass and drops those before and after. */
    private static final class Window extends OutputStream {

        private final OutputStream to;
        private long skip;
        private long left;

        Window(long skip, long left, OutputStream to) {
            this.skip = skip;
            this.left = left;
            this.to = to;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            int dropped = (int) Math.min(skip, count);
            skip -= dropped;
            int passed = (int) Math.min(left, count - dropped);
            left -= passed;
            to.write(octets, from + dropped, passed);
        }
    }
}
