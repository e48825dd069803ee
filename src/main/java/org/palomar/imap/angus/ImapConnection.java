package org.palomar.imap.angus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.angus.mail.iap.LiteralException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;

/**
 * One connection: writes commands, several at a time, and reads answers until each tag has come back, in any order. Used by
 * one thread at a time; {@link #drop} may come from any thread.
 */
final class ImapConnection extends IMAPProtocol {

    private final Socket socket;
    private final Socket raw;
    private final WireInput in;
    private final LoudPrintStream out;
    private final MailboxNames names;
    private Set<String> capabilities = Set.of();
    private boolean utf8;
    private @Nullable SelectedMailbox selected;
    private @Nullable String farewell;
    private volatile boolean dropped;
    private final AtomicReference<@Nullable Runnable> whenDropped = new AtomicReference<>();
    private volatile Instant lastUsed = Instant.EPOCH;

    /** @param raw the same socket below the encryption; {@code buffer} octets are collected before they are sent */
    ImapConnection(Socket socket, Socket raw, MailboxNames names, int buffer) throws IOException {
        this(socket, raw, new LoudPrintStream(new BufferedOutputStream(socket.getOutputStream(), buffer)), names);
    }

    private ImapConnection(Socket socket, Socket raw, LoudPrintStream out, MailboxNames names) throws IOException {
        super(socket.getInputStream(), out, new Properties(), false);
        this.socket = socket;
        this.raw = raw;
        this.in = new WireInput(socket.getInputStream());
        this.out = out;
        this.names = names;
        // The password must not reach a log, whatever its level.
        suspendTracing();
    }

    /** Runs one command; the answer may be a refusal. */
    Answer run(Command command) {
        return run(List.of(command));
    }

    /**
     * Writes all commands, then reads until every one is completed. Dovecot completes tags out of order, so this waits for the
     * set of them.
     */
    Answer run(List<Command> commands) {
        if (dropped) {
            throw new ImapException.ConnectionLost("the connection is closed", false, null);
        }
        List<WireResponse> untagged = new ArrayList<>();
        Map<String, Integer> open = new HashMap<>();
        @Nullable WireResponse[] completions = new WireResponse[commands.size()];
        boolean changing = false;
        boolean answered = false;
        try {
            out.hold();
            for (int i = 0; i < commands.size(); i++) {
                Command command = commands.get(i);
                changing |= command.change();
                try {
                    open.put(writeCommand(command.text(), command.arguments()), i);
                } catch (LiteralException e) {
                    completions[i] = (WireResponse) e.getResponse();
                }
            }
            while (!open.isEmpty()) {
                WireResponse response = readResponse();
                Integer command = response.isTagged() ? open.remove(response.getTag()) : null;
                if (command != null) {
                    completions[command] = response;
                } else {
                    untagged.add(response);
                }
            }
            answered = true;
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw lost(e, changing);
        } finally {
            if (!answered) {
                drop();
            }
        }
        return new Answer(
                untagged, Stream.of(completions).map(Objects::requireNonNull).toList());
    }

