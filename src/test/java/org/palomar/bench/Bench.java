package org.palomar.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.palomar.testing.CuttingProxy;
import org.palomar.testing.Product;

/**
 * Measures operations on Palomar, on bare IMAP and, where it is installed, on Roundcube, against the same Dovecot, sample by sample in turn, so that whatever else
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
    private final RoundcubeServer roundcube;

    /** Of the sample, so that no two do the same. */
    private int number;

    /**
     * What to measure.
     *
     * @param roundcube null to do without
     * @param only keys, or beginnings of keys; none for all
     */
    Bench(Site site, RoundcubeServer roundcube, List<String> only, int samples) throws IOException {
        this.site = site;
        this.roundcube = roundcube;
        this.samples = samples;
        this.operations = new Operations(site)
                .all().stream()
                        .filter(each -> only.isEmpty() || only.stream().anyMatch(each.key()::startsWith))
                        .toList();
    }

    public static void main(String... arguments) throws IOException {
        Options options = Options.parse(arguments);
        String missing = RoundcubeServer.missing();
        if (!missing.isEmpty()) {
            say("%s", missing);
        }
        say("writing %,d messages and %d people's inboxes …", options.messages(), options.crowd());
        try (Site site = new Site(options.messages(), options.crowd(), 20 << 20);
                RoundcubeServer roundcube = missing.isEmpty() ? new RoundcubeServer(site) : null) {
            Bench bench = new Bench(site, roundcube, options.only(), options.samples());
            StringBuilder after = new StringBuilder();
            Map<Operation, Report.Row> rows;
            try (ProductProcess product =
                    new ProductProcess(options.jar(), options.jvm(), site.settings(site.imapPort()))) {
                rows = bench.time(product.port(), options.warm(), product::cpu);
                if (options.only().isEmpty() || options.only().contains("arrival")) {
                    say("new mail …");
                    after.append(Report.arrival(Arrival.run(site, product.port(), 10)));
                }
                if (options.only().isEmpty() || options.only().contains("migration")) {
                    say("mail brought home …");
                    after.append(Homecoming.run(site, product.port(), Math.min(3_000, options.messages())));
                }
                if (options.only().isEmpty()) {
                    say("memory …");
                    after.append(String.format(
                            Locale.ROOT,
                            "Heap growth while downloading 20 MB: %.1f MB%n",
                            bench.heapGrowth(product) / 1e6));
                }
                if (options.crowd() > 0
                        && (options.only().isEmpty() || options.only().contains("load"))) {
                    after.append(bench.load(product.port(), options));
                }
            }
            say("counting …");
            List<Report.Row> counted = bench.count(rows);
            System.out.println(Report.heading(options, roundcube == null ? "" : RoundcubeServer.version()));
            System.out.println(Report.table(counted));
            System.out.println(after);
        }
        System.exit(0);
    }

    /** Everything once on each system; fails where an answer is wrong. */
    int check(int port) throws IOException {
        try (RawImap imap = RawImap.signedIn(site.imapPort(), Site.PERSON);
                PalomarPages web = PalomarPages.signedIn(port, Site.PERSON);
                RoundcubePages other = roundcubePages()) {
            for (Operation operation : operations) {
                operation.run(imap, 0);
                operation.run(web, 0);
                if (other != null && operation.isFor(other)) {
                    operation.run(other, 0);
                }
            }
        }
        return operations.size();
    }

    /** Somebody at Roundcube; null without one. */
    private RoundcubePages roundcubePages() throws IOException {
        return roundcube == null ? null : RoundcubePages.signedIn(roundcube.port(), Site.PERSON);
    }

    /** The first time in a fresh JVM, then {@code warm} rounds that nobody looks at, then the samples in turn. */
    Map<Operation, Report.Row> time(int port, int warm, LongSupplier cpu) throws IOException {
        Map<Operation, Report.Row> rows = new LinkedHashMap<>();
        try (RawImap imap = RawImap.signedIn(site.imapPort(), Site.PERSON);
                PalomarPages web = PalomarPages.signedIn(port, Site.PERSON)) {
            Map<Operation, Double> first = new LinkedHashMap<>();
            for (Operation operation : operations) {
                operation.run(imap, 0);
                first.put(operation, operation.run(web, 0));
            }
            warm(port, warm);
            try (RoundcubePages other = roundcubePages()) {
                for (Operation operation : operations) {
                    rows.put(operation, sample(operation, imap, web, other, first.get(operation), cpu));
                }
            }
        }
        return rows;
    }

    private Report.Row sample(
            Operation operation, RawImap imap, PalomarPages web, RoundcubePages other, double first, LongSupplier cpu)
            throws IOException {
        Samples floor = new Samples();
        Samples palomar = new Samples();
        Samples roundcubes = new Samples();
        Meter cost = new Meter();
        long used = 0;
        for (int i = -2; i < operation.samples(samples); i++) {
            number++;
            double millis = operation.run(imap, number);
            long before = cpu.getAsLong();
            double mine = operation.run(web, number);
            long spent = cpu.getAsLong() - before;
            cost.reset();
            cost.add(web.meter());
            double theirs = other != null && operation.isFor(other) ? operation.run(other, number) : Double.NaN;
            if (i >= 0) {
                used += spent;
                floor.add(millis);
                palomar.add(mine);
                if (!Double.isNaN(theirs)) {
                    roundcubes.add(theirs);
                }
            }
        }
        say(
                "%s: %.1f and %.1f ms, at best %.1f and %.1f; %.1f ms of processor%s",
                operation.name(),
                floor.median(),
                palomar.median(),
                floor.quantile(0),
                palomar.quantile(0),
                used / 1e6 / palomar.count(),
                roundcubes.count() == 0 ? "" : String.format(Locale.ROOT, "; Roundcube %.1f ms", roundcubes.median()));
        return new Report.Row(operation, first, floor, palomar, roundcubes, cost, 0, 0);
    }

    /** Somebody else uses what there is, so that the JVM has compiled it. */
    private void warm(int port, int rounds) throws IOException {
        if (rounds > 0) {
            say("warming up …");
        }
        try (PalomarPages web = PalomarPages.signedIn(port, Site.PERSON)) {
            for (int i = 0; i < rounds; i++) {
                for (Operation operation : operations) {
                    int every = operation.isLong() ? 50 : operation.key().startsWith("sign-in") ? 5 : 1;
                    if (i % every == 0) {
                        operation.run(web, i);
                    }
                }
            }
        }
    }

    private String load(int port, Options options) throws IOException {
        say("%d people …", options.crowd());
        String lines = "\n"
                + Report.load(
                        "Palomar",
                        Load.run(user -> PalomarPages.signedIn(port, user), options.crowd(), 5, options.seconds()));
        return roundcube == null
                ? lines
                : lines
                        + Report.load(
                                "Roundcube",
                                Load.run(
                                        user -> RoundcubePages.signedIn(roundcube.port(), user),
                                        options.crowd(),
                                        5,
                                        options.seconds()));
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
                rows.add(row.counted(commands.size(), wire.roundTrips()));
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

    private static void say(String words, Object... arguments) {
        System.err.printf(Locale.ROOT, words + "%n", arguments);
    }
}
