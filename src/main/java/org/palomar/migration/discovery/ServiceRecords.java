package org.palomar.migration.discovery;

import java.util.List;

/** SRV records (RFC 2782). Must be safe for use by many threads. */
@FunctionalInterface
public interface ServiceRecords {

    /** Those of a name such as {@code _pop3s._tcp.example.org}, the most wanted first; none where there are none. */
    List<Service> of(String name);

    /** @param host without a dot at its end; empty where the service is said not to be offered */
    record Service(int priority, int weight, int port, String host) {}
}
