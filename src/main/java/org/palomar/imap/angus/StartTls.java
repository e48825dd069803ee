package org.palomar.imap.angus;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.palomar.imap.ImapException;

/**
 * STARTTLS (RFC 9051 section 6.2.1, RFC 8314). Whoever sits on the line may cut the offer out, answer PREAUTH or slip in lines behind
 * the OK; each of these ends the connection. Reads octet by octet, so that nothing sent in the clear is still buffered when
 * encryption begins, and everything learnt before is forgotten.
 */
final class StartTls {

    private static final int MAX_LINE = 8_192;
    private static final int MAX_LINES = 100;

    private final Socket socket;
    private final InputStream in;

    private StartTls(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** Brings the socket to the point where the TLS handshake may begin. */
    static void negotiate(Socket socket) throws IOException {
        StartTls talk = new StartTls(socket);
        talk.greeting();
        talk.requireOffer();
        talk.begin();
    }

    private void greeting() throws IOException {
        String line = line();
        String upper = line.toUpperCase(Locale.ROOT);
        if (upper.startsWith("* PREAUTH")) {
            throw refused("the server let somebody in before encryption");
        }
        if (!upper.startsWith("* OK")) {
            throw Failures.ofFarewell(line);
        }
    }

    private void requireOffer() throws IOException {
        write("p1 CAPABILITY");
        boolean offered = false;
        for (int i = 0; i < MAX_LINES; i++) {
            String line = line().toUpperCase(Locale.ROOT);
            if (line.startsWith("* CAPABILITY")) {
                offered = (line + " ").contains(" STARTTLS ");
            } else if (line.startsWith("P1 ")) {
                if (!offered) {
                    throw refused("the server does not offer STARTTLS");
                }
                return;
            }
        }
        throw refused("the server does not say whether it offers STARTTLS");
    }

    private void begin() throws IOException {
        write("p2 STARTTLS");
        for (int i = 0; i < MAX_LINES; i++) {
            String line = line().toUpperCase(Locale.ROOT);
            if (line.startsWith("P2 OK")) {
                if (in.available() > 0) {
                    throw refused("something was sent between STARTTLS and encryption");
                }
                return;
            }
            if (line.startsWith("P2 ")) {
                throw refused("the server refused STARTTLS");
            }
        }
        throw refused("the server did not answer STARTTLS");
    }

    private static ImapException refused(String reason) {
        return new ImapException.CertificateRejected(reason, null);
    }

    private void write(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.length() >= MAX_LINE) {
                throw new IOException("a line before encryption is too long");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
