package org.palomar.mailbox;

import java.util.List;
import org.palomar.mail.MailboxName;

/**
 * A question before something that cannot be undone, for people without JavaScript and for plain links.
 *
 * @param key message keys {@code confirm.<key>.title}, {@code .text} and {@code .button}
 * @param args arguments of the texts, untrusted
 * @param action path of the form
 * @param fields hidden fields of the form
 * @param cancel path of the way back
 */
public record Confirmation(String key, List<String> args, String action, List<Field> fields, String cancel) {

    /** One hidden field. */
    public record Field(String name, String value) {}

    static Confirmation expunge(String segment, List<String> refs, int page) {
        List<Field> fields = new java.util.ArrayList<>();
        fields.add(new Field("action", "expunge"));
        fields.add(new Field("page", Integer.toString(page)));
        refs.forEach(ref -> fields.add(new Field("ref", ref)));
        return new Confirmation(
                "expunge",
                List.of(Integer.toString(refs.size())),
                "/mailboxes/" + segment + "/actions",
                fields,
                MailboxReader.url(segment, page));
    }

    static Confirmation mailbox(String key, String action, MailboxName mailbox) {
        String path = "/mailboxes/" + mailbox.toSegment() + "/" + action;
        return new Confirmation(key, List.of(mailbox.value()), path, List.of(), "/mailboxes");
    }
}
