package org.palomar.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The floor of sending: submission on a fresh connection. */
final class RawSmtp {

    private RawSmtp() {}

    /** Submits from connecting to the server's yes; the time is added to {@code meter}. */
    static void send(int port, String from, String to, byte[] message, Meter meter) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            expect(in);
            String plain = "\0" + from + "\0" + from.substring(0, from.indexOf('@'));
            for (String command : new String[] {
                "EHLO bench.palomar.example",
                "AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)),
                "MAIL FROM:<" + from + ">",
                "RCPT TO:<" + to + ">",
                "DATA"
            }) {
                out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                expect(in);
            }
            out.write(message);
            out.write("\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
            expect(in);
        }
        meter.add(System.nanoTime() - start, 0, false);
    }

    private static void expect(BufferedReader in) throws IOException {
        String line;
        do {
            line = String.valueOf(in.readLine());
            if (!line.startsWith("2") && !line.startsWith("3")) {
                throw new IOException("submission answered " + line);
            }
        } while (line.length() > 3 && line.charAt(3) == '-');
    }
}
