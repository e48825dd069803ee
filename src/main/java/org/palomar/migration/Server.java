package org.palomar.migration;

import org.palomar.mail.Credentials;

/**
 * A mail server that a person named as their old one.
 *
 * @param host 1 to 253 characters, as it was written
 * @param username as {@link Credentials} takes it
 */
public record Server(String host, int port, Security security, String username, String password) {

    public Server {
        if (host.isBlank() || host.length() > 253 || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a server has a name and a port");
        }
        // Refuses what could end a line of the protocol.
        var _ = new Credentials(username, password);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "Server[" + port + "]";
    }
}
