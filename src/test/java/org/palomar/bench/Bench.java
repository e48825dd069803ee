package org.palomar.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.Product;
import org.palomar.testing.Servers;

/**
 * Measures operations on Palomar and on bare IMAP against the same Dovecot, sample by sample in turn, so that whatever else
 * the machine does hits both. See {@code bench/README.md}.
 */
final class Bench {

    /** Lines that are commands; what else a client sends are literals. */
    private static final Pattern COMMAND = Pattern.compile(
            "(NOOP|CAPABILITY|ID|LOGIN|AUTHENTICATE|ENABLE|LIST|LSUB|NAMESPACE|SELECT|EXAMINE|UNSELECT|STATUS|FETCH|STORE|APPEND"
                    + "|SEARCH|SORT|THREAD|COPY|MOVE|IDLE|NOTIFY|LOGOUT|UID [A-Z]+)( .*)?");

    private final Site site;
    private final List<Operation> operations;
    private final int samples;

    /** @param only keys, or beginnings of keys; none for all */
    Bench(Site site, List<String> only, int samples) throws IOException {
        this.site = site;
        this.samples = samples;
        this.operations = new Operations(site)
                .all().stream()
                        .filter(each -> only.isEmpty() || only.stream().anyMatch(each.key()::startsWith))
                        .toList();
    }

    /** What the command line says. */
    record Options(
            int messages,
            int samples,
            List<String> only,
            int warm,
            int crowd,
            int seconds,
            Path jar,
            List<String> jvm) {

        static Options parse(String... arguments) {
            Map<String, String> given = new LinkedHashMap<>();
            for (int i = 0; i < arguments.length; i += 2) {
                if (!arguments[i].matches("--(messages|samples|only|warm|people|seconds|jar|jvm)")
                        || i + 1 == arguments.length) {
                    throw new IllegalArgumentException(
                            "bench/README.md lists the options; " + arguments[i] + " is none");
                }
                given.put(arguments[i].substring(2), arguments[i + 1]);
            }
            return new Options(
                    Integer.parseInt(given.getOrDefault("messages", "10000")),
                    Integer.parseInt(given.getOrDefault("samples", "20")),
                    words(given.get("only"), ","),
                    Integer.parseInt(given.getOrDefault("warm", "150")),
                    Integer.parseInt(given.getOrDefault("people", "50")),
                    Integer.parseInt(given.getOrDefault("seconds", "10")),
                    Path.of(given.getOrDefault("jar", "target/palomar.jar")),
                    words(given.get("jvm"), " "));
        }

        private static List<String> words(String text, String separator) {
            return text == null ? List.of() : List.of(text.split(separator));
        }
    }

    public static void main(String... arguments) throws IOException {
        Options options = Options.parse(arguments);
        say("writing %,d messages and %d people's inboxes …", options.messages, options.crowd);
        try (Site site = new Site(options.messages, options.crowd, 20 << 20)) {
            Bench bench = new Bench(site, options.only, options.samples);
            StringBuilder after = new StringBuilder();
            Map<Operation, Report.Row> rows;
            try (ProductProcess product =
                    new ProductProcess(options.jar, options.jvm, site.settings(site.imapPort()))) {
                rows = bench.time(product.port(), options.warm, product::cpu);
                if (options.only.isEmpty()) {
                    say("memory …");
                    after.append(String.format(
                            Locale.ROOT,
                            "Heap growth while downloading 20 MB: %.1f MB%n",
                            bench.heapGrowth(product) / 1e6));
                }
                if (options.crowd > 0 && (options.only.isEmpty() || options.only.contains("load"))) {
                    say("%d people …", options.crowd);
                    after.append('\n').append(Report.load(Load.run(product.port(), site, 5, options.seconds)));
                }
            }
            say("counting …");
            List<Report.Row> counted = bench.count(rows);
            System.out.println(heading(options));
            System.out.println(Report.table(counted));
            System.out.println(after);
        }
        System.exit(0);
    }

    /** Everything once on each system; fails where an answer is wrong. */
    int check(int port) throws IOException {
        try (RawImap imap = RawImap.signedIn(site.imapPort(), Site.PERSON);
                PalomarPages web = PalomarPages.signedIn(port, Site.PERSON)) {
            for (Operation operation : operations) {
                operation.run(imap, 0);
                operation.run(web, 0);
            }
        }
        return operations.size();
    }

