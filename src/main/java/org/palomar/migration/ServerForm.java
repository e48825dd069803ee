package org.palomar.migration;

import java.util.Locale;
import org.palomar.migration.discovery.Found;

/**
 * The old server as a page has it.
 *
 * @param kind {@code pop3} or {@code imap}
 * @param security {@code tls}, {@code starttls} or {@code plain}
 */
public record ServerForm(String kind, String address, String host, String port, String security, String username) {

    public ServerForm {
        kind = kind == null || !kind.equals("imap") ? "pop3" : "imap";
        address = plain(address, 320);
        host = plain(host, 253);
        port = plain(port, 5);
        security = plain(security, 10).isEmpty() ? "tls" : plain(security, 10);
        username = plain(username, 320);
    }

    private static String plain(String text, int most) {
        String line = text == null ? "" : text.strip();
        return line.length() > most ? line.substring(0, most) : line;
    }

    Kind of() {
        return Kind.of(kind);
    }

    ServerForm with(Found found) {
        return new ServerForm(
                kind,
                address,
                found.host(),
                String.valueOf(found.port()),
                found.security().name().toLowerCase(Locale.ROOT),
                found.username());
    }

    /** Where nothing was found: what is usual. */
    ServerForm guessed() {
        int at = address.lastIndexOf('@');
        return new ServerForm(
                kind,
                address,
                at < 0 ? "" : (kind.equals("imap") ? "imap." : "pop.") + address.substring(at + 1),
                kind.equals("imap") ? "993" : "995",
                "tls",
                address);
    }

    /**
     * The server.
     *
     * @throws IllegalArgumentException when something is missing or cannot be
     */
    Server server(String password) {
        Security how = Security.valueOf(security.toUpperCase(Locale.ROOT));
        int usual = kind.equals("imap") ? how == Security.TLS ? 993 : 143 : how == Security.TLS ? 995 : 110;
        return new Server(host, port.isEmpty() ? usual : Integer.parseInt(port), how, username, password);
    }
}
