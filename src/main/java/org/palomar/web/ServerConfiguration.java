package org.palomar.web;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Tomcat needs to carry files quickly. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    /** Octets that go out at once. Each open connection has such a buffer, those of idle people too. */
    private static final int BUFFER = 32 * 1024;

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> writeBuffer() {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.setProperty("socket.appWriteBufSize", Integer.toString(BUFFER)));
    }
}
