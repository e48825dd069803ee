package org.palomar;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the product. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Palomar {

    static void main(String[] args) {
        SpringApplication application = new SpringApplication(Palomar.class);
        application.addListeners(new StartupCheck());
        try {
            application.run(args);
        } catch (SpringApplication.AbandonedRunException e) {
            if (e.getMessage() == null) {
                throw e;
            }
            // The log is not set up for the operator's eyes yet: one sentence, no stack trace.
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
