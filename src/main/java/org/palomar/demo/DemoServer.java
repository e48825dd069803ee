package org.palomar.demo;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
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
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GreenMail that serves its own people only: whatever is addressed to anybody else is refused, never dropped. */
class DemoServer extends GreenMail {

    private static final Logger log = LoggerFactory.getLogger(DemoServer.class);

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
                : new PromptImapServer(server.getServerSetup(), managers));
        return services;
    }

    /** GreenMail writes an answer in several small pieces; held back by the kernel they cost 40 ms a command. */
    private static Socket prompt(Socket client) {
        try {
            client.setTcpNoDelay(true);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return client;
    }

    private static final class PromptImapServer extends AbstractServer {

        PromptImapServer(ServerSetup setup, Managers managers) {
            super(setup, managers);
        }

        @Override
        protected ProtocolHandler createProtocolHandler(Socket client) {
            return new QuietHandler(
                    new ImapHandler(managers.getUserManager(), managers.getImapHostManager(), prompt(client)));
        }
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
            return new QuietHandler(new SmtpHandler(new SmtpCommandRegistry(), knownPeople, prompt(client)));
        }
    }

    /** A client that hangs up in the middle of a command is no news; GreenMail would print a stack trace. */
    private record QuietHandler(ProtocolHandler handler) implements ProtocolHandler {

        @Override
        public void run() {
            try {
                handler.run();
            } catch (IllegalStateException e) {
                log.debug("A connection to the demo's mail server ended early", e);
            }
        }

        @Override
        public void close() {
            handler.close();
        }
    }
}
