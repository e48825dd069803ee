package org.palomar.imap;

import org.junit.jupiter.api.AfterEach;
import org.palomar.testing.DovecotServer;

class DovecotMailSessionIT extends MailSessionContract {

    private DovecotServer server;

    @Override
    int port() {
        server = DovecotServer.start();
        return server.port();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }
}
