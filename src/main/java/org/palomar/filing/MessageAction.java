package org.palomar.filing;

import java.util.Locale;
import java.util.stream.Stream;
import org.palomar.web.NotFoundException;

/** What a person can do with selected messages; {@link #word} is the form's value. */
public enum MessageAction {
    READ,
    UNREAD,
    FLAG,
    UNFLAG,
    ARCHIVE,
    JUNK,
    NOTJUNK,
    DELETE,
    EXPUNGE,
    MOVE,
    COPY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the messages leave the mailbox. */
    public boolean removes() {
        return switch (this) {
            case ARCHIVE, JUNK, NOTJUNK, DELETE, EXPUNGE, MOVE -> true;
            case READ, UNREAD, FLAG, UNFLAG, COPY -> false;
        };
    }

    public static MessageAction of(String word) {
        return Stream.of(values())
                .filter(action -> action.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("error.404.text"));
    }
}
