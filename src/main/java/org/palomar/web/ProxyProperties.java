package org.palomar.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The reverse proxies in front of Palomar.
 *
 * @param trustedProxies IP addresses or CIDR blocks, such as {@code 127.0.0.1} or {@code 10.1.0.0/16}; none by default,
 *     and then every forwarded header is thrown away
 */
@ConfigurationProperties("palomar")
public record ProxyProperties(@DefaultValue({}) List<String> trustedProxies) {

    public ProxyProperties {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
