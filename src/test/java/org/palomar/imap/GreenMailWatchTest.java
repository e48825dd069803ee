package org.palomar.imap;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.AfterEach;

class GreenMailWatchTest extends WatchContract {

    private GreenMail server;

    @Override
    int port() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        server.setUser("alice@palomar.example", "alice@palomar.example", "alice");
        return server.getImap().getPort();
    }

    @AfterEach
    void stop() {
        server.stop();
    }
}
