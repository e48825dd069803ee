package org.palomar.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks a text file. {@code S:} lines are sent, {@code C:} lines must come: a pattern for the whole line, in which {@code $a} stands for
 * a tag that is given that name (letters), {@code *} for anything and all else for itself. {@code $a} in an {@code S:} line is the tag
 * that came. {@code CONNECT} begins the next connection, {@code CLOSE} ends one, {@code #} a comment. Whatever else the client sends
 * is an error that {@link #check} reports.
 */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final List<List<String>> connections = new ArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param name of {@code /wire/<name>.txt} in the class path */
    public ScriptedServer(String name) {
        try (InputStream in = ScriptedServer.class.getResourceAsStream("/wire/" + name + ".txt")) {
            List<String> current = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.equals("CONNECT")) {
                    current = new ArrayList<>();
                    connections.add(current);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    current.add(line);
                }
            }
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Fails when the client sent anything that is not in the script. */
    public void check() {
        if (!errors.isEmpty()) {
            throw new AssertionError(String.join("\n", errors));
        }
    }

    private void serve() {
        try {
            for (List<String> script : connections) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> play(script, socket));
            }
            sockets.add(listener.accept());
            errors.add("one connection more than the script has");
        } catch (IOException e) {
            if (!listener.isClosed()) {
                errors.add(e.toString());
            }
        }
    }

    private void play(List<String> script, Socket socket) {
        Map<String, String> tags = new HashMap<>();
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            for (String line : script) {
                String text = line.substring(Math.min(line.length(), 3));
                switch (line.substring(0, 2)) {
                    case "S:" -> out.write((fill(text, tags) + "\r\n").getBytes(StandardCharsets.UTF_8));
                    case "C:" -> {
                        String came = in.readLine();
                        if (came == null || !matches(text, came, tags)) {
                            errors.add("expected " + text + " but came " + came);
                            return;
                        }
                    }
                    default -> {
                        return;
                    }
                }
            }
            for (String came = in.readLine(); came != null; came = in.readLine()) {
                int space = came.indexOf(' ');
                if (!came.endsWith(" LOGOUT")) {
                    errors.add("not in the script: " + came);
                } else {
                    out.write(("* BYE\r\n" + came.substring(0, space) + " OK\r\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            if (!listener.isClosed() && !"Connection reset".equals(e.getMessage())) {
                errors.add(e.toString());
            }
        }
    }

    private static String fill(String text, Map<String, String> tags) {
        String filled = text;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            filled = filled.replace("$" + tag.getKey() + " ", tag.getValue() + " ");
        }
        return filled.replace("\\r\\n", "\r\n");
    }

    private static boolean matches(String pattern, String came, Map<String, String> tags) {
        StringBuilder regex = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '$') {
                int end = i + 1;
                while (end < pattern.length() && Character.isLetter(pattern.charAt(end))) {
                    end++;
                }
                names.add(pattern.substring(i + 1, end));
                regex.append("([A-Za-z0-9]+)");
                i = end - 1;
            } else {
                regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
            }
        }
        Matcher matcher = Pattern.compile(regex.toString()).matcher(came);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            tags.put(names.get(i), matcher.group(i + 1));
        }
        return true;
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
