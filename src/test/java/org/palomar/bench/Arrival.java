package org.palomar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/**
 * New mail for somebody with a page open: from the moment at which the mail server tells an idling bare connection of it, until the
 * list with the message in it has come to the browser.
 */
final class Arrival {

    private Arrival() {}

    static Samples run(Site site, int port, int times) throws IOException {
        Samples samples = new Samples();
        try (PalomarPages page = PalomarPages.signedIn(port, Site.PERSON);
                RawImap idle = RawImap.signedIn(site.imapPort(), Site.PERSON);
                EventStream events = page.events("INBOX")) {
            idle.select("INBOX");
            for (int i = 0; i < times; i++) {
                String newest = page.messages("INBOX", 1).getFirst();
                idle.run("NOOP");
                CompletableFuture<Long> told = CompletableFuture.supplyAsync(() -> told(idle));
                site.touch("INBOX");
                do {
                    events.await("event:arrived");
                } while (page.messages("INBOX", 1).getFirst().equals(newest));
                long shown = System.nanoTime();
                samples.add((shown - told.join()) / 1e6);
                idle.done();
            }
        }
        return samples;
    }

    private static long told(RawImap idle) {
        try {
            idle.idleUntilExists();
            return System.nanoTime();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
