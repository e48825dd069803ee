package org.palomar.imap.angus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.Literal;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.Flags;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;

/** APPEND (RFC 9051 section 6.3.12), streaming the message as a literal. */
final class Append {

    private Append() {}

    static @Nullable MessageRef run(
            ImapConnection connection,
            MailboxName mailbox,
            InputStream message,
            long size,
            Flags flags,
            @Nullable Instant arrived) {
        if (size <= 0 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a message has 1 to 2147483647 octets");
        }
        Argument arguments = connection.names().argument(mailbox);
        List<String> known = flags.values().stream()
                .filter(flag -> !flag.equals("\\*") && !flag.equals("\\Recent"))
                .toList();
        if (!known.isEmpty()) {
            arguments.writeAtom("(" + String.join(" ", known) + ")");
        }
        if (arrived != null) {
            arguments.writeAtom("\"" + Dates.internal(arrived) + "\"");
        }
        Source source = new Source(message, (int) size);
        arguments.writeBytes(source);
        Answer answer;
        try {
            answer = connection.run(Command.change("APPEND", arguments));
        } catch (ImapException.ConnectionLost e) {
            if (source.failure != null) {
                throw new UncheckedIOException("the message ended early or could not be read", source.failure);
            }
            throw e;
        }
        answer.orThrow();
        return answer.codes("APPENDUID")
                .map(code -> reference(mailbox, code.arguments()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable MessageRef reference(MailboxName mailbox, String arguments) {
        int space = arguments.indexOf(' ');
        List<Uid> uids = space < 0 ? List.of() : UidSets.expand(arguments.substring(space + 1));
        List<Uid> era = space < 0 ? List.of() : UidSets.expand(arguments.substring(0, space));
        return uids.isEmpty() || era.isEmpty()
                ? null
                : new MessageRef(mailbox, new UidValidity(era.getFirst().value()), uids.getFirst());
    }

    /** Exactly {@code size} octets; a source that fails or ends early breaks the connection, since the server waits for the rest. */
    private static final class Source implements Literal {

        private final InputStream message;
        private final int size;
        private @Nullable IOException failure;

        Source(InputStream message, int size) {
            this.message = message;
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void writeTo(OutputStream to) throws IOException {
            byte[] buffer = new byte[64 * 1024];
            int left = size;
            while (left > 0) {
                int read = read(buffer, left);
                to.write(buffer, 0, read);
                left -= read;
            }
        }

        private int read(byte[] buffer, int left) throws IOException {
            try {
                int read = message.read(buffer, 0, Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("the message is shorter than announced");
                }
                return read;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
