package org.palomar.demo;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says on the console where the demo is and who can sign in. */
class Welcome implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final Environment environment;

    Welcome(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        log.info("{}", text());
    }

    String text() {
        String port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        String path = environment.getProperty("server.servlet.context-path", "");
        String accounts = Arrays.stream(Person.values())
                .map(person -> "    %-22s  password %s%n".formatted(person.address(), person.password()))
                .collect(Collectors.joining());
        return "The demo is ready: http://localhost:%s%s%n%nSign in as%n%s%nNothing leaves this machine.%n"
                .formatted(port, path, accounts);
    }
}
