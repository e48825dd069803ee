package org.palomar.door;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the door of the product: names of the system, certificates of the Java runtime. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

    @Bean
    Door door(DoorProperties properties) throws NoSuchAlgorithmException {
        return new Door(properties, Resolver.system(), SSLContext.getDefault());
    }

    @Bean
    OwnServers ownServers(OwnServerProperties properties) throws NoSuchAlgorithmException {
        return new OwnServers(properties, Resolver.system(), SSLContext.getDefault());
    }

    @Bean
    MailHosts mailHosts(OwnServerProperties properties) throws NoSuchAlgorithmException {
        return new MailHosts(properties, Resolver.system(), SSLContext.getDefault());
    }
}
