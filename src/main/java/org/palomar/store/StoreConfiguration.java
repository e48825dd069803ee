package org.palomar.store;

import java.time.Clock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** The store of the product. It is opened beside the start, which need not wait for it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    Store store(StoreProperties properties, Clock clock) {
        return new Store(properties, clock);
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Store store = event.getApplicationContext().getBean(Store.class);
        Thread.ofVirtual().name("store").start(store::isUsable);
    }
}
