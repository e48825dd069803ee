package org.palomar.imap;

import org.jspecify.annotations.Nullable;
import org.palomar.mail.Credentials;

/** Opens mail sessions on the configured server. Safe for use by many threads. */
public interface ImapConnector extends AutoCloseable {

    /**
     * Signs in; the first connection is open and authenticated when this returns.
     *
     * @param clientAddress the browser's address, told to the server with IMAP ID (RFC 2971) where offered; or null
     * @throws ImapException.AuthenticationFailed when the server refuses the credentials
     * @throws ImapException.Unreachable when no connection comes about within the connect timeout
     * @throws ImapException.CertificateRejected when the server's certificate or name does not hold
     * @throws ImapException.TooManyConnections when the server is full for now
     */
    MailSession open(Credentials credentials, @Nullable String clientAddress);

    /** Closes every session. */
    @Override
    default void close() {}
}
