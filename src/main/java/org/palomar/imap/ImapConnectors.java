package org.palomar.imap;

import javax.net.ssl.SSLSocketFactory;

/** Ways to other mail servers than the configured one. Safe for use by many threads. */
@FunctionalInterface
public interface ImapConnectors {

    /**
     * A way to a server; nothing is opened yet. For whoever asked to close.
     *
     * @param server a literal address as its host is not looked up again
     * @param tls asks for the certificate of the right name, whatever the host is called in {@code server}
     */
    ImapConnector to(ImapProperties server, SSLSocketFactory tls);
}
