package org.palomar.migration.pop3;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.mail.inbound.Pop3MailReceiver;

/**
 * Spring Integration's receiver, made to delete nothing by itself: messages are handed out as the server lists them, are read when they
 * are asked for, and those that {@link #delete} names are removed when the mailbox is closed (RFC 1939 section 6). For one thread.
 */
final class Receiver extends Pop3MailReceiver {

    private List<Message> messages = List.of();

    /** @param session with everything that tells how to connect */
    Receiver(Session session, String host, int port, String username, String password) {
        super(host, port, username, password);
        setSession(session);
        // What is read stays with the server until it was stored; a copy of each would be in memory.
        setAutoCloseFolder(false);
        setFlaggedAsFallback(false);
        // For the mailbox to be closed with what is deleted; deleteMessages below leaves that to delete().
        setShouldDeleteMessages(true);
        // It wants one for the expression of a filter, of which there is none.
        setBeanFactory(new StaticListableBeanFactory(Map.of(
                IntegrationContextUtils.INTEGRATION_EVALUATION_CONTEXT_BEAN_NAME, new StandardEvaluationContext())));
        afterPropertiesSet();
    }

    /** All that are there. */
    List<Message> list() throws MessagingException {
        messages = List.of();
        Object[] received = receive();
        if (received != null) {
            messages = Stream.of(received)
                    .map(each -> (Message) ((org.springframework.messaging.Message<?>) each).getPayload())
                    .toList();
        }
        return messages;
    }

    /** Only how many there are is asked for; the usual one would read the header of each. */
    @Override
    protected void fetchMessages(Message[] messages) throws MessagingException {
        FetchProfile names = new FetchProfile();
        names.add(UIDFolder.FetchProfileItem.UID);
        folder().fetch(messages, names);
    }

    /** Not because they were listed. */
    @Override
    protected void deleteMessages(Message[] messages) {}

    /** The UIDL of each (RFC 1939 section 7), empty where the server has none. */
    String name(Message message) throws MessagingException {
        return Objects.requireNonNullElse(folder().getUID(message), "");
    }

    /** Octets of each as LIST says, or none when the server does not say. */
    int[] sizes() throws MessagingException {
        return folder().getSizes();
    }

    /** Octets of all, as STAT says. */
    long octets() throws MessagingException {
        return folder().getSize();
    }

    /** Removes these; what is not confirmed is there again next time. */
    void delete(Collection<Message> gone) throws MessagingException {
        for (Message message : gone) {
            message.setFlag(Flags.Flag.DELETED, true);
        }
        folder().close(true);
        messages = List.of();
    }

    private POP3Folder folder() {
        @Nullable Folder folder = getFolder();
        if (folder instanceof POP3Folder pop3) {
            return pop3;
        }
        throw new IllegalStateException("not a POP3 mailbox");
    }
}
