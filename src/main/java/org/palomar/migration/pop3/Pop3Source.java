package org.palomar.migration.pop3;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderClosedException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.StoreClosedException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.palomar.door.MailHosts.Place;
import org.palomar.migration.Item;
import org.palomar.migration.Letter;
import org.palomar.migration.Security;
import org.palomar.migration.Server;
import org.palomar.migration.Source;
import org.palomar.migration.SourceException;
import org.palomar.migration.SourceException.Reason;
import org.palomar.migration.Survey;
import org.palomar.mime.HeaderDate;

/** The mailbox of a POP3 account. */
public final class Pop3Source implements Source {

    private final Receiver receiver;
    private List<Message> listed = List.of();

    /**
     * Connects when it is first asked.
     *
     * @param place the checked address of the server
     * @param connect for the connection to come about
     * @param read for each wait on the server
     */
    public Pop3Source(Server server, Place place, Duration connect, Duration read) {
        if (server.security() == Security.PLAIN && !place.own()) {
            throw new SourceException(Reason.UNENCRYPTED, "not over TLS", null);
        }
        this.receiver = new Receiver(
                Session.getInstance(properties(server, place, connect, read)),
                place.address(),
                place.port(),
                server.username(),
                server.password());
    }

    private static Properties properties(Server server, Place place, Duration connect, Duration read) {
        Properties properties = new Properties();
        properties.put("mail.pop3.connectiontimeout", String.valueOf(connect.toMillis()));
        properties.put("mail.pop3.timeout", String.valueOf(read.toMillis()));
        properties.put("mail.pop3.writetimeout", String.valueOf(read.toMillis()));
        properties.put("mail.pop3.ssl.enable", String.valueOf(server.security() == Security.TLS));
        properties.put("mail.pop3.starttls.enable", String.valueOf(server.security() == Security.STARTTLS));
        properties.put("mail.pop3.starttls.required", String.valueOf(server.security() == Security.STARTTLS));
        properties.put("mail.pop3.ssl.socketFactory", place.tls());
        // A message is read as it comes, not through a header and a body of which it might be put together otherwise.
        properties.put("mail.pop3.disabletop", "false");
        return properties;
    }

    @Override
    public Survey survey() {
        return asked(() -> {
            List<Message> messages = list();
            if (messages.isEmpty()) {
                return new Survey(0, 0, null, null, List.of());
            }
            List<Instant> dates = Stream.of(messages.getFirst(), messages.getLast())
                    .map(Pop3Source::received)
                    .flatMap(Stream::ofNullable)
                    .sorted()
                    .toList();
            return new Survey(
                    messages.size(),
                    receiver.octets(),
                    dates.isEmpty() ? null : dates.getFirst(),
                    dates.isEmpty() ? null : dates.getLast(),
                    List.of());
        });
    }

    private static @Nullable Instant received(Message message) {
        try {
            String[] received = message.getHeader("Received");
            String[] date = message.getHeader("Date");
            String line = received == null || received.length == 0
                    ? date == null || date.length == 0 ? "" : date[0]
                    : received[0].substring(received[0].lastIndexOf(';') + 1);
            return HeaderDate.parse(line.replaceAll("\\s+", " ").strip());
        } catch (MessagingException _) {
            return null;
        }
    }

    @Override
    public List<Item> items() {
        return asked(() -> {
            List<Message> messages = list();
            int[] sizes = messages.isEmpty() ? new int[0] : receiver.sizes();
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                int at = messages.get(i).getMessageNumber() - 1;
                items.add(new Item(i, receiver.name(messages.get(i)), at < sizes.length ? sizes[at] : -1, null));
            }
            return items;
        });
    }

    private List<Message> list() throws MessagingException {
        listed = receiver.list();
        return listed;
    }

    @Override
    public Letter read(Item item, OutputStream to) throws IOException {
        Target target = new Target(to);
        try {
            listed.get(item.place()).writeTo(target);
            target.flush();
            return Letter.BARE;
        } catch (MessageRemovedException e) {
            throw new SourceException(Reason.MESSAGE, "the server does not give it", e);
        } catch (MessagingException | IOException e) {
            if (target.failure != null) {
                throw target.failure;
            }
            throw failure(e);
        }
    }

    /** Tells which side broke; and writes more than an octet at a time. */
    private static final class Target extends FilterOutputStream {

        private @Nullable IOException failure;

        Target(OutputStream to) {
            super(new BufferedOutputStream(to, 8_192));
        }

        @Override
        public void write(int octet) throws IOException {
            try {
                out.write(octet);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    @Override
    public void remove(List<Item> items) {
        asked(() -> {
            receiver.delete(items.stream().map(item -> listed.get(item.place())).toList());
            listed = List.of();
            return true;
        });
    }

    @Override
    public void close() {
        receiver.destroy();
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws MessagingException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (MessagingException | IllegalStateException e) {
            throw failure(e);
        }
    }

    private static SourceException failure(Exception failure) {
        String said = String.valueOf(failure.getMessage());
        if (failure instanceof AuthenticationFailedException) {
            return new SourceException(ofSignIn(said.toUpperCase(Locale.ROOT)), said, failure);
        }
        if (isBecauseOf(failure, CertificateException.class)) {
            return new SourceException(Reason.CERTIFICATE, said, failure);
        }
        if (isBecauseOf(failure, SSLException.class)) {
            return new SourceException(Reason.UNENCRYPTED, said, failure);
        }
        boolean broken = failure instanceof FolderClosedException
                || failure instanceof StoreClosedException
                || failure instanceof SocketException
                || failure instanceof InterruptedIOException
                || failure instanceof IOException
                || failure instanceof IllegalStateException;
        return new SourceException(broken ? Reason.LOST : Reason.UNREACHABLE, said, failure);
    }

    private static boolean isBecauseOf(Throwable failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The library tells everything that happens before and during sign-in the same way (RFC 2449 section 8, RFC 3206). */
    private static Reason ofSignIn(String said) {
        if (said.contains("STLS REQUIRED")) {
            return Reason.UNENCRYPTED;
        }
        if (said.contains("CONVERT SOCKET TO TLS")) {
            return Reason.CERTIFICATE;
        }
        if (said.contains("[IN-USE]")
                || said.contains("[LOGIN-DELAY]")
                || said.contains("[SYS/TEMP]")
                || said.contains("LOCK")) {
            return Reason.BUSY;
        }
        return said.contains("EOF ON SOCKET") || said.equals("NULL") ? Reason.LOST : Reason.DENIED;
    }
}
