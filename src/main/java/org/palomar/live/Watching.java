package org.palomar.live;

import java.util.function.Consumer;
import org.palomar.account.MailboxEvents;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.imap.MailboxWatch;
import org.palomar.mail.MailboxEvent;
import org.palomar.mail.MailboxName;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.messaging.MessageChannel;
import org.springframework.stereotype.Component;

/** Opens watches, and puts what they tell on the channel. */
@Component
class Watching extends MessageProducerSupport {

    Watching(@Qualifier(MailboxEvents.CHANNEL) MessageChannel events) {
        setOutputChannel(events);
    }

    /** @throws org.palomar.imap.ImapException.TooManyConnections when as many watches are open as may be */
    MailboxWatch watch(SignedIn person, MailSession session, MailboxName mailbox, Consumer<MailboxWatch.State> became) {
        return session.watch(mailbox, new MailboxWatch.Listener() {
            @Override
            public void happened(MailboxEvent event) {
                sendMessage(getMessageBuilderFactory()
                        .withPayload(event)
                        .setHeader(MailboxEvents.PERSON, person.key())
                        .build());
            }

            @Override
            public void became(MailboxWatch.State state) {
                became.accept(state);
            }
        });
    }
}
