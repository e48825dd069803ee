package org.palomar.bench;

import static org.palomar.bench.Site.FRIEND;
import static org.palomar.bench.Site.PERSON;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.palomar.bench.RawImap.Reply;

/** What is measured. */
final class Operations {

    /** On a page. */
    static final int ROWS = 50;

    private final Site site;
    private final byte[] file;

    Operations(Site site) {
        this.site = site;
        this.file = random(site.large() / 4);
    }

    List<Operation> all() throws IOException {
        List<Operation> all = new ArrayList<>();
        all.addAll(new ListOperations(site).all());
        all.addAll(new MessageOperations(site).all());
        all.addAll(new ActionOperations(site).all());
        all.addAll(new SearchOperations().all());
        all.add(Operation.of("sign-in", "sign in, until the inbox stands")
                .gives(ROWS)
                .floor(this::signIn)
                .palomar((web, _) -> web.another())
                .roundcube((web, _) -> web.another()));
        if (site.canSend()) {
            all.add(Operation.of("send", "write and send with 5 MB")
                    .times(10)
                    .gives(1)
                    .floor(this::send)
                    .palomar((web, i) -> {
                        web.send(FRIEND, "five " + i, file);
                        return 1;
                    })
                    .roundcube((web, i) -> {
                        web.send(FRIEND, "five " + i, file);
                        return 1;
                    }));
        }
        return all;
    }

    private long signIn(RawImap imap, int sample) throws IOException {
        try (RawImap fresh = new RawImap(site.imapPort())) {
            fresh.run(RawImap.login(PERSON));
            Reply inbox = fresh.run("LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)", "SELECT INBOX");
            long high = inbox.number("^\\* (\\d+) EXISTS");
            int rows = fresh.run("FETCH " + (high - ROWS + 1) + ":* " + RawImap.ROW)
                    .rows();
            imap.meter().add(fresh.meter());
            return rows;
        }
    }

    private long send(RawImap imap, int sample) throws IOException {
        String head = "From: " + PERSON + "\r\nTo: " + FRIEND + "\r\nSubject: five " + sample
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"mix\"\r\n\r\n--mix\r\n"
                + "Content-Type: text/plain\r\n\r\nHere it is.\r\n--mix\r\nContent-Type: application/octet-stream; name=five.bin\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n";
        byte[] message = (head + Base64.getMimeEncoder().encodeToString(file) + "\r\n--mix--")
                .getBytes(StandardCharsets.US_ASCII);
        RawSmtp.send(site.submissionPort(), PERSON, FRIEND, message, imap.meter());
        imap.append("Sent", "\\Seen", message);
        return 1;
    }

    /** What a step gives that says yes or no. */
    static int one(boolean right) {
        return right ? 1 : 0;
    }

    private static byte[] random(int octets) {
        byte[] bytes = new byte[octets];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
