package org.palomar.bench;

import java.io.IOException;

/** One signed-in person on one of the compared systems. For one thread. */
sealed interface Contestant extends AutoCloseable permits RawImap, WebMail {

    Meter meter();

    /** Brings the mailbox on the screen, up to date; not part of any measurement. */
    void show(String mailbox, View view) throws IOException;

    @Override
    void close() throws IOException;
}