    /** The first time in a fresh JVM, then {@code warm} rounds that nobody looks at, then the samples in turn. */
    Map<Operation, Report.Row> time(int port, int warm, LongSupplier cpu) throws IOException {
        Map<Operation, Report.Row> rows = new LinkedHashMap<>();
        try (RawImap imap = RawImap.signedIn(site.imapPort(), Site.PERSON);
                PalomarPages web = PalomarPages.signedIn(port, Site.PERSON)) {
            Map<Operation, Double> first = new LinkedHashMap<>();
            for (Operation operation : operations) {
                operation.run(imap, 0);
                operation.run(web, 0);
                first.put(operation, web.meter().millis());
            }
            warm(port, warm);
            int number = 0;
            for (Operation operation : operations) {
                Samples floor = new Samples();
                Samples palomar = new Samples();
                long used = 0;
                int requests = 0;
                long octets = 0;
                int asides = 0;
                long asideOctets = 0;
                for (int i = -2; i < operation.samples(samples); i++) {
                    number++;
                    operation.run(imap, number);
                    double millis = imap.meter().millis();
                    long before = cpu.getAsLong();
                    operation.run(web, number);
                    if (i >= 0) {
                        used += cpu.getAsLong() - before;
                        floor.add(millis);
                        palomar.add(web.meter().millis());
                    }
                    requests = web.meter().exchanges;
                    octets = web.meter().octets;
                    asides = web.meter().asideExchanges;
                    asideOctets = web.meter().asideOctets;
                }
                say(
                        "%s: %.1f and %.1f ms, at best %.1f and %.1f; %.1f ms of processor",
                        operation.name(),
                        floor.median(),
                        palomar.median(),
                        floor.quantile(0),
                        palomar.quantile(0),
                        used / 1e6 / palomar.count());
                rows.put(
                        operation,
                        new Report.Row(
                                operation,
                                first.get(operation),
                                floor,
                                palomar,
                                requests,
                                octets,
                                asides,
                                asideOctets,
                                0,
                                0));
            }
        }
        return rows;
    }

    /** Somebody else uses what there is, so that the JVM has compiled it. */
    private void warm(int port, int rounds) throws IOException {
        if (rounds > 0) {
            say("warming up …");
        }
        try (PalomarPages web = PalomarPages.signedIn(port, Site.PERSON)) {
            for (int i = 0; i < rounds; i++) {
                for (Operation operation : operations) {
                    if (operation.samples(samples) == samples
                            && i % (operation.key().startsWith("sign-in") ? 5 : 1) == 0) {
                        operation.run(web, i);
                    }
                }
            }
        }
    }

    /** Every operation once more, on a Palomar whose connections go through a counting proxy. */
    List<Report.Row> count(Map<Operation, Report.Row> timed) throws IOException {
        List<Report.Row> rows = new ArrayList<>();
        try (CuttingProxy wire = new CuttingProxy(site.imapPort());
                Product product = Product.start(site.settings(wire.port()).toArray(String[]::new));
                PalomarPages web = PalomarPages.signedIn(product.port(), Site.PERSON)) {
            web.withoutAsides();
            for (Map.Entry<Operation, Report.Row> entry : timed.entrySet()) {
                Operation operation = entry.getKey();
                operation.run(web, 1);
                operation.run(web, 2, wire::forget);
                Report.Row row = entry.getValue();
                List<String> commands = wire.commands().stream()
                        .filter(line -> COMMAND.matcher(line).matches())
                        .toList();
                rows.add(new Report.Row(
                        operation,
                        row.first(),
                        row.floor(),
                        row.palomar(),
                        row.requests(),
                        row.octets(),
                        row.asides(),
                        row.asideOctets(),
                        commands.size(),
                        wire.roundTrips()));
            }
        }
        return rows;
    }

    /** The most that is live in the middle of a download, more than before it. */
    private long heapGrowth(ProductProcess product) throws IOException {
        String ref = site.ref("INBOX", site.uid("INBOX", Corpus.LARGE));
        try (PalomarPages web = PalomarPages.signedIn(product.port(), Site.PERSON)) {
            web.download("INBOX", ref, "2", _ -> {});
            long before = product.live();
            long[] most = {before};
            long[] next = {2 << 20};
            web.download("INBOX", ref, "2", octets -> {
                if (octets >= next[0]) {
                    next[0] += 4 << 20;
                    try {
                        most[0] = Math.max(most[0], product.live());
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            });
            return most[0] - before;
        }
    }

    private static String heading(Options options) throws IOException {
        return String.format(
                Locale.ROOT,
                """

                # %s: %,d messages, %d samples, %d warm-up rounds
                %s, %d processors, %s %s; Java %s; Dovecot %s; load average at the end %.1f.
                Milliseconds, medians unless said otherwise. IMAP: median / p95. Requests and KB: what the person waits for + what the
                page loads besides. IMAP commands: Palomar's, in so many round trips.
                """,
                LocalDate.now(),
                options.messages,
                options.samples,
                options.warm,
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        return !Files.exists(file)
                ? System.getProperty("os.arch")
                : Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
    }

    private static String version() throws IOException {
        Process process = new ProcessBuilder(String.valueOf(Servers.find("dovecot")), "--version").start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return words.contains(" ") ? words.substring(0, words.indexOf(' ')) : words;
    }

    private static void say(String words, Object... arguments) {
        System.err.printf(Locale.ROOT, words + "%n", arguments);
    }
}
