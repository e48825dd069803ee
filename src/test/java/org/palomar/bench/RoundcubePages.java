package org.palomar.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Roundcube as the script of its own pages uses it: a page once, then JSON, and letters as pages in a frame. */
final class RoundcubePages implements WebMail {

    private static final String ROW = "add_message_row(";
    private static final Pattern UID = Pattern.compile("add_message_row\\((\\d+)");

    private final Browser browser;
    private final int port;
    private final String user;
    private final Set<String> threaded = new HashSet<>();
    private String token;
    private boolean sorted;

    /** Somebody on the sign-in page. */
    RoundcubePages(int port, String user) throws IOException {
        this.browser = new Browser(port);
        this.port = port;
        this.user = user;
        token = browser.get("/").expect(200).between("name=\"_token\" value=\"", "\"");
    }

    static RoundcubePages signedIn(int port, String user) throws IOException {
        RoundcubePages pages = new RoundcubePages(port, user);
        pages.signIn();
        return pages;
    }

    @Override
    public Meter meter() {
        return browser.meter();
    }

    @Override
    public void show(String mailbox, View view) throws IOException {
        listed(mailbox, 1, view);
    }

    /** @return rows of the inbox */
    int signIn() throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("_token", token);
        form.put("_task", "login");
        form.put("_action", "login");
        form.put("_timezone", "Europe/Madrid");
        form.put("_url", "");
        form.put("_user", user);
        form.put("_pass", user.substring(0, user.indexOf('@')));
        Page answer = browser.post("/?_task=login", form).expect(302);
        return whole(path(answer.header("Location")), "INBOX");
    }

    /** Somebody else comes, signs in and leaves; the time is added to this person's. */
    int another() throws IOException {
        try (RoundcubePages other = new RoundcubePages(port, user)) {
            other.meter().reset();
            int rows = other.signIn();
            meter().add(other.meter());
            other.signOut();
            return rows;
        }
    }

    @Override
    public void signOut() throws IOException {
        browser.get("/?_task=logout&_token=" + token);
    }

    /** The page around the list, which then asks for the rows. */
    int mailbox(String mailbox) throws IOException {
        return whole("/?_task=mail&_mbox=" + mailbox, mailbox);
    }

    private int whole(String path, String mailbox) throws IOException {
        token = browser.get(path).expect(200).between("\"request_token\":\"", "\"");
        int rows = listed(mailbox, 1, View.ARRIVAL).count(ROW);
        browser.aside(() -> ask("getunread&_page=1"));
        return rows;
    }

    /** @return rows; of conversations with all their messages */
    int list(String mailbox, int page, View view) throws IOException {
        return listed(mailbox, page, view).count(ROW);
    }

    private Page listed(String mailbox, int page, View view) throws IOException {
        StringBuilder query = new StringBuilder("list&_layout=widescreen&_mbox=" + mailbox);
        query.append("&_page=").append(page).append(page > 1 ? "" : "&_refresh=1");
        // The server remembers both, so that the script says only what changes.
        if (sorted != (view == View.SENDER)) {
            sorted = !sorted;
            query.append(sorted ? "&_sort=from_ASC" : "&_sort=_DESC");
        }
        if (view == View.THREADS ? threaded.add(mailbox) : threaded.remove(mailbox)) {
            query.append(view == View.THREADS ? "&_threads=1" : "&_threads=0");
        }
        Page answer = ask(query.toString());
        if (!answer.text().contains("\"current_page\":" + page + ",")
                || !answer.text().contains("\"threading\":" + (view == View.THREADS))) {
            throw new IllegalStateException("not page " + page + " as " + view + ": "
                    + answer.text().substring(0, Math.min(500, answer.text().length())));
        }
        return answer;
    }

    @Override
    public List<String> messages(String mailbox, int page) throws IOException {
        return UID.matcher(listed(mailbox, page, View.ARRIVAL).text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public void read(String mailbox, String message) throws IOException {
        if (!open(mailbox, message).contains("\"uid\":\"" + message + "\"")) {
            throw new IllegalStateException("another message than " + message);
        }
    }

    /** The message beside the list. */
    String open(String mailbox, String uid) throws IOException {
        return browser.get("/?_task=mail&_action=preview&_framed=1&_mbox=" + mailbox + "&_uid=" + uid)
                .expect(200)
                .text();
    }

    /** @return octets of the file */
    long download(String mailbox, String uid, String part) throws IOException {
        return browser.get("/?_task=mail&_action=get&_download=1&_mbox=" + mailbox + "&_uid=" + uid + "&_part=" + part
                        + "&_token=" + token)
                .expect(200)
                .octets();
    }

    /**
     * Searches a mailbox; the answer comes when all of it was searched.
     *
     * @param where {@code subject} or {@code body}
     * @return rows, a page at most
     */
    int search(String mailbox, String where, String words) throws IOException {
        return ask("search&_layout=widescreen&_filter=ALL&_scope=base&_interval=&_mbox=" + mailbox + "&_headers="
                        + where + "&_q=" + words)
                .count(ROW);
    }

    /** @param flag {@code read} or {@code flagged} */
    int mark(String mailbox, List<Long> uids, String flag) throws IOException {
        return act("mark", mailbox, Site.set(uids), "_flag", flag);
    }

    /** @param uids {@code *} for all of them */
    int move(String mailbox, String uids, String target) throws IOException {
        return act("move", mailbox, uids, "_target_mbox", target);
    }

    private int act(String action, String mailbox, String uids, String name, String value) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put(name, value);
        form.put("_uid", uids);
        form.put("_mbox", mailbox);
        form.put("_remote", "1");
        form.put("_unlock", "loading1");
        Page answer =
                browser.post("/?_task=mail&_action=" + action, form, script()).expect(200);
        return answer.text().contains("\\\"error\\\"") ? 0 : 1;
    }

    /** The editor, one file, the button; until the page is told that it was sent. */
    void send(String to, String subject, byte[] file) throws IOException {
        Page editor = browser.get("/?_task=mail&_action=compose");
        if (editor.redirects()) {
            editor = browser.get(path(editor.header("Location")));
        }
        String id = editor.expect(200).between("\"compose_id\":\"", "\"");
        String from = editor.text().substring(editor.text().indexOf("name=\"_from\""));
        Page uploaded = browser.upload(
                        "/?_task=mail&_action=upload&_remote=1&_from=compose&_uploadid=upload1&_id=" + id,
                        Map.of(),
                        "_attachments[]",
                        file,
                        script())
                .expect(200);
        if (!uploaded.text().contains("add2attachment_list")) {
            throw new IllegalStateException("uploading answered " + uploaded.text());
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("_token", token);
        form.put("_task", "mail");
        form.put("_action", "send");
        form.put("_id", id);
        form.put("_attachments", "");
        form.put("_from", from.substring(from.indexOf("value=\"") + 7).split("\"", 2)[0]);
        form.put("_to", to);
        form.put("_subject", subject);
        form.put("_is_html", "0");
        form.put("_framed", "1");
        form.put("_store_target", "Sent");
        form.put("_message", "Here it is.\r\n");
        Page answer = browser.post("/?_task=mail&_unlock=loading2&_framed=1&_lang=en_US", form)
                .expect(200);
        if (!answer.text().contains("sent_successfully")) {
            throw new IllegalStateException("sending answered " + answer.text());
        }
    }

    /** @param action with its parameters */
    private Page ask(String action) throws IOException {
        return browser.get("/?_task=mail&_action=" + action + "&_remote=1&_unlock=loading1", script())
                .expect(200);
    }

    private String[] script() {
        return new String[] {"X-Requested-With", "XMLHttpRequest", "X-Roundcube-Request", token};
    }

    private static String path(String location) {
        return location.startsWith("./") ? location.substring(1) : location;
    }

    @Override
    public void close() {
        browser.close();
    }
}
