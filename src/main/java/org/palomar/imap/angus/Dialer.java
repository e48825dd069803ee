package org.palomar.imap.angus;

import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.imap.ImapProperties;
import org.palomar.mail.Credentials;

/** Opens authenticated connections. */
final class Dialer {

    /** For connections on which messages are uploaded, in octets. */
    private static final int LARGE = 64 * 1024;

    /** For those that only wait: there is one for each person. */
    private static final int SMALL = 512;

    private final ImapProperties properties;
    private final Wire wire;
    private final ServerGate gate;
    private final Clock clock;

    Dialer(ImapProperties properties, Wire wire, ServerGate gate, Clock clock) {
        this.properties = properties;
        this.wire = wire;
        this.gate = gate;
        this.clock = clock;
    }

    ImapConnection open(Credentials credentials, @Nullable String clientAddress, MailboxNames names) {
        return open(credentials, clientAddress, names, LARGE);
    }

    /** A connection that holds little memory. */
    ImapConnection openSmall(Credentials credentials, @Nullable String clientAddress, MailboxNames names) {
        return open(credentials, clientAddress, names, SMALL);
    }

    private ImapConnection open(
            Credentials credentials, @Nullable String clientAddress, MailboxNames names, int buffer) {
        return gate.open(ended -> {
            ImapConnection connection = dial(credentials, clientAddress, names, buffer);
            connection.whenDropped(ended);
            return connection;
        });
    }

    private ImapConnection dial(
            Credentials credentials, @Nullable String clientAddress, MailboxNames names, int buffer) {
        Wire.Opened opened = wire.open();
        ImapConnection connection = null;
        boolean ready = false;
        try {
            connection = new ImapConnection(opened.socket(), opened.raw(), names, buffer);
            SignIn signIn = new SignIn(connection);
            if (!wire.greetingIsRead()) {
                signIn.greeting();
            }
            connection.timeout(properties.readTimeout());
            signIn.signIn(credentials, clientAddress);
            connection.lastUsed(clock.instant());
            ready = true;
            return connection;
        } catch (IOException | ProtocolException e) {
            throw new ImapException.Unreachable("no IMAP greeting: " + e.getMessage(), e);
        } catch (ImapException.ConnectionLost e) {
            String farewell = connection == null ? null : connection.farewell();
            throw farewell != null
                    ? Failures.ofFarewell(farewell)
                    : new ImapException.Unreachable("the server closed the connection while signing in", e);
        } finally {
            if (!ready) {
                close(opened.raw());
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
