package org.palomar.demo;

import com.icegreen.greenmail.util.GreenMail;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** The embedded mail server and its story. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoConfiguration {

    @Bean(initMethod = "start", destroyMethod = "stop")
    GreenMail demoServer(
            @Value("${palomar.imap.host}") String host,
            @Value("${palomar.imap.port}") int imapPort,
            @Value("${palomar.smtp.port}") int smtpPort) {
        return new DemoServer(host, imapPort, smtpPort);
    }

    @Bean(initMethod = "begin")
    StoryDelivery storyDelivery(GreenMail demoServer, Clock clock) {
        return new StoryDelivery(demoServer, clock);
    }

    @Bean
    Welcome welcome(Environment environment) {
        return new Welcome(environment);
    }
}
