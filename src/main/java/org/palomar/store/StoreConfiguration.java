package org.palomar.store;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** The store of the product. It is opened beside the start, which need not wait for it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(StoreConfiguration.class);

    @Bean
    Store store(StoreProperties properties, Clock clock) {
        return new Store(properties, clock);
    }

    @Bean
    Sealing sealing(StoreProperties properties) {
        return new Sealing(properties);
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Store store = event.getApplicationContext().getBean(Store.class);
        Thread.ofVirtual().name("store").start(store::isUsable);
        if (!event.getApplicationContext().getBean(Sealing.class).isUsable()) {
            LOG.warn(
                    "There is no key to seal what people write: drafts lie in the Drafts mailbox alone, and messages are sent at once,"
                            + " without undo. Set palomar.store.key to what openssl rand -base64 32 prints.");
        }
    }
}
