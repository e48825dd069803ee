package org.palomar.smtp;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Credentials;
import org.palomar.mime.UnsendableAddress;
import org.palomar.mime.WireAddress;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** Submission by Spring's {@code JavaMailSender}: one connection for each message. */
@Component
public final class JavaMailSubmission implements Submission {

    private static final int MOST_RECIPIENTS = 500;

    /** RFC 3461 section 4.4. */
    private static final int LONGEST_ID = 100;

    private final SmtpProperties properties;
    private final @Nullable SSLSocketFactory trusted;

    public JavaMailSubmission(SmtpProperties properties) {
        this.properties = properties;
        this.trusted = properties.trustCertificate() == null
                ? null
                : TrustedCertificate.sockets(properties.trustCertificate());
    }

    @Override
    public Accepted submit(Credentials credentials, SmtpEnvelope envelope, Path message, Runnable beforeContent) {
        check(envelope, message);
        HighOctets high = high(message);
        List<String> international = Stream.concat(Stream.of(envelope.sender()), envelope.recipients().stream())
                .filter(WireAddress::isInternational)
                .toList();
        boolean utf8 = high.header() || !international.isEmpty();
        JavaMailSenderImpl server = server(credentials, envelope.sender());
        // Only where an address needs it: what is announced as such reaches nobody behind a server without it.
        server.getJavaMailProperties().setProperty("mail.mime.allowutf8", Boolean.toString(utf8));
        Session session = server.getSession();
        Conversation conversation = new Conversation();
        session.setDebugOut(conversation);
        session.setDebug(true);
        Runnable connected = () -> {
            Offer offer = conversation.offer();
            if (utf8 && !offer.has(Offer.UTF8)) {
                throw new SmtpException.AddressesNotTaken(international);
            }
            ask(session.getProperties(), envelope.reportId(), high.any(), offer);
        };
        EnvelopeMessage mail = new EnvelopeMessage(session, message, envelope.recipients(), connected, beforeContent);
        try {
            server.send(mail);
        } catch (MailAuthenticationException e) {
            throw Replies.connecting(e);
        } catch (MailSendException e) {
            // Where none failed it was accepted, and only the farewell went wrong.
            for (Exception failure : e.getFailedMessages().values()) {
                if (failure instanceof SmtpException ours) {
                    throw ours;
                }
                throw mail.stage() == EnvelopeMessage.Stage.CONNECTION
                        ? Replies.connecting(failure)
                        : Replies.sending(failure, mail.stage(), conversation.refusal());
            }
        } catch (MailException e) {
            throw Replies.connecting(e);
        }
        return new Accepted(envelope.reportId() != null && conversation.offer().has(Offer.DSN));
    }

    private void check(SmtpEnvelope envelope, Path message) {
        List<String> recipients = envelope.recipients();
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("a message has 1 to 500 recipients");
        }
        if (!envelope.sender().isEmpty() && !isWire(envelope.sender())) {
            throw new SmtpException.SenderRefused("not an address for the wire");
        }
        List<String> bad = recipients.stream().filter(r -> !isWire(r)).toList();
        if (!bad.isEmpty()) {
            throw new SmtpException.RecipientsRefused(bad, "not an address for the wire");
        }
        if (!Files.isReadable(message)) {
            throw new IllegalArgumentException("the message file cannot be read");
        }
        if (properties.host().isEmpty()) {
            throw new SmtpException.Unreachable("palomar.smtp.host is not set", null);
        }
    }

    private static HighOctets high(Path message) {
        try {
            return HighOctets.of(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the next message wants of this server, of what it offers. */
    private static void ask(Properties mail, @Nullable String reportId, boolean eightBit, Offer offer) {
        List<String> parameters = new ArrayList<>();
        if (eightBit && offer.has(Offer.EIGHT_BIT)) {
            parameters.add("BODY=8BITMIME");
        }
        if (reportId != null && offer.has(Offer.DSN)) {
            mail.setProperty("mail.smtp.dsn.notify", "SUCCESS,FAILURE,DELAY");
            mail.setProperty("mail.smtp.dsn.ret", "HDRS");
            parameters.add("ENVID=" + Xtext.of(reportId, LONGEST_ID));
        }
        mail.setProperty("mail.smtp.mailextension", String.join(" ", parameters));
    }

    /** Of the form {@code local@domain}: nothing that could end or extend a command (THREATS S21). */
    private static boolean isWire(String address) {
        try {
            return WireAddress.international(address).equals(address);
        } catch (UnsendableAddress e) {
            return false;
        }
    }

    /** To the server, without anybody's credentials. */
    Session session() {
        Session session = server(null, "").getSession();
        session.getProperties().setProperty("mail.smtp.host", properties.host());
        session.getProperties().setProperty("mail.smtp.port", Integer.toString(properties.port()));
        return session;
    }

    private JavaMailSenderImpl server(@Nullable Credentials credentials, String sender) {
        JavaMailSenderImpl server = new JavaMailSenderImpl();
        server.setHost(properties.host());
        server.setPort(properties.port());
        if (properties.auth() && credentials != null) {
            server.setUsername(credentials.username());
            server.setPassword(credentials.password());
        }
        Properties mail = new Properties();
        boolean tls = properties.security() == SmtpProperties.Security.TLS;
        boolean startTls = properties.security() == SmtpProperties.Security.STARTTLS;
        mail.setProperty("mail.transport.protocol", "smtp");
        mail.setProperty("mail.smtp.from", sender.isEmpty() ? "<>" : sender);
        mail.setProperty("mail.smtp.auth", Boolean.toString(properties.auth() && credentials != null));
        mail.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        mail.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
        mail.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        mail.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        mail.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        mail.setProperty("mail.smtp.connectiontimeout", millis(properties.connectTimeout()));
        mail.setProperty("mail.smtp.timeout", millis(properties.readTimeout()));
        mail.setProperty("mail.smtp.writetimeout", millis(properties.readTimeout()));
        mail.setProperty("mail.smtp.sendpartial", "false");
        mail.setProperty("mail.smtp.quitwait", "false");
        // The name of this machine is nobody's business, and looking it up can block.
        mail.setProperty("mail.smtp.localhost", "[127.0.0.1]");
        if (trusted != null) {
            mail.put("mail.smtp.ssl.socketFactory", trusted);
        }
        server.setJavaMailProperties(mail);
        return server;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
