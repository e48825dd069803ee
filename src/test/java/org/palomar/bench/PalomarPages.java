package org.palomar.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** Palomar as its own pages use it: parts by htmx, forms with their token, frames of letters, counters after each page. */
final class PalomarPages implements WebMail {

    private static final String ROW = "data-testid=\"message-row\"";
    private static final String TALK = "class=\"row talk";
    private static final Pattern REF = Pattern.compile("data-ref=\"([0-9.]+)\"");

    private final Browser browser;
    private final int port;
    private final String user;
    private String token = "";
    private boolean threads;
    private Page shown;

    /** Somebody on the sign-in page. */
    PalomarPages(int port, String user) throws IOException {
        this.browser = new Browser(port);
        // As the page's script leaves it.
        browser.cookie("zone", "Europe%2FMadrid");
        this.port = port;
        this.user = user;
        token = browser.get("/login").expect(200).between("name=\"csrf\" content=\"", "\"");
    }

    static PalomarPages signedIn(int port, String user) throws IOException {
        PalomarPages pages = new PalomarPages(port, user);
        pages.signIn();
        return pages;
    }

    @Override
    public Meter meter() {
        return browser.meter();
    }

    /** Leaves out what nobody waits for, so that only the operation itself is on the wire. */
    void withoutAsides() {
        browser.withoutAsides();
    }

    @Override
    public void show(String mailbox, View view) throws IOException {
        String path = "/mailboxes/" + mailbox;
        if (threads != (view == View.THREADS)) {
            threads = !threads;
            part(path + (threads ? "?view=threads" : "?view=flat"), "list");
        }
        shown = switch (view) {
            case ARRIVAL -> listed(mailbox, 1);
            case SENDER -> part(bySenderPath(mailbox, 1), "list");
            case THREADS -> listed(mailbox, 1);
            case WHOLE -> part(path + "?select=mailbox", "list");
        };
        // As the page does, until the conversations are ready.
        while (threads && shown.count(TALK) == 0) {
            LockSupport.parkNanos(50_000_000);
            Page answer = browser.get(path + "?waiting=true", htmx("list"));
            shown = answer.status() == 204 ? shown : answer.expect(200);
        }
    }

    /** Somebody else comes, signs in and leaves; the time is added to this person's. */
    int another() throws IOException {
        try (PalomarPages other = new PalomarPages(port, user)) {
            if (browser.isWithoutAsides()) {
                other.withoutAsides();
            }
            other.meter().reset();
            int rows = other.signIn();
            meter().add(other.meter());
            other.signOut();
            return rows;
        }
    }

