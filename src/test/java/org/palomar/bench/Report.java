package org.palomar.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.palomar.testing.Servers;

/** The table, with what stands above and below it. */
final class Report {

    /**
     * What one operation cost.
     *
     * @param first milliseconds of Palomar in a fresh JVM
     * @param roundcube none where Roundcube cannot do it or is not there
     * @param cost Palomar's requests and octets
     * @param commands Palomar's, on the wire to the mail server, as {@code trips}
     */
    record Row(
            Operation operation,
            double first,
            Samples floor,
            Samples palomar,
            Samples roundcube,
            Meter cost,
            int commands,
            int trips) {

        Row counted(int commands, int trips) {
            return new Row(operation, first, floor, palomar, roundcube, cost, commands, trips);
        }
    }

    private Report() {}

    /** @param roundcube its version, or empty when it is not there */
    static String heading(Options options, String roundcube) throws IOException {
        return String.format(
                Locale.ROOT,
                """

                # %s: %,d messages, %d samples, %d warm-up rounds
                %s, %d processors, %s %s; Java %s; Dovecot %s; %s; load average at the end %.1f.
                Milliseconds, medians unless said otherwise. IMAP and Roundcube: median / p95. Requests and KB: Palomar's, what
                the person waits for + what the page loads besides. IMAP commands: Palomar's, in so many round trips.
                """,
                LocalDate.now(),
                options.messages(),
                options.samples(),
                options.warm(),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                version(),
                roundcube.isEmpty() ? "no Roundcube" : "Roundcube " + roundcube,
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

    static String table(List<Row> rows) {
        boolean compared = rows.stream().anyMatch(row -> row.roundcube().count() > 0);
        StringBuilder table = new StringBuilder("| operation | IMAP | Palomar | more | times | p95 | worst | first |")
                .append(compared ? " Roundcube | to Palomar |" : "")
                .append(" requests | KB | IMAP commands |\n|---|--:|--:|--:|--:|--:|--:|--:|")
                .append(compared ? "--:|--:|" : "")
                .append("--:|--:|--:|\n");
        for (Row row : rows) {
            double floor = row.floor().median();
            double palomar = row.palomar().median();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s / %s | **%s** | %s | %sx | %s | %s | %s |%s %d + %d | %.1f + %.1f | %d in %d |%n",
                    row.operation().name(),
                    number(floor),
                    number(row.floor().quantile(0.95)),
                    number(palomar),
                    number(palomar - floor),
                    number(palomar / floor),
                    number(row.palomar().quantile(0.95)),
                    number(row.palomar().worst()),
                    number(row.first()),
                    compared ? roundcube(row) : "",
                    row.cost().exchanges,
                    row.cost().asideExchanges,
                    row.cost().octets / 1024.0,
                    row.cost().asideOctets / 1024.0,
                    row.commands(),
                    row.trips()));
        }
        return table.toString();
    }

    private static String roundcube(Row row) {
        return row.roundcube().count() == 0
                ? " - | - |"
                : String.format(
                        " %s / %s | %sx |",
                        number(row.roundcube().median()),
                        number(row.roundcube().quantile(0.95)),
                        number(row.roundcube().median() / row.palomar().median()));
    }

    static String arrival(Samples samples) {
        return String.format(
                Locale.ROOT,
                "New mail, from the mail server's word to the list in the browser: median %s, worst %s ms%n%n",
                number(samples.median()),
                number(samples.worst()));
    }

    static String load(String system, Load.Result load) {
        return String.format(
                Locale.ROOT,
                "%d people at once on %s: **%.0f operations/s**; list p50 %s, p95 %s ms; open p50 %s, p95 %s ms; %d failed%n",
                load.people(),
                system,
                load.perSecond(),
                number(load.list().median()),
                number(load.list().quantile(0.95)),
                number(load.open().median()),
                number(load.open().quantile(0.95)),
                load.failed());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 99.5 ? "%.1f" : "%.0f", value);
    }
}
