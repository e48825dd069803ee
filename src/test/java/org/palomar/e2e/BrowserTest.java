package org.palomar.e2e;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.Palomar;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The whole product on a free port, and browsers that visit it. */
@SpringBootTest(classes = Palomar.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class BrowserTest implements Product {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Value("${palomar.imap.port}")
    private int imapPort;

    @Override
    public Visitor visitor(Device device) {
        return CHROMIUM.visitor(device, port);
    }

    @Override
    public MailStore store() {
        return new MailStore(imapPort);
    }

    int port() {
        return port;
    }

    Visitor visitor(Device device, Browser.NewContextOptions options) {
        return CHROMIUM.visitor(device, options, port);
    }
}
