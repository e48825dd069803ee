package org.palomar.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.RawPop3;
import org.palomar.testing.Visitor;

/** Mail brought home from POP3, beside a plain loop that brings it on two bare connections and looks at nothing again. */
final class Homecoming {

    private static final List<String> PEOPLE = List.of("dan", "erin", "fay");

    private Homecoming() {}

    /** What is to be printed; the first of three rounds does not count. */
    static String run(Site site, int port, int messages) throws IOException {
        try (DovecotServer old =
                DovecotServer.builder().pop3().maxConnections(50).start()) {
            for (String person : PEOPLE) {
                old.fill(person + "@palomar.example", "INBOX", new Corpus(Site.PERSON, messages, 77, 0));
            }
            Samples plain = new Samples();
            Samples palomar = new Samples();
            for (String person : PEOPLE) {
                double loop = loop(site, old, person);
                double ours = palomar(port, old, person, messages);
                if (!person.equals(PEOPLE.getFirst())) {
                    plain.add(messages / loop);
                    palomar.add(messages / ours);
                }
            }
            return String.format(
                    Locale.ROOT,
                    "Mail brought home from POP3, %,d messages: %.0f messages a second, each read back and compared; a plain loop of RETR and"
                            + " APPEND: %.0f; %.2f of it%n%n",
                    messages,
                    palomar.median(),
                    plain.median(),
                    palomar.median() / plain.median());
        }
    }

    /** Seconds. */
    private static double loop(Site site, DovecotServer old, String person) throws IOException {
        try (RawPop3 from = new RawPop3(old.pop3Port(), person + "@palomar.example", person);
                RawImap to = RawImap.signedIn(site.imapPort(), Site.PERSON)) {
            to.run("CREATE \"Loop " + person + "\"");
            int count = from.count();
            long begun = System.nanoTime();
            for (int n = 1; n <= count; n++) {
                to.append("Loop " + person, "", from.message(n));
            }
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    /** Seconds, from the button to the report. */
    private static double palomar(int port, DovecotServer old, String person, int messages) {
        try (Visitor alice = new Visitor(port).signedIn("alice")) {
            alice.post(
                    "migration/look",
                    "kind",
                    "pop3",
                    "host",
                    "127.0.0.1",
                    "port",
                    String.valueOf(old.pop3Port()),
                    "security",
                    "plain",
                    "username",
                    person + "@palomar.example",
                    "password",
                    person);
            long begun = System.nanoTime();
            String journey = alice.post("migration", "how", "copy", "target", "", "name", "Home " + person)
                    .header("Location")
                    .replaceFirst("^https?://[^/]+", "")
                    .replaceFirst("^/", "");
            while (true) {
                var page = alice.get(journey).html();
                if (page.select("[data-testid=journey]").attr("data-state").equals("done")) {
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    String all = String.format(Locale.ROOT, "%,d of %,d identical", messages, messages);
                    if (!page.select("[data-testid=report-verified]").text().equals(all)) {
                        throw new IllegalStateException(page.text());
                    }
                    return seconds;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }
}
