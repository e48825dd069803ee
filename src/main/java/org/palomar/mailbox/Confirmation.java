package org.palomar.mailbox;

import java.util.List;
import java.util.Map;
import org.palomar.listing.Sort;
import org.palomar.mail.MailboxName;

/** What {@code mailbox/confirm} asks before something that cannot be undone, for people without JavaScript. */
final class Confirmation {

    private Confirmation() {}

    static Map<String, Object> expunge(MailboxName mailbox, List<String> refs, int page, Sort sort) {
        String segment = mailbox.toSegment();
        return model(
                "expunge",
                "/mailboxes/" + segment + "/actions",
                Map.of(
                        "action",
                        List.of("expunge"),
                        "page",
                        List.of(Integer.toString(page)),
                        "sort",
                        List.of(sort.word()),
                        "dir",
                        List.of(sort.dir()),
                        "ref",
                        refs),
                mailbox.value(),
                refs.size(),
                MailboxReader.url(segment, page, sort));
    }

    /**
     * A question about a whole mailbox.
     *
     * @param question {@code delete}, {@code empty} or {@code trash}: its words
     * @param action last part of the form's path
     */
    static Map<String, Object> mailbox(
            String question, String action, MailboxName mailbox, String name, long count, String back) {
        String path = "/mailboxes/" + mailbox.toSegment() + "/" + action;
        return model(question, path, Map.of(), name, count, back);
    }

    private static Map<String, Object> model(
            String question, String url, Map<String, List<String>> fields, String name, long count, String back) {
        return Map.of("action", question, "url", url, "fields", fields, "name", name, "count", count, "back", back);
    }
}
