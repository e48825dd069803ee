package org.palomar.bench;

import java.io.IOException;

/** One signed-in person on one of the compared systems. For one thread. */
interface Contestant extends AutoCloseable {

    Meter meter();

    /** Brings the mailbox on the screen, up to date; not part of any measurement. */
    void show(String mailbox) throws IOException;

    @Override
    void close() throws IOException;
}
