package org.palomar.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.palomar.Palomar;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Palomar itself, the whole of it, on a free loopback port. */
public final class Product implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Product(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings {@code palomar.imap.host=…} and so on */
    public static Product start(String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--server.address=127.0.0.1", "--logging.level.org.palomar=warn"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new Product(new SpringApplicationBuilder(Palomar.class).run(arguments.toArray(String[]::new)));
    }

    /** For a server on loopback without encryption, and no way to send. */
    public static Product at(int imapPort, String... settings) {
        List<String> all = new ArrayList<>(
                List.of("palomar.imap.host=127.0.0.1", "palomar.imap.port=" + imapPort, "palomar.imap.security=plain"));
        all.addAll(List.of(settings));
        return start(all.toArray(String[]::new));
    }

    public int port() {
        return webServer().getPort();
    }

    public Visitor visitor() {
        return new Visitor(port());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Object bean(String name) {
        return context.getBean(name);
    }

    /** Where the HTTP sessions are. */
    public Manager sessions() {
        for (var child : ((TomcatWebServer) webServer()).getTomcat().getHost().findChildren()) {
            if (child instanceof Context web) {
                return web.getManager();
            }
        }
        throw new IllegalStateException("no web application");
    }

    private org.springframework.boot.web.server.WebServer webServer() {
        return ((ServletWebServerApplicationContext) context).getWebServer();
    }

    @Override
    public void close() {
        context.close();
    }
}
