package org.palomar;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;

/**
 * Ends a start that cannot lead anywhere with one sentence for the operator, before anything else is printed. A missing
 * {@code palomar.smtp.host} is no reason: it defaults to the IMAP server's name.
 */
class StartupCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        check(event.getEnvironment());
    }

    /** After the listener that reads application.yaml and profiles. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    static void check(ConfigurableEnvironment environment) {
        String host = environment.getProperty("palomar.imap.host", "");
        if (host.isBlank() && !environment.acceptsProfiles(Profiles.of("demo"))) {
            throw new Refused("Palomar does not know your mail server: set palomar.imap.host (or the variable"
                    + " PALOMAR_IMAP_HOST) to its name, or try the demo with --spring.profiles.active=demo.");
        }
    }

    /** Ends the start; {@link #getMessage()} is the whole sentence. */
    static final class Refused extends SpringApplication.AbandonedRunException {
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
