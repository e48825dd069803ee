package org.palomar.signature;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignatureProperties.class)
class SignatureConfiguration {

    @Bean
    Authorities authorities(SignatureProperties properties) {
        return Authorities.load(properties.trust());
    }
}
