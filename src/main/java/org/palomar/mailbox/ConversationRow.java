package org.palomar.mailbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Flags;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.threads.Conversation;

/**
 * What a list shows of a conversation besides its newest message.
 *
 * @param selection {@code uidvalidity.uid.uid…}, the newest first: what is ticked is exactly what is shown
 * @param url path of the conversation's page
 * @param people who wrote, in the order of their first message; empty when nobody is known
 * @param unread whether any message is
 * @param flagged whether any message is
 */
public record ConversationRow(
        String selection, String url, List<Who> people, int count, boolean unread, boolean flagged) {

    /** The first who wrote, and the last two. */
    private static final int MOST_PEOPLE = 3;

    /**
     * Someone who wrote.
     *
     * @param name empty for the reader
     * @param unread whether something of theirs is
     * @param gap whether others who wrote are left out before them
     */
    public record Who(String name, boolean unread, boolean gap) {}

    /** @param flags of the messages as far as they were asked for */
    static ConversationRow of(Conversation conversation, MessageRef newest, Map<Uid, Flags> flags) {
        return new ConversationRow(
                MessageRef.keys(newest.uidValidity(), conversation.uids()),
                "/mailboxes/" + newest.mailbox().toSegment() + "/conversations/" + newest.key(),
                people(conversation, flags),
                conversation.messages().size(),
                conversation.uids().stream().anyMatch(uid -> isUnread(flags.get(uid))),
                conversation.uids().stream()
                        .map(uid -> flags.getOrDefault(uid, Flags.NONE))
                        .anyMatch(Flags::flagged));
    }

    private static List<Who> people(Conversation conversation, Map<Uid, Flags> flags) {
        Map<String, Boolean> unread = new LinkedHashMap<>();
        for (Conversation.Message message : conversation.messages().reversed()) {
            if (message.author() != null) {
                unread.merge(message.author(), isUnread(flags.get(message.uid())), Boolean::logicalOr);
            }
        }
        List<Who> people = new ArrayList<>();
        int left = Math.max(0, unread.size() - MOST_PEOPLE);
        int place = 0;
        for (Map.Entry<String, Boolean> each : unread.entrySet()) {
            if (place == 0 || place > left) {
                people.add(new Who(each.getKey(), each.getValue(), left > 0 && place == left + 1));
            }
            place++;
        }
        return people;
    }

    private static boolean isUnread(@Nullable Flags flags) {
        return flags != null && !flags.seen();
    }
}
