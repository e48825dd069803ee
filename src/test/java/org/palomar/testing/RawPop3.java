package org.palomar.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** POP3 as plain as it can be spoken: what tests hold the product against. */
public final class RawPop3 implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    public RawPop3(int port, String username, String password) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 65_536);
            expect(line());
            say("USER " + username);
            say("PASS " + password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int count() {
        return Integer.parseInt(say("STAT").split(" ")[1]);
    }

    public List<String> names() {
        say("UIDL");
        return new String(lines(), StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    /** Message n from 1. */
    public byte[] message(int n) {
        say("RETR " + n);
        return lines();
    }

    public List<byte[]> all() {
        List<byte[]> messages = new ArrayList<>();
        int count = count();
        for (int n = 1; n <= count; n++) {
            messages.add(message(n));
        }
        return messages;
    }

    private String say(String command) {
        try {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return expect(line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String expect(String line) {
        if (!line.startsWith("+OK")) {
            throw new IllegalStateException(line);
        }
        return line;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Up to the line with a dot alone, without the dots that were put before others. */
    private byte[] lines() {
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            while (true) {
                int octet = in.read();
                if (octet == '.') {
                    octet = in.read();
                    if (octet == '\r') {
                        in.read();
                        return lines.toByteArray();
                    }
                }
                while (true) {
                    if (octet < 0) {
                        throw new EOFException();
                    }
                    lines.write(octet);
                    if (octet == '\n') {
                        break;
                    }
                    octet = in.read();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
