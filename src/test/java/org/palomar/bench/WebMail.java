package org.palomar.bench;

import java.io.IOException;
import java.util.List;

/** What a crowd needs of a web-mail. */
sealed interface WebMail extends Contestant permits PalomarPages, RoundcubePages {

    /** Lets somebody in. */
    @FunctionalInterface
    interface Door {
        /** @return that person, with the inbox on the screen */
        WebMail signIn(String user) throws IOException;
    }

    /** A page of a mailbox; what its messages are called there. */
    List<String> messages(String mailbox, int page) throws IOException;

    /** Opens a message; another one in its place is a failure. */
    void read(String mailbox, String message) throws IOException;

    void signOut() throws IOException;
}
