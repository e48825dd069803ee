package org.palomar.web;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Lets Palomar live under any name and path behind the reverse proxies of {@code palomar.trusted-proxies}. */
@Configuration(proxyBeanMethods = false)
class ProxyConfiguration {

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> forwardedValve(ProxyProperties properties) {
        TrustedProxies proxies = new TrustedProxies(properties.trustedProxies());
        return factory -> factory.addEngineValves(new ForwardedValve(proxies));
    }

    /** Sees no header but {@code X-Forwarded-Prefix}, and that only from a trusted proxy: the valve comes first. */
    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwardedPrefix() {
        ForwardedHeaderFilter filter = new ForwardedHeaderFilter();
        // A path is enough for a Location, and stays right when a proxy does not pass the name on.
        filter.setRelativeRedirects(true);
        FilterRegistrationBean<ForwardedHeaderFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
