package org.palomar.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * With the profile {@code demo}: chooses two free loopback ports and points {@code palomar.imap.*} and
 * {@code palomar.smtp.*} at them before anything reads these settings. Publishes the accounts for the sign-in page as
 * {@code palomar.demo.accounts[n].username} and {@code .password}.
 */
public class DemoEnvironment implements EnvironmentPostProcessor, Ordered {

    /** The server that let the story's letters in, and says of each whom it is from. */
    static final String BORDER = "mx." + Person.DOMAIN;

    private static final String SOURCE = "demo mail server";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of("demo"))
                || environment.getPropertySources().contains(SOURCE)) {
            return;
        }
        refuseRealServer(environment, "palomar.imap.host");
        refuseRealServer(environment, "palomar.smtp.host");
        environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, settings()));
    }

    /** Last, when the profiles and every other source of settings are known. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    private static void refuseRealServer(ConfigurableEnvironment environment, String setting) {
        if (!environment.getProperty(setting, "").isBlank()) {
            throw new Refused("Palomar does not start: the profile demo brings its own mail server,"
                    + " so remove either the profile or the setting " + setting + ".");
        }
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        String loopback = "127.0.0.1";
        int[] ports = freePorts(loopback);
        settings.put("palomar.imap.host", loopback);
        settings.put("palomar.imap.port", ports[0]);
        settings.put("palomar.imap.security", "plain");
        settings.put("palomar.smtp.host", loopback);
        settings.put("palomar.smtp.port", ports[1]);
        settings.put("palomar.smtp.security", "plain");
        settings.put("palomar.trust.authserv-ids", BORDER);
        int number = 0;
        for (Person person : Person.values()) {
            String account = "palomar.demo.accounts[" + number++ + "]";
            settings.put(account + ".username", person.address());
            settings.put(account + ".password", person.password());
        }
        return settings;
    }

    private static int[] freePorts(String host) {
        try (ServerSocket imap = new ServerSocket(0, 1, InetAddress.getByName(host));
                ServerSocket smtp = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return new int[] {imap.getLocalPort(), smtp.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for the demo mail server", e);
        }
    }

    /** Ends the start; {@link #getMessage()} is the whole sentence for the operator. */
    public static final class Refused extends SpringApplication.AbandonedRunException {
        private final String sentence;

        Refused(String sentence) {
            this.sentence = sentence;
        }

        @Override
        public String getMessage() {
            return sentence;
        }
    }
}
