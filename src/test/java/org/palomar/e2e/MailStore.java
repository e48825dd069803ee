package org.palomar.e2e;

import static org.awaitility.Awaitility.await;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** Looks at the mail server with another client than the product's. */
record MailStore(int port) {

    /** Puts messages at the end of a mailbox, which is made when it is missing. */
    void append(String name, String mailbox, List<MimeMessage> messages) {
        use(name, mailbox, folder -> {
            if (!folder.exists()) {
                folder.create(Folder.HOLDS_MESSAGES);
                folder.setSubscribed(true);
            }
            folder.appendMessages(messages.toArray(Message[]::new));
            return true;
        });
    }

    void append(String name, String mailbox, MimeMessage message) {
        append(name, mailbox, List.of(message));
    }

    /** The sources of all messages with exactly this subject. */
    List<String> sources(String name, String mailbox, String subject) {
        return use(name, mailbox, folder -> {
            folder.open(Folder.READ_ONLY);
            List<String> sources = new java.util.ArrayList<>();
            for (Message message : folder.search(new SubjectTerm(subject))) {
                if (subject.equals(message.getSubject())) {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    message.writeTo(out);
                    sources.add(out.toString(StandardCharsets.UTF_8));
                }
            }
            return sources;
        });
    }

    boolean exists(String name, String mailbox) {
        return use(name, mailbox, Folder::exists);
    }

    /** Waits for a message on its way; delivery is the server's affair and takes its time. */
    void awaitArrival(String name, String subject) {
        await("the arrival of " + subject)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !sources(name, "INBOX", subject).isEmpty());
    }

    private interface Work<T> {
        T with(Folder folder) throws MessagingException, IOException;
    }

    private <T> T use(String name, String mailbox, Work<T> work) {
        Properties settings = new Properties();
        settings.put("mail.imap.port", port);
        settings.put("mail.imap.peek", "true");
        try (Store store = Session.getInstance(settings).getStore("imap")) {
            store.connect("127.0.0.1", port, name + "@palomar.example", name);
            return work.with(store.getFolder(mailbox));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
