package org.palomar.smtp;

import jakarta.mail.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
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

    private final SmtpProperties properties;
    private final @Nullable SSLSocketFactory trusted;

    public JavaMailSubmission(SmtpProperties properties) {
        this.properties = properties;
        this.trusted = properties.trustCertificate() == null
                ? null
                : TrustedCertificate.sockets(properties.trustCertificate());
    }

    @Override
    public void submit(Credentials credentials, String sender, List<String> recipients, Path message) {
        submit(credentials, sender, recipients, message, () -> {});
    }

    @Override
    public void submit(
            Credentials credentials, String sender, List<String> recipients, Path message, Runnable beforeContent) {
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("a message has 1 to 500 recipients");
        }
        if (!sender.isEmpty() && !isWire(sender)) {
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
        JavaMailSenderImpl server = server(credentials, sender);
        EnvelopeMessage envelope = new EnvelopeMessage(server.getSession(), message, recipients, beforeContent);
        try {
            server.send(envelope);
        } catch (MailAuthenticationException e) {
            throw Replies.connecting(e);
        } catch (MailSendException e) {
            if (e.getFailedMessages().isEmpty()) {
                // Accepted; only the farewell went wrong.
                return;
            }
            Exception failure = e.getFailedMessages().values().iterator().next();
            throw envelope.stage() == EnvelopeMessage.Stage.CONNECTION
                    ? Replies.connecting(failure)
                    : Replies.sending(failure, envelope.stage());
        } catch (MailException e) {
            throw Replies.connecting(e);
        }
    }

    /** ASCII and of the form {@code local@domain}: nothing that could end or extend a command (THREATS S21). */
    private static boolean isWire(String address) {
        try {
            return StandardCharsets.US_ASCII.newEncoder().canEncode(address)
                    && WireAddress.of(address).equals(address);
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
