package org.palomar.demo;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GreenMail that serves its own people only: whatever is addressed to anybody else is refused, never dropped. */
class DemoServer extends GreenMail {

    DemoServer(String host, int imapPort, int smtpPort) {
        super(new ServerSetup[] {
            new ServerSetup(imapPort, host, ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(smtpPort, host, ServerSetup.PROTOCOL_SMTP)
        });
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] config, Managers managers) {
        Map<String, AbstractServer> services = super.createServices(config, managers);
        services.replaceAll((protocol, server) -> protocol.equals(ServerSetup.PROTOCOL_SMTP)
                ? new KnownPeopleSmtpServer(server.getServerSetup(), managers)
                : server);
        return services;
    }

    private static final class KnownPeopleSmtpServer extends SmtpServer {

        private final SmtpManager knownPeople;

        KnownPeopleSmtpServer(ServerSetup setup, Managers managers) {
            super(setup, managers);
            knownPeople = new SmtpManager(managers.getImapHostManager(), managers.getUserManager()) {
                @Override
                public @Nullable String checkRecipient(SmtpState state, MailAddress recipient) {
                    return getUserManager().getUserByEmail(recipient.getEmail()) == null
                            ? "550 5.1.1 No such person here: the demo delivers only to alice, bob and carol at "
                                    + Person.DOMAIN
                            : null;
                }
            };
        }

        @Override
        protected ProtocolHandler createProtocolHandler(Socket client) {
            return new SmtpHandler(new SmtpCommandRegistry(), knownPeople, client);
        }
    }
}
