package org.palomar.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Many people at once, each looking at a page of the inbox and then opening one of its messages, without a pause. */
final class Load {

    /** @param failed operations that had no right answer */
    record Result(int people, double seconds, Samples list, Samples open, int failed) {

        double perSecond() {
            return (list.count() + open.count()) / seconds;
        }
    }

    private Load() {}

    /** Everybody signs in and walks for {@code warm} seconds unseen, then for {@code seconds}. */
    static Result run(WebMail.Door door, int crowd, int warm, int seconds) throws IOException {
        List<WebMail> people = new ArrayList<>();
        for (int i = 1; i <= crowd; i++) {
            people.add(door.signIn(Site.person(i)));
        }
        walk(people, warm);
        Result result = walk(people, seconds);
        for (WebMail person : people) {
            person.signOut();
            person.close();
        }
        return result;
    }

    private static Result walk(List<WebMail> people, int seconds) {
        List<Samples> lists = new ArrayList<>();
        List<Samples> opens = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        for (int i = 0; i < people.size(); i++) {
            WebMail person = people.get(i);
            Random random = new Random(i);
            Samples list = new Samples();
            Samples open = new Samples();
            lists.add(list);
            opens.add(open);
            threads.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    try {
                        step(person, random, list, open);
                    } catch (IOException | RuntimeException e) {
                        if (failed.incrementAndGet() < 4) {
                            System.err.println("failed: " + e);
                        }
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Samples list = new Samples();
        lists.forEach(list::addAll);
        Samples open = new Samples();
        opens.forEach(open::addAll);
        return new Result(people.size(), (System.nanoTime() - start) / 1e9, list, open, failed.get());
    }

    private static void step(WebMail person, Random random, Samples list, Samples open) throws IOException {
        person.meter().reset();
        List<String> messages = person.messages("INBOX", 1 + random.nextInt(4));
        list.add(person.meter().millis());
        person.meter().reset();
        person.read("INBOX", messages.get(random.nextInt(messages.size())));
        open.add(person.meter().millis());
    }
}
