package org.palomar.imap.angus;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.ImapProperties.Security;

/** Opens sockets as the settings demand: encrypted with a verified certificate and host name, or not at all. */
final class Wire {

    private final ImapProperties properties;
    private final SSLSocketFactory sockets;

    Wire(ImapProperties properties, SSLSocketFactory sockets) {
        this.properties = properties;
        this.sockets = sockets;
    }

    /** A socket on which IMAP may be spoken; after STARTTLS the greeting has been read. */
    Opened open() {
        Socket socket = null;
        try {
            socket = connect();
            Socket raw = socket;
            Socket ready = switch (properties.security()) {
                case PLAIN -> socket;
                case TLS -> encrypt(socket);
                case STARTTLS -> {
                    StartTls.negotiate(socket);
                    yield encrypt(socket);
                }
            };
            socket = null;
            return new Opened(ready, raw);
        } catch (IOException e) {
            throw failure(e);
        } finally {
            close(socket);
        }
    }

    /**
     * @param socket to speak through
     * @param raw the same below the encryption
     */
    record Opened(Socket socket, Socket raw) {}

    boolean greetingIsRead() {
        return properties.security() == Security.STARTTLS;
    }

    private Socket connect() throws IOException {
        IOException failure = new IOException("no address");
        for (InetAddress address : InetAddress.getAllByName(properties.host())) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, properties.port()), millis(properties.connectTimeout()));
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.setSoTimeout(millis(properties.connectTimeout()));
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    private Socket encrypt(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) sockets.createSocket(plain, properties.host(), properties.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        // Without this the chain would be verified but any valid certificate would do for any host (RFC 9525).
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private ImapException failure(IOException e) {
        String where = properties.host() + ":" + properties.port() + ": ";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new ImapException.CertificateRejected(where + cause.getMessage(), e);
            }
            if (cause instanceof SocketTimeoutException
                    || cause instanceof SocketException
                    || cause instanceof EOFException) {
                return new ImapException.Unreachable(where + cause.getMessage(), e);
            }
        }
        return e instanceof SSLException
                ? new ImapException.CertificateRejected(where + e.getMessage(), e)
                : new ImapException.Unreachable(where + e.getMessage(), e);
    }

    private static void close(@org.jspecify.annotations.Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.toMillis()));
    }
}
