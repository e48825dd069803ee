package org.palomar.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server that answers by a script and writes down every line it gets. */
final class ScriptedSmtp implements AutoCloseable {

    /** As a reply: ends the connection without a word. */
    static final String HANG_UP = "(hang up)";
    /** As a reply: says nothing, ever. */
    static final String SILENCE = "(silence)";

    private final ServerSocket listener;
    private final Map<String, String> script;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** @param script replies by the beginning of a command, {@code .} for the end of DATA, {@code greeting} for the first line */
    ScriptedSmtp(Map<String, String> script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> received() {
        return List.copyOf(received);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = socket.getOutputStream()) {
            if (!answer("greeting", out)) {
                return;
            }
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                received.add(line);
                if (data && !line.equals(".")) {
                    continue;
                }
                if (!answer(line, out)) {
                    return;
                }
                data = line.equals("DATA") && reply(line).startsWith("354");
                if (line.equals("QUIT")) {
                    return;
                }
            }
        } catch (IOException e) {
            received.add("(" + e.getMessage() + ")");
        }
    }

    private boolean answer(String line, OutputStream out) throws IOException {
        String reply = reply(line);
        if (reply.equals(HANG_UP)) {
            return false;
        }
        if (!reply.equals(SILENCE)) {
            out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return true;
    }

    private String reply(String line) {
        List<String> keys = new ArrayList<>(script.keySet());
        keys.sort((a, b) -> b.length() - a.length());
        for (String key : keys) {
            if (line.startsWith(key)) {
                return script.get(key);
            }
        }
        return switch (line) {
            case "greeting" -> "220 scripted";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> line.startsWith("EHLO") ? "250-scripted\r\n250 8BITMIME" : "250 2.0.0 ok";
        };
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
