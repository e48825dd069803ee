package org.palomar.mime;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Content-Transfer-Encoding (RFC 2045 section 6) undone while it streams, forgiving what real mail does to it. */
public final class Decoding {

    private static final int BUFFER = 65_536;

    private Decoding() {}

    /**
     * A stream that takes encoded octets and writes decoded ones, in constant memory. Damaged input is decoded as far as it
     * goes; only {@code to} can fail.
     *
     * <p>{@code flush} passes on what is decoded so far; {@code close} ends the decoding and flushes, but leaves
     * {@code to} open, which belongs to the caller.
     *
     * @param encoding in any case; an unknown one leaves octets as they are
     */
    public static OutputStream stream(String encoding, OutputStream to) {
        return stream(encoding, to, BUFFER);
    }

    private static OutputStream stream(String encoding, OutputStream to, int buffer) {
        return switch (TransferEncoding.name(encoding)) {
            case "base64" -> new Base64Decoder(to, buffer);
            case "quoted-printable" -> new QuotedPrintableDecoder(to, buffer);
            case "uuencode" -> new UuDecoder(to, buffer);
            default -> new Identity(to);
        };
    }

    /** All of it in memory; for parts already bounded in size. */
    public static byte[] decode(byte[] raw, String encoding) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
        try (OutputStream decoder = stream(encoding, decoded, Math.clamp(raw.length, 16, BUFFER))) {
            decoder.write(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return decoded.toByteArray();
    }

    /** Passes octets through and leaves the target open. */
    static class Identity extends FilterOutputStream {

        Identity(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            out.write(octets, from, count);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    /** Collects decoded octets so that the target is not called for each of them. */
    abstract static class Buffered extends OutputStream {

        private final OutputStream to;
        private final byte[] buffer;
        private int filled;
        private boolean closed;

        Buffered(OutputStream to, int size) {
            this.to = to;
            this.buffer = new byte[size];
        }

        abstract void end() throws IOException;

        final void emit(int octet) throws IOException {
            if (filled == buffer.length) {
                drain();
            }
            buffer[filled++] = (byte) octet;
        }

        /** Three octets of 24 bits. */
        final void emitThree(int bits) throws IOException {
            if (filled + 3 > buffer.length) {
                drain();
            }
            buffer[filled] = (byte) (bits >> 16);
            buffer[filled + 1] = (byte) (bits >> 8);
            buffer[filled + 2] = (byte) bits;
            filled += 3;
        }

        final void emit(byte[] octets, int length) throws IOException {
            for (int at = 0; at < length; ) {
                if (filled == buffer.length) {
                    drain();
                }
                int some = Math.min(length - at, buffer.length - filled);
                System.arraycopy(octets, at, buffer, filled, some);
                filled += some;
                at += some;
            }
        }

        private void drain() throws IOException {
            to.write(buffer, 0, filled);
            filled = 0;
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            for (int i = from; i < from + count; i++) {
                write(octets[i]);
            }
        }

        @Override
        public void flush() throws IOException {
            drain();
            to.flush();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                end();
                flush();
            }
        }
    }

    /** Leaves an equals sign that begins nothing as it is, and drops white space before a line end (section 6.7). */
    static final class QuotedPrintableDecoder extends Buffered {

        private static final int MOST_SPACE = 1_000;

        private final StringBuilder held = new StringBuilder();

        QuotedPrintableDecoder(OutputStream to, int buffer) {
            super(to, buffer);
        }

        @Override
        public void write(int octet) throws IOException {
            char c = (char) (octet & 0xFF);
            if (!held.isEmpty() && held.charAt(0) == '=') {
                escape(c);
            } else if (c == '=') {
                end();
                held.append(c);
            } else if (c == ' ' || c == '\t') {
                if (held.length() == MOST_SPACE) {
                    end();
                }
                held.append(c);
            } else {
                if (c == '\r' || c == '\n') {
                    held.setLength(0);
                }
                end();
                emit(c);
            }
        }

        private void escape(char c) throws IOException {
            char last = held.charAt(held.length() - 1);
            if (c == '\n' && (blank(last) || last == '\r')) {
                held.setLength(0);
            } else if (blank(last) && (c == '\r' || ((c == ' ' || c == '\t') && held.length() < MOST_SPACE))) {
                held.append(c);
            } else if (last == '\r') {
                held.setLength(0);
                write(c);
            } else if (held.length() == 1 && hex(c)) {
                held.append(c);
            } else if (held.length() == 2 && hex(c) && hex(last)) {
                held.setLength(0);
                emit(Character.digit(last, 16) << 4 | Character.digit(c, 16));
            } else {
                end();
                write(c);
            }
        }

        @Override
        void end() throws IOException {
            for (int i = 0; i < held.length(); i++) {
                emit(held.charAt(i));
            }
            held.setLength(0);
        }

        @Override
        public void close() throws IOException {
            // A soft line break as the last thing: its line end went to the boundary that followed (RFC 2046 section
            // 5.1.1).
            if (!held.isEmpty()
                    && held.charAt(0) == '='
                    && held.toString().strip().length() == 1) {
                held.setLength(0);
            }
            super.close();
        }

        private static boolean blank(char last) {
            return last == '=' || last == ' ' || last == '\t';
        }

        private static boolean hex(char c) {
            return Character.digit(c, 16) >= 0 && c < 128;
        }
    }

    /** Takes the lines between {@code begin} and {@code end}. */
    static final class UuDecoder extends Buffered {

        private final byte[] line = new byte[1_024];
        private int length;
        private boolean inside;

        UuDecoder(OutputStream to, int buffer) {
            super(to, buffer);
        }

        @Override
        public void write(int octet) throws IOException {
            if (octet == '\n') {
                end();
            } else if (octet != '\r' && length < line.length) {
                line[length++] = (byte) octet;
            }
        }

        @Override
        void end() throws IOException {
            if (starts("begin ")) {
                inside = true;
            } else if (starts("end") && length == 3) {
                inside = false;
            } else if (inside && length > 0) {
                int octets = sextet(0);
                for (int at = 1; octets > 0 && at < length; at += 4) {
                    int bits = sextet(at) << 18 | sextet(at + 1) << 12 | sextet(at + 2) << 6 | sextet(at + 3);
                    for (int shift = 16; shift >= 0 && octets > 0; shift -= 8, octets--) {
                        emit(bits >> shift);
                    }
                }
            }
            length = 0;
        }

        private int sextet(int at) {
            return at < length ? line[at] - ' ' & 0x3F : 0;
        }

        private boolean starts(String word) {
            if (length < word.length()) {
                return false;
            }
            for (int i = 0; i < word.length(); i++) {
                if (line[i] != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
