package org.palomar.bench;

import java.io.IOException;
import java.net.Socket;

/** Server-sent events as they come. For one thread. */
final class EventStream implements AutoCloseable {

    private final Socket socket;
    private final HttpInput in;

    EventStream(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new HttpInput(socket.getInputStream());
    }

    /** Reads on until a line is this one. */
    void await(String line) throws IOException {
        while (!in.line().equals(line)) {
            // A beat, the length of a chunk, or news of something else.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
