package org.palomar.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.palomar.testing.Servers;

/** The servers with their mail, and hands that put things back between samples. For one thread. */
final class Site implements AutoCloseable {

    static final String PERSON = "alice@palomar.example";
    static final String FRIEND = "dan@palomar.example";

    /** The mailbox whose size one chooses. */
    static final String BIG = "Big";

    /** Where messages are marked and moved, and where they are moved to. */
    static final String WORK = "Work";

    static final String DONE = "Done";

    /** What is moved as a whole: {@link #FEW} messages. */
    static final String HALF = "Half";

    static final int FEW = 500;
    private static final int SOME = 1_000;

    private final DovecotServer dovecot;
    private final PostfixServer postfix;
    private final int messages;
    private final int crowd;
    private final int large;
    private RawImap hands;

    /**
     * Starts the servers and writes the mail.
     *
     * @param messages in {@link #BIG}
     * @param crowd people besides
     * @param large octets of the one large file
     */
    Site(int messages, int crowd, int large) throws IOException {
        this.messages = messages;
        this.crowd = crowd;
        this.large = large;
        int most = Math.min(SOME, messages);
        dovecot = DovecotServer.builder()
                .lmtp()
                .auth()
                .maxConnections(50)
                .crowd(crowd)
                .start();
        postfix = Servers.find("postfix") != null
                        && System.getProperty("user.name").equals("root")
                ? PostfixServer.start(dovecot)
                : null;
        dovecot.fill(PERSON, "INBOX", new Corpus(PERSON, most, 1, large));
        dovecot.fill(PERSON, BIG, new Corpus(PERSON, messages, 2, 0));
        dovecot.fill(PERSON, WORK, new Corpus(PERSON, most, 3, 0));
        dovecot.fill(PERSON, HALF, new Corpus(PERSON, half(), 4, 0));
        dovecot.fill(PERSON, DONE, List.of());
        for (int i = 1; i <= crowd; i++) {
            dovecot.fill(person(i), "INBOX", new Corpus(person(i), Math.min(300, messages), 10 + i, 0));
        }
        hands = RawImap.signedIn(dovecot.port(), PERSON);
        // A server in use has read every message once.
        for (String mailbox : List.of("INBOX", BIG, WORK, HALF)) {
            read(hands, mailbox);
        }
        for (int i = 1; i <= crowd; i++) {
            try (RawImap imap = RawImap.signedIn(dovecot.port(), person(i))) {
                read(imap, "INBOX");
            }
        }
    }

    private static void read(RawImap imap, String mailbox) throws IOException {
        imap.select(mailbox);
        for (long from = 1; from <= imap.exists(); from += 10_000) {
            imap.run("FETCH " + from + ":" + Math.min(imap.exists(), from + 9_999) + " " + RawImap.ROW);
        }
    }

    static String person(int number) {
        return "p" + number + "@palomar.example";
    }

    int messages() {
        return messages;
    }

    /** In {@link #HALF}. */
    int half() {
        return Math.min(FEW, messages);
    }

    int crowd() {
        return crowd;
    }

    int large() {
        return large;
    }

    int imapPort() {
        return dovecot.port();
    }

    boolean canSend() {
        return postfix != null;
    }

    int submissionPort() {
        return postfix.port();
    }

    /** Settings for a Palomar in front of these servers. */
    List<String> settings(int imapPort) {
        List<String> settings = new ArrayList<>(
                List.of("palomar.imap.host=127.0.0.1", "palomar.imap.port=" + imapPort, "palomar.imap.security=plain"));
        settings.add("palomar.own-servers.networks=127.0.0.1");
        if (canSend()) {
            settings.addAll(List.of(
                    "palomar.smtp.host=127.0.0.1",
                    "palomar.smtp.port=" + submissionPort(),
                    "palomar.smtp.security=plain"));
        }
        return settings;
    }

    /** The UID of the newest message with this subject. */
    long uid(String mailbox, String subject) throws IOException {
        hands.show(mailbox, View.ARRIVAL);
        return hands.run("UID SEARCH SUBJECT \"" + subject + "\"").uids().getLast();
    }

    String ref(String mailbox, long uid) throws IOException {
        return hands.select(mailbox).number("UIDVALIDITY (\\d+)") + "." + uid;
    }

    /** UIDs of the newest messages, ascending. */
    List<Long> newest(String mailbox, int count) throws IOException {
        hands.show(mailbox, View.ARRIVAL);
        List<Long> uids = hands.run("UID SEARCH ALL").uids();
        return uids.subList(uids.size() - count, uids.size());
    }

    /** Takes a flag off the newest messages. */
    List<Long> unflagged(String mailbox, int count, String flag) throws IOException {
        List<Long> uids = newest(mailbox, count);
        hands.run("UID STORE " + set(uids) + " -FLAGS.SILENT (" + flag + ")");
        return uids;
    }

    /** How many of these carry a flag. */
    int flagged(String mailbox, List<Long> uids, String key) throws IOException {
        hands.show(mailbox, View.ARRIVAL);
        return hands.run("UID SEARCH UID " + set(uids) + " " + key).uids().size();
    }

    /** Moves back what is in another mailbox; how much that was. */
    int back(String from, String to) throws IOException {
        hands.show(from, View.ARRIVAL);
        List<Long> uids = hands.run("UID SEARCH ALL").uids();
        if (!uids.isEmpty()) {
            hands.run("UID MOVE " + set(uids) + " \"" + to + "\"");
        }
        return uids.size();
    }

    /** One more message. */
    void touch(String mailbox) throws IOException {
        byte[] message =
                ("From: carol@palomar.example\r\nTo: " + PERSON + "\r\nSubject: one more\r\n\r\nHere.\r\n").getBytes();
        hands.append(mailbox, "\\Seen", message);
    }

    static String set(List<Long> uids) {
        return String.join(",", uids.stream().map(String::valueOf).toList());
    }

    @Override
    public void close() throws IOException {
        hands.close();
        if (postfix != null) {
            postfix.close();
        }
        dovecot.close();
    }
}
