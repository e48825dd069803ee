package org.palomar.threads;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Uid;

/**
 * Messages of one mailbox that belong together.
 *
 * @param messages the newest first, at least one
 */
public record Conversation(List<Message> messages) {

    public Conversation {
        messages = List.copyOf(messages);
    }

    public Uid newest() {
        return messages.getFirst().uid();
    }

    public List<Uid> uids() {
        return messages.stream().map(Message::uid).toList();
    }

    /** @param author what the author is called; empty for the person whose mailbox it is, null when unknown */
    public record Message(Uid uid, @Nullable String author) {}
}
