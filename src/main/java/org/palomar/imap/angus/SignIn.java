package org.palomar.imap.angus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.palomar.imap.ImapException;
import org.palomar.mail.Credentials;

/** From the greeting to the authenticated state: CAPABILITY, ID (RFC 2971), AUTHENTICATE PLAIN or LOGIN, ENABLE (RFC 6855). */
final class SignIn {

    private final ImapConnection connection;

    SignIn(ImapConnection connection) {
        this.connection = connection;
    }

    void greeting() throws IOException, ProtocolException {
        WireResponse greeting = connection.readResponse();
        if (greeting.isBYE()) {
            throw Failures.ofFarewell(Failures.words(greeting));
        }
        if (!greeting.isUnTagged() || !greeting.isOK()) {
            // PREAUTH would be somebody else's session.
            throw new ImapException.Refused("not an IMAP greeting: " + Failures.words(greeting));
        }
        learn(Optional.ofNullable(greeting.code())
                .filter(code -> code.is("CAPABILITY"))
                .map(ResponseCode::arguments));
    }

    void signIn(Credentials credentials, @Nullable String clientAddress) {
        if (connection.capabilities().isEmpty()) {
            askCapabilities();
        }
        boolean identified = connection.offers("ID");
        if (identified) {
            // Before signing in, since Dovecot then counts wrong passwords for the browser's address instead of ours.
            connection.run(id(clientAddress));
        }
        Answer answer = authenticate(credentials);
        if (!answer.completion().isOK()) {
            throw Failures.ofSignIn(answer.completion());
        }
        connection.capabilities("");
        learn(answer.codes("CAPABILITY").findFirst().map(ResponseCode::arguments));
        answer.data("CAPABILITY").forEach(response -> connection.capabilities(response.getRest()));
        if (connection.capabilities().isEmpty()) {
            askCapabilities();
        }
        List<Command> commands = new ArrayList<>();
        if (!identified && connection.offers("ID")) {
            commands.add(id(clientAddress));
        }
        boolean utf8 = connection.offers("ENABLE") && connection.offers("UTF8=ACCEPT");
        if (utf8) {
            commands.add(Command.read("ENABLE UTF8=ACCEPT"));
        }
        if (!commands.isEmpty()) {
            Answer answers = connection.run(commands);
            connection.utf8(utf8
                    && answers.data("ENABLED")
                            .anyMatch(response ->
                                    response.getRest().toUpperCase(Locale.ROOT).contains("UTF8=ACCEPT")));
        }
    }

    private void askCapabilities() {
        Answer answer = connection.run(Command.read("CAPABILITY")).orThrow();
        answer.data("CAPABILITY").forEach(response -> connection.capabilities(response.getRest()));
    }

    private void learn(Optional<String> words) {
        words.ifPresent(connection::capabilities);
    }

    /** One way only, chosen by what is announced: falling back after a refusal would send the password twice. */
    private Answer authenticate(Credentials credentials) {
        if (connection.offers("AUTH=PLAIN")) {
            String plain = "\0" + credentials.username() + "\0" + credentials.password();
            String encoded = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
            return connection.offers("SASL-IR")
                    ? connection.run(Command.read("AUTHENTICATE PLAIN", new Argument().writeAtom(encoded)))
                    : connection.runWithContinuation("AUTHENTICATE PLAIN", encoded);
        }
        if (connection.offers("LOGINDISABLED")) {
            throw new ImapException.Unsupported("the server accepts no passwords on this connection");
        }
        Argument arguments = new Argument()
                .writeString(credentials.username(), StandardCharsets.UTF_8)
                .writeString(credentials.password(), StandardCharsets.UTF_8);
        return connection.run(Command.read("LOGIN", arguments));
    }

    private static Command id(@Nullable String clientAddress) {
        Argument fields = new Argument().writeNString("name").writeNString("Palomar");
        if (clientAddress != null && !clientAddress.isBlank()) {
            fields.writeNString("x-originating-ip").writeNString(clientAddress);
        }
        return Command.read("ID", new Argument().writeArgument(fields));
    }
}
