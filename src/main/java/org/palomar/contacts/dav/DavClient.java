package org.palomar.contacts.dav;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.contacts.dav.DavException.Reason;
import org.palomar.contacts.dav.Multistatus.Item;
import org.palomar.door.Ask;
import org.palomar.door.ClosedException;
import org.palomar.door.OwnServers;
import org.palomar.door.Reply;
import org.palomar.vcard.VCard;

/** Speaks CardDAV (RFC 6352) to one server as one person. Paths are those of the server. For one thread. */
final class DavClient {

    /** Cards asked for at once. */
    static final int BATCH = 40;

    private static final String XML = "application/xml; charset=utf-8";

    private final OwnServers servers;
    private final URI url;
    private final String username;
    private final String password;

    DavClient(OwnServers servers, URI url, String username, String password) {
        this.servers = servers;
        this.url = url;
        this.username = username;
        this.password = password;
    }

    /** An address book. */
    public record Book(String path, String title) {}

    /** @param etag of the version on the server, or null when it did not say */
    record Stored(VCard card, @Nullable String etag) {}

    /**
     * What lies in an address book, or what changed in it.
     *
     * @param there the ETag of each card by its path
     * @param gone paths of what was deleted; where {@code whole}, everything that is not there is gone
     * @param token of this state, or empty
     * @param more whether there is more to ask for
     */
    record Changes(Map<String, String> there, List<String> gone, String token, boolean whole, boolean more) {}

    /** Looks for address books: below the address itself, and as RFC 6764 section 6 says. */
    List<Book> books() throws DavException {
        String start = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        Map<String, Book> books = new LinkedHashMap<>();
        DavException failure = null;
        for (String path :
                start.equals("/") ? List.of("/.well-known/carddav", "/") : List.of(start, "/.well-known/carddav")) {
            try {
                List<Item> items = propfind(path, "0", PRINCIPAL).items();
                for (Item item : items) {
                    if (item.isType(Multistatus.CARD, "addressbook")) {
                        books.putIfAbsent(path(item.href()), new Book(path(item.href()), title(item)));
                    }
                }
                if (books.isEmpty() && !items.isEmpty()) {
                    books(items.getFirst(), books);
                }
            } catch (DavException e) {
                if (e.reason() == Reason.DENIED || e.reason() == Reason.UNREACHABLE) {
                    failure = failure == null ? e : failure;
                }
            }
            if (!books.isEmpty()) {
                return List.copyOf(books.values());
            }
        }
        throw failure == null ? new DavException(Reason.NO_BOOK, 404) : failure;
    }

    private void books(Item found, Map<String, Book> books) throws DavException {
        String home = found.href(Multistatus.CARD, "addressbook-home-set");
        String principal = found.href(Multistatus.DAV, "current-user-principal");
        if (home.isEmpty() && !principal.isEmpty()) {
            List<Item> items = propfind(path(principal), "0", PRINCIPAL).items();
            home = items.isEmpty() ? "" : items.getFirst().href(Multistatus.CARD, "addressbook-home-set");
        }
        if (home.isEmpty()) {
            return;
        }
        for (Item item : propfind(path(home), "1", PRINCIPAL).items()) {
            if (item.isType(Multistatus.CARD, "addressbook")) {
                String path = path(item.href());
                books.putIfAbsent(path, new Book(path, title(item)));
            }
        }
    }

    private static String title(Item item) {
        String title = item.text(Multistatus.DAV, "displayname");
        return title.substring(0, Math.min(title.length(), 200));
    }

    private static final String PRINCIPAL = """
            <?xml version="1.0" encoding="utf-8"?>
            <d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:resourcetype/><d:displayname/>\
            <d:current-user-principal/><c:addressbook-home-set/></d:prop></d:propfind>""";

    private Multistatus propfind(String path, String depth, String body) throws DavException {
        return multistatus("PROPFIND", path, depth, body);
    }

    private Multistatus multistatus(String method, String path, String depth, String body) throws DavException {
        Reply reply = ask(method, path, Map.of("Depth", depth, "Content-Type", XML), body);
        if (reply.status() != 207) {
            throw DavException.of(reply.status());
        }
        return Multistatus.of(reply.body());
    }

