package org.palomar.imap.angus;

import java.time.Clock;
import javax.net.ssl.SSLSocketFactory;
import org.palomar.imap.ImapConnector;
import org.palomar.imap.ImapConnectors;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.WatchProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway as a bean; without an SSL bundle the trust store of the Java runtime decides. */
@Configuration(proxyBeanMethods = false)
class ImapConfiguration {

    @Bean(destroyMethod = "close")
    ImapConnector imapConnector(
            ImapProperties properties, WatchProperties watching, Clock clock, ObjectProvider<SslBundles> bundles) {
        return new AngusImapConnector(properties, watching, clock, sockets(properties, bundles));
    }

    @Bean
    ImapConnectors imapConnectors(Clock clock) {
        return (server, tls) -> new AngusImapConnector(server, clock, tls);
    }

    private static SSLSocketFactory sockets(ImapProperties properties, ObjectProvider<SslBundles> bundles) {
        return properties.sslBundle().isBlank()
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : bundles.getObject()
                        .getBundle(properties.sslBundle())
                        .createSslContext()
                        .getSocketFactory();
    }
}
