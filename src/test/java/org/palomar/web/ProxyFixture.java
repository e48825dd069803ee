package org.palomar.web;

import java.util.List;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/** A Tomcat with Palomar's proxy handling and nothing else of Palomar. */
public final class ProxyFixture {

    private ProxyFixture() {}

    /** Serves on a free loopback port; to be stopped by the caller. */
    public static WebServer serve(List<String> trustedProxies, ServletContextInitializer content) throws Exception {
        ProxyConfiguration configuration = new ProxyConfiguration();
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.setAddress(java.net.InetAddress.getByName("127.0.0.1"));
        configuration.forwardedValve(new ProxyProperties(trustedProxies)).customize(factory);
        WebServer server = factory.getWebServer(configuration.forwardedPrefix(), content);
        server.start();
        return server;
    }
}
