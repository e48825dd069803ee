package org.palomar.smtp;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the transport writes down of one conversation, line by line. Kept is only what the server offers and how it refused the last
 * command, which the transport forgets when the connection breaks right after the refusal. Neither credentials, which the transport
 * does not write down, nor a message are. For one thread.
 */
final class Conversation extends PrintStream {

    private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}(?:[ -].*)?");

    private final List<String> answer = new ArrayList<>();
    private Offer offer = Offer.UNKNOWN;
    private @Nullable String refusal;
    private String command = "";
    private boolean content;

    Conversation() {
        super(OutputStream.nullOutputStream(), false, StandardCharsets.ISO_8859_1);
    }

    /** From the last answer to EHLO: after STARTTLS nothing holds that was said before (RFC 3207 section 4.2). */
    Offer offer() {
        return offer;
    }

    /** The server's answer of 4xx or 5xx to the last command, but for those that end things; or null. */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public void println(@Nullable String line) {
        if (line == null || line.startsWith("DEBUG")) {
            return;
        }
        if (content) {
            // Every line of a message that begins with a dot has one more (RFC 5321 section 4.5.2).
            content = !line.equals(".");
            if (!content) {
                begun(line);
            }
        } else if (REPLY.matcher(line).matches()) {
            answer.add(line);
            if (line.length() == 3 || line.charAt(3) == ' ') {
                answered(line);
                answer.clear();
            }
        } else {
            begun(line);
        }
    }

    private void begun(String line) {
        command = line;
        answer.clear();
        if (line.startsWith("EHLO") || line.equals("STARTTLS")) {
            offer = Offer.UNKNOWN;
        }
        if (!isFarewell()) {
            refusal = null;
        }
    }

    private void answered(String line) {
        if (command.startsWith("EHLO")) {
            offer = line.startsWith("250") ? Offer.read(answer) : Offer.NOTHING;
        }
        content = command.equals("DATA") && line.startsWith("354");
        if (!isFarewell() && (line.startsWith("4") || line.startsWith("5"))) {
            refusal = String.join(" ", answer);
        }
    }

    private boolean isFarewell() {
        return command.equals("RSET") || command.equals("QUIT");
    }
}
