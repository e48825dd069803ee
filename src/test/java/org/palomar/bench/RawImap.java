package org.palomar.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The floor: IMAP on one warm connection with nothing in between. Commands given together go out together. */
final class RawImap implements Contestant {

    /** What a list row shows. */
    static final String ROW = "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE PREVIEW)";

    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}$");
    private static final int KEPT = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 18];
    private final Meter meter = new Meter();
    private int from;
    private int to;
    private int number;
    private long octets;
    private String selected = "";
    private Reply selection;
    private long exists;

    /** @param lines untagged and tagged responses; literals stand in their place, large ones are left out */
    record Reply(List<String> lines, long octets) {

        int rows() {
            return (int)
                    lines.stream().filter(line -> line.contains(" FETCH (")).count();
        }

        /** The number in {@code pattern}'s first group, of the last line that has it. */
        long number(String pattern) {
            Pattern wanted = Pattern.compile(pattern);
            for (String line : lines.reversed()) {
                Matcher matcher = wanted.matcher(line);
                if (matcher.find()) {
                    return Long.parseLong(matcher.group(1));
                }
            }
            throw new IllegalStateException("no " + pattern + " in " + lines);
        }

        List<Long> uids() {
            List<Long> uids = new ArrayList<>();
            for (String line : lines) {
                if (line.startsWith("* SEARCH ")) {
                    for (String uid : line.substring(9).split(" ")) {
                        uids.add(Long.valueOf(uid));
                    }
                }
            }
            return uids;
        }

        boolean contains(String words) {
            return lines.stream().anyMatch(line -> line.contains(words));
        }
    }

    /** Connects and waits for the greeting; signing in is the caller's. */
    RawImap(int port) throws IOException {
        long start = System.nanoTime();
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        line(new ByteArrayOutputStream());
        meter.add(System.nanoTime() - start, octets, false);
    }

    static RawImap signedIn(int port, String user) throws IOException {
        RawImap imap = new RawImap(port);
        imap.run(login(user));
        return imap;
    }

    static String login(String user) {
        return "LOGIN " + user + " " + user.substring(0, user.indexOf('@'));
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public void show(String mailbox, View view) throws IOException {
        select(mailbox);
        run("NOOP");
    }

    /** Selects unless it is selected already. */
    Reply select(String mailbox) throws IOException {
        if (!selected.equals(mailbox)) {
            selection = run("SELECT \"" + mailbox + "\"");
            selected = mailbox;
        }
        return selection;
    }

    /** Messages in the selected mailbox, as last told. */
    long exists() {
        return exists;
    }

    /** Sends the commands at once and reads until each is answered; anything but OK is a failure. */
    Reply run(String... commands) throws IOException {
        Set<String> open = new HashSet<>();
        StringBuilder text = new StringBuilder();
        for (String command : commands) {
            String tag = "bench" + ++number;
            open.add(tag);
            text.append(tag).append(' ').append(command).append("\r\n");
        }
        return exchange(text.toString().getBytes(StandardCharsets.UTF_8), open);
    }

    /** Waits for the next message while the server pushes news (RFC 2177). */
    void idleUntilExists() throws IOException {
        socket.getOutputStream().write(("bench" + ++number + " IDLE\r\n").getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        do {
            line.reset();
            line(line);
        } while (!line.toString(StandardCharsets.ISO_8859_1).endsWith(" EXISTS"));
    }

    /** Ends IDLE. */
    void done() throws IOException {
        exchange("DONE\r\n".getBytes(StandardCharsets.US_ASCII), new HashSet<>(Set.of("bench" + number)));
    }

    /** APPEND with a literal that waits for no consent (RFC 7888). */
    Reply append(String mailbox, String flags, byte[] message) throws IOException {
        String tag = "bench" + ++number;
        ByteArrayOutputStream command = new ByteArrayOutputStream(message.length + 100);
        command.writeBytes(
                (tag + " APPEND \"" + mailbox + "\" (" + flags + ") {" + message.length + "+}\r\n").getBytes());
        command.writeBytes(message);
        command.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return exchange(command.toByteArray(), new HashSet<>(Set.of(tag)));
    }

    private Reply exchange(byte[] commands, Set<String> open) throws IOException {
        List<String> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long before = octets;
        long start = System.nanoTime();
        socket.getOutputStream().write(commands);
        while (!open.isEmpty()) {
            line.reset();
            line(line);
            String text = line.toString(StandardCharsets.ISO_8859_1);
            lines.add(text);
            if (text.endsWith(" EXISTS")) {
                exists = Long.parseLong(text.substring(2, text.length() - 7));
            } else if (text.endsWith(" EXPUNGE")) {
                exists--;
            }
            int space = text.indexOf(' ');
            if (space > 0 && open.remove(text.substring(0, space)) && !text.startsWith("OK", space + 1)) {
                throw new IOException("the mail server answered " + text);
            }
        }
        meter.add(System.nanoTime() - start, octets - before, false);
        return new Reply(lines, octets - before);
    }

    private void line(ByteArrayOutputStream line) throws IOException {
        while (true) {
            int start = line.size();
            partOfLine(line);
            String end = new String(
                    line.toByteArray(),
                    Math.max(start, line.size() - 24),
                    Math.min(line.size() - start, 24),
                    StandardCharsets.ISO_8859_1);
            Matcher literal = LITERAL.matcher(end);
            if (!literal.find()) {
                return;
            }
            literal(Long.parseLong(literal.group(1)), line);
        }
    }

    private void partOfLine(ByteArrayOutputStream line) throws IOException {
        while (true) {
            fill();
            for (int at = from; at < to; at++) {
                if (buffer[at] == '\n') {
                    int end = at > from && buffer[at - 1] == '\r' ? at - 1 : at;
                    line.write(buffer, from, end - from);
                    from = at + 1;
                    return;
                }
            }
            boolean split = buffer[to - 1] == '\r';
            line.write(buffer, from, to - from - (split ? 1 : 0));
            from = to;
        }
    }

    private void literal(long length, ByteArrayOutputStream line) throws IOException {
        for (long left = length; left > 0; ) {
            fill();
            int some = (int) Math.min(left, to - from);
            if (length < KEPT) {
                line.write(buffer, from, some);
            }
            from += some;
            left -= some;
        }
    }

    private void fill() throws IOException {
        if (from == to) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new EOFException("the mail server closed the connection");
            }
            octets += read;
            from = 0;
            to = read;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
