package org.palomar.migration;

import org.palomar.door.ClosedException;
import org.palomar.door.MailHosts;
import org.palomar.imap.ImapConnectors;
import org.palomar.imap.MailSession;
import org.palomar.migration.imap.ImapSource;
import org.palomar.migration.pop3.Pop3Source;
import org.springframework.stereotype.Component;

/** Opens what mail is brought from. Safe for use by many threads. */
@Component
class Sources {

    private final MailHosts hosts;
    private final ImapConnectors connectors;
    private final MigrationProperties properties;

    Sources(MailHosts hosts, ImapConnectors connectors, MigrationProperties properties) {
        this.hosts = hosts;
        this.connectors = connectors;
        this.properties = properties;
    }

    /** @throws SourceException when it is not to be opened */
    Source open(Migration row, Plan plan, MailSession home) {
        if (plan.server() == null) {
            throw new SourceException(SourceException.Reason.STRANGE, "nothing to read", null);
        }
        return open(row.kind(), plan.server(), plan, home);
    }

    /**
     * To look at a server about which nothing is decided yet.
     *
     * @throws SourceException when it is not to be opened
     */
    Source open(Kind kind, Server server, MailSession home) {
        return open(kind, server, Plan.everything(server), home);
    }

    private Source open(Kind kind, Server server, Plan plan, MailSession home) {
        MailHosts.Place place;
        try {
            place = hosts.find(server.host(), server.port());
        } catch (ClosedException e) {
            throw new SourceException(SourceException.Reason.UNREACHABLE, "not a place to go to", e);
        }
        return switch (kind) {
            case POP3 -> new Pop3Source(server, place, properties.connectTimeout(), properties.readTimeout());
            case IMAP ->
                new ImapSource(
                        server, place, plan, home, connectors, properties.connectTimeout(), properties.readTimeout());
            case FILES -> throw new IllegalArgumentException("not a server to collect from");
        };
    }
}
