package org.palomar.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Reads a stream of server-sent events and notes them as {@code name data}. */
public final class EventLog implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int status;
    private final HttpHeaders headers;
    private final InputStream body;
    private final List<String> events = new ArrayList<>();
    private boolean ended;

    EventLog(int status, HttpHeaders headers, InputStream body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    note((name + " " + line.substring(5).strip()).strip());
                }
            }
        } catch (IOException e) {
            note("broken");
        }
        synchronized (this) {
            ended = true;
        }
    }

    private synchronized void note(String event) {
        events.add(event);
    }

    public int status() {
        return status;
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    public synchronized boolean hasEnded() {
        return ended;
    }

    /** Waits until all of these came since the last wait, in any order; forgets everything up to the last of them. */
    public EventLog await(String... wanted) {
        List<String> all = List.of(wanted);
        Awaitility.await(all.toString()).atMost(PATIENCE).until(() -> events().containsAll(all));
        synchronized (this) {
            int last = all.stream().mapToInt(events::indexOf).max().orElse(-1);
            events.subList(0, last + 1).clear();
        }
        return this;
    }

    public void awaitEnd() {
        Awaitility.await("the end").atMost(PATIENCE).until(this::hasEnded);
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
