package org.palomar.mailbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.listing.Sort;
import org.palomar.mail.MailboxName;

/** What {@code mailbox/confirm} asks before something that cannot be undone, for people without JavaScript. */
final class Confirmation {

    private Confirmation() {}

    /** @param whole the whole mailbox where that is meant, or null for these messages */
    static Map<String, Object> expunge(
            MailboxName mailbox, List<String> refs, @Nullable WholeMailbox whole, int page, Sort sort) {
        String segment = mailbox.toSegment();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("action", List.of("expunge"));
        fields.put("page", List.of(Integer.toString(page)));
        fields.put("sort", List.of(sort.word()));
        fields.put("dir", List.of(sort.dir()));
        fields.put("ref", refs);
        if (whole != null) {
            fields.put("scope", List.of("all"));
            fields.put("shown", List.of(Integer.toString(refs.size())));
            fields.put("uidvalidity", List.of(whole.uidValidity().toString()));
            fields.put("newest", List.of(whole.newest().toString()));
            fields.put("total", List.of(Integer.toString(whole.total())));
        }
        return model(
                "expunge",
                "/mailboxes/" + segment + "/actions",
                fields,
                mailbox.value(),
                whole == null ? refs.size() : whole.total(),
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
