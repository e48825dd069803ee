package org.palomar.live;

import org.palomar.account.MailboxEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.PublishSubscribeChannel;

/** The channel between the watches and those who want to know. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean(MailboxEvents.CHANNEL)
    PublishSubscribeChannel mailboxEvents() {
        PublishSubscribeChannel channel = new PublishSubscribeChannel();
        // One subscriber's fault must neither keep the news from the others nor end the watch.
        channel.setIgnoreFailures(true);
        return channel;
    }
}
