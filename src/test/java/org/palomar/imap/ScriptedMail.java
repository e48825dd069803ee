package org.palomar.imap;

import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapProperties.Security;
import org.palomar.imap.angus.AngusImapConnector;
import org.palomar.mail.Credentials;
import org.palomar.testing.ScriptedServer;

/** The gateway in front of a server that speaks a script; closing fails when the client left it. */
public final class ScriptedMail implements AutoCloseable {

    static final Credentials ALICE = new Credentials("alice@palomar.example", "alice");

    private final ScriptedServer server;
    private final AngusImapConnector connector;

    /** @param script a file in {@code src/test/resources/wire}, without its ending */
    public ScriptedMail(String script, Security security) {
        server = new ScriptedServer(script);
        connector = new AngusImapConnector(
                new ImapProperties(
                        "127.0.0.1",
                        server.port(),
                        security,
                        false,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        1,
                        Duration.ofSeconds(60)),
                Clock.systemUTC(),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    public MailSession open() {
        return open(ALICE, null);
    }

    MailSession open(Credentials credentials, @Nullable String client) {
        return connector.open(credentials, client);
    }

    @Override
    public void close() {
        connector.close();
        try {
            server.check();
        } finally {
            server.close();
        }
    }
}
