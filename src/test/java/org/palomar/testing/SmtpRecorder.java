package org.palomar.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Takes every message and keeps each command line octet by octet, so that a test can say that none was smuggled in. */
public final class SmtpRecorder implements AutoCloseable {

    private final ServerSocket listener;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> odd = _ -> null;

    public SmtpRecorder() {
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Lines outside of messages since {@link #forget}, one character an octet. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** Messages since {@link #forget}, without the dots SMTP adds. */
    public List<byte[]> messages() {
        return List.copyOf(messages);
    }

    public void forget() {
        commands.clear();
        messages.clear();
        odd = _ -> null;
    }

    /** As an answer, or the end of one, which then has no line end: ends the connection. */
    public static final String CUT = "(cut)";

    /**
     * Answers something else from now on.
     *
     * @param answer for a command line, {@code connect} or {@code .}, or null for the usual one; a message counts as taken unless the
     *     answer to its dot is a refusal
     */
    public void answer(UnaryOperator<String> answer) {
        odd = answer;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            if (!said(out, "connect")) {
                say(out, "220 recorder");
            }
            for (String line = line(in); line != null; line = line(in)) {
                commands.add(line);
                if (!line.equals("DATA") && said(out, line)) {
                    continue;
                }
                String word = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
                switch (word) {
                    case "EHLO" -> say(out, "250-recorder\r\n250-8BITMIME\r\n250-AUTH PLAIN\r\n250 SMTPUTF8");
                    case "DATA" -> {
                        if (!said(out, "DATA")) {
                            say(out, "354 go on");
                            byte[] message = message(in);
                            String answer = odd.apply(".");
                            if (answer == null || answer.equals(CUT) || answer.startsWith("25")) {
                                messages.add(message);
                            }
                            if (!tell(out, answer)) {
                                say(out, "250 taken");
                            }
                        }
                    }
                    case "AUTH" -> say(out, "235 welcome");
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (Cut e) {
            // As asked for.
        } catch (IOException e) {
            commands.add("broken: " + e.getMessage());
        }
    }

    private static final class Cut extends IOException {}

    private boolean said(OutputStream out, String command) throws IOException {
        return tell(out, odd.apply(command));
    }

    private static boolean tell(OutputStream out, String answer) throws IOException {
        if (answer != null && answer.endsWith(CUT)) {
            out.write(answer.substring(0, answer.length() - CUT.length()).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            throw new Cut();
        }
        if (answer != null) {
            say(out, answer);
        }
        return answer != null;
    }

    private static byte[] message(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (String line = line(in); line != null && !line.equals("."); line = line(in)) {
            message.writeBytes((line.startsWith(".") ? line.substring(1) : line).getBytes(StandardCharsets.ISO_8859_1));
            message.writeBytes(new byte[] {'\r', '\n'});
        }
        return message.toByteArray();
    }

    /** Up to CR LF; a bare CR or LF ends a line for some servers, so it does here too. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\r') {
                in.mark(1);
                if (in.read() != '\n') {
                    in.reset();
                }
                return line.toString();
            }
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    private static void say(OutputStream out, String words) throws IOException {
        out.write((words + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