    /**
     * What changed since {@code token}, or everything for an empty one; as a list of everything where the server does not know such
     * questions (RFC 6578) or has forgotten that token.
     */
    Changes changes(String book, String token) throws DavException {
        try {
            Multistatus answer = multistatus("REPORT", book, "0", """
                    <?xml version="1.0" encoding="utf-8"?>
                    <d:sync-collection xmlns:d="DAV:"><d:sync-token>%s</d:sync-token><d:sync-level>1</d:sync-level>\
                    <d:prop><d:getetag/></d:prop></d:sync-collection>""".formatted(escaped(token)));
            return changes(book, answer, token.isEmpty(), answer.more());
        } catch (DavException e) {
            if (e.reason() == Reason.UNREACHABLE || e.status() == 401) {
                throw e;
            }
            return token.isEmpty() ? listing(book) : changes(book, "");
        }
    }

    private Changes listing(String book) throws DavException {
        return changes(book, propfind(book, "1", """
                <?xml version="1.0" encoding="utf-8"?>
                <d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:resourcetype/></d:prop></d:propfind>"""), true, false);
    }

    private Changes changes(String book, Multistatus answer, boolean whole, boolean more) {
        Map<String, String> there = new HashMap<>();
        List<String> gone = new ArrayList<>();
        for (Item item : answer.items()) {
            String path = path(item.href());
            String etag = item.text(Multistatus.DAV, "getetag");
            if (path.isEmpty()
                    || path.equals(book)
                    || !path.startsWith(book)
                    || item.isType(Multistatus.DAV, "collection")) {
                continue;
            }
            if (item.status() == 404 || item.status() == 410) {
                gone.add(path);
            } else if (!etag.isEmpty()) {
                there.put(path, etag);
            }
        }
        return new Changes(there, gone, answer.token(), whole && !more, more);
    }

    /** The cards at these paths, those that are none left out. */
    Map<String, Stored> cards(String book, List<String> paths) throws DavException {
        StringBuilder body = new StringBuilder("""
                <?xml version="1.0" encoding="utf-8"?>
                <c:addressbook-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/><c:address-data/></d:prop>""");
        paths.forEach(path -> body.append("<d:href>").append(escaped(path)).append("</d:href>"));
        Map<String, Stored> cards = new HashMap<>();
        for (Item item : multistatus("REPORT", book, "0", body + "</c:addressbook-multiget>")
                .items()) {
            VCard card = VCard.of(item.text(Multistatus.CARD, "address-data"));
            if (card != null) {
                String etag = item.text(Multistatus.DAV, "getetag");
                cards.put(path(item.href()), new Stored(card, etag.isEmpty() ? null : etag));
            }
        }
        return cards;
    }

    /**
     * Puts a card where none is, or in place of a version that is known (RFC 9110 section 13.1).
     *
     * @param etag of that version, or null for a new card
     * @return the ETag of what lies there now, or null when the server did not say
     * @throws DavException with status 412 when something else lies there
     */
    @Nullable
    String put(String path, VCard card, @Nullable String etag) throws DavException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "text/vcard; charset=utf-8");
        headers.put(etag == null ? "If-None-Match" : "If-Match", etag == null ? "*" : etag);
        Reply reply = ask("PUT", path, headers, card.text());
        if (reply.status() / 100 != 2) {
            throw DavException.of(reply.status());
        }
        String now = reply.header("ETag");
        return now.isEmpty() ? null : now;
    }

    /** @throws DavException with status 412 when another version lies there than the one known */
    void delete(String path, @Nullable String etag) throws DavException {
        Reply reply = ask("DELETE", path, etag == null ? Map.of() : Map.of("If-Match", etag), "");
        if (reply.status() / 100 != 2 && reply.status() != 404 && reply.status() != 410) {
            throw DavException.of(reply.status());
        }
    }

    private Reply ask(String method, String path, Map<String, String> headers, String body) throws DavException {
        try {
            return servers.ask(new Ask(method, root() + path, headers, body, username, password));
        } catch (ClosedException | IllegalArgumentException e) {
            throw new DavException(Reason.UNREACHABLE, 0);
        }
    }

    private String root() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** The path of an address that the server wrote; empty when it is one of another server. */
    private String path(String href) {
        String path = href;
        if (href.startsWith("http://") || href.startsWith("https://")) {
            int slash = href.indexOf('/', href.indexOf("//") + 2);
            path = slash > 0 && href.regionMatches(true, 0, root(), 0, root().length()) ? href.substring(slash) : "";
        }
        return path.startsWith("/") && path.length() <= 1_000 ? path : "";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