    /** @return rows of the inbox */
    int signIn() throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("username", user);
        form.put("password", user.substring(0, user.indexOf('@')));
        form.put("_csrf", token);
        Page answer = browser.post("/login", form);
        if (!answer.redirects()) {
            throw new IllegalStateException("sign-in of " + user + " answered " + answer.status());
        }
        return whole(answer.header("Location")).count(ROW);
    }

    @Override
    public void signOut() throws IOException {
        browser.post("/logout", Map.of("_csrf", token));
    }

    /** A page as a click on a link loads it, and the counters that it asks for afterwards. */
    Page whole(String path) throws IOException {
        Page page = browser.get(path).expect(200);
        token = page.between("name=\"csrf\" content=\"", "\"");
        browser.aside(() -> tree("INBOX"));
        return page;
    }

    int mailbox(String mailbox) throws IOException {
        return whole("/mailboxes/" + mailbox).count(ROW);
    }

    /** @return mailboxes in the tree */
    int tree(String current) throws IOException {
        return part("/tree?current=" + current, "tree").count("data-testid=\"mailbox-link\"");
    }

    /** @return rows */
    int list(String mailbox, int page) throws IOException {
        return listed(mailbox, page).count(ROW);
    }

    int bySender(String mailbox, int page) throws IOException {
        return part(bySenderPath(mailbox, page), "list").count(ROW);
    }

    private static String bySenderPath(String mailbox, int page) {
        return "/mailboxes/" + mailbox + "?page=" + page + "&sort=sender&dir=asc";
    }

    /** @return conversations on the first page; none when it shows single messages */
    int conversations(String mailbox) throws IOException {
        return listed(mailbox, 1).count(TALK);
    }

    @Override
    public List<String> messages(String mailbox, int page) throws IOException {
        return refs(listed(mailbox, page).text());
    }

    @Override
    public void read(String mailbox, String message) throws IOException {
        List<String> opened = refs(open(mailbox, message));
        if (opened.isEmpty() || !opened.getFirst().equals(message)) {
            throw new IllegalStateException("another message than " + message);
        }
    }

    private static List<String> refs(String text) {
        return REF.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private Page listed(String mailbox, int page) throws IOException {
        return part("/mailboxes/" + mailbox + (page > 1 ? "?page=" + page : ""), "list");
    }

    /** The message beside the list; with a letter of its own, the letter's frame too. What else the page does, waits. */
    String open(String mailbox, String ref) throws IOException {
        String path = "/mailboxes/" + mailbox + "/messages/" + ref;
        Page page = part(path, "message");
        String text = page.text();
        if (text.contains("data-measure-url=")) {
            text += browser.get(path + "/body").expect(200).text();
            browser.aside(() -> browser.get(path + "/measure").expect(200));
        }
        return text;
    }

    void seen(String mailbox, String ref) throws IOException {
        browser.post("/mailboxes/" + mailbox + "/messages/" + ref + "/seen", Map.of("_csrf", token), htmx("message"))
                .expect(204);
    }

    /** A button above the list; the answer is the list as it is then. */
    int act(String mailbox, String action, List<String> refs, String target) throws IOException {
        return act(mailbox, action, refs, target, new LinkedHashMap<>());
    }

    /** Moves all messages of the mailbox, which {@link #show} has selected. */
    void moveAll(String mailbox, String target) throws IOException {
        Map<String, String> whole = new LinkedHashMap<>();
        for (String name : List.of("scope", "shown", "uidvalidity", "newest", "total")) {
            whole.put(name, shown.between("name=\"" + name + "\" value=\"", "\""));
        }
        act(mailbox, "move", refs(shown.text()), target, whole);
    }

    private int act(String mailbox, String action, List<String> refs, String target, Map<String, String> form)
            throws IOException {
        form.put("_csrf", token);
        form.put("page", "1");
        for (String ref : refs) {
            form.put("ref#" + form.size(), ref);
        }
        form.put("target", target);
        form.put("action", action);
        Page answer = browser.post("/mailboxes/" + mailbox + "/actions", form, htmx("list"));
        if (answer.redirects()) {
            answer = part(answer.header("Location"), "list");
        }
        int rows = answer.expect(200).count(ROW);
        browser.aside(() -> tree(mailbox));
        return rows;
    }

    /**
     * Searches a mailbox.
     *
     * @param all until the search is over, or until the page shows its first results
     * @return results on the page then
     */
    int search(String mailbox, String query, boolean all) throws IOException {
        String q = "q=" + query + "&mailbox=" + mailbox;
        Page page = part("/search?" + q, "list");
        int rows = page.count(ROW);
        while ((all || rows == 0) && page.text().contains(" data-more=\"")) {
            String more = page.between(" data-more=\"", "\"").replace("&amp;", "&");
            page = browser.get(more, "HX-Request", "true", "HX-Request-Type", "partial")
                    .expect(200);
            rows += page.count(ROW);
        }
        if (page.text().contains(" data-more=\"")) {
            String id = page.between("/search/more?id=", "&");
            // Nobody waits for the rest, and it is not to slow down what is measured next.
            browser.untimed(() -> browser.post("/search/cancel", Map.of("_csrf", token, "id", id), htmx("list"))
                    .expect(204));
        }
        return rows;
    }

    /** The stream that an open page listens to, once the watch of the mailbox has begun. */
    EventStream events(String mailbox) throws IOException {
        EventStream events = browser.events("/events?mailbox=" + mailbox);
        events.await("data:live");
        return events;
    }

    /** @return octets of the file */
    long download(String mailbox, String ref, String part, LongConsumer progress) throws IOException {
        return browser.download("/mailboxes/" + mailbox + "/messages/" + ref + "/parts/" + part, progress)
                .expect(200)
                .octets();
    }

    /** The editor, one file, the button; until the page after it stands. */
    void send(String to, String subject, byte[] file) throws IOException {
        Page editor = whole("/compose");
        Page row = browser.upload("/compose/files", Map.of("_csrf", token), "attachments", file, htmx("sheet"))
                .expect(200);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("_csrf", token);
        form.put("mode", "new");
        form.put("original", "");
        form.put("id", editor.between("name=\"id\" value=\"", "\""));
        form.put("to", to);
        form.put("subject", subject);
        form.put("text", "Here it is.\r\n");
        form.put("file", row.between("name=\"file\" value=\"", "\""));
        form.put("action", "send");
        Page answer = browser.upload("/compose", form);
        if (!answer.redirects()) {
            throw new IllegalStateException("sending answered " + answer.status());
        }
        if (!whole(answer.header("Location")).text().contains("toast-ok")) {
            throw new IllegalStateException("the page does not say that the message was sent");
        }
    }

    private Page part(String path, String target) throws IOException {
        return browser.get(path, htmx(target)).expect(200);
    }

    private String[] htmx(String target) {
        return new String[] {
            "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#" + target, "X-CSRF-TOKEN", token
        };
    }

    @Override
    public void close() {
        browser.close();
    }
}