    /** A command whose last line the server asks for, such as AUTHENTICATE without an initial response. */
    Answer runWithContinuation(String command, String line) {
        try {
            String tag = writeCommand(command, null);
            boolean sent = false;
            List<WireResponse> untagged = new ArrayList<>();
            while (true) {
                WireResponse response = readResponse();
                if (response.isContinuation()) {
                    // A second question means the mechanism wants something else: "*" ends it (RFC 9051 section 6.2.2).
                    getOutputStream().write(((sent ? "*" : line) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    getOutputStream().flush();
                    sent = true;
                } else if (response.isTagged() && tag.equals(response.getTag())) {
                    return new Answer(untagged, List.of(response));
                } else {
                    untagged.add(response);
                }
            }
        } catch (IOException | ProtocolException | RuntimeException e) {
            throw lost(e, false);
        }
    }

    /** Writes a command and leaves its answers to the caller. */
    String begin(Command command) throws IOException, ProtocolException {
        return writeCommand(command.text(), command.arguments());
    }

    /** Ends IDLE (RFC 2177); for any thread, while no other writes. */
    void done() throws IOException {
        getOutputStream().write("DONE\r\n".getBytes(StandardCharsets.US_ASCII));
        getOutputStream().flush();
    }

    @Override
    protected WireInput getInputStream() {
        return in;
    }

    @Override
    public WireResponse readResponse() throws IOException, ProtocolException {
        out.release();
        WireResponse response = new WireResponse(this);
        if (response.isBYE()) {
            farewell = Failures.words(response);
        }
        if (selected != null) {
            selected.observe(response);
        }
        return response;
    }

    /** Closes after a failure and says which one it was. */
    ImapException lost(Exception cause, boolean changing) {
        drop();
        if (cause instanceof ImapException known) {
            return known;
        }
        if (cause instanceof SocketTimeoutException && !changing) {
            return new ImapException.Unreachable("no answer in time", cause);
        }
        String words = farewell;
        return new ImapException.ConnectionLost(words != null ? words : "the connection broke", changing, cause);
    }

    /** The BYE that came, or null. */
    @Nullable
    String farewell() {
        return farewell;
    }

    MailboxNames names() {
        return names;
    }

    @Nullable
    SelectedMailbox selected() {
        return selected;
    }

    /** Responses from now on concern this mailbox; null when none is selected. */
    void selected(@Nullable SelectedMailbox mailbox) {
        this.selected = mailbox;
    }

    Set<String> capabilities() {
        return capabilities;
    }

    /** Takes the words of a CAPABILITY response. */
    void capabilities(String words) {
        Set<String> found = new HashSet<>();
        StringTokenizer tokens = new StringTokenizer(words.toUpperCase(Locale.ROOT), " ");
        while (tokens.hasMoreTokens()) {
            found.add(tokens.nextToken());
        }
        capabilities = Set.copyOf(found);
    }

    /** Whether the server announced the extension, or IMAP4rev2, which holds it. */
    boolean offers(String extension) {
        return capabilities.contains(extension)
                || (capabilities.contains("IMAP4REV2") && Extensions.IN_REV2.contains(extension));
    }

    @Override
    public boolean hasCapability(String name) {
        return capabilities.contains(name.toUpperCase(Locale.ROOT));
    }

    @Override
    protected synchronized boolean supportsNonSyncLiterals() {
        return hasCapability("LITERAL+");
    }

    @Override
    public boolean supportsUtf8() {
        return utf8;
    }

    void utf8(boolean enabled) {
        utf8 = enabled;
        names.utf8(enabled);
    }

    Instant lastUsed() {
        return lastUsed;
    }

    void lastUsed(Instant when) {
        lastUsed = when;
    }

    boolean isDropped() {
        return dropped;
    }

    void timeout(Duration wait) throws IOException {
        socket.setSoTimeout(Math.toIntExact(Math.max(1, wait.toMillis())));
    }

    /** Drops the connection when the server has stopped reading; its user then gets ConnectionLost. */
    void dropIfStuck(Duration limit) {
        if (out.isStuck(limit)) {
            drop();
        }
    }

    /** Says LOGOUT and closes; waits at most a second. */
    void logOut() {
        if (!dropped) {
            try {
                timeout(Duration.ofSeconds(1));
                run(Command.read("LOGOUT"));
            } catch (IOException | RuntimeException e) {
                dropped = true;
            }
        }
        drop();
    }

    /** Runs {@code action} once, when the connection is closed; set before the connection is handed out. */
    void whenDropped(Runnable action) {
        whenDropped.set(action);
    }

    /** Closes at once. */
    void drop() {
        dropped = true;
        Runnable action = whenDropped.getAndSet(null);
        if (action != null) {
            action.run();
        }
        try {
            // The raw one first: closing TLS waits for a writer, who may wait for a server that no longer reads.
            raw.close();
            socket.close();
        } catch (IOException e) {
            dropped = true;
        }
    }

    @Override
    public synchronized void disconnect() {
        drop();
    }
}
