package org.palomar.bench;

import static org.palomar.bench.Operations.one;

import java.io.IOException;
import java.util.List;

/** Reading messages and their files. */
final class MessageOperations {

    private final Site site;

    MessageOperations(Site site) {
        this.site = site;
    }

    List<Operation> all() throws IOException {
        long small = site.uid("INBOX", Corpus.SMALL);
        long news = site.uid("INBOX", Corpus.NEWSLETTER);
        long large = site.uid("INBOX", Corpus.LARGE);
        return List.of(
                open("open.small", "open a small message", small, "1", Corpus.SMALL),
                open("open.news", "open a newsletter of 140 KB", news, "2", Corpus.NEWSLETTER),
                open("open.large", "open the message with 20 MB", large, "1", Corpus.LARGE),
                Operation.of("download", "download 20 MB")
                        .in("INBOX")
                        .gives(site.large())
                        .times(10)
                        .floor((imap, _) -> imap.run("UID FETCH " + large + " BINARY.PEEK[2]")
                                .octets())
                        .palomar((web, _) -> web.download("INBOX", site.ref("INBOX", large), "2", _ -> {}))
                        .roundcube((web, _) -> web.download("INBOX", String.valueOf(large), "2")));
    }

    private Operation open(String key, String name, long uid, String part, String subject) {
        return Operation.of(key, name)
                .in("INBOX")
                .gives(1)
                .floor((imap, _) -> one(imap.run("UID FETCH " + uid
                                + " (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[" + part + "])")
                        .contains(subject)))
                .palomar((web, _) ->
                        one(web.open("INBOX", site.ref("INBOX", uid)).contains(subject)))
                .roundcube(
                        (web, _) -> one(web.open("INBOX", String.valueOf(uid)).contains(subject)));
    }
}
