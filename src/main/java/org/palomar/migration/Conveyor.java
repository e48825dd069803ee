package org.palomar.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Reads messages ahead while others are stored, so that neither server waits for the other. For one thread, that which stores. */
final class Conveyor implements AutoCloseable {

    /** Messages of a batch. */
    private static final int BATCH = 50;

    /** KB of all messages that were read ahead. */
    private static final int ROOM = 64 * 1024;

    private static final int BATCH_OCTETS = 8 * 1024 * 1024;

    private final Source source;
    private final List<Item> todo;
    private final BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(2 * BATCH);
    private final Semaphore room = new Semaphore(ROOM);
    private final Thread reader;
    private volatile boolean closed;
    private @Nullable Arrival ahead;

    /** What the reader hands over: a message, the end, or why there is no more. */
    private record Arrival(@Nullable Cargo cargo, @Nullable RuntimeException end) {}

    Conveyor(Source source, List<Item> todo) {
        this.source = source;
        this.todo = todo;
        this.reader = Thread.ofVirtual().name("migration-reader").start(this::read);
    }

    private void read() {
        RuntimeException end = null;
        try {
            for (Item item : todo) {
                room.acquire(weight(item));
                if (closed) {
                    return;
                }
                queue.put(new Arrival(read(item), null));
            }
        } catch (InterruptedException e) {
            return;
        } catch (RuntimeException e) {
            end = e;
        }
        try {
            queue.put(new Arrival(null, end));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Cargo read(Item item) {
        Spooled spooled = new Spooled();
        boolean kept = false;
        try {
            Letter letter = source.read(item, spooled);
            kept = true;
            return new Cargo(item, spooled, spooled.digest(), letter, null);
        } catch (SourceException failure) {
            if (failure.reason() != SourceException.Reason.MESSAGE) {
                throw failure;
            }
            return new Cargo(item, spooled, "", Letter.BARE, failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!kept) {
                spooled.close();
            }
        }
    }

    private static int weight(Item item) {
        return Math.clamp(item.octets() / 1_024, 1, ROOM);
    }

    /**
     * The next messages to store, in their order; none at the end. {@link #done} takes them back.
     *
     * @throws RuntimeException what the source threw, after everything that was read before
     */
    List<Cargo> next() {
        List<Cargo> batch = new ArrayList<>();
        long octets = 0;
        try {
            while (batch.size() < BATCH && octets < BATCH_OCTETS) {
                Arrival arrival = ahead != null ? ahead : batch.isEmpty() ? queue.take() : queue.poll();
                if (arrival == null) {
                    return batch;
                }
                ahead = arrival.cargo() == null ? arrival : null;
                if (arrival.cargo() != null) {
                    batch.add(arrival.cargo());
                    octets += arrival.cargo().spooled().octets();
                } else if (batch.isEmpty() && arrival.end() != null) {
                    throw arrival.end();
                } else {
                    return batch;
                }
            }
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(SourceException.Reason.LOST, "interrupted", e);
        }
    }

    /** Forgets what was stored. */
    void done(List<Cargo> batch) {
        for (Cargo cargo : batch) {
            cargo.spooled().close();
            room.release(weight(cargo.item()));
        }
    }

    /** Ends the reading, once the message that is being read has come. */
    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        try {
            while (reader.isAlive()) {
                drain();
                reader.join(Duration.ofMillis(50));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drain();
    }

    private void drain() {
        for (Arrival arrival = queue.poll(); arrival != null; arrival = queue.poll()) {
            if (arrival.cargo() != null) {
                arrival.cargo().spooled().close();
            }
        }
    }
}
